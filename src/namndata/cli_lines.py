"""`namndata lines`: which lines of money tables may be one, and what people decide on it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from namndata.cli_options import (
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
from namndata.language.chosen import say
from namndata.language.terminal import Terminal, inert
from namndata.lines.decide import (
    find_link,
    link_to,
    lost_decisions,
    read_links,
    standing,
    undo_decision,
    write_decision,
)
from namndata.lines.decisions import LINES_FILE, MERGED, SAME, SPLIT, Link
from namndata.store.access import DATABASE, existing_corpus, reports_folder

lines = typer.Typer(help="List which lines of money tables may be one, and decide.", no_args_is_help=True)
console = Terminal(highlight=False)

RELATIONS = (SAME, SPLIT, MERGED)
LinkId = Annotated[str, typer.Argument(help="The link's id, or how it begins; with --to the newer line's id.")]
To = Annotated[str, typer.Option(help="The older line's id, where nothing is proposed.")]
How = Annotated[str, typer.Option(help="same, split (one of its parts) or merged (it is part of this one).")]


@lines.command("list")
def list_links(
    named: Named = None, database: Database = Path("out") / DATABASE, corpus: Corpus = None,
    status: Status = "proposed", show: Show = 20,
) -> None:  # fmt: skip
    """List the links of a status, best first, with their evidence."""
    check_status(status)
    database = named or database
    folder = reports_folder(database, corpus)
    links = standing(folder, read_links(database))
    found = [link for link in links if link.status == status]
    for link in found[: show or None]:
        console.print(describe(link), soft_wrap=True)
    counts = count_statuses([link.status for link in links])
    console.print(f"{counts}. `namndata lines accept ID` links, `reject ID` keeps apart.", soft_wrap=True)
    for lost in lost_decisions(folder, database):
        console.print(inert(f"{LINES_FILE}: no line {lost.related_to} “{lost.related_line}”"), soft_wrap=True)


@lines.command()
def accept(
    link: LinkId, database: Database = Path("out") / DATABASE, corpus: Corpus = None,
    by: By = "", on: On = "", note: Note = "", to: To = "", how: How = SAME,
) -> None:  # fmt: skip
    """The line is the older one, or comes of it by a split or a merger, as the link says."""
    decide_on(link_of(link, to, how, database), reports_folder(database, corpus), (by, on, note), is_accepted=True)


@lines.command()
def reject(
    link: LinkId, database: Database = Path("out") / DATABASE, corpus: Corpus = None,
    by: By = "", on: On = "", note: Note = "", to: To = "",
) -> None:  # fmt: skip
    """The line is another than the older one; the pair is not proposed again."""
    decide_on(link_of(link, to, SAME, database), reports_folder(database, corpus), (by, on, note), is_accepted=False)


@lines.command()
def undo(
    link: LinkId, database: Database = Path("out") / DATABASE, corpus: Corpus = None, to: To = "",
) -> None:  # fmt: skip
    """Take back what was decided on a link."""
    folder = reports_folder(database, corpus)
    undo_decision(folder, link_of(link, to, SAME, database))
    console.print(f"Taken back; the next `make extract` follows {folder / LINES_FILE}.", soft_wrap=True)


def link_of(link: str, to: str, how: str, database: Path) -> Link:
    """Return the link that is meant: one of the corpus, or a pair that a person names."""
    if how not in RELATIONS:
        raise UsageError(f"--how {how} is none of {', '.join(RELATIONS)}.")
    links = read_links(existing_corpus(database))
    if not to:
        return find_link(links, link)
    known = next((each for each in links if (each.line_id, each.related_to) == (link, to)), None)
    return known or link_to(database, link, to, how)


def decide_on(link: Link, corpus: Path, who: tuple[str, str, str], *, is_accepted: bool) -> None:
    """Write a decision and say what was written."""
    by, on, note = who
    day = signed(by, on)
    line = write_decision(corpus, link, is_accepted=is_accepted, by=day[0], on=day[1], note=note)
    console.print(inert(f"{line.decision} “{line.line}” “{line.related_line}”"), soft_wrap=True)
    console.print(f"Written to {corpus / LINES_FILE}; the next `make extract` follows it.", soft_wrap=True)


def describe(link: Link) -> str:
    """Return a link in four lines: both labels with their ids, and the evidence."""
    return "\n".join(
        (
            f"[bold]{link.link}[/]  {score_shown(link.score)}  {related(link.relation)}",
            f"  {inert(link.line)}  [dim]{inert(link.line_id)}[/]",
            f"  {inert(link.related_line)}  [dim]{inert(link.related_to)}[/]",
            f"  [dim]{inert('; '.join(map(say, link.reasons)))}[/]",
        )
    )
