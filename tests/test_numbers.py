import time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schema.lexicon.numbers import digit_runs, find_numbers, format_number, parse_number

finite = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**12), max_value=10**12, places=3)


@given(finite)
def test_what_is_written_is_read_back(value: Decimal):
    assert parse_number(format_number(value)) == value


@given(finite, st.sampled_from([" ", "\u00a0", "\u2009", "\u202f"]), st.sampled_from(["-", "−", "–", "‑"]))
def test_every_space_and_every_dash_means_the_same(value: Decimal, space: str, minus: str):
    printed = format_number(value).replace("\u00a0", space).replace("-", minus)
    assert parse_number(printed) == value


@given(st.text(alphabet="0123456789 .,-–%()/abcåäö⁵*", max_size=30))
def test_a_number_holds_only_digits_that_are_printed_and_none_twice(text: str):
    numbers = find_numbers(text)
    assert all(text[number.start : number.end] == number.text for number in numbers)
    assert all(left.end <= right.start for left, right in zip(numbers, numbers[1:], strict=False))
    for number in numbers:
        printed = "".join(digit_runs(number.text)).lstrip("0")
        assert "".join(digit_runs(f"{number.value:f}")).lstrip("0") == printed


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1 478 431", "1478431"),
        ("1478431", "1478431"),
        ("1\u202f478\u202f431", "1478431"),
        ("-39 906", "-39906"),
        ("−5", "-5"),
        ("– 1,8", "-1.8"),
        ("- 6 279", "-6279"),
        ("+0,5", "0.5"),
        ("5,403", "5.403"),
        ("1 074,0", "1074.0"),
        ("2803", "2803"),
        ("0.403", "0.403"),
        ("12.5", "12.5"),
        ("1.234.567", "1234567"),
        ("1,478,431", "1478431"),
        ("1 357⁵", "1357"),
        ("400*", "400"),
        ("1,2E+05", "120000"),
    ],
)
def test_a_number_is_read_exactly(text: str, value: str):
    assert parse_number(text) == Decimal(value)


@pytest.mark.parametrize(
    "text", ["", "-", "3.", "-3-", "8/10", "2021-2024", "25 %", "R9", "1:a", "tre", "12 av 14", "1e309", "3E+999"]
)
def test_what_is_more_or_less_than_a_number_is_none(text: str):
    assert parse_number(text) is None


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("1 000-2 000", [1000, 2000]),
        ("M-66% K-69%", [66, 69]),
        ("25,06%(2016)", [Decimal("25.06"), 2016]),
        ("2023-04-25", [2023, 4, 25]),
        ("R9: 9 260 kr/inv", [9260]),
        ("Kolada N33009", []),
        ("1:a linjens chef", []),
        ("98%/45/27", [98, 45, 27]),
        ("(-7,6)", [Decimal("-7.6")]),
        ("Summa - 5", [5]),
        ("2022 206 196", [2022, 206196]),
        ("1 0740", [1, 740]),
    ],
)
def test_the_numbers_of_a_text_are_told_apart(text: str, numbers: list[Decimal]):
    assert [number.value for number in find_numbers(text)] == numbers


def test_a_point_before_three_digits_is_thousands_and_doubtful():
    (number,) = find_numbers("5.403")
    assert (number.value, number.doubtful) == (5403, True)
    assert not find_numbers("5,403")[0].doubtful


def test_signs_are_found_in_a_line_of_any_length_in_time_that_grows_with_it():
    started = time.perf_counter()
    numbers = find_numbers("Resultat -12 345 och 7 \t" * 50_000)
    assert time.perf_counter() - started < 20  # minutes where each number looks through all that stands before it
    assert {number.value for number in numbers} == {-12345, 7}


def test_digit_runs_do_not_depend_on_grouping():
    assert digit_runs("1 478 431 och R9") == ("1", "478", "431", "9")


def test_an_apostrophe_may_part_thousands():
    assert [number.value for number in find_numbers("18'000 och 1’234’567")] == [18000, 1234567]
