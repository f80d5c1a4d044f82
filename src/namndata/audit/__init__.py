"""Checks: begins with normalised records, ends with a ledger of numbers, checked sums and confidences."""
