"""Headers that no word tells: as many texts as the rows below them can be read to have cells."""

import pytest

from extract.raw.headers.counted import header_over_rows
from extract.raw.headers.find import header_at
from extract.raw.lines import read_lines
from extract.readers import read_file


def header(text: str, start: int = 0):
    found = header_over_rows(read_lines(text.split("\n")), start)
    return [column.label for column in found.columns] if found else None


ROWS = "Arabiska 89 945 227 54\nSomaliska 38 337 129 14\nTurkiska 9 535 45 10"


@pytest.mark.parametrize(
    "head",
    [
        "Språk\nAntal\nuppdrag\nAntal\ntolkar\nAuktoriserad\ntolk",
        "Språk Antal\nuppdrag\nAntal\ntolkar\nAuktoriserad\ntolk",
    ],
)
def test_a_capital_begins_a_cell(head):
    assert header(f"{head}\n{ROWS}") == ["Språk", "Antal uppdrag", "Antal tolkar", "Auktoriserad tolk"]


def test_an_abbreviation_goes_on_with_a_cell():
    rows = "Kultur 1 049 382 8 936 1 058 318\nTeknik 18 394 10 18 404"
    assert header(f"Nämnd\nRam inkl\nPKV\nResurs\nRam efter\n{rows}") == [
        "Nämnd",
        "Ram inkl PKV",
        "Resurs",
        "Ram efter",
    ]


def test_the_year_above_the_labels_goes_with_them():
    rows = "Kultur 10 20 30\nTeknik 11 21 31"
    assert header(f"Ram 2028\n2028\nNämnd\nRam inkl\nResurs\nEfter\n{rows}", 1) == [
        "2028 Nämnd",
        "Ram inkl",
        "Resurs",
        "Efter",
    ]


def test_texts_of_another_number_are_no_header():
    assert header(f"Språk\nAntal\nuppdrag\n{ROWS}") is None


def test_words_that_fit_the_rows_go_before():
    text = "Investeringar\nBelopp tkr Bokslut 2019 Budget 2019 Avvikelse\nAndel i förening\n5 6 1\nBåt\n7 9 2"
    columns = header_at(read_lines(text.split("\n")), 0).columns
    assert [column.label for column in columns][1:] == ["Bokslut 2019", "Budget 2019", "Avvikelse"]


def test_a_year_glued_to_a_word_is_parted():
    text = "Belopp mnkr Redovisat 2023Budget 2023Avvikelse\nKultur 10 20 10\nTeknik 11 21 10"
    assert [c.label for c in header_at(read_lines(text.split("\n")), 0).columns][1:3] == [
        "Redovisat 2023",
        "Budget 2023",
    ]


NOTES = "Resultaträkning\n(tkr) Not Budget 2025 Utfall 2025 Utfall 2024\nIntäkter 1 233 760 231 858 220 452\n"


def test_figures_that_begin_with_no_note_fail_no_text(tmp_path):
    path = tmp_path / "report.txt"
    path.write_text(NOTES + "Avskrivningar 1,5 2,5 3,5 4,5\nKostnader 2 231 935 229 672 222 593\n", encoding="utf-8")
    assert read_file(path).items


def test_zero_begins_no_group(tmp_path):
    path = tmp_path / "report.txt"
    path.write_text(NOTES + "Kostnader 2 231 935 229 672 222 593\nResultat 0 315 950\n", encoding="utf-8")
    cells = [cell.text for table in read_file(path).tables for cell in table.cells]
    assert "0 315" not in cells and "315" in cells


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        (
            "Ackumulerat jan-aug Helår 2025\nEnhet Budget Utfall Avvikelse Budget Prognos Avvikelse\n"
            "Familjehem 28 229 27 650 579 42 343 42 946 -603\nHVB 26 663 26 434 229 39 995 40 132 -137",
            ["Enhet", *(f"Ackumulerat jan-aug {kind}" for kind in ("Budget", "Utfall", "Avvikelse"))]
            + [f"Helår 2025 {kind}" for kind in ("Budget", "Prognos", "Avvikelse")],
        ),
        (
            "Verksamhet Januari – april 2024 Jan – april 2023 Helår 2024 Helår 2023\n"
            "Budget Utfall Avvikelse Utfall Budget Prognos Avvikelse Bokslut\n"
            "Nämnd 33 445 32 870 575 31 884 100 336 102 802 –2 466 97 326",
            ["Verksamhet", *(f"Januari – april 2024 {kind}" for kind in ("Budget", "Utfall", "Avvikelse"))]
            + ["Jan – april 2023 Utfall", *(f"Helår 2024 {kind}" for kind in ("Budget", "Prognos", "Avvikelse"))]
            + ["Helår 2023 Bokslut"],
        ),
        (
            "Skola Genomsnittligt meritvärde Andel behöriga, %\n2021 2022 2021 2022\n"
            "Björkskolan 248,0 257,5 80,8 94,5\nTallskolan 215,2 207,7 78,6 96,5",
            ["Skola", "Genomsnittligt meritvärde 2021", "Genomsnittligt meritvärde 2022"]
            + ["Andel behöriga, % 2021", "Andel behöriga, % 2022"],
        ),
        (
            "Mars ack Helår\nUtfall Budget Avvikelse Budget Prognos Avvikelse\n"
            "Intäkter 55 425 53 100 2 325 212 400 211 470 -930\nPersonal 21 592 25 575 3 983 92 300 91 756 -456",
            [*(f"Mars ack {kind}" for kind in ("Utfall", "Budget", "Avvikelse"))]
            + [f"Helår {kind}" for kind in ("Budget", "Prognos", "Avvikelse")],
        ),
    ],
)
def test_times_and_names_above_columns_that_return_are_those_of_groups(text, labels):
    found = header_at(read_lines(text.split("\n")), 0)
    assert [column.label for column in found.columns] == labels
    assert not found.is_unsure


