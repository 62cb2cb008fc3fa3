"""The start page: open, create and recent documents."""
