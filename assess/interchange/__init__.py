"""Data exchange: answers and scores as open files, questionnaires as XLSForm, foreign maturity models read in."""
