"""Says how well real reports with hand-made gold are read: python bench/real.py REPORTS GOLD SCORER [NAME ...].

    python bench/real.py ../shared/real ../shared/gold ../shared/score/score.py

REPORTS holds the reports, GOLD a JSON file for each of some of them, SCORER is the program that compares one of them
with a corpus. Prints a row a report: the share of the gold's numbers that were found, that stand in a row of cells with
their label, that of these were understood (kind and period), and of the understood the share with the right unit, part
and parent; the share of right facts; last the same over all, and how much of what is sure is right. Names leave all
other reports out: rules are tried on reports that they were not made for.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from namndata.run.build import Options, Watcher, build_corpus

MEASURES = {
    "found": "numbers located",
    "in a row": "  in a row of cells with the label",
    "understood": "  of these understood",
    "unit": "  unit right, where one is stated",
    "part": "  part right",
    "parent": "  parent right, where one is stated",
    "facts": "document facts",
}
"""What a column of the table shows, and the line of the scorer that says it."""
_SHARE = re.compile(r"n=\s*(\d+).*?(?:right|F1)\s+([\d.]+)\s*$")

Shares = dict[str, tuple[int, float]]
"""For each measure how many were asked for and the share that was right."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("reports", type=Path)
    parser.add_argument("gold", type=Path)
    parser.add_argument("scorer", type=Path)
    parser.add_argument("names", nargs="*", help="reports to read; all that have gold without any")
    options = parser.parse_args()
    chosen = [
        (report, gold) for report, gold in with_gold(options.reports, options.gold) if is_named(report, options.names)
    ]
    if not chosen:
        print("No report has gold here.", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "reports").mkdir()
        for report, _ in chosen:
            (folder / "reports" / report.name).symlink_to(report.resolve())
        build_corpus(folder / "reports", folder / "out", Options(), Watcher())
        corpus = folder / "out" / "corpus.sqlite"
        print_table({gold.stem: scored(options.scorer, corpus, gold) for _, gold in chosen})
        sure = options.scorer.with_name("confidence.py")
        if sure.exists():
            print(run(sure, corpus, *(gold for _, gold in chosen)).splitlines()[-1])
    return 0


def with_gold(reports: Path, gold: Path) -> list[tuple[Path, Path]]:
    """Return each report that has gold, with it."""
    found = {path.stem: path for path in sorted(reports.iterdir())}
    return [(found[path.stem], path) for path in sorted(gold.glob("*.json")) if path.stem in found]


def is_named(report: Path, names: list[str]) -> bool:
    return not names or any(name in report.stem for name in names)


def scored(scorer: Path, corpus: Path, gold: Path) -> Shares:
    """Return what the scorer says of one report."""
    lines = run(scorer, corpus, gold).splitlines()
    found: Shares = {}
    for measure, opening in MEASURES.items():
        said = next((hit for line in lines if line.startswith(opening) and (hit := _SHARE.search(line))), None)
        if said:
            found[measure] = int(said[1]), float(said[2])
    return found


def run(program: Path, *arguments: Path) -> str:
    command = [sys.executable, str(program), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def print_table(shares: dict[str, Shares]) -> None:
    print(f"{'report':42}{'numbers':>8}" + "".join(f"{measure:>12}" for measure in MEASURES))
    for name, found in {**shares, "all": together(list(shares.values()))}.items():
        numbers = found.get("found", (0, 0.0))[0]
        cells = (f"{found[m][1]:12.3f}" if found.get(m, (0,))[0] else f"{'–':>12}" for m in MEASURES)
        print(f"{name:42}{numbers:8}" + "".join(cells))


def together(shares: list[Shares]) -> Shares:
    """Return the shares over all reports, each weighed by what it was asked for."""
    found: Shares = {}
    for measure in MEASURES:
        told = [one[measure] for one in shares if measure in one]
        asked = sum(count for count, _ in told)
        found[measure] = asked, sum(count * share for count, share in told) / asked if asked else 0.0
    return found


if __name__ == "__main__":
    raise SystemExit(main())
