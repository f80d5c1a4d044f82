"""Tables as pdfplumber and camelot find them: begins with a page's words and drawing or its file, ends with grids.

To change: `plumber` and `camelots` call one library each; which of their grids are taken is decided in `grid.find`.
"""
