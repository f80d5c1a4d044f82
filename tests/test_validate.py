"""What a worker returns is stored whole, or its document fails with a reason and the others are stored."""

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reports import amount, build, goal, indicator, make_result, write_report

import namndata.pipeline
import namndata.store.write
from namndata.parts.shelf import shelf_of
from namndata.run.archive import Entry
from namndata.run.batch import Outcome
from namndata.run.build import result_of
from namndata.run.kept import write_results
from namndata.run.provenance import Provenance
from namndata.store.validate import faults_of
from schema.kinds import KINDS
from schema.layout import Cell, Content, Table
from schema.printed import Footnote, IndicatorRow, PrintedValue, ReportFacts
from schema.problem import Check, Problem
from schema.records import Assignment

FACTS = ReportFacts(title="Internbudget 2019", fiscal_year=2019, committee="Socialnämnden")
CELLS = (Cell(0, 0, "Andel trygga barn"), Cell(0, 1, "71 %"), Cell(1, 0, "Summa", col_span=2))
WHOLE = make_result(
    "rapport",
    FACTS,
    tables=(Table(1, CELLS),),
    indicator_values=(indicator(),),
    budget_values=(amount("Boende", 2.5, row=1),),
    assignments=(Assignment(scope="all_committees", text="Minska resorna", table=1, row=1),),
    goals=(goal("Trygg vård", table=1, row=0),),
    indicator_rows=(IndicatorRow("indicator", 1, "Mål", "Andel", 0, (PrintedValue("2019", "outcome", "71", 0, 1),)),),
    checks=(Check("sum", True, 1.0, 1.0, "holds", 1, ((0, 1),)),),
    problems=(Problem("tables", "unknown_header", "unknown", table=1, row=0, col=1),),
    footnotes=(Footnote("1", "Preliminär"),),
)
OTHER = make_result("annan", FACTS, indicator_values=(indicator(raw="72 %", value=72.0),))


def entry_of(result):
    source = result.source
    return Entry(source.document, Path(source.path), source.path, source.sha256, source.size)


def statuses(database):
    with sqlite3.connect(database) as db:
        return dict(db.execute("select document, status from documents"))


def store(folder, given, entry=None):
    """Store what a worker returned beside another document, as a run does."""
    entries = [entry_of(OTHER), entry or entry_of(given)]
    results = [result_of(Outcome(one, result)) for one, result in zip(entries, (OTHER, given), strict=True)]
    write_results(folder / "corpus.sqlite", shelf_of(results), entries, Provenance("1", "1"), folder)
    return statuses(folder / "corpus.sqlite")


def test_a_whole_result_has_no_faults(tmp_path):
    assert faults_of(WHOLE) == []
    assert store(tmp_path, WHOLE) == {"annan": "ok", "rapport": "ok"}


BROKEN = {
    "2 cells in row 0, column 1": {"tables": (Table(1, (*CELLS, Cell(0, 1, "72 %"))),)},
    "2 cells in row 1, column 1": {"tables": (Table(1, (*CELLS, Cell(1, 1, "72 %"))),)},
    "a cell stands in row -1": {"tables": (Table(1, (*CELLS, Cell(-1, 1, "72 %"))),)},
    "spans 0 × 1": {"tables": (Table(1, (*CELLS, Cell(2, 1, "72 %", row_span=0))),)},
    "its grid is 1000000001 × 2": {"tables": (Table(1, (*CELLS, Cell(10**9, 1, "72 %"))),)},
    "row 7 is a header and not there": {"tables": (Table(1, CELLS, header_rows=(7,)),)},
    "2 tables are number 1": {"tables": (Table(1, CELLS), Table(1, CELLS))},
    "IndicatorValue points at table 2": {"indicator_values": (indicator(table=2),)},
    "IndicatorValue points at row 0, column 2": {"indicator_values": (indicator(col=2),)},
    "Goal points at row 9": {"goals": (goal("Trygg vård", table=1, row=9),)},
    "Check points at row 4": {"checks": (Check("sum", True, 1.0, 1.0, "", 1, ((0, 1), (4, 0))),)},
    "the doubt 'unheard_of'": {"indicator_values": (indicator(doubts=("unheard_of",)),)},
    "number_of_pages": {"number_of_pages": "3"},
    "tables.0.cells.0.text": {"tables": (Table(1, (Cell(0, 0, None),)),)},
    "finite number": {"tables": (Table(1, (Cell(0, 0, "", confidence=float("nan")),)),)},
    "status": {"status": "good"},
    "letters that are none": {"facts": replace(FACTS, title="Rapport \ud83d")},
    "too large": {"facts": replace(FACTS, fiscal_year=10**30)},
    "category": {"indicator_values": (indicator().model_copy(update={"category": "sums"}),)},
}


