"""Text as spreadsheets take it: nothing that they would run as a formula, no characters that they refuse."""

from __future__ import annotations

import math
from decimal import Decimal

from schema.separated import GUARDED

FORMULA_SIGNS = (*GUARDED, "\t", "\r")
"""What a spreadsheet may take for the beginning of a formula."""
SIGNS = ("+", "-")
OF_NUMBERS = frozenset("0123456789., \u00a0\u202f%")
"""A sign and these alone are a printed number, such as -12 000 or +3,5 %: it runs nothing."""
KEPT = "\t\n"
PICTURES = 0x2400
"""Unicode has a picture of each control character, in the same order: ␀ ␁ …"""
DELETE, PICTURE_OF_DELETE = 0x7F, "\u2421"
SPACE = 0x20
REPLACED: dict[int, str] = {code: chr(PICTURES + code) for code in range(SPACE) if chr(code) not in KEPT} | {
    DELETE: PICTURE_OF_DELETE,
    **dict.fromkeys((0xFFFE, 0xFFFF, *range(0xD800, 0xE000)), "\ufffd"),
}
"""Characters that XML, and so Excel, refuses, and what is shown in their place."""


def shown(text: str) -> str:
    """Return a text whose control characters can be seen; Windows' line ends become plain ones."""
    return text if text.isprintable() else text.replace("\r\n", "\n").translate(REPLACED)


def may_run(text: str) -> bool:
    """Tell whether a spreadsheet could take a text for a formula."""
    is_number = text.startswith(SIGNS) and OF_NUMBERS.issuperset(text[1:])
    return text.startswith(FORMULA_SIGNS) and not is_number


def plain_number(value: float, mark: str = ".") -> str:
    """Return a number in digits, every place that it has, without an exponent; 45.0 is 45."""
    if not math.isfinite(value):
        return str(value)
    digits = format(Decimal(repr(value)), "f")
    return (digits.rstrip("0").rstrip(".") if "." in digits else digits).replace(".", mark)
