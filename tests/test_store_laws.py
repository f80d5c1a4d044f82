"""What is stored is what was read: any record and any cell comes back from SQLite as it went in."""

import sqlite3
import tempfile
import typing
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from types import NoneType, UnionType

from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError
from reports import make_result

from namndata.run.provenance import Provenance
from namndata.store.fields import as_column
from namndata.store.write import write_corpus
from schema.kinds import KINDS
from schema.layout import Cell, Table
from schema.printed import ReportFacts

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
PERIODS = st.sampled_from(["2024", "2024-08", "2024-01/2024-08", "2023/2024"])
PLACES = {"table": st.sampled_from([None, 1]), "page": st.sampled_from([None, 1, 312]), "doubts": st.just(())}
"""Fields that lead elsewhere hold what is there."""


def values_of(annotation: object, metadata: tuple = ()) -> st.SearchStrategy:
    """Anything that a field may hold, by its annotation."""
    origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is typing.Annotated:
        return values_of(arguments[0], arguments[1:])
    if origin in (typing.Union, UnionType):
        return st.one_of(*(values_of(argument, metadata) for argument in arguments))
    if origin is typing.Literal:
        return st.sampled_from(arguments)
    if origin is tuple:
        return st.lists(values_of(arguments[0]), max_size=3).map(tuple)
    if annotation is str:
        return PERIODS if any(getattr(m, "pattern", None) for m in metadata) else TEXTS
    if annotation is float:
        return st.floats(0, 1) if "Le(le=1)" in str(metadata) else st.floats(-1e15, 1e15)
    return {bool: st.booleans(), int: st.integers(0, 10**12), NoneType: st.none()}[annotation]


def records(model: type) -> st.SearchStrategy:
    """Records that pydantic lets through."""

    def build(fields: dict) -> object:
        try:
            return model(**fields)
        except ValidationError:
            return None

    fields = {
        name: PLACES[name] if name in PLACES else values_of(field.annotation, tuple(field.metadata))
        for name, field in model.model_fields.items()
    }
    return st.fixed_dictionaries(fields).map(build).filter(lambda record: record is not None)


def rows(result, table: str, order: str) -> list[dict]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "corpus.sqlite")
        write_corpus(path, [result], Provenance("inputs", "code"))
        with closing(sqlite3.connect(path)) as db:
            db.row_factory = sqlite3.Row
            return [dict(row) for row in db.execute(f"select * from {table} order by {order}")]


@settings(max_examples=10)
@given(st.data())
def test_every_field_of_a_record_comes_back(data):
    kind = data.draw(st.sampled_from(list(KINDS)))
    drawn = data.draw(st.lists(records(kind.model), min_size=1, max_size=3))
    result = make_result("rapport", ReportFacts(), records=tuple(drawn))
    stored = rows(result, kind.table, "rowid")
    fields = [name for name in kind.model.model_fields if name not in ("table", "doubts")]
    assert [[row[name] for name in fields] for row in stored] == [
        [as_column(record.model_dump()[name]) for name in fields] for record in drawn
    ]
    assert [row["table_id"] for row in stored] == [record.table and f"rapport:t{record.table}" for record in drawn]


@st.composite
def tables(draw) -> Table:
    """A table whose cells are disjoint, some merged, some missing."""
    widths = draw(st.lists(st.integers(1, 3), min_size=1, max_size=4))
    cells = []
    for row in range(draw(st.integers(1, 4))):
        for index, width in enumerate(widths):
            if draw(st.integers(0, 5)):
                col = sum(widths[:index])
                text, bold = draw(TEXTS), draw(st.booleans())
                cells.append(
                    Cell(row, col, text, page=1, col_span=width, bold=bold, markers=tuple(draw(st.lists(TEXTS))))
                )
    return Table(1, tuple(cells), page=1, title=draw(TEXTS))


@settings(max_examples=10)
@given(tables())
def test_every_cell_of_a_table_comes_back(table):
    stored = rows(replace(make_result("rapport", ReportFacts()), tables=(table,)), "cells", "row, col")
    names = ("row", "col", "text", "row_span", "col_span", "bold", "markers")
    assert [[row[name] for name in names] for row in stored] == [
        [as_column(getattr(cell, name)) for name in names] for cell in sorted(table.cells, key=lambda c: (c.row, c.col))
    ]
