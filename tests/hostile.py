"""Text that a report may print and that must stay text wherever it is shown: one list for every face of the corpus."""

RUNS = ["=1+1", "+46*A1", "-kostnad", "@SUM(A1)"]
"""Opens like a formula of a spreadsheet."""
MARKUP = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onclick='alert(1)",
    "</title></svg><b>",
    "{{ 7 * 7 }}{% raw %}",
    "a\x00b\x1bc\x7f\x85",
    "\u202e0001\u2066 \u200f",
    "</script><!--\u2028",
    "javascript:alert(1)",
]
COMMANDS = ["'; drop table indicator_values;--", '" or 1=1 --', "=cmd|' /C calc'!A0", 'rad 1\nrad 2; "slut"']
STEERING = ["\x1b[2J\x1b]0;titel\x07", "::error file=a::b\n::error::c%0A::d", "a\u2028::stop-commands::x"]
"""Steers a terminal, or the log of a run at GitHub."""
HOSTILE = [*MARKUP, *RUNS, *COMMANDS, *STEERING]
