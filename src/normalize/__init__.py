"""Begins with printed records, ends with values: numbers, units, directions, names. Pure functions.

`report` is the way of a whole report. A cell is read by `cells`, an amount by `amounts`.

To change: how a kind's rows become records is an entry of `NORMALIZERS` in `report`; docs/reading-values.md says what
each printed form is read as, and its tests are tests/test_cells.py.
"""
