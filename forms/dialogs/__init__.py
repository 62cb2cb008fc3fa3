"""Dialogs, asked for only when a decision is needed."""
