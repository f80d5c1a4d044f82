"""From a folder to the corpus: what is read, what is kept, what a broken file costs."""

import ast
import importlib.util
import multiprocessing
import os
import platform
import shutil
import signal
import sqlite3
import sys
import tempfile
import time
import zipfile
from pathlib import Path

import pytest
from reports import build, write_report

import namndata.pipeline
import namndata.run.build
import namndata.run.stages
import namndata.store.write
from extract.readers import READERS, reader_of
from namndata import __version__
from namndata.disk.leftovers import is_left_over, temporary_folder
from namndata.errors import NamndataError, UsageError
from namndata.run import fingerprint


def rows(database, sql):
    with sqlite3.connect(database) as db:
        return db.execute(sql).fetchall()


def all_tables(database):
    names = [name for (name,) in rows(database, "select name from sqlite_master where type in ('table', 'view')")]
    names = [name for name in names if "_fts_" not in name]  # how an index of words is laid out tells how it grew
    return {name: rows(database, f"select * from {name}") for name in names}


def statuses(database):
    return dict(rows(database, "select path, status from documents"))


@pytest.fixture
def corpus(tmp_path):
    folder = tmp_path / "Nämndens rapporter åäö"
    for year in (2019, 2020, 2021):
        write_report(folder / f"{year}" / f"budget {year}.txt", year=year)
    return folder


@pytest.fixture
def out(tmp_path):
    return tmp_path / "ut mapp"


def test_a_folder_becomes_a_corpus(corpus, out):
    database = build(corpus, out).database
    assert statuses(database) == {f"{year}/budget {year}.txt": "ok" for year in (2019, 2020, 2021)}
    assert rows(database, "select count(*) from indicator_values") == [(12,)]
    assert rows(database, "select distinct status, count(*) from checks group by 1") == [("pass", 6)]
    assert rows(database, "select sum(unaccounted) from number_ledger") == [(0,)]


def test_one_and_two_workers_and_two_runs_give_identical_tables(corpus, tmp_path):
    (corpus / "broken.pdf").write_bytes(b"%PDF-1.4 broken")
    builds = [build(corpus, tmp_path / f"out{run}", jobs=jobs) for run, jobs in enumerate((1, 2, 2))]
    first, second, third = (all_tables(each.database) for each in builds)
    assert first == second == third
    assert first["indicator_values"]


def test_a_second_run_reads_nothing_and_is_quick(corpus, out):
    before = build(corpus, out).database.stat()
    started = time.monotonic()
    again = build(corpus, out)
    assert time.monotonic() - started < 1
    assert again.read == ()
    after = again.database.stat()
    assert (after.st_ino, after.st_mtime_ns, after.st_size) == (before.st_ino, before.st_mtime_ns, before.st_size)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no such kill")
def test_a_run_killed_while_it_writes_leaves_the_old_corpus_and_the_next_clears_up(corpus, out, monkeypatch):
    before = all_tables(build(corpus, out).database)
    monkeypatch.setattr(namndata.store.write, "dictionary_row", lambda column: os.kill(os.getpid(), signal.SIGKILL))
    killed = multiprocessing.get_context("fork").Process(target=build, args=(corpus, out), kwargs={"fresh": True})
    killed.start()
    killed.join(60)
    monkeypatch.undo()
    (out / "corpus.sqlite.partial-journal").touch()
    (corpus / "crosswalk.csv.partial").touch()
    (corpus / "sample.csv.partial").touch()
    (corpus / "kolada").mkdir()
    (corpus / "kolada" / "N00001.json.partial").touch()
    (corpus / "min-egen.partial").touch()
    temporary = out / ".temporary"
    for name in (f"{platform.node()}-{killed.pid}", f"{platform.node()}-{os.getppid()}", "another-1", "mine"):
        (temporary / name / "inner").mkdir(parents=True)
    assert killed.exitcode == -signal.SIGKILL
    assert (out / "corpus.sqlite.partial").exists()
    assert all_tables(out / "corpus.sqlite") == before
    assert build(corpus, out).read == ()
    assert sorted(path.name for path in temporary.iterdir()) == sorted(
        [f"{platform.node()}-{os.getppid()}", "another-1", "mine"]
    )
    shutil.rmtree(temporary)
    assert sorted(path.name for path in out.iterdir()) == [".cache", "corpus.sqlite", "run.log"]
    assert [path.name for path in corpus.rglob("*.partial")] == ["min-egen.partial"]


