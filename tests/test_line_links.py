"""Lines of money tables that have another name in the next report, were split or merged, or lost money to others."""

import sqlite3
from contextlib import closing

import pytest
from reports import build
from typer.testing import CliRunner

from namndata.answers.regrouped import revision_rows
from namndata.cli import app
from namndata.errors import UsageError
from namndata.lines.decisions import read_decisions
from namndata.lines.parts import split_and_merged
from namndata.lines.profiles import Amount, Profile

FRONT = """# Internbudget {year}

Socialnämnden

Linköpings kommun

## Driftsammandrag

| Belopp tkr | {columns} |
|---|{rule}|
"""


def write(folder, year, columns, rows):
    """Write an internal budget with a summary of operations."""
    head = FRONT.format(year=year, columns=" | ".join(columns), rule="---:|" * len(columns))
    lines = ["| " + " | ".join((label, *values)) + " |" for label, *values in rows]
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"internbudget-{year}.md").write_text(head + "\n".join(lines) + "\n", encoding="utf-8")


OLD = [
    ("Boendestöd", "12 345", "12 678"),
    ("Familjehem", "41 500", "42 600"),
    ("Summa internbudget", "53 845", "55 278"),
]
NEW = [
    ("Stöd i boendet", "12 678", "13 004"),
    ("Familjehem", "42 600", "43 100"),
    ("Summa nettokostnader", "55 278", "56 104"),
]


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "rapporter"
    write(folder, 2019, ("Budget 2019", "Plan 2020"), OLD)
    write(folder, 2020, ("Budget 2020", "Plan 2021"), NEW)
    return folder


def ask(folder, sql):
    database = build(folder, folder.parent / "ut").database
    with closing(sqlite3.connect(database)) as db:
        return db.execute(sql).fetchall()


def links(folder):
    return {(line, related): (relation, status) for line, related, relation, status in ask(
        folder, "select line, related_line, relation, status from line_links"
    )}  # fmt: skip


def command(folder, *arguments):
    options = ["--database", str(folder.parent / "ut" / "corpus.sqlite"), "--corpus", str(folder)]
    options += ["--by", "AB"] if arguments[0] in ("accept", "reject") else []
    return CliRunner().invoke(app, ["lines", *arguments, *options], catch_exceptions=False)


def link_of(folder, line):
    [(link,)] = ask(folder, f"select link from line_links where line = '{line}'")
    return link


def test_a_line_that_states_the_same_amount_for_the_same_year_is_proposed_and_so_is_what_sums_end_in(folder):
    found = links(folder)
    assert found == {
        ("Stöd i boendet", "Boendestöd"): ("same", "proposed"),
        ("Summa nettokostnader", "Summa internbudget"): ("same", "proposed"),
    }
    [(reasons,)] = ask(folder, "select reasons from line_links where line = 'Stöd i boendet'")
    assert "1 equal amounts: budget 2020" in reasons
    [(reasons,)] = ask(folder, "select reasons from line_links where line = 'Summa nettokostnader'")
    assert "sums end in both" in reasons


def test_an_accepted_line_is_followed_over_the_years(folder):
    assert ask(
        folder, "select distinct line_id from budget_series where line like '%boende%' or line = 'Boendestöd'"
    ) == [
        ("linköping/socialnämnden/drift/boendestöd",),
        ("linköping/socialnämnden/drift/stöd-i-boendet",),
    ]
    assert command(folder, "accept", link_of(folder, "Stöd i boendet")).exit_code == 0
    series = ask(
        folder,
        "select distinct period, cast(amount_sek as integer) from budget_series"
        " where line_id = 'linköping/socialnämnden/drift/boendestöd' order by period",
    )
    assert series == [("2019", 12345000), ("2020", 12678000), ("2021", 13004000)]
    assert links(folder)["Stöd i boendet", "Boendestöd"] == ("same", "accepted")
    assert ask(folder, "select reviewed, decided_by from line_links where status = 'accepted'") == [(1, "AB")]


def test_what_is_rejected_is_not_proposed_again_until_it_is_taken_back(folder):
    link = link_of(folder, "Stöd i boendet")
    command(folder, "reject", link)
    listed = command(folder, "list").output
    assert link not in listed and "1 proposed, 0 accepted, 1 rejected" in listed
    assert links(folder)["Stöd i boendet", "Boendestöd"] == ("same", "rejected")
    command(folder, "undo", link)
    assert links(folder)["Stöd i boendet", "Boendestöd"] == ("same", "proposed")


def test_lines_that_one_report_prints_are_two(tmp_path):
    folder = tmp_path / "rapporter"
    write(folder, 2019, ("Budget 2019", "Plan 2020"), OLD)
    write(folder, 2020, ("Budget 2020", "Plan 2021"), [*NEW[:1], ("Boendestöd", "12 678", "13 004"), *NEW[1:]])
    assert ("Stöd i boendet", "Boendestöd") not in links(folder)


