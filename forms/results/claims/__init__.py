"""Bonus, deductions, red lines, consent to "not applicable" and the mark of the review: a sheet beside the results."""
