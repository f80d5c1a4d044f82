"""The example corpus and its gold fit together, whatever the parser makes of them."""

import json
import re
import zipfile
from pathlib import Path

import build
import pypdfium2
import pytest
from fonts import set_with_typst
from source import Report, read_report
from with_typst import typeset

ROOT = Path(__file__).parent.parent
CORPUS = ROOT / "corpus"
SOURCES = CORPUS / "sources"
GOLD = sorted(path for path in (ROOT / "tests" / "gold").glob("*.json") if path.name != "floors.json")
MOST_BYTES = 8_000_000
REPORTS = (".pdf", ".docx", ".txt", ".md")


def document_of(gold: Path) -> Path:
    found = [path for path in CORPUS.iterdir() if path.stem == gold.stem]
    assert len(found) == 1, f"{gold.name} belongs to {found}"
    return found[0]


def text_of(document: Path) -> str:
    if document.suffix == ".docx":
        return "\n".join(re.findall(r"<w:t[^>]*>([^<]*)", parts_of(document)["word/document.xml"].decode()))
    if document.suffix != ".pdf":
        return document.read_text(encoding="utf-8")
    text = printed_text(document)
    return text or printed_text(typeset(source_of(document.stem)))


def source_of(stem: str) -> Report:
    """The report's source: a scan has no text of its own."""
    return read_report(SOURCES / "reports" / f"{stem}.rapport")


def printed_text(pdf: Path | bytes) -> str:
    with pypdfium2.PdfDocument(pdf) as opened:
        return "\n".join(page.get_textpage().get_text_range() for page in opened)


def folded(text: str) -> str:
    """Without what a narrow column, a tag or a line's end puts between the characters."""
    text = re.sub(r"</?(?:i|b|u|ul|li|br)>|\*\*?", "", text)
    return re.sub(r"[\s\u00ad\ufffe\u0002-]", "", text)


def printed_values(gold: dict) -> list[str]:
    rows = gold["indicators"] + gold["budget_lines"]
    return [value["raw"] for row in rows for value in row["values"]]


@pytest.mark.parametrize("gold", GOLD, ids=lambda path: path.stem)
def test_every_gold_value_is_printed_in_its_document(gold):
    records = json.loads(gold.read_text(encoding="utf-8"))
    text = folded(text_of(document_of(gold)))
    values = printed_values(records)
    assert values
    assert [raw for raw in values if folded(raw) not in text] == []


@pytest.mark.parametrize("gold", GOLD, ids=lambda path: path.stem)
def test_every_gold_label_is_printed_in_its_document(gold):
    records = json.loads(gold.read_text(encoding="utf-8"))
    text = folded(text_of(document_of(gold)))
    labels = [row["indicator"] for row in records["indicators"]]
    labels += [row["line"] for row in records["budget_lines"]]
    labels += [row["text"] for row in records["assignments"]] + [row["committee_goal"] for row in records["goals"]]
    assert [label for label in labels if any(folded(word) not in text for word in label.split())] == []


def test_every_document_has_gold_and_no_name_is_part_of_another():
    stems = {path.stem for path in CORPUS.iterdir() if path.suffix in REPORTS and path.name != "README.md"}
    assert stems == {path.stem for path in GOLD}
    assert [(a, b) for a in stems for b in stems if a != b and a in b] == []


def test_the_corpus_stays_small():
    assert sum(path.stat().st_size for path in CORPUS.rglob("*") if path.is_file()) < MOST_BYTES


SET_ANYWHERE = {*build.TEXTS, "typst", "word"}
"""What is set alike on every machine: a scan's pixels and LibreOffice depend on more than this project's packages."""


def test_gold_and_reports_are_what_their_sources_say(tmp_path):
    reports = [read_report(path) for path in sorted(build.SOURCES.glob("*.rapport"))]
    build.build([report for report in reports if report.facts["rendition"] in SET_ANYWHERE], tmp_path, tmp_path)
    built = sorted(tmp_path.iterdir())
    assert built
    committed = {path.name: path for folder in (CORPUS, ROOT / "tests" / "gold") for path in folder.iterdir()}
    assert [path.name for path in built if content_of(path) != content_of(committed[path.name])] == []


def content_of(path: Path) -> bytes | dict[str, bytes]:
    """The bytes of a file, of a Word file those of its parts: how they are packed depends on the machine."""
    return parts_of(path) if path.suffix == ".docx" else path.read_bytes()


def parts_of(document: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(document) as package:
        return {name: package.read(name) for name in package.namelist()}


def test_a_font_that_no_package_ships_is_an_error_even_where_the_machine_has_it():
    with pytest.raises(ValueError, match="unknown font family: dejavu sans"):
        set_with_typst(b'#set text(font: "DejaVu Sans")\nNettokostnad')
