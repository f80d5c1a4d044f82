"""What a system refuses to write, said in one line: which file, why, and what to do."""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from namndata.errors import NamndataError, UsageError

FULL = frozenset((errno.ENOSPC, errno.EDQUOT, errno.EFBIG)) if hasattr(errno, "EDQUOT") else frozenset((errno.ENOSPC,))
"""Errors of a disk, a share or a limit that is used up."""
FULL_IN_SQLITE = frozenset((sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_WRITE, sqlite3.SQLITE_IOERR_TRUNCATE))
IN_USE = frozenset((sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED))
LOCK = "lock"
"""The file in the folder of what is kept that a run holds while it writes."""


@contextmanager
def written(path: Path) -> Iterator[None]:
    """Say in one line why a file cannot be written."""
    try:
        yield
    except OSError as error:
        raise why_not_written(path, error) from error
    except sqlite3.OperationalError as error:
        if code_of(error) in FULL_IN_SQLITE:
            raise no_room(path) from error
        if code_of(error) in IN_USE:
            raise in_use(path) from error
        raise


def why_not_written(path: Path, error: OSError) -> NamndataError:
    """Return what to tell of a file that the system does not write."""
    if error.errno in FULL:
        return no_room(path)
    reason = error.strerror or "unknown reason"
    return UsageError(f"{path} cannot be written ({reason}). Check what stands there, or give another: OUT=folder.")


def why_refused(error: OSError) -> Exception:
    """Return what to tell of a file that the system refuses, where nothing nearer to it told."""
    if error.errno in FULL:
        return why_not_written(Path(error.filename or "out"), error)
    if not error.filename or not error.strerror:
        return error
    return UsageError(f"{error.filename} cannot be used ({error.strerror}). Check what stands there, or give another.")


def make_place_for(file: Path) -> None:
    """Make the folder of a file that is written at the end of a run; what hinders that is said at its beginning."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"{file} cannot be written ({error.strerror}). Give a file in another folder.") from error
    if file.is_dir() or not os.access(file.parent, os.W_OK):
        raise UsageError(f"{file} cannot be written. Give a file in a folder that may be written to.")


def no_room(path: Path) -> NamndataError:
    """Return what to tell of a full disk."""
    return NamndataError(
        f"{path} cannot be written: the disk is full. The corpus is as it was. Make room, or give another: OUT=folder."
    )


def in_use(path: Path) -> NamndataError:
    """Return what to tell of a corpus that another program has locked."""
    return NamndataError(f"{path} is in use by another program. Close it there, and try again.")


def code_of(error: sqlite3.Error) -> int:
    """Return SQLite's own number for an error; 0 where it has none."""
    return getattr(error, "sqlite_errorcode", 0)


@contextmanager
def alone_in(out: Path, kept: Path) -> Iterator[None]:
    """Hold a folder while a run writes to it; a second run is told so. A killed run holds nothing.

    Where nothing can be locked, on a share or in a folder that is only read, the run goes on as it can.
    """
    descriptor = -1
    with suppress(OSError):
        kept.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(kept / LOCK, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        if descriptor >= 0 and is_held(descriptor):
            raise UsageError(f"Another run writes to {out}. Wait until it is done, or give another: OUT=folder.")
        yield
    finally:
        if descriptor >= 0:
            os.close(descriptor)


def is_held(descriptor: int) -> bool:
    """Take the lock of a file for this process alone, not for those that it forks; tell whether another holds it."""
    try:
        import fcntl
    except ImportError:  # Windows: an open file cannot be replaced there, which says the same
        return False
    try:
        fcntl.lockf(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        return error.errno in (errno.EACCES, errno.EAGAIN)
    return False
