"""The faces of the program: the Qt windows and the command line."""
