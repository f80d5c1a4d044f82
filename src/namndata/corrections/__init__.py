"""Begins with a document's result and `corrections.csv`, ends with the result as people corrected it.

`lines` reads the file, `places` finds the one printed cell that a line means, `change` makes the corrected record,
`apply` follows all lines of a document and checks and weighs its figures again, `rows` makes the rows that show them,
`decide` writes lines and tells which fit. Nothing here reads a report: what is kept between runs knows no correction.

To change: what can be corrected is `FIELDS` in `lines`, and what it sets in each kind of record `ATTRIBUTES` in
`change`; docs/correct.md tells people how, and the tests are tests/test_corrections.py.
"""
