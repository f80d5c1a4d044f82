"""What a word or number is, written once for every stage: begins with a text, ends with what it says.

`text` makes two printings of one text equal; `words` finds the vocabularies' phrases in a text, `phrases` among the
tokens of a cell. `numbers` reads and writes numbers, `figures` tells their shapes without any word, `years` and
`periods` say what time is meant. On these stand `values` (what a cell holds), `labels` and `goals` (what a line says of
itself), `units`, `headers` and `assessments`; `signs` are the characters under all of them, `wordbreaks` mends
broken words.

To change: a word is a row in `schema.vocabulary`; how words and figures compose is written here, and nowhere else
(a test looks for patterns of years, months and numbers, and for Swedish words, in all other code).
"""
