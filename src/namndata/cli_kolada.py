"""`namndata kolada`: which indicators are the nation's, what people decide on it, and what the official values are."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from namndata.cli_options import (
    REPORTS_HELP,
    By,
    Corpus,
    Database,
    Named,
    Note,
    On,
    Show,
    Status,
    check_status,
    count_statuses,
    related,
    score_shown,
    signed,
)
from namndata.errors import UsageError
from namndata.kolada.catalogue import BASE, SOURCE, TIME_LIMIT
from namndata.kolada.decide import (
    Shown,
    find_link,
    link_to,
    lost_decisions,
    read_links,
    undo_decision,
    waiting_decisions,
    write_decision,
)
from namndata.kolada.decisions import KOLADA_FILE, Word
from namndata.kolada.official import FOLDER
from namndata.language.chosen import say
from namndata.language.terminal import Terminal, inert
from namndata.store.access import DATABASE, existing_corpus, reports_folder

kolada = typer.Typer(help="Link indicators to the nation's (Kolada), and fetch official values.", no_args_is_help=True)
console = Terminal(highlight=False)

LinkId = Annotated[str, typer.Argument(help="The link's id, or how it begins; with --kpi an indicator's id.")]
KpiId = Annotated[str, typer.Option(help="National indicator to link to, where none is proposed: N15428.")]
Base = Annotated[str, typer.Option(help="Address of Kolada's API, version 3, or of a copy of it.")]
Seconds = Annotated[float, typer.Option(min=1, help="Seconds that one page of an answer may take.")]


@kolada.command("list")
def list_links(
    named: Named = None, database: Database = Path("out") / DATABASE, corpus: Corpus = None,
    status: Status = "proposed", show: Show = 20,
) -> None:  # fmt: skip
    """List the links of a status, best first, with their evidence."""
    check_status(status)
    database = named or database
    folder = reports_folder(database, corpus)
    links = read_links(database)
    waiting = waiting_decisions(folder, links)
    found = [link for link in links if link.status == status and link.link not in waiting]
    for link in found[: show or None]:
        console.print(describe(link), soft_wrap=True)
    counts = count_statuses([link.status for link in links])
    console.print(
        f"{counts}. `namndata kolada accept ID` links, `reject ID` keeps apart. Source: {SOURCE}.", soft_wrap=True
    )
    if waiting:
        console.print(f"{len(waiting)} are decided since; the next `make extract` follows.", soft_wrap=True)
    for lost in lost_decisions(folder, database):
        console.print(inert(f"{KOLADA_FILE}: no indicator {lost.indicator_id} “{lost.name}”"), soft_wrap=True)


@kolada.command()
def accept(
    link: LinkId, database: Database = Path("out") / DATABASE, corpus: Corpus = None,
    by: By = "", on: On = "", note: Note = "", kpi: KpiId = "",
) -> None:  # fmt: skip
    """The indicator is the national one; any other link of it gives way."""
    decide_on(link, kpi, database, corpus, "accept", (by, on, note))


@kolada.command()
def reject(
    link: LinkId, database: Database = Path("out") / DATABASE, corpus: Corpus = None,
    by: By = "", on: On = "", note: Note = "", kpi: KpiId = "",
) -> None:  # fmt: skip
    """The indicator is another than the national one; the pair is not proposed again."""
    decide_on(link, kpi, database, corpus, "reject", (by, on, note))


@kolada.command()
def undo(
    link: LinkId, database: Database = Path("out") / DATABASE, corpus: Corpus = None, kpi: KpiId = "",
) -> None:  # fmt: skip
    """Take back what was decided on a link."""
    folder = reports_folder(database, corpus)
    shown = shown_of(link, kpi, database)
    undo_decision(folder, database, shown)
    console.print(f"Taken back; the next `make extract` follows {folder / KOLADA_FILE}.", soft_wrap=True)


@kolada.command()
def fetch(
    corpus: Annotated[Path | None, typer.Argument(help=REPORTS_HELP)] = None,
    database: Database = Path("out") / DATABASE,
    base: Base = BASE,
    time_limit: Seconds = TIME_LIMIT,
) -> None:
    """Fetch the official values of linked and proposed indicators into the folder kolada beside the reports."""
    from namndata.kolada.api import Api, Limits  # httpx is slow to import
    from namndata.kolada.fetch import fetch_values, wanted_of

    folder = reports_folder(database, corpus)
    wanted = wanted_of(existing_corpus(database))
    if not (wanted.kpis and wanted.codes and wanted.years):
        raise UsageError(f"{database} has no outcome of a municipality with a link; there is nothing to ask for.")
    asked = 0

    def tell(kpis: Sequence[str]) -> None:
        nonlocal asked
        asked += len(kpis)
        waiting.update(f"{asked} of {len(wanted.kpis)} national indicators")

    with Api(base, Limits(time_limit)) as api, console.status(f"Asking {base}") as waiting:
        rows = fetch_values(api, wanted, folder, datetime.date.today().isoformat(), done=tell)
    what = f"{rows} values of {len(wanted.kpis)} national indicators for {len(wanted.codes)} municipalities"
    console.print(
        f"{what} are in {folder / FOLDER}; the next `make extract` reads them. Source: {SOURCE}.", soft_wrap=True
    )


@kolada.command()
def update(base: Base = BASE, time_limit: Seconds = TIME_LIMIT) -> None:
    """Renew the lists of national indicators, and of municipalities, that are shipped with namndata."""
    from namndata.kolada.api import Api, Limits
    from namndata.kolada.update import CATALOGUE, PLACES, update_lists
    from schema.vocabulary import FOLDER as VOCABULARY

    with Api(base, Limits(time_limit)) as api:
        done = update_lists(api, datetime.date.today().isoformat(), VOCABULARY)
    counts = f"{done.indicators} indicators, {len(done.added)} new, {len(done.gone)} gone"
    console.print(f"{counts}, in {VOCABULARY / CATALOGUE}.", soft_wrap=True)
    console.print(f"{done.places} municipalities and regions in {VOCABULARY / PLACES}.", soft_wrap=True)
    for place in done.new_places:
        told = f"{place.code} {place.name} is new, or has a new name: set its own_name and bare in {PLACES}"
        console.print(inert(told), soft_wrap=True)
    for place in done.gone_places:
        console.print(inert(f"{place.code} {place.name} is in Kolada no more; it stays in {PLACES}"), soft_wrap=True)


def shown_of(link: str, kpi: str, database: Path) -> Shown:
    """Return the link that is meant: one of the corpus, or a pair that a person names."""
    links = read_links(existing_corpus(database))
    if not kpi:
        return find_link(links, link)
    kpi = kpi.upper()
    known = (each for each in links if (each.indicator_id, each.kpi) == (link, kpi))
    return next(known, None) or link_to(database, link, kpi)


def decide_on(link: str, kpi: str, database: Path, corpus: Path | None, word: Word, who: tuple[str, str, str]) -> None:
    """Write a decision and say what was written."""
    folder = reports_folder(database, corpus)
    by, on, note = who
    shown = shown_of(link, kpi, database)
    line = write_decision(folder, database, shown, word, *signed(by, on), note)
    console.print(inert(f"{line.decision} “{line.name}” {line.kpi} “{shown.title}”"), soft_wrap=True)
    console.print(f"Written to {folder / KOLADA_FILE}; the next `make extract` follows it.", soft_wrap=True)


def describe(link: Shown) -> str:
    """Return a link in four lines: the printed name, the national title, and the evidence."""
    of_sex = f", {link.sex}" if link.sex else ""
    return "\n".join(
        (
            f"[bold]{link.link}[/]  {score_shown(link.score)}  {related(link.method)}",
            f"  {inert(link.name)}  [dim]{inert(link.committee or link.municipality or '')}  {link.indicator_id}[/]",
            f"  {inert(link.title or '')}  [dim]{link.kpi}{of_sex}[/]",
            f"  [dim]{inert('; '.join(map(say, link.reasons)))}[/]",
        )
    )
