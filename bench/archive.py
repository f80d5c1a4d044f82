"""Archives of any size: what a first run, a run without change and a run with one changed report cost.

    python bench/archive.py [N ...] [--folder FOLDER] [--made]

Writes N small text reports (municipalities, committees and years of Sweden's size, indicators that change their names
now and then), and prints a table: seconds, memory and file size of each run, milliseconds of a series and a search.
With `--made` nothing is read but one municipality's reports: the results of the others are made of these, and the
corpus is written from them. Seconds are then those of the processor that writing costs.
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
from dataclasses import dataclass, replace
from math import log
from multiprocessing import get_context
from pathlib import Path

from namndata.parts.shelf import Shelf
from namndata.pipeline import process_document
from namndata.run.archive import read_archive
from namndata.run.cache import Cache
from namndata.run.provenance import Provenance
from namndata.run.stages import with_kind
from namndata.store.write import write_corpus
from schema.places import all_places
from schema.result import DocumentResult

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
AREAS = ("Centrum", "Norrstrand", "Söderport", "Österängen", "Västerby", "Ekbacka", "Lillsjön", "Bergvik")
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


def write_one(folder: Path, town: str, committee: str, year: int, seed: int, wide: int = 1) -> None:
    """Write a report of a committee's year; a wide one has each indicator and line for so many areas."""
    chance = random.Random(seed)
    lines = [f"Årsredovisning {year}", committee, town, "", "Nämndens indikatorer", ""]
    lines.append(f"Nämndmål\tIndikator\tUtfall {year - 1}\tUtfall {year}\tMålvärde {year}")
    for names in (tuple(name + area for name in names) for area in areas(wide) for names in INDICATORS):
        name = names[(year + len(town)) % 9 == 0]
        figures = [str(random.Random(f"{town}{committee}{names[0]}{y}").randrange(30, 99)) for y in (year - 1, year)]
        lines.append("\t".join(["Trygghet", name, *figures, str(chance.randrange(60, 99))]))
    lines += ["", "Driftredovisning", "", f"Belopp tkr\tBudget {year}\tUtfall {year}\tAvvikelse"]
    names = [line + area for area in areas(wide) for line in LINES]
    budget = [chance.randrange(1000, 90000) for _ in names]
    outcome = [amount + chance.randrange(-900, 900) for amount in budget]
    rows = [*zip(names, budget, outcome, strict=True), ("Summa", sum(budget), sum(outcome))]
    lines += [f"{name}\t{one}\t{other}\t{one - other}" for name, one, other in rows]
    name = f"{town}-{committee}-{year}.txt".replace(" ", "-").casefold()
    (folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8")


def areas(wide: int) -> tuple[str, ...]:
    """Return what stands after the names of indicators and lines."""
    return ("", *(f", {area}" for area in AREAS))[:wide]


def run(folder: Path, out: Path) -> Run:
    """Build the corpus in a process of its own."""
    started = time.monotonic()
    child = subprocess.Popen([sys.executable, "-m", "namndata", "extract", str(folder), "--out", str(out), "--quiet"])
    _, _, used = os.wait4(child.pid, 0)
    return Run(time.monotonic() - started, used.ru_maxrss / 1024)


def made_shelf(number: int, base: Path, changed: int = -1) -> Shelf:
    """Return so many reports made of those of one municipality; one of them with another figure."""
    towns = [place.own_name for place in all_places()]
    each = -(-number // len(towns))
    templates = read_templates(base / "templates", each)
    names = [f"{towns[town]}-{of_town}" for town in range(len(towns)) for of_town in range(each)][:number]
    facts = {name: replace(templates[n % each].facts, municipality=towns[n // each]) for n, name in enumerate(names)}
    numbers = {name: n for n, name in enumerate(names)}

    def load(name: str) -> DocumentResult:
        number = numbers[name]
        result = templates[number % each]
        records = result.records[:-1] if number == changed else result.records
        source = replace(result.source, document=name, path=f"{name}.txt", sha256=name)
        return replace(result, source=source, facts=facts[name], records=records)

    keys = {name: f"{name}{n == changed}" for name, n in numbers.items()}
    return Shelf(facts, {name: f"{name}.txt" for name in names}, load, keys)


def read_templates(folder: Path, each: int) -> list[DocumentResult]:
    """Return the results of one municipality's reports."""
    folder.mkdir(exist_ok=True)
    for n in range(each):
        write_one(folder, "Linköping", COMMITTEES[n % len(COMMITTEES)], FIRST_YEAR + n // len(COMMITTEES), n)
    archive = read_archive(folder)
    return [process_document(with_kind(entry, Cache(None)), Cache(None)) for entry in archive.entries]


def write_made(number: int, base: Path, database: Path, changed: int, before: int | None) -> None:
    """Write a corpus of made results, or what changed in it."""
    shelf = made_shelf(number, base, changed)
    old = None if before is None else dict(made_shelf(number, base, before).keys)
    write_corpus(database, shelf, Provenance("made", "made"), grow_from=old)


def run_apart(work: Callable[..., object], *given: object) -> Run:
    """Do something in a process of its own; seconds are those of the processor."""
    child = get_context("fork").Process(target=work, args=given)
    child.start()
    _, _, used = os.wait4(child.pid, 0)
    return Run(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def measure_made(number: int, base: Path) -> list[float]:
    """Return the figures of an archive of made results."""
    database = base / f"made-{number}.sqlite"
    first = run_apart(write_made, number, base, database, -1, None)
    none = run_apart(write_made, number, base, database, -1, -1)
    one = run_apart(write_made, number, base, database, number // 2, -1)
    size = database.stat().st_size / 2**20
    return [first.seconds, first.mib, none.seconds, none.mib, one.seconds, one.mib, size, *queries(database)]


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
    parser.add_argument("--made", action="store_true", help="make results instead of reading reports")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=options.folder) as base:
        print(HEAD)
        found = {}
        for number in options.sizes:
            found[number] = (measure_made if options.made else measure)(number, Path(base))
            print(f"{number:7} " + " ".join(f"{figure:8.1f}" for figure in found[number]), flush=True)
    first, last = options.sizes[0], options.sizes[-1]
    if first != last:
        grown = [
            log(b / a) / log(last / first) if a and b else 0.0 for a, b in zip(found[first], found[last], strict=True)
        ]
        print("grows by " + " ".join(f"{power:8.2f}" for power in grown) + "   (the power of the number of reports)")


if __name__ == "__main__":
    main()
