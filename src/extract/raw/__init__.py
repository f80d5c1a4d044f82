"""Raw text of a PDF, whose columns are gone: begins with lines, ends with blocks and tables.

To change: `find` tells where a header begins, `headers` reads its columns, `spaced`, `unspaced`, `figures` and
`text_rows` its rows by how the text was written; `tables` chooses between them.
"""
