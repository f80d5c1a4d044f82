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
