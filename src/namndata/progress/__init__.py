"""How far a run is: begins with the reports to read, ends with pages of pages and the time that is left.

`sizes` says how many pages each report has and how many are pictures, before any is read; `reached` says how far the
reading of each is, and `shown` shows that in the terminal.

To change: what a page or a scan is thought to take is a number in `sizes`, what is said a line of `shown`.
"""
