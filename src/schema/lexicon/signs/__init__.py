"""Signs of print: the characters that stand for one thing, what opens a list's item, marks of footnotes, page numbers.

To change: `bullets` says what opens an item, `marks` what refers to a footnote, `pages` what numbers a page; characters
are told apart here.
"""

from __future__ import annotations

SPACES = " \u00a0\u2007\u2009\u202f"
MINUSES = "\u2010\u2011\u2012\u2013\u2014\u2212-"
"""All that a minus or a dash is printed as; the hyphen stands last, so that a character class may hold them."""
SUPERSCRIPTS = "\u00b9\u00b2\u00b3\u2070\u2074\u2075\u2076\u2077\u2078\u2079"
BULLETS = "•●▪◦·‣○■"
PRIVATE_BULLETS = "\uf0b7\uf0a7\uf0d8\uf076\uf0a8"
"""Codes of the bullets that Word takes from its Symbol and Wingdings fonts."""
BOUNDS = "<>≥≤~±"
"""Signs before a number that bound it, or say that it is not exact."""
CURRENCIES = "$€£"
"""Signs of money that stand before or in a figure; kronor have a word."""
RULE_SIGNS = "-_=–—─━═"
"""Signs that make up a line across a page where nothing is drawn, as in text printed in columns of signs."""
PLAIN_FIGURES = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
