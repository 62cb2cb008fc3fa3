"""Indices: a table of units × items scored through a framework, from denominators to ranks and how firm they are."""
