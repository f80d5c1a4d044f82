"""Text with marked tables (Markdown, tabs): begins with lines, ends with blocks and tables.

To change: `read` finds the tables, `prose` the headings and paragraphs between them, `markup` cleans what is left over.
"""
