"""The Word file of a report: named styles, the official page, blocks as Word has them."""
