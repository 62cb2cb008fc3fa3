"""Papers: what is printed beside the report."""
