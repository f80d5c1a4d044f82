"""The command line: arguments, progress, summaries and exit codes.

With the other modules called `cli_…` the only one that prints.
"""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from typer.exceptions import TyperException

from namndata import __version__
from namndata.cli_browse import browse
from namndata.cli_corrections import corrections
from namndata.cli_doctor import doctor
from namndata.cli_export import export
from namndata.cli_kolada import kolada
from namndata.cli_lines import lines
from namndata.cli_names import names
from namndata.cli_report import report, sample
from namndata.cli_summary import header_lines, summary_lines
from namndata.cluster.folders import SEPARATOR, local_folders
from namndata.disk.refused import make_place_for, why_refused
from namndata.errors import FAILED, MISUSED, OK, NamndataError, UsageError, printable
from namndata.evaluate.calibration import TRUSTED, Calibration
from namndata.language.chosen import choose, named, say
from namndata.language.terminal import Terminal, inert, speaking
from namndata.progress.shown import Shown
from namndata.run.batch import TIME_LIMIT
from namndata.run.build import Build, Options, Watcher, build_corpus
from namndata.run.findings import Finding, findings_of, github_lines, write_json, write_junit
from namndata.run.summary import Summary, summarise
from namndata.sample.gold import gold_line
from namndata.sample.measure import measure_errors
from namndata.store.access import DATABASE, existing_corpus, remember_reports
from schema.records import CellValue
from schema.result import DocumentResult

if TYPE_CHECKING:
    from namndata.evaluate.score import Score

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.add_typer(names, name="names")
app.add_typer(corrections, name="corrections")
app.add_typer(kolada, name="kolada")
app.add_typer(lines, name="lines")
app.command()(browse)
app.command()(doctor)
app.command()(export)
app.command()(report)
app.command()(sample)
console = Terminal(highlight=False)
complaints = Terminal(stderr=True, highlight=False)

INTERRUPTED = 130
"""What shells expect of a command that Ctrl-C ended."""
STATUS_WIDTH = 8
"""Letters of the column of statuses."""
STATUS_STYLES = {"ok": "green", "partial": "yellow", "failed": "red"}


def show_version(wanted: bool) -> None:
    """Print the version and end."""
    if wanted:
        print(f"namndata {__version__}")
        raise typer.Exit


