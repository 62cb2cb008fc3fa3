"""Issuing packages to departments, counties and townships, and taking back what they filled in."""