def test_temporary_files_of_workers_lie_beside_the_corpus_and_go(tmp_path):
    before = (os.environ.get("TMPDIR"), tempfile.gettempdir())
    with temporary_folder(tmp_path) as folder:
        assert Path(tempfile.mkdtemp()).parent == folder.absolute()
    assert list(tmp_path.iterdir()) == []
    assert (os.environ.get("TMPDIR"), tempfile.gettempdir()) == before


def test_a_temporary_folder_of_another_machine_goes_after_a_day_and_one_of_no_run_never(tmp_path):
    other, mine = tmp_path / "another-1", tmp_path / "my-notes"
    other.mkdir()
    mine.mkdir()
    assert not is_left_over(other)
    os.utime(other, (1, 1))
    os.utime(mine, (1, 1))
    assert is_left_over(other) and not is_left_over(mine)


def test_a_changed_document_changes_only_its_own_rows(corpus, out):
    before = all_tables(build(corpus, out).database)
    write_report(corpus / "2020" / "budget 2020.txt", year=2020, share="72")
    again = build(corpus, out)
    assert [result.source.document for result in again.read] == ["budget_2020"]
    after = all_tables(again.database)
    changed = set(after["indicator_values"]) ^ set(before["indicator_values"])
    assert {row[0] for row in changed} == {"budget_2020"}
    assert after["budget_values"] == before["budget_values"]


def test_added_and_removed_documents_change_only_their_own_rows(corpus, out):
    before = all_tables(build(corpus, out).database)
    added = write_report(corpus / "0 först.txt", year=2022)
    assert [result.source.document for result in build(corpus, out).read] == ["0_först"]
    added.unlink()
    again = build(corpus, out)
    assert again.read == ()
    assert all_tables(again.database) == before


def change_code(monkeypatch, module):
    """Make every fingerprint that knows the module another one."""
    real = fingerprint.fingerprint

    def changed(*modules):
        return real(*modules) + "x" * (fingerprint.module_file(module) in fingerprint.source_files(modules))

    monkeypatch.setattr(namndata.run.stages, "fingerprint", changed)
    monkeypatch.setattr(namndata.run.stages, "reading", namndata.run.stages.reading.__wrapped__)
    monkeypatch.setattr(namndata.run.build, "fingerprint", changed)


def test_a_changed_normalisation_reads_no_document_again(corpus, out, monkeypatch):
    build(corpus, out)
    change_code(monkeypatch, "normalize.amounts")
    monkeypatch.setattr("extract.marked.read.read_text", lambda *_, **__: pytest.fail("read again"))
    again = build(corpus, out)
    assert [result.status for result in again.read] == ["ok", "ok", "ok"]


def test_a_changed_reader_reads_every_document_again(corpus, out, monkeypatch):
    build(corpus, out)
    change_code(monkeypatch, "extract.marked.read")
    monkeypatch.setattr("extract.marked.read.read_text", lambda *_, **__: 1 / 0)
    assert [result.status for result in build(corpus, out).read] == ["failed"] * 3


def test_fresh_reads_everything(corpus, out):
    build(corpus, out)
    assert len(build(corpus, out, fresh=True).read) == 3


def test_damaged_cache_entries_count_as_absent(corpus, out):
    before = all_tables(build(corpus, out).database)
    (out / "corpus.sqlite").unlink()
    for path in (out / ".cache").glob("*/*"):
        path.write_bytes(b"damaged")
    assert all_tables(build(corpus, out).database) == before


def test_every_import_that_python_sees_is_known_to_the_fingerprint():
    def seen(path):
        for node in ast.walk(ast.parse(path.read_bytes())):
            if isinstance(node, ast.ImportFrom):
                yield node.module
                yield from (f"{node.module}.{alias.name}" for alias in node.names)
            elif isinstance(node, ast.Import):
                yield from (alias.name for alias in node.names)

    for path in fingerprint.SOURCE_FOLDER.rglob("*.py"):
        module = ".".join(path.relative_to(fingerprint.SOURCE_FOLDER).with_suffix("").parts).removesuffix(".__init__")
        ours = {name for name in seen(path) if name.split(".")[0] in fingerprint.OUR_PACKAGES}
        assert {name for name in ours if fingerprint.module_file(name).is_file()} <= set(
            fingerprint.imported_modules(module)
        )


