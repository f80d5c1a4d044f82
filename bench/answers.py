"""How quick the answers are with 3,000 reports: the example corpus copied 200 times over, each as other municipalities.

    python bench/answers.py out/corpus.sqlite

Prints the milliseconds of each question of docs/questions.md, of asking each table of answers for one committee, and of
each page that `namndata browse` shows: the first page, the questions, a search and every table.
"""

import asyncio
import re
import shutil
import sqlite3
import sys
import tempfile
import time
from pathlib import Path

from namndata.browse.describe import SEARCH
from namndata.browse.questions import read_questions
from namndata.browse.serve import ready
from namndata.store.derive import ANSWERS
from namndata.store.dictionary import read_tables
from namndata.store.scheme import ROWS_ANALYSED

COPIES = 200
ALONE = {"data_dictionary", "doubts", "runs"}
OWN = re.compile(r"(^|_)(document|id|committee|municipality|path|alias|edition_of|rendition_of|moved_to)($|_)")


def grow(db: sqlite3.Connection) -> None:
    found = db.execute("select name from sqlite_master where type = 'table' and name not like '%\\_fts%' escape '\\'")
    for table in [name for (name,) in found if name not in ALONE and not name.startswith("sqlite")]:
        types = {row[1]: row[2] for row in db.execute(f"pragma table_info({table})")}
        own = {name for name, kind in types.items() if kind == "TEXT" and OWN.search(name)}
        columns = list(types)
        copied = ", ".join(f"{name} || '~' || n" if name in own else name for name in columns)
        counted = f"with recursive k(n) as (select 1 union all select n + 1 from k where n < {COPIES - 1})"
        db.execute(f"{counted} insert into {table} ({', '.join(columns)}) select {copied} from {table}, k")
    db.execute("insert into search_fts (search_fts) values ('rebuild')")
    db.execute(f"pragma analysis_limit = {ROWS_ANALYSED}")
    db.execute("analyze")
    db.commit()


def timed(db: sqlite3.Connection, name: str, sql: str) -> None:
    started = time.perf_counter()
    rows = len(db.execute(sql).fetchall())
    print(f"{(time.perf_counter() - started) * 1000:7.0f} ms {rows:6} rows  {name}")


async def look(path: Path) -> None:
    datasette = await ready(path, None)
    asked = [*(each.name for each in read_questions()), f"{SEARCH}?words=trygg", *read_tables()]
    for page in ("", *(f"{path.stem}/{name}" for name in asked)):
        started = time.perf_counter()
        answer = await datasette.client.get(f"/{page}")
        print(f"{(time.perf_counter() - started) * 1000:7.0f} ms {answer.status_code:6} page  /{page}")


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = shutil.copy(sys.argv[1], Path(folder) / "grown.sqlite")
        db = sqlite3.connect(path)
        grow(db)
        for question in read_questions():
            timed(db, question.asked, question.sql)
        for table in ANSWERS:
            key = "document" if table == "review_list" else "committee"
            [own] = db.execute(f"select {key} from {table} where {key} like '%~77' limit 1").fetchone() or [None]
            timed(db, table, f"select * from {table} where {key} = '{own}'")
        db.close()
        asyncio.run(look(Path(path)))


if __name__ == "__main__":
    main()
