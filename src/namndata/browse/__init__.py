"""Browsing: begins with a corpus, ends with pages on this machine: questions, search, tables, the place of each value.

Datasette makes the pages of tables and queries; `describe` tells it what the dictionary knows, `pages` adds the first
page, the place of a value and the reports' files, `prefix` takes words as beginnings, `guard` lets nothing in or out
but what this machine asks for.

To change: what stands on the first page is in templates/home.html, what can be asked in docs/questions.md and, in
Swedish, in language/catalogue.csv.
"""