def test_another_population_is_another_line(tmp_path):
    folder = tmp_path / "rapporter"
    write(folder, 2019, ("Budget 2019", "Plan 2020"), [("Placeringar barn", "12 345", "12 678"), *OLD[1:]])
    write(folder, 2020, ("Budget 2020", "Plan 2021"), [("Placeringar vuxna", "12 678", "13 004"), *NEW[1:]])
    assert ("Placeringar vuxna", "Placeringar barn") not in links(folder)


def test_a_line_that_was_split_is_known_by_the_sum_of_its_parts(tmp_path):
    folder = tmp_path / "rapporter"
    write(folder, 2019, ("Budget 2019", "Plan 2020"), [("Omsorg", "71 345", "72 678"), *OLD[1:]])
    parts = [("Gruppboende", "41 111", "43 004"), ("Daglig verksamhet", "31 567", "32 007")]
    write(folder, 2020, ("Budget 2020", "Plan 2021"), [*parts, *NEW[1:]])
    found = links(folder)
    assert found["Gruppboende", "Omsorg"] == found["Daglig verksamhet", "Omsorg"] == ("split", "proposed")
    command(folder, "accept", link_of(folder, "Gruppboende"))
    assert links(folder)["Gruppboende", "Omsorg"] == ("split", "accepted")
    [ids] = ask(folder, "select count(distinct line_id) from budget_series where line in ('Omsorg', 'Gruppboende')")
    assert ids == (2,)


def test_lines_that_were_merged_are_known_by_their_sum(tmp_path):
    folder = tmp_path / "rapporter"
    parts = [("Gruppboende", "41 111", "43 004"), ("Daglig verksamhet", "31 567", "32 007")]
    write(folder, 2019, ("Budget 2019", "Plan 2020"), [*parts, *OLD[1:]])
    write(folder, 2020, ("Budget 2020", "Plan 2021"), [("Omsorg", "75 011", "76 678"), *NEW[1:]])
    found = links(folder)
    assert found["Omsorg", "Gruppboende"] == found["Omsorg", "Daglig verksamhet"] == ("merged", "proposed")


def test_a_line_whose_name_begins_those_of_several_new_ones_was_split(tmp_path):
    folder = tmp_path / "rapporter"
    write(folder, 2019, ("Budget 2019", "Plan 2020"), [("Omsorg", "71 345", "72 678"), *OLD[1:]])
    write(folder, 2022, ("Budget 2022",), [("Omsorg barn", "41 111"), ("Omsorg vuxna", "31 567"), ("Summa", "72 678")])
    found = links(folder)
    assert found["Omsorg barn", "Omsorg"] == found["Omsorg vuxna", "Omsorg"] == ("split", "proposed")


def test_round_amounts_come_to_nothing(tmp_path):
    folder = tmp_path / "rapporter"
    write(folder, 2019, ("Budget 2019", "Plan 2020"), [("Omsorg", "70 000", "70 000"), *OLD[1:]])
    parts = [("Gruppboende", "40 000", "40 000"), ("Daglig verksamhet", "30 000", "30 000")]
    write(folder, 2020, ("Budget 2020", "Plan 2021"), [*parts, *NEW[1:]])
    assert {line for line, _ in links(folder)} == {"Summa nettokostnader"}


def summary(**amounts):
    """Return lines with their sum."""
    total = sum(int(amount) for amount in amounts.values())
    return [(label, f"{amount} 000") for label, amount in amounts.items()] + [("Summa nettokostnader", f"{total} 000")]


@pytest.mark.parametrize(
    ("rows", "changes"),
    [
        (
            summary(Administration="60", Placeringar="70", Familjehem="20"),
            {"Administration": "regrouped", "Placeringar": "regrouped"},
        ),
        (
            summary(Administration="60", Lokaler="30", Placeringar="40", Familjehem="20"),
            {"Administration": "regrouped"},
        ),
        (
            summary(Administration="94", Placeringar="40", Familjehem="20"),
            {"Administration": "revised", "Summa nettokostnader": "revised"},
        ),
    ],
)
def test_money_that_moves_between_lines_is_regrouped_and_not_revised(tmp_path, rows, changes):
    folder = tmp_path / "rapporter"
    write(folder, 2019, ("Plan 2020",), summary(Administration="90", Placeringar="40", Familjehem="20"))
    write(folder, 2020, ("Plan 2020",), rows)
    assert dict(ask(folder, "select line, change from budget_revisions")) == changes


def test_what_costs_and_income_both_grow_by_is_revised_and_so_is_what_little_of_a_line_is_moved(tmp_path):
    folder = tmp_path / "rapporter"
    gross = [("varav kostnader", "170 000"), ("varav intäkter", "20 000")]
    write(folder, 2019, ("Plan 2020",), [*summary(Administration="90", Placeringar="60"), *gross])
    gross = [("varav kostnader", "190 000"), ("varav intäkter", "40 000")]
    write(folder, 2020, ("Plan 2020",), [*summary(Administration="85", Placeringar="65"), *gross])
    changes = dict(ask(folder, "select line, change from budget_revisions"))
    assert changes == dict.fromkeys(("Administration", "Placeringar", "varav kostnader", "varav intäkter"), "revised")


