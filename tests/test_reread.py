from dataclasses import replace

import pytest
from drawing import content, draw_table, heading

from extract.grid import choose
from extract.grid.model import Grid, GridCell
from extract.page.model import PageParse
from extract.records.report import print_report
from schema.layout import Box, Page, Word


def word(text, x, top):
    return Word(text, Box(x, top, x + 20, top + 10), 10.0)


WORDS = [word("Vård", 0, 0), word("10", 50, 0), word("Skola", 0, 20), word("20", 50, 20)]
PARSE = PageParse(Page(1, 600, 800, tuple(WORDS)))


def grid(*rows, engine="aligned", verdict="ok"):
    cells = tuple(
        GridCell(row, col, Box(col * 50, row * 20, col * 50 + 50, row * 20 + 20), words=tuple(words))
        for row, line in enumerate(rows)
        for col, words in enumerate(line)
    )
    return Grid(1, (0.0, 50.0, 100.0)[: len(rows[0]) + 1], cells, engine, verdict=verdict)


GOOD = grid([[WORDS[0]], [WORDS[1]]], [[WORDS[2]], [WORDS[3]]], engine="camelot-hybrid")
DOUBTFUL = grid([[WORDS[0]], [WORDS[1]]], [WORDS[2:], []], verdict="cells overlap")


def read_again(monkeypatch, found, first=DOUBTFUL):
    monkeypatch.setattr(choose, "find_camelot", lambda *args, **kwargs: [found])
    return choose.reread_doubtful([first], PARSE, WORDS, list, path="x.pdf")[0]


def test_a_sound_second_reading_takes_the_place_of_a_doubtful_one(monkeypatch):
    assert read_again(monkeypatch, GOOD).engine == "camelot-hybrid"


@pytest.mark.parametrize("other", [replace(GOOD, verdict="cells overlap"), replace(GOOD, xs=(0.0, 100.0))])
def test_a_reading_that_is_not_followed_leaves_a_step_and_a_problem(monkeypatch, other):
    kept = read_again(monkeypatch, other)
    assert (kept.engine, kept.steps) == ("aligned", ("camelot-hybrid: reads otherwise, 1 cells",))
    table = replace(draw_table("Belopp tkr | 2022\nVård | 10"), steps=kept.steps, verdict=kept.verdict)
    _, problems = print_report(content(heading("Drift"), table))
    assert [problem.code for problem in problems] == ["engines_disagree"]


def test_a_sound_table_is_not_read_again(monkeypatch):
    assert read_again(monkeypatch, DOUBTFUL, first=GOOD) is GOOD
