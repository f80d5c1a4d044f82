"""How much of the gold numbers any table engine holds in one row (or column) with their label.

A judge of tables cannot choose what nobody proposes: python bench/oracle.py GOLD_FOLDER PDF_FOLDER [NAME ...]
Gold files are JSON records of a report's indicators and budget lines; a PDF is matched by its stem.
"""

from __future__ import annotations

import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pypdfium2 as pdfium
from rapidfuzz import fuzz

from extract.grid.aligned import find_aligned
from extract.grid.drawn.ruled import find_ruled
from extract.grid.libraries.camelots import find_camelot
from extract.grid.libraries.plumber import FastPage, plumber_grid
from extract.grid.model import Grid, grid_to_cells
from extract.page.model import PageParse
from extract.page.parse import parse_page
from extract.pdf import read_pdf
from schema.layout import Source

SAME_LABEL = 90.0
"""Similarity at which two labels are one, as where records are scored."""
ENGINES = ("ruled", "aligned", "pdfplumber", "camelot-lattice", "camelot-hybrid", "ours")

Lines = set[frozenset[str]]


class Number(NamedTuple):
    """A gold number, as printed, with its label and the table that it stands in."""

    table: str
    label: str
    raw: str


def main() -> None:
    gold_folder, pdf_folder, *names = map(Path, sys.argv[1:])
    wanted = {name.name for name in names}
    totals: dict[str, list[int]] = defaultdict(list)
    print(f"{'report':42}{'n':>5}" + "".join(f"{engine:>16}" for engine in (*ENGINES, "union", "best per table")))
    for gold in sorted(gold_folder.glob("*.json")):
        for path in sorted(pdf_folder.glob("*.pdf")):
            if gold.stem in path.stem and (not wanted or path.stem in wanted):
                numbers = list(numbers_of(json.loads(gold.read_text(encoding="utf-8"))))
                shares = shares_of(path, numbers)
                for name, hits in shares.items():
                    totals[name] += hits
                print_row(path.stem, shares)
    print_row("all", totals)


def print_row(name: str, shares: dict[str, list[int]]) -> None:
    cells = "".join(f"{sum(hits) / max(len(hits), 1):16.3f}" for hits in shares.values())
    print(f"{name[:40]:42}{len(next(iter(shares.values()))):5}{cells}", flush=True)


def numbers_of(gold: dict[str, Any]) -> Iterator[Number]:
    """The numbers of a report's indicators and budget lines."""
    for row in gold["indicators"]:
        for value in row["values"]:
            if any(part.get("value") is not None for part in value["parts"]):
                yield Number(row["table"], row["indicator"], value["raw"])
    for row in gold["budget_lines"]:
        for value in row["values"]:
            if value.get("value") is not None:
                yield Number(row["table"], row["line"], value["raw"])


def shares_of(path: Path, numbers: Sequence[Number]) -> dict[str, list[int]]:
    """For each engine, the union and the best engine of each table: which numbers stand in a line with their label."""
    held = {engine: [int(is_held(n, lines)) for n in numbers] for engine, lines in lines_of_engines(path).items()}
    held["union"] = [max(hits) for hits in zip(*held.values(), strict=True)] if numbers else []
    best = list(held["union"])
    for table in {n.table for n in numbers}:
        own = [i for i, n in enumerate(numbers) if n.table == table]
        engine = max(ENGINES, key=lambda e: sum(held[e][i] for i in own))
        for i in own:
            best[i] = held[engine][i]
    return {**held, "best per table": best}


def is_held(number: Number, lines: Lines) -> bool:
    """Whether a line of cells holds the number and its label."""
    raw = fold_raw(number.raw)
    return any(raw in map(fold_raw, line) and any(is_same(number.label, text) for text in line) for line in lines)


def is_same(label: str, text: str) -> bool:
    left, right = fold(label), fold(text)
    return bool(left and right) and (left == right or fuzz.ratio(left, right) >= SAME_LABEL)


def fold(text: str) -> str:
    return re.sub(r"[^0-9a-zåäöéü%<>+/=,.-]", "", text.casefold()).strip("-.,")


def fold_raw(text: str) -> str:
    return re.sub(r"[\s\u00ad]", "", re.sub("[\u2212\u2013\u2014]", "-", text.casefold()))


def lines_of_engines(path: Path) -> dict[str, Lines]:
    """The rows and columns of cells that each engine reads from a file."""
    held: dict[str, Lines] = {engine: set() for engine in ENGINES}
    document = pdfium.PdfDocument(path)
    for index in range(len(document)):
        parse = parse_page(document, index)
        for engine, grids in proposals(parse, path):
            for grid in grids:
                held[engine] |= lines_of_cells(p.cell for p in grid_to_cells(grid))
    for table in read_pdf(Source(path.stem, path.name, "", "application/pdf"), path).tables:
        held["ours"] |= lines_of_cells(table.cells)
    return held


def proposals(parse: PageParse, path: Path) -> Iterator[tuple[str, Sequence[Grid]]]:
    """What each engine finds on a page that it has for itself."""
    words = parse.page.words
    yield "ruled", find_ruled(parse, words)
    yield "aligned", find_aligned(parse, words)
    yield "pdfplumber", [plumber_grid(t, parse.page.number, words) for t in FastPage(parse).find_tables()]
    yield "camelot-lattice", find_camelot(parse, words, path=path, flavour="lattice")
    yield "camelot-hybrid", find_camelot(parse, words, path=path)


def lines_of_cells(cells: Iterable[Any]) -> Lines:
    """The texts of each row and each column; a merged cell stands in each that it covers."""
    lines: dict[tuple[str, int], set[str]] = defaultdict(set)
    for cell in cells:
        if cell.text:
            for row in range(cell.row, cell.row + cell.row_span):
                lines["row", row].add(cell.text)
            for col in range(cell.col, cell.col + cell.col_span):
                lines["col", col].add(cell.text)
    return {frozenset(texts) for texts in lines.values() if len(texts) > 1}


if __name__ == "__main__":
    main()
