"""The registry of readers: which media types are read, under which suffixes, and in which steps.

A new format is a row here, a module with its last step and, where `extract.source` does not know its bytes yet,
its sign there. The modules are named, not imported: what reads a PDF is loaded for a PDF only, and what is kept of a
document's reading depends on the code of its own format (`namndata.run.stages`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, Protocol, cast

from extract.source import MARKDOWN, PDF, PLAIN, TABS, WORD, Kind, kind_of
from schema.layout import Content, Source

OnPage = Callable[[int], None]


class Step(Protocol):
    """One step of reading: begins with the file and what the earlier steps gave; the last one gives Content."""

    def __call__(self, source: Source, path: Path, earlier: Sequence[Any], *, on_page: OnPage) -> Any:
        """Read; `on_page` is told the number of each page before it is worked on."""


@dataclass(frozen=True, slots=True)
class Reader:
    """How files of one media type are read."""

    media_type: str
    suffixes: tuple[str, ...]
    """Names that such reports go by; the bytes decide what a file is."""
    steps: tuple[str, ...]
    """`module:function` of each step. What a step gives is kept until its code, or that of an earlier one, changes."""

    @property
    def modules(self) -> tuple[str, ...]:
        """The modules of the steps."""
        return tuple(step.partition(":")[0] for step in self.steps)

    def step(self, number: int) -> Step:
        """Load a step."""
        module, _, function = self.steps[number].partition(":")
        return cast(Step, getattr(import_module(module), function))


TEXT_STEPS = ("extract.marked.read:read_text",)
READERS: tuple[Reader, ...] = (
    Reader(
        PDF,
        (".pdf",),
        ("extract.page.read:read_pages", "extract.scan.pages:read_scanned_pages", "extract.pdf:compose_pages"),
    ),
    Reader(WORD, (".docx",), ("extract.word.read:read_word",)),
    Reader(PLAIN, (".txt", ".text"), TEXT_STEPS),
    Reader(MARKDOWN, (".md", ".markdown"), TEXT_STEPS),
    Reader(TABS, (".tsv", ".tab"), TEXT_STEPS),
)
SUFFIXES = frozenset(suffix for reader in READERS for suffix in reader.suffixes)


def reader_of(media_type: str) -> Reader | None:
    """Return the reader of a media type, None where there is none."""
    return next((reader for reader in READERS if reader.media_type == media_type), None)


def reader_for(kind: Kind) -> Reader:
    """Return the reader of a kind of file; raise UnreadableDocument, with its true name, where there is none."""
    reader = reader_of(kind.media_type)
    if reader is None:
        raise kind.refusal()
    return reader


def read_file(path: Path) -> Content:
    """Read one file by itself, as the corpus does with each: for whoever has no corpus."""
    kind = kind_of(path)
    reader = reader_for(kind)
    data = path.read_bytes()
    source = Source(path.stem, path.name, hashlib.sha256(data).hexdigest(), kind.media_type, len(data))
    earlier: list[Any] = []
    for number in range(len(reader.steps)):
        earlier.append(reader.step(number)(source, path, earlier, on_page=lambda page: None))
    return cast(Content, earlier[-1])
