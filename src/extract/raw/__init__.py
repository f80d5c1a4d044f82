"""Raw text of a PDF, whose columns are gone: begins with lines, ends with blocks and tables.

To change: `headers` tells where a header begins and reads its columns; `spaced`, `blocks`, `unspaced`, `figure_rows`
and `text_rows` read rows by how the text was written; `tables` chooses between them.
"""
