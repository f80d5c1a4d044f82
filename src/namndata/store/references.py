"""What a value is cited by within its report: a digest of what is printed, which other rows and files never change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from hashlib import sha256

from schema.kinds import RecordKind
from schema.records import Record
from schema.result import DocumentResult

LETTERS_OF_DIGEST = 8
"""Of the digest: so that among the thousands of values of a report hardly two are alike."""
NAMED_BY = ("page", "parent", "column_label", "part", "breakdown")
"""What names a value beside its label; a kind has some of them."""


def references_in(result: DocumentResult, kind: RecordKind) -> list[str]:
    """Return the reference of each of a report's records of one kind, whatever people corrected in it."""
    if not result.references:
        return list(references_of(kind, result.records_of(kind.model)))
    pairs = zip(result.records, result.references, strict=True)
    return [reference for record, reference in pairs if isinstance(record, kind.model)]


def references_of(kind: RecordKind, records: Sequence[Record]) -> Iterator[str]:
    """Return each record's reference within its report.

    It is made of the page, and label, header and part as printed; a repeat of all these has its
    number. Where it stands in table, row or column does not count: another row or a better reading moves nothing.
    """
    used: Counter[str] = Counter()
    for record in records:
        named = (getattr(record, name, None) for name in (kind.label, *NAMED_BY))
        printed = "\n".join(str(value or "") for value in named)
        short = sha256(printed.encode()).hexdigest()[:LETTERS_OF_DIGEST]
        used[short] += 1
        yield f"{kind.initial}{short}" + (f"-{used[short]}" if used[short] > 1 else "")
