"""Small reports for the tests: as files in a folder, and as results built by hand."""

from pathlib import Path

from namndata.run.build import Build, Options, Watcher, build_corpus
from schema.kinds import KINDS
from schema.layout import Cell, Source, Table
from schema.printed import ReportFacts
from schema.records import BudgetValue, Goal, IndicatorValue
from schema.result import DocumentResult


def write_report(path: Path, *, year: int = 2020, share: str = "71", total: str = "4 000") -> Path:
    """Write an internal budget with an indicator table and a money table."""
    lines = [
        f"Internbudget {year} för socialnämnden",
        "",
        "Målområde: Trygghet",
        "",
        "Nämndindikatorer",
        "",
        f"Nämndmål\tNämndindikator\t{year - 2}\tMålvärde {year}",
        f"Barn är trygga\tAndel barn som är trygga (%)\t{share}\tMinst 75",
        "\tAntal besök\t1 204\tÖka",
        "",
        "Driftsammandrag",
        "",
        f"Belopp tkr\tBudget {year}\tPlan {year + 1}",
        "Familjehem\t1 500\t1 600",
        "Boende\t2 500\t2 600",
        f"Summa\t{total}\t4 200",
    ]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def build(corpus: Path, out: Path, **options) -> Build:
    """Build a corpus in one worker, unless told otherwise."""
    return build_corpus(corpus, out, Options(**{"jobs": 1, **options}), Watcher())


def make_result(document: str, facts: ReportFacts, **fields) -> DocumentResult:
    """Return a result with a table of one cell, so that values have a place to come from; records go by table."""
    source = Source(document, f"{document}.pdf", f"hash of {document}", "application/pdf")
    table = Table(1, (Cell(0, 0, "Andel trygga barn"), Cell(0, 1, "71 %", page=1)), page=1)
    records = tuple(record for kind in KINDS for record in fields.pop(kind.table, ()))
    return DocumentResult(source, "ok", facts, 1, **{"tables": (table,), "records": records, **fields})


def indicator(**fields) -> IndicatorValue:
    """Return an indicator value with defaults for what a test does not speak of."""
    defaults = {
        "category": "indicator",
        "indicator": "Andel trygga barn",
        "column_label": "2019",
        "kind": "outcome",
        "period": "2019",
        "raw": "71 %",
        "value": 71.0,
        "table": 1,
        "row": 0,
        "col": 1,
    }
    return IndicatorValue(**{**defaults, **fields})


def amount(line: str, value: float, **fields) -> BudgetValue:
    """Return an amount of a money table."""
    defaults = {
        "line": line,
        "column_label": "Budget 2019",
        "kind": "budget",
        "period": "2019",
        "raw": f"{value:g}".replace(".", ","),
        "value": value,
        "unit": "tkr",
        "amount_sek": value * 1000,
        "table": 1,
        "col": 1,
    }
    return BudgetValue(**{**defaults, **fields})


def goal(text: str, **fields) -> Goal:
    """Return a committee goal."""
    return Goal(committee_goal=text, **fields)