def test_times_that_may_be_of_other_columns_make_no_value_sure(tmp_path):
    head = "Jan-mars Helår\nUtfall Budget Avvikelse\n"
    path = tmp_path / "report.txt"
    rows = "Bibliotek 10 12 -2\nMuseum 20 21 -1\nIdrott 30 33 -3"
    path.write_text(f"Kulturnämnden\nEkonomisk uppföljning mars 2026\n\n{head}{rows}", encoding="utf-8")
    table = read_file(path).tables[0]
    assert all(cell.confidence < 0.8 for cell in table.cells if cell.row and cell.col and cell.text)


def test_rows_of_more_figures_than_columns_are_not_forced_into_them(tmp_path):
    path = tmp_path / "report.txt"
    rows = "Antal hemtjänsttagare 1 078 1 106 1 024 972 1 007\nAntal platser 170 162 169 157 155\n"
    rows += "Vårddygn 18 16 17 17 19\nHushåll 549 620 596 610 622\nÄrenden 1 456 1 433 1 486 1 341 1 413\n"
    head = "Volym Utfall 2023 Utfall 2024 Aug 2025\n"
    path.write_text(f"Socialnämnden\nDelårsrapport augusti 2025\n\n{head}{rows}Budget\n2025\n", encoding="utf-8")
    content = read_file(path)
    assert not any(cell.text == "1 024 972" for table in content.tables for cell in table.cells)
    assert "unknown_columns" in [problem.code for problem in content.problems]


def test_a_title_and_the_header_of_the_labels_are_no_columns_of_figures():
    head = "Barn- och utbildningsnämnden, Björkby\nBjörkby kommun\nNettoram per verksamhet\nVerksamhet"
    assert header(f"{head}\nElevhälsa 9 996 10 315 10 634\nFritidshem 24 103 24 873 25 642") is None


def test_texts_that_no_word_tells_to_be_headers_make_no_value_sure(tmp_path):
    path = tmp_path / "report.txt"
    rows = "Arabiska 89 45\nSomaliska 38 29\nTurkiska 9 5"
    path.write_text(f"Språknämnden\nÅrsredovisning 2025\n\nSpråk\nBokningar\nTolkar\n{rows}\n", encoding="utf-8")
    cells = [cell for cell in read_file(path).tables[0].cells if cell.row and cell.col]
    assert {cell.text for cell in cells} == {"89", "45", "38", "29", "9", "5"}
    assert all(cell.confidence < 0.8 for cell in cells)


def parted(*parts: str) -> list[list[str]]:
    """The header that is found above rows, where an empty line stands between all parts of a text."""
    return header("\n\n".join(parts))


def test_empty_lines_between_rows_leave_them_rows_of_one_header():
    assert parted("Slag Gata Park Hamn", "Personal -420 115 87", "Material 64 -38 -905") == [
        "Slag",
        "Gata",
        "Park",
        "Hamn",
    ]


def test_years_side_by_side_head_rows_below_empty_lines():
    lines = read_lines(["Skola 20/21 21/22 22/23", "", "Björkskolan 212 218 224", "", "Åsskolan 96 101 97"])
    assert [column.label for column in header_at(lines, 0).values] == ["20/21", "21/22", "22/23"]


def test_columns_parted_by_empty_lines_are_counted_over_them():
    rows = ["Andel äldre 6,1 6,6 5,9", "Andel i boende 11,2 10,7 10,9"]
    assert parted("Mått", "2022\nVinterby", "2022 Liknande\nkommuner", "2022 Länet", *rows) == [
        "Mått",
        "2022 Vinterby",
        "2022 Liknande kommuner",
        "2022 Länet",
    ]


def test_a_title_below_rows_and_the_header_of_others_are_none_of_their_labels():
    below = ["Personal", "År Årsarbetare Andel (%)", "2021 62 11", "2022 63 12"]
    assert parted("År Bränder Olyckor Larm", "2021 41 133 208", "2022 38 102 214", *below) == [
        "År",
        "Bränder",
        "Olyckor",
        "Larm",
    ]


def test_a_word_for_values_heads_no_labels_and_names_that_return_are_no_columns():
    rows = ["Nämnd -24,6 -25,3 0,7", "Förskola -208,1 -210,4 2,3"]
    assert parted("Avvikelse", "Prognos", "Budget", "Belopp", *rows) is None
    assert parted("Verksamhet", "Helår", "Prognos", "Helår", *rows) is None


