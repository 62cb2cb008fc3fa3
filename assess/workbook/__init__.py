"""A framework as a workbook that a consultant edits in an office program, and back: nothing is lost on the way."""
