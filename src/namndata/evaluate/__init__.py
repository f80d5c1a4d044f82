"""Scores: begins with a corpus and gold, ends with shares right by report and kind of record.

Gold is what a perfect reading of a report contains, a JSON file a report. That of the example corpus is derived from
the sources that the reports are typeset from, so a full score there says that nothing is lost between print and
corpus in the looks that the examples have; how other reports are read is told by gold of those reports only.

To change how a kind of record is scored, see `VIEWS` in `gold`; floors rise by `--raise-floors` and never fall.
"""
