"""How quick the answers are with 3,000 reports: the example corpus copied 200 times over, each as other municipalities.

    python bench/answers.py out/corpus.sqlite [COPIES]

Prints the milliseconds of CPU of each question of docs/questions.md and of asking each table of answers for one
committee, and the milliseconds of each page that `namndata browse` shows: the first page, the questions, a search and
every table. Exits with 1 where an answer for one committee takes longer than `ALLOWED`.
"""

import asyncio
import re
import shutil
import sqlite3
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

from namndata.browse.describe import SEARCH
from namndata.browse.questions import read_questions
from namndata.browse.serve import ready
from namndata.store.derive import ANSWERS
from namndata.store.dictionary import read_tables
from namndata.store.scheme import ROWS_ANALYSED

COPIES = 200
ALLOWED = 50
"""Milliseconds that the answers for one committee may take with 3,000 reports."""
ALONE = {"data_dictionary", "doubts", "runs"}
OWN = re.compile(r"(^|_)(document|id|committee|municipality|path|alias|edition_of|rendition_of|moved_to)($|_)")


def grow(db: sqlite3.Connection, copies: int) -> None:
    found = db.execute("select name from sqlite_master where type = 'table' and name not like '%\\_fts%' escape '\\'")
    for table in [name for (name,) in found if name not in ALONE and not name.startswith("sqlite")]:
        types = {row[1]: row[2] for row in db.execute(f"pragma table_info({table})")}
        own = {name for name, kind in types.items() if kind == "TEXT" and OWN.search(name)}
        columns = list(types)
        copied = ", ".join(f"{name} || '~' || n" if name in own else name for name in columns)
        counted = f"with recursive k(n) as (select 1 union all select n + 1 from k where n < {copies - 1})"
        db.execute(f"{counted} insert into {table} ({', '.join(columns)}) select {copied} from {table}, k")
    db.execute("insert into search_fts (search_fts) values ('rebuild')")
    db.execute(f"pragma analysis_limit = {ROWS_ANALYSED}")
    db.execute("analyze")
    db.commit()


def timed(db: sqlite3.Connection, name: str, sql: str) -> float:
    started = time.process_time()
    rows = len(db.execute(sql).fetchall())
    taken = (time.process_time() - started) * 1000
    print(f"{taken:7.1f} ms {rows:6} rows  {name}")
    return taken


async def look(path: Path) -> None:
    datasette = await ready(path, None)
    asked = [*(each.name for each in read_questions()), f"{SEARCH}?words=trygg", *read_tables()]
    for page in ("", *(f"{path.stem}/{name}" for name in asked)):
        started = time.perf_counter()
        answer = await datasette.client.get(f"/{page}")
        print(f"{(time.perf_counter() - started) * 1000:7.0f} ms {answer.status_code:6} page  /{page}")


def measure(corpus: Path, copies: int) -> list[str]:
    """Print how long each answer takes, and return the tables that are too slow."""
    with tempfile.TemporaryDirectory() as folder:
        path = shutil.copy(corpus, Path(folder) / "grown.sqlite")
        with closing(sqlite3.connect(path)) as db:
            grow(db, copies)
            [reports] = db.execute("select count(*) from documents").fetchone()
            print(f"{reports} reports")
            for question in read_questions():
                timed(db, question.asked, question.sql)
            slow = [table for table in ANSWERS if asked_of_one(db, table, copies) > ALLOWED]
        asyncio.run(look(Path(path)))
    return slow


def asked_of_one(db: sqlite3.Connection, table: str, copies: int) -> float:
    """Return the milliseconds that a table of answers takes for one committee, or one report."""
    key = "document" if table == "review_list" else "committee"
    copy = f"%~{(copies + 1) // 2}"
    [own] = db.execute(f"select {key} from {table} where {key} like ? limit 1", (copy,)).fetchone() or [None]
    return timed(db, table, f"select * from {table} where {key} = '{own}'")


def main() -> None:
    copies = int(sys.argv[2]) if len(sys.argv) > 2 else COPIES
    if slow := measure(Path(sys.argv[1]), copies):
        sys.exit(f"Longer than {ALLOWED} ms: {', '.join(slow)}")


if __name__ == "__main__":
    main()
