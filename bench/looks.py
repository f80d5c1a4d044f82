"""Holds the reading of tables to what it has reached in each look that reports have, whatever they are printed in.

    python bench/looks.py [--few] [--only WORD] [--errors N] [--raise-floors] [--off MODULE:FUNCTION[=RESULT]]

Each example report is printed in each look, and a few small reports are printed whose contents are the difficulty. Exit
status 1 where a score is below its floor in bench/looks.json; a floor is never lowered. `--few` takes some reports of
each look, for continuous integration. `--off` tells what a rule is worth: it replaces a function by its first argument,
or by RESULT, an expression over its arguments `a`: `extract.page.gutters:with_crowded=a[1]`.
"""

from __future__ import annotations

import argparse
import importlib
import json
import pkgutil
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from printing import GREY, PRINTERS, without_colours  # first: it puts the sources of the example corpus on the path

# isort: split
from gold import derive_gold
from source import Report, read_report

import extract
from namndata.evaluate.corpus import evaluate_corpus
from namndata.evaluate.match import fold, fold_raw
from namndata.run.build import Options, Watcher, build_corpus

HERE = Path(__file__).parent
FLOORS = HERE / "looks.json"
EXAMPLES = {path.stem: path for path in (HERE.parent / "corpus" / "sources" / "reports").glob("*.rapport")}
OWN = {path.stem: path for path in (HERE / "reports").glob("*.rapport")}
DECIMALS = 3
REPORTS = (
    "asunda-tekniska-verksamhetsplan-2025",
    "bergvala-miljo-arsrapport-2023",
    "granvik-bun-delarsrapport-2022",
    "kilsjo-aldrenamnd-bokslut-2021",
    "lillsund-socialnamnd-internbudget-2016",
    "linkoping-sn-budgetforslag-2019",
    "linkoping-son-delarsrapport-2023",
    "linkoping-son-internbudget-2019",
    "linkoping-son-internbudget-2024",
    "linkoping-son-verksamhetsberattelse-2019",
    "norrmark-kultur-verksamhetsberattelse-2020",
    "raddningsforbundet-ostmark-arsredovisning-2021",
    "sjovik-vard-och-omsorg-delarsrapport-2024",
)
"""The example reports that are printed in every look; one that is added here moves the floors."""
FORMS = ("grid", "booktabs", "borderless", "word", "layout", "cells")
"""What the small reports are printed in."""


@dataclass(frozen=True)
class Look:
    """What reports look like: which are printed how; the first few of them are enough to see that a rule is gone."""

    prints: tuple[tuple[str, str], ...]
    few: int

    def chosen(self, *, few: bool) -> tuple[tuple[str, str], ...]:
        """All of them, or the first few."""
        return self.prints[: self.few] if few else self.prints


def look_of(printer: str, *first: int, whole: Sequence[str] = REPORTS) -> Look:
    """The example reports in one printer, those of these numbers first."""
    order = [*(REPORTS[i] for i in first), *(stem for stem in whole if REPORTS.index(stem) not in first)]
    return Look(tuple((stem, printer) for stem in order), len(first))


def contents_of(stem: str) -> Look:
    """A small report in all its forms."""
    return Look(tuple((stem, form) for form in FORMS), len(FORMS))


LOOKS = {
    "grid": look_of("grid", 4, 7),
    "rules": look_of("rules", 2, 6),
    "booktabs": look_of("booktabs", 0, 9, 12),
    "zebra": look_of("zebra", 5, 10),
    "borderless": look_of("borderless", 1, 2, 5, 12),
    "light headers": look_of("light", 0, 6, 10),
    "headers set otherwise": look_of("ragged", 2, 5, 11),
    "frame": look_of("frame", 2, 7, 11),
    "Word's double shading": look_of("word", 1, 8, 12),
    "borders in pieces": look_of("pieces", 2, 5),
    "yellow headers": look_of("yellow", 1, 6),
    "green headers": look_of("green", 4, 11),
    "blue headers": look_of("blue", 8, 12),
    "slides": look_of("slides", 0, 10),
    "watermark": look_of("watermark", 1, 7),
    "pasted pictures": look_of("pasted", 3, whole=REPORTS[1:4]),
    "captions below": look_of("captions", 2, 11),
    "turned": look_of("turned", 1, 12),
    "scan": look_of("scan", 3, whole=REPORTS[1:4]),
    "Markdown": look_of("markdown", 2, 12),
    "tabs": look_of("tabs", 1, 8),
    "cells a line": look_of("cells", *range(13)),
    "lines": look_of("lines", *range(13)),
    "layout kept": look_of("layout", *range(13)),
    "comparison columns": contents_of("vinterby-jamforelser"),
    "school years": contents_of("vinterby-lasar"),
    "scorecard": contents_of("vinterby-styrkort"),
    "years down the side": contents_of("vinterby-artal"),
    "departments": contents_of("vinterby-avdelningar"),
    **{name: look_of(name, whole=REPORTS) for name in PRINTERS if name.startswith("writer")},
}

