"""The chapters of a report, each built from values into blocks."""
