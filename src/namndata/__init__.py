"""Begins with a folder of reports, ends with the corpus database: runs the stages, checks, joins names and writes.

`cli` is the command line, `pipeline` the way of one document, `run` that of a folder; `audit` checks what was read,
`identity` joins it over years, `store` writes it, `evaluate` scores it against gold.

To change: a new step of a document's way is a line in `pipeline`; a new command is a function in `cli`.
"""

__version__ = "0.1.0"
