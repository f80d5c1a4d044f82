from decimal import Decimal

import pytest

from normalize.amounts import Amount, parse_amount


@pytest.mark.parametrize(
    ("raw", "value", "unit"),
    [("1 478 431", "1478431", None), ("-39 906", "-39906", None), ("190%", "190", "%"), ("26,3 mkr", "26.3", "mnkr")],
)
def test_a_cell_holds_one_amount(raw: str, value: str, unit: str | None):
    amount = parse_amount(raw)
    assert (amount.value, amount.unit, amount.remark, amount.confidence) == (Decimal(value), unit, None, 1.0)


@pytest.mark.parametrize(
    ("raw", "value", "remark"),
    [
        ("-3-", -3, "stray_signs"),
        ("12 ny", 12, "not_an_amount"),
        ("26,3 (-7,6)", Decimal("26.3"), "several_amounts"),
        ("5 403 4 211 12", None, "several_amounts"),
        ("-", None, "no_amount"),
        ("Ingår ovan", None, "not_an_amount"),
        ("Enligt tabell 13.2", None, "not_an_amount"),
    ],
)
def test_an_odd_cell_is_remarked_on(raw: str, value: Decimal | None, remark: str):
    amount = parse_amount(raw)
    assert (amount.value, amount.remark) == (value, remark)
    assert amount.value is None or amount.confidence < 1


def test_a_dash_is_nought_only_where_the_legend_says_so():
    assert parse_amount("–", (("-", "Värdet är noll"),)).value == 0
    assert parse_amount("–", (("-", "Inget belopp finns"),)).value is None


@pytest.mark.parametrize("raw", ["28 sep", "21 sep 23 sep", "den 3 maj 2024", "2026-09-28"])
def test_days_are_no_amounts(raw):
    assert parse_amount(raw).value is None


def test_the_number_of_an_errand_is_no_amount():
    assert parse_amount("Uppdragsnummer: 30092089") == Amount(remark="not_an_amount")
    assert parse_amount("Summa: 30 092").value == 30092
