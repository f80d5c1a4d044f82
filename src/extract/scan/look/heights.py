"""How high letters, figures and signs stand above the base line, and what reaches below it: by their characters."""

from __future__ import annotations

from extract.page.words import DESCENT

BELOW = frozenset("gjpqyQçµ,;()[]{}|§@/\\$_")
"""Characters that reach below the base line."""
LOW, TALL = frozenset("acemnorsuvwxz"), frozenset("ABCDEFGHIJKLMNOPRSTUVWXYZ0123456789bdfhkl%&")
ACCENTED = frozenset("ÅÄÖÉÜåäöéüíáèàñôêij!?")
LETTER_HEIGHT, FIGURE_HEIGHT, CAPITAL_ACCENT_HEIGHT, RING_HEIGHT, ACCENT_HEIGHT = 0.70, 0.68, 0.92, 0.77, 0.75
DOT_HEIGHT, CROSS_HEIGHT, LOW_HEIGHT = 0.71, 0.65, 0.51
"""Heights above the base line as shares of the font size, of `i`, `t` and `x` last; typefaces differ by 0.04."""
COMMA_FOOT = 0.13
"""Commas reach this share of the font size below the base line."""
CAPITAL_ACCENTS = frozenset("ÅÄÖÉÜ")


def is_number(text: str) -> bool:
    """Whether a word has figures and no letters."""
    return any(map(str.isdigit, text)) and not any(map(str.isalpha, text))


def depth_of(text: str) -> float:
    """How far below the base line a word reaches."""
    below = BELOW & set(text)
    return 0.0 if not below else COMMA_FOOT if below <= {",", ";"} else DESCENT


def tells_base(text: str) -> bool:
    """Whether a word stands on the base line and does not reach below it, or its figures alone were measured."""
    return is_number(text) or bool((LOW | TALL | ACCENTED) - {"j"} & set(text)) and not BELOW & set(text)


def height_share(text: str) -> tuple[float, bool]:
    """How high above the base line a word reaches, and whether that holds in most typefaces."""
    letters = set(text)
    if letters & CAPITAL_ACCENTS:
        return CAPITAL_ACCENT_HEIGHT, False
    if "å" in letters:
        return RING_HEIGHT, False
    if letters & ACCENTED - {"i", "j"}:
        return ACCENT_HEIGHT, False
    if letters & TALL:
        return (LETTER_HEIGHT, True) if any(map(str.isalpha, text)) else (FIGURE_HEIGHT, False)
    for raised, height in (("ij", DOT_HEIGHT), ("t", CROSS_HEIGHT)):
        if letters & set(raised):
            return height, False
    return (LOW_HEIGHT, False) if letters & (LOW | set("gpqy")) else (0.0, False)
