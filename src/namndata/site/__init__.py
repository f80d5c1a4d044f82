"""The static site: begins with a corpus and the folder of its reports, ends with pages that open from disk.

Each view of the site (`overview`, `reports`, `committees`, `indicators`, `review`) reads the corpus's tables into what
a template shows; `build` writes them. To change what a page says, look in `templates`; its words, in Swedish and
English, are in language/catalogue.csv. `assets` holds the style and the code that runs in the browser, which only ever
sets text, so that nothing a report prints becomes markup.
"""
