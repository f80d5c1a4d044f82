"""What a table's columns of values mean, read together.

Begins with columns as their own headers name them, ends with the kind, period and part of each. `silence` asks the
titles and the report what a header leaves open; `decode` chooses among readings over the whole table.

To change: what a title may tell is in `silence`, how columns bear on each other in `decode`; a word is a row in
`header_words.csv`.
"""
