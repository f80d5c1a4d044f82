"""From a folder of reports to the corpus: what is new is read, what is known is kept, all is written."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from extract.readers import READERS, reader_of
from namndata import __version__
from namndata.corrections.lines import CORRECTIONS, read_corrections
from namndata.disk.leftovers import remove_leftovers, temporary_folder
from namndata.disk.noted import line_of, note
from namndata.disk.refused import alone_in, written
from namndata.errors import NamndataError, UsageError
from namndata.identity.committees import COMMITTEES_FILE
from namndata.identity.crosswalk import CROSSWALK
from namndata.kolada.decisions import KOLADA_FILE
from namndata.kolada.official import official_files
from namndata.lines.decisions import LINES_FILE
from namndata.progress.sizes import Size, effort_of, size_key, sizes_of
from namndata.run.archive import GIVE_REPORTS, Archive, Entry, hash_and_size, read_archive
from namndata.run.batch import TIME_LIMIT, Outcome, Place, collect_seldom, run_batch
from namndata.run.cache import Cache, key_of
from namndata.run.fingerprint import fingerprint
from namndata.run.kept import (
    ended_key,
    inputs_within,
    is_current,
    keep_result,
    names_key,
    read_and_keep,
    shelf_of_run,
    was_killed,
    whole_result,
    without_page,
    write_results,
)
from namndata.run.provenance import Provenance
from namndata.run.stages import (
    ALL_MODULES,
    failed_document,
    kind_key,
    print_key,
    result_key,
    step_key,
    with_kind,
)
from namndata.run.words import use_own_words
from namndata.store.access import DATABASE, existing_folder
from schema.result import DocumentResult

LOG = "run.log"
CACHE = ".cache"
LISTS = (CROSSWALK, COMMITTEES_FILE, KOLADA_FILE, LINES_FILE, CORRECTIONS)
"""The files beside the reports that say what people decided."""
OF_PARTS = (CROSSWALK, LINES_FILE)
"""Those of them whose decisions are told apart by the reports that they concern."""


@dataclass(frozen=True, slots=True)
class Options:
    """How to build a corpus."""

    jobs: int = 0
    """Worker processes; 0 for one per processor."""
    time_limit: float = TIME_LIMIT
    fresh: bool = False
    """Read every document again, whatever is kept from earlier runs."""
    cluster: str = ""
    """Address of a Dask scheduler whose workers read; empty for processes of this machine."""


@dataclass(frozen=True, slots=True)
class Build:
    """What a run did."""

    database: Path
    archive: Archive
    read: tuple[DocumentResult, ...] = ()
    """Documents that were worked on in this run; the others are as they were."""
    seconds: float = 0.0
    cpu: float = 0.0
    """Processor seconds, of this process and its workers."""

    @property
    def pages(self) -> int:
        """Pages of the documents worked on."""
        return sum(result.number_of_pages or 0 for result in self.read)


@dataclass(slots=True)
class Watcher:
    """Is told what happens; the command line shows it."""

    begin: Callable[[int, int], None] = field(default=lambda documents, todo: None)
    sized: Callable[[Mapping[str, Size]], None] = field(default=lambda sizes: None)
    """Is told how much each document to read holds."""
    at: Callable[[str, Place], None] = field(default=lambda document, place: None)
    """Is told each page that is begun."""
    done: Callable[[DocumentResult, float], None] = field(default=lambda result, seconds: None)
    writing: Callable[[], None] = field(default=lambda: None)
    say: Callable[[str], None] = field(default=lambda line: None)


def build_corpus(corpus: Path, out: Path, options: Options, watcher: Watcher) -> Build:
    """Read what is new or changed under `corpus` and write `out`/corpus.sqlite, whole or not at all."""
    existing_folder(corpus, GIVE_REPORTS)
    if out.is_file():  # before the reports, which it may be one of
        raise UsageError(f"The folder {out} cannot be made (a file has that name). Give another: OUT=folder.")
    with alone_in(out, out / CACHE):
        return build_alone(corpus, out, options, watcher)


def build_alone(corpus: Path, out: Path, options: Options, watcher: Watcher) -> Build:
    """Build a corpus in a folder that no other run writes to."""
    started, cpu = time.monotonic(), time.process_time()
    archive = read_archive(corpus, out)
    if not archive.entries:
        raise NamndataError(f"There is no report under {corpus}. Put PDF, Word or text files there.")
    use_own_words(corpus)
    read_corrections(corpus)  # a line that can be none is said before reports are read
    database, provenance = out / DATABASE, provenance_of(archive, corpus)
    remove_leftovers(database, corpus, LISTS)
    if not options.fresh and is_current(database, provenance, options.time_limit):
        return Build(database, archive, (), time.monotonic() - started, time.process_time() - cpu)
    make_writable(out)
    cache = Cache(out / CACHE, fresh=options.fresh)
    archive = replace(archive, entries=tuple(with_kind(entry, cache) for entry in archive.entries))
    todo = [entry for entry in archive.entries if not is_kept(entry, cache, options)]
    watcher.begin(len(archive.entries), len(todo))
    note(out / LOG, f"namndata {__version__} began: {len(archive.entries)} reports, {len(todo)} to read")
    with temporary_folder(out):
        outcomes = work_off(todo, out, cache, options, watcher)
    if any(was_killed(result) for result, _ in outcomes.values()):
        provenance = replace(provenance, inputs=key_of(provenance.inputs, "unfinished"))
    elif not is_whole(archive.entries, replace(cache, fresh=False)):
        provenance = replace(provenance, inputs=inputs_within(provenance, options.time_limit))
    shelf = shelf_of_run(archive.entries, outcomes, cache, options.time_limit)
    watcher.writing()
    with temporary_folder(out), written(database):
        jobs = processes(options)
        write_results(database, shelf, archive.entries, provenance, corpus, fresh=options.fresh, jobs=jobs)
    note(out / LOG, f"{DATABASE} was written, {time.monotonic() - started:.1f} s after the beginning")
    cache.prune(used_entries(archive.entries, options))
    return Build(
        database,
        archive,
        tuple(outcomes[entry.document][0] for entry in todo),
        time.monotonic() - started,
        time.process_time() - cpu + sum(spent for _, spent in outcomes.values()),
    )


def make_writable(out: Path) -> None:
    """Make the folder that is written to; say in one line why that cannot be."""
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"The folder {out} cannot be made ({error.strerror}). Give another: OUT=folder.") from error
    if not os.access(out, os.W_OK | os.X_OK):
        raise UsageError(f"The folder {out} cannot be written to. Check its permissions, or give another: OUT=folder.")
    with written(out / LOG):
        (out / LOG).open("a").close()  # a worker that cannot open it would die at once
    with written(out / CACHE):
        (out / CACHE).mkdir(exist_ok=True)


def code_of_corpus() -> str:
    """Return the fingerprint of all code and words that a corpus depends on."""
    return fingerprint(*ALL_MODULES, "namndata.store.write")


def provenance_of(archive: Archive, corpus: Path) -> Provenance:
    """Return what the corpus is built from: reports, code, and what people decided."""
    code = code_of_corpus()
    parts = (
        part for entry in archive.entries for part in (entry.document, entry.name, entry.sha256, str(entry.decided))
    )
    beside = (*(corpus / name for name in LISTS), *official_files(corpus))
    decided = {path.name: hash_and_size(path)[0] for path in beside if path.is_file()}
    of_all = (part for name, kept in decided.items() if name not in OF_PARTS for part in (name, kept))
    inputs = key_of(code, *parts, *(part for each in decided.items() for part in each))
    return Provenance(inputs=inputs, code=code, beside=key_of(*of_all))


def is_kept(entry: Entry, cache: Cache, options: Options) -> bool:
    """Tell whether the document's result is kept from an earlier run of the same code on the same bytes."""
    return cache.holds("result", result_key(entry)) or cache.holds("ended", ended_key(entry, options.time_limit))


