"""Which national indicators labels are linked to, and printed outcomes beside official values."""

import json
import re
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest
import tabulate
from reports import build
from typer.testing import CliRunner

from namndata.cli import app
from namndata.errors import UsageError
from namndata.kolada.catalogue import Kpi, read_catalogue, split_title
from namndata.kolada.compare import comparison_rows
from namndata.kolada.decisions import read_decisions
from namndata.kolada.links import Indicator, find_links
from namndata.kolada.match import Catalogue
from namndata.kolada.official import OfficialValue, Printed, agrees, read_official, years_of

PAGE = (Path(__file__).parent.parent / "docs" / "kolada.md").read_text(encoding="utf-8")
GIVEN = re.compile(r"<!-- (report|values): (\S+) -->\n```\w+\n(.*?)```", re.DOTALL)
QUESTION = re.compile(r"^### (?P<asked>.*?\?)\n\n```sql\n(?P<sql>.*?)```\n\n```text\n(?P<shown>.*?)```", re.M | re.S)
LINKOPING = "0580"


def linked(label, parent=None, *, code=LINKOPING, unit=None, **fields):
    indicator = Indicator("i", ((label, parent),), unit, code, **fields)
    return [(link.kpi, link.method) for link in find_links(indicator, {}, ()) if link.status == "accepted"]


def proposed(label, *, code=LINKOPING):
    return [link.kpi for link in find_links(Indicator("i", ((label, None),), code=code), {}, ())]


@pytest.mark.parametrize(
    ("label", "kpi"),
    [
        ("Kostnad öppna insatser barn och unga, kr/inv.", "N33009"),
        ("Kostnad öppna insatser barn och unga, kronor per invånare", "N33009"),
        ("Kostnad HVB för barn och unga kr/inv. 0–20 år", "N33002"),
        ("Andel gymnasieelever med examen inom 3 år, kommunala skolor", "N17451"),
        (
            "Ej återaktualiserade vuxna personer med försörjningsstöd ett år efter avslutat försörjningsstöd (%)",
            "U31462",
        ),
    ],
)
def test_the_same_title_in_other_spelling_is_linked(label, kpi):
    assert linked(label) == [(kpi, "title")]


@pytest.mark.parametrize(
    ("label", "why"),
    [
        ("Kostnad öppna insatser barn och unga, tkr", "another unit"),
        ("Kostnad öppna insatser barn och unga", "no unit"),
        ("Gymnasieelever med examen inom 5 år, kommunala skolor, andel (%)", "another number"),
        ("Gymnasieelever med examen inom 3 år, kommunala skolor, antal", "a count"),
        ("Gymnasieelever med examen inom 3 år, andel (%)", "all schools"),
        ("Deltagartillfällen i idrottsföreningar, antal/inv 7-21 år", "another age"),
        ("Brukarbedömning gruppbostad SoL - Brukaren trivs alltid hemma, lägeskommun, andel (%)", "another law"),
    ],
)
def test_another_measure_age_law_or_population_is_not_linked(label, why):
    assert linked(label) == [], why


def test_a_unit_column_may_say_that_it_is_a_share():
    label = "Gymnasieelever med examen inom 3 år, kommunala skolor"
    assert linked(label) == []
    assert linked(label, unit="%") == [("N17451", "title")]


def test_a_number_that_differs_is_not_even_proposed():
    assert "N17451" not in proposed("Gymnasieelever med examen inom 5 år, kommunala skolor, andel (%)")


def test_at_most_three_are_proposed_best_first():
    found = proposed("Väntetid i antal dagar från första kontakt till beslut inom försörjningssstöd (medelvärdet)")
    assert found[0] == "U31402" and len(found) <= 3


def test_own_labels_are_nothing_national():
    assert proposed("Antal guidningar i slottsparken om våren") == []


def test_a_regions_indicator_is_not_a_municipalitys():
    label = "Sjukfrånvaro, 29 år eller yngre, region, andel (%)"
    assert read_catalogue()["N60027"].level == "L"
    assert linked(label, code="0001") == [("N60027", "title")]
    assert "N60027" not in proposed(label)


def test_a_body_without_a_code_gets_proposals_only():
    assert linked("Kostnad öppna insatser barn och unga, kr/inv.", code=None) == []
    assert proposed("Kostnad öppna insatser barn och unga, kr/inv.", code=None)[0] == "N33009"


