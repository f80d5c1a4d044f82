"""Mends words that a narrow column or a hyphen broke over lines.

Begins with the printed lines of one cell or header, ends with one line of text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache
from itertools import groupby
from math import inf

from schema.lexicon.figures import breaks_number
from schema.lexicon.signs import MINUSES
from schema.lexicon.words import words as listed
from schema.swedish import is_known
from schema.vocabulary import read_rows

Known = Callable[[str], bool]

UNKNOWN_WORD = 2.0
"""Cost of leaving something that is no word; twice a short fragment, so that one good word mends two."""
SHORT_FRAGMENT = 1.2
"""Cost of up to three letters that are no common short word: often the tail of a broken word."""
SHORT_WORD = 0.5
"""Cost of three letters that are a rare word (mån, gen): as often a fragment."""
COMPOUND_WORD = 0.2
"""Cost of a word known only as a compound: less sure than a word of the lexicon."""
JOIN = 0.3
"""Cost of a join, so that two good words stay two."""
NEXT_JOIN = 0.1
"""Cost of further joins in the same word: a column that broke it once breaks it again."""
KNOWN_LETTER = -0.06
"""For each letter of a joined word that the document or a vocabulary holds: better than Mål + värde."""
GEOMETRY = 4.0
"""Weight of the word of geometry that a break is inside a word; more than any two unknown words."""
ROOM_LEFT = 1.5
"""Weight of geometry saying that the line had room left; a clearly broken word still wins."""
LONGEST_CHAIN = 9
"""A word was never seen broken over more lines than this."""
SHORTEST_PART = 3
"""Letters in the shortest part of a compound (mål + värde)."""
MOST_PARTS = 4
_ENDS_OPEN = re.compile(r"[,(/–-]$")
_LAST_WORD = re.compile(r"[^\W\d_]+$")
_OPEN_ROLES = ("leading", "unended", "conjunction")
SPACED_LETTERS = (2, 3)
"""Letters that stand alone beside each other in a short form (`t o m`, `f å`); more are a word set with spaces."""

_LETTERS = re.compile(r"[^\W\d_]+")
_SPACED = "\u2060"
"""Stands for the spaces of a short form while words are joined."""
_NO_SPACE_AFTER = ("(", "[", "/")
_NO_SPACE_BEFORE = (")", "]", ",", ";", "/")


@cache
def _role(role: str) -> frozenset[str]:
    return frozenset(row["word"] for row in read_rows("wordbreaks") if row["role"] == role)


@cache
def is_word(word: str) -> bool:
    """Say whether the Swedish lexicon holds a word, in any casing."""
    folded = word.casefold()
    return folded in _role("short") or (len(folded) > SHORTEST_PART and is_known(folded))


@cache
def _is_part(part: str) -> bool:
    """Short parts count as well, except those that never enter a compound."""
    return len(part) >= SHORTEST_PART and part not in _role("standalone") and is_known(part)


@cache
def is_compound(word: str, parts: int = MOST_PARTS) -> bool:
    """Say whether a word divides into known words, with or without a linking s."""
    folded = word.casefold()
    for cut in range(len(folded) - SHORTEST_PART, SHORTEST_PART - 1, -1):
        head, tail = folded[:cut], folded[cut:]
        if not (_is_part(head) or (head.endswith("s") and _is_part(head[:-1]))):
            continue
        if (len(tail) > SHORTEST_PART and _is_part(tail)) or (parts > 2 and is_compound(tail, parts - 1)):
            return True
    return False


@cache
def _has_prefix(word: str) -> bool:
    """Whether a word is a known one with a prefix: `reinvestering`."""
    return any(word.startswith(prefix) and is_word(word[len(prefix) :]) for prefix in _role("prefix"))


def _is_abbreviation(piece: str) -> bool:
    """IFO, SoL, BoU: a capital after the first letter."""
    return any(letter.isupper() for letter in piece[1:]) or (len(piece) == 1 and piece.isupper())


def _piece_cost(piece: str, known: Known | None) -> float:
    if is_word(piece) or _is_abbreviation(piece) or (known is not None and known(piece)):
        return 0.0
    if len(piece) <= SHORTEST_PART:
        is_rare = len(piece) == SHORTEST_PART and is_known(piece.casefold())
        return SHORT_WORD if is_rare else SHORT_FRAGMENT
    return COMPOUND_WORD if is_compound(piece) or _has_prefix(piece.casefold()) else UNKNOWN_WORD


def _text_cost(text: str, known: Known | None) -> float:
    return sum(_piece_cost(piece, known) for piece in _LETTERS.findall(text))


def _whole_bonus(text: str, known: Known | None) -> float:
    pieces = _LETTERS.findall(text)
    is_known = known is not None and len(pieces) == 1 and known(pieces[0])
    return KNOWN_LETTER * len(pieces[0]) if is_known else 0.0


def _is_standalone(text: str) -> bool:
    return text.casefold() in _role("standalone")


def _hyphen_seam(left: str, right: str, known: Known | None) -> str | None:
    """Join over a hyphen at the line's end; the hyphen stays after abbreviations and between numbers."""
    stem = left[:-1]
    before, after = _LETTERS.findall(stem[-40:]), _LETTERS.match(right)
    if not stem or stem[-1].isdigit():
        return left + right if stem and right[:1].isdigit() else None
    if not before or after is None or not stem[-1].isalpha():
        return None
    if after.group().casefold() in _role("conjunction"):
        return None
    if _is_abbreviation(before[-1]) or right[0].isupper():
        return left + right
    if _is_standalone(before[-1]) and _is_standalone(after.group()):
        return left + right
    joined = before[-1] + after.group()
    both_words = _piece_cost(before[-1], known) < SHORT_FRAGMENT and _piece_cost(after.group(), known) == 0
    if both_words and _piece_cost(joined, known) == UNKNOWN_WORD:
        return left + right
    return stem + right


