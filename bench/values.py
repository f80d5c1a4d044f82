"""What asking a corpus of very many values costs, and taking it along for DuckDB.

    python bench/values.py [VALUES] [--folder FOLDER]

Reads reports of one municipality, as wide as real ones, for the years and committees of a large one, and writes them.
The rows that series and searches are asked from are copied for each other municipality, under its own ids, until there
are so many values. What only leads back to a printed cell is left out: it is asked for by its key, and would take four
times the disk. Some 0.7 KB a value are needed, and as much again for a while.
"""

from __future__ import annotations

import argparse
import os
import random
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from statistics import median

from archive import AREAS, FIRST_YEAR, SEARCH, SERIES, run_apart, write_one

from namndata.browse.describe import SEARCH_SQL
from namndata.export.write import PARTITIONED, Wanted, export_corpus
from namndata.parts.apart import write_at_once
from namndata.parts.shelf import BITS
from namndata.pipeline import process_document
from namndata.run.archive import read_archive
from namndata.run.cache import Cache
from namndata.run.database import Database
from namndata.run.provenance import Provenance
from namndata.run.stages import with_kind
from namndata.store.dictionary import columns_of
from namndata.store.scheme import create_indexes, create_tables, enable_search
from namndata.store.write import write_corpus
from schema.places import all_places
from schema.result import DocumentResult

TOWN, YEARS, ASKED = "Linköping", range(FIRST_YEAR, FIRST_YEAR + 17), 100
COMMITTEES = tuple(
    f"{name}nämnden"
    for name in (
        *("Arbetsmarknads", "Avfalls", "Barn", "Bygg", "Exploaterings", "Fastighets", "Fritids", "Förskole"),
        *("Grundskole", "Gymnasie", "Hamn", "Idrotts", "Kommunikations", "Krisberednings", "Kultur", "Lokal"),
        *("Miljö", "Musik", "Natur", "Omsorgs", "Service", "Skol", "Social", "Trafik", "Ungdoms", "Upphandlings"),
        *("Utbildnings", "Äldre", "Bostads", "Energi", "Landsbygds", "Turism", "Valfrihets"),
    )
)
KILOBYTES = 500_000
"""Held while indexes are made: they are sorted in fewer passes."""
KEPT = ("documents", "indicators", "indicator_series", "budget_series", "search")
AN_INDICATOR = "select indicator_id from indicators where rowid = ?"
A_LINE = "select line_id from budget_series where rowid = ?"
LINE = "select * from budget_series where line_id = ?"
COUNT = "select (select count(*) from {0}indicator_series) + (select count(*) from {0}budget_series)"


def write_template(folder: Path, path: Path) -> None:
    """Write the corpus of one municipality: what one committee's reports say, for each of many committees."""
    for year in YEARS:
        write_one(folder, TOWN, "Socialnämnden", year, year, wide=len(AREAS) + 1)
    read = [process_document(with_kind(entry, Cache(None)), Cache(None)) for entry in read_archive(folder).entries]
    made = [as_of(result, committee) for committee in COMMITTEES for result in read]
    write_corpus(path, made, Provenance("made", "made"))


def as_of(result: DocumentResult, committee: str) -> DocumentResult:
    """Return what a report says as another committee's."""
    document = f"{TOWN}-{committee}-{result.facts.fiscal_year}"
    source = replace(result.source, document=document, path=f"{document}.txt", sha256=document)
    return replace(result, source=source, facts=replace(result.facts, committee=committee))