def is_whole(entries: Sequence[Entry], cache: Cache) -> bool:
    """Tell whether all of every document is kept: no page or document was given up for want of time."""
    return all(cache.holds("result", result_key(entry)) for entry in entries)


def work_off(
    todo: Sequence[Entry], out: Path, cache: Cache, options: Options, watcher: Watcher
) -> dict[str, tuple[DocumentResult, float]]:
    """Process the documents, the longest first, and keep each result; return them with their CPU seconds."""
    if not todo:
        return {}
    if here := [entry for entry in todo if is_read_here(entry, options)]:
        warm_up(here, cache)
    sizes = sizes_of(todo, cache, jobs=processes(options), log=out / LOG)
    watcher.sized(sizes)
    longest_first = sorted(todo, key=lambda entry: (-effort_of(entry, sizes[entry.document]), entry.document))
    done: dict[str, tuple[DocumentResult, float]] = {}
    for outcome in read_all(longest_first, out / LOG, cache, options, watcher):
        entry, result = outcome.task, result_of(outcome, is_checked=not options.cluster)
        if not was_killed(result):
            whole, ended = ("result", result_key(entry)), ("ended", ended_key(entry, options.time_limit))
            where = whole if outcome.value and not entry.left_out else ended
            is_kept_there = where == whole and not options.cluster and replace(cache, fresh=False).holds(*whole)
            if not is_kept_there:  # a cluster's worker has not our disk, and ours may be full
                with written(out / CACHE):
                    keep_result(entry, result, cache, where)
        note(out / LOG, line_of(result, outcome.seconds))
        watcher.done(result, outcome.seconds)
        done[entry.document] = (result if was_killed(result) else outline_of(result), outcome.cpu)
    return done


