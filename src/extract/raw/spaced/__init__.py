"""Text whose columns are kept by runs of spaces: begins with lines, ends with the same tables as a page's.

To change: `ends` gives rows that share a line a line each, with `over` for the header above them, `parts` cuts lines
where spaces run, `headers` finds the lines of column headers, `places` puts pieces that were pushed into their columns,
`body` tells where a table ends, and `read` sets the words on a page and makes tables of them.
"""
