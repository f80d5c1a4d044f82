"""What a corpus was built from."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Provenance:
    """Hashes of what a corpus was built from; the same inputs and code give the same corpus."""

    inputs: str
    """Of the documents, their names and the code."""
    code: str
    """Of the code alone."""
    beside: str = ""
    """Of what people decided and of official values."""