def write_values(values: int, base: Path, path: Path) -> None:
    """Copy the template's rows for municipality after municipality."""
    (base / "template").mkdir()
    write_template(base / "template", base / "template.sqlite")
    with closing(Database(path)) as db, db.conn:
        write_at_once(db)
        db.execute(f"pragma cache_size = -{KILOBYTES}")
        create_tables(db)
        db.execute("attach ? as made", (str(base / "template.sqlite"),))
        each = db.execute(COUNT.format("made.")).fetchone()[0]
        db.execute("insert into runs select * from made.runs")
        for number in range(-(-values // each)):
            print(end=".", file=sys.stderr, flush=True)
            for table in KEPT:
                names = [column.name for column in columns_of(table)]
                taken = ", ".join(own(name, number) for name in names)
                db.execute(
                    f"insert into {table} (rowid, {', '.join(names)})"
                    f" select (rowid & {2**BITS - 1}) + {(number + 1) << BITS}, {taken} from made.{table}"
                )
        db.conn.commit()
        db.execute("detach made")
        create_indexes(db)
        enable_search(db)


def own(name: str, number: int) -> str:
    """Return what a column holds for another municipality: names of it and ids are its own."""
    if name in ("municipality", "document", "path", "value_id"):
        return f"replace({name}, '{TOWN}', '{all_places()[number].own_name}')"
    return f"{name} || '-{number}'" if name.endswith("_id") else name


def ask(db: sqlite3.Connection, sql: str, given: Sequence[object]) -> list[float]:
    """Return the milliseconds that a question takes with each of some values."""
    times = []
    for value in given:
        began = time.perf_counter()
        db.execute(sql, (value,)).fetchall()
        times.append((time.perf_counter() - began) * 1000)
    return times


def show(what: str, times: Sequence[float]) -> None:
    print(f"{what:34} median {median(times):8.2f} ms   worst {max(times):8.2f} ms", flush=True)


def ask_all(path: Path) -> None:
    """Print what questions take, each word or series asked for the first time."""
    with closing(sqlite3.connect(path)) as db:
        db.create_function("escape_fts", 1, lambda words: f'"{words}"')
        [(parts,)] = db.execute("select max(rowid) >> ? from documents", (BITS,))
        chance = random.Random(1)
        rows = [(chance.randint(1, parts) << BITS) + chance.randrange(1, 1000) for _ in range(ASKED)]
        ids, lines = ([db.execute(sql, (row,)).fetchone()[0] for row in rows] for sql in (AN_INDICATOR, A_LINE))
        show("a series", ask(db, SERIES, ids))
        show("a line of money", ask(db, LINE, lines))
        words = ("trygg*", "bibl*", "sjuk*", "betyg", "beslut", "lillsjön", "personal*", "beslut lillsjön")
        show("fifty places with a word", ask(db, SEARCH.replace("'trygg*'", "?"), words))
        show(
            "the best 200 of them, as browse",
            ask(db, SEARCH_SQL.replace(":words", "?1"), ("trygg", "betyg", "lillsjön")),
        )


def report(what: str, work: Callable[..., object], *given: object) -> None:
    run = run_apart(work, *given)
    print(f"{what:34} {run.seconds:8.0f} s of processor, {run.mib:6.0f} MiB", flush=True)


def size_of(path: Path) -> float:
    files = [path] if path.is_file() else [file for file in path.rglob("*") if file.is_file()]
    return sum(file.stat().st_size for file in files) / 2**30


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("values", nargs="?", type=int, default=1_000_000)
    parser.add_argument("--folder", type=Path, help="where to write; a temporary folder unless said")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=options.folder) as name:
        os.environ["SQLITE_TMPDIR"] = name
        base = Path(name)
        path = base / "corpus.sqlite"
        report("writing", write_values, options.values, base, path)
        with closing(sqlite3.connect(path)) as db:
            print(f"{db.execute(COUNT.format('')).fetchone()[0]:,} values, {size_of(path):.1f} GiB")
        ask_all(path)
        report("Parquet by municipality and year", export_corpus, Wanted(path, base, is_partitioned=True), ["parquet"])
        files = [file for file in (base / PARTITIONED).rglob("*.parquet")]
        print(f"{len(files):,} files, {size_of(base / PARTITIONED):.1f} GiB")


if __name__ == "__main__":
    main()