def test_the_fingerprint_of_reading_does_not_know_normalisation():
    readers = [module for reader in READERS for module in reader.modules]
    reading = {path.parent.name for path in fingerprint.source_files(tuple(readers))}
    everything = {path.parent.name for path in fingerprint.source_files(namndata.run.stages.ALL_MODULES)}
    assert "normalize" not in reading
    assert {"extract", "schema", "normalize", "namndata", "vocabulary"} <= everything


def files_of(media_type, steps=None):
    """Return the names of the code and word lists that the reading of a media type depends on."""
    return {path.name for path in fingerprint.source_files(reader_of(media_type).modules[:steps])}


def test_a_word_in_a_header_or_a_change_in_another_format_reads_no_pdf_again():
    assert "header_words.csv" in files_of("text/plain")
    assert {path for path in files_of("application/pdf", 1) if path.endswith(".csv")} == {
        "symbol_glyphs.csv",
        "powers.csv",
    }
    assert files_of("application/pdf", 2).isdisjoint(("header_words.csv", "missing.csv", "units.csv", "months.csv"))
    assert "readers.py" not in files_of("application/pdf") | files_of("text/plain")
    assert "pypdfium2" in fingerprint.libraries(reader_of("application/pdf").modules)
    assert "rapidfuzz" not in fingerprint.libraries(reader_of("application/pdf").modules)
    of_text = fingerprint.libraries(reader_of("text/plain").modules)
    assert not {"pypdfium2", "pdfplumber", "opencv-python-headless"} & of_text, "nor is text read again for them"


def test_a_renamed_report_is_not_read_again(corpus, out, monkeypatch):
    build(corpus, out)
    (corpus / "2019" / "budget 2019.txt").rename(corpus / "2019" / "renamed.txt")
    monkeypatch.setattr("extract.marked.read.read_text", lambda *_, **__: pytest.fail("read again"))
    again = build(corpus, out)
    assert [(result.source.path, result.status) for result in again.read] == [("2019/renamed.txt", "ok")]
    assert "2019/renamed.txt" in statuses(again.database)


def test_every_library_that_may_change_a_reading_is_known_to_the_fingerprint():
    files = fingerprint.SOURCE_FOLDER.rglob("*.py")
    modules = [".".join(path.relative_to(fingerprint.SOURCE_FOLDER).with_suffix("").parts) for path in files]
    imported = {name.split(".")[0] for module in modules for name in fingerprint.names_in_imports(module)}
    foreign = {name for name in imported if importlib.util.find_spec(name)} - set(sys.stdlib_module_names)
    ours = {*fingerprint.OUR_PACKAGES, "bench", "tests"}
    stored = {"sqlite_utils", "pyarrow", "xlsxwriter", "httpx", "fsspec", "distributed", "packaging", "platformdirs"}
    shown = {"PIL", "rich", "typer", "click", "datasette", "jinja2", "pluggy", "markupsafe", "uvicorn"}
    assert foreign - ours - stored - shown <= set(fingerprint.LIBRARIES)


def test_the_fingerprint_of_the_whole_knows_every_word_list_and_module():
    files = fingerprint.source_files((*namndata.run.stages.ALL_MODULES, "namndata.store.write"))
    lists = set((fingerprint.SOURCE_FOLDER / "schema" / "vocabulary").glob("*.csv"))
    stages = [path for name in ("extract", "normalize") for path in (fingerprint.SOURCE_FOLDER / name).rglob("*.py")]
    assert len(stages) > 50
    unused = {path for path in stages if path.name == "__init__.py"}
    answers = set((fingerprint.SOURCE_FOLDER / "namndata" / "store" / "answers").glob("*.sql"))
    assert answers and (lists | answers) - files == set()
    assert set(stages) - unused - files == set()