def _seam(left: str, right: str, known: Known | None) -> str | None:
    """Join two fragments, or say with None that nothing but a space can stand between them."""
    if _SPACED in left or _SPACED in right:
        return None
    if left.endswith("-") and len(left) > 1:
        return _hyphen_seam(left, right, known)
    if _parts_figures(left, right):
        return left + right
    if left.endswith(_NO_SPACE_AFTER) or right.startswith(_NO_SPACE_BEFORE):
        return left + right
    if left[-1].isalpha() and right[0].islower() and not _parts_words(left, right, known):
        return left + right
    return None


def _parts_words(left: str, right: str, known: Known | None) -> bool:
    """Whether a break stands before a word that ends no other: `jan-apr`, `m2`, or `sep` that makes no better word."""
    word = _LETTERS.match(right)
    if word and word.end() < SHORTEST_PART and right[word.end() :][:1].isdigit():
        return True
    if word is None or not _is_standalone(word.group()):
        return False
    joined = _piece_cost(left + right, known)
    return word.end() < len(right) or (joined > 0 and joined >= _piece_cost(left, known))


def _number_seam(left: str, right: str) -> str | None:
    """Join a number whose figures a narrow column parted, where geometry says so."""
    if left[-1] == "," and breaks_number(left, right):
        return left + right
    return left + right if left[-1].isdigit() and (right[0].isdigit() or right[0] in "%,") else None


def _is_certain_seam(left: str, right: str) -> bool:
    """Hyphens, brackets and slashes at the break say by themselves that there is no space."""
    return left.endswith(("-", *_NO_SPACE_AFTER)) or right.startswith(_NO_SPACE_BEFORE) or _parts_figures(left, right)


def _parts_figures(left: str, right: str) -> bool:
    """Whether a break stands after the dash of a span of figures: `24–` over `25`."""
    return left[-1:] in MINUSES and left[-2:-1].isdigit() and right[:1].isdigit()


def _join_cost(left: str, right: str, fill: bool | None, *, is_first: bool) -> float:
    """Negative where the break itself asks to be joined."""
    if _is_certain_seam(left, right) and fill is not False:
        return -GEOMETRY
    cost = JOIN if is_first else NEXT_JOIN
    if fill is None:
        return cost
    return cost - GEOMETRY if fill else cost + ROOM_LEFT


def _mend_chain(fragments: Sequence[str], fills: Sequence[bool | None], known: Known | None) -> list[str]:
    """Divide a chain of fragments into words at least cost; ties keep the words apart."""
    best: list[tuple[float, list[str]]] = [(0.0, [])]
    joined: list[tuple[float, str]] = []
    """For each fragment the text of it and all up to the last, and what joining them costs."""
    parted = 0
    for end, fragment in enumerate(fragments, 1):
        least, chosen = inf, best[0][1]
        joined.append((0.0, fragment))
        for start in range(end - 1, max(parted - 1, end - 1 - LONGEST_CHAIN), -1):
            joining, text = joined[start]
            if start < end - 1:
                fill = fills[end - 2]
                whole = _seam(text, fragment, known) or (_number_seam(text, fragment) if fill else None)
                if whole is None:  # a space must stand here, in longer words as well
                    parted = start + 1
                    break
                left = fragments[end - 2]
                joining += _join_cost(left, fragment, fill, is_first=left is fragments[start])
                text = whole
                joined[start] = joining, text
                joining += _whole_bonus(text, known)
            cost = best[start][0] + joining
            if cost < least:  # what the word itself costs is looked up only where it could still win
                cost += _text_cost(text, known)
            if cost < least:
                least, chosen = cost, [*best[start][1], text]
        best.append((least, chosen))
    return best[-1][1]


