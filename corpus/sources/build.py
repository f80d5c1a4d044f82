"""Builds the example corpus and its gold from the sources: `python corpus/sources/build.py [stem …]`."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from as_scan import scan
from as_text import write_cells, write_lines, write_markdown, write_tabs
from gold import derive_gold
from source import Report, read_report
from with_typst import typeset
from with_word import write_word
from with_writer import is_installed, typeset_all

ROOT = Path(__file__).parent.parent.parent
SOURCES = Path(__file__).parent / "reports"
TEXTS = {
    "markdown": (".md", write_markdown),
    "tabs": (".txt", write_tabs),
    "lines": (".txt", write_lines),
    "cells": (".txt", write_cells),
}


def build(reports: list[Report], corpus: Path, gold: Path) -> None:
    """Write every report and its gold."""
    for report in reports:
        rendition = report.facts["rendition"]
        if rendition in TEXTS:
            suffix, write = TEXTS[rendition]
            (corpus / f"{report.stem}{suffix}").write_text(write(report), encoding="utf-8")
        elif rendition == "typst":
            (corpus / f"{report.stem}.pdf").write_bytes(typeset(report))
        elif rendition == "word":
            (corpus / f"{report.stem}.docx").write_bytes(write_word(report))
        elif rendition == "scan":
            (corpus / f"{report.stem}.pdf").write_bytes(scan(report))
        written = json.dumps(derive_gold(report), ensure_ascii=False, indent=1)
        (gold / f"{report.stem}.json").write_text(written + "\n", encoding="utf-8")
    by_writer = [report for report in reports if report.facts["rendition"] == "writer"]
    if is_installed():
        typeset_all(by_writer, corpus)
    elif by_writer:
        print(f"LibreOffice is not installed: {len(by_writer)} reports stay as they were set")


def main() -> None:
    """Build the named reports, or all."""
    wanted = set(sys.argv[1:])
    paths = [path for path in sorted(SOURCES.glob("*.rapport")) if not wanted or path.stem in wanted]
    gold = ROOT / "tests" / "gold"
    gold.mkdir(parents=True, exist_ok=True)
    build([read_report(path) for path in paths], ROOT / "corpus", gold)
    print(f"{len(paths)} reports built")


if __name__ == "__main__":
    main()
