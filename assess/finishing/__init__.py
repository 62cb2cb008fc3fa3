"""Finishing a document: the cover page, whether it is complete, sealing and reopening, telling paper from file."""
