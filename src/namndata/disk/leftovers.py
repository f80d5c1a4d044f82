"""What a killed run leaves behind: files written aside, and folders of temporary files. Only our own names go."""

from __future__ import annotations

import os
import platform
import shutil
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from namndata.kolada.official import official_files
from namndata.sample.draw import SAMPLE
from namndata.store.access import ASIDE

TEMPORARY = ".temporary"
"""The folder beside the corpus that holds a folder of temporary files for each run."""
FORGOTTEN = 24 * 3600.0
"""Seconds after which a temporary folder of another machine's run is left over: no page takes as long."""


def remove_leftovers(database: Path, corpus: Path, lists: Iterable[str]) -> None:
    """Delete what was left behind by a run killed while it wrote the corpus, or a decision killed while it was written.

    SQLite's journal goes too; beside the reports only what stands for one of our own lists.
    """
    own = [corpus / f"{name}{ASIDE}" for name in (*lists, SAMPLE)]
    own += official_files(corpus, f".json{ASIDE}")
    for path in (*database.parent.glob(f"{database.name}{ASIDE}*"), *own):
        with suppress(OSError):
            path.unlink(missing_ok=True)
    for folder in (database.parent / TEMPORARY).glob("*-*"):
        if is_left_over(folder):
            shutil.rmtree(folder, ignore_errors=True)


def is_left_over(folder: Path) -> bool:
    """Tell whether the run that a temporary folder is named after is no more."""
    machine, _, number = folder.name.rpartition("-")
    if machine == platform.node() and number.isdecimal() and os.name == "posix":
        return int(number) != os.getpid() and not lives(int(number))
    with suppress(OSError):
        return number.isdecimal() and time.time() > folder.stat().st_mtime + FORGOTTEN
    return False


def lives(process: int) -> bool:
    """Tell whether there is a process of a number."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True  # another user's
    return True


@contextmanager
def temporary_folder(out: Path) -> Iterator[Path]:
    """Have workers, and the programs they start, put temporary files beside the corpus; delete these at the end.

    A worker that is ended by force deletes none of its own.
    """
    folder = out / TEMPORARY / f"{platform.node()}-{os.getpid()}"
    folder.mkdir(parents=True, exist_ok=True)
    before = os.environ.get("TMPDIR")
    os.environ["TMPDIR"], tempfile.tempdir = str(folder.absolute()), None
    try:
        yield folder
    finally:
        os.environ.pop("TMPDIR")
        os.environ.update({"TMPDIR": before} if before is not None else {})
        tempfile.tempdir = None
        shutil.rmtree(folder, ignore_errors=True)
        with suppress(OSError):
            folder.parent.rmdir()  # another run may be at work