def test_a_heading_above_does_not_matter_and_another_body_does():
    label = "Kostnad öppna insatser barn och unga, kr/inv"
    assert linked(label, "Barn och unga") == [("N33009", "title")]
    assert linked(label, "Riket") == []
    assert linked(label, "Norrköping") == []
    assert linked(label, "Linköping") == [("N33009", "title")]


def test_a_label_of_one_sex_takes_the_values_of_that_sex():
    [link] = find_links(
        Indicator(
            "i", (("Gymnasieelever med examen inom 3 år, kommunala skolor, kvinnor, andel (%)", None),), None, LINKOPING
        ),
        {},
        (),
    )
    assert (link.kpi, link.sex, link.status) == ("N17451", "K", "accepted")


def test_an_indicator_that_had_ended_before_the_first_outcome_is_proposed_only():
    label = "Ej återaktualiserade vuxna personer med försörjningsstöd ett år efter avslutat försörjningsstöd (%)"
    assert linked(label, printed=(Printed(2024, 80.0, "80"), Printed(2025, 81.0, "81"))) == [("U31462", "title")]
    assert linked(label, printed=(Printed(2025, 80.0, "80"),)) == []


def test_two_national_indicators_of_one_title_are_proposed():
    twins = Catalogue([Kpi("N1", "Nöjda besökare, andel (%)", "K"), Kpi("N2", "Nöjda besökare, andel (%)", "K")])
    assert [match.same_title for match in twins.matches("Andel nöjda besökare", None, ("K",))] == [True, True]


@pytest.mark.parametrize(
    ("title", "split"),
    [
        ("Invånare 13-15 år, antal (-2023)", ("Invånare 13-15 år, antal", 2023)),
        ("Utredningstid,  median (- 2024)", ("Utredningstid, median", 2024)),
        ("Elever, andel (%)", ("Elever, andel (%)", None)),
        ("Valdeltagande (2022)", ("Valdeltagande (2022)", None)),
    ],
)
def test_the_mark_of_an_ended_indicator_is_taken_off(title, split):
    assert split_title(title) == split


def test_thousands_of_names_take_seconds():
    titles = [kpi.title for kpi in read_catalogue().values()][::30]
    find_links(Indicator("i", (("Kostnad per elev", None),), None, LINKOPING), {}, ())
    started = time.process_time()
    for number, title in enumerate(titles):
        proposed(f"{title.split(',')[0]} {number % 7}")
    assert (time.process_time() - started) / len(titles) < 0.02


def official(kpi, values, code=LINKOPING, sex="T"):
    return {
        (kpi, code, year, sex): OfficialValue(kpi, code, year, sex, value, None, "2024-05-02")
        for year, value in values.items()
    }


SIMILAR = "Handläggare med socionomutbildning och minst ett års erfarenhet av utredningar om barn (%)"
OFFICIAL = official("U33816", {2021: 71.43, 2022: 68.18, 2023: 75.0})


def accepted_by_values(*printed, values=OFFICIAL):
    indicator = Indicator("i", ((SIMILAR, None),), "%", LINKOPING, tuple(Printed(*each) for each in printed))
    return [link.kpi for link in find_links(indicator, values, ()) if link.status == "accepted"]


def test_a_similar_title_is_linked_where_two_years_agree_and_not_where_one_does():
    assert accepted_by_values((2021, 71.4, "71,4"), (2022, 68.2, "68,2")) == ["U33816"]
    assert accepted_by_values((2021, 71.4, "71,4")) == []
    assert accepted_by_values((2021, 71.4, "71,4"), (2022, 60.0, "60,0")) == []
    assert accepted_by_values((2021, 71.4, "71,4"), (2022, 68.2, "68,2"), values={}) == []


def test_figures_that_meet_by_chance_bear_out_nothing():
    values = official("U33816", {2021: 100.0, 2022: 100.0, 2023: 5.0})
    assert accepted_by_values((2021, 100.0, "100"), (2022, 100.0, "100"), (2023, 5.0, "5"), values=values) == []


def test_the_same_figure_in_two_years_counts_once():
    values = official("U33816", {2021: 71.43, 2022: 71.43})
    printed = [Printed(2021, 71.4, "71,4"), Printed(2022, 71.4, "71,4")]
    assert years_of(printed, values, ("U33816", LINKOPING, "T")) == ([2021], [])


