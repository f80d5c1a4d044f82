"""Tables printed in blocks, column after column or cell after cell: begins with lines, ends with a table.

To change: `read` tells which blocks are labels, headers and figures, `beside` which label a row of figures belongs to,
and `table` makes cells of them.
"""
