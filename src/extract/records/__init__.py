"""Meaning: begins with tables and sections, ends with the records that the report prints, verbatim."""
