"""Comparison: the library of cities, peer groups, positions and trends."""
