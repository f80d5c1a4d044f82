"""Text whose columns a converter kept by spaces: what its headers and labels say."""

import pytest

from extract.raw.read import read_flow
from extract.records.report import print_report
from schema.layout import Source
from schema.printed import BudgetLine

TITLE = "Kulturnämnden\nDelårsrapport augusti 2024\n\nDriftredovisning, tkr\n"


def read(table):
    return read_flow(Source("rapport", "rapport.txt", "", "text/plain"), (TITLE + table).split("\n"))


def header_of(table):
    return [[cell.text if cell else "" for cell in row] for row in read(table).tables[0].grid()][0]


def rows_of(table):
    report, _ = print_report(read(table))
    return {line.line: line.values for line in report.rows_of(BudgetLine)}


def test_times_above_the_columns_head_those_that_they_are_in_the_middle_of():
    table = (
        "                              Januari–augusti                         Helår 2024\n"
        "                  Utfall 2024   Budget 2024   Utfall 2023   Budget     Prognos    Avvikelse\n"
        "Bibliotek              31 928        32 715        30 651   49 073      47 964        1 109\n"
        "Museum                 32 228        34 957        30 939   52 435      52 377           58\n"
        "Summa                  64 156        67 672        61 590  101 508     100 341        1 167\n"
    )
    periods = {value.column_label: value.period for value in rows_of(table)["Museum"]}
    assert [periods[name] for name in periods if "Utfall" in name] == ["2024-01/2024-08", "2023-01/2023-08"]
    assert [periods[name] for name in periods if "Prognos" in name] == ["2024"]


@pytest.mark.parametrize(
    ("upper", "lower", "header"),
    [("Investering", "sram 2024", "Investeringsram 2024"), ("Beslutad", "totalbudget", "Beslutad totalbudget")],
)
def test_a_header_word_is_mended_where_its_halves_name_a_value_and_neither_does(upper, lower, header):
    table = (
        f"Belopp mnkr     Redovisat jan-   Prognos   {upper}    Avvikelse\n"
        f"                augusti 2024     2024      {lower}\n"
        "Bibliotek                  1,5       1,6          1,0         -0,5\n"
        "Museum                     2,5       2,6          3,0          0,5\n"
        "Summa                      4,0       4,2          4,0          0,0\n"
    )
    assert header in header_of(table)


def test_a_label_whose_next_line_opens_with_a_capital_is_not_sure():
    table = (
        "Belopp tkr                            Utfall 2024      Utfall 2023\n"
        "Bruttoinvestering i                        -1 254              -10\n"
        "anläggningstillgångar\n"
        "Kassaflöde från                            -1 254              -10\n"
        "investeringsverksamheten\n"
        "Finansieringsverksamheten\n"
        "Andelskapital                                  20              138\n"
        "Likvida medel vid periodens slut           18 467           20 331\n"
    )
    doubts = {label: set(values[0].doubts) for label, values in rows_of(table).items()}
    joined = [label for label in doubts if label.startswith("Kassaflöde")]
    assert "two_labels" in doubts[joined[0]]
    assert "two_labels" not in doubts["Bruttoinvestering i anläggningstillgångar"]


def test_a_figure_that_a_long_label_pushed_goes_back_to_its_column():
    table = (
        "Mått                                 Utfall 2022   Utfall 2023   Prognos 2024\n"
        "Andel elever i årskurs nio som är behöriga  83,1   85,7          88,0\n"
        "Elever i årskurs sex                 71,4          73,9          80,0\n"
        "Andel lärare med behörighet i ämnet  69,0          74,0          72,0\n"
        "Lokalyta för varje barn i förskolan i kvm  11,8  11,5            11,0\n"
    )
    grid = [[cell.text for cell in row] for row in read(table).tables[0].grid()]
    assert grid[1:] == [
        ["Andel elever i årskurs nio som är behöriga", "83,1", "85,7", "88,0"],
        ["Elever i årskurs sex", "71,4", "73,9", "80,0"],
        ["Andel lärare med behörighet i ämnet", "69,0", "74,0", "72,0"],
        ["Lokalyta för varje barn i förskolan i kvm", "11,8", "11,5", "11,0"],
    ]


def test_a_word_after_one_space_that_begins_where_a_column_does_is_a_cell():
    table = (
        "Mått                           Utfall 2022   Utfall 2023   Mål 2024\n"
        "Elförbrukning i gatubelysning  1 412 000     1 286 500 kWh Minska\n"
        "                               kWh\n"
        "Andel fossilfria transporter   62 %          71 %          Minst 80 %\n"
        "Antal läckor i ledningsnätet   41            37            Färre än 35\n"
    )
    grid = [[cell.text for cell in row] for row in read(table).tables[0].grid()]
    assert grid[1] == ["Elförbrukning i gatubelysning", "1 412 000 kWh", "1 286 500 kWh", "Minska"]


def test_a_title_right_below_a_paragraph_is_the_tables():
    text = (
        "Nämnden räknar med ett underskott för året. Placeringar av barn och unga står för det mesta av den,\n"
        "medan vården för vuxna kostar mindre.\n"
        "Resultat i miljoner kronor\n"
        "Verksamhet              Bokslut 2022     Budget 2023\n"
        "Bibliotek                       31,9            32,7\n"
        "Museum                          32,2            34,9\n"
    )
    lines = print_report(read(text))[0].rows_of(BudgetLine)
    assert {(line.table_title, line.unit) for line in lines} == {("Resultat i miljoner kronor", "miljoner kronor")}


def test_a_line_that_is_a_verdict_stands_alone():
    text = (
        "De äldre ska känna sig trygga i sitt hem\n"
        "Bedömning: Målet är uppfyllt\n"
        "Av dem som svarade på enkäten känner 88 procent sig trygga i hemmet.\n"
    )
    texts = [block.text for block in read_flow(Source("r", "r.txt", "", "text/plain"), text.split("\n")).blocks]
    assert texts[:2] == ["De äldre ska känna sig trygga i sitt hem", "Bedömning: Målet är uppfyllt"]


def test_a_number_is_never_parted_where_a_column_begins():
    table = (
        "Mått                     Utfall 2022   Utfall 2023   Mål 2024\n"
        "Antal besök i hallarna             1 039         1 120       1 200\n"
        "Antal läckor i nätet     41            37            35\n"
        "Antal barn i skolan      62            71            80\n"
    )
    found = {cell.text for table in read(table).tables for cell in table.cells}
    assert not found & {"1", "039", "120"}
