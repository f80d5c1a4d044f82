"""`namndata doctor`: what this machine lacks, and what to do about it."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from namndata.errors import FAILED, OK
from namndata.language.chosen import say
from namndata.language.terminal import Terminal, inert

console = Terminal(highlight=False)
STYLES = {"fine": "green", "lacking": "yellow", "wrong": "red"}


def doctor(
    out: Annotated[Path, typer.Option(help="Folder that corpus.sqlite is written to.")] = Path("out"),
    as_json: Annotated[bool, typer.Option("--json", help="Print it as JSON.")] = False,
) -> None:
    """Look whether this machine has what namndata needs, and say what to do; exit 1 where something is wrong."""
    from namndata.run.doctor import WRONG, examine

    found = examine(out)
    if as_json:
        typer.echo(json.dumps([asdict(each) for each in found], ensure_ascii=False, indent=2))
    for each in () if as_json else found:
        remedy = f"  [dim]{inert(say(each.remedy))}[/]" if each.remedy else ""
        state = f"[{STYLES[each.state]}]{say(each.state):8}[/]"
        console.print(f"{state} {say(each.about):10} {inert(say(each.said))}{remedy}", soft_wrap=True)
    raise typer.Exit(FAILED if any(each.state == WRONG for each in found) else OK)
