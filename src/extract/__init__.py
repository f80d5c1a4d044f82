"""Begins with a file, ends with printed records: what the report says, verbatim. Changes no value.

Order: documents → pdf | text | flow (ocr) → tables → sections → classify → indicators, budgets, assignments, goals.
"""
