"""Weights of items: given, asked of experts, drawn from the data, or combined. Pure functions on names and numbers."""
