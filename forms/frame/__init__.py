"""The frame of the window: rail, header, status bar, notices, and the search for an indicator."""
