"""Finishing a document: what is complete, the cover page, the seal, and every seal there has been."""
