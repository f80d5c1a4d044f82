"""Which lines of money tables may be one line in other words, and what people decide on it.

Begins with the amounts of a corpus and lines.csv beside the reports, ends with the table of links. What is accepted as
the same has one id in every table; a split or merged line keeps its own and is linked to what it comes of.

To change: what speaks for a pair is in `propose`, how lines are told to be parts of one in `parts`.
"""
