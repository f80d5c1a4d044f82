"""The grammar of headers: what the words, years and levels over a column say that it holds.

Begins with a header's levels from top to bottom, ends with its scored readings. `tokens` and `words` make `items`,
these what each level says (`said`), and `grammar` weighs it; `resolve` finds the period in a report's own time.

To change: a word is a row in `header_words.csv`, with its class; a way to print dates is a function of `times`.
"""

from schema.lexicon.headers.grammar import LESS, LIKELY, SURE, Reading, best_reading, read_header
from schema.lexicon.headers.resolve import NEAR, ReportTime, period_of, school_year_end
from schema.lexicon.headers.roles import (
    LABEL_ROLES,
    column_role,
    holds_number,
    is_time_alone,
    names_age,
)
from schema.lexicon.headers.times import Time
from schema.lexicon.headers.words import begins_header_word, is_header_word

__all__ = [
    "LABEL_ROLES",
    "LESS",
    "LIKELY",
    "NEAR",
    "SURE",
    "Reading",
    "ReportTime",
    "Time",
    "begins_header_word",
    "best_reading",
    "column_role",
    "holds_number",
    "is_header_word",
    "is_time_alone",
    "names_age",
    "period_of",
    "read_header",
    "school_year_end",
]
