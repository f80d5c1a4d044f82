"""One page of a PDF: begins with a file and a page number, ends with words, rules, fills and pictures.

To change: what pdfium tells of a page is taken in `parse`; everything after works on words and rules alone, so that a
scanned page goes the same way.
"""
