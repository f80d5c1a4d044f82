"""Text with marked tables (Markdown, tabs): begins with lines, ends with blocks and tables.

To change: `rows` says how a line divides into cells, `grids` which lines make a table and which are its header, `prose`
what the headings and paragraphs between them are; `markup` cleans what is left over.
"""