def _chains(lines: Sequence[Sequence[str]]) -> list[tuple[int, int]]:
    """First and last line of each run of lines in which all but the outermost hold a single word."""
    chains, start = [], 0
    for index in range(1, len(lines)):
        if len(lines[index]) > 1 or index == len(lines) - 1:
            chains.append((start, index))
            start = index
    return chains


def join_lines(lines: Sequence[str], *, fills: Sequence[bool | None] | None = None, known: Known | None = None) -> str:
    """Join the printed lines of one cell, with broken words made whole.

    `fills[i]` says that geometry places the break after line i inside a word (True) or after one
    (False); None, or no `fills` at all, leaves it to the lexicon. `known` adds the document's own words.
    """
    marks = list(fills) if fills is not None else [None] * len(lines)
    kept = [(line.split(), marks[i] if i < len(marks) else None) for i, line in enumerate(lines) if line.strip()]
    if len(kept) < 2:
        return " ".join(word for words, _ in kept for word in words)
    words = [list(line) for line, _ in kept]
    out = words[0][:-1]
    carried = words[0][-1]
    for first, last in _chains(words):
        fragments = [carried, *(words[i][0] for i in range(first + 1, last + 1))]
        mended = _mend_chain(fragments, [kept[i][1] for i in range(first, last)], known)
        rest = words[last][1:]
        out += mended if rest else mended[:-1]
        out += rest[:-1]
        carried = rest[-1] if rest else mended[-1]
    return " ".join([*out, carried])


def rejoin_header(text: str, *, known: Known | None = None) -> str:
    """Mend a header whose words were broken by spaces (`Målvä rde 2019`, `Nämnd- indikator`)."""
    return join_lines(_with_letters_kept(text.split()), known=known).replace(_SPACED, " ")


def _with_letters_kept(words: Sequence[str]) -> list[str]:
    """Return words with two or three letters beside each other as one: `t o m` is whole, and no tail of a word."""
    runs = [list(run) for _, run in groupby(words, key=lambda word: len(word) == 1 and word.islower())]
    return [
        word
        for run in runs
        for word in ([_SPACED.join(run)] if len(run[0]) == 1 and len(run) in SPACED_LETTERS else run)
    ]


def cell_text(texts: Sequence[str], fills: Sequence[bool | None], *, hyphenated: bool) -> str:
    """A cell's lines as one text."""
    if not texts:
        return ""
    if hyphenated:
        return join_lines(texts, fills=fills)
    lines, marks = [texts[0]], [fills[0]]
    for text, fill in zip(texts[1:], fills[1:], strict=True):
        if _ends_in_own_hyphen(lines[-1], text):
            lines[-1], marks[-1] = lines[-1] + text, fill
        else:
            lines.append(text)
            marks.append(fill)
    return join_lines(lines, fills=marks)


def _ends_in_own_hyphen(line: str, after: str) -> bool:
    """Whether a line ends inside a word that is written with a hyphen: `M-66%`, not `utrednings- och`."""
    if len(line) < 2 or not line.endswith("-") or not line[-2].isalnum() or not after[:1].isalnum():
        return False
    return after.split()[0].casefold() not in _role("conjunction")


def ends_open(text: str) -> bool:
    """Whether a text ends with a sign or word that no cell ends with."""
    last = _LAST_WORD.search(text)
    return bool(_ENDS_OPEN.search(text)) or (last is not None and last.group().casefold() in _open_words())


@cache
def _open_words() -> frozenset[str]:
    return frozenset(row["word"] for row in read_rows("wordbreaks") if row["role"] in _OPEN_ROLES)


def breaks_header_word(above: str, below: str) -> bool | None:
    """Whether a line opens with what is no word, and is a word of headers together with the end of the line above."""
    left, right = above.split()[-1], below.split()[0]
    if not right.islower() or is_word(right) or is_compound(right):
        return None
    return listed("column_words").whole(left + right) is not None or None
