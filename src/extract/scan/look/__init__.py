"""How words of a scanned page are printed: begins with what OCR read of a line, ends with words of a size and a weight.

To change: how high a letter stands is told in `heights`, which print is whose in `glyphs`, a line's size and base in
`strip`, what sizes and weights a page has in `page`.
"""
