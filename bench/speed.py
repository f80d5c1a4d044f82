"""Processor time a page of namndata's stages and of its peers, on the same PDFs in one run.

    PYTHONPATH=src .venv/bin/python bench/speed.py FOLDER [--pages 100]

Peers that are not installed are left out; each is asked for all that it finds, with its defaults. One that has taken
`--limit` seconds is given no further file: its figure is that of the pages that it read, which is told. Imports are not
counted; garbage is looked for as seldom as in a worker. On a machine that does other work figures rise by a third or
more: compare within a run only.
"""

from __future__ import annotations

import argparse
import hashlib
import time
import warnings
from collections import Counter
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import pypdfium2 as pdfium

from extract.facts.find import find_facts
from extract.readers import reader_for
from extract.records.report import print_report
from extract.source import kind_of
from namndata.audit.arithmetic import check_report
from namndata.audit.confidence import weigh_report
from namndata.audit.ledger import account_for_numbers
from namndata.run.batch import collect_seldom
from normalize.cells import parse_cell
from normalize.report import normalize_report
from schema.layout import Source
from schema.lexicon.wordbreaks import is_word

Spent = dict[str, float]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pages", type=int, default=100, help="Pages after which no further file is read.")
    parser.add_argument("--limit", type=float, default=300.0, help="Seconds after which a peer reads no further file.")
    options = parser.parse_args()
    warnings.simplefilter("ignore")
    collect_seldom()  # as the workers do
    is_word("committee")
    parse_cell("at least 1 committee")
    spent: Spent = {}
    read: Counter[str] = Counter()
    pages = 0
    for path in sorted(options.folder.glob("*.pdf")):
        if pages >= options.pages:
            break
        count = len(pdfium.PdfDocument(path))
        print(f"{path.name}: {count} pages", flush=True)
        read_with_namndata(path, spent)
        for name, work in PEERS.items():
            if find_spec(name.split()[0]) and spent.get(name, 0.0) < options.limit:
                timed(name, spent, lambda work=work, path=path: work(path))
                read[name] += count
        pages += count
    own = sum(seconds for name, seconds in spent.items() if name.startswith("namndata"))
    for name, seconds in [*spent.items(), ("namndata, all", own)]:
        of = read.get(name, pages)
        print(f"{name:32} {1000 * seconds / max(of, 1):8.1f} ms a page{f' ({of} pages)' if of < pages else ''}")


def read_with_namndata(path: Path, spent: Spent) -> None:
    kind = kind_of(path)
    data = path.read_bytes()
    source = Source(path.stem, path.name, hashlib.sha256(data).hexdigest(), kind.media_type, len(data))
    reader = reader_for(kind)
    results: list[object] = []
    for number, step in enumerate(reader.steps):
        work = reader.step(number)
        name = f"namndata {step.partition(':')[2]}"
        results.append(timed(name, spent, lambda work=work: work(source, path, results, on_page=lambda page: None)))
    content = results[-1]
    printed, _ = timed("namndata records", spent, lambda: print_report(content, find_facts(content)))
    normalized = timed("namndata normalize", spent, lambda: normalize_report(printed))
    timed("namndata audit", spent, lambda: audit(content, normalized))


def audit(content: object, normalized: object) -> None:
    account_for_numbers(content, weigh_report(normalized, check_report(normalized).checks))


def timed(name: str, spent: Spent, work: Callable[[], object]) -> object:
    """Return what the work gives; what it raises costs the peer that file, and is told."""
    began = time.process_time()
    try:
        return work()
    except Exception as error:
        if name.startswith("namndata"):
            raise
        print(f"  {name}: {error!r}"[:120])
        return None
    finally:
        spent[name] = spent.get(name, 0.0) + time.process_time() - began


def pdfium_text(path: Path) -> None:
    for page in pdfium.PdfDocument(path):
        page.get_textpage().get_text_bounded()


def pdfplumber_tables(path: Path) -> None:
    import pdfplumber

    with pdfplumber.open(path) as document:
        for page in document.pages:
            page.extract_tables()


def camelot_tables(flavor: str) -> Callable[[Path], None]:
    def work(path: Path) -> None:
        import camelot

        camelot.read_pdf(str(path), pages="all", flavor=flavor)

    return work


def pymupdf_tables(path: Path) -> None:
    import pymupdf

    for page in pymupdf.open(path):
        page.find_tables()


PEERS: dict[str, Callable[[Path], None]] = {
    "pypdfium2 text only": pdfium_text,
    "pdfplumber tables": pdfplumber_tables,
    "camelot lattice": camelot_tables("lattice"),
    "camelot hybrid": camelot_tables("hybrid"),
    "pymupdf find_tables": pymupdf_tables,
}


if __name__ == "__main__":
    main()
