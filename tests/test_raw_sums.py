"""Short rows whose columns the sums below them settle."""

from pathlib import Path

from extract.readers import read_file
from extract.records.report import print_report
from schema.printed import BudgetLine

HEADER = "Driftsammandrag, belopp mnkr\nNettokostnad Bokslut 2022 Budget 2023 Budget 2024 Plan 2025 Plan 2026\n"


def budget(tmp_path: Path, body: str):
    path = tmp_path / "report.txt"
    prose = "Social- och omsorgsnämnden\nInternbudget 2024 med plan 2025-2026\n\nNämnden redovisar här sin budget.\n\n"
    path.write_text(prose + HEADER + body, encoding="utf-8")
    content = read_file(path)
    report, _ = print_report(content)
    lines = {
        line.line: {v.column_label: (v.raw, v.inferred, v.confidence) for v in line.values}
        for line in report.rows_of(BudgetLine)
    }
    return lines, content.problems


def test_a_row_stands_where_the_total_holds(tmp_path):
    lines, _ = budget(
        tmp_path, "Hemtjänst 100 110 120 130 140\nProjekt 7 5\nBoende 40 41 42 43 44\nSumma 147 156 162 173 184\n"
    )
    assert {column: raw for column, (raw, _, _) in lines["Projekt"].items()} == {
        "Bokslut 2022": "7",
        "Budget 2023": "5",
    }
    assert all(inferred for _, inferred, _ in lines["Projekt"].values())
    assert not any(inferred for _, inferred, _ in lines["Hemtjänst"].values())


def test_a_total_confirms_rows_that_stand_flush_right(tmp_path):
    body = "Hemtjänst 100 110 120 130 140\nProjekt 7 5\nBoende 40 41 42 43 44\nSumma 140 151 162 180 189\n"
    lines, _ = budget(tmp_path, body)
    without, _ = budget(tmp_path, body.replace("Summa 140 151 162 180 189", "Summa 140 151 162 191 199"))
    assert list(lines["Projekt"]) == list(without["Projekt"]) == ["Plan 2025", "Plan 2026"]
    assert lines["Projekt"]["Plan 2025"][2] > without["Projekt"]["Plan 2025"][2]


def test_two_placements_that_both_add_up_are_named(tmp_path):
    body = "Hemtjänst 100 110 120 130 140\nProjekt A 7\nProjekt B 7\nSumma 107 117 120 130 140\n"
    lines, problems = budget(tmp_path, body)
    assert sorted(column for name in ("Projekt A", "Projekt B") for column in lines[name]) == [
        "Bokslut 2022",
        "Budget 2023",
    ]
    found = [problem.message for problem in problems if problem.code == "ambiguous_column"]
    assert len(found) == 2 and "Bokslut 2022" in found[0] and "Budget 2023" in found[0]


def test_parts_add_up_to_the_row_above_them(tmp_path):
    body = "Hemtjänst 100 110 120 130 140\nFörvaltning 20 21 22 23 24\n"
    body += "varav nämnd 20 11 12 13 14\nvarav projekt 10 10 10 10\n"
    lines, _ = budget(tmp_path, body)
    assert list(lines["varav projekt"]) == ["Budget 2023", "Budget 2024", "Plan 2025", "Plan 2026"]
    assert lines["varav projekt"]["Plan 2026"][2] >= 0.9


def test_note_numbers_before_the_amounts_are_no_amounts(tmp_path):
    path = tmp_path / "report.txt"
    path.write_text(
        "Räddningsförbundet\nÅrsredovisning 2021\n\nResultaträkning, tkr\n"
        "Belopp i tkr Not Budget 2021 Utfall 2021 Utfall 2020\n"
        "Verksamhetens intäkter 1 152 300 154 871 149 920\nVerksamhetens kostnader 2 -143 900 -145 236 -141 077\n"
        "Verksamhetens nettoresultat 8 400 9 635 8 843\n",
        encoding="utf-8",
    )
    report, _ = print_report(read_file(path))
    values = {line.line: [value.raw for value in line.values] for line in report.rows_of(BudgetLine)}
    assert values == {
        "Verksamhetens intäkter": ["152 300", "154 871", "149 920"],
        "Verksamhetens kostnader": ["-143 900", "-145 236", "-141 077"],
        "Verksamhetens nettoresultat": ["8 400", "9 635", "8 843"],
    }


def test_an_account_number_alone_on_its_line_begins_a_label(tmp_path):
    body = "Hemtjänst 100 110 120 130 140\n600 -\nFlyktingmottagande\n16 17 18 19 20\n"
    lines, _ = budget(tmp_path, body)
    assert [raw for raw, _, _ in lines["600 - Flyktingmottagande"].values()] == ["16", "17", "18", "19", "20"]
