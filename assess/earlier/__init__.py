"""What came before: the document of last period, and earlier states of the same document."""
