"""Raw text of a PDF, whose columns are gone: begins with lines, ends with blocks and tables."""