@pytest.mark.parametrize(
    ("value", "raw", "number", "same"),
    [
        (71.0, "71 %", 71.49, True),
        (71.0, "71 %", 71.6, False),
        (71.0, "71,0 %", 71.04, True),
        (71.0, "71,0 %", 71.2, False),
        (71.5, "K 71,5 M 68", 71.46, True),
        (0.35, "0,35", 0.355, True),
    ],
)
def test_a_printed_value_agrees_within_its_rounding(value, raw, number, same):
    assert agrees(value, raw, number) is same


@pytest.mark.parametrize(
    ("value", "raw", "status", "reason"),
    [
        (68.2, "68,2", "reported", "the value of 2022"),
        (74.1, "74,1", "reported", "the value of women"),
        (71.9, "71,9", "preliminary", "printed as preliminary"),
        (71.9, "71,9", "reported", None),
        (70.0, "70", "reported", "rounded otherwise"),
    ],
)
def test_a_difference_has_the_reason_that_shows(value, raw, status, reason):
    values = OFFICIAL | official("U33816", {2021: 74.12}, sex="K")
    place = {"kpi": "U33816", "municipality_code": LINKOPING, "year": 2021, "sex": "T"}
    [row] = comparison_rows([place | {"value": value, "raw": raw, "status": status}], values)
    assert (row["agrees"], row["likely_reason"]) == (0, reason)
    assert row["source"] == "Kolada (RKA), CC BY 4.0"


def ask(database, sql):
    with closing(sqlite3.connect(database)) as db:
        db.row_factory = sqlite3.Row
        return [dict(row) for row in db.execute(sql)]


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    folder = tmp_path_factory.mktemp("rapporter")
    (folder / "kolada").mkdir()
    for kind, name, text in GIVEN.findall(PAGE):
        path = folder / name if kind == "report" else folder / "kolada" / f"{name}.json"
        path.write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def built(corpus):
    return build(corpus, corpus.parent / "ut").database


@pytest.mark.parametrize(
    "question", [each.groupdict() for each in QUESTION.finditer(PAGE)], ids=lambda each: each["asked"]
)
def test_a_question_of_the_page_has_the_answer_that_is_shown(built, question):
    table = tabulate.tabulate(ask(built, question["sql"]), headers="keys")
    assert [line.rstrip() for line in table.splitlines()] == question["shown"].splitlines()


def test_the_page_asks_three_questions():
    assert len(QUESTION.findall(PAGE)) == 3


def test_official_values_are_no_reports_and_a_change_of_them_is_seen(corpus, built, tmp_path):
    folder = tmp_path / "rapporter"
    (folder / "kolada").mkdir(parents=True)
    (folder / "r.md").write_text((corpus / "socialnamnden-2023.md").read_text(encoding="utf-8"), encoding="utf-8")
    first = build(folder, tmp_path / "ut")
    assert ask(first.database, "select count(*) as n from official_values") == [{"n": 0}]
    assert [row["agrees"] for row in ask(first.database, "select agrees from official_comparison")] == [None] * 6
    (folder / "kolada" / "N33009.json").write_bytes((corpus / "kolada" / "N33009.json").read_bytes())
    second = build(folder, tmp_path / "ut")
    assert second.archive.ignored == ()
    assert ask(second.database, "select count(*) as n from official_values") == [{"n": 3}]


def test_the_same_files_give_the_same_tables(corpus, built, tmp_path):
    again = build(corpus, tmp_path / "ut").database
    for table in ("kolada_links", "official_values", "official_comparison"):
        assert ask(again, f"select * from {table}") == ask(built, f"select * from {table}")


def test_a_file_of_official_values_that_is_none_is_named(tmp_path):
    (tmp_path / "kolada").mkdir()
    (tmp_path / "kolada" / "N1.json").write_text('{"fetched_on": "2024-05-02", "values": [{"kpi"', encoding="utf-8")
    with pytest.raises(UsageError, match="N1.json"):
        read_official(tmp_path)


def kept_values(period="2023", gender='"T"', value="547"):
    values = f'[{{"gender": {gender}, "value": {value}}}]'
    row = f'{{"kpi": "N1", "municipality": "0580", "period": {period}, "values": {values}}}'
    return f'{{"fetched_on": "2024-05-02", "values": [{row}]}}'


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "[" * 100_000,
        '{"fetched_on": "2024-05-02", "values": null}',
        kept_values(value="NaN"),
        kept_values(value="1e999"),
        kept_values(value="1" + "0" * 400),
        kept_values(value="true"),
        kept_values(value='"abc"'),
        kept_values(period='"2023-01"'),
        kept_values(period="9" * 30),
    ],
)
def test_a_file_that_holds_no_official_values_ends_the_run_in_one_line(tmp_path, text):
    (tmp_path / "kolada").mkdir()
    (tmp_path / "kolada" / "N1.json").write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=r"N1\.json holds no official values"):
        read_official(tmp_path)


