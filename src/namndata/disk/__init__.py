"""What the disk refuses and keeps: begins with a folder that a run writes to, ends with one run in it and nothing left.

`refused` says in one line why a file cannot be written and holds the lock of a run; `leftovers` removes what killed
runs left behind; `noted` keeps the log of runs.

To change: an error of the system that needs other words is a row of `refused`; a file of ours that may be left behind a
line of `leftovers`.
"""
