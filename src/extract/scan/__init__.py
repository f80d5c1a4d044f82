"""Scanned pages: begins with the picture of a page, ends with words, rules and symbols, as `extract.page` gives them.

To change: `read` names the steps; an engine that reads letters is a class in `engines`.
"""