@app.callback()
def begin(
    version: Annotated[
        bool, typer.Option("--version", callback=show_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    """Turns a folder of Swedish municipal committee reports into a queryable SQLite corpus."""


@app.command()
def extract(
    corpus: Annotated[str, typer.Argument(help="Folder that holds the reports, or its address.")] = "corpus",
    out: Annotated[str, typer.Option(help="Folder that corpus.sqlite is written to, or its address.")] = "out",
    jobs: Annotated[int, typer.Option(min=0, help="Worker processes; 0 for one per processor.")] = 0,
    time_limit: Annotated[
        float, typer.Option(min=1, help="Seconds for one page, after which its document is given up.")
    ] = TIME_LIMIT,
    cluster: Annotated[str, typer.Option(help="Address of a Dask scheduler whose workers read.")] = "",
    fresh: Annotated[bool, typer.Option("--fresh", help="Read everything again, also what is known.")] = False,
    strict: Annotated[
        bool, typer.Option("--strict", help="Exit 1 also when a check failed or a problem was found.")
    ] = False,
    json_file: Annotated[Path | None, typer.Option("--json", help="Write the summary and findings as JSON.")] = None,
    junit: Annotated[Path | None, typer.Option(help="Write reports and findings as JUnit's XML.")] = None,
    github: Annotated[bool, typer.Option("--github", help="Print findings as annotations of GitHub.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="Print nothing but what went wrong.")] = False,
) -> None:
    """Read every report under CORPUS and write OUT/corpus.sqlite."""
    console.quiet = quiet
    for file in filter(None, (json_file, junit)):
        make_place_for(file)
    shown = Shown(console)
    try:
        with local_folders(corpus, out) as (reports, folder), shown.bar:
            build = build_corpus(reports, folder, Options(jobs, time_limit, fresh, cluster), watcher_of(shown))
    except KeyboardInterrupt:
        complaints.print()  # what was interrupted stands on a line of its own
        complaints.print(shown.kept())
        raise typer.Exit(INTERRUPTED) from None
    if SEPARATOR not in corpus:  # what is decided beside a copy of an address would be lost with it
        remember_reports(folder, reports)
    summary = summarise(build.database)
    show_summary(build, summary)
    if (measured := measure_errors(reports)) and measured.whole.judged:
        console.print(f"{say('Sample'):10} {say(measured.whole.line())}")
        for rate in (*measured.by_kind, *measured.by_band):
            console.print(f"{'':10} {say(rate.line())}")
    console.print(f"{say('Gold'):10} {say(gold_line())}", soft_wrap=True)
    for line in header_lines(summary, reports):
        console.print(line, soft_wrap=True)
    findings = findings_of(build.database) if strict or json_file or junit or github else []
    if json_file:
        write_json(json_file, summary, build.database, findings)
    if junit:
        write_junit(junit, build.database, findings, strict=strict)
    for line in github_lines(build.database, findings) if github else ():
        print(line)
    if quiet:
        for path, message in summary.failed:
            complaints.print(f"{status_shown('failed')} {inert(path)}: {inert(message)}", soft_wrap=True)
    if strict:
        show_findings(findings)
    raise typer.Exit(extract_exit_code(summary, strict=strict))


def show_findings(findings: Sequence[Finding]) -> None:
    """Print what fails a strict run: each check with its page and figures, and each problem."""
    for finding in findings:
        complaints.print(inert(finding.told), soft_wrap=True)
    if findings:
        failing = sum(finding.what == "check" for finding in findings)
        complaints.print(f"{failing} checks that fail and {len(findings) - failing} problems make a strict run fail.")


def extract_exit_code(summary: Summary, *, strict: bool) -> int:
    """Return 1 when a document failed; what the reports themselves print wrong counts only with `strict`."""
    if summary.documents["failed"] or not summary.documents_read:
        return FAILED
    return FAILED if strict and (summary.checks_failed or summary.problems) else OK


def watcher_of(shown: Shown) -> Watcher:
    """Return what shows each page as it is begun and each document as it is done."""

    def begin(documents: int, todo: int) -> None:
        console.print(f"{documents} reports, {todo} to read.")

    def done(result: DocumentResult, seconds: float) -> None:
        shown.done(result.source.document)
        console.print(document_line(result, seconds), soft_wrap=True)

    def hear(line: str) -> None:
        console.print(inert(line), soft_wrap=True)

    return Watcher(begin, shown.sized, shown.at, done, shown.writing, hear)


def document_line(result: DocumentResult, seconds: float) -> str:
    """Return one line about a document that was worked on."""
    if result.status == "failed":
        what = inert(" ".join(problem.message for problem in result.problems))
    else:
        pages = f"{result.number_of_pages} pages, " if result.number_of_pages else ""
        values = len(result.records_of(CellValue))
        what = f"{pages}{len(result.tables)} tables, {values} values, {seconds:.1f} s"
    return f"{status_shown(result.status, STATUS_WIDTH)} {inert(result.source.path)}: {what}"


def status_shown(status: str, width: int = 0) -> str:
    """Return how reading a report went, in its colour and in the chosen language, as wide as others in a column."""
    return f"[{STATUS_STYLES[status]}]{named('reading', status):{width}}[/]"


def show_summary(build: Build, summary: Summary) -> None:
    """Print what the corpus holds and what to look at."""
    for name, value in summary_lines(build, summary):
        console.print(f"{say(name):10} {inert(say(value))}", soft_wrap=True)
    if not build.read:
        for path, message in summary.failed:
            console.print(f"{status_shown('failed', STATUS_WIDTH)} {inert(path)}: {inert(message)}", soft_wrap=True)


@app.command()
def evaluate(
    database: Annotated[Path, typer.Argument(help="The corpus.")] = Path("out") / DATABASE,
    gold: Annotated[Path, typer.Option(help="Folder with the gold records.")] = Path("tests/gold"),
    show: Annotated[int, typer.Option(min=0, help="Errors to list for each document.")] = 0,
    raise_floors: Annotated[
        bool, typer.Option("--raise-floors", help="Write the scores to floors.json where they are higher.")
    ] = False,
) -> None:
    """Score the corpus against gold: what a perfect reading of each report contains; exit 1 below a floor."""
    from namndata.evaluate.corpus import evaluate_corpus
    from namndata.evaluate.floors import write_floors

    report = evaluate_corpus(existing_corpus(database), gold)
    for line in score_lines((*report.scores, *report.totals)):
        console.print(line, soft_wrap=True)
    console.print(calibration_line(report.calibration), soft_wrap=True)
    for score in report.scores:
        for line in score.errors[:show]:
            console.print(inert(f"{score.document}: {line}"), soft_wrap=True)
    for stem in report.unmatched:
        console.print(f"[red]{inert(stem)}: the corpus holds no such document[/]")
    if raise_floors:
        write_floors(gold, report.scores)
    raise typer.Exit(FAILED if report.has_failed else OK)


def score_lines(scores: Sequence[Score]) -> Iterator[str]:
    """Return a heading for each document, a line for each kind of record, and the fields that fall short."""
    document = ""
    for score in scores:
        if score.document != document:
            document = score.document
            yield f"[bold]{inert(document)}[/]"
        below = f"  [red]below its floor {score.floor:.3f}[/]" if score.is_below_floor else ""
        if not score.attribute and not score.wanted + score.found:
            yield f"  {score.kind:12} n    0  none in gold and none found"
        elif not score.attribute:
            figures = f"P {score.precision:.3f}  R {score.recall:.3f}  F1 {score.f1:.3f}"
            yield f"  {score.kind:12} n {score.wanted:4}  {figures}{below}"
        elif score.right < score.wanted or below:
            yield f"    {score.attribute:17} right {score.recall:.3f}{below}"


def calibration_line(calibration: Calibration) -> str:
    """Return what confidence was worth; see docs/confidence.md."""
    if not calibration.values:
        return "  confidence   gold judges no value of this corpus"
    trusted = f"{calibration.trusted} of {calibration.values} values at {TRUSTED} or above"
    share = calibration.right_when_trusted
    right = "none to judge" if share is None else f"{share:.4f} of them right"
    found = f"{calibration.errors_in_review} of {calibration.errors} errors in the first tenth of review_list"
    return f"  confidence   {trusted}, {right}; {found}"


@app.command()
def diff(
    old: Annotated[Path, typer.Argument(help="The earlier corpus, or a document with --database.")],
    new: Annotated[Path, typer.Argument(help="The later corpus, or a document with --database.")],
    show: Annotated[int, typer.Option(min=0, help="Lines to print for each document.")] = 50,
    format_: Annotated[str, typer.Option("--format", help="text, md (Markdown) or json.")] = "text",
    database: Annotated[
        Path | None, typer.Option(help="Compare two documents of this corpus, such as two editions of a report.")
    ] = None,
) -> None:
    """Say which reports and values differ between two corpora or documents; exit 1 when any does."""
    from namndata.store.diff import compare_corpora, compare_documents
    from namndata.store.diff_shown import FORMATS, as_json, as_markdown, as_text

    if format_ not in FORMATS:
        raise UsageError(f"--format {format_} is none of {', '.join(FORMATS)}.")
    if database:
        found = compare_documents(existing_corpus(database), str(old), str(new))
    else:
        found = compare_corpora(existing_corpus(old), existing_corpus(new))
    if format_ == "text":
        for line in as_text(found, show):
            console.print(inert(line), soft_wrap=True)
        total = sum(map(len, found.changes.values()))
        console.print(f"Values that differ: {total}." if found else "No differences.")
    else:
        print(as_json(found) if format_ == "json" else "\n".join(as_markdown(found, show)).strip())
    raise typer.Exit(FAILED if found else OK)


@app.command()
def cite(
    value: Annotated[str, typer.Argument(help="Id of a value, as in the columns id and value_id.")],
    database: Annotated[Path, typer.Option(help="The corpus.")] = Path("out") / DATABASE,
) -> None:
    """Print what a value is cited as: whose report, date, page, table, row, column, and where it was fetched."""
    from namndata.store.cite import cite_value

    for name, text in cite_value(existing_corpus(database), value):
        print(f"{named('cited', name) + ':':16}{printable(text)}")


@app.command()
def dictionary() -> None:
    """Print the data dictionary in Markdown: every table, view and column of the corpus."""
    from namndata.store.dictionary import as_markdown

    print(as_markdown(), end="")


def error_line(error: Exception) -> str:
    """Return an error as the terminal shows it."""
    return f"[red]{say('Error:')}[/] {inert(say(str(error)))}"


def where_used(error: TyperException) -> str:
    """Return the command, as it was called, that an error of its arguments is about."""
    context = getattr(error, "ctx", None)
    return context.command_path if context else "namndata"


def main() -> None:
    """Run the command line; an error is said in one line."""
    try:
        arguments = choose(sys.argv[1:])
        command = typer.main.get_command(app)
        speaking(command)
        sys.exit(command(arguments, prog_name="namndata", standalone_mode=False))
    except TyperException as error:
        if what := error.format_message():  # empty where a group's help was printed
            complaints.print(
                f"{error_line(UsageError(what))} {say(f'See `{where_used(error)} --help`.')}", soft_wrap=True
            )
        sys.exit(MISUSED)
    except NamndataError as error:
        complaints.print(error_line(error), soft_wrap=True)
        sys.exit(error.exit_code)
    except sqlite3.DatabaseError as error:
        remedy = "If another version of namndata wrote the corpus, run `make extract` again."
        complaints.print(f"{error_line(error)}. {say(remedy)}", soft_wrap=True)
        sys.exit(FAILED)
    except OSError as error:
        complaints.print(error_line(why_refused(error)), soft_wrap=True)
        sys.exit(FAILED)