def pdf(*objects: bytes) -> bytes:
    """Return a PDF of these objects; readers rebuild the missing table of their places."""
    body = b"".join(b"%d 0 obj\n%s\nendobj\n" % (number, text) for number, text in enumerate(objects, start=1))
    return b"%PDF-1.4\n" + body + b"trailer\n<< /Root 1 0 R /Size 9 >>\n%%EOF\n"


CATALOG = b"<< /Type /Catalog /Pages 2 0 R >>"
ONE_PAGE = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
BROKEN = {
    "empty.pdf": b"",
    "empty.txt": b"",
    "truncated.pdf": b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pag",
    "no pages.pdf": pdf(CATALOG, b"<< /Type /Pages /Kids [] /Count 0 >>"),
    "blank.pdf": pdf(CATALOG, ONE_PAGE, b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>"),
    "picture only.pdf": pdf(
        CATALOG,
        ONE_PAGE,
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 90 90] /Contents 4 0 R"
        b" /Resources << /XObject << /I 5 0 R >> >> >>",
        b"<< /Length 25 >>\nstream\nq 90 0 0 90 0 0 cm /I Do Q\nendstream",
        b"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /Length 1 >>"
        b"\nstream\n0\nendstream",
    ),
    "huge page.pdf": pdf(CATALOG, ONE_PAGE, b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9e9 9e9] >>"),
    "encrypted.pdf": pdf(CATALOG, ONE_PAGE).replace(b"/Root", b"/Encrypt << /Filter /Unknown /V 9 >> /Root"),
    "program.pdf": b"MZ" + bytes(range(256)) * 8,
    "program.txt": b"\x7fELF" + bytes(range(256)) * 8,
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_costs_one_clear_line_and_its_own_status(name, tmp_path, out):
    write_report(tmp_path / "in" / "good.txt")
    (tmp_path / "in" / name).write_bytes(BROKEN[name])
    database = build(tmp_path / "in", out).database
    assert statuses(database) == {name: "failed", "good.txt": "ok"}
    [(message,)] = rows(database, "select message from documents where status = 'failed'")
    assert "\n" not in message
    assert "error in namndata" not in message
    assert rows(database, "select count(*) from problems where severity = 'error'") == [(1,)]


def test_a_file_that_cannot_be_opened_costs_only_itself(tmp_path, out):
    write_report(tmp_path / "in" / "good.txt")
    (tmp_path / "in" / "gone.pdf").symlink_to(tmp_path / "nowhere.pdf")
    assert statuses(build(tmp_path / "in", out).database) == {"gone.pdf": "failed", "good.txt": "ok"}


def test_a_word_file_is_refused_by_what_it_is(tmp_path, out):
    write_report(tmp_path / "in" / "good.txt")
    for name in ("report.docx", "renamed.pdf"):
        with zipfile.ZipFile(tmp_path / "in" / name, "w") as file:
            file.writestr("word/document.xml", "<w:document/>")
    database = build(tmp_path / "in", out).database
    messages = rows(database, "select message from documents where status = 'failed'")
    assert len(messages) == 2
    assert all("Word" in message for (message,) in messages)


def test_a_refused_file_is_stored_as_what_it_is(tmp_path, out):
    write_report(tmp_path / "in" / "good.txt")
    (tmp_path / "in" / "page.html").write_text("<!DOCTYPE html><html><body>404</body></html>")
    (tmp_path / "in" / "gone.pdf").symlink_to(tmp_path / "nowhere.pdf")
    with zipfile.ZipFile(tmp_path / "in" / "renamed.pdf", "w") as file:
        file.writestr("xl/workbook.xml", "<workbook/>")
    types = dict(rows(build(tmp_path / "in", out).database, "select path, media_type from documents"))
    assert types == {
        "good.txt": "text/tab-separated-values",
        "page.html": "text/html",
        "gone.pdf": None,
        "renamed.pdf": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    }


def die_or_read(entry, cache, on_page, real=namndata.pipeline.read_document):
    if entry.name == "hang.txt":
        time.sleep(60)
    if entry.name == "crash.txt":
        os.kill(os.getpid(), signal.SIGSEGV)
    if entry.name == "killed.txt":
        os.kill(os.getpid(), signal.SIGKILL)
    if entry.name == "defect.txt":
        raise ZeroDivisionError("a defect")
    return real(entry, cache, on_page)


@pytest.mark.parametrize(
    ("name", "code", "said"),
    [
        ("hang.txt", "timeout", "2 seconds"),
        ("crash.txt", "crash", "segmentation fault"),
        ("defect.txt", "internal_error", "defect"),
    ],
)
def test_a_document_that_hangs_or_crashes_its_worker_harms_no_other(name, code, said, tmp_path, out, monkeypatch):
    for other in ("a.txt", "b.txt", name):
        write_report(tmp_path / "in" / other)
    monkeypatch.setattr(namndata.pipeline, "read_document", die_or_read)
    database = build(tmp_path / "in", out, jobs=2, time_limit=2).database
    assert statuses(database) == {"a.txt": "ok", "b.txt": "ok", name: "failed"}
    [(found, message)] = rows(database, "select code, message from problems")
    assert found == code
    assert said in message
    assert build(tmp_path / "in", out, time_limit=2).read == ()


def test_a_document_whose_worker_was_killed_is_read_by_the_next_run(tmp_path, out, monkeypatch):
    for name in ("a.txt", "killed.txt"):
        write_report(tmp_path / "in" / name)
    with monkeypatch.context() as patched:
        patched.setattr(namndata.pipeline, "read_document", die_or_read)
        assert statuses(build(tmp_path / "in", out).database) == {"a.txt": "ok", "killed.txt": "failed"}
    again = build(tmp_path / "in", out)
    assert [result.source.path for result in again.read] == ["killed.txt"]
    assert statuses(again.database) == {"a.txt": "ok", "killed.txt": "ok"}
    assert build(tmp_path / "in", out).read == ()


def test_a_document_without_records_is_partial(tmp_path, out):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "prose.txt").write_text("Nämnden har ett uppdrag.\n" * 3, encoding="utf-8")
    database = build(tmp_path / "in", out).database
    assert rows(database, "select status from documents") == [("partial",)]
    assert ("nothing_found",) in rows(database, "select code from problems")


