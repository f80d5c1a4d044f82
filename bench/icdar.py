"""Scores table reading on the ICDAR 2013 competition's data, beside the libraries that it builds on.

    python bench/icdar.py ../shared/score/icdar.py

Each reader runs in its own process. The scorer finds the data itself: `icdar2013` beside its own folder.
"""

from __future__ import annotations

import argparse
import importlib.util
import subprocess
import sys
import time
import types
import warnings
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "src"))

from extract.readers import read_file  # noqa: E402  # needs the path above
from schema.layout import Cell, Table  # noqa: E402
from schema.problem import UnreadableDocument  # noqa: E402

READERS = ("namndata", "pdfplumber", "camelot-lattice", "camelot-hybrid")
Parts = list[dict[str, Any]]
"""A document's tables as the scorer wants them, page by page."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("scorer", type=Path)
    parser.add_argument("--reader", choices=READERS, help="run one reader in this process; without it all are run")
    parser.add_argument("--each", action="store_true", help="one line a document, the worst first")
    options = parser.parse_args()
    if options.reader:
        score(options.reader, options.scorer, each=options.each)
        return
    for reader in READERS:
        each = ["--each"] if options.each else []
        subprocess.run([sys.executable, __file__, str(options.scorer), "--reader", reader, *each], check=True)


def score(reader: str, scorer_path: Path, *, each: bool) -> None:
    scorer = load_scorer(scorer_path)
    truth = scorer.gt_index()
    read = {"namndata": read_ours, "pdfplumber": read_pdfplumber}.get(reader, read_camelot(reader.split("-")[-1]))
    found, pages, start = {}, 0, time.process_time()
    for path in map(Path, truth):
        found[path.name], number = read(path)
        pages += number
    spent = time.process_time() - start
    results = scorer.evaluate(found, truth)
    total = scorer.summary(results)["ALL"]
    if each:
        for name, r in sorted(results.items(), key=lambda item: item[1]["P"] + item[1]["R"]):
            print(f"{name:<14} P {r['P']:.2f} R {r['R']:.2f}  tables {r['ngt']}  found {r['npred']}  false {r['fp']}")
    print(
        f"{reader:<16} F1 {total['F1']:.3f}  P {total['P']:.3f}  R {total['R']:.3f}  "
        f"tables found {total['hit']} of {total['gt_tables']}, {total['fp']} false  {1000 * spent / pages:.1f} ms/page",
        flush=True,
    )


def read_pdfplumber(path: Path) -> tuple[Parts, int]:
    import pdfplumber

    with pdfplumber.open(path) as pdf:
        found = [{"page": page.page_number, "grid": grid} for page in pdf.pages for grid in page.extract_tables()]
        return found, len(pdf.pages)


def read_camelot(flavour: str) -> Callable[[Path], tuple[Parts, int]]:
    def read(path: Path) -> tuple[Parts, int]:
        import camelot
        import pypdfium2

        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tables = camelot.read_pdf(str(path), pages="all", flavor=flavour)
        return [{"page": t.page, "grid": t.df.values.tolist()} for t in tables], len(pypdfium2.PdfDocument(path))

    return read


def load_scorer(path: Path) -> Any:
    """The scorer as a module; it reads its XML with lxml, for which the standard library stands in."""
    lxml = types.ModuleType("lxml")
    lxml.etree = ElementTree  # type: ignore[attr-defined]
    sys.modules.setdefault("lxml", lxml)
    spec = importlib.util.spec_from_file_location("icdar_scorer", path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def read_ours(path: Path) -> tuple[Parts, int]:
    """A document's tables page by page, as the scorer wants them, and its number of pages."""
    try:
        content = read_file(path)
    except UnreadableDocument:
        return [], 1
    return [part for table in content.tables for part in page_parts(table)], content.number_of_pages or 1


def page_parts(table: Table) -> list[dict[str, Any]]:
    """A table that crosses pages as one table a page."""
    pages = sorted({cell.page for cell in table.cells if cell.page})
    return [{"page": page, "cells": scored([c for c in table.cells if c.page == page])} for page in pages]


def scored(cells: list[Cell]) -> list[tuple[int, int, int, int, str]]:
    """The cells as printed: each line of their text, and their footnote marks."""
    first = min(cell.row for cell in cells)
    return [
        (c.row - first, c.row - first + c.row_span - 1, c.col, c.col + c.col_span - 1, " ".join((*c.lines, *c.markers)))
        for c in cells
    ]


if __name__ == "__main__":
    main()
