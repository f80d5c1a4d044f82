"""Identity: begins with the names of all reports, ends with one id for each indicator, budget line and committee.

A *sighting* is where a report prints an indicator. Sightings of `same_names` are one indicator, `membership` follows
what people decided (`crosswalk`), `proposals` scores what else may be the same, `series` is the whole way.

To change: what must never be joined is a row in `guards.csv`; the weights of proposals stand in `proposals`. See
docs/identity.md.
"""
