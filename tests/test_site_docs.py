"""The documentation: what the tutorial says works, and the site builds with links that hold, without the network."""

import os
import re
import sqlite3
import subprocess
import sys

import pytest
import tabulate
import yaml
from test_cli import ROOT, run

from namndata.language.catalogue import messages, words_of

DOCS = ROOT / "docs"
TUTORIALS = ("tutorial.md", "sv/tutorial.md")
STEP = re.compile(
    r"(?:`(?P<file>[\w.-]+\.(?:md|csv))`:\n\n```text\n(?P<text>.*?)```)"
    r"|(?:```sh\n(?P<commands>.*?)```)"
    r"|(?:```sql\n(?P<sql>.*?)```)"
    r"|(?:```text\n(?P<shown>.*?)```)",
    re.DOTALL,
)
LOADED = re.compile(r"""<(?:script|img|iframe|link)[^>]*(?:src|href)=["']?((?:https?:)?//[^"' >]+)[^>]*>""")


def steps_of(page):
    return [found.groupdict() for found in STEP.finditer((DOCS / page).read_text(encoding="utf-8"))]


@pytest.mark.parametrize("page", TUTORIALS)
def test_the_tutorial_does_what_it_says(page, tmp_path):
    reports, said, compared = tmp_path / "rapporter", "", 0
    reports.mkdir()
    for step in steps_of(page):
        if step["file"]:
            (reports / step["file"]).write_text(step["text"], encoding="utf-8")
        elif step["commands"]:
            said = "".join(output_of(line, tmp_path, page) for line in step["commands"].splitlines())
        elif step["sql"]:
            said = table_of(tmp_path / "out" / "corpus.sqlite", step["sql"])
        else:
            compared += 1
            lines = iter(line.rstrip() for line in said.splitlines())
            missing = [line for line in step["shown"].splitlines() if not any(line in each for each in lines)]
            assert missing == [], said
    assert compared >= 8


def output_of(line, folder, page):
    words = [word.strip('"') for word in re.findall(r'"[^"]*"|\S+', line)]
    assert words[0] == "namndata"
    done = run(*words[1:], "--lang", "sv" if page.startswith("sv/") else "en", cwd=folder)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def table_of(database, sql):
    with sqlite3.connect(database) as db:
        db.row_factory = sqlite3.Row
        return tabulate.tabulate([dict(row) for row in db.execute(sql)], headers="keys") + "\n"


def test_both_tutorials_have_the_same_files_commands_and_answers_of_the_database():
    english, swedish = map(steps_of, TUTORIALS)
    assert [{**step, "commands": signs(step)} for step in language_free(english)] == [
        {**step, "commands": signs(step)} for step in language_free(swedish)
    ]


def language_free(steps):
    """Return the steps; what commands say is only counted, for it is said in the reader's language."""
    spoken = [bool(before["commands"]) for before in steps]
    return [{**step, "shown": None} if said else step for said, step in zip([False, *spoken], steps, strict=False)]


def signs(step):
    """Return the commands without the words of notes."""
    return re.sub(r'"[^"]*"', '""', step["commands"] or "")


SWEDISH = ("tutorial.md", "correct.md", "troubleshooting.md", "method.md", "exports.md", "browsing.md", "report.md")


@pytest.mark.parametrize("page", SWEDISH)
def test_what_an_analyst_needs_is_told_in_swedish_and_not_sent_to_the_english_page(page):
    assert (DOCS / page).is_file()
    words = re.findall(
        r"\w+", re.sub(r"```.*?```|`[^`]*`", "", (DOCS / "sv" / page).read_text(encoding="utf-8"), flags=re.S)
    )
    assert sum(word in ("och", "som", "är", "det") for word in words) > 3 * sum(
        word in ("and", "the") for word in words
    )
    for other in sorted((DOCS / "sv").glob("*.md")):
        assert f"](../{page})" not in other.read_text(encoding="utf-8"), other.name


def test_messages_in_troubleshooting_are_those_that_a_swedish_computer_says():
    commands = (DOCS / "sv" / "troubleshooting.md").read_text(encoding="utf-8").partition("## Kommandon")[2]
    quoted = [said.strip("… .") for said in re.findall(r"^- \*\*`([^`]+)`", commands, re.MULTILINE)]
    swedish = " ".join(messages().values()).replace("Port {0}", "Port 8001")
    assert [said for said in quoted if "/" not in said and said.replace("…", "{0}") not in swedish] == []
    assert len(quoted) > 5


