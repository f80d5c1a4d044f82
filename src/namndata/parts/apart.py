"""Makes the rows of several parts of a corpus at once, each part in a file of its own, by processes that are forked."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from functools import partial
from pathlib import Path

from namndata.run.batch import METHOD, OnPage, run_batch
from namndata.run.database import Database

Fill = Callable[[Database, int], None]
"""Puts a part's rows into empty tables."""
FEWEST = 8
"""Documents that are written by one process: starting others takes as long."""
SECONDS = 24 * 3600.0
"""That a part may take."""
EMPTY = "empty"


def filled_apart(
    parts: Mapping[int, int], fill: Fill, create: Callable[[Database], None], jobs: int
) -> Iterator[tuple[int, Path]]:
    """Return each part, in order, with a file that holds its rows, which is deleted when the next is asked for.

    `parts` says how many documents each has: the largest are begun first.
    """
    begun = sorted(parts, key=lambda part: (-parts[part], part))
    with tempfile.TemporaryDirectory() as folder:
        with closing(Database(Path(folder) / EMPTY)) as db, db.conn:
            write_at_once(db)
            create(db)
        work = partial(fill_file, fill, Path(folder))
        done: set[int] = set()
        is_apart = METHOD == "fork" and jobs > 1 and sum(parts.values()) > FEWEST  # else `fill` could not be sent
        outcomes = run_batch(work, begun if is_apart else (), jobs=jobs, time_limit=SECONDS)
        for part in sorted(parts):
            while part not in done and (outcome := next(outcomes, None)):
                if outcome.value:
                    done.add(outcome.task)
            if part not in done:  # here an error is raised as it is
                work(part)
            yield part, Path(folder) / str(part)
            (Path(folder) / str(part)).unlink()


def fill_file(fill: Fill, folder: Path, part: int, /, *, on_page: OnPage | None = None) -> bool:
    """Make a part's rows in a file of its own."""
    path = folder / str(part)
    shutil.copyfile(folder / EMPTY, path)
    with closing(Database(path)) as db, db.conn:
        write_at_once(db)
        db.execute("begin")
        fill(db, part)
    return True


def write_at_once(db: Database) -> None:
    """Let SQLite neither keep a journal of a file that counts only when whole, nor wait for the disk at each step."""
    db.execute("pragma journal_mode = off")
    db.execute("pragma synchronous = off")
