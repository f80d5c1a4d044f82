"""A table's rows, under their groups and parents.

Begins with a table and what its columns mean, ends with rows that have their own label, and with what each stands
under. `banners` sets aside what stands over a table or beside all of it, `frame` finds the labels' column, `depths` and
`parents` find what a row is part of, `natures` parts counts from money, `shifts` moves rows back that lost a cell,
`turned` reads tables with a row per year, `continued` finds the columns of a table that goes on without a header.

To change: a word for a sum or a part is a row in `totals.csv` or `line_openings.csv`; see docs/reading-tables.md.
"""
