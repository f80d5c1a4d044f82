"""How often the corpus is wrong, measured on itself: begins with a corpus, ends with error rates and their intervals.

`draw` chooses values for a person to judge and writes them to sample.csv beside the reports; `measure` sets them beside
what people decided in corrections.csv. To change what counts as wrong, look in `measure`.
"""
