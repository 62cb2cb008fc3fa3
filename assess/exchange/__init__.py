"""Exchange with others: Excel questionnaires, issued and returned packages, tables."""
