"""`namndata browse`: the corpus in a browser on this machine."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from namndata.language.terminal import Terminal
from namndata.store.access import DATABASE, existing_corpus, existing_folder, remembered_reports

PORT = 8001

console = Terminal(highlight=False)


def browse(
    database: Annotated[Path, typer.Argument(help="The corpus.")] = Path("out") / DATABASE,
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port on this machine; 0 for any that is free.")] = PORT,
    corpus: Annotated[
        Path | None,
        typer.Option(help="Folder of the reports, whose pages values lead to; that of the last run if none."),
    ] = None,
    opens: Annotated[bool, typer.Option("--open/--no-open", help="Open the browser, or only say the address.")] = True,
) -> None:
    """Look at the corpus in a browser: twenty questions, search, every table, the place of every value."""
    database = existing_corpus(database)
    if corpus:
        existing_folder(corpus, "Give the folder that holds the reports, or leave it out.")
    else:
        there = remembered_reports(database, Path("corpus"))
        corpus = there if there.is_dir() else None
    from namndata.browse.serve import open_page, serve

    def on_ready(address: str) -> None:
        console.print(f"{address}  (Ctrl-C ends it)")
        if opens:
            open_page(address)

    serve(database, port, corpus, on_ready)
