"""Many documents at once, in worker processes that may hang or crash without harm to the others.

A worker returns values; the parent alone writes the corpus. Processes, never threads: pdfium is opened
in the workers only.
"""

from __future__ import annotations

import faulthandler
import gc
import multiprocessing
import os
import signal
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, Generic, NamedTuple, Protocol, TypeVar

from schema.exits import SECONDS_A_PAGE, TOO_LARGE, TOO_LONG

Task = TypeVar("Task")
Value = TypeVar("Value")
Given = TypeVar("Given", contravariant=True)
Gained = TypeVar("Gained", covariant=True)

TIME_LIMIT = 300.0
"""Seconds for one page, and for what follows the last: a scanned page takes some five seconds, and what follows
takes under a minute for a few hundred pages. The limit is no document's, for scans may have hundreds of pages."""
MEMORY_LIMIT = 6 * 2**30
"""Bytes of address space of a worker; a report of 200 pages needs under one GiB beside the libraries."""
ORPHAN_CHECK = 5.0
"""Seconds after which a waiting worker looks whether its parent still lives."""
COLLECTED_AFTER = (50_000, 20, 50)
"""Python's own 700, 10 and 10 cost an eighth of the time of reading; from here on more saves nothing."""
KILLED = frozenset(-getattr(signal, name, signal.SIGTERM) for name in ("SIGKILL", "SIGTERM", "SIGINT"))
"""Ends that come from outside: not the document's doing. Windows knows no SIGKILL."""
DIED = frozenset(("crash", "killed"))
"""Codes of tasks that are tried once more; one that took too long would take as long again."""
SLOW_REMEDY = "allow more with TIME_LIMIT=seconds, or print the report to a new PDF"
CRASH_REMEDY = "print the report to a new PDF"
TOO_MUCH = {
    TOO_LONG: f"was ended: its content unfolds for more than {SECONDS_A_PAGE:g} seconds; {CRASH_REMEDY}",
    TOO_LARGE: f"was ended: its content unfolds to more memory than a page may take; {CRASH_REMEDY}",
}
"""Why a worker ended itself, by what it exits with."""
METHOD = "fork" if sys.platform == "linux" else "spawn"
"""Forked workers share the parent's imported libraries. The parent runs no threads and opens no PDF."""


class Place(NamedTuple):
    """Where a worker is."""

    page: int
    """0 where it is at none."""
    step: int = 0
    """The step of its work, from 0: each may pass all pages."""


@dataclass(frozen=True, slots=True)
class Outcome(Generic[Task, Value]):
    """What became of one task."""

    task: Task
    value: Value | None
    """None where the worker hung or crashed."""
    failure: str = ""
    """Why there is no value, in one sentence."""
    code: str = ""
    """`timeout`, `crash`, `huge_page` or `killed` where there is no value."""
    cpu: float = 0.0
    """Seconds of processor time that the worker spent on it."""
    seconds: float = 0.0
    place: Place = Place(0)
    """Where the worker was when it hung or crashed."""


class OnPage(Protocol):
    """Is told which page a worker begins."""

    def __call__(self, page: int, /, step: int = 0) -> None:
        """Hear it."""


class Work(Protocol[Given, Gained]):
    """What a worker does with a task; it tells `on_page` which page it begins, and 0 where it is at none."""

    def __call__(self, task: Given, /, *, on_page: OnPage) -> Gained:
        """Do a task."""


@dataclass(slots=True)
class Worker(Generic[Task]):
    """A process and the task that it is at."""

    process: BaseProcess
    connection: Connection
    task: Task | None = None
    started: float = 0.0
    place: Place = Place(0)
    """Where the worker said it is."""
    heard: float = 0.0
    """When the task was given, or the worker last said its page."""

    @property
    def at(self) -> str:
        """Where the worker is, for a sentence."""
        return f"page {self.place.page}" if self.place.page else "it"


def run_batch(
    work: Work[Task, Value],
    tasks: Sequence[Task],
    *,
    jobs: int,
    time_limit: float = TIME_LIMIT,
    log: Path | None = None,
    hear: Callable[[Task, Place], None] = lambda task, place: None,
    spare: Callable[[Outcome[Task, Value]], Task | None] = lambda outcome: None,
) -> Iterator[Outcome[Task, Value]]:
    """Do the tasks in the order given, `jobs` at a time, and return each outcome as it comes.

    A task whose worker died is done once more when all others are done, alone: the others may have taken the memory
    that it needed. `spare` may give a smaller task for one that hung or crashed. What a worker prints goes to `log`,
    or nowhere; `hear` is told where each worker is.
    """
    again: deque[Task] = deque()
    for outcome in _run_once(work, tasks, jobs, time_limit, log, hear):
        task = outcome.task if outcome.code in DIED and len(tasks) > 1 else spare(outcome)
        if task is None:
            yield outcome
        else:
            again.append(task)
    while again:
        for outcome in _run_once(work, [again.popleft()], 1, time_limit, log, hear):
            if (task := spare(outcome)) is None:
                yield outcome
            else:
                again.appendleft(task)


def _run_once(
    work: Work[Task, Value],
    tasks: Sequence[Task],
    jobs: int,
    time_limit: float,
    log: Path | None,
    hear: Callable[[Task, Place], None],
) -> Iterator[Outcome[Task, Value]]:
    """Do each task once; a worker that dies or hangs is replaced."""
    waiting = deque(tasks)
    workers: list[Worker[Task]] = []
    try:
        while waiting or workers:
            while waiting and len(workers) < jobs:
                workers.append(start_worker(work, log))
                give_task(workers[-1], waiting.popleft())
            for worker in ready_workers(workers, time_limit):
                outcome: Outcome[Task, Value] | None = take_outcome(worker, time_limit)
                if outcome is None:
                    if worker.task is not None:
                        hear(worker.task, worker.place)
                    continue
                lives = not outcome.code
                if lives and waiting:
                    give_task(worker, waiting.popleft())
                else:
                    workers.remove(worker)
                    end_worker(worker, at_once=not lives)
                yield outcome
    finally:
        for worker in workers:
            end_worker(worker, at_once=True)


