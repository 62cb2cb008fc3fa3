"""The domain: frameworks, documents, numbers, exchange. No Qt, no matplotlib, no rendering."""
