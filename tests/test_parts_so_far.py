"""Whether *Utfall T2* is of May–August or of all months since January, as the report says or its figures show."""

import pytest
from drawing import content, draw_table, paragraph

from extract.records.report import print_report
from schema.lexicon.periods import says_since_january
from schema.printed import BudgetLine, IndicatorRow, ReportFacts

ALONE, SINCE_JANUARY = "2023-05/2023-08", "2023-01/2023-08"
SHARES = "Andel nöjda, % | 71 | 75\nAndel trygga, % | 80 | 85"
RUNNING = (
    "Antal besök | 310 | 655 | 1 000\nVårddygn | 2 300 | 4 515 | 6 700\nPlaceringar | 11 | 27 | 38\nBarn | 64 | 59 | 59"
)
EACH = (
    "Antal besök | 310 | 345 | 1 000\nVårddygn | 2 300 | 2 115 | 6 700\nPlaceringar | 11 | 16 | 42\nBarn | 64 | 59 | 59"
)


def second_tertial(drawing: str, *texts: str, as_of: str = "2023-08-31", kind: type = IndicatorRow):
    """Return the periods and doubts of the values below *Utfall T2*."""
    facts = ReportFacts(fiscal_year=2023, as_of=as_of)
    report, _ = print_report(content(*map(paragraph, texts), draw_table(drawing)), facts)
    values = [v for row in report.rows_of(kind) for v in row.values if v.column_label.endswith(" T2")]
    return {value.period for value in values}, any("part_of_year" in value.doubts for value in values)


@pytest.mark.parametrize(
    ("sentence", "says"),
    [
        ("Utfall T2 avser perioden januari till augusti om inget annat anges.", True),
        ("Utfallet för tertial 2 är ackumulerat från årets början.", True),
        ("Måtten redovisas ackumulerat för januari–augusti.", True),
        ("Allt är klart. Tertial 2 omfattar 1 januari–31 augusti.", True),
        ("Utfall T2 är inte ackumulerat.", False),
        ("Rapporten avser perioden januari–augusti.", False),
        ("Utfall T2 avser maj–augusti.", False),
        ("Tertialrapport 2 2023. Den ackumulerade kostnaden för projektet är hög.", False),
    ],
)
def test_a_sentence_says_that_a_part_of_the_year_runs_from_january(sentence, says):
    assert says_since_january(sentence, (5, 8)) is says


def test_a_sentence_of_the_report_decides_for_all_its_tables():
    table = f"Indikator | Utfall T2 | Mål 2023\n{SHARES}"
    told = "Utfall T2 avser perioden januari till augusti."
    assert second_tertial(table, told) == ({SINCE_JANUARY}, False)
    assert second_tertial(table.replace("Utfall T2", "Utfall T1 | Utfall T2").replace(" | 7", " | 60 | 7"), told)[0]


def test_figures_that_near_the_years_show_that_a_part_runs_from_january():
    header = "Indikator | Utfall T1 | Utfall T2 | Prognos 2023\n"
    assert second_tertial(header + RUNNING) == ({SINCE_JANUARY}, False)
    assert second_tertial(header + EACH) == ({ALONE}, False)


def test_where_nothing_tells_a_part_alone_runs_from_january_and_one_beside_another_is_its_own_in_doubt():
    assert second_tertial(f"Indikator | Utfall T2 | Mål 2023\n{SHARES}") == ({SINCE_JANUARY}, True)
    both = "Indikator | Utfall T1 | Utfall T2 | Mål 2023\nAndel nöjda, % | 70 | 71 | 75\nAndel trygga, % | 82 | 80 | 85"
    assert second_tertial(both) == ({ALONE}, True)


def test_months_that_a_header_prints_and_parts_of_a_year_that_is_over_are_as_they_say():
    table = f"Indikator | Utfall maj-aug T2 | Mål 2023\n{SHARES}"
    assert second_tertial(table) == ({ALONE}, False)
    assert second_tertial(f"Indikator | Utfall T2 | Mål 2023\n{SHARES}", as_of="2023-12-31") == ({ALONE}, False)


def test_amounts_and_effects_of_a_part_are_counted_as_the_report_says():
    table = "Åtgärd, tkr | Beslutad effekt 2023 | Uppnådd effekt T2\nScheman | 2 400 | 900\nLokaler | 1 900 | 1 250"
    told = "Uppnådd effekt för tertial 2 redovisas ackumulerad."
    assert second_tertial(table, told, kind=BudgetLine) == ({SINCE_JANUARY}, False)
