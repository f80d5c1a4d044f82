"""A corpus that is built on what earlier runs kept is the corpus that a fresh run builds, whatever has changed."""

import os
import random
import re
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from reports import write_report
from typeset import typeset

from namndata.run.cache import Cache

ROOT = Path(__file__).parent.parent
THRESHOLD = re.compile(r"^([A-Z_]+) = (\d+(?:\.\d+)?)$", re.MULTILINE)
"""A constant of the code that is a number."""
SEED = random.Random(int(os.environ.get("SEED", "11")))
TABLE = """= Nämndens nyckeltal
#table(columns: (160pt, 60pt, 60pt), stroke: 0.5pt, [*Nyckeltal*], [*Utfall 2020*], [*Mål 2021*],
  [Andel trygga barn (%)], [71], [minst 75], [Antal besök], [1 204], [Öka], [Kostnad per elev, kr], [98 400], [i.u.])
"""


class Copy:
    """A copy of the code that may be changed, with some reports beside it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        shutil.copytree(ROOT / "src", folder / "src", ignore=shutil.ignore_patterns("__pycache__"))
        write_report(folder / "reports" / "internbudget-2020.txt")
        typeset(folder / "reports", TABLE, name="nyckeltal-2020").with_name("nyckeltal-2020.typ").unlink()

    def extract(self, *options: str, out: str = "out") -> list[tuple]:
        """Every row of the corpus but those that tell when it was made."""
        environment = os.environ | {"PYTHONPATH": str(self.folder / "src")}
        command = [sys.executable, "-m", "namndata", "extract", "reports", "--out", out, "--jobs", "1", *options]
        done = subprocess.run(command, cwd=self.folder, env=environment, capture_output=True, text=True, check=False)
        with closing(sqlite3.connect(self.folder / out / "corpus.sqlite")) as db:
            names = [
                name for (name,) in db.execute("select name from sqlite_master where type = 'table' order by name")
            ]
            held = [name for name in names if name != "runs" and "_fts" not in name and not name.startswith("sqlite_")]
            return [(name, *row) for name in held for row in db.execute(f'select * from "{name}"')] or [(done.stderr,)]

    def lose_words(self, path: Path) -> None:
        """Take every other word out of a list."""
        head, *words = path.read_text(encoding="utf-8").splitlines(keepends=True)
        kept = [line for number, line in enumerate(words) if number % 2 or line.startswith("#")]
        path.write_text(head + "".join(kept), encoding="utf-8")

    def move_threshold(self, path: Path) -> None:
        """Make the first number of a module another."""
        text = path.read_text(encoding="utf-8")
        path.write_text(
            THRESHOLD.sub(lambda m: f"{m[1]} = {float(m[2]) / 2 if '.' in m[2] else int(m[2]) + 1}", text, 1)
        )


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    return Copy(tmp_path_factory.mktemp("copy"))


def changes(copy: Copy) -> list[tuple[Path, object]]:
    """Some word lists and some modules of each stage, others with another SEED."""
    lists = SEED.sample(sorted((copy.folder / "src" / "schema" / "vocabulary").glob("*.csv")), 2)
    chosen = [(path, copy.lose_words) for path in [copy.folder / "src/schema/vocabulary/header_words.csv", *lists]]
    for package in ("extract", "normalize", "namndata"):
        modules = sorted((copy.folder / "src" / package).rglob("*.py"))
        with_numbers = [path for path in modules if THRESHOLD.search(path.read_text(encoding="utf-8"))]
        chosen += [(path, copy.move_threshold) for path in SEED.sample(with_numbers, min(1, len(with_numbers)))]
    return chosen


def test_any_change_of_words_or_code_gives_what_a_fresh_run_gives(copy):
    first = copy.extract()
    assert first
    moved = 0
    for path, change in changes(copy):
        before = path.read_text(encoding="utf-8")
        change(path)
        assert path.read_text(encoding="utf-8") != before, path.name
        kept, fresh = copy.extract(), copy.extract("--fresh", out="fresh")
        assert kept == fresh, path.name
        moved += kept != first
        path.write_text(before, encoding="utf-8")
    assert moved, "none of the changes moved a value: choose others"
    assert copy.extract() == first


def test_what_no_document_uses_is_deleted_and_so_are_halves_of_entries(tmp_path):
    cache = Cache(tmp_path)
    for stage, key in (("kind", "a"), ("kind", "b"), ("result", "a")):
        cache.save(stage, key, key)
    (tmp_path / "kind" / "a.4711").write_bytes(b"half")
    cache.prune({("kind", "a"), ("result", "b")})
    assert [pair for pair, _ in cache.entries()] == [("kind", "a")]
    assert [path.name for path in sorted(tmp_path.glob("*/*"))] == ["a.pickle"]
