"""`namndata export`: the corpus as files that other programs read."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from namndata.errors import UsageError
from namndata.export.write import FORMATS, LICENCE, Wanted, export_corpus
from namndata.language.terminal import Terminal, inert
from namndata.store.access import DATABASE, existing_corpus, existing_folder, remembered_reports

ALL = "all"

console = Terminal(highlight=False)


def export(
    database: Annotated[Path, typer.Argument(help="The corpus.")] = Path("out") / DATABASE,
    kind: Annotated[str, typer.Option("--format", help=f"What to write: {', '.join(FORMATS)} or all.")] = ALL,
    out: Annotated[Path, typer.Option(help="Folder that the files are written to.")] = Path("out") / "export",
    corpus: Annotated[
        Path | None,
        typer.Option(
            help="Folder of the reports, whose files links lead to where no address is known; "
            "that of the last run if none."
        ),
    ] = None,
    public: Annotated[
        bool, typer.Option("--public", help="Leave out running text, which may hold names and telephone numbers.")
    ] = False,
    partition: Annotated[
        bool, typer.Option("--partition", help="Write Parquet files in a folder for each municipality and year.")
    ] = False,
    licence: Annotated[str, typer.Option(help="SPDX id of the licence that you give the data.")] = LICENCE,
) -> None:
    """Write the corpus for Excel, R, pandas, DuckDB and open data portals."""
    if kind not in (*FORMATS, ALL):
        raise UsageError(f"There is no format {kind}. Give {', '.join(FORMATS)} or {ALL}.")
    if corpus:
        existing_folder(corpus, "Give the folder that holds the reports, or leave it out.")
    database = existing_corpus(database)
    folder = corpus or remembered_reports(database, Path("corpus"))
    wanted = Wanted(database, out, folder, licence, public, partition)
    for line in export_corpus(wanted, list(FORMATS) if kind == ALL else [kind]):
        console.print(inert(line), soft_wrap=True)
