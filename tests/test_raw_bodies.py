"""Texts as converters leave them of a region, an association and committees; gold was written before reading."""

from pathlib import Path

import pytest

from extract.readers import read_file
from extract.records.report import print_report
from schema.printed import BudgetLine, IndicatorRow

REGION = """Regionstyrelsen
Delårsrapport augusti 2025

Hälso- och sjukvårdsnämnden redovisar här sitt resultat för perioden.

Resultaträkning, mnkr Utfall 2025 Budget 2025 Avvikelse Prognos 2025
Verksamhetens intäkter 412,3 405,0 7,3 610,0
Verksamhetens kostnader -1 912,8 -1 890,0 -22,8 -2 860,0
Nettokostnad -1 500,5 -1 485,0 -15,5 -2 250,0

Verksamhetsstatistik Jan-aug 2025 Jan-aug 2024 Förändring
Antal läkarbesök 124 310 121 870 2 440
Antal vårddagar 30 112 31 004 -892

Tillgängligheten har förbättrats jämfört med föregående år.
"""
TARGETS = """Socialnämnden
Verksamhetsplan 2026

Nämnden har beslutat om följande mål.

Indikator
Utfall 2023
Utfall 2024
Mål 2026
Andel brukare som är nöjda
med hemtjänsten
87 % 89 % 92 %
Väntetid till särskilt boende,
dagar
54 48 40

Målen följs upp i delårsrapporten.
"""
RESCUE = """Räddningstjänstförbundet
Årsredovisning 2024

Förbundet har under året haft god ekonomi.

Resultaträkning (tkr)

Not

Utfall 2024

Budget 2024

Utfall 2023

Verksamhetens intäkter

1

98 450

97 200

95 310

Verksamhetens kostnader

2

-96 120

-95 900

-93 870

Årets resultat

480

-600

-350

Förbundets mål för god ekonomisk hushållning är uppfyllda.
"""
WASTE = """Kommunalförbundet Avfall
Delårsrapport 2025

Förbundets investeringar redovisas nedan.

Investeringar, tkr

Budget 2025

Prognos 2025

Avvikelse

Insamlingsfordon
Kärl och
behållare
Summa investeringar

12 000
2 500
14 500

11 500
2 700
14 200

500
-200
300

Investeringarna går enligt plan.
"""


def read(tmp_path: Path, text: str):
    path = tmp_path / "report.txt"
    path.write_text(text, encoding="utf-8")
    report, _ = print_report(read_file(path))
    rows = [(row.line, row.values) for row in report.rows_of(BudgetLine)]
    rows += [(row.indicator, row.values) for row in report.rows_of(IndicatorRow)]
    return {label: {value.column_label: value.raw for value in values} for label, values in rows}


@pytest.mark.parametrize(
    ("text", "label", "values"),
    [
        (REGION, "Nettokostnad", ["-1 500,5", "-1 485,0", "-15,5", "-2 250,0"]),
        (REGION, "Antal läkarbesök", ["124 310", "121 870", "2 440"]),
        (TARGETS, "Andel brukare som är nöjda med hemtjänsten", ["87 %", "89 %", "92 %"]),
        (TARGETS, "Väntetid till särskilt boende, dagar", ["54", "48", "40"]),
        (RESCUE, "Verksamhetens kostnader", ["-96 120", "-95 900", "-93 870"]),
        (RESCUE, "Årets resultat", ["480", "-600", "-350"]),
        (WASTE, "Kärl och behållare", ["2 500", "2 700", "-200"]),
    ],
)
def test_values_of_a_row(tmp_path, text, label, values):
    assert list(read(tmp_path, text)[label].values()) == values


def test_a_table_below_a_blank_line_has_the_header_that_stands_over_it(tmp_path):
    assert list(read(tmp_path, REGION)["Antal vårddagar"]) == ["Jan-aug 2025", "Jan-aug 2024", "Förändring"]


def test_targets_of_a_year_are_a_column_of_values(tmp_path):
    assert "Mål 2026" in read(tmp_path, TARGETS)["Väntetid till särskilt boende, dagar"]


