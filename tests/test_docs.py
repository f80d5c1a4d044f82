"""Documentation that fails when it lies."""

import ast
import re
import sqlite3
import tomllib
from pathlib import Path

import pytest
import tabulate
from typer.main import get_command

from extract.readers import SUFFIXES
from namndata import __version__
from namndata.cli import app
from namndata.store.dictionary import as_markdown, read_dictionary, read_tables

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
ARCHITECTURE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
PAGES = (
    "README.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    *sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "docs").rglob("*.md")),
)
README = (ROOT / "README.md").read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")


def make_targets():
    return re.findall(r"^([a-z-]+):.*## ", MAKEFILE, re.MULTILINE)


@pytest.mark.parametrize("command", get_command(app).commands)
def test_every_command_is_in_the_readme(command):
    assert f"`namndata {command}" in README


def all_commands(command, name="namndata"):
    """Yield every command and subcommand with its whole name."""
    yield name, command
    for part, below in getattr(command, "commands", {}).items():
        yield from all_commands(below, f"{name} {part}")


@pytest.mark.parametrize(("name", "command"), list(all_commands(get_command(app))))
def test_every_command_argument_and_option_says_what_it_does(name, command):
    assert command.help, name
    silent = [each.name for each in command.params if not getattr(each, "help", None)]
    assert silent == [], name


@pytest.mark.parametrize("target", make_targets())
def test_every_make_target_is_in_the_readme(target):
    assert f"`make {target}" in README


@pytest.mark.parametrize("target", make_targets())
def test_every_make_target_says_what_it_does_in_both_languages(target):
    [said] = re.findall(rf"^{target}:.*## (.*)$", MAKEFILE, re.MULTILINE)
    english, swedish = said.split(" · ")
    assert english and swedish


def test_every_make_command_of_the_readme_exists():
    assert set(re.findall(r"`make ([a-z-]+)", README)) <= set(make_targets())


@pytest.mark.parametrize("suffix", sorted(SUFFIXES))
def test_every_suffix_that_is_read_is_in_the_readme(suffix):
    assert f"`{suffix}`" in README


@pytest.mark.parametrize("table", read_tables())
def test_every_table_is_in_the_readme_or_the_dictionary(table):
    assert f"`{table}`" in README
    assert f"## {table}\n" in as_markdown()


@pytest.mark.parametrize("table", read_tables())
def test_every_table_and_column_is_described(table):
    columns = [column for column in read_dictionary() if column.table == table]
    assert columns and len(read_tables()[table]) > 10
    assert [column.name for column in columns if len(column.description) < 4] == []


def test_the_data_dictionary_page_is_up_to_date():
    page = (ROOT / "docs" / "data-dictionary.md").read_text(encoding="utf-8")
    assert page == as_markdown(), "run `make docs`"


@pytest.mark.parametrize("page", PAGES)
def test_every_file_that_a_page_links_to_exists(page):
    links = re.findall(r"\]\((?!http)([^)#]+)", (ROOT / page).read_text(encoding="utf-8"))
    assert [link for link in links if not ((ROOT / page).parent / link).exists()] == []


def test_the_readme_leads_to_every_page():
    assert [page for page in PAGES if page != "README.md" and f"]({page})" not in README] == []


def packages():
    return sorted(path.parent for path in SOURCE.rglob("__init__.py"))


@pytest.mark.parametrize("package", packages(), ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_every_package_says_what_it_is_and_how_to_change_it(package):
    said = ast.get_docstring(ast.parse((package / "__init__.py").read_text(encoding="utf-8")))
    assert "To change" in said
    named = re.findall(r"`([a-z_]+)`", said)
    assert [name for name in named if not ((package / name).is_dir() or (package / f"{name}.py").is_file())] == []
    assert f"{package.name}" in ARCHITECTURE


def test_every_module_that_the_architecture_names_exists():
    roots = "|".join(("schema", "extract", "normalize", "run", "audit", "identity", "store", "evaluate", "namndata"))
    named = set(re.findall(rf"`((?:{roots}|pipeline)\.\w+(?:\.\w+)*)`", ARCHITECTURE))
    assert len(named) > 20
    assert sorted(name for name in named if not is_named(name) and not is_named(f"namndata.{name}")) == []


def is_named(name):
    """Tell whether a dotted name is a module, or something in one."""
    module, _, inside = name.rpartition(".")
    path = SOURCE.joinpath(*name.split("."))
    if path.is_dir() or path.with_suffix(".py").is_file():
        return True
    file = SOURCE.joinpath(*module.split(".")).with_suffix(".py")
    return file.is_file() and re.search(rf"^(?:class|def) {inside}\b|^{inside}\b", file.read_text(), re.MULTILINE)


def test_every_library_is_told_what_it_is_for():
    told = re.findall(r"^\| ([\w\-, ]+) \| \d+ \|", ARCHITECTURE, re.MULTILINE)
    project = PROJECT["project"]
    needed = (
        *project["dependencies"],
        *(each for extra in project["optional-dependencies"].values() for each in extra),
    )
    wanted = {re.match(r"[\w\-]+", each)[0] for each in needed}
    assert {name for row in told for name in row.split(", ")} == wanted


def test_the_changelog_tells_of_this_version():
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert PROJECT["project"]["version"] == __version__
    assert re.search(rf"^## .*\b{re.escape(__version__)}\b", changelog, re.MULTILINE)


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


def test_every_test_that_continuous_integration_names_exists():
    named = re.findall(r"tests/\w+\.py", (ROOT / ".ci" / "run").read_text(encoding="utf-8"))
    assert named and [name for name in named if not (ROOT / name).is_file()] == []
