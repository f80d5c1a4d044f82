"""A corpus that grew, report by report, is the one that is written at once."""

import multiprocessing
import os
import random
import signal
import sqlite3
import sys

import pytest
from reports import build, write_report

import namndata.store.write
from namndata.browse.serve import in_use
from namndata.errors import NamndataError
from namndata.run.archive import read_archive
from namndata.store.scheme import FULL_TEXT, TABLES

TOWNS = ("Linköpings kommun", "Motala kommun", "Åsunda kommun", "")
STEPS = 6


def write_of(path, town, year, share="71", total="4 000"):
    write_report(path, year=year, share=share, total=total)
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("socialnämnden\n", f"socialnämnden\n\n{town}\n" if town else "socialnämnden\n"))
    return path


def contents(database):
    """Every row with its number, and what each index of words finds."""
    with sqlite3.connect(database) as db:
        found = {table: db.execute(f"select rowid, * from {table}").fetchall() for table in TABLES}
        for table, _ in FULL_TEXT:
            db.execute(f"insert into {table}_fts ({table}_fts) values ('integrity-check')")
            words = f"select rowid from {table}_fts where {table}_fts match 'bar* or familj*' order by 1"
            found[f"{table} words"] = db.execute(words).fetchall()
    return found


def add(folder, chance):
    town = chance.choice(TOWNS)
    write_of(
        folder / f"{town.split()[0] if town else 'utan'}-{chance.randrange(2015, 2024)}.txt",
        town,
        chance.randrange(2015, 2024),
    )


def change(folder, chance):
    path = chance.choice(sorted(folder.iterdir()))
    path.write_text(path.read_text().replace("71", str(chance.randrange(50, 99))).replace("4 000", "4 100"))


def remove(folder, chance):
    if len(list(folder.iterdir())) > 2:
        chance.choice(sorted(folder.iterdir())).unlink()


def rename(folder, chance):
    path = chance.choice(sorted(folder.iterdir()))
    path.rename(path.with_name(f"om-{chance.randrange(100)}-{path.name}"))


def move(folder, chance):
    """Another body's name on the front puts the report in another part."""
    path = chance.choice(sorted(folder.iterdir()))
    path.write_text(
        path.read_text().replace("Motala kommun", "Åsunda kommun").replace("Linköpings kommun", "Motala kommun")
    )


def decide_some(folder, chance):
    """Some reports' names are one indicator, others are kept from it."""
    documents = [entry.document for entry in read_archive(folder).entries]
    some = chance.sample(documents, min(len(documents), chance.randrange(1, 4)))
    lines = [f"besök,Antal besök,,,{document},{chance.choice(('same', 'same', 'not_same'))}" for document in some]
    decide(folder, *lines, *(["besök,Antal besök,,,,not_same"] if chance.random() < 0.3 else []))


@pytest.mark.parametrize("seed", range(3))
def test_a_corpus_that_grew_is_the_one_that_is_written_at_once(tmp_path, seed):
    folder, chance = tmp_path / "reports", random.Random(seed)
    folder.mkdir()
    for town in TOWNS:
        write_of(folder / f"{town[:5]}först.txt", town, 2020)
    build(folder, tmp_path / "grown")
    for step in range(STEPS):
        if (folder / "crosswalk.csv").exists():
            decide(folder)
        for _ in range(chance.randrange(1, 3)):
            chance.choice((add, change, remove, rename, move))(folder, chance)
        if chance.random() < 0.5:
            decide_some(folder, chance)
        grown = build(folder, tmp_path / "grown").database
        at_once = build(folder, tmp_path / f"fresh{step}").database
        assert contents(grown) == contents(at_once)


def test_only_the_part_of_a_changed_report_is_written(tmp_path, written):
    folder = tmp_path / "reports"
    for town in TOWNS:
        for year in (2019, 2020):
            write_of(folder / f"{town[:5]}{year}.txt", town, year)
    build(folder, tmp_path / "out")
    written.clear()
    write_of(folder / "Motal2020.txt", "Motala kommun", 2020, share="88")
    build(folder, tmp_path / "out")
    assert written == [583]