def start_worker(work: Work[Task, Value], log: Path | None) -> Worker[Task]:
    """Start a process that waits for tasks."""
    context = multiprocessing.get_context(METHOD)
    here, there = context.Pipe()
    process = context.Process(target=serve, args=(work, there, log), daemon=True)  # type: ignore[attr-defined]
    process.start()
    there.close()
    return Worker(process, here)


def give_task(worker: Worker[Task], task: Task) -> None:
    """Send a worker its next task."""
    worker.task, worker.place = task, Place(0)
    worker.started = worker.heard = time.monotonic()
    worker.connection.send(task)


def ready_workers(workers: Iterable[Worker[Task]], time_limit: float) -> list[Worker[Task]]:
    """Wait until a worker has said something, died or used up its time; return those."""
    workers = list(workers)
    first_end = min(worker.heard for worker in workers) + time_limit
    answered = set(wait([worker.connection for worker in workers], max(0.0, first_end - time.monotonic())))
    now = time.monotonic()
    return [w for w in workers if w.connection in answered or now >= w.heard + time_limit]


def take_outcome(worker: Worker[Task], time_limit: float) -> Outcome[Task, Value] | None:
    """Return the outcome of a worker's task, or None where it only said its page; with a code the worker is done."""
    assert worker.task is not None
    seconds = time.monotonic() - worker.started
    if not worker.connection.poll():
        sentence = f"Reading {worker.at} took longer than {time_limit:g} seconds and was ended; {SLOW_REMEDY}."
        return Outcome(worker.task, None, sentence, "timeout", seconds=seconds, place=worker.place)
    try:
        said = worker.connection.recv()
    except (EOFError, OSError):
        worker.process.join(timeout=5)
        code, cause = describe_end(worker.process.exitcode)
        sentence = f"The process that read {worker.at} {cause}."
        return Outcome(worker.task, None, sentence, code, seconds=seconds, place=worker.place)
    if isinstance(said, Place):
        worker.place, worker.heard = said, time.monotonic()
        return None
    value, cpu = said
    return Outcome(worker.task, value, cpu=cpu, seconds=seconds)


def describe_end(exitcode: int | None) -> tuple[str, str]:
    """Return a code for how a process ended, and how and what to do for a reader."""
    if exitcode in KILLED:
        return "killed", "was killed, perhaps for want of memory; the next run tries again, JOBS=1 needs less memory"
    if exitcode is None:
        return "crash", f"closed its connection; {CRASH_REMEDY}"
    if exitcode in TOO_MUCH:
        return "huge_page", TOO_MUCH[exitcode]
    if exitcode >= 0:
        return "crash", f"crashed (exit code {exitcode}); {CRASH_REMEDY}"
    names = {-11: "segmentation fault", -6: "aborted"}
    return "crash", f"crashed ({names.get(exitcode, f'signal {-exitcode}')}); {CRASH_REMEDY}"


def end_worker(worker: Worker[Task], *, at_once: bool) -> None:
    """End a worker's process: by telling it to stop, or by force where it may not listen.

    Closing the connection would not tell it, for workers forked later hold a copy of the parent's end.
    """
    if at_once:
        worker.process.kill()
    else:
        worker.connection.send(None)
    worker.process.join()
    worker.connection.close()


def serve(work: Work[Task, Value], connection: Connection, log: Path | None) -> None:
    """Do tasks until told to stop. Runs in the worker."""
    redirect_output(log)
    limit_memory()
    collect_seldom()
    parent = os.getppid()

    def send(said: object) -> None:
        # Nobody would take it, and the worker's own copy of the parent's end would let it wait for ever.
        if os.getppid() != parent:
            sys.exit()
        connection.send(said)

    def tell(page: int, /, step: int = 0) -> None:
        send(Place(page, step))

    while (task := next_task(connection, parent)) is not None:
        before = time.process_time()
        value = work(task, on_page=tell)
        send((value, time.process_time() - before))


def collect_seldom() -> None:
    """Look seldom for things that hold each other: a page makes thousands of things, and hardly any do."""
    gc.freeze()
    gc.set_threshold(*COLLECTED_AFTER)


def next_task(connection: Connection, parent: int) -> Any:
    """Return the next task, or None when there is none left or the parent is gone."""
    while not connection.poll(ORPHAN_CHECK):
        if os.getppid() != parent:
            return None
    return connection.recv()


def redirect_output(log: Path | None) -> None:
    """Send what libraries print to the log: only the command line prints."""
    target = os.open(log or os.devnull, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
    for descriptor in (1, 2):
        os.dup2(target, descriptor)
    os.close(target)
    sys.stdout = sys.stderr = os.fdopen(1, "w", buffering=1, encoding="utf-8", errors="replace", closefd=False)
    faulthandler.enable(sys.stderr)


def limit_memory() -> None:
    """Let a worker that swells fail by itself, before the machine does; Windows knows no such limit."""
    try:
        import resource
    except ImportError:
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    if soft == resource.RLIM_INFINITY or soft > MEMORY_LIMIT:
        with suppress(ValueError, OSError):  # systems that know no such limit
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, hard))
