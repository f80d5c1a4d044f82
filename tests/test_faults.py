"""What a system refuses: one clear line, the right exit code, and the corpus as it was."""

import errno
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import pytest
from reports import build, write_report

from namndata.disk.refused import LOCK, alone_in, written
from namndata.errors import NamndataError, UsageError
from namndata.language.translate import in_swedish
from namndata.run.archive import read_archive
from namndata.run.cache import Cache
from namndata.store.access import existing_corpus

FULL = OSError(errno.ENOSPC, "No space left on device")
HOLD = """
import sys, time
from pathlib import Path
from namndata.disk.refused import alone_in
with alone_in(Path(sys.argv[1]), Path(sys.argv[1]) / ".cache"):
    print("held", flush=True)
    time.sleep(60)
"""
posix = pytest.mark.skipif(os.name != "posix", reason="POSIX only")


@pytest.fixture
def made(tmp_path):
    """Build a corpus of one report; return the folder of reports and that of the corpus."""
    write_report(tmp_path / "in" / "budget.txt")
    build(tmp_path / "in", tmp_path / "out")
    return tmp_path / "in", tmp_path / "out"


def said(kind, call, *arguments, **options):
    with pytest.raises(kind) as raised:
        call(*arguments, **options)
    message = str(raised.value)
    assert "\n" not in message
    assert in_swedish(message) != message
    return message


def statuses(out):
    with closing(sqlite3.connect(out / "corpus.sqlite")) as db:
        return db.execute("select path, status from documents order by path").fetchall()


def digest(path):
    return sha256(path.read_bytes()).hexdigest()


def test_a_disk_that_is_full_leaves_the_corpus_as_it_was(made, monkeypatch):
    corpus, out = made
    before = digest(out / "corpus.sqlite")
    write_report(corpus / "budget 2.txt", year=2021)

    def no_room(path, content):
        path.open("wb").close()
        raise FULL

    with monkeypatch.context() as full:
        full.setattr(Path, "write_bytes", no_room)
        message = said(NamndataError, build, corpus, out)
    assert message.startswith(f"{out / '.cache'} cannot be written: the disk is full.")
    assert digest(out / "corpus.sqlite") == before
    assert [path for path in out.rglob("*") if path.suffix == f".{os.getpid()}"] == []
    build(corpus, out)
    assert statuses(out) == [("budget 2.txt", "ok"), ("budget.txt", "ok")]


@posix
def test_a_corpus_that_does_not_fit_is_left_out_whole(made):
    corpus, out = made
    before = digest(out / "corpus.sqlite")
    write_report(corpus / "budget 2.txt", year=2021)
    size = (out / "corpus.sqlite").stat().st_size // 2
    code = (
        "import resource, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({size}, {size})); from namndata.cli import main; main()"
    )
    command = [sys.executable, "-c", code, "extract", str(corpus), "--out", str(out), "--jobs", "1", "--fresh"]
    run = subprocess.run(command, capture_output=True, text=True, env={**os.environ, "NAMNDATA_LANG": "en"})
    assert run.returncode == 1
    assert f"{out / 'corpus.sqlite'} cannot be written: the disk is full." in run.stderr
    assert "Traceback" not in run.stderr
    assert digest(out / "corpus.sqlite") == before
    assert not list(out.glob("*.partial*"))


def test_what_cannot_be_kept_of_a_step_is_made_again(tmp_path):
    (tmp_path / "file").touch()
    assert Cache(tmp_path / "file").recall("read0", "key", lambda: 5) == 5


@pytest.mark.parametrize("name", ["corpus.sqlite", "run.log"])
def test_a_folder_in_the_place_of_a_file_is_named(tmp_path, name):
    write_report(tmp_path / "in" / "budget.txt")
    (tmp_path / "out" / name).mkdir(parents=True)
    assert said(UsageError, build, tmp_path / "in", tmp_path / "out").startswith(f"{tmp_path / 'out' / name} cannot be")
    assert not list((tmp_path / "out").glob("*.partial*"))


def test_a_file_in_the_place_of_what_is_kept_is_named(tmp_path):
    write_report(tmp_path / "in" / "budget.txt")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / ".cache").touch()
    assert str(tmp_path / "out" / ".cache") in said(UsageError, build, tmp_path / "in", tmp_path / "out")


def test_a_folder_that_is_a_file_is_named(tmp_path):
    write_report(tmp_path / "in" / "budget.txt")
    (tmp_path / "out").touch()
    assert str(tmp_path / "out") in said(UsageError, build, tmp_path / "in", tmp_path / "out")


def test_a_folder_that_is_only_read_is_named(made, monkeypatch):
    corpus, out = made
    before = digest(out / "corpus.sqlite")
    write_report(corpus / "budget 2.txt", year=2021)
    monkeypatch.setattr(os, "access", lambda path, mode: Path(path) != out or not mode & os.W_OK)
    assert f"The folder {out} cannot be written to." in said(UsageError, build, corpus, out)
    assert digest(out / "corpus.sqlite") == before


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="nothing is forbidden to root")
def test_reports_that_are_only_read_are_read(made):
    corpus, out = made
    corpus.chmod(0o555)
    try:
        build(corpus, out, fresh=True)
    finally:
        corpus.chmod(0o755)
    assert statuses(out) == [("budget.txt", "ok")]


