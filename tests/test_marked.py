import re
from collections import Counter
from pathlib import Path

import pytest

from extract.marked.markup import read_markup
from extract.marked.read import read_text
from schema.layout import Block, Source, Table
from schema.lexicon.numbers import digit_runs

ARCHIVE = Path(__file__).parents[2] / "shared" / "archive"


def read(tmp_path, text, media_type="text/tab-separated-values"):
    path = tmp_path / "report.txt"
    path.write_text(text, encoding="utf-8")
    return read_text(Source("report", path.name, "", media_type), path)


def texts(table):
    return [[cell.text for cell in row] for row in table.grid()]


def test_rows_with_tabs_are_a_table_below_its_heading(tmp_path):
    content = read(tmp_path, "Personal\n\nPersonal\tUtfall 2022\tMålvärde 2023\nAntal anställda\t420\t425\n")
    heading, table = content.items
    assert (heading.kind, heading.text) == ("heading", "Personal")
    assert texts(table) == [["Personal", "Utfall 2022", "Målvärde 2023"], ["Antal anställda", "420", "425"]]
    assert (table.header_rows, table.line, table.engine) == ((0,), 3, "tabs")


def test_tags_and_raised_digits_become_attributes(tmp_path):
    row = "<i>varav kostnader</i>\t1 357⁵\t<u>2020:</u> 67%<br>M-66%\n"
    content = read(tmp_path, "Belopp tkr\tBokslut 2020\tBokslut 2021\n" + row)
    label, value, compound = content.tables[0].grid()[1]
    assert (label.text, label.italic) == ("varav kostnader", True)
    assert (value.text, value.markers) == ("1 357", ("5",))
    assert (compound.text, compound.lines) == ("2020: 67% M-66%", ("2020: 67%", "M-66%"))


@pytest.mark.parametrize("cell", ["<i>13 300</i>1 357", "13 300<i>1 357</i>", "<i>13 300</i><u>1 357</u>"])
def test_figures_on_both_sides_of_a_tag_are_two_numbers(tmp_path, cell):
    content = read(tmp_path, f"Belopp tkr\tBokslut 2020\tBokslut 2021\nHyra\t{cell}\t1\n")
    assert digit_runs(content.tables[0].grid()[1][1].text) == ("13", "300", "1", "357")
    assert Counter(digit_runs(content.text)) == Counter(("2020", "2021", "13", "300", "1", "357", "1"))


def test_square_metres_are_no_footnote(tmp_path):
    content = read(tmp_path, "Volymmått\t2020\t2021\nLokalyta m²\t100\t120\n")
    assert content.tables[0].grid()[1][0].text == "Lokalyta m²"


def test_an_italic_description_is_told_from_the_goal(tmp_path):
    content = read(tmp_path, "Nämndmål\tIndikator\t2020\nGoda arbetsplatser <i>Varje medarbetare trivs.</i>\tHME\t70\n")
    goal = content.tables[0].grid()[1][0]
    assert goal.lines == ("Goda arbetsplatser", "Varje medarbetare trivs.")
    assert (goal.italic_tail, goal.italic) == ("Varje medarbetare trivs.", False)


def test_a_star_is_a_mark_only_where_a_footnote_explains_it(tmp_path):
    table = "Indikator\tKälla\t2020\nAntal tjänster\tKolada\t36*\n"
    explained = read(tmp_path, table + "\n* Mäts från och med i år.\n")
    assert explained.tables[0].grid()[1][2].markers == ("*",)
    assert explained.blocks[0].kind == "footnote"
    bare = read(tmp_path, table)
    assert bare.tables[0].grid()[1][2].text == "36*"


def test_starred_list_items_are_no_footnotes(tmp_path):
    content = read(tmp_path, "* första punkten\n* andra punkten\n\nEn mening med 2*\n", "text/markdown")
    assert [block.kind for block in content.blocks][:2] == ["list_item", "list_item"]


def test_a_repeated_header_continues_the_table_over_a_footnote(tmp_path):
    header = "Nämndmål\tNämndindikator\t2020\t2021\n"
    content = read(tmp_path, f"{header}Mål A\tAntal x\t1\t2\n\n¹ En not.\n\n{header}\tAntal y\t3\t4\n")
    (table,) = content.tables
    assert table.header_rows == (0, 2)
    assert table.grid()[3][1].text == "Antal y"
    assert content.items[-1].markers == ("1",)


def test_rows_without_header_continue_the_table_over_a_footnote(tmp_path):
    content = read(tmp_path, "Nämndmål\tIndikator\t2020\nMål\tAndel barn\t1\n\n² Not.\n\n\tplacerade (%)\t\n")
    assert len(content.tables) == 1
    assert content.tables[0].n_rows == 3


def test_a_heading_starts_a_new_table(tmp_path):
    table = "Nämndmål\tIndikator\t2020\nMål\tAntal x\t1\n"
    content = read(tmp_path, f"{table}\nMålområde: Ekonomi\n\n{table}")
    assert len(content.tables) == 2


def test_a_table_of_contents_is_no_table(tmp_path):
    content = read(tmp_path, "Innehåll\n\nEkonomi\t4\nPersonal\t7\nNämndindikatorer\t21\n")
    assert not content.tables
    assert "Personal 7" in [block.text for block in content.blocks]


def test_dotted_contents_in_pipes_are_no_table(tmp_path):
    lines = "| | |\n|---|----|\n| Inledning..... | 3 |\n| Uppdrag..... | 4 |\n"
    content = read(tmp_path, lines, "text/markdown")
    assert not content.tables


