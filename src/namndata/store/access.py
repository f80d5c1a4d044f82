"""Opening a corpus for reading: every command but `extract` goes through here."""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from namndata.disk.refused import IN_USE, code_of, in_use
from namndata.errors import UsageError

DATABASE = "corpus.sqlite"
"""The corpus in the folder that it is written to."""
ASIDE = ".partial"
"""What stands behind the name of a corpus that is being written."""
REPORTS = Path(".cache") / "reports"
"""Says, beside the corpus, in which folder the last run found the reports; the corpus itself is the same anywhere."""


def settle_journal(path: Path) -> None:
    """Have SQLite roll back what a killed run had begun to change, and delete the journal that it left.

    A journal left beside a file that takes the place of the old one would be rolled back into that.
    """
    if not path.is_file() or not path.with_name(f"{path.name}-journal").exists():
        return
    with suppress(sqlite3.Error), closing(sqlite3.connect(path, timeout=0)) as writable:
        writable.execute("select 1 from sqlite_master").fetchone()
        for mode in ("persist", "delete"):  # SQLite deletes a journal when it no longer is to persist
            writable.execute(f"pragma journal_mode = {mode}")


def open_corpus(path: Path) -> sqlite3.Connection:
    """Open a corpus for reading; the caller closes it. What a killed run had begun to change is rolled back."""
    path = corpus_in(path)
    settle_journal(path)
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)


def corpus_in(path: Path) -> Path:
    """Return the corpus that a path means: the one in it where it is a folder."""
    return path / DATABASE if path.is_dir() else path


def existing_folder(folder: Path, remedy: str = "Give the folder that holds the reports: --corpus folder.") -> Path:
    """Return a folder that is there."""
    if folder.is_file():
        raise UsageError(f"{folder} is a file. Give the folder that it lies in.")
    if not folder.is_dir():
        raise UsageError(f"There is no folder {folder}. {remedy}")
    return folder


def existing_corpus(path: Path) -> Path:
    """Return the path of a corpus that is there and is one; of a folder, the corpus in it."""
    path = corpus_in(path)
    if not path.is_file():
        raise UsageError(f"There is no corpus at {path}. Run `make extract` first, or give its path.")
    connection = open_corpus(path)
    try:
        connection.execute("select inputs from runs")
    except sqlite3.Error as error:
        if code_of(error) in IN_USE:
            raise in_use(path) from error
        raise UsageError(f"{path} is no corpus of namndata. Give a file that `make extract` wrote.") from error
    finally:
        connection.close()
    return path


def remember_reports(out: Path, folder: Path) -> None:
    """Keep where the reports of a corpus are, for those who decide on them later; a full disk stops nobody."""
    with suppress(OSError):
        (out / REPORTS).write_text(f"{folder.resolve()}\n", encoding="utf-8")


def remembered_reports(database: Path, otherwise: Path) -> Path:
    """Return the folder that the last run found the reports in, where that is known and is still there."""
    with suppress(OSError, UnicodeDecodeError):
        folder = Path((corpus_in(database).parent / REPORTS).read_text(encoding="utf-8").removesuffix("\n"))
        return folder if folder.is_dir() else otherwise
    return otherwise


def reports_folder(database: Path, given: Path | None) -> Path:
    """Return the folder of a corpus' reports: the one that is given, else that of the last run.

    One that holds none of them is refused: what is decided there no run would follow.
    """
    database = existing_corpus(database)
    folder = existing_folder(given or remembered_reports(database, Path("corpus")))
    with closing(open_corpus(database)) as db:
        holds_some = any((folder / path).is_file() for (path,) in db.execute("select path from documents"))
    if not holds_some:
        raise UsageError(f"{folder} holds none of the reports of {database}. Give their folder: --corpus folder.")
    return folder
