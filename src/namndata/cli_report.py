"""`namndata report` and `namndata sample`: the corpus as pages to look at, and how often it is wrong."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from namndata.cli_options import REPORTS_HELP
from namndata.language.terminal import Terminal, inert
from namndata.sample.draw import SEED, SIZE
from namndata.store.access import DATABASE, existing_corpus, remembered_reports, reports_folder

console = Terminal(highlight=False)

Reports = Annotated[Path | None, typer.Option("--corpus", help=REPORTS_HELP)]


def report(
    corpus_or_out: Annotated[
        Path, typer.Argument(metavar="DATABASE_OR_OUT", help="The corpus, or the folder that it is in.")
    ] = Path("out"),
    out: Annotated[
        Path | None,
        typer.Option("--out", help="Folder that the site is written to; `report` beside the corpus if none."),
    ] = None,
    reports: Reports = None,
    public: Annotated[
        bool, typer.Option("--public", help="Leave out pictures of pages and running text, which may hold names.")
    ] = False,
) -> None:
    """Write a site that opens from disk: committees, reports and indicators, and a place for every value."""
    from namndata.site.build import Site, build_site

    database = existing_corpus(corpus_or_out)
    folder = reports or remembered_reports(database, Path("corpus"))
    site = Site(database, folder, out or database.parent / "report", public)
    with console.status("Pages") as status:
        built = build_site(site, lambda line: status.update(inert(line)))
    for path in built.missing[:3]:
        console.print(f"[yellow]no file[/] {inert(path)} is not in {inert(str(folder))}: its pages are not shown")
    if len(built.missing) > 3:
        console.print(f"… and {len(built.missing) - 3} more. Give the folder that holds them with --corpus.")
    console.print(f"{built.pages} pages, {built.pictures} pictures: {inert(str(built.index))}", soft_wrap=True)


def sample(
    database: Annotated[Path, typer.Argument(help="The corpus.")] = Path("out") / DATABASE,
    reports: Reports = None,
    size: Annotated[int, typer.Option(min=1, help="Values to draw.")] = SIZE,
    seed: Annotated[int, typer.Option(help="Another number draws other values.")] = SEED,
    again: Annotated[bool, typer.Option("--again", help="Draw anew though values were drawn before.")] = False,
) -> None:
    """Draw values to be judged into sample.csv beside the reports; once judged, say how many are wrong."""
    from namndata.sample.draw import SAMPLE, draw_sample, write_sample
    from namndata.sample.measure import measure_errors

    folder = reports_folder(database, reports)
    if again or not (folder / SAMPLE).is_file():
        drawn = draw_sample(existing_corpus(database), size, seed)
        console.print(f"{len(drawn)} values drawn: {inert(str(write_sample(folder, drawn)))}", soft_wrap=True)
    measured = measure_errors(folder)
    if measured is None or not measured.whole.judged:
        console.print(
            "None is judged yet. Build the site (`make report`), judge them under Granska, Stickprov,", soft_wrap=True
        )
        console.print("and put the lines that it saves into corrections.csv beside the reports.", soft_wrap=True)
        return
    for rate in (measured.whole, *measured.by_kind, *measured.by_band):
        console.print(rate.line(), soft_wrap=True)
