"""Measures how the text that converters leave of PDFs is read: pdfium's own, and `pdftotext` plain, -raw and -layout.

The way `joined` is `-layout` with the lines between two blank ones joined, as archives of texts keep them.

    python bench/dumps.py ../shared [--only WORD] [--way WAY] [--keep FOLDER]

The folder holds PDFs (`real/`, `archive-pdf/`) and gold of some of them (`gold/`). Every PDF is dumped in each way and
read; those with gold are scored: the F1 of cells and of amounts, and of the values that are said to be sure the share
that is wrong. Gold whose figures the PDF shows as pictures is left out. Skips what the machine lacks: the folder, or
`pdftotext`.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pypdfium2

sys.path.insert(0, str(Path(__file__).parents[1] / "src"))

from namndata.evaluate.corpus import evaluate_corpus
from namndata.evaluate.gold import wanted_amounts, wanted_cells
from namndata.evaluate.match import Row, fold_raw
from namndata.evaluate.score import Report
from namndata.run.build import Options, Watcher, build_corpus

FOLDERS = ("real", "archive-pdf")
TIME_LIMIT = 120.0
"""Seconds a page or text may take before it is given up."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="folder with real/, archive-pdf/ and gold/")
    parser.add_argument("--only", default="", help="only the PDFs with this in their name")
    parser.add_argument("--way", action="append", help="only these ways: pdfium, plain, raw, layout, joined")
    parser.add_argument("--show", type=int, default=0, help="errors to list for each document")
    parser.add_argument("--keep", type=Path, help="where the dumps, gold and corpora are left")
    options = parser.parse_args()
    paths = [p for name in FOLDERS for p in sorted((options.folder / name).glob("*.pdf")) if options.only in p.name]
    if not paths:
        print(f"{options.folder} holds no PDFs: nothing is measured")
        return 0
    for name, dump in WAYS.items():
        if options.way and name not in options.way:
            continue
        if name != "pdfium" and not shutil.which("pdftotext"):
            print(f"{name:8} skipped: pdftotext is not installed")
            continue
        with contextlib.ExitStack() as stack:
            scratch = options.keep or Path(stack.enter_context(tempfile.TemporaryDirectory()))
            measure(name, dump, paths, options.folder / "gold", scratch / name, options.show)
    return 0


def measure(name: str, dump: Callable[[Path], str], paths: list[Path], gold: Path, folder: Path, show: int) -> None:
    """Dump, read and score, and print a line."""
    texts, truths = folder / "texts", folder / "gold"
    for part in (texts, truths):
        part.mkdir(parents=True, exist_ok=True)
    for path in paths:
        text = dump(path)
        (texts / f"{path.stem}.txt").write_text(text, encoding="utf-8")
        truth = next((g for g in sorted(gold.glob("*.json")) if path.stem.startswith(g.stem)), None)
        if truth and is_printed(json.loads(truth.read_text(encoding="utf-8")), text):
            shutil.copy(truth, truths / f"{path.stem}.json")
    started = time.monotonic()
    build = build_corpus(texts, folder / "out", Options(time_limit=TIME_LIMIT), Watcher())
    report = evaluate_corpus(build.database, truths)
    for score in report.scores:
        for line in score.errors[:show]:
            print(f"    {score.document}: {line}")
    print(f"{name:8} {summary(report)}  {len(paths)} texts, {time.monotonic() - started:.0f} s", flush=True)


def is_printed(truth: Row, text: str) -> bool:
    """Whether the text holds most of the figures that gold asks for: the others stand in pictures."""
    printed = fold_raw(text)
    wanted = [fold_raw(row["raw"]) for row in (*wanted_cells(truth), *wanted_amounts(truth))]
    return 2 * sum(raw in printed for raw in wanted) > len(wanted)


def summary(report: Report) -> str:
    """The F1 of each kind of record, and how many of the sure values are wrong."""
    totals = [total for total in report.totals if not total.attribute and total.wanted]
    shown = "  ".join(f"{total.name} {total.f1:.3f} ({total.right} of {total.wanted})" for total in totals)
    calibration = report.calibration
    return f"{shown}  sure {calibration.trusted}, of which wrong {calibration.trusted_errors}"


def by_pdfium(path: Path) -> str:
    """Pdfium's own text, page after page."""
    with contextlib.closing(pypdfium2.PdfDocument(path)) as document:
        pages = [document[number].get_textpage().get_text_bounded() for number in range(len(document))]
    return "\n".join(page.replace("\r\n", "\n") for page in pages)


def by_pdftotext(*options: str) -> Callable[[Path], str]:
    """What `pdftotext` writes."""

    def dump(path: Path) -> str:
        command = ["pdftotext", *options, str(path), "-"]
        return subprocess.run(command, check=True, capture_output=True).stdout.decode()

    return dump


def by_joined(path: Path) -> str:
    """What `pdftotext -layout` writes, each run of lines in one, without the spaces before them."""
    blocks = re.split(r"\n[ ]*\n", by_pdftotext("-layout")(path))
    return "\n\n".join(" ".join(line.strip(" ") for line in block.split("\n")) for block in blocks)


WAYS: dict[str, Callable[[Path], str]] = {
    "pdfium": by_pdfium,
    "plain": by_pdftotext(),
    "raw": by_pdftotext("-raw"),
    "layout": by_pdftotext("-layout"),
    "joined": by_joined,
}

if __name__ == "__main__":
    sys.exit(main())
