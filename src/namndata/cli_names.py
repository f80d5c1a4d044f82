"""`namndata names`: what may be the same indicator, and what people decide on it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Annotated

import typer

from namndata.cli_options import By, Corpus, Database, Named, Note, On, related, score_shown, signed
from namndata.errors import UsageError
from namndata.identity.crosswalk import CROSSWALK, Decision, Relation, read_crosswalk
from namndata.identity.decide import (
    Proposed,
    Word,
    decision_id,
    figures_beside,
    find_proposal,
    read_proposals,
    undecided,
    undo_decision,
    write_decision,
)
from namndata.language.chosen import named, say
from namndata.language.terminal import Terminal, inert
from namndata.store.access import DATABASE, existing_corpus, existing_folder, reports_folder

names = typer.Typer(help="List which names may be one indicator, and decide.", no_args_is_help=True)
console = Terminal(highlight=False)

MOST_PERIODS = 8
"""Periods whose figures are shown, the newest."""
Number = Annotated[str, typer.Argument(help="The proposal's id, or how it begins.")]
Id = Annotated[str, typer.Option(help="Another id for the indicator.")]


@names.command("list")
def list_names(
    named: Named = None,
    database: Database = Path("out") / DATABASE,
    corpus: Corpus = None,
    show: Annotated[int, typer.Option(min=0, help="Proposals to print; 0 for all.")] = 20,
) -> None:
    """List the proposals that nobody has decided on, best first, with their evidence and both figures."""
    database = named or database
    proposals = proposals_of(database)
    found = undecided(proposals, read_crosswalk(reports_folder(database, corpus) / CROSSWALK))
    for proposed in found[: show or None]:
        console.print(describe(proposed, figures_beside(database, proposed)), soft_wrap=True)
    console.print(f"{len(found)} proposals. `namndata names accept ID` joins, `reject ID` keeps apart.")
    if len(found) < len(proposals):
        console.print(f"{len(proposals) - len(found)} are decided since; the next `make extract` follows.")


@names.command()
def decided(database: Database = Path("out") / DATABASE, corpus: Corpus = None) -> None:
    """List what is decided, with the ids by which `undo` takes it back."""
    path = (existing_folder(corpus) if corpus else reports_folder(database, None)) / CROSSWALK
    found = read_crosswalk(path)
    for decision in found:
        signed_by = " ".join(part for part in (decision.decided_by, decision.decided_on, say(decision.note)) if part)
        line = f"{related(decision.relation):18} “{decision.name}” {decision.indicator_id}"
        console.print(f"[bold]{decision_id(decision)}[/]  {inert(line)}  [dim]{inert(signed_by)}[/]", soft_wrap=True)
    console.print(f"{len(found)} decisions in {path}.", soft_wrap=True)


@names.command()
def undo(
    decision: Annotated[str, typer.Argument(help="Id of the proposal or of the decision, or how it begins.")],
    database: Database = Path("out") / DATABASE, corpus: Corpus = None,
) -> None:  # fmt: skip
    """Take back what was decided on a name."""
    folder = reports_folder(database, corpus)
    show_lines(undo_decision(folder, decision, proposals_of(database)))
    console.print(f"Taken back; the next `make extract` follows {folder / CROSSWALK}.", soft_wrap=True)


@names.command()
def accept(
    proposal: Number, database: Database = Path("out") / DATABASE, corpus: Corpus = None,
    by: By = "", on: On = "", note: Note = "",
) -> None:  # fmt: skip
    """The name is the candidate indicator."""
    decide_on(proposal, database, corpus, word("same", by, on, note))


@names.command()
def reword(
    proposal: Number, database: Database = Path("out") / DATABASE, corpus: Corpus = None,
    by: By = "", on: On = "", note: Note = "",
) -> None:  # fmt: skip
    """The name is the candidate indicator in other words."""
    decide_on(proposal, database, corpus, word("reworded", by, on, note))


@names.command()
def reject(
    proposal: Number, database: Database = Path("out") / DATABASE, corpus: Corpus = None,
    by: By = "", on: On = "", note: Note = "",
) -> None:  # fmt: skip
    """The name is another indicator than the candidate; the pair is not proposed again."""
    decide_on(proposal, database, corpus, word("not_same", by, on, note))


@names.command()
def new(
    proposal: Number, database: Database = Path("out") / DATABASE, corpus: Corpus = None,
    by: By = "", on: On = "", note: Note = "", indicator: Id = "",
) -> None:  # fmt: skip
    """The name is an indicator of its own; nothing older is proposed for it again."""
    decide_on(proposal, database, corpus, word("new", by, on, note, indicator))


@names.command()
def change(
    proposal: Number, database: Database = Path("out") / DATABASE, corpus: Corpus = None,
    by: By = "", on: On = "", note: Note = "", indicator: Id = "",
    how: Annotated[str, typer.Option(help="definition_changed, split or merged.")] = "definition_changed",
) -> None:  # fmt: skip
    """The name comes of the candidate but measures something else: a new indicator with a link to the old."""
    kinds: dict[str, Relation] = {
        "definition_changed": "definition_changed",
        "split": "split",
        "merged": "merged",
    }
    if how not in kinds:
        raise UsageError(f"--how {how} is none of {', '.join(kinds)}.")
    decide_on(proposal, database, corpus, word(kinds[how], by, on, note, indicator))


def word(relation: Relation, by: str, on: str, note: str, indicator: str = "") -> Word:
    """Return a decision of today by whoever is logged in, unless said otherwise."""
    return Word(relation, *signed(by, on), note, indicator)


def decide_on(proposal: str, database: Path, corpus: Path | None, decision: Word) -> None:
    """Write a decision and say what was written."""
    folder = reports_folder(database, corpus)
    proposed = find_proposal(proposals_of(database), proposal)
    show_lines(write_decision(folder, proposed, decision))
    console.print(f"Written to {folder / CROSSWALK}; the next `make extract` follows it.", soft_wrap=True)


def show_lines(lines: Iterable[Decision]) -> None:
    """Print lines of the crosswalk."""
    for line in lines:
        console.print(inert(f"{related(line.relation):8} “{line.name}” {line.indicator_id}"), soft_wrap=True)


def placed(place: str) -> str:
    """Return a period, and the kind where it is no outcome, in the chosen language."""
    period, _, kind = place.partition(" ")
    return f"{period} {named('kind', kind).lower()}".strip()


def proposals_of(database: Path) -> list[Proposed]:
    """Return the proposals of a corpus that is there."""
    return read_proposals(existing_corpus(database))


def describe(proposed: Proposed, figures: Sequence[tuple[str, str, str]]) -> str:
    """Return a proposal in some lines: both names with their reports, their figures side by side, and the evidence."""
    under, candidate_under = (
        f"{parent} › " if parent else "" for parent in (proposed.parent, proposed.candidate_parent)
    )
    return "\n".join(
        (
            f"[bold]{proposed.proposal}[/]  {score_shown(proposed.score)}",
            f"  {inert(under + proposed.name)}  [dim]{inert(', '.join(proposed.documents))}[/]",
            f"  {inert(candidate_under + proposed.candidate_name)}  "
            f"[dim]{inert(', '.join(proposed.candidate_documents))}[/]",
            *(
                f"    {placed(place):18} {inert(f'{one:>10}   {other:>10}')}"
                for place, one, other in figures[:MOST_PERIODS]
            ),
            f"  [dim]{inert('; '.join(map(say, proposed.reasons)))}[/]",
        )
    )
