"""Folders at addresses (`s3://…`, `memory://…`), made local for a run: any that fsspec knows."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from namndata.beside import aside
from namndata.errors import UsageError
from namndata.run.archive import PASSED_OVER
from namndata.run.build import LISTS, LOG
from namndata.run.decided import DOCUMENTS_FILE
from namndata.run.words import OWN_FOLDER
from namndata.sample.draw import SAMPLE
from namndata.store.access import ASIDE, DATABASE

if TYPE_CHECKING:
    from fsspec import AbstractFileSystem

SEPARATOR = "://"
INDEX = ".fetched.json"
"""What each file of a copy was fetched as; hidden, so that it is no report."""
COPIES = "namndata"
BESIDE = frozenset((OWN_FOLDER, DOCUMENTS_FILE, SAMPLE, *LISTS))
"""What is passed over as a report but is read beside the reports."""


@contextmanager
def local_folders(corpus: str, out: str) -> Iterator[tuple[Path, Path]]:
    """Return local folders for the reports and for what is written; the corpus goes to its address when whole."""
    here = fetch_reports(corpus) if SEPARATOR in corpus else Path(corpus)
    if SEPARATOR not in out:
        yield here, Path(out)
        return
    copy = copy_of(out)
    with plain_errors(out):
        files, root = open_address(out)
        fetch_file(files, f"{root}/{DATABASE}", copy / DATABASE)
    yield here, copy
    with plain_errors(out):
        files.makedirs(root, exist_ok=True)
        for name in (LOG, DATABASE):
            if (copy / name).is_file():
                put_file(files, copy / name, f"{root}/{name}")


def fetch_reports(address: str) -> Path:
    """Copy what is new or changed at an address to a folder of this machine, delete what is gone, return the folder."""
    copy = copy_of(address)
    index = copy / INDEX
    known: dict[str, str] = json.loads(index.read_text(encoding="utf-8")) if index.is_file() else {}
    with plain_errors(address):
        files, root = open_address(address)
        if not files.isdir(root):
            raise UsageError(f"There is no folder {address}. Give the address of the reports: CORPUS=address.")
        found = {PurePosixPath(path).relative_to(root): path for path in files.find(root)}
        wanted = {str(name): path for name, path in found.items() if is_wanted(name)}
        state = {name: str(files.ukey(path)) for name, path in wanted.items()}
        for name in {*known} - {*wanted}:
            (copy / name).unlink(missing_ok=True)
        for name, path in wanted.items():
            if known.get(name) != state[name] or not (copy / name).is_file():
                fetch_file(files, path, copy / name)
    index.write_text(json.dumps(state), encoding="utf-8")
    return copy


def is_wanted(name: PurePosixPath) -> bool:
    """Tell whether a file is a report or is read beside the reports; no part of its path leads out of the folder."""
    return ".." not in name.parts and not any(PASSED_OVER.search(part) for part in name.parts if part not in BESIDE)


def copy_of(address: str) -> Path:
    """Return the folder of this machine that holds what is at an address."""
    root = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    folder = root / COPIES / hashlib.sha256(address.encode()).hexdigest()[:16]
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def open_address(address: str) -> tuple[AbstractFileSystem, str]:
    """Return the file system of an address, with nothing remembered, and the path in it."""
    try:
        from fsspec.core import url_to_fs
    except ImportError as error:
        raise UsageError(
            f"{address} is no local folder; addresses need fsspec: pip install 'namndata[cluster]'."
        ) from error
    files, root = url_to_fs(address)
    files.invalidate_cache()
    return files, root.rstrip("/")


@contextmanager
def plain_errors(address: str) -> Iterator[None]:
    """Say in one line what is wrong with an address; libraries of each store raise errors of their own."""
    try:
        yield
    except UsageError:
        raise
    except Exception as error:
        reason = " ".join(str(error).split()) or type(error).__name__
        raise UsageError(f"{address} cannot be used: {reason}. Check the address and the rights to it.") from error


def fetch_file(files: AbstractFileSystem, path: str, to: Path) -> None:
    """Copy a file here, whole or not at all; one that is not there is none here either."""
    to.parent.mkdir(parents=True, exist_ok=True)
    try:
        with aside(to) as partial:
            files.get_file(path, str(partial))
    except FileNotFoundError:
        to.unlink(missing_ok=True)


def put_file(files: AbstractFileSystem, path: Path, to: str) -> None:
    """Copy a file to an address, whole or not at all."""
    files.put_file(str(path), to + ASIDE)
    files.mv(to + ASIDE, to)
