"""Goal attainment: what an assessment comes to, however it is worded or drawn."""

from __future__ import annotations

import re
from typing import Literal

from schema.lexicon.text import fold_label
from schema.lexicon.words import words
from schema.vocabulary import read_map

Legend = tuple[tuple[str, str], ...]
AssessmentCode = Literal["met", "partly_met", "not_met", "not_assessed"]
_ORDER: tuple[AssessmentCode, ...] = ("not_assessed", "partly_met", "not_met", "met")
_SYMBOL = "symbol:"


def assessment_code(text: str | None, legend: Legend = ()) -> AssessmentCode | None:
    """Return the code of an assessment, or None where its words are unknown.

    A symbol has a meaning only where the report's own legend gives it one.
    """
    if not text:
        return None
    if text.startswith(_SYMBOL):
        return _from_words(_legend_meaning(text, legend))
    return _from_words(_legend_meaning(text, legend)) or _from_words(text)


def _from_words(text: str) -> AssessmentCode | None:
    folded = fold_label(text)
    return next((code for code in _ORDER if words("assessments", code=code).find(folded)), None)


def _legend_meaning(text: str, legend: Legend) -> str:
    wanted = _sign(text)
    return next((meaning for sign, meaning in legend if _sign(sign) == wanted), "")


def _sign(text: str) -> str:
    """A sign without its prefix and shape, its colour in one language: `symbol:green dot` and `Grön` are alike."""
    colours = read_map("colours", "phrase", "colour")
    words = re.findall(r"\w+", text.casefold().removeprefix(_SYMBOL))
    named = [colours[word] for word in words if word in colours]
    return named[0] if len(named) == 1 else " ".join(words) or text.strip()
