import pytest
from hypothesis import given
from hypothesis import strategies as st

from schema.lexicon.periods import find_period, shift_year


@pytest.mark.parametrize(
    ("label", "period"),
    [
        ("2019", "2019"),
        ("Målvärde 2019", "2019"),
        ("Augusti 2023", "2023-08"),
        ("jan-augusti 2023", "2023-01/2023-08"),
        ("Budget jan- augusti 2023", "2023-01/2023-08"),
        ("Redovisat jan-aug 2023 Utgifter", "2023-01/2023-08"),
        ("1 jan - 31 aug 2023", "2023-01/2023-08"),
        ("jan-dec 2023", "2023"),
        ("Plan 2025-2027", "2025/2027"),
        ("Läsår 2021/22", "2021/2022"),
        ("2022-12-31", "2022"),
        ("31 december 2022", "2022"),
        ("2023-08-31", "2023-08"),
        ("aug -23", "2023-08"),
        ("Bokslut -22", "2022"),
        ("T2 2023", "2023-05/2023-08"),
        ("kvartal 1 2023", "2023-01/2023-03"),
        ("Utfall 202308", "2023-08"),
        ("Utfall 2023-01-01–2023-08-31", "2023-01/2023-08"),
        ("mars", "2023-03"),
        ("29 år eller yngre", None),
        ("Helår", None),
        ("Maximalt", None),
        ("Avvikelse", None),
    ],
)
def test_a_header_states_its_period(label: str, period: str | None):
    assert find_period(label, year="2023") == period


def test_a_month_without_any_year_is_no_period():
    assert find_period("Augusti") is None


@given(st.sampled_from(["2019", "2023-08", "2023-01/2023-08", "2025/2027"]), st.integers(-20, 20))
def test_moving_a_period_there_and_back_changes_nothing(period: str, years: int):
    assert shift_year(shift_year(period, years), -years) == period
