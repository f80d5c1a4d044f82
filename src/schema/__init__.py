"""The types that every stage shares, and the words. Imports none of the other packages.

`layout` is what a document looks like once read, `printed` what it says, `records` what that means, `result` all that
one document came to. `kinds` is the registry of record kinds, `problem` and `doubts` are what goes wrong.

To change: a new kind of record begins in `kinds`, a new column in `printed` and `records` (recipes in CONTRIBUTING.md);
a word is a row in `vocabulary`, never code.
"""
