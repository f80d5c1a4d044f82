"""Column headers in a text whose columns are gone: begins with lines, ends with columns.

To change: `printed` reads header words, `counted` texts above rows of as many figures, `find` chooses between them.
"""
