"""The document file: schema, events, evidence, merging and secrecy."""
