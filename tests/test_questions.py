"""The questions of docs/questions.md give the answers that it shows, and every table says what it refers to."""

import re
import sqlite3
from pathlib import Path

import pytest
import tabulate

from namndata.store.creating import foreign_keys
from namndata.store.dictionary import read_tables

PAGE = (Path(__file__).parent.parent / "docs" / "questions.md").read_text(encoding="utf-8")
QUESTION = re.compile(
    r"^## (?P<number>\d+)\. (?P<asked>[^\n]+\?)\n\n```sql\n(?P<sql>.*?)```\n\n```text\n(?P<shown>.*?)\n```\n\n"
    r"What can go wrong: (?P<wrong>[^\n]+)$",
    re.MULTILINE | re.DOTALL,
)
QUESTIONS = [found.groupdict() for found in QUESTION.finditer(PAGE)]


def test_there_are_twenty_questions_each_with_what_can_go_wrong():
    assert [question["number"] for question in QUESTIONS] == [str(number) for number in range(1, 21)]
    assert PAGE.count("\n## ") == len(QUESTIONS)


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question["asked"])
def test_a_question_has_the_answer_that_is_shown(example, question):
    with sqlite3.connect(example) as db:
        db.row_factory = sqlite3.Row
        table = tabulate.tabulate([dict(row) for row in db.execute(question["sql"])], headers="keys")
    assert [line.rstrip() for line in table.splitlines()] == question["shown"].splitlines()
    assert len(question["shown"].splitlines()) > 2


def test_what_a_row_refers_to_is_there(example):
    with sqlite3.connect(example) as db:
        assert db.execute("pragma foreign_key_check").fetchall() == []


def test_every_table_about_reports_refers_to_them():
    alone = {"indicators", "committees", "doubts", "runs", "data_dictionary", "documents", "official_values"}
    alone |= {"line_links"}  # lines have no table of their own
    linked = {table for table in read_tables() if list(foreign_keys(table))}
    assert set(read_tables()) - linked <= alone