def test_an_out_that_cannot_be_written_to_is_said_in_one_line(corpus, tmp_path, monkeypatch):
    (tmp_path / "file").touch()
    with pytest.raises(UsageError, match="cannot be made"):
        build(corpus, tmp_path / "file")
    monkeypatch.setattr(os, "access", lambda path, mode: not mode & os.W_OK)
    with pytest.raises(UsageError, match="cannot be written to"):
        build(corpus, tmp_path / "locked")


def test_the_log_tells_when_each_run_was_and_what_became_of_each_report(tmp_path, out):
    write_report(tmp_path / "in" / "budget.txt")
    (tmp_path / "in" / "tom.pdf").touch()
    for _ in range(2):
        build(tmp_path / "in", out)
    lines = [line.split("  ", 1) for line in (out / "run.log").read_text(encoding="utf-8").splitlines()]
    assert all(time.strptime(when, "%Y-%m-%d %H:%M:%S") for when, _ in lines)
    began, *read, written = (said for _, said in lines)
    assert began == f"namndata {__version__} began: 2 reports, 2 to read"
    assert sorted(" ".join(said.split()[:2]) for said in read) == ["failed tom.pdf", "ok budget.txt"]
    assert "is empty; fetch or export the report again" in next(said for said in read if "tom.pdf" in said)
    assert written.startswith("corpus.sqlite was written")


def test_a_report_of_words_alone_says_which_headers_want_teaching(tmp_path, out):
    (tmp_path / "in").mkdir()
    table = "# Plan 2022\n\n| Insatsområde | Beskrivning |\n|---|---|\n| Trygga barn | Alla ska vara trygga |\n"
    (tmp_path / "in" / "plan.md").write_text(table, encoding="utf-8")
    found = rows(build(tmp_path / "in", out).database, "select message from problems where code = 'nothing_found'")
    assert [message.endswith("means: 'Insatsområde', 'Beskrivning'.") for (message,) in found] == [True]


def test_a_folder_without_reports_is_said_in_one_line(tmp_path, out):
    with pytest.raises(NamndataError, match="no report"):
        build(tmp_path, out)
