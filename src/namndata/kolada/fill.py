"""The tables of the nation's indicators: `kolada_links`, `official_values`, `official_comparison`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from namndata.kolada.catalogue import read_catalogue
from namndata.kolada.compare import comparison_rows, sex_of
from namndata.kolada.decisions import Decision
from namndata.kolada.links import Indicator, Link, by_indicator, find_links
from namndata.kolada.official import Printed, Values
from namndata.run.database import Database
from namndata.store.creating import fill_table

Row = dict[str, Any]
HERE = Path(__file__).parent
PRINTED = (HERE / "printed.sql").read_text(encoding="utf-8")


def fill_kolada(db: Database, decisions: Sequence[Decision], values: Values) -> None:
    """Fill the tables of links and comparisons from a corpus's other tables and from what lies beside the reports."""
    indicators = read_indicators(db)
    aliases = dict(db.execute("select alias, indicator_id from indicator_aliases").fetchall())
    decided = by_indicator(decisions, indicators, aliases)
    links = [link for each in indicators for link in find_links(each, values, decided.get(each.indicator_id, ()))]
    links += parts_of(db, links)
    fill_table(db, "kolada_links", map(link_row, links))
    accepted = {link.indicator_id: link for link in links if link.status == "accepted"}
    for link in accepted.values():
        db.execute("update indicators set kolada_kpi = ? where indicator_id = ?", (link.kpi, link.indicator_id))
    fill_table(db, "official_comparison", comparison_rows(printed_outcomes(db, accepted), values))


def fill_official(db: Database, values: Values) -> None:
    """Fill the table of official values."""
    fill_table(db, "official_values", map(asdict, values.values()))


def link_row(link: Link) -> Row:
    """Return a link as a row."""
    kpi = read_catalogue().get(link.kpi)
    return asdict(link) | {"link": link.link, "title": kpi.title if kpi else None}


def read_indicators(db: Database) -> list[Indicator]:
    """Return the indicators of a corpus but those that are parts by sex, with all that links are found by."""
    labels, codes, printed = labels_of(db), codes_of(db), outcomes_of(db)
    wholes = db.query("select * from indicators where breakdown_of is null order by indicator_id")
    return [
        Indicator(
            indicator_id=row["indicator_id"],
            labels=tuple(labels.get(row["indicator_id"], ())),
            unit=row["unit"],
            code=codes.get(row["indicator_id"]),
            printed=tuple(printed.get(row["indicator_id"], ())),
            printed_id=row["kolada_id"],
            name=row["name"],
            municipality=row["municipality"] or "",
            committee=row["committee"] or "",
        )
        for row in wholes
    ]


def labels_of(db: Database) -> Mapping[str, Sequence[tuple[str, str | None]]]:
    """Return each indicator's printed labels with their parents'."""
    found: dict[str, list[tuple[str, str | None]]] = defaultdict(list)
    for key, name, parent in db.execute(
        "select distinct indicator_id, name, parent from indicator_names order by indicator_id, name, parent"
    ):
        found[key].append((name, parent))
    return found


def codes_of(db: Database) -> dict[str, str]:
    """Return the code of the body that each indicator's reports are of, where it is one."""
    query = """
        select indicator_id, min(municipality_code) from indicator_names join documents using (document)
        group by indicator_id
        having count(distinct municipality_code) = 1 and count(municipality_code) = count(*)
    """
    return dict(db.execute(query).fetchall())


def outcomes_of(db: Database) -> Mapping[str, Sequence[Printed]]:
    """Return the printed outcomes of whole years, of the whole."""
    found: dict[str, list[Printed]] = defaultdict(list)
    query = """
        select indicator_id, year, value, raw from indicator_series
        where kind = 'outcome' and length(period) = 4 and breakdown is null and value is not null and upper is null
        order by indicator_id, year
    """
    for key, year, value, raw in db.execute(query):
        found[key].append(Printed(year, value, raw))
    return found


def parts_of(db: Database, links: Iterable[Link]) -> list[Link]:
    """Return the links of sub-rows by sex: those of the whole, where the national indicator has values by sex."""
    accepted = {link.indicator_id: link for link in links if link.status == "accepted" and link.sex is None}
    found = []
    query = "select indicator_id, breakdown_of, sex from indicators where sex in ('K', 'M') order by indicator_id"
    for key, whole, sex in db.execute(query).fetchall():
        link = accepted.get(whole)
        kpi = read_catalogue().get(link.kpi) if link else None
        if link and kpi and kpi.by_sex:
            reasons = ("its whole is linked", *link.reasons)
            found.append(
                Link(key, link.kpi, "accepted", link.method, link.score, reasons, sex, link.reviewed, link.decided_by)
            )
    return found


def printed_outcomes(db: Database, accepted: Mapping[str, Link]) -> Iterator[Row]:
    """Return each printed outcome of a year that has a link, with its national indicator and sex."""
    for row in db.query(PRINTED):
        link = accepted.get(row["indicator_id"])
        sex = sex_of(link.sex, row["breakdown"]) if link else None
        if link and sex:
            kpi = read_catalogue().get(link.kpi)
            yield row | {"kpi": link.kpi, "title": kpi.title if kpi else None, "sex": sex}
