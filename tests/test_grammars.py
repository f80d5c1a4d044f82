"""Any text has a reading, or none: no grammar raises, and reading again what was read changes nothing."""

import pytest
from hostile import HOSTILE
from hypothesis import example, given, settings
from hypothesis import strategies as st

from normalize.cells import parse_cell
from schema.lexicon.dates import find_moments
from schema.lexicon.headers.grammar import read_header
from schema.lexicon.numbers import find_numbers, format_number, parse_number
from schema.lexicon.periods import find_period, shift_year
from schema.lexicon.text import clean_label, clean_text, fold, fold_label

PIECES = [
    "Utfall",
    "Budget",
    "t.o.m.",
    "januari",
    "aug",
    "2023",
    "23-08-31",
    "1 204",
    "−",
    "(",
    ")",
    "/",
    "%",
    "½",
    "⁵",
]
texts = st.text(max_size=40) | st.lists(st.sampled_from([*PIECES, "", "99999999999", "0000-00-00", "²", "१२"])).map(
    " ".join
)
GRAMMARS = (find_numbers, parse_number, find_moments, find_period, read_header, parse_cell)
few = settings(max_examples=40)


@pytest.mark.parametrize("read", GRAMMARS, ids=lambda read: read.__name__)
def test_no_hostile_text_stops_a_grammar(read):
    for text in [*HOSTILE, "", " ", "9" * 5000, "-" * 500, "(" * 500, "2023 " * 200]:
        read(text)


@few
@given(texts)
def test_a_number_that_is_written_as_it_was_read_is_the_same(text):
    number = parse_number(text)
    assert number is None or parse_number(format_number(number)) == number


@few
@given(texts)
@example("2023-13-45")
def test_what_is_found_in_a_text_stands_in_it(text):
    places = [(one.start, one.end) for one in (*find_numbers(text), *find_moments(text))]
    assert all(0 <= start < end <= len(text) for start, end in places)


@few
@given(texts)
def test_a_period_moved_there_and_back_is_the_same(text):
    period = find_period(text)
    assert period is None or len(period) < 4 or shift_year(shift_year(period, 1), -1) == period


@few
@given(texts)
def test_headers_and_cells_of_any_text_have_a_reading(text):
    assert read_header(text)
    assert parse_cell(text or " ", column_period="2023")


@few
@given(texts)
@pytest.mark.parametrize("clean", [clean_text, fold, clean_label, fold_label], ids=lambda clean: clean.__name__)
def test_cleaning_twice_is_cleaning_once(clean, text):
    assert clean(clean(text)) == clean(text)
