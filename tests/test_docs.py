"""Documentation that fails when it lies."""

import re
import sqlite3
from pathlib import Path

import pytest
import tabulate
from typer.main import get_command

from namndata.cli import app
from namndata.store.dictionary import as_markdown, read_tables

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")


def make_targets():
    return re.findall(r"^([a-z]+):.*## ", MAKEFILE, re.MULTILINE)


@pytest.mark.parametrize("command", get_command(app).commands)
def test_every_command_is_in_the_readme(command):
    assert f"`namndata {command}" in README


@pytest.mark.parametrize("target", make_targets())
def test_every_make_target_is_in_the_readme(target):
    assert f"`make {target}" in README


def test_every_make_command_of_the_readme_exists():
    assert set(re.findall(r"`make ([a-z]+)", README)) <= set(make_targets())


@pytest.mark.parametrize("table", read_tables())
def test_every_table_is_in_the_readme_or_the_dictionary(table):
    assert f"`{table}`" in README
    assert f"## {table}\n" in as_markdown()


def test_the_data_dictionary_page_is_up_to_date():
    page = (ROOT / "docs" / "data-dictionary.md").read_text(encoding="utf-8")
    assert page == as_markdown(), "run `make docs`"


def test_every_file_that_the_readme_links_to_exists():
    links = re.findall(r"\]\((?!http)([^)#]+)", README)
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_the_constraints_pin_every_dependency_without_an_address():
    lines = (ROOT / "constraints.txt").read_text().split()
    assert all(re.fullmatch(r"[\w.\-]+==[\w.]+", line) for line in lines)
    pinned = {re.sub(r"[-_.]+", "-", line.split("==")[0]).casefold() for line in lines}
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    wanted = {name.casefold() for name in re.findall(r'^    "([\w\-]+)>=', project, re.MULTILINE)}
    assert wanted - pinned == set()


def readme_queries():
    return re.findall(r"```sql\n(.*?)```\n\n```text\n(.*?)\n```", README, re.DOTALL)


def test_the_readmes_queries_give_the_output_that_it_shows(example):
    assert len(readme_queries()) == 3
    for sql, shown in readme_queries():
        table = tabulate.tabulate(rows_of(example, sql), headers="keys")
        assert [line.rstrip() for line in table.splitlines()] == shown.splitlines()
        assert len(shown.splitlines()) > 3


def rows_of(database, sql):
    with sqlite3.connect(database) as db:
        db.row_factory = sqlite3.Row
        return [dict(row) for row in db.execute(sql)]