def decide(folder, *lines):
    """Write decisions on names, or take them away where there is none."""
    head = "indicator_id,name,parent,committee,document,relation"
    path = folder / "crosswalk.csv"
    path.write_text("\n".join((head, *lines)) + "\n") if lines else path.unlink()


def four_towns(folder):
    for town in TOWNS:
        write_of(folder / f"{town[:5] or 'utan'}.txt", town, 2020)


@pytest.fixture
def written(monkeypatch):
    """The parts that are written, in turn."""
    parts, put = [], namndata.store.write.fill_part
    monkeypatch.setattr(
        namndata.store.write, "fill_part", lambda db, part, *rest: (parts.append(part), put(db, part, *rest))
    )
    return parts


def test_a_decision_writes_the_parts_that_it_reaches(tmp_path, written):
    folder = tmp_path / "reports"
    four_towns(folder)
    build(folder, tmp_path / "out")
    written.clear()
    decide(folder, "besök,Antal besök,,,Motal,same")
    grown = build(folder, tmp_path / "out").database
    assert written == [583]
    assert contents(grown) == contents(build(folder, tmp_path / "fresh").database)
    written.clear()
    decide(folder)
    again = build(folder, tmp_path / "out").database
    assert written == [583]
    assert contents(again) == contents(build(folder, tmp_path / "third").database)


def test_decisions_that_share_an_indicator_make_one_part_of_two_municipalities_and_leave_the_others(tmp_path, written):
    folder = tmp_path / "reports"
    four_towns(folder)
    decide(folder, "besök,Antal besök,,,Motal,same", "besök,Antal besök,,,Linkö,same")
    database = build(folder, tmp_path / "out").database
    with sqlite3.connect(database) as db:
        parts = dict(db.execute("select document, rowid >> 32 from documents"))
        assert db.execute(
            "select count(distinct document) from indicator_names where indicator_id = 'besök'"
        ).fetchone()
    assert parts["Linkö"] == parts["Motal"] == 580 and len(set(parts.values())) == 3
    written.clear()
    write_of(folder / "Åsund.txt", "Åsunda kommun", 2020, share="88")
    grown = build(folder, tmp_path / "out").database
    assert len(written) == 1 and 580 not in written
    assert contents(grown) == contents(build(folder, tmp_path / "fresh").database)


def test_an_indicator_of_another_municipality_is_found_by_its_id(tmp_path, written):
    folder = tmp_path / "reports"
    four_towns(folder)
    with sqlite3.connect(build(folder, tmp_path / "out").database) as db:
        query = "select indicator_id from indicator_names where document = 'Linkö' and name = 'Antal besök'"
        [indicator] = db.execute(query).fetchone()
    written.clear()
    decide(folder, f"{indicator},Antal besök,,,Motal,same")
    grown = build(folder, tmp_path / "out").database
    assert written == [580]
    assert contents(grown) == contents(build(folder, tmp_path / "fresh").database)
    with sqlite3.connect(grown) as db:
        names = db.execute("select distinct document from indicator_names where indicator_id = ?", (indicator,))
        assert names.fetchall() == [("Linkö",), ("Motal",)]


def test_a_decision_on_a_line_reaches_the_municipalities_that_its_ids_begin_with(tmp_path, written):
    folder = tmp_path / "reports"
    four_towns(folder)
    (folder / "utan.txt").unlink()
    with sqlite3.connect(build(folder, tmp_path / "out").database) as db:
        query = "select distinct line_id from budget_values where document = ? and line = 'Boende'"
        [[here], [there]] = [db.execute(query, (document,)).fetchone() for document in ("Motal", "Linkö")]
    written.clear()
    (folder / "lines.csv").write_text(f"line_id,related_to,decision\n{here},{there},same\nnowhere/a,nowhere/b,same\n")
    grown = build(folder, tmp_path / "out").database
    assert written == [580]
    assert contents(grown) == contents(build(folder, tmp_path / "fresh").database)
    with sqlite3.connect(grown) as db:
        assert db.execute(
            "select count(*) from line_links where related_to in (?, 'nowhere/b')", (there,)
        ).fetchone() == (2,)


