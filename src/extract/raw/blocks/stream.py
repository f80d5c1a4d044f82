"""Blocks from the first of a header on → the header, and labels and figures by turns: in each way they may be read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import takewhile

from extract.raw.blocks.beside import Label, header_text, text_of, wrapped
from extract.raw.blocks.panels import Pair
from extract.raw.blocks.parts import Block, Found, header_of, heads_notes, names_column
from extract.raw.headers.model import LABEL_SIDE
from extract.raw.lines import Line
from schema.lexicon.headers import column_role, read_header
from schema.lexicon.headers.runs import is_side
from schema.lexicon.labels import is_total_label

MOST_GROUPS = 2
"""Labels without figures above a row; more are text that follows the table."""
MOST_TEXTS = 3
"""Blocks of labels without figures between them; more are text that follows the table."""
MOST_ABOVE = 4
"""Lines above the labels: a title, a unit, the header."""


@dataclass(frozen=True, slots=True)
class Stream:
    """A header, that of the labels first, and labels and figures by turns."""

    title: tuple[Line, ...]
    header: tuple[str, ...]
    pairs: tuple[Pair, ...]
    returns: bool = False
    """The header is that of the table before, printed anew on a later page."""


@dataclass(slots=True)
class _Turns:
    """Labels and figures that are gathered by turns."""

    pairs: list[Pair] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)
    figures: list[tuple[Line, ...]] = field(default_factory=list)
    end: int = 0
    texts: int = 0

    def add_labels(self, lines: Sequence[Line], end: int) -> bool:
        """Add a block of labels; False where too many follow each other to be of the table."""
        if self.figures:
            self.close()
        self.texts += 1
        if self.texts > MOST_TEXTS:
            return False
        self.labels += wrapped(lines)
        self.end = end
        return True

    def add_figures(self, lines: tuple[Line, ...], end: int) -> None:
        self.figures.append(lines)
        self.end, self.texts = end, 0

    def close(self) -> None:
        if self.labels or self.figures:
            self.pairs.append(Pair(tuple(self.labels), tuple(self.figures), self.end))
        self.labels, self.figures = [], []


def streams(blocks: Sequence[Block], before: Found | None) -> Iterator[Stream]:
    """Yield the ways to tell the header from the labels, the likeliest first; none where it begins further down."""
    above = takewhile(lambda block: not block.holds_figure, blocks[1:])
    if any(len(parts := wrapped(block.lines)) > 1 and _heads_labels(text_of(parts[-1])) for block in above):
        return
    if before is not None and _returns(blocks, before.header):
        yield Stream((), before.header, tuple(_turns(blocks, before.header).pairs), returns=True)
    if stated := _named(blocks, _states_column):
        yield stated
    if before is not None and blocks and not blocks[0].holds_figure:
        turns = _turns(blocks, before.header)
        yield Stream((), ("", *before.header[1:]), tuple(turns.pairs))
    if named := _named(blocks, names_column):
        yield named
    yield from _unknown(blocks)


def _returns(blocks: Sequence[Block], header: Sequence[str]) -> bool:
    """Whether each text of a header is printed among the blocks."""
    printed = {header_text(parts[0]) for block in blocks[: 2 * len(header)] if (parts := block.parted) and parts[0]}
    return set(header[1:]) <= printed


def _named(blocks: Sequence[Block], names: Callable[[str], bool]) -> Stream | None:
    """Each text that names a column is a header, up to the first label below figures; all others are labels."""
    heads: list[tuple[Line, ...]] = []
    above, first = _above(blocks)
    rest: list[Block] = [Block(first, blocks[0].end)] if first else []
    figures_seen = is_headed = False
    for at, block in enumerate(blocks[1:] if above or first else blocks, 1 if above or first else 0):
        parts = block.parted
        if parts is None:
            break
        texts, figures = parts
        if texts and (names(header_text(texts)) or (heads_notes(header_text(texts)) and not figures_seen)):
            heads.append(texts)
            texts, is_headed = (), is_headed or len(figures) > 1
        elif texts and figures_seen:
            rest += blocks[at:]
            break
        figures_seen = figures_seen or bool(figures)
        if texts or figures:
            rest.append(Block((*texts, *figures), block.end))
    if len(heads) < 2 or len(rest) < 2:
        return None
    if is_headed and len(wrapped(rest[0].lines)) == len(rest[1].lines) + 1:
        above, rest[0] = (*above, rest[0].lines[0]), Block(rest[0].lines[1:], rest[0].end)
    if above and heads_notes(header_text(above[-1:])):
        above, heads = above[:-1], [above[-1:], *heads]
    header = (header_text(above[-1:]), *map(header_text, heads))
    return Stream(above[:-1], header, tuple(_turns(rest, header).pairs))


def _states_column(text: str) -> bool:
    """Whether a text names a column by a kind or a time: *Verksamhetens nettokostnader* names one or a row."""
    return names_column(text) and any(part.kind or not part.time.is_empty for part in read_header(text))


def _above(blocks: Sequence[Block]) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """The lines of the first block that are a title and the labels' header, and those that are labels."""
    if not blocks or _states_column(blocks[0].lines[-1].text) or blocks[0].holds_figure:
        return (), ()
    labels = wrapped(blocks[0].lines)
    last = max((i + 1 for i, label in enumerate(labels[:MOST_ABOVE]) if _heads_labels(text_of(label))), default=0)
    if not last:
        texts = [parts[0] for block in blocks[1:] if (parts := block.parted) and not parts[1]]
        before_figures = blocks[1 : 1 + len(texts)]
        last = len(labels) if any(not block.names_column for block in before_figures) else 0
    split = sum(len(label) for label in labels[:last])
    return blocks[0].lines[:split], blocks[0].lines[split:]


def _heads_labels(text: str) -> bool:
    role, _ = column_role(text)
    if is_total_label(text):
        return False
    return (
        role in LABEL_SIDE
        or role == "note"
        or (role == "value" and read_header(text)[0].is_money and not read_header(text)[0].kind)
    )


def _unknown(blocks: Sequence[Block]) -> Iterator[Stream]:
    """All texts before the label of the first figures are the header, but for groups; they are as many as columns."""
    first = next((i for i, block in enumerate(blocks) if block.holds_figure), 0)
    heads = blocks[: max(first - 1, 0)]
    if len(heads) < 2:
        return
    last = max((i + 1 for i, block in enumerate(heads) if block.names_column and not is_side(block.text)), default=0)
    groups = heads[last:] if 0 < len(heads) - last <= MOST_GROUPS else ()
    heads = heads[: len(heads) - len(groups)]
    for width in (len(heads) - 1, len(heads)):
        header = header_of(heads, width)
        if header is not None:
            turns = _turns(blocks[len(heads) :], header.texts)
            yield Stream(header.title, header.texts, tuple(turns.pairs))


def _turns(blocks: Sequence[Block], header: Sequence[str]) -> _Turns:
    """Labels and figures by turns, up to another header; the same one may return on a later page."""
    turns = _Turns()
    known, width = {text for text in header if text}, len(header) - 1
    for block in blocks:
        parts = block.parted
        if parts is None:
            break
        texts, figures = parts
        if texts and header_text(texts) in known:
            texts = ()
        elif texts and _states_column(header_text(texts)) and len(figures) not in (0, 1, width):
            break
        if texts and not turns.add_labels(texts, block.end):
            break
        if figures:
            turns.add_figures(figures, block.end)
    turns.close()
    return turns
