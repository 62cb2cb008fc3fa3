"""Frameworks: the model, reading it from TOML, and the linter that checks it."""
