"""What the commands on which people decide ask for: the corpus, who decides, when and why."""

from __future__ import annotations

import datetime
import getpass
from pathlib import Path
from typing import Annotated

import typer

from namndata.errors import UsageError

Database = Annotated[Path, typer.Option(help="The corpus.")]
By = Annotated[str, typer.Option(help="Who decides.")]
On = Annotated[str, typer.Option(help="Date of the decision; today when left out.")]
Note = Annotated[str, typer.Option(help="Why.")]


def signed(by: str, on: str) -> tuple[str, str]:
    """Return who decided and when: whoever is logged in, today, unless said otherwise."""
    try:
        day = datetime.date.fromisoformat(on) if on else datetime.date.today()
    except ValueError:
        raise UsageError(f"--on {on} is no date. Write it as {datetime.date.today().isoformat()}.") from None
    return by or getpass.getuser(), day.isoformat()
