"""A scheduler and workers on loopback; the corpus is the one that local processes make."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from namndata.cluster.versions import question, versions, why_refused
from namndata.errors import NamndataError, UsageError
from namndata.run.build import Options, Watcher, build_corpus

pytest.importorskip("distributed")
SOURCE = Path(__file__).parents[1] / "src"
SCHEDULER = """
import sys, asyncio
from distributed import Scheduler
async def main():
    async with Scheduler(host="127.0.0.1", port=0, dashboard=False) as scheduler:
        print(scheduler.address, flush=True)
        await scheduler.finished()
asyncio.run(main())
"""
WORKER = """
import asyncio, os, sys
from distributed import Worker
if sys.argv[2] != "whole":
    sys.path[:] = [path for path in sys.path if not os.path.isdir(os.path.join(path, "namndata"))]
    sys.meta_path[:] = [finder for finder in sys.meta_path if "editable" not in repr(finder)]
    sys.path[:0] = sys.argv[2:]
async def main():
    async with Worker(sys.argv[1], host="127.0.0.1", nthreads=1, dashboard=False) as worker:
        print(worker.address, flush=True)
        await worker.finished()
asyncio.run(main())
"""


def started(script: str, *arguments: str) -> tuple[subprocess.Popen, str]:
    """Start a process and return the address that it prints."""
    environment = {**os.environ, "PYTHONPATH": str(SOURCE), "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "3"}
    command = [sys.executable, "-c", script, *arguments]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment, text=True, cwd="/"
    )
    return process, process.stdout.readline().strip()


@contextmanager
def cluster(*kinds: str):
    """Run a scheduler and workers: whole ones, or with our packages from a folder; return its address and them."""
    scheduler, address = started(SCHEDULER)
    workers = [started(WORKER, address, kind) for kind in kinds]
    try:
        yield address, workers
    finally:
        for process, _ in (*workers, (scheduler, "")):
            process.kill()
            process.wait()
            process.stdout.close()


@pytest.fixture(scope="module")
def reports(tmp_path_factory) -> Path:
    """Return a folder of small reports, a file that is none, and a word of their own."""
    folder = tmp_path_factory.mktemp("reports")
    for year in range(2019, 2025):
        lines = ["Socialnämnden", f"Årsredovisning {year}", "Exempelby kommun", "", "| Indikator | Utfall | Målvärde |"]
        lines += ["| --- | --- | --- |", f"| Andel nöjda brukare | {year - 1940} % | 90 % |"]
        (folder / f"social_{year}.md").write_text("\n".join(lines), encoding="utf-8")
    (folder / "damaged.pdf").write_bytes(b"%PDF-1.4\nnothing follows")
    return folder


def tables_of(database: Path) -> dict[str, list[tuple]]:
    """Return all rows of a corpus but for when it was made."""
    with closing(sqlite3.connect(database)) as connection:
        names = [name for (name,) in connection.execute("select name from sqlite_master where type = 'table'")]
        return {
            name: sorted(connection.execute(f"select * from [{name}]"), key=repr) for name in names if name != "runs"
        }


@pytest.fixture(scope="module")
def local(reports, tmp_path_factory):
    """Return the rows that local processes make."""
    return tables_of(build_corpus(reports, tmp_path_factory.mktemp("local"), Options(jobs=1), Watcher()).database)


def test_the_corpus_is_the_same_though_a_worker_dies_and_workers_that_read_otherwise_get_nothing(
    reports, local, tmp_path
):
    other = shutil.copytree(SOURCE, tmp_path / "src", ignore=shutil.ignore_patterns("__pycache__"))
    with (other / "extract" / "source.py").open("a", encoding="utf-8") as file:
        file.write("CHANGED = True\n")
    said: list[str] = []
    with cluster("whole", "whole", "/nowhere", str(other)) as (address, workers):
        [(first, _), _, (_, lacking), (_, differing)] = workers
        watcher = Watcher(done=lambda result, seconds: first.kill(), say=said.append)
        build = build_corpus(reports, tmp_path / "out", Options(cluster=address), watcher)
        assert first.wait() == -signal.SIGKILL
    assert tables_of(build.database) == local
    assert len(build.read) == 7
    lines = {line.split()[1]: line for line in said}
    assert "gets no reports: it has no namndata like the one here" in lines[lacking]
    assert "No module named 'namndata'" in lines[lacking]
    assert "gets no reports: it has other versions (namndata's code" in lines[differing]
    assert len(said) == 2
    again = build_corpus(reports, tmp_path / "out", Options(jobs=1), Watcher())
    assert not again.read


def test_without_a_worker_that_may_read_the_run_ends_in_one_line_and_writes_nothing(reports, tmp_path):
    with cluster("/nowhere") as (address, _), pytest.raises(NamndataError, match="Install the same namndata there"):
        build_corpus(reports, tmp_path / "out", Options(cluster=address), Watcher())
    assert not (tmp_path / "out" / "corpus.sqlite").exists()


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:1", "nonsense://x"])
def test_a_scheduler_that_is_not_there_is_said_in_one_line(reports, tmp_path, address, monkeypatch):
    monkeypatch.setattr("namndata.cluster.run.CONNECT", 0.5)
    with pytest.raises(UsageError, match="No scheduler answers at"):
        build_corpus(reports, tmp_path, Options(cluster=address), Watcher())


def test_what_differs_between_two_machines_is_named():
    own = versions()
    assert why_refused(question()(), own) == ""
    assert "pypdfium2 1.0, here" in why_refused(({**own, "pypdfium2": "1.0"}, ""), own)
    assert "namndata's code" in why_refused(({**own, "namndata's code": "0"}, ""), own)


def test_a_document_that_takes_too_long_on_a_worker_is_given_up_as_here(reports, tmp_path):
    from namndata.cluster.desk import Job, Terms, close_desks, read_at_desk
    from namndata.run.archive import read_archive
    from namndata.run.cache import Cache
    from namndata.run.stages import with_kind

    entry = with_kind(read_archive(reports).entries[-1], Cache(None))
    job = Job(entry, entry.path.read_bytes(), {})
    try:
        answer = read_at_desk(job, Terms("run", 0.0001, {}))
    finally:
        close_desks("run")
    assert answer.outcome.code == "timeout"
