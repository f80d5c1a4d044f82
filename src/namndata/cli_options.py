"""What the commands on which people decide ask for: the corpus, who decides, when and why."""

from __future__ import annotations

import datetime
import getpass
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from namndata.errors import UsageError
from namndata.language.chosen import is_swedish, named

Database = Annotated[Path, typer.Option(help="The corpus.")]
Named = Annotated[Path | None, typer.Argument(metavar="CORPUS", help="The corpus, as with --database.")]
REPORTS_HELP = "Folder that holds the reports and what is decided on them; that of the last run if none."
Corpus = Annotated[Path | None, typer.Option(help=REPORTS_HELP)]
By = Annotated[str, typer.Option(help="Who decides.")]
On = Annotated[str, typer.Option(help="Date of the decision; today when left out.")]
Note = Annotated[str, typer.Option(help="Why.")]
STATUSES = ("proposed", "accepted", "rejected")
"""What a link is."""
Status = Annotated[str, typer.Option(help="proposed, accepted or rejected.")]
Show = Annotated[int, typer.Option(min=0, help="Links to print; 0 for all.")]


def related(relation: str) -> str:
    """Return how two names or lines are related, or were linked, in the language of the terminal."""
    return named("relation", relation).lower()


def score_shown(score: float) -> str:
    """Return how alike two are as the terminal's language writes it."""
    return f"{score:.2f}".replace(".", ",") if is_swedish() else f"{score:.2f}"


def check_status(status: str) -> None:
    """Say in one line that a status is none."""
    if status not in STATUSES:
        raise UsageError(f"--status {status} is none of {', '.join(STATUSES)}.")


def count_statuses(found: Sequence[str]) -> str:
    """Return how many links have each status."""
    return ", ".join(f"{found.count(status)} {status}" for status in STATUSES)


def signed(by: str, on: str) -> tuple[str, str]:
    """Return who decided and when: whoever is logged in, today, unless said otherwise."""
    try:
        day = datetime.date.fromisoformat(on) if on else datetime.date.today()
    except ValueError:
        raise UsageError(f"--on {on} is no date. Write it as {datetime.date.today().isoformat()}.") from None
    return by or getpass.getuser(), day.isoformat()
