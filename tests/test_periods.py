import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize.periods import PrintedColumn, ReportTime, column_periods
from schema.lexicon.periods import find_period, shift_year

INTERIM = ReportTime(2023, "2023-08-31")
ANNUAL = ReportTime(2019, "2019-12-31")


def periods(*columns: tuple[str, str], time: ReportTime = INTERIM, hint: str | None = None) -> list[str | None]:
    printed = [PrintedColumn(col, label, kind, hint) for col, (label, kind) in enumerate(columns)]
    found = column_periods(printed, time)
    return [found[column] for column in printed]


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


def test_a_variance_takes_the_period_of_the_columns_it_compares():
    assert periods(
        ("Redovisat jan-augusti 2023", "outcome"),
        ("Budget jan-augusti 2023", "budget"),
        ("Avvikelse", "variance"),
        ("Redovisat samma period föregående år", "outcome"),
        ("Prognos helår", "forecast"),
        ("Avvikelse", "variance"),
    ) == ["2023-01/2023-08"] * 3 + ["2022-01/2022-08", "2023", "2023"]


def test_last_years_accounts_are_the_year_before():
    assert periods(("Bokslut 2019", "outcome"), ("Bokslut fg år", "outcome"), time=ANNUAL) == ["2019", "2018"]


def test_a_target_without_a_year_is_for_the_fiscal_year():
    assert periods(("Målvärde", "target"), ("Riktning", "target")) == ["2023", "2023"]


def test_a_forecast_made_in_a_month_is_for_the_whole_year():
    assert periods(("Prognos april 2023", "forecast")) == ["2023"]


def test_a_bare_outcome_covers_what_the_report_covers():
    assert periods(("Utfall", "outcome")) == ["2023-01/2023-08"]
    assert periods(("Utfall", "outcome"), time=ANNUAL) == ["2019"]


def test_a_hint_from_the_table_gives_way_to_the_header():
    assert periods(("Utfall", "outcome"), ("2021", "outcome"), hint="2022") == ["2022", "2021"]


def test_a_baseline_has_no_period_unless_it_states_one():
    columns = [
        PrintedColumn(i, text, "outcome", is_baseline=True) for i, text in enumerate(("Startvärde", "Basår 2018"))
    ]
    assert list(column_periods(columns, INTERIM).values()) == [None, "2018"]


@given(st.sampled_from(["2019", "2023-08", "2023-01/2023-08", "2025/2027"]), st.integers(-20, 20))
def test_moving_a_period_there_and_back_changes_nothing(period: str, years: int):
    assert shift_year(shift_year(period, years), -years) == period


def test_last_year_below_period_is_the_same_months():
    found = periods(("Period Utfall fg år", "outcome"), ("Helår Bokslut fg år", "outcome"))
    assert found == ["2022-01/2022-08", "2022"]
