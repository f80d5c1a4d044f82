"""How far a run is: pages of pages, the time that is left, and what is kept when it is interrupted."""

import io

import pytest
from reports import write_report
from rich.console import Console
from typer.testing import CliRunner
from typeset import typeset

import namndata.cli
import namndata.progress.shown
from namndata.cli import app
from namndata.progress.reached import READ, SCANNED, Reached, part_done
from namndata.progress.shown import Shown, span
from namndata.progress.sizes import SCAN, Size, size_of
from namndata.run.archive import read_archive
from namndata.run.batch import Place
from namndata.run.build import Options, Watcher, build_corpus
from namndata.run.cache import Cache
from namndata.run.stages import with_kind

TABLE = "#table(columns: 3, [Nyckeltal], [Utfall 2020], [Mål 2021], [Andel trygga barn], [71], [75])"
SHAPE = '#rect(width: 200pt, height: 200pt, fill: rgb("ddd"))'


def entry_of(folder):
    [entry] = read_archive(folder, folder.parent / "out").entries
    return with_kind(entry, Cache(None))


def test_pages_are_counted_and_those_without_text_are_told(tmp_path):
    (tmp_path / "in").mkdir()
    typeset(tmp_path / "in", "\n#pagebreak()\n".join(["Text på sidan för den som läser.", SHAPE] * 2))
    (tmp_path / "in" / "report.typ").unlink()
    told = []
    size = size_of(entry_of(tmp_path / "in"), on_page=told.append)
    assert size == Size(4, 2.0) and size.effort == 4 + 2 * SCAN
    assert told == [1, 2, 3, 4]


def test_a_file_that_does_not_open_counts_as_a_page(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "broken.pdf").write_bytes(b"%PDF-1.7\nnothing")
    assert size_of(entry_of(tmp_path / "in"), on_page=lambda page: None) == Size()


@pytest.mark.parametrize("size", [Size(5), Size(5, 2.5), Size(5, 5.0), Size(1)])
def test_a_document_only_gets_on_page_by_page(size):
    places = [Place(page, step) for step in range(3) for page in range(1, size.pages + 1)]
    parts = [part_done(size, place) for place in places]
    assert parts[0] == 0 and parts == sorted(parts) and parts[-1] < 1


def test_most_of_a_scans_time_is_its_scanning():
    scan, text = Size(10, 10.0), Size(10)
    assert part_done(scan, Place(10, READ)) < 0.05 < 0.5 < part_done(text, Place(10, READ))
    assert part_done(scan, Place(10, SCANNED)) > 0.8


def test_a_document_that_is_read_again_does_not_go_back():
    reached = Reached({"a": Size(10), "b": Size(10)})
    for place in (Place(6, 2), Place(1, 0), Place(0, 0)):
        reached.at("a", place)
    assert (reached.pages, reached.all_pages) == (8, 20)
    reached.done("a")
    assert (reached.pages, reached.reports, reached.effort, reached.all_effort) == (10, 1, 10, 20)


def test_a_run_tells_each_page_and_step_and_that_it_writes(tmp_path):
    (tmp_path / "in").mkdir()
    typeset(tmp_path / "in", f"{TABLE}\n#pagebreak()\n{TABLE}")
    write_report(tmp_path / "in" / "a.txt")
    told, sizes = [], {}
    watcher = Watcher(
        sized=sizes.update,
        at=lambda document, place: told.append((document, *place)),
        done=lambda result, seconds: told.append((result.source.document, "done")),
        writing=lambda: told.append("writing"),
    )
    build_corpus(tmp_path / "in", tmp_path / "out", Options(jobs=1), watcher)
    assert sizes["report"] == Size(2)
    read = [
        ("report", 1, 0),
        ("report", 2, 0),
        ("report", 1, 2),
        ("report", 2, 2),
        ("report", 0, 0),
        ("report", "done"),
    ]
    assert [each for each in told if each[0] == "report"] == read
    assert told[-1] == "writing"


def shown_in(terminal):
    shown = Shown(Console(file=io.StringIO(), force_terminal=terminal, width=120))
    shown.sized({"a": Size(10), "b": Size(30)})
    return shown


def test_pages_reports_and_the_time_left_are_shown(monkeypatch):
    shown = shown_in(terminal=True)
    assert shown.said() == "0 of 40 pages, 0 of 2 reports"
    times = iter(range(0, 1000, 10))
    monkeypatch.setattr(shown.bar, "get_time", lambda: float(next(times)))
    monkeypatch.setattr(namndata.progress.shown, "FIRST_SECONDS", 0)
    monkeypatch.setattr(namndata.progress.shown, "BETWEEN_LOOKS", -1.0)
    for page in range(1, 11):
        shown.at("a", Place(page, 2))
    shown.done("a")
    said = shown.said()
    assert said.startswith("10 of 40 pages, 1 of 2 reports, ") and said.endswith(" left")
    shown.writing()
    assert shown.bar.tasks[shown.task].fields["said"] == "10 of 40 pages, 1 of 2 reports"


def test_pages_that_follow_at_once_change_the_bar_once():
    shown = shown_in(terminal=True)
    for page in range(1, 11):
        shown.at("a", Place(page, 2))
    assert shown.bar.tasks[shown.task].completed == 0 < shown.reached.effort


def test_the_longest_documents_are_begun_first_whatever_their_format(tmp_path):
    for name in ("short.txt", "long.txt", "short.pdf"):
        (tmp_path / name).write_bytes(
            b"%PDF-" if name.endswith("pdf") else b"a word " * (10_000 if "long" in name else 9)
        )
    begun = []
    monitor = Watcher(done=lambda result, seconds: begun.append(result.source.path))
    build_corpus(tmp_path, tmp_path / "out", Options(jobs=1), monitor)
    assert begun == ["long.txt", "short.pdf", "short.txt"]


def test_a_log_gets_a_line_a_minute_and_no_bar(monkeypatch):
    shown = shown_in(terminal=False)
    shown.at("a", Place(5, 2))
    assert "pages" not in shown.console.file.getvalue()
    monkeypatch.setattr(namndata.progress.shown, "BETWEEN_LINES", -1.0)
    shown.done("a")
    assert shown.console.file.getvalue().splitlines() == ["10 of 40 pages, 1 of 2 reports."]


@pytest.mark.parametrize(
    ("seconds", "said"), [(0, "0 s"), (59, "59 s"), (95, "2 min"), (3599, "1 h 0 min"), (5000, "1 h 23 min")]
)
def test_a_time_is_said_no_finer_than_it_is_known(seconds, said):
    assert span(seconds) == said


def test_an_interrupted_run_says_what_is_kept_on_a_line_of_its_own(monkeypatch):
    def interrupt(corpus, out, options, watcher):
        raise KeyboardInterrupt

    monkeypatch.setattr(namndata.cli, "build_corpus", interrupt)
    done = CliRunner().invoke(app, ["extract", "in", "--out", "out"])
    assert (done.exit_code, done.stderr) == (130, "\nInterrupted. The corpus is as it was.\n")
    shown = shown_in(terminal=False)
    shown.done("a")
    assert shown.kept() == (
        "Interrupted. The corpus is as it was; 1 of 2 reports were read and are kept for the next run."
    )
