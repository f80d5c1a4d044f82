"""What a run says at its end: what the corpus holds, what to look at, and how to teach unknown headers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from namndata.language.terminal import inert
from namndata.run.build import Build
from namndata.run.headers import COLUMNS, LIST
from namndata.run.summary import Summary
from namndata.run.words import OWN_FOLDER

IGNORED_SHOWN = 5
"""Ignored files that the summary names."""
HEADERS_SHOWN = 10
"""Unknown headers that the summary names."""


def summary_lines(build: Build, summary: Summary) -> list[tuple[str, str]]:
    """Return the summary's names and values."""
    documents = ", ".join(f"{count} {status}" for status, count in summary.documents.items())
    records = ", ".join(f"{count} {name.replace('_', ' ')}" for name, count in summary.records.items())
    problems = ", ".join(f"{count} {code}" for code, count in summary.problems.items()) or "none"
    lines = [
        ("Documents", documents),
        ("Records", records),
        ("Checks", f"{summary.checks_passed} hold, {summary.checks_failed} fail"),
        ("Revised", f"{summary.revised} outcomes differ from an earlier report's"),
        ("Targets", f"{summary.judged} of {summary.targets} known to be met or not"),
        ("Problems", problems),
        ("Numbers", f"{summary.numbers}, of which {summary.unaccounted} unaccounted for"),
        ("This run", run_line(build)),
        ("Corpus", str(build.database)),
    ]
    if summary.linked or summary.proposed:
        lines.insert(5, ("Kolada", kolada_line(summary)))
    ignored = build.archive.ignored
    if ignored:
        shown = ", ".join(ignored[:IGNORED_SHOWN]) + (" …" if len(ignored) > IGNORED_SHOWN else "")
        lines.insert(1, ("Ignored", f"{len(ignored)} other files: {shown}"))
    return lines


def header_lines(summary: Summary, corpus: Path) -> Iterator[str]:
    """Return how to teach the headers that no list knows: the rows to add, and to which file."""
    if not summary.unknown:
        return
    path = corpus / OWN_FOLDER / f"{LIST}.csv"
    start = "" if path.is_file() else f" (new; its first line: {COLUMNS})"
    yield inert(f"Words      {len(summary.unknown)} headers are in no list. Add what they mean to {path}{start}:")
    for unknown in summary.unknown[:HEADERS_SHOWN]:
        reports = f"{unknown.documents} reports, first {unknown.first}" if unknown.documents > 1 else unknown.first
        yield inert(f"           {unknown.row}    if {unknown.header!r} is that ({reports})")
    if len(summary.unknown) > HEADERS_SHOWN:
        yield f"           … and {len(summary.unknown) - HEADERS_SHOWN} more: `problems` with the code unknown_header"


def kolada_line(summary: Summary) -> str:
    """Return how many indicators are national ones, and how many of their outcomes are the official values."""
    linked = f"{summary.linked} indicators linked, {summary.proposed} may be"
    if not summary.compared:
        return linked
    return f"{linked}; {summary.agreeing} of {summary.compared} linked outcomes agree with official values"


def run_line(build: Build) -> str:
    """Return what the run read and how long it took."""
    if not build.read:
        return f"nothing new to read, {build.seconds:.1f} s"
    speed = f", {build.pages} pages, {build.pages / build.seconds:.1f} pages/s" if build.pages else ""
    only_pages = all(result.number_of_pages for result in build.read)
    per_page = f" ({build.cpu / build.pages:.3f} s/page)" if only_pages else ""
    return f"{len(build.read)} documents read in {build.seconds:.1f} s{speed}, CPU {build.cpu:.1f} s{per_page}"
