"""Tables in text without blank lines: begins with words in the order of the cells, ends with rows.

To change: `costs` says what a division of the words costs, `least` what it costs at least, `read` finds the cheapest.
"""