def test_what_one_report_states_twice_is_no_revision(tmp_path):
    folder = tmp_path / "rapporter"
    rows = [("Familjehem", "40 000"), ("Familjehem", "41 000"), ("Summa nettokostnader", "81 000")]
    write(folder, 2020, ("Plan 2020",), rows)
    assert ask(folder, "select count(*) from budget_revisions") == [(0,)]


def test_an_amount_that_is_none_in_kronor_is_no_regrouping():
    row = {"kind": "budget", "period": "2020", "oldest_document": "a", "newest_document": "b", "part": None}
    [told] = revision_rows([row | {"oldest_sek": None, "newest_sek": 1.0, "line_id": "x", "side": None}], [])
    assert told["change"] == "revised"


HEADER = "line_id,related_to,decision\n"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (HEADER + "a,b,kanske\n", "line 2: decision 'kanske'"),
        (HEADER + "a,,same\n", "line 2: a decision needs"),
        (HEADER + "a,a,same\n", "line 2: a decision needs"),
        (HEADER + "a,b,same\na,c,same\n", "line 3: same with c contradicts same with b"),
        (HEADER + "a,b,same\nb,c,same\nc,a,same\n", "would be the same as a line that is the same as it"),
        ("x;y\n", "missing: line_id, related_to, decision"),
    ],
)
def test_decisions_that_cannot_be_followed_are_named(tmp_path, text, told):
    (tmp_path / "lines.csv").write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=told):
        read_decisions(tmp_path)


def test_a_person_links_what_nothing_proposes_and_no_two_lines_are_each_other(folder):
    links(folder)
    ids = [f"linköping/socialnämnden/drift/{name}" for name in ("familjehem", "boendestöd", "stöd-i-boendet")]
    command(folder, "accept", ids[2], "--to", ids[0])
    with pytest.raises(UsageError, match="would be the same"):
        command(folder, "accept", ids[0], "--to", ids[2])
    with pytest.raises(UsageError, match="has no line nix"):
        command(folder, "accept", "nix", "--to", ids[0])
    named = "select distinct line_id from budget_series where line in ('Stöd i boendet', 'Familjehem')"
    assert ask(folder, named) == [(ids[0],)]


@pytest.mark.parametrize(
    "wanted", [("accept", "zz"), ("undo", "zz"), ("list", "--status", "x"), ("accept", "zz", "--how", "x")]
)
def test_what_is_not_there_is_said_in_one_line(folder, wanted):
    links(folder)
    with pytest.raises(UsageError):
        command(folder, *wanted)


def test_a_decision_whose_older_line_is_gone_is_named(folder):
    command(folder, "accept", link_of(folder, "Stöd i boendet"))
    (folder / "internbudget-2019.md").unlink()
    assert ask(folder, "select count(*) from budget_values where line_id like '%/boendestöd'") == [(2,)]
    write(folder, 2020, ("Budget 2020", "Plan 2021"), [("Lokaler", "12 678", "13 004"), *NEW[1:]])
    links(folder)
    assert "no line linköping/socialnämnden/drift/boendestöd" in command(folder, "list", "--status", "accepted").output


def test_a_net_cost_that_a_later_report_states_otherwise_is_revised_under_any_name(tmp_path):
    folder = tmp_path / "rapporter"
    write(
        folder,
        2019,
        ("Budget 2019",),
        [("Boende", "30 100"), ("Familjehem", "41 500"), ("Summa internbudget", "71 600")],
    )
    write(
        folder,
        2020,
        ("Budget 2019",),
        [("Boende", "30 100"), ("Familjehem", "42 700"), ("Summa nettokostnader", "72 800")],
    )
    revised = "select line, oldest_sek / 1000, newest_sek / 1000, change from budget_revisions order by 2"
    assert ask(folder, revised) == [
        ("Familjehem", 41_500, 42_700, "revised"),
        ("Summa nettokostnader", 71_600, 72_800, "revised"),
    ]
    [(doubts,)] = ask(folder, "select doubts from budget_revisions where line like 'Summa%'")
    assert "other_name" in doubts


def test_lines_were_split_from_the_older_report_whichever_is_met_first():
    profiles = [
        Profile(name, name, "Vinterby", "Vårdnämnden", "drift", edition, 1, documents={document: edition})
        for name, document, edition in (
            ("Vård barn", "a-2020", "2020-12-31"),
            ("Vård vuxna", "a-2020", "2020-12-31"),
            ("Vård", "b-2019", "2019-12-31"),
        )
    ]
    for profile in profiles:
        profile.amounts = {document: {("outcome", "2019", "", ""): Amount(0, 1)} for document in profile.documents}
    found = {(link.line, link.related_line, link.relation) for link in split_and_merged(profiles)}
    assert found == {("Vård barn", "Vård", "split"), ("Vård vuxna", "Vård", "split")}
