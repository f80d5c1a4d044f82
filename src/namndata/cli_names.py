"""`namndata names`: what may be the same indicator, and what people decide on it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from namndata.cli_options import By, Database, Note, On, signed
from namndata.errors import UsageError
from namndata.identity.crosswalk import CROSSWALK, Relation
from namndata.identity.decide import Proposed, Word, find_proposal, read_proposals, write_decision
from namndata.language.terminal import Terminal
from namndata.run.build import DATABASE
from namndata.store.access import existing_corpus, existing_folder

names = typer.Typer(help="List which names may be one indicator, and decide.", no_args_is_help=True)
console = Terminal(highlight=False)

Corpus = Annotated[Path, typer.Option(help="Folder that holds the reports and crosswalk.csv.")]
Number = Annotated[str, typer.Argument(help="The proposal's id, or how it begins.")]
Id = Annotated[str, typer.Option(help="Another id for the indicator.")]


@names.command("list")
def list_names(
    database: Database = Path("out") / DATABASE,
    show: Annotated[int, typer.Option(min=0, help="Proposals to print; 0 for all.")] = 20,
) -> None:
    """List the proposals, best first, with their evidence."""
    found = proposals_of(database)
    for proposed in found[: show or None]:
        console.print(describe(proposed), soft_wrap=True)
    console.print(f"{len(found)} proposals. `namndata names accept ID` joins, `reject ID` keeps apart.")


@names.command()
def accept(
    proposal: Number, database: Database = Path("out") / DATABASE, corpus: Corpus = Path("corpus"),
    by: By = "", on: On = "", note: Note = "",
) -> None:  # fmt: skip
    """The name is the candidate indicator."""
    decide_on(proposal, database, corpus, word("same", by, on, note))


@names.command()
def reword(
    proposal: Number, database: Database = Path("out") / DATABASE, corpus: Corpus = Path("corpus"),
    by: By = "", on: On = "", note: Note = "",
) -> None:  # fmt: skip
    """The name is the candidate indicator in other words."""
    decide_on(proposal, database, corpus, word("reworded", by, on, note))


@names.command()
def reject(
    proposal: Number, database: Database = Path("out") / DATABASE, corpus: Corpus = Path("corpus"),
    by: By = "", on: On = "", note: Note = "",
) -> None:  # fmt: skip
    """The name is another indicator than the candidate; the pair is not proposed again."""
    decide_on(proposal, database, corpus, word("not_same", by, on, note))


@names.command()
def new(
    proposal: Number, database: Database = Path("out") / DATABASE, corpus: Corpus = Path("corpus"),
    by: By = "", on: On = "", note: Note = "", indicator: Id = "",
) -> None:  # fmt: skip
    """The name is an indicator of its own; nothing older is proposed for it again."""
    decide_on(proposal, database, corpus, word("new", by, on, note, indicator))


@names.command()
def change(
    proposal: Number, database: Database = Path("out") / DATABASE, corpus: Corpus = Path("corpus"),
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


def decide_on(proposal: str, database: Path, corpus: Path, decision: Word) -> None:
    """Write a decision and say what was written."""
    existing_folder(corpus)
    proposed = find_proposal(proposals_of(database), proposal)
    for line in write_decision(corpus, proposed, decision):
        console.print(escape(f"{line.relation:8} “{line.name}” {line.indicator_id}"), soft_wrap=True)
    console.print(f"Written to {corpus / CROSSWALK}; the next `make extract` follows it.", soft_wrap=True)


def proposals_of(database: Path) -> list[Proposed]:
    """Return the proposals of a corpus that is there."""
    return read_proposals(existing_corpus(database))


def describe(proposed: Proposed) -> str:
    """Return a proposal in four lines: both names with their reports, and the evidence."""
    under, candidate_under = (
        f"{parent} › " if parent else "" for parent in (proposed.parent, proposed.candidate_parent)
    )
    return "\n".join(
        (
            f"[bold]{proposed.proposal}[/]  {proposed.score:.2f}",
            f"  {escape(under + proposed.name)}  [dim]{escape(', '.join(proposed.documents))}[/]",
            f"  {escape(candidate_under + proposed.candidate_name)}  "
            f"[dim]{escape(', '.join(proposed.candidate_documents))}[/]",
            f"  [dim]{escape('; '.join(proposed.reasons))}[/]",
        )
    )
