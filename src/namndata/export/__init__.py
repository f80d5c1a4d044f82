"""Exports: begins with a corpus, ends with files for other programs: Excel, Swedish CSV, Parquet, a data package.

`content` says what of the corpus is taken along, `version` which corpus it is, `write` puts the files into a folder.
The same corpus always gives the same bytes: no file holds the time at which it was written.

To change: a format is a function and a row of FORMATS in `write`; what a public copy leaves out has the type
"private" in the data dictionary.
"""
