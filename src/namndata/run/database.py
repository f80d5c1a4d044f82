"""The database library, without the data frames that it would load if they are installed: nothing here uses them.

They cost a run with one changed report half a second and 65 MiB.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

FRAMES = "pandas"


@contextmanager
def spared(name: str) -> Iterator[None]:
    """Let a library that can do without another find it missing, where nothing else loaded it."""
    if name in sys.modules:
        yield
        return
    sys.modules[name] = None  # type: ignore[assignment]  # what the import system takes for missing
    try:
        yield
    finally:
        del sys.modules[name]


with spared(FRAMES):
    from sqlite_utils import Database

__all__ = ["Database"]
