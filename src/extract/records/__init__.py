"""Meaning: begins with tables and sections, ends with the records that the report prints, verbatim.

`report` is the way of a whole document: `sections` says what each table stands under, `columns` what its headers mean,
`table_kinds` weighs the `evidence` for which records it holds, `shape` finds its rows; one module a kind reads them,
`doubts` says what is odd about them.

To change: how a kind's tables are read is an entry of `READERS` in `report`; a header word is a row in
`header_words.csv`.
"""
