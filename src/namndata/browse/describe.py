"""What Datasette is told of a corpus: titles, descriptions in Swedish and English, units, facets, labels, questions."""

from __future__ import annotations

import re
from html import escape
from typing import Any

from namndata.browse.questions import Question, read_questions
from namndata.language.catalogue import words_of
from namndata.store.dictionary import Column, columns_of, read_tables, swedish_of
from schema.kinds import KINDS

Json = dict[str, Any]

SEARCH = "search_words"
PREFIX = "The beginning of a word will do. Where more than {} places hold the words, the first are weighed: add a word."
MOST_RANKED = 10_000
"""Places that hold the words and are weighed against each other: of 40 million values, those of a common word take a
quarter of a minute to weigh."""
SEARCH_SQL = f"""select s.record, s.year, s.municipality, s.committee, s.text, s.document, s.page, s.value_id
from (
  select rowid as place, rank as weight from search_fts
  where search_fts match iif(escape_fts(:words) = '', '""', replace(escape_fts(:words), '" ', '"* ') || '*')
  limit {MOST_RANKED}
) join search s on s.rowid = place
order by weight, place
limit 200"""
"""Every word may be the beginning of a longer one; signs that full-text search has a use for are taken as text."""
LABELS = {
    "documents": "document",
    "tables": "table_id",
    "indicators": "name",
    **{kind.table: kind.label for kind in KINDS},
}
"""What a row is called where another refers to it."""
FACETS = ("municipality", "committee", "year", "fiscal_year", "kind", "severity", "code", "outcome_is", "met", "status")
MOST_FACETS = 4
"""Of a table: each costs a count over all its rows."""


def metadata(database: str) -> Json:
    """Return the metadata of the corpus that Datasette knows by a name."""
    swedish = words_of("browse")
    queries = {question.name: as_query(question) for question in read_questions()}
    queries[SEARCH] = {
        "sql": SEARCH_SQL,
        "hide_sql": True,
        "title": swedish["search"],
        "description_html": both(swedish["prefix"].format(MOST_RANKED), PREFIX.format(MOST_RANKED)),
    }
    tables = {name: describe(name, description) for name, description in read_tables().items()}
    title = swedish["title"]
    return {"title": title, "databases": {database: {"title": title, "tables": tables, "queries": queries}}}


def as_query(question: Question) -> Json:
    """Return a question as Datasette's canned query."""
    warning = f"<strong>{words_of('browse')['wrong']}</strong> {with_code(question.wrong_swedish)}"
    english = f"{escape(question.asked)} <strong>What can go wrong:</strong> {with_code(question.wrong)}"
    return {
        "sql": question.sql,
        "hide_sql": True,
        "title": question.swedish,
        "description_html": f'<p lang="sv">{warning}</p><p lang="en"><small>{english}</small></p>',
    }


def with_code(text: str) -> str:
    """Return a text of Markdown as markup: what stands between backticks is code, between stars emphasised."""
    code = re.sub("`([^`]+)`", r"<code>\1</code>", escape(text))
    return re.sub(r"\*(\w[^*<]*)\*", r"<em>\1</em>", code)


def describe(table: str, description: str) -> Json:
    """Return what is said of a table and its columns."""
    columns = columns_of(table)
    names = {column.name for column in columns}
    said: Json = {
        "description_html": both(swedish_of(description), description),
        "searchmode": "raw",  # `browse.prefix` has made plain words of what was typed
        "columns": {column.name: of_column(column) for column in columns},
        "facets": [name for name in FACETS if name in names][:MOST_FACETS],
    }
    return said | ({"label_column": LABELS[table]} if table in LABELS else {})


def of_column(column: Column) -> str:
    """Return a column's meaning in both languages, and its unit."""
    unit = f" [{column.unit}]" if column.unit else ""
    swedish = swedish_of(column.description)
    return f"{swedish}{unit}" if swedish == column.description else f"{swedish}{unit} · {column.description}"


def both(swedish: str, english: str) -> str:
    """Return a text in both languages as markup."""
    return f'<p lang="sv">{escape(swedish)}</p><p lang="en"><small>{escape(english)}</small></p>'