def test_a_decision_on_a_name_that_is_nowhere_ends_the_run(tmp_path):
    folder = tmp_path / "reports"
    four_towns(folder)
    decide(folder, "besök,Antal resor,,,,not_same")
    with pytest.raises(NamndataError, match="“Antal resor” is no name in these reports"):
        build(folder, tmp_path / "out")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no such kill")
def test_a_run_killed_while_the_corpus_grows_leaves_it_as_it_was(tmp_path, monkeypatch):
    folder = tmp_path / "reports"
    for town in TOWNS:
        write_of(folder / f"{town[:5]}.txt", town, 2020)
    before = contents(build(folder, tmp_path / "out").database)
    write_of(folder / "Motal.txt", "Motala kommun", 2020, share="88")
    monkeypatch.setattr(namndata.store.write, "fill_common", lambda *rest: os.kill(os.getpid(), signal.SIGKILL))
    killed = multiprocessing.get_context("fork").Process(target=build, args=(folder, tmp_path / "out"))
    killed.start()
    killed.join(60)
    monkeypatch.undo()
    assert killed.exitcode == -signal.SIGKILL
    assert contents(tmp_path / "out" / "corpus.sqlite") == before
    grown = build(folder, tmp_path / "out").database
    assert contents(grown) == contents(build(folder, tmp_path / "fresh").database) != before


def test_a_new_corpus_is_written_without_a_journal_and_made_sure_of_once(tmp_path, monkeypatch):
    journals, synced = [], []
    fill_common = namndata.store.write.fill_common

    def look_after(*given):
        fill_common(*given)
        journals.extend((tmp_path / "out").glob("*-journal"))

    monkeypatch.setattr(namndata.store.write, "fill_common", look_after)
    monkeypatch.setattr(os, "fsync", synced.append)
    write_of(tmp_path / "in" / "report.txt", TOWNS[0], 2020)
    build(tmp_path / "in", tmp_path / "out")
    assert (journals, len(synced)) == ([], 1)


def test_a_corpus_that_is_shown_stays_as_it_is_and_a_new_file_comes(tmp_path):
    folder = tmp_path / "reports"
    for town in TOWNS:
        write_of(folder / f"{town[:5]}.txt", town, 2020)
    database = build(folder, tmp_path / "out").database
    before = contents(database)
    shown = in_use(database)
    write_of(folder / "Motal.txt", "Motala kommun", 2020, share="88")
    build(folder, tmp_path / "out")
    values = "select count(*) from indicator_values where value = 88"
    assert shown.execute(values).fetchone() == (0,)
    shown.close()
    assert contents(database) == contents(build(folder, tmp_path / "fresh").database) != before


@pytest.mark.parametrize("fresh", [False, True])
def test_a_journal_that_a_killed_run_left_harms_no_later_corpus(tmp_path, fresh):
    write_of(tmp_path / "in" / "a.txt", TOWNS[0], 2022)
    database = build(tmp_path / "in", tmp_path / "out").database
    whole, journal = contents(database), database.with_name(f"{database.name}-journal")
    with sqlite3.connect(database) as db:
        db.execute("pragma cache_size = 1")  # what does not fit is written at once, after the journal
        db.execute("update cells set text = text || '?'")
        begun, told = database.read_bytes(), journal.read_bytes()
        db.rollback()
    database.write_bytes(begun)
    journal.write_bytes(told)
    build(tmp_path / "in", tmp_path / "out", fresh=fresh)
    assert contents(database) == whole and not journal.exists()
    journal.write_bytes(bytes(512))  # killed before anything was told
    build(tmp_path / "in", tmp_path / "out")
    assert contents(database) == whole and not journal.exists()
