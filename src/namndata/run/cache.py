"""Results of the stages, kept between runs by the document's hash and the fingerprint of the code."""

from __future__ import annotations

import hashlib
import os
import pickle
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")

UNREADABLE = (OSError, EOFError, pickle.UnpicklingError, AttributeError, ImportError, IndexError, TypeError, ValueError)
"""What a damaged entry, or one written by other types, may raise: it counts as absent."""


@dataclass(frozen=True, slots=True)
class Cache:
    """A folder of results; without a folder nothing is kept."""

    folder: Path | None
    fresh: bool = False
    """Write entries but read none."""

    def recall(self, stage: str, key: str, make: Callable[[], T]) -> T:
        """Return the stage's result for a key, made now where it is not kept yet."""
        kept: T | None = self.load(stage, key)
        if kept is not None:
            return kept
        made = make()
        with suppress(OSError):  # what cannot be kept is made again
            self.save(stage, key, made)
        return made

    def load(self, stage: str, key: str) -> T | None:
        """Return what is kept for a key, or None."""
        if self.folder is None or self.fresh:
            return None
        try:
            return pickle.loads(self.path_of(stage, key).read_bytes())  # type: ignore[no-any-return]
        except UNREADABLE:
            return None

    def holds(self, stage: str, key: str) -> bool:
        """Tell whether something is kept for a key."""
        return self.folder is not None and not self.fresh and self.path_of(stage, key).is_file()

    def save(self, stage: str, key: str, value: object) -> None:
        """Keep a result."""
        if self.folder is not None:
            self.save_bytes(stage, key, pickle.dumps(value, protocol=pickle.HIGHEST_PROTOCOL))

    def save_bytes(self, stage: str, key: str, content: bytes) -> None:
        """Keep an entry as it is; written aside and renamed, for several workers share the folder."""
        path = self.path_of(stage, key)
        path.parent.mkdir(parents=True, exist_ok=True)
        aside = path.with_suffix(f".{os.getpid()}")
        try:
            aside.write_bytes(content)
            aside.replace(path)
        except OSError:
            aside.unlink(missing_ok=True)  # half an entry on a disk that is full
            raise

    def save_all(self, entries: Mapping[tuple[str, str], bytes]) -> None:
        """Keep entries as they are, by stage and key."""
        for (stage, key), content in entries.items():
            self.save_bytes(stage, key, content)

    def load_bytes(self, stage: str, key: str) -> bytes:
        """Return an entry as it is."""
        return self.path_of(stage, key).read_bytes()

    def entries(self) -> Iterator[tuple[tuple[str, str], bytes]]:
        """Return all that is kept, by stage and key."""
        for path in sorted(self.folder.glob("*/*.pickle")) if self.folder else ():
            yield (path.parent.name, path.stem), path.read_bytes()

    def path_of(self, stage: str, key: str) -> Path:
        """Return the file of an entry."""
        assert self.folder is not None
        return Path(f"{self.folder}/{stage}/{key}.pickle")  # joining each part takes thrice the time

    def prune(self, keep: set[tuple[str, str]]) -> None:
        """Delete all entries but the given pairs of stage and key."""
        if self.folder is None:
            return
        kept = {f"{stage}/{key}.pickle" for stage, key in keep}
        for stage in self.folder.glob("*/"):
            with os.scandir(stage) as files:
                names = [file.name for file in files]
            for name in names:
                if f"{stage.name}/{name}" not in kept:
                    (stage / name).unlink(missing_ok=True)


def key_of(*parts: str) -> str:
    """Return a short key for what a result depends on."""
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:32]
