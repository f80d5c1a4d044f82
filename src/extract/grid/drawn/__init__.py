"""Tables whose borders are drawn: begins with a page's lines and shading, ends with grids of cells.

To change: which edges make up one table is told in `areas`, where its first and last rows are in `ruled`, which places
are one cell and what stands in it in `walls`.
"""