def test_header_words_broken_by_narrow_columns_are_mended(tmp_path):
    content = read(tmp_path, "Nämnd- indikator\tKälla\tMålvä rde 2019\nAntal x\tKolada\t1\n")
    assert [cell.text for cell in content.tables[0].grid()[0]] == ["Nämndindikator", "Källa", "Målvärde 2019"]


def test_a_header_split_over_two_rows(tmp_path):
    rows = "Nämndmål\tIndikator\t\t\tMålvärde 2021\n\t\t2019\t2020\t\nMål\tAntal x\t1\t2\t3\n"
    assert read(tmp_path, rows).tables[0].header_rows == (0, 1)


def test_a_header_stands_over_the_empty_ones_right_of_it_that_the_next_row_fills(tmp_path):
    header = "| | Helår | | Jan-aug | |\n|---|---|---|---|---|\n| Tkr | Budget | Prognos | Budget | Utfall |\n"
    [table] = read(tmp_path, f"{header}| Vård | 9 | 8 | 6 | 5 |\n", "text/markdown").tables
    assert table.header_rows == (0, 1)
    assert [(cell.text, cell.col_span) for cell in table.cells if cell.row == 0 and cell.text] == [
        ("Helår", 2),
        ("Jan-aug", 2),
    ]


def test_a_header_that_splits_named_columns(tmp_path):
    rows = "\tRedovisat 2023\tRedovisat 2023\n\tUtgifter\tInkomster\nÖvrigt\t1,5\t0,0\n"
    assert read(tmp_path, rows).tables[0].header_rows == (0, 1)


def test_pipes_with_a_header_in_the_middle_and_ragged_rows(tmp_path):
    header = "| Mål | Indikator | 2017 | 2018 |\n|--|--|--|--|\n"
    content = read(
        tmp_path,
        f"{header}| A | Antal x | 1 | 2 |\n| Antal y | 3 | 4 |\n{header}| B | Antal z | 5 | 6 |\n",
        "text/markdown",
    )
    (table,) = content.tables
    assert table.header_rows == (0, 3)
    assert texts(table)[2] == ["Antal y", "3", "4", ""]


def test_pipes_below_an_empty_header_continue_the_table(tmp_path):
    first = "| Mål | Indikator | 2017 |\n|--|--|--|\n| A | Antal som får | 1 |\n"
    content = read(tmp_path, first + "\n| | | |\n|--|--|--|\n| | arbete | |\n|--|--|--|\n", "text/markdown")
    (table,) = content.tables
    assert texts(table)[2] == ["", "arbete", ""]
    assert table.header_rows == (0,)


def test_bold_goal_lines_and_markdown_headings(tmp_path):
    content = read(tmp_path, "## Mål\n\nNämndmål - **Stöd ges tidigt.**\n\nUppnås delvis.\n", "text/markdown")
    assert [(b.kind, b.level, b.text) for b in content.blocks] == [
        ("heading", 2, "Mål"),
        ("heading", 0, "Nämndmål - Stöd ges tidigt."),
        ("paragraph", 0, "Uppnås delvis."),
    ]


def test_a_bold_statement_is_told_from_the_comment_after_it(tmp_path):
    content = read(tmp_path, "- **Nämnden ska minska kostnaderna.** Arbetet pågår.\n")
    assert [(b.kind, b.bold, b.text) for b in content.blocks] == [
        ("list_item", True, "Nämnden ska minska kostnaderna."),
        ("paragraph", False, "Arbetet pågår."),
    ]


def test_old_windows_text_is_read_with_a_problem(tmp_path):
    path = tmp_path / "gammal.txt"
    path.write_bytes("Åtgärd\tStatus\nMål\tPågår\n".encode("cp1252"))
    content = read_text(Source("gammal", path.name, "", "text/tab-separated-values"), path)
    assert content.tables[0].grid()[0][0].text == "Åtgärd"
    assert [problem.code for problem in content.problems] == ["not_utf8"]


def words(text):
    plain = re.sub(r"<[^>]*>|[-\u00ad\s]", " ", text)
    return re.findall(r"[^\W_]+", plain.translate(str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")))


def everything(content):
    for item in content.items:
        if isinstance(item, Block):
            yield " ".join(item.markers)
            yield item.text
        elif isinstance(item, Table):
            for cell in item.cells:
                yield cell.text
                yield " ".join(cell.markers)


@pytest.mark.skipif(not ARCHIVE.is_dir(), reason="needs the example archive beside the checkout")
@pytest.mark.parametrize("path", sorted(ARCHIVE.glob("*.txt")) if ARCHIVE.is_dir() else [], ids=lambda p: p.name[:3])
def test_every_letter_and_digit_of_a_report_is_kept(path):
    text = path.read_text(encoding="utf-8")
    media_type = "text/tab-separated-values" if "\t" in text else "text/markdown" if "\n|" in text else "text/plain"
    content = read_text(Source("x", path.name, "", media_type), path)
    kept = Counter("".join(words(" ".join(everything(content)))))
    assert not Counter("".join(words(text))) - kept


def test_a_raised_figure_with_nothing_after_it_is_no_heading(tmp_path):
    content = read(tmp_path, "² ", "text/markdown")
    assert all(isinstance(item, Block) for item in content.items)


def test_a_raised_mark_within_figures_parts_two_numbers():
    assert read_markup("Bokslut 1 357⁵2023").text == "Bokslut 1 357 2023"
    assert read_markup("Utfall<sup>1</sup>2023").text == "Utfall 2023"
    assert read_markup("Nämnd¹en 71 %").text == "Nämnden 71 %"


def test_a_tag_that_is_not_closed_swallows_no_number():
    assert "132" in read_markup("<i\ufffd132</i>").text