def test_official_values_may_be_saved_with_the_mark_of_utf_8_and_folders_are_none(tmp_path):
    (tmp_path / "kolada" / "N2.json").mkdir(parents=True)
    (tmp_path / "kolada" / "N1.json").write_text(kept_values(), encoding="utf-8-sig")
    assert [value.value for value in read_official(tmp_path).values()] == [547.0]


def test_values_that_kolada_deleted_are_left_out(tmp_path):
    (tmp_path / "kolada").mkdir()
    values = [{"gender": "T", "value": 1.0, "isdeleted": True}, {"gender": "K", "value": None, "status": "Missing"}]
    row = {"kpi": "N1", "municipality": "0580", "period": 2020, "values": values}
    text = json.dumps({"fetched_on": "2024-05-02", "values": [row]})
    (tmp_path / "kolada" / "N1.json").write_text(text, encoding="utf-8")
    [value] = read_official(tmp_path).values()
    assert (value.sex, value.value, value.status) == ("K", None, "Missing")


HEADER = "indicator_id;kpi;decision;name;note\r\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_decisions_are_read_as_excel_saves_them(tmp_path, encoding, delimiter):
    note = '"rad ett\r\nrad två, å"' if delimiter == "\t" else '"rad ett\r\nrad två"'
    line = f"nöjda-1;n33009;Accept;Nöjda besökare (%);{note}\r\n;;;;\r\n"
    text = (HEADER.upper() + line).replace(";", delimiter)
    (tmp_path / "kolada.csv").write_bytes(text.encode(encoding))
    [decision] = read_decisions(tmp_path / "kolada.csv")
    assert (decision.indicator_id, decision.kpi, decision.decision) == ("nöjda-1", "N33009", "accept")
    assert decision.note.startswith("rad ett") and decision.note.splitlines()[1].startswith("rad två")


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ("i;N1;accept\ni;N2;accept\n", "line 3: accept N2 contradicts accept N1"),
        ("i;N1;accept\ni;N1;reject\n", "line 3: reject N1 contradicts accept N1"),
        ("i;../../N1;accept\n", "line 2: kpi '../../N1' is no id"),
        ("i;N1;maybe\n", "line 2: decision 'maybe' is none of"),
    ],
)
def test_decisions_that_cannot_be_followed_are_named(tmp_path, lines, told):
    (tmp_path / "kolada.csv").write_text(f"indicator_id;kpi;decision\n{lines}", encoding="utf-8")
    with pytest.raises(UsageError, match=re.escape(told)):
        read_decisions(tmp_path / "kolada.csv")


BY_SEX = """# Verksamhetsberättelse 2023

Utbildningsnämnden

Linköpings kommun

| Indikator | Utfall 2022 | Utfall 2023 |
|---|---|---|
| Gymnasieelever med examen inom 3 år, kommunala skolor, andel (%) | 70,1 | 71,2 |
| Kvinnor | 74,0 | 75,0 |
| Män | 66,0 | 67,0 |
"""


def test_sub_rows_by_sex_are_compared_with_the_values_of_that_sex(tmp_path):
    folder = tmp_path / "rapporter"
    (folder / "kolada").mkdir(parents=True)
    (folder / "r.md").write_text(BY_SEX, encoding="utf-8")
    values = [{"gender": sex, "value": value} for sex, value in (("T", 71.2), ("K", 75.04), ("M", 66.0))]
    row = {"kpi": "N17451", "municipality": LINKOPING, "period": 2023, "values": values}
    text = json.dumps({"fetched_on": "2024-05-02", "values": [row]})
    (folder / "kolada" / "N17451.json").write_text(text, encoding="utf-8")
    database = build(folder, tmp_path / "ut").database
    compared = ask(
        database, "select sex, agrees, likely_reason from official_comparison where year = 2023 order by sex"
    )
    assert [(row["sex"], row["agrees"]) for row in compared] == [("K", 1), ("M", 0), ("T", 1)]
    links = ask(database, "select sex, status from kolada_links where kpi = 'N17451' order by sex")
    assert [row["sex"] for row in links] == [None, "K", "M"]
    assert ask(database, "select count(*) as n from indicators where kolada_kpi = 'N17451'") == [{"n": 3}]


