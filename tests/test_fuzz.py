"""Damaged copies of whole reports: each ends as read or refused, with a reason, and none brings the run down."""

import sqlite3
from pathlib import Path

import pytest
from mutations import SUFFIXES, WAYS, damaged, write_damaged
from reports import build, write_report
from typeset import RUNNING, typeset

CORPUS = Path(__file__).parent.parent / "corpus"
COPIES = 300
SEED = 11
DOWN = ("internal_error", "tables_not_found", "crash", "timeout", "killed", "out_of_memory", "invalid_record")
"""Problems that no damage may cause; a number that damage tore from its place is told as unaccounted for."""
BODY = """= Delårsrapport augusti 2023
Socialnämnden, Åsunda kommun
#table(columns: 4, [*Belopp tkr*], [*Budget*], [*Utfall*], [*Avvikelse*], [Intäkter], [1 204], [1 318], [114],
  [Kostnader], [−10 858], [−11 093], [−235], [Netto], [−9 654], [−9 775], [−121])
#table(columns: 3, stroke: none, [Indikator], [Utfall 2022], [Målvärde 2023], [Andel trygga barn], [71 %], [75 %],
  [Antal besök], [1 204], [1 300])
"""


@pytest.fixture(scope="module")
def damaged_corpus(tmp_path_factory):
    """Build a corpus of damaged copies of a small PDF, two texts and a Word file."""
    folder = tmp_path_factory.mktemp("damaged")
    pdf = typeset(folder, RUNNING + BODY, name="whole")
    texts = [write_report(folder / "whole.txt"), CORPUS / "asunda-vp25-markdown.md"]
    word = next(CORPUS.glob("*.docx"))
    (folder / "reports").mkdir()
    wholes = [pdf, pdf, pdf, *texts, pdf, pdf, pdf, texts[0], word]
    written = write_damaged(folder / "reports", wholes, COPIES, SEED)
    return written, build(folder / "reports", folder / "out", jobs=2, time_limit=60).database


def test_every_damaged_copy_is_read_or_refused_with_a_reason(damaged_corpus):
    written, database = damaged_corpus
    with sqlite3.connect(database) as db:
        ends = dict(db.execute("select path, status from documents"))
        told = {path for (path,) in db.execute("select path from problems join documents using (document)")}
    assert set(ends) == {path.name for path in written}
    assert set(ends.values()) <= {"ok", "partial", "failed"}
    assert {path for path, status in ends.items() if status != "ok"} <= told


def test_no_damage_brings_the_program_down(damaged_corpus):
    _, database = damaged_corpus
    with sqlite3.connect(database) as db:
        marks = ",".join("?" * len(DOWN))
        query = (
            f"select path, code, problems.message from problems join documents using (document) where code in ({marks})"
        )
        assert db.execute(query, DOWN).fetchall() == []


@pytest.mark.parametrize("suffix", sorted(SUFFIXES))
def test_damage_is_the_same_for_a_seed_and_differs_between_seeds(suffix):
    whole = next(path for path in sorted(CORPUS.iterdir()) if path.suffix == suffix).read_bytes()
    copies = [damaged(whole, suffix, seed) for seed in range(30)]
    assert copies == [damaged(whole, suffix, seed) for seed in range(30)]
    assert {name for name, _ in copies} == {way.__name__ for way in WAYS[SUFFIXES[suffix]]}
    assert all(content != whole for _, content in copies) or suffix != ".pdf"
