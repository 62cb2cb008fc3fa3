"""Charts as matplotlib figures, drawn the same for screen, page and file."""
