"""Puts an export into a folder: each file aside first, and none left of an earlier export that held more."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from shutil import rmtree

from namndata.beside import aside
from namndata.errors import UsageError
from namndata.export.about import about_text, citation, licence_text, readme
from namndata.export.comma import PROGRAMS, SWEDISH_EXCEL, Dialect, write_csv
from namndata.export.content import Content, Taken, tables_to_take
from namndata.export.links import links_of
from namndata.export.version import version_of
from namndata.sample.measure import measure_errors
from namndata.store.access import ASIDE, open_corpus
from namndata.store.dictionary import read_tables

LICENCE = "CC-BY-4.0"
"""What a corpus is given unless told otherwise: open data's usual one, and that of Kolada's official values."""
PARTITIONED = "partitioned"
"""The folder of Parquet files by municipality and year."""
EXTRA = "{} files need the library {}. Install it: .venv/bin/pip install -c constraints.txt -e '.[export]'."


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be exported and where to."""

    database: Path
    out: Path
    reports: Path | None = None
    """Folder of the reports' files, for links to those that have no address."""
    licence: str = LICENCE
    is_public: bool = False
    is_partitioned: bool = False
    """Whether Parquet files are written by municipality and year."""


def export_corpus(wanted: Wanted, formats: list[str]) -> list[str]:
    """Write the corpus in some formats; return what was written and what could not be held."""
    wanted.out.mkdir(parents=True, exist_ok=True)
    with closing(open_corpus(wanted.database)) as db:
        content = Content(
            db,
            tables_to_take(is_public=wanted.is_public),
            version_of(db),
            links_of(db, wanted.reports, wanted.out),
            wanted.licence,
            wanted.is_public,
            measure_errors(wanted.reports) if wanted.reports else None,
        )
        ways = FORMATS | ({"parquet": export_partitioned} if wanted.is_partitioned else {})
        return [line for name in formats for line in ways[name](content, wanted.out)]


def export_excel(content: Content, out: Path) -> Iterator[str]:
    """Write namndata.xlsx."""
    try:
        from namndata.export.excel import write_workbook
    except ModuleNotFoundError as error:
        raise UsageError(EXTRA.format("Excel", "xlsxwriter")) from error
    path = out / "namndata.xlsx"
    with aside(path) as file:
        remarks = write_workbook(content, file)
    yield str(path)
    yield from remarks


def export_parquet(content: Content, out: Path) -> Iterator[str]:
    """Write parquet/TABLE.parquet."""
    try:
        from namndata.export.parquet import write_parquet
    except ModuleNotFoundError as error:
        raise UsageError(EXTRA.format("Parquet", "pyarrow")) from error
    yield write_tables(content, out / "parquet", ".parquet", write_parquet)
    write_about(content, out / "parquet")


def export_partitioned(content: Content, out: Path) -> Iterator[str]:
    """Write partitioned/TABLE/municipality=…/year=…/*.parquet, all aside and put in the place of earlier ones."""
    try:
        from namndata.export.parquet import write_partitioned
    except ModuleNotFoundError as error:
        raise UsageError(EXTRA.format("Parquet", "pyarrow")) from error
    folder, new = out / PARTITIONED, out / f"{PARTITIONED}{ASIDE}"
    rmtree(new, ignore_errors=True)
    new.mkdir()
    for table in content.tables:
        write_partitioned(content, table, new)
    write_about(content, new)
    rmtree(folder, ignore_errors=True)
    new.rename(folder)
    yield f"{folder}: {len(content.tables)} tables"


def export_csv(content: Content, out: Path) -> Iterator[str]:
    """Write csv/TABLE.csv for Swedish Excel."""
    yield write_tables(content, out / "csv", ".csv", in_dialect(SWEDISH_EXCEL))
    write_about(content, out / "csv")


def export_package(content: Content, out: Path) -> Iterator[str]:
    """Write datapackage/, which can be published as it is."""
    from namndata.export.package import descriptor  # it brings sqlite-utils, which brings pandas

    folder = out / "datapackage"
    write_tables(content, folder / "data", ".csv", in_dialect(PROGRAMS))
    texts = {"datapackage.json": descriptor, "README.md": readme, "LICENSE.md": licence_text, "CITATION.cff": citation}
    for name, text_of in texts.items():
        with aside(folder / name) as file:
            file.write_text(text_of(content), encoding="utf-8", newline="\n")
    yield str(folder / "datapackage.json")


FORMATS: dict[str, Callable[[Content, Path], Iterator[str]]] = {
    "xlsx": export_excel,
    "csv": export_csv,
    "parquet": export_parquet,
    "datapackage": export_package,
}


def write_about(content: Content, folder: Path) -> None:
    """Write about.txt beside the tables: which corpus it is, and how often it was found wrong."""
    with aside(folder / "about.txt") as file:
        file.write_text(about_text(content), encoding="utf-8", newline="\n")


WriteTable = Callable[[Content, Taken, Path], None]


def in_dialect(dialect: Dialect) -> WriteTable:
    """Return what writes a table as CSV."""
    return lambda content, table, path: write_csv(content, table, path, dialect)


def write_tables(content: Content, folder: Path, suffix: str, write: WriteTable) -> str:
    """Write each table into a folder of them, and remove those of an earlier export that are not taken now."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in set(read_tables()) - {table.name for table in content.tables}:
        (folder / f"{name}{suffix}").unlink(missing_ok=True)
    for table in content.tables:
        with aside(folder / f"{table.name}{suffix}") as file:
            write(content, table, file)
    return f"{folder}: {len(content.tables)} files"
