from dataclasses import replace

import pytest
from drawing import content, draw_table, heading, paragraph

from extract.records.legend import find_legend, symbol_meaning
from extract.records.report import print_report
from schema.layout import Block, Box, Image, Page, Word
from schema.printed import GoalRow, IndicatorRow


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        ("- = inget belopp finns", ("-", "inget belopp finns")),
        ("0 = belopp under en halv enhet", ("0", "belopp under en halv enhet")),
        ("Grön: målet är uppnått", ("symbol:green", "målet är uppnått")),
        ("Gul markering - delvis uppnått.", ("symbol:yellow", "delvis uppnått")),
    ],
)
def test_written_entries(text, entry):
    assert find_legend(content(paragraph(text))) == (entry,)


def test_prose_is_no_legend():
    assert find_legend(content(paragraph("Grönområdena sköts väl."), paragraph("- en punkt i en lista"))) == ()


def dot(colour, x, top):
    return Image(Box(x, top, x + 8, top + 8), colour, "dot")


def word(text, x, top):
    return Word(text, Box(x, top - 1, x + 5 * len(text), top + 9), 10.0)


def test_a_dot_means_what_is_printed_beside_it():
    words = (word("Uppnås", 40, 100), word("delvis", 73, 100), word("Långt", 300, 100))
    page = Page(1, 600, 800, words, images=(dot("yellow", 20, 100),))
    block = Block("paragraph", "Uppnås delvis Långt", page=1, box=Box(20, 98, 330, 110))
    legend = find_legend(replace(content(block), pages=(page,)))
    assert legend == (("symbol:yellow", "Uppnås delvis"),)
    assert symbol_meaning(dot("yellow", 0, 0), legend) == "Uppnås delvis"
    assert symbol_meaning(dot("green", 0, 0), legend) == "symbol:green"


def test_a_dot_in_a_status_cell_is_the_rows_assessment():
    table = draw_table("Nämndmål | Bedömning\\nTrygga barn | ".replace("\\n", "\n"))
    cells = tuple(replace(c, symbol=dot("green", 0, 0)) if (c.row, c.col) == (1, 1) else c for c in table.cells)
    report, _ = print_report(content(paragraph("Grön = uppnås"), replace(table, cells=cells)))
    assert [goal.assessment for goal in report.rows_of(GoalRow)] == ["uppnås"]


def test_entries_on_one_line_end_at_the_next_dot():
    words = (word("Uppnås", 40, 100), word("Delvis", 84, 100), word("Ej", 130, 100))
    dots = (dot("green", 30, 100), dot("yellow", 74, 100), dot("red", 120, 100))
    page = Page(1, 600, 800, words, images=dots)
    block = Block("paragraph", "Uppnås Delvis Ej", page=1, box=Box(20, 98, 330, 110))
    assert find_legend(replace(content(block), pages=(page,))) == (
        ("symbol:green", "Uppnås"),
        ("symbol:yellow", "Delvis"),
        ("symbol:red", "Ej"),
    )


CHART = "Andel lärare | 22/23 | 23/24\nEngelska | 67 % | 68 %\nMatematik | 81 % | 78 %"
JUDGED = "Indikator | Målvärde 2023 | Utfall 2023\nEngelska | 67 % | 68 %\nMatematik | 81 % | 78 %"


def with_signs(drawing, *colours):
    table = draw_table(drawing)
    cells = tuple(replace(c, symbol=dot(colours[c.row - 1], 0, 0)) if c.row and not c.col else c for c in table.cells)
    report, _ = print_report(content(heading("Nyckeltal 2023"), replace(table, cells=cells)))
    return [row.goal_met for row in report.rows_of(IndicatorRow)]


def test_keys_of_a_charts_lines_are_no_verdicts():
    assert with_signs(CHART, "grey", "green") == [None, None]
    assert with_signs(CHART, "red", "green") == ["symbol:red", "symbol:green"]
    assert with_signs(JUDGED, "grey", "green") == ["symbol:grey", "symbol:green"]


def grey_dot(tone, x, top):
    return Image(Box(x, top, x + 8, top + 8), "", "dot", tone=tone)


def meanings_in_grey(*tones):
    """What dots of these greys mean in a table of a page whose legend has dots of 124, 103 and 95."""
    words = (word("Uppnås", 40, 100), word("Delvis", 84, 100), word("Ej", 130, 100))
    signs = (grey_dot(124, 30, 100), grey_dot(103, 74, 100), grey_dot(95, 120, 100))
    page = Page(1, 600, 800, words, images=signs)
    block = Block("paragraph", "Uppnås Delvis Ej", page=1, box=Box(20, 98, 330, 110))
    table = draw_table("Nämndmål | Bedömning\n" + "\n".join(f"Trygga barn {tone} |" for tone in tones))
    cells = tuple(
        replace(c, symbol=grey_dot(tones[c.row - 1], 0, 0)) if c.row and c.col == 1 else c for c in table.cells
    )
    report, _ = print_report(replace(content(block, replace(table, cells=cells)), pages=(page,)))
    return [(goal.assessment, goal.status_colour) for goal in report.rows_of(GoalRow)]


def test_a_dot_without_colour_means_what_the_legends_dot_of_its_grey_means():
    assert meanings_in_grey(124, 126, 104, 95) == [
        ("Uppnås", None),
        ("Uppnås", None),
        ("Delvis", None),
        ("Ej", None),
    ]


def test_a_grey_that_is_near_two_of_the_legend_or_none_has_no_meaning():
    assert meanings_in_grey(99, 113, 160) == [(None, None)] * 3
