"""The tables of answers: each is what one query of `answers/` gives, and what code makes of it where SQL would not do.

They are filled when the corpus is written, so that asking them is quick however many reports there are.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

from namndata.answers.bottom import net_cost_rows
from namndata.answers.outcomes import outcome_rows
from namndata.answers.regrouped import OPERATING_LINES, revision_rows
from namndata.answers.renamed import net_cost_revisions
from namndata.answers.targets import target_rows
from namndata.run.database import Database
from namndata.store.creating import fill_table
from namndata.store.dictionary import columns_of
from namndata.store.fields import Row

FOLDER = Path(__file__).parent / "answers"


def query_of(table: str) -> str:
    """Return the query of an answer."""
    return (FOLDER / f"{table}.sql").read_text(encoding="utf-8")


def make_targets(db: Database, query: str) -> Iterator[Row]:
    """Return the rows of targets beside outcomes."""
    known = db.execute("select indicator_id, better_when, better_when_from from indicators")
    better = {indicator: (way, source) for indicator, way, source in known}
    return target_rows(lambda: db.query(query), better)


def make_revisions(db: Database, query: str) -> Iterator[Row]:
    """Return the rows of amounts that differ between reports; net costs tell which are regrouped, and have some."""
    rows = list(db.query(query))
    documents = sorted({str(row[name]) for row in rows for name in ("oldest_document", "newest_document")})
    yield from revision_rows(rows, db.query(OPERATING_LINES, (json.dumps(documents),)))
    yield from net_cost_revisions(db.query(query_of("net_costs")))


ANSWERS: dict[str, Callable[[Database, str], Iterator[Row]] | None] = {
    "indicator_statements": None,
    "indicator_series": None,
    "indicator_revisions": None,
    "target_attainment": make_targets,
    "budget_statements": None,
    "budget_series": None,
    "budget_revisions": make_revisions,
    "budget_outcomes": lambda db, query: outcome_rows(db.query(query)),
    "net_costs": lambda db, query: net_cost_rows(db.query(query)),
    "review_list": None,
    "goal_list": None,
    "assignment_list": None,
    "search": None,
}
"""The tables in the order in which they are made, later ones of earlier ones, and the code that makes their rows."""
INDEXES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("indicator_statements", ("indicator_id", "breakdown", "kind", "period")),
    ("indicator_series", ("indicator_id", "breakdown", "kind", "period")),
    ("indicator_series", ("committee", "year")),
    ("indicator_series", ("indicator",)),
    ("indicator_series", ("kind", "outcome_is")),
    ("indicator_revisions", ("indicator_id",)),
    ("indicator_revisions", ("committee", "year")),
    ("target_attainment", ("indicator_id", "period")),
    ("target_attainment", ("committee", "year", "met")),
    ("budget_statements", ("line_id", "kind", "period")),
    ("budget_series", ("line_id", "kind", "period")),
    ("budget_series", ("committee", "year", "statement")),
    ("budget_revisions", ("line_id",)),
    ("budget_outcomes", ("line_id", "period")),
    ("budget_outcomes", ("committee", "year", "statement")),
    ("budget_outcomes", ("overspend_sek",)),
    ("net_costs", ("committee", "year", "kind")),
    ("review_list", ("confidence", "document", "table_id", "row", "col")),
    ("review_list", ("document",)),
    ("indicator_statements", ("committee", "year")),
    ("budget_statements", ("committee", "year")),
    ("budget_series", ("municipality", "line")),
    ("budget_series", ("level", "statement", "municipality", "line_id")),
    ("budget_outcomes", ("side", "statement")),
    ("goal_list", ("value_id",)),
    ("assignment_list", ("value_id",)),
    ("search", ("committee", "year")),
    ("goal_list", ("committee", "year")),
    ("assignment_list", ("committee", "year")),
)


def fill_answers(db: Database) -> None:
    """Fill the tables of answers from the tables of records."""
    for table, make in ANSWERS.items():
        query = query_of(table)
        if make is None:
            names = ", ".join(column.name for column in columns_of(table))
            db.execute(f"insert into {table} ({names}) select {names} from ({query})")
        else:
            fill_table(db, table, make(db, query))
