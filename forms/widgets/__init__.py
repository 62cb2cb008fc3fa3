"""Small widgets the pages share; every one follows theme and size by itself and has an accessible name."""