Scores = dict[str, float]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--few", action="store_true", help="some reports of each look")
    parser.add_argument("--only", action="append", help="only the looks with this in their name")
    parser.add_argument("--errors", type=int, default=0, help="errors to list for each report")
    parser.add_argument("--raise-floors", action="store_true", help="write the scores that are higher")
    parser.add_argument("--off", action="append", default=[], help="a function to do without")
    options = parser.parse_args()
    for name in options.off:
        switch_off(*name.partition("=")[::2])
    floors = json.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.is_file() else {}
    part = floors.setdefault("few" if options.few else "whole", {})
    below = 0
    for name, look in LOOKS.items():
        prints = look.chosen(few=options.few)
        if not prints or not any(word.casefold() in name.casefold() for word in options.only or [""]):
            continue
        started = time.monotonic()
        scores = measure(prints, options.errors)
        fallen = [measure for measure, score in scores.items() if score < part.get(name, {}).get(measure, 0.0)]
        below += len(fallen)
        shown = "  ".join(f"{m} {s:.3f}{'!' if m in fallen else ''}" for m, s in scores.items())
        print(f"{name:22} {shown}  {len(prints)} reports, {time.monotonic() - started:.0f} s", flush=True)
        for m in fallen:
            print(f"    {m} fell from {part[name][m]:.3f} to {scores[m]:.3f}")
        part[name] = {m: max(s, part.get(name, {}).get(m, 0.0)) for m, s in scores.items()}
    if options.raise_floors:
        FLOORS.write_text(json.dumps(floors, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    print("no score is below its floor" if not below else f"{below} scores are below their floors")
    return 1 if below else 0


def switch_off(name: str, result: str) -> None:
    """Replace a function wherever it was imported to; the workers are forked later and do without it too."""
    for module in pkgutil.walk_packages(extract.__path__, "extract."):
        importlib.import_module(module.name)
    module, _, function = name.partition(":")
    rule = getattr(importlib.import_module(module), function)
    for place in [place for key, place in sys.modules.items() if key.startswith("extract")]:
        for attribute in [key for key, value in vars(place).items() if value is rule]:
            setattr(place, attribute, lambda *a, **k: eval(result or "a[0]", {"a": a, "k": k}))


def measure(prints: Sequence[tuple[str, str]], errors: int) -> Scores:
    """Print the reports, read them and score what was read."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for part in ("printed", "gold"):
            (folder / part).mkdir()
        for stem, printer in prints:
            report = read_report((EXAMPLES | OWN)[stem])
            print_report(report, printer, folder)
        build = build_corpus(folder / "printed", folder / "out", Options(), Watcher())
        return scores_of(build.database, folder / "gold", errors)


def print_report(report: Report, printer: str, folder: Path) -> None:
    """Write the report in one form, and its gold; one report may come in several forms."""
    name = f"{report.stem}--{printer.replace(' ', '-')}"
    for suffix, content in PRINTERS[printer](report).items():
        (folder / "printed" / f"{name}{suffix}").write_bytes(content)
    told = without_colours(report) if printer in GREY else report
    gold = json.dumps(derive_gold(told), ensure_ascii=False)
    (folder / "gold" / f"{name}.json").write_text(gold, encoding="utf-8")


def scores_of(database: Path, gold: Path, errors: int) -> Scores:
    """How many of the printed figures stand in a cell beside their label, and the F1 of each kind of record."""
    report = evaluate_corpus(database, gold)
    for score in report.scores:
        for line in score.errors[:errors]:
            print(f"    {score.document}: {line}")
    placed = [found for path in sorted(gold.glob("*.json")) for found in placed_figures(database, path)]
    scores = {"placed": sum(placed) / max(len(placed), 1)}
    scores |= {total.name: total.f1 for total in report.totals if not total.attribute and total.wanted}
    return {name: int(score * 10**DECIMALS) / 10**DECIMALS for name, score in scores.items()}


def placed_figures(database: Path, gold: Path) -> Iterator[bool]:
    """For each figure of the gold whether a cell in a row or column with its label holds it, whatever it is."""
    with closing(sqlite3.connect(database)) as db:
        sql = "select table_id, row, col, text from cells where document = ?"
        cells = db.execute(sql, (gold.stem,)).fetchall()
    lines: dict[tuple[str, str, int], set[str]] = {}
    for table, row, col, text in cells:
        for key in ((table, "row", row), (table, "col", col)):
            lines.setdefault(key, set()).add(fold(text))
    for label, raw in wanted_figures(json.loads(gold.read_text(encoding="utf-8"))):
        places = [(t, r, c) for t, r, c, text in cells if fold_raw(text) == fold_raw(raw)]
        yield any(fold(label) in lines[t, "row", r] | lines[t, "col", c] for t, r, c in places)


def wanted_figures(truth: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Each figure with its label."""
    for row in (*truth["indicators"], *truth["budget_lines"]):
        for value in row["values"]:
            yield row.get("indicator") or row["line"], value["raw"]


if __name__ == "__main__":
    sys.exit(main())
