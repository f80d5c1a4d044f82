"""Scanned pages: begins with the picture of a page, ends with the same words, rules and symbols that a digital page has."""
