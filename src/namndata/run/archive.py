"""The folder of reports: which files are reports, what each is called, and its hash."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from extract.readers import SUFFIXES
from extract.source import REFUSED_SUFFIXES, Kind
from namndata.errors import UsageError
from namndata.kolada.official import FOLDER
from namndata.run.decided import Decided, read_decided
from namndata.run.naming import document_ids
from namndata.store.access import existing_folder

PASSED_OVER = re.compile(
    r"^(\.|_|~\$)|^(sources?|vocabulary)$|^(crosswalk|committees|corrections|documents|kolada|lines|sample)\.csv$|^(readme|license|licence|källor)(\.|$)",
    re.IGNORECASE,
)
"""Hidden files, folders marked with an underscore or called `sources` or `vocabulary`, lock files of open documents,
lists that the corpus itself reads, and notes about the folder."""
GIVE_REPORTS = "Give the folder that holds the reports: CORPUS=folder."
PDF_START = b"%PDF-"
"""A PDF is a report under any name."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A page that brought its worker down in a step of reading, and is left out of it."""

    page: int
    step: int
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A report in the archive."""

    document: str
    """Stable id made from the file's stem."""
    path: Path
    name: str
    """Path relative to the corpus folder, with forward slashes, as the corpus shows it."""
    sha256: str
    size: int
    kind: Kind | None = None
    """What the bytes say that the file is; None before that was looked at, and where it cannot be opened."""
    decided: Decided = ()
    """What people decided about it."""
    left_out: tuple[LeftOut, ...] = ()
    """What an earlier attempt of this run could not read."""

    @property
    def media_type(self) -> str:
        """The media type of the file, empty where it is not known."""
        return self.kind.media_type if self.kind else ""


@dataclass(frozen=True, slots=True)
class Archive:
    """The reports under a folder, and what else lies there."""

    entries: tuple[Entry, ...]
    ignored: tuple[str, ...]
    """Files that are no reports by their name and content."""


def read_archive(corpus: Path, out: Path | None = None) -> Archive:
    """Find the reports under a folder, in a stable order, and hash them; what lies in `out` is no report."""
    existing_folder(corpus, GIVE_REPORTS)
    if not os.access(corpus, os.R_OK | os.X_OK):
        raise UsageError(f"The folder {corpus} cannot be opened. Check its permissions.")
    real = os.path.realpath(corpus)
    found = find_files(corpus, os.path.realpath(out) if out else None, real, real)
    files = sorted(found, key=lambda path: name_of(path, corpus))
    reports = [path for path in files if is_report(path)]
    names = [name_of(path, corpus) for path in reports]
    decided = read_decided(corpus, names)
    hashed = [hash_and_size(path) for path in reports]
    documents = document_ids(names, [digest for digest, _ in hashed])
    entries = (
        Entry(document, path, name, *content, decided=decided.get(name, ()))
        for document, path, name, content in zip(documents, reports, names, hashed, strict=True)
    )
    kept = set(reports)
    return Archive(tuple(entries), tuple(name_of(path, corpus) for path in files if path not in kept))


def find_files(folder: Path, out: str | None, corpus: str, here: str) -> Iterator[Path]:
    """Return all files under a folder but those that are passed over; links to folders are not followed.

    What holds reports that are not read is returned itself, to be a failed document: a folder that cannot be opened,
    and a link to a folder that does not lie in `corpus`. `corpus`, `out` and `here`, which `folder` is, hold no links:
    to follow those of each path would take a third of the time.
    """
    for path in sorted(folder.iterdir()):
        is_link = path.is_symlink()
        real = os.path.realpath(path) if is_link else f"{here}{os.sep}{path.name}"
        if PASSED_OVER.search(path.name) or real == out or is_official(path):
            continue
        if path.is_dir() and not is_link:
            if os.access(path, os.R_OK | os.X_OK):
                yield from find_files(path, out, corpus, real)
            else:
                yield path
        elif not is_link or not path.is_dir() or not Path(real).is_relative_to(corpus):
            yield path


def is_official(path: Path) -> bool:
    """Tell whether a file holds official values, as they are fetched into a folder of that name."""
    return path.parent.name == FOLDER and path.suffix == ".json"


def is_report(path: Path) -> bool:
    """Tell whether a file is to be read: by its name, or because it starts as a PDF does."""
    if path.suffix.casefold() in SUFFIXES | REFUSED_SUFFIXES or path.is_dir():
        return True
    if not path.is_file():  # a pipe or a device may never end
        return False
    try:
        with path.open("rb") as file:
            return file.read(len(PDF_START)) == PDF_START
    except OSError:
        return False


def name_of(path: Path, corpus: Path) -> str:
    """Return the path relative to the corpus; bytes that are no UTF-8 are shown as question marks."""
    relative = os.fsencode(path.relative_to(corpus).as_posix())
    return relative.decode("utf-8", errors="replace")


def hash_and_size(path: Path) -> tuple[str, int]:
    """Return the SHA-256 and the number of a file's bytes; of what cannot be opened or is no file, nothing and 0."""
    if not path.is_file():
        return "", 0
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest(), path.stat().st_size
    except OSError:
        return "", 0
