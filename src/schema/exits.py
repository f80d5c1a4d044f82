"""How a worker ends that is asked for too much, as what ends it and what waits for it both know."""

SECONDS_A_PAGE = 10.0
"""Processor seconds to unfold one page: a page of 300,000 drawn things takes one, the largest scans two."""
TOO_LONG, TOO_LARGE = 71, 72
"""What a worker then exits with: no library uses these."""
