"""Checks: begins with normalised records, ends with a ledger of numbers, checked sums and confidences.

To change: a new check yields `schema.problem.Check`s from `arithmetic.check_report`; where it says much of a value, its
kind is added to `DIRECTIONS` in `confidence`. A failed check is a finding about the report, never a correction.
"""