def outline_of(result: DocumentResult) -> DocumentResult:
    """Return a result without what it holds, which is kept on the disk: a run of any size needs little memory."""
    return DocumentResult(result.source, result.status, result.facts, result.number_of_pages, problems=result.problems)


def read_all(
    todo: Sequence[Entry], log: Path, cache: Cache, options: Options, watcher: Watcher
) -> Iterator[Outcome[Entry, DocumentResult]]:
    """Read the documents in their order: on the cluster where one is given, else in processes of this machine.

    What cannot be opened, or is nothing that is read, fails here at once and is sent nowhere.
    """
    here = [entry for entry in todo if is_read_here(entry, options)]
    away = [entry for entry in todo if not is_read_here(entry, options)]
    if here:
        work = partial(read_and_keep, cache=cache)
        yield from run_batch(
            work,
            here,
            jobs=processes(options),
            time_limit=options.time_limit,
            log=log,
            hear=lambda entry, place: watcher.at(entry.document, place),
            spare=without_page,
        )
    if away:
        from namndata.cluster.run import run_cluster

        limit, say = options.time_limit, watcher.say
        yield from run_cluster(away, options.cluster, cache=cache, time_limit=limit, log=log, say=say)


def is_read_here(entry: Entry, options: Options) -> bool:
    """Tell whether a document goes to a process of this machine: all that is nothing that is read, too."""
    return entry.kind is None or not options.cluster


def processes(options: Options) -> int:
    """Return how many processes read."""
    return options.jobs or os.cpu_count() or 1


def warm_up(todo: Sequence[Entry], cache: Cache) -> None:
    """Import what the documents need and load the Swedish words and phrases before the workers are forked.

    Each worker would otherwise spend two seconds of processor time on them.
    """
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    collect_seldom()
    from normalize.cells import parse_cell
    from schema.lexicon.wordbreaks import is_word

    is_word("committee")
    parse_cell("at least 1 committee")
    for reader in READERS:
        last = len(reader.steps) - 1
        own = [entry for entry in todo if entry.media_type == reader.media_type]
        if any(not cache.holds(f"read{last}", step_key(entry, reader, last)) for entry in own):
            for number in range(len(reader.steps)):
                reader.step(number)


def result_of(outcome: Outcome[Entry, DocumentResult], *, is_checked: bool = False) -> DocumentResult:
    """Return the worker's result, or a failed one where the worker hung or crashed or its result is not whole."""
    if outcome.value is None:
        return failed_document(outcome.task, outcome.code, outcome.failure)
    return outcome.value if is_checked else whole_result(outcome.task, outcome.value)


def used_entries(entries: Sequence[Entry], options: Options) -> set[tuple[str, str]]:
    """Return the cache entries that the present documents use."""
    return {pair for entry in entries for pair in entries_of(entry, options)}


def entries_of(entry: Entry, options: Options) -> Iterator[tuple[str, str]]:
    """Return the cache entries of a document."""
    yield "kind", kind_key(entry)
    yield "size", size_key(entry)
    yield "print", print_key(entry)
    whole = result_key(entry)
    yield "result", whole
    yield "facts", whole
    yield "names", names_key(entry)
    yield "ended", ended_key(entry, options.time_limit)
    if reader := reader_of(entry.media_type):
        yield from ((f"read{number}", step_key(entry, reader, number)) for number in range(len(reader.steps)))
