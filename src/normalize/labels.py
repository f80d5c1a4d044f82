"""Labels and cells as text: printed signs cleaned away, words folded so that two spellings meet."""

from __future__ import annotations

import re

from normalize.numbers import MINUSES, SPACES, SUPERSCRIPTS

_MARKUP = re.compile(r"</?(?:i|u|b|em|strong|sup|sub|ul|li|br)\s*/?>|\*\*", re.IGNORECASE)
_RAISED = re.compile(rf"(?<![mM])[{SUPERSCRIPTS}]+|(?<=[mM])[{SUPERSCRIPTS}]{{2,}}")
_BLANKS = re.compile(rf"[\s{SPACES}]+")
_OUTER_MARKS = re.compile(r"^[*†‡\s]+|[*†‡\s]+$")
_PERCENT = re.compile(r"\(\s*%\s*\)|(?<![\d\s])\s*,?\s*%|(?<!\d)\s%")
_QUOTES = re.compile(r"[\"'”“’‘´`»«]")
_INVISIBLE = str.maketrans("", "", "\u00ad\u200b\ufeff")


def clean_text(text: str) -> str:
    """Return the text with single spaces and without markup, soft hyphens and raised footnote marks.

    The raised 2 and 3 of m² and m³ stay.
    """
    text = _MARKUP.sub(" ", text.translate(_INVISIBLE))
    return _BLANKS.sub(" ", _RAISED.sub(" ", text)).strip()


def clean_label(label: str) -> str:
    """Return a label without the asterisks that mark it for a footnote."""
    return _OUTER_MARKS.sub("", clean_text(label))


def fold_label(label: str) -> str:
    """Return what two printings of one label share: no case, quotes, dash forms, final stop or percent sign."""
    folded = re.sub(rf"[{MINUSES}]", "-", clean_label(label).casefold())
    folded = _QUOTES.sub("", _PERCENT.sub(" ", folded))
    return _BLANKS.sub(" ", folded).strip(" .:;,*")
