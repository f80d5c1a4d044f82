"""Labels printed in one block beside figures printed in others → which label each row of figures belongs to.

Where labels are more than rows, some head a group and have no figures: the sums tell which.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from extract.raw.blocks.align import align, goes_on
from extract.raw.blocks.proof import terms_of
from extract.raw.headers.model import LABEL_SIDE
from extract.raw.lines import Line
from schema.lexicon.headers import column_role, is_header_word
from schema.lexicon.labels import is_total_label
from schema.lexicon.wordbreaks import breaks_header_word, join_lines

MOST_ABOVE = 4
"""Lines above the labels: a title, a unit, the header."""

Label = tuple[Line, ...]
Figures = tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Beside:
    """Labels, and the figures of each: none for a group."""

    above: tuple[Line, ...]
    """The lines above the labels: a title, the header."""
    labels: tuple[Label, ...]
    rows: tuple[Figures, ...]
    by_sums: bool | None
    """Sums told which labels have figures; None where their number did, False where something speaks against."""


def set_beside(lines: Sequence[Line], segments: Sequence[Sequence[Figures]], *, is_headed: bool) -> Beside | None:
    """Set rows of figures, in segments that gaps part, beside labels; None where more than one way fits.

    Where each column has its header in its own block, what is more in the block of labels is theirs.
    """
    rows = [row for segment in segments for row in segment]
    labels = wrapped(lines)
    spare = len(labels) - len(rows)
    heads = [i + 1 for i, label in enumerate(labels[:MOST_ABOVE]) if _is_header(label)]
    is_known = spare in heads if heads else not spare or (is_headed and 0 < spare <= MOST_ABOVE)
    if is_known and fits(labels[spare:], segments):
        return Beside(_lines(labels[:spare]), labels[spare:], tuple(rows), by_sums=None)
    return _aligned(lines, segments) if spare > 0 else None


def fits(labels: Sequence[Label], segments: Sequence[Sequence[Figures]]) -> bool:
    """Whether rows beside as many labels agree with the gaps between them, or with the sums."""
    starts = list(accumulate(len(segment) for segment in segments[:-1]))
    gaps = all(len(labels[start - 1]) > 1 or len(labels[start]) > 1 for start in starts)
    if gaps or all(len(s) == 1 for s in segments):
        return True
    terms = terms_of([row for segment in segments for row in segment])
    totals = [i for i, label in enumerate(labels) if is_total_label(text_of(label))]
    return bool(totals) and all(terms[i] for i in totals)


def _lines(labels: Sequence[Label]) -> tuple[Line, ...]:
    return tuple(line for label in labels for line in label)


def _is_header(label: Label) -> bool:
    return column_role(text_of(label))[0] in LABEL_SIDE


def text_of(lines: Sequence[Line]) -> str:
    """Lines as one text."""
    return " ".join(line.text for line in lines)


def header_text(lines: Sequence[Line]) -> str:
    """Lines of a header as one text, words that a narrow column broke mended: *Investering* over *sram*."""
    texts = [line.text for line in lines]
    fills = [breaks_header_word(above, below) for above, below in pairwise(texts)]
    return join_lines(texts, fills=fills, known=is_header_word)


def wrapped(lines: Sequence[Line]) -> tuple[Label, ...]:
    """Labels, those joined that go on in lower case or after such as *och*, but for parts: *varav intäkter*."""
    labels: list[Label] = []
    for line in lines:
        if labels and goes_on(labels[-1][-1].text, line.text):
            labels[-1] = (*labels[-1], line)
        else:
            labels.append((line,))
    return tuple(labels)


def _aligned(lines: Sequence[Line], segments: Sequence[Sequence[Figures]]) -> Beside | None:
    """The one likeliest way to set rows beside labels and groups, where a total is the sum of rows above it."""
    found = align(lines, segments)
    if found is None:
        return None
    first = found.spans[0][0]
    head = max((i + 1 for i, line in enumerate(lines[: min(first, MOST_ABOVE)]) if _is_header((line,))), default=0)
    labels: list[Label] = []
    rows: list[Figures] = []
    at = head
    flat = (row for segment in segments for row in segment)
    for (start, end), row in zip(found.spans, flat, strict=True):
        groups = wrapped(lines[at:start])
        labels += [*groups, tuple(lines[start:end])]
        rows += [*([()] * len(groups)), row]
        at = end
    rest = wrapped(lines[at:])
    return Beside(tuple(lines[:head]), (*labels, *rest), (*rows, *[()] * len(rest)), found.is_proven)
