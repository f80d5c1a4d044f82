"""What a person reads, in Swedish and English, from one catalogue.

Begins with a message as the code says it, in English; ends with the same message in the reader's language. The corpus
and files for programs stay in English.

To change: `catalogue.csv` has a row for each message. One with a key is named by it (words of the site, titles of
questions); one without is named by its English text, which is what stands in the code, with `{0}`, `{1}` where the
code puts something in. A test says which message lacks its Swedish.
"""
