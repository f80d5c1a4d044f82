"""Text whose columns a converter kept by spaces: what its headers and labels say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.raw.read import read_flow
from extract.raw.spaced.ends import with_ends
from extract.records.report import print_report
from schema.layout import Source
from schema.printed import BudgetLine, IndicatorRow

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


@pytest.mark.parametrize("corner", ["Verksamheter", "Delar"])
def test_a_labels_header_in_the_middle_of_taller_ones_is_beside_them(corner):
    table = (
        "                       Utfall      Budget                    Prognos      Utfall\n"
        f"{corner:<23}                        Avvikelse\n"
        "                        2024        2024                       aug         2023\n"
        "\n"
        "Bibliotek                 9          10           1             11           8\n"
        "Museum                   21          20          -1             22          24\n"
        "Summa                    30          30           0             33          32\n"
    )
    assert header_of(table) == [corner, "Utfall 2024", "Budget 2024", "Avvikelse", "Prognos aug", "Utfall 2023"]


ROWS = (
    "Bibliotek och            4 326       4 117           5 000           674\n"
    "lässalar\n"
    "Museum                  23 691      24 508          24 923         1 232\n"
    "Simhallar                  871         -               990           119\n"
    "Summa                   28 888      28 625          30 913         2 025\n"
    "* Med kommunalförbunden\n"
)
HEADER = (
    "                       Bokslut         Aug         Prognos    Förändring\n"
    "Belopp i tkr              2022        2023            2023         helår\n"
)


def joined(text):
    """A table's lines in one, as a converter leaves them: parted by one space, without the spaces before them."""
    return " ".join(line.strip() for line in text.splitlines())


def test_rows_whose_line_ends_were_lost_are_rows_again():
    lines = [text for _, text in with_ends([joined(ROWS)])]
    assert lines == ROWS.splitlines()


@pytest.mark.parametrize("between", ["", "\n\n"])
def test_a_header_whose_line_ends_were_lost_stands_over_its_columns(between):
    told = "Kulturen kostade 28 625 tkr. "
    found = rows_of(f"{told}{joined(HEADER)}{between or ' '}{joined(ROWS)}\n")
    assert [(value.kind, value.period, value.raw) for value in found["Museum"]] == [
        ("outcome", "2022", "23 691"),
        ("outcome", "2023-08", "24 508"),
        ("forecast", "2023", "24 923"),
        ("effect", None, "1 232"),
    ]
    assert "Bibliotek och lässalar" in found


def test_a_row_whose_label_ended_its_line_is_moved_over_the_columns_of_the_others():
    rows = "Förskolor       12,4        2,9        0,0\nMuseer         -40,1       22,3     -130,0\n"
    row = "Idrotts- och\n                 3,7      -12,2        3,0\nfritidsnämnden\n"
    assert [text for _, text in with_ends([joined(rows + row)])] == (rows + row).splitlines()


def test_a_figures_unit_stays_with_it_and_a_label_that_is_also_a_unit_does_not():
    rows = "Nöjda besökare            26 %            28 %\nElever                     3 %             4 %\n"
    rows += "Bostäder                   7 %            12 %\n"
    assert [text for _, text in with_ends([joined(rows)])] == rows.splitlines()


def test_text_beside_the_figures_stays_with_its_row():
    rows = "Hisingsbron                 1 589     -3 000      klar 2021\n"
    rows += "Skeppsbron                     31        -84      pausad\n"
    assert [text for _, text in with_ends([joined(rows)])] == rows.splitlines()


def test_a_header_in_one_line_over_rows_in_lines_of_their_own_is_parted_too():
    found = with_ends([joined(HEADER), "", *ROWS.splitlines()[2:5], joined(ROWS)])
    assert [text for _, text in found[:2]] == HEADER.splitlines()


def test_values_of_rows_whose_line_ends_were_lost_are_doubted():
    report, _ = print_report(read(f"{joined(HEADER)} {joined(ROWS)}\n"))
    values = [value for line in report.rows_of(BudgetLine) for value in line.values]
    assert values and all("lost_line_ends" in value.doubts for value in values)


def test_lines_keep_their_numbers_and_pages_where_rows_are_parted():
    found = with_ends(["Text", f"\f{joined(ROWS)}", "", "Slut"])
    assert [number for number, _ in found] == [1, *[2] * 6, 3, 4]
    assert [text.startswith("\f") for _, text in found[:3]] == [False, True, False]


@pytest.mark.parametrize(
    "line",
    [
        "Nämnden har 12 enheter och 14 avdelningar, av vilka 3 är nya och 4 flyttar under 2024 till Brunnby torg 5",
        "Utfall      12        14        16        18        20        22        24        26        28       30",
        "4,5        1,0        180 0,9        3,5        1,2        160 0,8        3,0        1,4        140 0,7",
        "Beläggning    Återaktualiserade barn 0-12 resp    79% resp  90% resp  90% resp   och flera ord efter raden",
        "Museum      12        14        Bibliotek och läsesal        16        18        Simhall    20        22",
    ],
)
def test_lines_that_prove_no_rows_are_left_as_they_are(line):
    assert with_ends([line]) == [(1, line)]


@given(
    st.lists(st.sampled_from(["Skola", "12", "1 345", "-", "Utfall", "2024", "12 %", "x", "och"]), max_size=60),
    st.data(),
)
def test_no_word_is_lost_where_rows_are_parted(words, data):
    line = "".join(word + " " * data.draw(st.integers(1, 4)) for word in words)
    assert " ".join(text for _, text in with_ends([line])).split() == line.split()


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


def test_a_label_that_other_groups_have_too_is_no_end_of_the_heading_above_it():
    table = (
        "Verksamhet                     Budget 2025   Budget 2026   Plan 2027\n"
        "Nämnd\n"
        "Kostnader                              612           635         663\n"
        "Netto nämnd                            612           635         663\n"
        "Bygglov och tillsyn\n"
        "Kostnader                            6 404         6 466       6 555\n"
        "Intäkter                            -2 901        -3 009      -3 111\n"
        "Netto bygglov och tillsyn            3 503         3 457       3 444\n"
    )
    report, _ = print_report(read(table))
    lines = [(line.line, line.parent) for line in report.rows_of(BudgetLine)]
    assert ("Netto nämnd", "Nämnd") in lines and ("Intäkter", "Bygglov och tillsyn") in lines


def test_a_word_that_ends_a_value_begins_no_column():
    table = (
        "Indikator                                   Utfall 2023     Utfall 2024      Mål 2026        Mål 2028\n"
        "Nöjda med bemötande, index                           67              70            73              76\n"
        "Nöjda med miljötillsyn, index                        71              69            74              75\n"
        "Besvarade samtal inom 24 timmar                    84 %            88 %    minst 92 %      minst 95 %\n"
    )
    report, _ = print_report(read(table))
    values = {row.indicator: [value.raw for value in row.values] for row in report.rows_of(IndicatorRow)}
    assert values["Besvarade samtal inom 24 timmar"] == ["84 %", "88 %", "minst 92 %", "minst 95 %"]
