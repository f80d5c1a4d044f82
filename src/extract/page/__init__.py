"""One page of a PDF: begins with a file and a page number, ends with words, rules, fills and pictures.

To change: `parse` is the way of a page; what pdfium tells is taken in `chars`, `paths` and `symbols` and nowhere else,
so that a scanned page goes the same way from there.
"""