NEAR = """# Verksamhetsberättelse {year}

Socialnämnden

Linköpings kommun

| Indikator | Utfall {year} |
|---|---|
| Väntetid i antal dagar från första kontakt till beslut inom försörjningsstöd, medelvärde | 14 |
| Kostnad öppna insatser barn och unga, kr/inv | 512 |
"""


@pytest.fixture
def deciding(tmp_path):
    folder = tmp_path / "rapporter"
    folder.mkdir()
    (folder / "b.md").write_text(NEAR.format(year=2023), encoding="utf-8")
    return folder


def command(folder, *arguments):
    options = ["--database", str(folder.parent / "ut" / "corpus.sqlite"), "--corpus", str(folder)]
    options += ["--by", "AB"] if arguments[0] in ("accept", "reject") else []
    return CliRunner().invoke(app, ["kolada", *arguments, *options], catch_exceptions=False)


def statuses(folder):
    database = build(folder, folder.parent / "ut").database
    return {row["kpi"]: row for row in ask(database, "select * from kolada_links")}


def test_a_decision_is_followed_and_survives_an_older_report_that_changes_the_id(deciding):
    link = statuses(deciding)["U31402"]
    assert link["status"] == "proposed"
    assert "Väntetid" in command(deciding, "list").output
    assert command(deciding, "accept", link["link"]).exit_code == 0
    assert [each.kpi for each in read_decisions(deciding / "kolada.csv")] == ["U31402"]
    (deciding / "a.md").write_text(NEAR.format(year=2021).replace("medelvärde", "Medelvärde"), encoding="utf-8")
    found = statuses(deciding)
    assert (found["U31402"]["status"], found["U31402"]["method"], found["U31402"]["reviewed"]) == (
        "accepted",
        "person",
        1,
    )
    assert len([kpi for kpi, each in found.items() if each["indicator_id"] == found["U31402"]["indicator_id"]]) == 1


def test_what_is_decided_is_not_listed_again_before_the_next_run(deciding):
    link = statuses(deciding)["U31402"]
    command(deciding, "reject", link["link"])
    listed = command(deciding, "list").output
    assert link["link"] not in listed and "1 is decided since" in listed


def test_the_day_of_a_decision_must_be_one(deciding):
    link = statuses(deciding)["U31402"]
    with pytest.raises(UsageError, match="--on 2024-13-45"):
        command(deciding, "accept", link["link"], "--on", "2024-13-45")


def test_what_is_rejected_is_not_linked_again_until_it_is_taken_back(deciding):
    link = statuses(deciding)["N33009"]
    assert link["status"] == "accepted"
    command(deciding, "reject", link["link"])
    assert statuses(deciding)["N33009"]["status"] == "rejected"
    command(deciding, "undo", link["link"])
    assert statuses(deciding)["N33009"]["status"] == "accepted"


def test_a_person_links_what_nothing_proposes(deciding):
    indicator_id = statuses(deciding)["U31402"]["indicator_id"]
    command(deciding, "accept", indicator_id, "--kpi", "u31403")
    assert statuses(deciding)["U31403"]["status"] == "accepted"


def test_a_decision_whose_indicator_is_gone_is_named(deciding):
    link = statuses(deciding)["U31402"]
    command(deciding, "accept", link["link"])
    (deciding / "b.md").write_text(NEAR.format(year=2023).replace("Väntetid", "Ledtid"), encoding="utf-8")
    statuses(deciding)
    assert "no indicator" in command(deciding, "list").output


@pytest.mark.parametrize("wanted", [("accept", "zz"), ("accept", "x", "--kpi", "N99999"), ("undo", "zz")])
def test_what_is_not_there_is_said_in_one_line(deciding, wanted):
    statuses(deciding)
    with pytest.raises(UsageError):
        command(deciding, *wanted)


def test_a_decision_that_cannot_be_one_ends_the_run(deciding):
    (deciding / "kolada.csv").write_text("indicator_id;kpi;decision\ni;N33009;kanske\n", encoding="utf-8")
    with pytest.raises(UsageError, match="line 2"):
        build(deciding, deciding.parent / "ut")
