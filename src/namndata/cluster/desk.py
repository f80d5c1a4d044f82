"""A process beside a Dask worker that reads one document after another, each in a guarded process of its own.

It is no child that Dask knows of, for workers of Dask may have none, and no thread runs in it, so that it can fork.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock

from namndata.run.archive import Entry
from namndata.run.batch import Outcome, run_batch
from namndata.run.cache import Cache
from namndata.run.kept import without_page
from schema.result import DocumentResult
from schema.vocabulary import VARIABLE

Kept = Mapping[tuple[str, str], bytes]
"""Entries of the cache, by stage and key."""


@dataclass(frozen=True, slots=True)
class Job:
    """A document to read, with all that a machine without our folders needs."""

    entry: Entry
    content: bytes
    kept: Kept
    """What earlier runs made of it."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a document."""

    outcome: Outcome[Entry, DocumentResult]
    made: Kept = field(default_factory=dict)
    """What its stages gave, for the parent to keep."""
    log: str = ""
    """What libraries printed."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What holds for all documents of a run."""

    run: str
    time_limit: float
    words: Mapping[str, bytes]
    """A municipality's own lists, by file name."""


@dataclass(slots=True)
class Desk:
    """The process, and the folder of words that it reads with."""

    process: subprocess.Popen[bytes]
    words: TemporaryDirectory[str]

    def ask(self, job: Job, time_limit: float) -> Answer:
        """Have a document read."""
        assert self.process.stdin and self.process.stdout
        pickle.dump((job, time_limit), self.process.stdin)
        self.process.stdin.flush()
        answer: Answer = pickle.load(self.process.stdout)
        return answer

    def close(self) -> None:
        """End the process; its document, if any, is given up."""
        self.process.kill()
        self.process.communicate()
        self.words.cleanup()


_idle: dict[str, list[Desk]] = {}
"""Desks that wait, by run: one for each thread of the worker."""
_lock = Lock()


def read_at_desk(job: Job, terms: Terms) -> Answer:
    """Read a document. Runs in a thread of a Dask worker."""
    with _lock:
        waiting = _idle.setdefault(terms.run, [])
        desk = waiting.pop() if waiting else None
    desk = desk or open_desk(terms)
    try:
        answer = desk.ask(job, terms.time_limit)
    except (OSError, EOFError, pickle.UnpicklingError):
        desk.close()
        sentence = "The process that read it on a worker was ended; the next run tries again."
        return Answer(Outcome(job.entry, None, sentence, "killed"))
    with _lock:
        if (again := _idle.get(terms.run)) is not None:
            again.append(desk)
            return answer
    desk.close()  # the run ended meanwhile
    return answer


def open_desk(terms: Terms) -> Desk:
    """Start a process that reads with the run's own words."""
    folder = TemporaryDirectory(prefix="namndata-words-")
    for name, content in terms.words.items():
        Path(folder.name, Path(name).name).write_bytes(content)
    source = str(Path(__file__).parents[2])
    path = os.pathsep.join(part for part in (source, os.environ.get("PYTHONPATH", "")) if part)
    environment = {**os.environ, "PYTHONPATH": path, VARIABLE: folder.name if terms.words else ""}
    command = [sys.executable, "-c", "from namndata.cluster.desk import main; main()"]
    pipe, nowhere = subprocess.PIPE, subprocess.DEVNULL
    return Desk(subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=nowhere, env=environment), folder)


def close_desks(run: str) -> None:
    """End the processes of a run. Runs in a Dask worker."""
    with _lock:
        waiting = _idle.pop(run, [])
    for desk in waiting:
        desk.close()


def read_job(job: Job, time_limit: float) -> Answer:
    """Read a document in a guarded process, as local runs do, in a folder that is deleted afterwards."""
    from namndata.pipeline import process_document
    from namndata.run.build import warm_up

    with TemporaryDirectory(prefix="namndata-") as name:
        folder = Path(name)
        entry = replace(job.entry, path=folder / "report" / job.entry.path.name)
        entry.path.parent.mkdir()
        entry.path.write_bytes(job.content)
        cache = Cache(folder / "cache")
        cache.save_all(job.kept)
        warm_up([entry], cache)
        work = partial(process_document, cache=cache)
        log = folder / "run.log"
        log.touch()  # a document may be given up before its process opens it
        [outcome] = run_batch(work, [entry], jobs=1, time_limit=time_limit, log=log, spare=without_page)
        made = {pair: content for pair, content in cache.entries() if pair not in job.kept}
        return Answer(
            replace(outcome, task=replace(outcome.task, path=job.entry.path)),
            made,
            log.read_text(encoding="utf-8", errors="replace"),
        )


def main() -> None:
    """Read documents from standard input until it ends; what libraries print goes nowhere."""
    heard, said = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    with suppress(EOFError, BrokenPipeError):
        while True:
            job, time_limit = pickle.load(heard)
            pickle.dump(read_job(job, time_limit), said)
            said.flush()