def test_both_pages_of_troubleshooting_tell_of_every_code_that_a_problem_can_have():
    def codes(page):
        rows = re.findall(r"^\| (`.*?) \|", (DOCS / page).read_text(encoding="utf-8"), re.MULTILINE)
        return {code for row in rows for code in re.findall(r"`(\w+)`", row)}

    assert codes("troubleshooting.md") == codes("sv/troubleshooting.md")
    assert set(words_of("problem")) <= codes("troubleshooting.md")


def test_the_measured_accuracy_is_the_same_in_both_languages():
    def rates(page, start):
        table = (DOCS / page).read_text(encoding="utf-8").partition(start)[2].partition("\n\n")[0]
        return [line.rpartition("| ")[2].strip(" |").replace(",", ".") for line in table.splitlines() if "|" in line][
            1:
        ]

    english, swedish = rates("method.md", "| measure |"), rates("sv/method.md", "| mått |")
    assert [rate.replace("alla", "all") for rate in swedish] == english and len(english) > 6


def test_fields_of_corrections_are_the_same_in_both_languages():
    def fields(page):
        return re.findall(r"^\| `(\w+)` \|", (DOCS / page).read_text(encoding="utf-8"), re.MULTILINE)

    assert set(fields("correct.md")) <= set(fields("sv/correct.md"))
    assert {
        "value",
        "unit",
        "kind",
        "period",
        "parent",
        "label",
        "table_title",
        "status",
        "is_value",
        "accepted",
    } <= set(fields("sv/correct.md"))


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(folder)]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


def test_the_site_has_every_page_and_loads_nothing_from_elsewhere(site):
    for page in DOCS.rglob("*.md"):
        assert (site / page.relative_to(DOCS).with_suffix(".html")).is_file(), page
    for name in ("index.html", "CONTRIBUTING.html", "CHANGELOG.html", "examples.html", "sv/data-dictionary.html"):
        assert (site / name).is_file()
    for page in site.rglob("*.html"):
        assert LOADED.findall(page.read_text(encoding="utf-8")) == [], page.name
    styles = "".join(path.read_text(encoding="utf-8") for path in site.rglob("*.css"))
    assert not re.search(r"url\(['\"]?(?:https?:)?//", styles) and "@import" not in styles


def test_links_between_pages_lead_somewhere(site):
    for page in set(site.rglob("*.html")) - {site / "404.html"}:
        links = re.findall(r'<a[^>]* href="([^"#:]+?)(?:#[^"]*)?"', page.read_text(encoding="utf-8"))
        assert [link for link in links if not (page.parent / link).exists()] == [], page.name


def test_every_page_of_the_navigation_exists_once():
    text = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    named = re.findall(r"[\w/-]+\.md", text.partition("\nnav:")[2])
    assert len(named) == len(set(named))
    here = {page.relative_to(DOCS).as_posix() for page in DOCS.rglob("*.md")}
    assert set(named) - here == {"index.md", "examples.md", "CONTRIBUTING.md", "CHANGELOG.md", "sv/data-dictionary.md"}


def codes_of_problems():
    """Return the codes that stand in the code: of files that are refused, and of problems."""
    text = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "src").rglob("*.py"))
    in_calls = re.findall(r'(?:UnreadableDocument\(\s*|Problem\(\s*"[a-z]+",\s*)"([a-z_0-9]+)"', text)
    remarks = re.findall(r'^    "([a-z_]+)": \(\s*"(?:info|warning|error)",', text, re.MULTILINE)
    return {*in_calls, *remarks, "timeout", "crash", "killed", "unknown_header", "engines_disagree"}


@pytest.mark.parametrize("page", ["troubleshooting.md", "sv/troubleshooting.md"])
def test_what_a_code_means_and_what_to_do_is_told(page):
    codes = codes_of_problems()
    assert {"scanned", "not_utf8", "unread_row", "no_amount", "joined_number"} <= codes
    told = re.findall(r"`([a-z_0-9]+)`", (DOCS / page).read_text(encoding="utf-8"))
    missing = codes - set(told)
    assert len(missing) <= len(codes) * 0.05, f"{page} does not tell of {sorted(missing)}"


def test_the_citation_names_this_version():
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert f'version = "{citation["version"]}"' in project and citation["license"] == "MIT"
    assert {"cff-version", "message", "title", "authors"} <= set(citation)
