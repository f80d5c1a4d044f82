"""Fits the weights by which readings of a page's tables are chosen: python bench/fit_judge.py [LOOK ...].

Every example report is typeset in each look; each page, whole and with lines left out, is read in every way. Of two
readings that one is better which holds more of the report's numbers in one row with their label. Prints the weights
and how often they choose right.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pypdfium2 as pdfium
from printing import in_look, with_typst  # first: it puts the sources of the example corpus on the path

# isort: split
from oracle import Lines, Number, is_held, lines_of_cells, numbers_of
from source import read_report

from extract.grid.find import readings
from extract.grid.judge import FEATURES, tabular_figures
from extract.grid.model import grid_to_cells
from extract.page.model import PageParse
from extract.page.parse import parse_page

ROOT = Path(__file__).parents[1]
SOURCES = ROOT / "corpus" / "sources" / "reports"
STEPS, RATE, SHRINK = 4000, 0.05, 0.002


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("looks", nargs="*", default=list(with_typst.LOOKS), help="names of looks; all without any")
    pairs = [pair for page in pages(parser.parse_args().looks) for pair in pairs_of(page)]
    differences = np.array(pairs)
    weights = fitted(differences)
    right = float(np.mean(differences @ weights > 0))
    equal = float(np.mean(differences.sum(axis=1) > 0))
    print(f"{len(pairs)} pairs, {right:.3f} chosen right; {equal:.3f} with equal weights")
    for name, weight, used in zip(FEATURES, weights, np.abs(differences).sum(axis=0), strict=True):
        print(f"{name},{weight:.2f},{used:.0f}")


def pages(looks: list[str]) -> Iterator[list[tuple[np.ndarray, int]]]:
    """For each page the features and the numbers held by each of its readings."""
    reports = [read_report(path) for path in sorted(SOURCES.glob("*.rapport"))]
    for look in looks:
        with tempfile.TemporaryDirectory() as name:
            paths = {Path(name) / f"{report.stem}.pdf": report for report in reports if "copy_of" not in report.facts}
            for path, report in paths.items():
                path.write_bytes(with_typst.typeset(in_look(report, look)))
                gold = json.loads((ROOT / "tests" / "gold" / f"{path.stem}.json").read_text(encoding="utf-8"))
                yield from readings_of(path, list(numbers_of(gold)))


def readings_of(path: Path, numbers: list[Number]) -> Iterator[list[tuple[np.ndarray, int]]]:
    document = pdfium.PdfDocument(path)
    for index in range(len(document)):
        for parse in damaged(parse_page(document, index)):
            yield readings_of_page(parse, path, numbers)


def damaged(parse: PageParse) -> Iterator[PageParse]:
    """A page as it is, without its outermost upright lines, and without a third of its lines."""
    yield parse
    page = parse.page
    if not page.rules:
        return
    sides = {min(r.box.x0 for r in page.rules), max(r.box.x0 for r in page.rules)}
    inner = [r for r in page.rules if r.is_horizontal or r.box.x0 not in sides]
    kept = [rule for i, rule in enumerate(page.rules) if i * 7 % 3]
    yield from (replace(parse, page=replace(page, rules=tuple(rules))) for rules in (inner, kept))


def readings_of_page(parse: PageParse, path: Path, numbers: list[Number]) -> list[tuple[np.ndarray, int]]:
    words = parse.page.words
    found = []
    figures = tabular_figures(words)
    for way in readings(parse, words, path):
        grids = way.read()
        lines: Lines = set()
        for grid in grids:
            lines |= lines_of_cells(p.cell for p in grid_to_cells(grid))
        held = sum(is_held(number, lines) for number in numbers) if lines else 0
        found.append((np.log1p([feature(grids, figures) for feature in FEATURES.values()]), held))
    return found


def pairs_of(page: list[tuple[np.ndarray, int]]) -> Iterator[np.ndarray]:
    """What the worse of two readings costs more, feature by feature."""
    for features, held in page:
        for others, fewer in page:
            if held > fewer and (features != others).any():
                yield others - features


def fitted(differences: np.ndarray) -> np.ndarray:
    """Weights, none below nought, by which the better of two readings costs less (logistic loss)."""
    weights = np.ones(differences.shape[1])
    for _ in range(STEPS):
        wrong = 1 / (1 + np.exp(np.clip(differences @ weights, -50, 50)))
        weights += RATE * ((wrong[:, None] * differences).mean(axis=0) - SHRINK * weights)
        weights = np.clip(weights, 0, None)
    return weights


if __name__ == "__main__":
    main()
