"""The same figure in other reports: what else states an indicator or a line of money, of the same kind and period."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from namndata.site.reading import Corpus, Row, by

OF_INDICATORS = """
select value_id, document, raw, value, indicator_id key, breakdown, stated_kind kind, period, edition
from indicator_statements where has_value = 1 order by edition desc
"""
OF_MONEY = """
select value_id, document, raw, amount_sek value, line_id key, coalesce(side, '') || coalesce(part, '') breakdown, kind,
 period, edition from budget_statements order by edition desc
"""
MOST = 8
"""More reports than this state hardly any figure."""


def other_statements(corpus: Corpus) -> Mapping[str, list[dict[str, Any]]]:
    """Return, for each value's id, the other statements of the same figure, the newest report first."""
    titles = {row["document"]: row for row in corpus.rows("select * from documents")}
    others: dict[str, list[dict[str, Any]]] = {}
    for sql in (OF_INDICATORS, OF_MONEY):
        for same in by(corpus.rows(sql), "key", "breakdown", "kind", "period").values():
            if len(same) == 1 or same[0]["key"] is None:
                continue
            for row in same:
                others[row["value_id"]] = [statement(corpus, each, row, titles) for each in same if each is not row][
                    :MOST
                ]
    return others


def statement(corpus: Corpus, other: Row, here: Row, titles: Mapping[str, Row]) -> dict[str, Any]:
    """Return another statement as the browser is told of it."""
    value = corpus.by_id.get(other["value_id"])
    report = titles[other["document"]]
    return {
        "h": value.address if value else "",
        "t": report["title"] or other["document"],
        "f": f"{report['committee'] or ''}, {report['path']}",
        "raw": value.raw if value else "",
        "same": other["value"] == here["value"],
    }