def damaged(**fields):
    """Return the whole result with other fields; records replace those of their own kind."""
    records = [record for one in KINDS for record in fields.pop(one.table, WHOLE.records_of(one.model))]
    return replace(WHOLE, **{"records": tuple(records), **fields})


@pytest.mark.parametrize("fault", BROKEN)
def test_each_fault_is_named_and_costs_its_own_document_only(fault, tmp_path):
    broken = damaged(**BROKEN[fault])
    assert fault in "; ".join(faults_of(broken))
    assert store(tmp_path, broken) == {"annan": "ok", "rapport": "failed"}


def test_what_is_no_result_at_all_fails_too(tmp_path):
    assert store(tmp_path, "no result", entry_of(WHOLE)) == {"annan": "ok", "rapport": "failed"}


NUMBERS = st.sampled_from([None, -1, 0, 1, 2, 3, 10**9, 10**30, "1", 1.5])
TEXTS = st.sampled_from(["", "71 %", "Öka", "\ud83d", "\x00", None, 7, "a" * 5000])
DAMAGED_CELLS = st.builds(
    Cell, NUMBERS, NUMBERS, TEXTS, row_span=NUMBERS, col_span=NUMBERS, markers=st.lists(TEXTS).map(tuple)
)
DAMAGED_TABLES = st.builds(Table, NUMBERS, st.lists(DAMAGED_CELLS, max_size=4).map(tuple), title=TEXTS)
PLACES = st.fixed_dictionaries({"table": NUMBERS, "row": NUMBERS, "col": NUMBERS})
DAMAGE = {
    "tables": st.lists(st.one_of(DAMAGED_TABLES, st.just(WHOLE.tables[0])), max_size=3).map(tuple),
    "indicator_values": PLACES.map(lambda place: (indicator().model_copy(update=place),)),
    "budget_values": PLACES.map(lambda place: (amount("Boende", 2.5).model_copy(update=place),)),
    "goals": st.builds(
        lambda text, place: (goal("x").model_copy(update={"committee_goal": text, **place}),), TEXTS, PLACES
    ),
    "facts": st.builds(ReportFacts, TEXTS, TEXTS, TEXTS, TEXTS, NUMBERS, st.lists(NUMBERS).map(tuple), TEXTS),
    "problems": PLACES.map(lambda place: (Problem("tables", "odd", "odd", **place),)),
    "footnotes": st.lists(st.builds(Footnote, TEXTS, TEXTS, NUMBERS), max_size=2).map(tuple),
    "legend": st.lists(st.tuples(TEXTS, TEXTS), max_size=2).map(tuple),
    "number_of_pages": NUMBERS,
    "status": TEXTS,
}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(damage=st.fixed_dictionaries({}, optional=DAMAGE))
def test_no_broken_result_keeps_the_others_from_the_corpus(damage, tmp_path):
    broken = damaged(**damage)
    found = store(tmp_path, broken, entry_of(WHOLE))
    assert found["annan"] == "ok"
    assert found["rapport"] == ("failed" if faults_of(broken) else broken.status)


def test_a_document_that_passes_and_cannot_be_stored_fails_alone(tmp_path, monkeypatch):
    real = namndata.store.write.document_row

    def odd(result, standing, committee_today):
        return real(result, standing, committee_today) | {
            "title": object() if result.source.document == "rapport" and result.facts.title else ""
        }

    monkeypatch.setattr(namndata.store.write, "document_row", odd)
    assert store(tmp_path, WHOLE) == {"annan": "ok", "rapport": "failed"}


def test_a_run_goes_on_past_a_document_whose_cells_collide(tmp_path, monkeypatch):
    for name in ("good.txt", "odd.txt"):
        write_report(tmp_path / "in" / name)
    real = namndata.pipeline.read_document

    def collide(entry, *rest):
        content = real(entry, *rest)
        tables = [replace(table, cells=(*table.cells, table.cells[0])) for table in content.tables]
        return Content(content.source, tuple(tables)) if entry.name == "odd.txt" else content

    monkeypatch.setattr(namndata.pipeline, "read_document", collide)
    database = build(tmp_path / "in", tmp_path / "out").database
    assert statuses(database) == {"good": "ok", "odd": "failed"}
    with sqlite3.connect(database) as db:
        [(code, message)] = db.execute("select code, message from problems where document = 'odd'").fetchall()
    assert code == "broken_result" and "2 cells in row 0, column 0" in message
