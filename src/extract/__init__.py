"""Begins with a file, ends with printed records: what the report says, verbatim. Changes no value.

`source` says what a file is, `readers` in which steps it is read. `pdf` composes a PDF from `page` (words, lines,
pictures), `scan` (the same from pixels) and `grid` (tables of cells); text is read by `marked` (Markdown, tabs) and
`raw` (columns lost), a Word file by `word`. Whatever the way, the end is a `schema.layout.Content`, and `records` makes
the printed records from it.

To change: what a table means belongs in `records`, where its cells stand in `grid` or `raw`. `page`, `grid`, `scan`,
`marked`, `raw` and `word` know nothing of records.
"""
