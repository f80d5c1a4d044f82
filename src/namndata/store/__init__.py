"""The corpus: begins with the results of all documents, ends with tables in SQLite.

To change: a column is a row in `data_dictionary.csv`, from which the tables are made, and a field of what fills it; an
answer is a query in the folder of answers, named in `derive`. Columns are added, never renamed or dropped: other
people's queries depend on them.
"""
