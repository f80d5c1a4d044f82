"""Measures table reading beside the libraries it builds on: CPU milliseconds a page, each reader in its own process.

python bench/pdf_tables.py ../shared/archive-pdf
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
import warnings
from collections.abc import Callable
from pathlib import Path

READERS = ("namndata", "pdfplumber", "camelot-hybrid")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="folder of PDFs")
    parser.add_argument("--skip", default="scan", help="leave out files with this in their name")
    parser.add_argument("--reader", choices=READERS, help="run one reader in this process (used by the script itself)")
    options = parser.parse_args()
    paths = sorted(path for path in options.folder.rglob("*.pdf") if options.skip not in path.name)
    if options.reader:
        print(json.dumps(measure(options.reader, paths)))
        return
    for reader in READERS:
        found = json.loads(run_apart(reader, options))
        print(f"{reader:<16} {found['ms_per_page']:8.1f} ms/page  {found['pages']} pages  {found['tables']} tables")


def run_apart(reader: str, options: argparse.Namespace) -> str:
    command = [sys.executable, __file__, str(options.folder), "--skip", options.skip, "--reader", reader]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def measure(reader: str, paths: list[Path]) -> dict[str, float]:
    """CPU time of the process, imports included, as a user pays it."""
    start = time.process_time()
    read = load_reader(reader)
    counts = [read(path) for path in paths]
    pages = sum(pages for pages, _ in counts)
    spent = time.process_time() - start
    return {
        "ms_per_page": 1000 * spent / max(pages, 1),
        "pages": pages,
        "tables": sum(tables for _, tables in counts),
    }


def load_reader(reader: str) -> Callable[[Path], tuple[int, int]]:
    """A function from a file to its numbers of pages and tables."""
    return {"namndata": load_namndata, "pdfplumber": load_pdfplumber, "camelot-hybrid": load_camelot}[reader]()


def load_namndata() -> Callable[[Path], tuple[int, int]]:
    sys.path.insert(0, str(Path(__file__).parents[1] / "src"))
    from extract.readers import read_file

    def read(path: Path) -> tuple[int, int]:
        content = read_file(path)
        return content.number_of_pages or 0, len(content.tables)

    return read


def load_pdfplumber() -> Callable[[Path], tuple[int, int]]:
    import pdfplumber

    def read(path: Path) -> tuple[int, int]:
        with pdfplumber.open(path) as document:
            tables = 0
            for page in document.pages:
                tables += len(page.extract_tables())
                page.close()
            return len(document.pages), tables

    return read


def load_camelot() -> Callable[[Path], tuple[int, int]]:
    import camelot
    import pypdfium2

    def read(path: Path) -> tuple[int, int]:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tables = camelot.read_pdf(str(path), pages="all", flavor="hybrid")
        return len(pypdfium2.PdfDocument(path)), len(tables)

    return read


if __name__ == "__main__":
    main()
