"""The example corpus: every value leads back to the cell that it was read from."""

import json
import re
import sqlite3
from pathlib import Path

import pytest

from namndata.evaluate.corpus import evaluate_corpus
from namndata.evaluate.floors import FLOORS


def query(database, sql):
    with sqlite3.connect(database) as db:
        return db.execute(sql).fetchall()


def squeezed(text):
    return re.sub(r"[\s\u00a0\u00ad]", "", text or "")


def test_every_example_document_is_read(example):
    assert query(example, "select path, message from documents where status = 'failed'") == []


@pytest.mark.parametrize("table", ["indicator_values", "budget_values"])
def test_every_value_leads_to_the_cell_that_prints_it(example, table):
    joined = query(
        example,
        f"""select v.id, v.raw, c.text, v.page, c.page, c.fragments from {table} v left join cells c
        on c.table_id = v.table_id and c.row = v.row and c.col = v.col""",
    )
    assert joined
    lost = [(id_, raw, text) for id_, raw, text, *_ in joined if squeezed(raw) not in squeezed(text)]
    assert lost == []
    astray = [
        (id_, here, there) for id_, _, _, here, there, parts in joined if here != there and f"[{here}," not in parts
    ]
    assert astray == []


@pytest.mark.parametrize("table", ["assignments", "goals"])
def test_every_row_from_a_table_leads_to_a_row_of_cells(example, table):
    sql = f"""select id from {table} r where table_id is not null and not exists
      (select 1 from cells c where c.table_id = r.table_id and c.row = r.row)"""
    assert query(example, sql) == []


def test_no_number_of_the_example_corpus_is_lost(example):
    assert query(example, "select document, page, unaccounted from number_ledger where unaccounted > 0") == []


def test_every_page_is_in_the_ledger(example):
    sql = """select document, ifnull(pages, 1) as pages, count(number_ledger.document) as counted
      from documents left join number_ledger using (document) group by document having pages != counted"""
    assert query(example, sql) == []


GOLD = Path(__file__).parent / "gold"


def test_no_score_of_the_example_corpus_is_below_its_floor(example):
    report = evaluate_corpus(example, GOLD)
    assert report.unmatched == ()
    assert [(score.document, score.name, score.f1) for score in report.scores if score.is_below_floor] == []


def test_every_gold_file_has_floors():
    floors = json.loads((GOLD / FLOORS).read_text(encoding="utf-8"))
    assert set(floors) == {path.stem for path in GOLD.glob("*.json") if path.name != FLOORS}
