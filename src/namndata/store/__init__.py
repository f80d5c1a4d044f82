"""The corpus: begins with the results of all documents, ends with tables and views in SQLite."""
