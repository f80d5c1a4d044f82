"""Tables over several pages: begins with the grids of each page, ends with whole tables.

To change: rows that go on below a page break are joined in `join`, columns that a sheet wider than its page left on a
later one in `wide`.
"""
