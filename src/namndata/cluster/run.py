"""The documents of a run, read by the workers of a Dask scheduler; the parent alone writes."""

from __future__ import annotations

import logging
import time
import uuid
import warnings
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from extract.readers import reader_of
from namndata.cluster.desk import Answer, Job, Terms, close_desks, read_at_desk
from namndata.cluster.versions import Versions, question, versions, why_refused
from namndata.errors import NamndataError, UsageError
from namndata.run.archive import Entry
from namndata.run.batch import Outcome
from namndata.run.cache import Cache
from namndata.run.stages import print_key, step_key
from schema.result import DocumentResult
from schema.vocabulary import own_lists

if TYPE_CHECKING:
    from distributed import Client, Future

CONNECT = 10.0
"""Seconds that a scheduler has to answer; one that runs does at once."""
PATIENCE = 60.0
"""Seconds without any worker after which a run is given up: Dask starts a dead worker again within ten."""
LOOK = 2.0
"""Seconds after which it is looked again which workers there are."""
INSTALL = "pip install 'namndata[cluster]'"
KILLED = "Each worker that read it died, perhaps for want of memory; the next run tries again."


@dataclass(slots=True)
class Crew:
    """The workers of a scheduler that read as we do, and those that were refused."""

    client: Client
    own: Versions
    say: Callable[[str], None]
    threads: dict[str, int] = field(default_factory=dict)
    """Of each worker that may read and is there, by address."""
    known: dict[str, bool] = field(default_factory=dict)
    last_seen: float = field(default_factory=time.monotonic)
    looked: float = 0.0

    def look(self) -> None:
        """See which workers are there, and ask those that are new for their versions; refuse, or give up, in a line."""
        if time.monotonic() < self.looked + LOOK:
            return
        there = {
            address: told["nthreads"] for address, told in self.client.scheduler_info(n_workers=-1)["workers"].items()
        }
        if new := [address for address in there if address not in self.known]:
            self.ask(new)
        self.threads = {address: threads for address, threads in there.items() if self.known.get(address)}
        self.looked = time.monotonic()
        if self.threads:
            self.last_seen = self.looked
        elif there and not any(self.known.values()):
            raise NamndataError("No worker of the cluster reads as this machine does. Install the same namndata there.")
        elif self.looked > self.last_seen + PATIENCE:
            raise NamndataError("The cluster has no worker. Start some (`dask worker`); what was read is kept.")

    def ask(self, addresses: list[str]) -> None:
        """Ask workers for their versions; one that does not answer is asked again."""
        answers = self.client.run(question(), workers=addresses, on_error="return")
        for address, answer in answers.items():
            if isinstance(answer, OSError):
                continue  # it went away
            reason = why_refused(answer, self.own)
            self.known[address] = not reason
            if reason:
                self.say(f"Worker {address} gets no reports: it {reason}.")


def run_cluster(
    tasks: Sequence[Entry], address: str, *, cache: Cache, time_limit: float, log: Path, say: Callable[[str], None]
) -> Iterator[Outcome[Entry, DocumentResult]]:
    """Read the documents on a cluster in the order given, keep what their stages gave, and return each outcome.

    As many are under way as the workers have threads; the documents of a worker that dies go to the others.
    """
    waiting = deque(tasks)
    running: dict[Future[Answer], tuple[Entry, frozenset[str]]] = {}
    words = {path.name: path.read_bytes() for path in own_lists()}
    terms = Terms(uuid.uuid4().hex, time_limit, words)
    with connected(address) as client:
        crew = Crew(client, versions(), say)
        try:
            while waiting or running:
                crew.look()
                for future in [one for one, (_, able) in running.items() if not able & crew.threads.keys()]:
                    waiting.appendleft(running.pop(future)[0])
                    future.cancel()
                while waiting and len(running) < sum(crew.threads.values()):
                    entry = waiting.popleft()
                    running[send(client, job_of(entry, cache), terms, list(crew.threads))] = (
                        entry,
                        frozenset(crew.threads),
                    )
                for future in ended(list(running)):
                    entry, _ = running.pop(future)
                    yield take(future, entry, cache, log)
        finally:
            client.cancel(list(running), force=True)
            with suppress(Exception):  # a worker that is gone has no desks
                client.run(close_desks, terms.run, workers=list(crew.threads), on_error="ignore")


@contextmanager
def connected(address: str) -> Iterator[Client]:
    """Connect with a scheduler; say in one line why that cannot be."""
    try:
        from distributed import Client
    except ImportError as error:
        raise UsageError(f"Reading on a cluster needs dask.distributed: {INSTALL}.") from error
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what matters is said by us
    try:
        client = Client(address, timeout=CONNECT)
    except (OSError, ValueError) as error:
        raise UsageError(f"No scheduler answers at {address}. Start one: dask scheduler. ({error})") from error
    try:
        yield client
    finally:
        client.close()


def send(client: Client, job: Job, terms: Terms, workers: list[str]) -> Future[Answer]:
    """Give a document to the cluster; its bytes go along, for workers share no folder with us."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # that a task is large
        return client.submit(read_at_desk, job, terms, workers=workers, allow_other_workers=False, pure=False)


def job_of(entry: Entry, cache: Cache) -> Job:
    """Return a document with what is kept of it: the last step of its reading, and its printed records."""
    reader = reader_of(entry.media_type)
    steps = [(f"read{n}", step_key(entry, reader, n)) for n in range(len(reader.steps))] if reader else []
    last = [pair for pair in steps if cache.holds(*pair)][-1:]
    kept = {pair: cache.load_bytes(*pair) for pair in (*last, ("print", print_key(entry))) if cache.holds(*pair)}
    return Job(entry, entry.path.read_bytes(), kept)


def ended(futures: list[Future[Answer]]) -> list[Future[Answer]]:
    """Wait for documents that are done, and no longer than until workers are looked at again."""
    from distributed import wait

    if not futures:
        time.sleep(LOOK)
        return []
    with suppress(TimeoutError):
        wait(futures, timeout=LOOK, return_when="FIRST_COMPLETED")
    return [future for future in futures if future.done()]


def take(future: Future[Answer], entry: Entry, cache: Cache, log: Path) -> Outcome[Entry, DocumentResult]:
    """Return a document's outcome, after what its stages gave is kept and what libraries printed is in the log."""
    try:
        answer: Answer = future.result()
    except Exception as error:
        return Outcome(entry, None, f"{KILLED} ({type(error).__name__})", "killed")
    finally:
        future.release()
    cache.save_all(answer.made)
    if answer.log:
        with log.open("a", encoding="utf-8") as file:
            file.write(answer.log)
    return answer.outcome
