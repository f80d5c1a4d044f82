"""Ends a worker whose document unfolds without end inside a library, where no error can be raised."""

from __future__ import annotations

import multiprocessing
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from schema.exits import SECONDS_A_PAGE, TOO_LARGE, TOO_LONG

MORE_BYTES = 3 * 2**29
"""Bytes that unfolding a page may add: a map takes some 100 MB; the largest pictures that are read, 400."""
EVERY = 0.05
"""Seconds between looks: memory grows by some 100 MB meanwhile."""
STATM = Path("/proc/self/statm")


@contextmanager
def bounded() -> Iterator[None]:
    """Let a call into a library end the worker that it is in where it takes too much; elsewhere it takes what it takes.

    A small file may say that a picture has a thousand million pixels, or that a drawing draws itself twice.
    """
    if multiprocessing.parent_process() is None:
        yield
        return
    done = threading.Event()
    ends = (time.process_time() + SECONDS_A_PAGE, memory_in_use() + MORE_BYTES)
    watcher = threading.Thread(target=_watch, args=(done, *ends), daemon=True)
    watcher.start()
    try:
        yield
    finally:
        done.set()
        watcher.join()  # no thread is left when a library starts a process


def memory_in_use() -> int:
    """Return the bytes of memory that this process uses; 0 on systems that do not tell."""
    try:
        return int(STATM.read_bytes().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, AttributeError):
        return 0


def _watch(done: threading.Event, last: float, most: int) -> None:
    """Look at the process until the call is done."""
    while not done.wait(EVERY):
        if time.process_time() > last:
            os._exit(TOO_LONG)
        if memory_in_use() > most:
            os._exit(TOO_LARGE)
