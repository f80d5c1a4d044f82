"""Scanned pages: begins with the picture of a page, ends with words, rules and symbols."""
