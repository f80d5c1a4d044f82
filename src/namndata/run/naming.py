"""What a document is called: by its file's stem, and by its content where the stem says too little."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

LETTERS_OF_DIGEST = 8
"""Of a file's digest in its id: four thousand million, for the few files that have one stem."""


def document_ids(names: Sequence[str], digests: Sequence[str]) -> Iterator[str]:
    """Return an id for each file: its stem, or stem and a digest of its content where several have the stem.

    None of several keeps the plain stem: it would pass from one to another when files come and go. Files with the same
    bytes are told apart by their paths.
    """
    stems = [stem_of(name) for name in names]
    by_content = [content_id(name, digest) for name, digest in zip(names, digests, strict=True)]
    used, twice = (Counter(each.casefold() for each in ids) for ids in (stems, by_content))
    for name, stem, long in zip(names, stems, by_content, strict=True):
        unique = long if twice[long.casefold()] == 1 else f"{long}-{digest_of(name)}"
        yield stem if used[stem.casefold()] == 1 else unique


def content_id(name: str, digest: str) -> str:
    """Return what a file is cited by, whatever other files there are: its stem and a digest of its content."""
    return f"{stem_of(name)}-{digest[:LETTERS_OF_DIGEST] or digest_of(name)}"


def digest_of(name: str) -> str:
    """Return a digest of a path, for a file that cannot be opened or has the bytes of another."""
    return hashlib.sha256(name.encode()).hexdigest()[:LETTERS_OF_DIGEST]


def stem_of(name: str) -> str:
    """Return a file's stem with composed letters, spaces as underscores, and nothing that an id cannot hold."""
    stem = unicodedata.normalize("NFC", Path(name).stem)
    return re.sub(r"[^\w.\-]+", "_", stem).strip("_") or "document"
