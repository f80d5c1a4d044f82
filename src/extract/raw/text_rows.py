"""Tables of texts in raw PDF text: assignments with their status and comment, set apart by blank lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from extract.raw.cells import Piece
from extract.raw.lines import Line, chunk_lines
from schema.lexicon.signs.bullets import opens_with_number
from schema.lexicon.words import words

WIDEST_TEXT = 110
"""Characters; a longer line is no cell of a text column."""
MOST_LINES = 20
LONGEST_PIECE = 8
MOST_PIECES = 4
"""Letters and lines of a status that a narrow column broke."""
MOST_WITHOUT_STATUS = 4
"""Assignments in a row whose status is left empty."""


STOPS = (".", ",", ";")
"""Signs after a status that belong to it."""
_STOP = re.compile(r"[.!?]\s+")


@dataclass(slots=True)
class TextRow:
    """An assignment, its status and its comment."""

    text: Piece
    status: Piece | None = None
    comment: Piece = field(default_factory=Piece)


def _status_end(text: str) -> int | None:
    """Return where the status that a text opens with ends, its stop included; None where it opens with none."""
    hit = words("progress").opening(text)
    if hit is None:
        return None
    return hit.end + (text[hit.end : hit.end + 1] in STOPS)


def read_text_rows(lines: Sequence[Line], *, has_comment: bool) -> tuple[list[TextRow], int]:
    """Return the rows and how many of the lines they take."""
    chunks = _cut_chunks(chunk_lines(_part_statuses(_mend_statuses(lines))))
    rows: list[TextRow] = []
    taken = index = 0
    while index < len(chunks):
        if not _is_text(chunks[index]):
            break
        waiting = index
        while waiting < len(chunks) and _is_text(chunks[waiting]) and waiting - index < MOST_WITHOUT_STATUS:
            waiting += 1
        if waiting == len(chunks) or not _opens_with_status(chunks[waiting]):
            break
        if has_comment and waiting - index > 1 and rows and not rows[-1].comment.lines:
            rows[-1].comment = Piece(chunks[index])
            index += 1
        rows += [TextRow(Piece(chunk)) for chunk in chunks[index : waiting - 1]]
        rows.append(_row(chunks[waiting - 1], chunks[waiting]))
        taken = _end(lines, chunks[waiting])
        index = waiting + 1
    return rows, taken


def _part_statuses(lines: Sequence[Line]) -> list[Line]:
    """Set a status that follows a full stop in its line on a line of its own."""
    parted: list[Line] = []
    for line in lines:
        cut = next((m.end() for m in _STOP.finditer(line.text) if _opens_cell(line.text[m.end() :])), None)
        if cut is None:
            parted.append(line)
        else:
            head = line.text[:cut].strip()
            parted += [replace(line, text=head, raw=head), replace(line, text=line.text[cut:], starts_page=False)]
    return parted


def _opens_cell(text: str) -> bool:
    """Whether a text is a status, or a status and a comment that opens with a capital."""
    end = _status_end(text)
    rest = text[end:].strip() if end else ""
    return end is not None and text[0].isupper() and (not rest or rest[0].isupper())


def _mend_statuses(lines: Sequence[Line]) -> list[Line]:
    """Join a status that its narrow column broke over lines (`Gen`, `omf`, `ört`)."""
    mended: list[Line] = []
    index = 0
    while index < len(lines):
        size, status = _broken_status(lines, index)
        if not size:
            mended.append(lines[index])
            index += 1
            continue
        words = lines[index].text.split(" ")[:-1]
        if words:
            mended.append(replace(lines[index], text=" ".join(words)))
        mended.append(replace(lines[index + size - 1], text=status))
        index += size
    return mended


def _broken_status(lines: Sequence[Line], index: int) -> tuple[int, str]:
    """Return how many lines the pieces of a status take, and the status; 0 where none is broken here."""
    head = lines[index].text.rsplit(" ", 1)[-1]
    if not head[:1].isupper() or len(head) > LONGEST_PIECE:
        return 0, ""
    joined = head
    for size in range(2, MOST_PIECES + 1):
        if index + size > len(lines):
            break
        piece = lines[index + size - 1].text
        if not piece or not piece[0].islower() or len(piece) > LONGEST_PIECE:
            break
        joined += piece
        if words("progress").whole(joined):
            return size, joined
    return 0, ""


def _cut_chunks(chunks: Sequence[list[Line]]) -> list[list[Line]]:
    """Begin a chunk with each number and each status; a chunk in lower case goes on with the one before."""
    cut: list[list[Line]] = []
    for chunk in chunks:
        for index, line in enumerate(chunk):
            opens = opens_with_number(line.text) or _stands_as_status(chunk, index)
            goes_on = index > 0 and not opens
            if index == 0 and cut and line.text[0].islower():
                goes_on = True
            if goes_on:
                cut[-1].append(line)
            else:
                cut.append([line])
    return cut


def _stands_as_status(chunk: Sequence[Line], index: int) -> bool:
    """A status in a line below a line that ended by itself."""
    if _status_end(chunk[index].text) is None or not chunk[index].text[0].isupper():
        return False
    return index == 0 or chunk[index - 1].ends_open is not True


def _is_text(chunk: Sequence[Line]) -> bool:
    """Lines of a text column: narrow, and no status at their head."""
    narrow = max(len(line.text) for line in chunk) <= WIDEST_TEXT
    return narrow and len(chunk) <= MOST_LINES and not _opens_with_status(chunk)


def _opens_with_status(chunk: Sequence[Line]) -> bool:
    return _status_end(chunk[0].text) is not None


def _row(text: list[Line], status: list[Line]) -> TextRow:
    """Divide a status from the comment that begins in its line."""
    first = status[0]
    end = _status_end(first.text) or len(first.text)
    comment = first.text[end:].strip()
    head = Piece([replace(first, text=first.text[:end].strip())])
    rest = [replace(first, text=comment)] if comment else []
    return TextRow(Piece(text), head, Piece([*rest, *status[1:]]))


def _end(lines: Sequence[Line], chunk: Sequence[Line]) -> int:
    number = chunk[-1].number
    return next(i for i, line in enumerate(lines) if line.number == number) + 1
