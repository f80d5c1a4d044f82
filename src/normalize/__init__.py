"""Begins with printed records, ends with values: numbers, units, directions, names. Pure functions.

`report` is the way of a whole report. `cells` reads a value cell: `split` parts it into lexemes, `join` makes those
that belong together one, `gather` puts them round their values, `part_names` says what each value is of. `amounts`
reads money, `brackets` tells what brackets round it mean; `name_keys` and `guards` tell which names may be one.

To change: how a kind's rows become records is an entry of `NORMALIZERS` in `report`; docs/reading-values.md says what
each printed form is read as, and its tests are tests/test_cells.py.
"""
