"""Archives of any size: what a first run, a run without change and a run with one changed report cost.

    python bench/archive.py [N ...] [--folder FOLDER]

Writes N small text reports (municipalities, committees and years of Sweden's size, indicators that change their names
now and then), and prints a table: seconds, memory and file size of each run, milliseconds of a series and a search.
"""

from __future__ import annotations

import argparse
import os
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import log
from pathlib import Path

from schema.places import all_places

COMMITTEES = ("Socialnämnden", "Barn- och utbildningsnämnden", "Tekniska nämnden", "Kultur- och fritidsnämnden")
INDICATORS = (
    ("Andel barn som är trygga (%)", "Barn som är trygga, andel (%)"),
    ("Antal besök på bibliotek", "Antal besök vid biblioteken"),
    ("Sjukfrånvaro (%)", "Total sjukfrånvaro (%)"),
    ("Andel nöjda brukare (%)", "Andelen nöjda brukare (%)"),
    ("Väntetid till beslut, dagar", "Väntetid från ansökan till beslut, dagar"),
    ("Andel elever med godkända betyg (%)", "Elever med godkända betyg, andel (%)"),
)
LINES = ("Intäkter", "Personalkostnader", "Lokalkostnader", "Köpt verksamhet", "Övriga kostnader")
FIRST_YEAR = 2010
SERIES = "select * from indicator_series where indicator_id = ?"
SEARCH = "select rowid from search_fts where search_fts match 'trygg*' limit 50"


@dataclass(frozen=True)
class Run:
    """What a run cost."""

    seconds: float
    mib: float


def write_archive(folder: Path, number: int) -> None:
    """Write so many reports: all committees of a municipality, year by year, then those of the next."""
    towns = [place.own_name for place in all_places()]
    each = -(-number // len(towns))
    for count in range(number):
        town, of_town = divmod(count, each)
        year, committee = divmod(of_town, len(COMMITTEES))
        write_one(folder, towns[town % len(towns)], COMMITTEES[committee], FIRST_YEAR + year, count)


def write_one(folder: Path, town: str, committee: str, year: int, seed: int) -> None:
    """Write a report of a committee's year."""
    chance = random.Random(seed)
    lines = [f"Årsredovisning {year}", committee, town, "", "Nämndens indikatorer", ""]
    lines.append(f"Nämndmål\tIndikator\tUtfall {year - 1}\tUtfall {year}\tMålvärde {year}")
    for names in INDICATORS:
        name = names[(year + len(town)) % 9 == 0]
        figures = [str(random.Random(f"{town}{committee}{names[0]}{y}").randrange(30, 99)) for y in (year - 1, year)]
        lines.append("\t".join(["Trygghet", name, *figures, str(chance.randrange(60, 99))]))
    lines += ["", "Driftredovisning", "", f"Belopp tkr\tBudget {year}\tUtfall {year}\tAvvikelse"]
    budget = [chance.randrange(1000, 90000) for _ in LINES]
    outcome = [amount + chance.randrange(-900, 900) for amount in budget]
    rows = [*zip(LINES, budget, outcome, strict=True), ("Summa", sum(budget), sum(outcome))]
    lines += [f"{name}\t{one}\t{other}\t{one - other}" for name, one, other in rows]
    name = f"{town}-{committee}-{year}.txt".replace(" ", "-").casefold()
    (folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8")


def run(folder: Path, out: Path) -> Run:
    """Build the corpus in a process of its own."""
    started = time.monotonic()
    child = subprocess.Popen([sys.executable, "-m", "namndata", "extract", str(folder), "--out", str(out), "--quiet"])
    _, _, used = os.wait4(child.pid, 0)
    return Run(time.monotonic() - started, used.ru_maxrss / 1024)


def change_one(folder: Path) -> None:
    """Change a figure in the report in the middle."""
    path = sorted(folder.iterdir())[len(list(folder.iterdir())) // 2]
    path.write_text(path.read_text(encoding="utf-8").replace("\t7", "\t8"), encoding="utf-8")


def milliseconds(ask: Callable[[], object]) -> float:
    """Return the least time of some."""
    times = []
    for _ in range(5):
        started = time.perf_counter()
        ask()
        times.append((time.perf_counter() - started) * 1000)
    return min(times)


def queries(database: Path) -> Iterator[float]:
    """Return how long a series and a search take."""
    db = sqlite3.connect(database)
    [indicator] = db.execute("select indicator_id from indicators limit 1 offset 10").fetchone()
    yield milliseconds(lambda: db.execute(SERIES, (indicator,)).fetchall())
    yield milliseconds(lambda: db.execute(SEARCH).fetchall())
    db.close()


def measure(number: int, base: Path) -> list[float]:
    """Return the figures of an archive of one size."""
    folder, out = base / f"reports-{number}", base / f"out-{number}"
    folder.mkdir()
    write_archive(folder, number)
    first, none = run(folder, out), run(folder, out)
    change_one(folder)
    one = run(folder, out)
    database = out / "corpus.sqlite"
    size = database.stat().st_size / 2**20
    return [first.seconds, first.mib, none.seconds, none.mib, one.seconds, one.mib, size, *queries(database)]


HEAD = "reports   first s    MiB   none s    MiB    one s    MiB  file MiB  series ms  search ms"


def main() -> None:
    """Print a line for each size, and how each figure grows from the first size to the last."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sizes", nargs="*", type=int, default=[300, 1000, 3000])
    parser.add_argument("--folder", type=Path, help="where to write; a temporary folder unless said")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=options.folder) as base:
        print(HEAD)
        found = {}
        for number in options.sizes:
            found[number] = measure(number, Path(base))
            print(f"{number:7} " + " ".join(f"{figure:8.1f}" for figure in found[number]), flush=True)
    first, last = options.sizes[0], options.sizes[-1]
    if first != last:
        grown = [
            log(b / a) / log(last / first) if a and b else 0.0 for a, b in zip(found[first], found[last], strict=True)
        ]
        print("grows by " + " ".join(f"{power:8.2f}" for power in grown) + "   (the power of the number of reports)")


if __name__ == "__main__":
    main()