ONE_LINE = (
    "Fritidsnämnden\nBokslut 2024\n\nEkonomi Verksamhet, tkr Budget 2024 Bokslut 2024 Avvikelse Idrott och bad 31 200 "
    "30 750 450 Föreningsbidrag 9 400 9 310 90 Fritidsgårdar 14 900 15 260 -360 Summa 55 500 55 320 180\n\n"
    "Nämnden redovisar ett överskott.\n"
)


def test_a_table_in_one_line_is_read_where_its_differences_hold(tmp_path):
    rows = read(tmp_path, ONE_LINE)
    assert list(rows["Idrott och bad"].values()) == ["31 200", "30 750", "450"]
    assert rows["Summa"] == {"Budget 2024": "55 500", "Bokslut 2024": "55 320", "Avvikelse": "180"}


def test_a_table_in_one_line_is_no_guess(tmp_path):
    assert not read(tmp_path, ONE_LINE.replace("-360", "-330"))


def test_a_figure_left_alone_between_whole_rows_ends_no_table(tmp_path):
    text = REGION.replace("Verksamhetens kostnader -1", "0\nVerksamhetens kostnader -1")
    rows = read(tmp_path, text)
    assert list(rows["Nettokostnad"].values()) == ["-1 500,5", "-1 485,0", "-15,5", "-2 250,0"]


def test_numbered_rows_at_the_foot_of_a_page_are_no_footnotes(tmp_path):
    names = ("Utrustning till simhallen", "Nya hallar vid skolan", "Belysning i parken", "Bokbuss till landsbygden")
    rows = "\n".join(f"{n} {name} {n}00 {n}50 {n}75" for n, name in enumerate(names, 1))
    head = "Investeringar (tkr)\nBudget 2026\nPlan 2027\nPlan 2028\n"
    text = f"Kulturnämnden\nBudget 2026\n\nNämnden prioriterar simhallen1 och parken3.\n\n{head}{rows}\n\fBilagor\n"
    assert ["300", "350", "375"] in [list(values.values()) for values in read(tmp_path, text).values()]


def test_a_last_column_that_is_printed_below_the_others_is_one_where_the_rows_have_it(tmp_path):
    head = "Investeringar (tkr) Budget\n2026\nPlan\n2027\nPlan\n2028\nTotal utgift\n"
    rows = "Nytt bad 10 000 500 0 10 500\nNy hall 0 4 000 300 4 300\nMuseum 250 350\nSkatepark 250 0 0 250\n"
    text = f"Kulturnämnden\nBudget 2026\n\nNämnden föreslår följande investeringar för perioden.\n\n{head}{rows}"
    assert list(read(tmp_path, text)["Ny hall"].values()) == ["0", "4 000", "300", "4 300"]


PROJECTS = """Kulturnämnden
Investeringar 2027-2030

Investeringar, tkr Budget 2027 Plan 2028 Plan 2029 Totalt
Nya lokaler 22 000 0 0 22 000
Digitalisering av bibliotek 150 150 150 årligen, löpande
Konstinköp till kommunens
konstsamling 125 125 125 årligen
Bokbuss 0 4 500 0 4 500
"""


def test_a_row_may_end_with_words_where_its_figures_are_one_fewer_than_the_columns(tmp_path):
    rows = read(tmp_path, PROJECTS)
    assert list(rows["Digitalisering av bibliotek"].values()) == ["150", "150", "150", "årligen, löpande"]
    assert list(rows["Konstinköp till kommunens konstsamling"].values()) == ["125", "125", "125", "årligen"]
    assert list(rows["Bokbuss"].values()) == ["0", "4 500", "0", "4 500"]


def test_figures_before_words_that_may_be_read_in_two_ways_are_no_row(tmp_path):
    rows = read(tmp_path, PROJECTS.replace("150 150 150 årligen", "1 150 150 150 årligen"))
    assert not rows.get("Digitalisering av bibliotek")