def test_full_rows_end_above_the_years_that_head_other_ones(tmp_path):
    path = tmp_path / "plan.txt"
    rows = ["Andel nöjda 88 91 90", "Kostnad, kr 812 400 836 150 871 020", "Väntetid, dagar 54 61 48"]
    below = ["Äldre", "Mått", "2022", "Vinterby", "2022 Länet", "Andel äldre 6,1 5,9", "Andel i boende 11,2 10,9"]
    path.write_text("\n\n".join(["Nyckeltal Utfall 2021 Utfall 2022", "Riket 2023", *rows, *below]), encoding="utf-8")
    table = read_file(path).tables[0]
    assert [cell.text for cell in table.cells if cell.row == 2] == ["Kostnad, kr", "812 400", "836 150", "871 020"]


def read_text(folder, *lines: str):
    """The tables of a text of lines."""
    path = folder / "plan.txt"
    path.write_text("\n".join(lines), encoding="utf-8")
    return read_file(path).tables


def test_a_source_and_a_status_parted_from_the_values_are_columns_and_no_goals(tmp_path):
    head = ["Nämndmål Indikator 2022 2023", "", "Målvärde", "2024", "", "Källa Uppnås", ""]
    rows = ["Barn är trygga", "", "Andel nöjda 64 71 68", "", "Antal möten 12 15 14", ""]
    (table,) = read_text(tmp_path, *head, *rows)
    header = [cell.text for cell in table.cells if cell.row == 0]
    assert header == ["Nämndmål", "Indikator", "2022", "2023", "Målvärde 2024", "Källa", "Uppnås"]


def test_a_label_that_opens_with_the_name_of_a_column_is_the_first_rows(tmp_path):
    head = ["Nämndmål Indikator 2022 2023 2024", "", "Målvä", "rde", ""]
    rows = ["Analys av skillnader", "i kvalitet", "", "2 2 1 3", "", "Antal möten 12 15 14 16", ""]
    (table,) = read_text(tmp_path, *head, *rows)
    assert [cell.text for cell in table.cells if cell.row == 0][-1] == "Målvärde"
    assert "Analys av skillnader i kvalitet" in [cell.text for cell in table.cells]


def test_too_many_figures_of_a_row_are_thousands_of_numbers_of_one_size(tmp_path):
    head = ["Nämndmål Indikator Utfall 2022 Utfall 2023 Mål 2024", ""]
    rows = ["Barn är trygga", "", "Antal besök 9 870 12 415 >13 000", "", "Antal timmar 171 300 176 204 öka", ""]
    (table,) = read_text(tmp_path, *head, *rows)
    values = [[cell.text for cell in table.cells if cell.row == row and cell.col > 1] for row in (1, 2)]
    assert values == [["9 870", "12 415", ">13 000"], ["171 300", "176 204", "öka"]]


def test_a_heading_above_a_header_of_kept_columns_is_no_line_of_it(tmp_path):
    rows = [("Lag", "Gata", "Park"), ("Sand", "41", "133"), ("Salt", "38", "102"), ("Grus", "44", "117")]
    (table,) = read_text(tmp_path, " Ekonomi", *("".join(f"  {cell:<16}" for cell in row) for row in rows))
    assert [cell.text for cell in table.cells if cell.row == 0] == ["Lag", "Gata", "Park"]


def test_columns_kept_by_spaces_part_no_words_of_another_tables_header(tmp_path):
    rows = [("År", "Bränder", "Olyckor", "Övrigt"), ("2022", "36", "125", "91"), ("2023", "39", "121", "110")]
    first = ["".join(f"{cell:<14}" for cell in row) for row in rows]
    rows = [("År", "Årsarbetare", "Andel kvinnor (%)"), ("2022", "62,5", "11"), ("2023", "63,0", "12")]
    second = [f"{a:<14}{b:<22}{c}" for a, b, c in rows]
    tables = read_text(tmp_path, "Insatser", *first, "Personal", *second)
    assert [cell.text for cell in tables[1].cells if cell.row == 0] == ["År", "Årsarbetare", "Andel kvinnor (%)"]


def test_a_line_below_a_blank_one_that_makes_a_header_alone_is_it(tmp_path):
    path = tmp_path / "report.txt"
    path.write_text(
        "Berättelse 2023\n\nRäddningsnämnden i Vinterby\n\nInsatser\n\nÅr Bränder i byggnad Trafikolyckor Onödiga larm"
        " Övriga insatser\n\n2019 41 133 208 97\n\n2020 38 102 214 88\n\n2021 44 117 196 104\n",
        encoding="utf-8",
    )
    (table,) = read_file(path).tables
    grid = [[cell.text for cell in row] for row in table.grid()]
    assert grid[0] == ["År", "Bränder i byggnad", "Trafikolyckor", "Onödiga larm", "Övriga insatser"]
    assert grid[1] == ["2019", "41", "133", "208", "97"]
