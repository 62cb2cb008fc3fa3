"""The review page: a table of self-assessment, review and third party, and the panel of one item beside it."""
