"""Scores table reading on the ICDAR 2013 competition's data with the scorer that lies beside it.

    python bench/icdar.py ../shared/score/icdar.py [--each]

The scorer finds the data itself: `icdar2013` beside its own folder.
"""

from __future__ import annotations

import argparse
import importlib.util
import sys
import time
import types
import xml.etree.ElementTree as ElementTree
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "src"))

from extract.documents import identify  # noqa: E402  # needs the path above
from extract.pdf import read_pdf  # noqa: E402
from schema.layout import Cell, Table  # noqa: E402
from schema.problem import UnreadableDocument  # noqa: E402


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("scorer", type=Path)
    parser.add_argument("--each", action="store_true", help="one line a document, the worst first")
    options = parser.parse_args()
    scorer = load_scorer(options.scorer)
    truth = scorer.gt_index()
    found, pages, start = {}, 0, time.process_time()
    for path in map(Path, truth):
        tables, number = read_tables(path)
        found[path.name] = tables
        pages += number
    spent = time.process_time() - start
    results = scorer.evaluate(found, truth)
    total = scorer.summary(results)["ALL"]
    if options.each:
        for name, r in sorted(results.items(), key=lambda item: item[1]["P"] + item[1]["R"]):
            print(f"{name:<14} P {r['P']:.2f} R {r['R']:.2f}  tables {r['ngt']}  found {r['npred']}  false {r['fp']}")
    print(
        f"F1 {total['F1']:.3f}  P {total['P']:.3f}  R {total['R']:.3f}  "
        f"tables found {total['hit']} of {total['gt_tables']}, {total['fp']} false  {1000 * spent / pages:.1f} ms/page"
    )


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


def read_tables(path: Path) -> tuple[list[dict[str, Any]], int]:
    """A document's tables page by page, as the scorer wants them, and its number of pages."""
    try:
        content = read_pdf(identify(path, path.parent), path)
    except UnreadableDocument:
        return [], 1
    return [part for table in content.tables for part in page_parts(table)], content.number_of_pages or 1


def page_parts(table: Table) -> list[dict[str, Any]]:
    """A table that crosses pages as one table a page."""
    pages = sorted({cell.page for cell in table.cells if cell.page})
    return [{"page": page, "cells": scored([c for c in table.cells if c.page == page])} for page in pages]


def scored(cells: list[Cell]) -> list[tuple[int, int, int, int, str]]:
    first = min(cell.row for cell in cells)
    return [
        (c.row - first, c.row - first + c.row_span - 1, c.col, c.col + c.col_span - 1, " ".join(c.lines)) for c in cells
    ]


if __name__ == "__main__":
    main()