def test_the_reports_may_lie_where_the_corpus_is_written(tmp_path):
    write_report(tmp_path / "budget.txt")
    build(tmp_path, tmp_path)
    assert build(tmp_path, tmp_path).read == ()
    assert statuses(tmp_path) == [("budget.txt", "ok")]


def test_a_corpus_that_another_program_has_locked_is_replaced(made):
    corpus, out = made
    write_report(corpus / "budget 2.txt", year=2021)
    with closing(sqlite3.connect(out / "corpus.sqlite", isolation_level=None)) as other:
        other.execute("begin exclusive")
        assert "is in use by another program" in said(NamndataError, existing_corpus, out / "corpus.sqlite")
        build(corpus, out)
        other.execute("rollback")
    assert statuses(out) == [("budget 2.txt", "ok"), ("budget.txt", "ok")]


@posix
def test_a_second_run_in_one_folder_is_told_of_the_first(made):
    corpus, out = made
    before = digest(out / "corpus.sqlite")
    write_report(corpus / "budget 2.txt", year=2021)
    other = subprocess.Popen([sys.executable, "-c", HOLD, str(out)], stdout=subprocess.PIPE)
    try:
        assert other.stdout.readline() == b"held\n"
        assert f"Another run writes to {out}." in said(UsageError, build, corpus, out)
        assert digest(out / "corpus.sqlite") == before
    finally:
        other.kill()
        other.communicate()
    build(corpus, out)
    assert len(statuses(out)) == 2


def test_nothing_is_made_beside_a_folder_that_is_not_there(tmp_path):
    with pytest.raises(UsageError, match="There is no folder"):
        build(tmp_path / "nowhere", tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_folder_that_cannot_be_locked_is_used_without(tmp_path):
    (tmp_path / "kept").touch()
    with alone_in(tmp_path, tmp_path / "kept"):
        pass
    with alone_in(tmp_path, tmp_path / "lock here"):
        assert (tmp_path / "lock here" / LOCK).is_file()


@pytest.mark.parametrize("seconds", [0, 2**31])
def test_a_clock_that_is_set_otherwise_changes_nothing(made, seconds):
    corpus, out = made
    write_report(corpus / "budget.txt", share="64")
    for path in (corpus / "budget.txt", out / "corpus.sqlite"):
        os.utime(path, (seconds, seconds))
    assert len(build(corpus, out).read) == 1
    assert build(corpus, out).read == ()


@posix
def test_links_out_of_the_folder_and_what_is_no_file_are_told_and_no_link_is_walked_in_circles(tmp_path):
    corpus, elsewhere = tmp_path / "in", tmp_path / "elsewhere"
    write_report(corpus / "2020" / "budget.txt")
    write_report(elsewhere / "other.txt", year=2021)
    (corpus / "away").symlink_to(elsewhere)
    (corpus / "2020" / "round").symlink_to(corpus)
    (corpus / "again").symlink_to(corpus / "2020")
    (corpus / "self.pdf").symlink_to(corpus / "self.pdf")
    (corpus / "device.pdf").symlink_to("/dev/zero")
    os.mkfifo(corpus / "pipe.pdf")
    assert [entry.name for entry in read_archive(corpus).entries] == [
        "2020/budget.txt",
        "away",
        "device.pdf",
        "pipe.pdf",
        "self.pdf",
    ]
    build(corpus, tmp_path / "out")
    with closing(sqlite3.connect(tmp_path / "out" / "corpus.sqlite")) as db:
        told = dict(db.execute("select path, problems.message from problems join documents using (document)"))
    assert set(told) == {"away", "device.pdf", "pipe.pdf", "self.pdf"}
    assert "a link to a folder elsewhere" in told["away"]
    assert "not a file" in told["pipe.pdf"] and "not a file" in told["device.pdf"]
    assert all("\n" not in message and in_swedish(message) != message for message in told.values())


def test_names_and_titles_without_end_are_read(tmp_path):
    word = "lång" * 1000
    rows = f"| Indikator | Utfall 2022 | Utfall 2023 |\n| --- | --- | --- |\n| {word} | 12 | 14 |\n"
    text = f"# {word}nämnden\n\n{word} kommun\n\n# Årsredovisning 2023\n\n{rows}"
    (tmp_path / "in").mkdir()
    for name in ("a" * 251 + ".txt", "å" * 125 + ".md"):
        (tmp_path / "in" / name).write_text(text, encoding="utf-8")
    build(tmp_path / "in", tmp_path / "out")
    assert [status for _, status in statuses(tmp_path / "out")] == ["ok", "ok"]
    with closing(sqlite3.connect(tmp_path / "out" / "corpus.sqlite")) as db:
        assert set(db.execute("select distinct indicator from indicator_values")) == {(word,)}


@pytest.mark.parametrize("code", [errno.EACCES, errno.EROFS, errno.ENAMETOOLONG, errno.EIO])
def test_what_else_a_system_refuses_names_the_file_and_the_cause(code, tmp_path):
    def refused():
        with written(tmp_path / "corpus.sqlite"):
            raise OSError(code, os.strerror(code))

    message = said(UsageError, refused)
    assert message.startswith(f"{tmp_path / 'corpus.sqlite'} cannot be written ({os.strerror(code)}).")
