"""What a word or number is, written once for every stage: begins with a text, ends with what it says.

To change: a word is a row in `schema.vocabulary`; how words and figures compose is written here, and nowhere else.
"""
