"""The recipes of CONTRIBUTING.md, run as written on a copy of the code."""

import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import tabulate
from reports import build

ROOT = Path(__file__).parent.parent
TEXT = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
MOST_FILES = 5
MOST_FILES_OF_A_FORMAT = 3
FENCE = r"\n\n```\w+\n(?P<block>.*?)```"
APPEND = re.compile(r"^At the end of `(?P<path>[^`]+)`:" + FENCE, re.MULTILINE | re.DOTALL)
CHANGE = re.compile(
    r"^In `(?P<path>[^`]+)`, (?P<how>after|before|instead of) `(?P<line>[^`]+)`:" + FENCE, re.MULTILINE | re.DOTALL
)
NEW = re.compile(r"^In the new file `(?P<path>[^`]+)`:" + FENCE, re.MULTILINE | re.DOTALL)
REPORT = re.compile(r"^In the folder of reports, `(?P<path>[^`]+)`:" + FENCE, re.MULTILINE | re.DOTALL)
QUERY = re.compile(r"```sql\n(?P<sql>.*?)```\n\n```text\n(?P<shown>.*?)\n```", re.DOTALL)


def recipes():
    sections = re.split(r"^## (To add .+)\n", TEXT, flags=re.MULTILINE)[1:]
    return dict(zip(sections[::2], sections[1::2], strict=True))


@dataclass
class Copy:
    """A copy of the code that recipes may change, and a folder of reports."""

    folder: Path
    touched: set[str] = field(default_factory=set)

    def follow(self, recipe):
        for step in APPEND.finditer(recipe):
            path = self.touch(step["path"])
            gap = "\n\n" if path.suffix == ".py" else ""
            path.write_text(path.read_text(encoding="utf-8") + gap + step["block"], encoding="utf-8")
        for step in CHANGE.finditer(recipe):
            path = self.touch(step["path"])
            text, line, block = path.read_text(encoding="utf-8"), step["line"] + "\n", step["block"]
            assert text.count(line) == 1, f"{step['path']} has no single line {step['line']!r}"
            new = {"after": line + block, "before": block + line, "instead of": block}[step["how"]]
            path.write_text(text.replace(line, new), encoding="utf-8")
        for step in NEW.finditer(recipe):
            self.touch(step["path"]).write_text(step["block"], encoding="utf-8")
        for step in REPORT.finditer(recipe):
            self.report(step["path"], step["block"])

    def touch(self, name):
        self.touched.add(name)
        return self.folder / name

    def report(self, name, text):
        path = self.folder / "reports" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def run(self, *arguments):
        environment = os.environ | {"PYTHONPATH": str(self.folder / "src")}
        command = [sys.executable, *arguments]
        return subprocess.run(command, cwd=self.folder, env=environment, capture_output=True, text=True, check=False)

    def extract(self, out="out"):
        done = self.run("-m", "namndata", "extract", "reports", "--out", out, "--jobs", "1")
        assert done.returncode == 0, done.stdout + done.stderr
        return self.folder / out / "corpus.sqlite"


@pytest.fixture
def copy(tmp_path):
    shutil.copytree(ROOT / "src", tmp_path / "src", ignore=shutil.ignore_patterns("__pycache__"))
    return Copy(tmp_path)


def table_of(database, sql):
    with sqlite3.connect(database) as db:
        db.row_factory = sqlite3.Row
        table = tabulate.tabulate([dict(row) for row in db.execute(sql)], headers="keys")
    return [line.rstrip() for line in table.splitlines()]


@pytest.mark.parametrize("name", recipes())
def test_a_recipe_does_what_it_says(copy, name):
    recipe = recipes()[name]
    copy.follow(recipe)
    assert len(copy.touched) <= MOST_FILES
    database, query = copy.extract(), QUERY.search(recipe)
    assert table_of(database, query["sql"]) == query["shown"].splitlines()


def test_a_new_format_is_a_row_a_sign_and_a_reader_and_reads_no_other_again(copy):
    recipe = recipes()["To add a format"]
    copy.report("budget.txt", REPORT.search(recipes()["To add a word"])["block"])
    copy.extract()
    kept = set((copy.folder / "out" / ".cache" / "read0").iterdir())
    copy.follow(recipe)
    copy.extract()
    assert len(copy.touched) == MOST_FILES_OF_A_FORMAT
    assert len(set((copy.folder / "out" / ".cache" / "read0").iterdir()) - kept) == 1


def test_without_its_recipe_the_word_is_unknown(tmp_path):
    (tmp_path / "reports").mkdir()
    report = REPORT.search(recipes()["To add a word"])
    (tmp_path / "reports" / report["path"]).write_text(report["block"], encoding="utf-8")
    with sqlite3.connect(build(tmp_path / "reports", tmp_path / "out").database) as db:
        assert db.execute("select count(*) from indicator_values where kind = 'target'").fetchone() == (0,)
        assert db.execute("select raw from problems where code = 'unknown_header'").fetchall() == [("Strävan 2021",)]


def test_a_new_kind_of_record_is_described_compared_and_scored(copy):
    recipe = recipes()["To add a kind of record"]
    copy.follow(recipe)
    page = copy.run("-m", "namndata", "dictionary").stdout
    assert "## risks" in page and "| `action` |" in page
    old = copy.extract()
    gold = {"risks": [{"risk": "Brist på personal", "consequence": "Längre köer", "action": "Utbildning"}]}
    (copy.folder / "gold").mkdir()
    (copy.folder / "gold" / "kontroll.json").write_text(json.dumps(gold), encoding="utf-8")
    scores = copy.run("-m", "namndata", "evaluate", str(old), "--gold", "gold", "--show", "9").stdout
    assert re.search(r"risks +n +1 +P 0\.500 +R 1\.000", scores)
    assert "risks: action of 'Brist på personal' is 'Rekrytering', not 'Utbildning'" in scores
    copy.report("kontroll.txt", REPORT.search(recipe)["block"].replace("Byte 2022", "Byte 2023"))
    changes = copy.run("-m", "namndata", "diff", str(old), str(copy.extract("later")))
    assert "changed   risks: Gamla system: action 'Byte 2022' → 'Byte 2023'" in changes.stdout
