"""The results page: totals, dimensions, gates and traces."""
