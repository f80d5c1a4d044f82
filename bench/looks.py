"""Scores the reading of the example reports in looks that they are not printed in.

Every source is set in each look of Typst and, where it is installed, of LibreOffice: python bench/looks.py
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).parent.parent
SOURCES = ROOT / "corpus" / "sources"
sys.path.insert(0, str(SOURCES))

import with_typst  # noqa: E402
import with_writer  # noqa: E402
from source import Report, Table, read_report  # noqa: E402


def main() -> None:
    reports = [read_report(path) for path in sorted((SOURCES / "reports").glob("*.rapport"))]
    reports = [report for report in reports if "copy_of" not in report.facts]
    looks = [("typst", look) for look in with_typst.LOOKS]
    looks += [("writer", look) for look in with_writer.LOOKS] if with_writer.is_installed() else []
    for setter, look in looks:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            (folder / "pdf").mkdir()
            typeset(setter, [in_look(report, look) for report in reports], folder / "pdf")
            print(f"{setter} {look}")
            print(scores(folder))


def in_look(report: Report, look: str) -> Report:
    """The report with all its tables in one look."""
    blocks = [
        replace(block, options={k: v for k, v in block.options.items() if k != "look"})
        if isinstance(block, Table)
        else block
        for block in report.blocks
    ]
    return replace(report, facts={**report.facts, "look": look}, blocks=blocks)


def typeset(setter: str, reports: list[Report], folder: Path) -> None:
    if setter == "writer":
        with_writer.typeset_all(reports, folder)
        return
    for report in reports:
        (folder / f"{report.stem}.pdf").write_bytes(with_typst.typeset(report))


def scores(folder: Path) -> str:
    """The evaluation's figures over all reports of a folder."""
    namndata = [sys.executable, "-m", "namndata"]
    (folder / "gold").mkdir()
    for pdf in (folder / "pdf").glob("*.pdf"):
        shutil.copy(ROOT / "tests" / "gold" / f"{pdf.stem}.json", folder / "gold")
    subprocess.run([*namndata, "extract", folder / "pdf", "--out", folder / "out"], capture_output=True, check=False)
    evaluate = [*namndata, "evaluate", folder / "out" / "corpus.sqlite", "--gold", folder / "gold"]
    printed = subprocess.run(evaluate, capture_output=True, text=True, check=False).stdout
    return printed[printed.index("\nall\n") + 5 :]


if __name__ == "__main__":
    main()
