"""What a report says of itself.

Begins with a document that was read, ends with whose it is, of what kind and of when, and what in
that is doubtful. Each of these is weighed over all that the paper shows: title, front page, running lines, file, text.

To change: a body, type or word is a row in `bodies.csv`, `document_types.csv`, `fact_words.csv` or `front_words.csv`;
what a place on the paper is worth is a row in `fact_weights.csv`.
"""
