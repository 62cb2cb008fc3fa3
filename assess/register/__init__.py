"""The register of evidence: pieces that serve several items, kinds an item expects, dates, and the whole as a table."""
