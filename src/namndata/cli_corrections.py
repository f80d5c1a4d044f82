"""`namndata corrections`: what people corrected, in `corrections.csv` beside the reports."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from namndata.cli_options import By, Corpus, Database, Named, Note, On, signed
from namndata.corrections.decide import Standing, add_line, correction_on, standings
from namndata.corrections.lines import CORRECTIONS, FIELDS
from namndata.errors import FAILED, OK
from namndata.language.chosen import named, say
from namndata.language.terminal import Terminal, inert
from namndata.store.access import DATABASE, existing_corpus, reports_folder

corrections = typer.Typer(help="Correct or accept what was read.", no_args_is_help=True)
console = Terminal(highlight=False)

STYLES = {"applied": "green", "fits": "green"}


@corrections.command()
def add(
    value_id: Annotated[str, typer.Argument(metavar="VALUE", help="Id of the value: column id or value_id.")],
    field: Annotated[str, typer.Argument(help=f"What is corrected: {', '.join(FIELDS)}.")],
    value: Annotated[str, typer.Argument(help="What it is; yes or no for accepted and is_value.")],
    database: Database = Path("out") / DATABASE, corpus: Corpus = None,
    by: By = "", on: On = "", note: Note = "",
) -> None:  # fmt: skip
    """Write a line that corrects a value, named by what is printed of it."""
    folder = reports_folder(database, corpus)
    line = correction_on(existing_corpus(database), value_id, field, value, (*signed(by, on), note))
    path = add_line(folder, line)
    console.print(inert(f"{line.document}, page {line.page}: “{line.label}”, {line.column_label}: {line.raw}"))
    console.print(f"{field} → {inert(value)}. Written to {path}; the next `make extract` follows it.", soft_wrap=True)


@corrections.command("list")
def list_lines(named: Named = None, database: Database = Path("out") / DATABASE, corpus: Corpus = None) -> None:
    """List the lines of corrections.csv with what was read and what became of each."""
    folder = reports_folder(named or database, corpus)
    found = standings(folder, existing_corpus(named or database))
    for standing in found:
        console.print(describe(standing), soft_wrap=True)
    console.print(f"{len(found)} corrections in {folder / CORRECTIONS}.", soft_wrap=True)


@corrections.command()
def check(named: Named = None, database: Database = Path("out") / DATABASE, corpus: Corpus = None) -> None:
    """Say which lines fit no printed cell, or several; exit 1 where any does."""
    found = standings(reports_folder(named or database, corpus), existing_corpus(named or database))
    lost = [standing for standing in found if standing.is_lost]
    for standing in lost:
        console.print(describe(standing), soft_wrap=True)
    console.print(f"{len(found) - len(lost)} corrections fit, {len(lost)} do not.")
    raise typer.Exit(FAILED if lost else OK)


def describe(standing: Standing) -> str:
    """Return a line of the file in two lines: what is printed, and what was decided."""
    line = standing.correction
    style = STYLES.get(standing.outcome, "red")
    outcome = named("standing", standing.outcome)
    page = say(f"page {line.page}") if line.page else ""
    where = ", ".join(part for part in (line.document, page, line.label) if part)
    read = f"{standing.read} → " if standing.read else ""
    signed_by = " ".join(part for part in (line.decided_by, line.decided_on, line.note) if part)
    said = f"  {inert(say(standing.message))}" if standing.message else ""
    return (
        f"[{style}]{outcome:9}[/] {inert(f'{line.place}: {where}, {line.column_label}: {line.raw}')}\n"
        f"          {line.field}: {inert(read + line.value)}  [dim]{inert(signed_by)}[/]{said}"
    )
