"""Sheets of townships and villages: the form, what was filled in on it, and the gap between above and below."""
