import pytest
from drawing import content, draw_table, heading, paragraph

from extract.readers import read_file
from extract.records.budgets import read_budgets
from extract.records.report import print_report
from extract.records.sections import Place
from extract.records.table_kinds import classify_table
from schema.lexicon.units import printed_money_unit
from schema.printed import BudgetLine


def read(drawing, *, title="Driftsammandrag", unit=None):
    table = draw_table(drawing)
    return read_budgets(table, classify_table(table, title), Place(title=title), unit=unit)


def parents(lines):
    return {line.line: line.parent for line in lines}


def test_lines_carry_kind_unit_and_total():
    first, total = read("Nettokostnad Belopp tkr | Budget 2019 | Plan 2020\nVård | 10 | 11\nSumma | 10 | 11")
    assert [value.kind for value in first.values] == ["budget", "plan"]
    assert (first.unit, first.is_total, total.is_total) == ("tkr", False, True)


def test_varav_is_part_of_the_line_above_and_of_the_sum():
    lines = read("Belopp tkr | 2019\nVård | 10\nvarav barn | 4\nSumma | 10\nvarav intäkter | 3")
    assert parents(lines) == {"Vård": None, "varav barn": "Vård", "Summa": None, "varav intäkter": "Summa"}


def test_italic_rows_below_a_bare_varav_are_parts():
    lines = read("Belopp tkr | 2019\nVård; | 10\n*varav* | \n*Barn* | 4\n*Vuxna* | 6\nSkola | 9")
    assert parents(lines) == {"Vård": None, "varav": "Vård", "Barn": "Vård", "Vuxna": "Vård", "Skola": None}


def test_headings_nest_by_indent_and_a_sum_belongs_to_the_heading_it_names():
    lines = read(
        """
        Belopp tkr | 2022
        TILLGÅNGAR |
        *Anläggningstillgångar* |
        *Inventarier* | 120
        *Summa anläggningstillgångar* | 120
        *Omsättningstillgångar* |
        *Fordringar* | 45
        *Summa tillgångar* | 165
        Resultat | 9
        """,
        title="Balansräkning",
    )
    assert parents(lines) == {
        "TILLGÅNGAR": None,
        "Anläggningstillgångar": "TILLGÅNGAR",
        "Inventarier": "Anläggningstillgångar",
        "Summa anläggningstillgångar": "Anläggningstillgångar",
        "Omsättningstillgångar": "TILLGÅNGAR",
        "Fordringar": "Omsättningstillgångar",
        "Summa tillgångar": "TILLGÅNGAR",
        "Resultat": None,
    }


def test_percentages_in_a_money_table_keep_their_unit():
    lines = read("Belopp tkr | 2022\nIntäkter | 10\nSoliditet | 50 %", title="Nyckeltal")
    assert [line.unit for line in lines] == ["tkr", "%"]


def test_unit_comes_from_header_then_title_then_report():
    drawing = "Verksamhet | Budget 2022\nVård | 10"
    assert read(drawing, title="Drift, belopp i miljoner kronor", unit="tkr")[0].unit == "miljoner kronor"
    assert read(drawing, unit="tkr")[0].unit == "tkr"
    assert printed_money_unit("Kronologi") is None


def test_the_unit_that_a_reports_text_states_of_amounts_is_that_of_tables_that_print_none():
    table = draw_table("Verksamhet | Budget 2022\nVård | 10\nSkola | 20")
    stated = draw_table("Belopp mnkr | Budget 2022\nVård | 10\nSkola | 20")
    told = paragraph("Alla belopp anges i tkr om inget annat står.")

    def units(*items):
        report, _ = print_report(content(heading("Drift"), *items))
        return {line.unit for line in report.rows_of(BudgetLine)}

    assert units(told, table) == {"tkr"}
    assert units(told, stated, table) == {"mnkr"}
    assert units(stated, told, table) == {"mnkr", "tkr"}
    assert units(paragraph("Stora belopp, 12 tkr, gick till skolan."), heading("Utfall"), table) == {None}


def test_a_result_is_a_sum_only_below_other_lines():
    lines = read("Belopp tkr | 2022\nVerksamhetens nettokostnader | 10\nInvesteringar | 2\nSumma | 12")
    assert [line.is_total for line in lines] == [False, False, True]


def test_where_most_rows_print_their_own_unit_the_others_have_none():
    drawing = "| 2022 | 2023\nNettokostnad, mnkr | 772 | 796\nSkattesats | 20,42 | 20,92\nSoliditet, % | 47 | 51"
    drawing += "\nBorgen, kr/invånare | 39 079 | 40 679"
    lines = read(drawing, title="Ekonomi i sammandrag", unit="tkr")
    assert [line.unit for line in lines] == ["mnkr", None, "%", "kr/invånare"]
    few = read("| 2022 | 2023\nIntäkter (tkr) | 7 | 8\nKostnader | -9 | -9\nNetto | -2 | -1", title="Ekonomi")
    assert [line.unit for line in few] == ["tkr"] * 3


@pytest.mark.parametrize(
    ("captions", "doubts"),
    [
        (("Drift, tkr", "Investeringar, mnkr"), ("one_of_units",)),
        (("Drift, tkr", "Investeringar, tkr"), ("assumed_unit",)),
        (("Drift, tkr", "Avgifter, kr"), ("assumed_unit",)),
    ],
)
def test_a_unit_that_only_other_tables_print_is_doubted_more_where_they_print_several(tmp_path, captions, doubts):
    table = "| Verksamhet | Budget 2024 | Utfall 2024 |\n|---|---|---|\n| Skola | 450 | 451 |\n| Vård | 220 | 221 |\n"
    path = tmp_path / "rapport.md"
    parts = "\n\n".join(f"## {caption}\n\n{table}" for caption in (*captions, "Lokaler"))
    path.write_text(f"# Lövhults kommun\n\nSocialnämnden\n\nVerksamhetsberättelse 2024\n\n{parts}", encoding="utf-8")
    report, _ = print_report(read_file(path))
    last = [line for line in report.rows_of(BudgetLine) if line.table_title == "Lokaler"]
    assert {value.doubts for line in last for value in line.values} == {doubts}
