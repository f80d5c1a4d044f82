"""A run: begins with a folder of reports, ends with one result for each, kept in a cache.

`archive` lists the reports, `stages` says what each stage's result depends on, `cache` keeps it, `batch` spreads the
work over processes that may hang or crash, `build` is the run.

To change: a module that a stage comes to depend on is found by its imports (`fingerprint`); nothing need be listed.
"""
