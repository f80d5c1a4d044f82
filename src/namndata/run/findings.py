"""What a run found, for programs: JSON, JUnit's XML, and annotations of GitHub; what fails a strict run, in lines."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path
from xml.etree import ElementTree

from namndata import __version__
from namndata.beside import written_aside
from namndata.errors import printable
from namndata.language.chosen import say
from namndata.run.summary import Summary
from namndata.store.access import open_corpus

FINDINGS = """
select d.path, 'check' as what, c.kind as code, 'warning' as severity,
  coalesce((select min(page) from cells x where x.table_id = c.table_id and x.row = json_extract(c.cells, '$[0][0]')
    and x.col = json_extract(c.cells, '$[0][1]')), t.page) as page, c.expected, c.actual, c.message
from checks c
join documents d using (document)
left join tables t using (table_id)
where c.status = 'fail'
union all
select ifnull(d.path, ''), 'problem', p.code, p.severity, p.page, null, null, p.message
from problems p
left join documents d using (document)
where p.severity != 'info'
order by 1, 2, 5, 3, 8
"""
"""Every check that fails and every problem, with report and page."""

OF_NO_REPORT = "corpus"
"""What a finding of no report stands under, such as a correction that fits no cell."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that a strict run fails for."""

    path: str
    what: str
    """`check` or `problem`."""
    code: str
    severity: str
    page: int | None
    expected: float | None
    """What the other figures of a check come to."""
    actual: float | None
    """What is printed."""
    message: str

    @property
    def line(self) -> str:
        """The finding in one line, with its figures; a check's message names them."""
        path = self.path or OF_NO_REPORT
        place = path if self.page is None else f"{path}, page {self.page}"
        return f"{place}: {self.code}: {self.message}"

    @property
    def told(self) -> str:
        """The same in the language of the terminal: the message is said by itself, whatever stands before it."""
        return f"{say(self.line.removesuffix(self.message))}{say(self.message)}"


def findings_of(database: Path) -> list[Finding]:
    """Return what a strict run fails for, by report and page."""
    with closing(open_corpus(database)) as db:
        return [Finding(*row) for row in db.execute(FINDINGS)]


def documents_of(database: Path) -> list[dict[str, object]]:
    """Return the reports with their status."""
    with closing(open_corpus(database)) as db:
        db.row_factory = sqlite3.Row
        query = "select document, path, sha256, status, message, pages from documents order by path"
        return [dict(row) for row in db.execute(query)]


def write_json(path: Path, summary: Summary, database: Path, findings: Sequence[Finding]) -> None:
    """Write the summary of a corpus with its reports and findings."""
    said = {"version": __version__, **asdict(summary)}
    said |= {"reports": documents_of(database), "findings": [asdict(finding) for finding in findings]}
    with written_aside(path) as file:
        json.dump(said, file, ensure_ascii=False, indent=2)
        file.write("\n")


def write_junit(path: Path, database: Path, findings: Sequence[Finding], *, strict: bool) -> None:
    """Write a suite for each report: whether it could be read, and a case for each finding.

    A finding fails where the run is strict and is skipped, with its message, where it is not.
    """
    root = ElementTree.Element("testsuites", name="namndata")
    for report in documents_of(database):
        path_of, failed = str(report["path"]), report["status"] == "failed"
        suite = ElementTree.SubElement(root, "testsuite", name=clean(path_of))
        reading = ElementTree.SubElement(suite, "testcase", classname=clean(path_of), name="reading")
        if failed:
            ElementTree.SubElement(reading, "failure", message=clean(str(report["message"])))
        add_cases(suite, [finding for finding in findings if finding.path == path_of and not failed], strict=strict)
    if of_none := [finding for finding in findings if not finding.path]:
        add_cases(ElementTree.SubElement(root, "testsuite", name=OF_NO_REPORT), of_none, strict=strict)
    path.write_bytes(ElementTree.tostring(root, encoding="utf-8", xml_declaration=True))


def add_cases(suite: ElementTree.Element, findings: Sequence[Finding], *, strict: bool) -> None:
    """Add a case for each finding to a suite, and say how many there are."""
    for number, finding in enumerate(findings, start=1):
        name = clean(f"{finding.code} {number}")
        case = ElementTree.SubElement(suite, "testcase", classname=clean(finding.path or OF_NO_REPORT), name=name)
        ElementTree.SubElement(case, "failure" if strict else "skipped", message=clean(finding.line))
    count(suite)


def count(suite: ElementTree.Element) -> None:
    """Say on a suite how many cases it has, and how many fail or are skipped."""
    suite.set("tests", str(len(suite.findall("testcase"))))
    suite.set("failures", str(len(suite.findall("testcase/failure"))))
    suite.set("skipped", str(len(suite.findall("testcase/skipped"))))


def clean(text: str) -> str:
    """Return a text that XML can hold: hostile cells stay text."""
    return "".join(letter for letter in text if letter.isprintable())


def github_lines(database: Path, findings: Sequence[Finding]) -> Iterator[str]:
    """Return the lines that GitHub shows beside a run: reports that could not be read, then each finding."""
    for report in documents_of(database):
        if report["status"] == "failed":
            yield annotation("error", str(report["path"]), "reading", say(str(report["message"])))
    for finding in findings:
        yield annotation("warning", finding.path, finding.code, finding.told)


def annotation(level: str, path: str, title: str, message: str) -> str:
    """Return one annotation, escaped as GitHub asks."""
    file = f"file={in_property(path)}," if path else ""
    return f"::{level} {file}title={in_property(title)}::{in_message(message)}"


def in_message(text: str) -> str:
    """Return a text as a message of an annotation; what would steer a terminal with the log is a question mark."""
    return printable(text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A"))


def in_property(text: str) -> str:
    """Return a text as a property of an annotation."""
    return in_message(text).replace(":", "%3A").replace(",", "%2C")
