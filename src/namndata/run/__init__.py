"""A run: begins with a folder of reports, ends with one result for each, kept in a cache."""
