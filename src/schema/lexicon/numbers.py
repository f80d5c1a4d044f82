"""Swedish numbers: what a text prints as a number, read exactly and written back."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache

from schema.lexicon.signs import MINUSES, SPACES, SUPERSCRIPTS
from schema.vocabulary import read_map, read_rows

GROUP_SEPARATOR = "\u00a0"
"""No-break space, so that a written number is never broken over two lines."""

_DIGITS = r"[0-9]"
_GROUPED = rf"[1-9]{_DIGITS}{{0,2}}(?:[{SPACES}]{_DIGITS}{{3}}(?!{_DIGITS}))+"
_POINTED = rf"[1-9]{_DIGITS}{{0,2}}(?:\.{_DIGITS}{{3}}(?!{_DIGITS}))+"
_COMMAED = rf"[1-9]{_DIGITS}{{0,2}}(?:(?:,{_DIGITS}{{3}}(?!{_DIGITS})){{2,}}|,{_DIGITS}{{3}}(?=\.{_DIGITS}))"
_QUOTED = rf"[1-9]{_DIGITS}{{0,2}}(?:['\u2019\u00b4]{_DIGITS}{{3}}(?!{_DIGITS}))+"
_FRACTIONS = "½¼¾"
_WHOLE = rf"(?:{_GROUPED}|{_COMMAED}|{_POINTED}|{_QUOTED}|{_DIGITS}+)"
_NUMBER = re.compile(
    rf"(?<![^\W_])(?<!{_DIGITS}[.,])(?<!{_DIGITS}[eE][+-])"
    rf"(?:(?P<whole>{_WHOLE})(?P<decimals>[.,]{_DIGITS}+|[{SPACES}]?[{_FRACTIONS}])?|(?<![^\s(+{MINUSES}])(?P<bare>,{_DIGITS}+|[{_FRACTIONS}]))"
    rf"(?P<power>[eE][+-]{_DIGITS}{{2}})?(?![.,]?{_DIGITS})(?!:[a-zåäö])(?![eE][+-]?{_DIGITS})"
)
_PLAIN_DECIMALS = {"½": ".5", "¼": ".25", "¾": ".75"}
_SIGN = re.compile(rf"(?:^|(?<=[\s(:/=<>~±≤≥]))([+{MINUSES}])$")
_SPACED_SIGN = re.compile(rf"(?:^|(?<=[(:=<>~]))[{SPACES}]*([+{MINUSES}])[{SPACES}]+$")
_SIGN_REACH = 12
"""Characters before a number among which its sign is sought; lines may be megabytes long."""
_FAR_APART = re.compile(rf"(?<={_DIGITS})[{SPACES}]{{2,}}(?=[+{MINUSES}]?{_DIGITS})")
_DIGIT_RUN = re.compile(rf"{_DIGITS}+")
_PLAIN_NUMBER = re.compile(rf"{_DIGITS}+(?:[.,]{_DIGITS}+)?")
_BRACKETED = re.compile(rf"\(\s*({_DIGITS}[^()]*)\)")
KEPT, KEPT_LENGTH = 8192, 80
"""Texts whose numbers are kept, and the longest: a cell is asked for them by all that judge it, some ten times."""
_TOLERANCE = re.compile(rf"(?<=[0-9%])[{SPACES}]*(?:±|\+\s*/?\s*[{MINUSES}])[{SPACES}]*{_DIGITS}+(?:[.,]{_DIGITS}+)?")
_SIGN_BEHIND = re.compile(rf"({_WHOLE}(?:[.,]{_DIGITS}+)?)[{MINUSES}]")
_STRAY = f"{SPACES}\t\n*{SUPERSCRIPTS}"


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a text, with the place it is printed at."""

    value: Decimal
    text: str
    start: int
    end: int
    doubtful: bool = False
    """A point before three digits may stand for thousands or for decimals; it is read as thousands."""

    @property
    def decimals(self) -> int:
        """How many decimals it is printed with."""
        exponent = self.value.as_tuple().exponent
        return max(-exponent, 0) if isinstance(exponent, int) else 0


ORDINAL = r"(?:[1-4]\s*:?[ae]?|" + "|".join(row["phrase"] for row in read_rows("ordinals")) + ")"
"""How a low ordinal is printed, for the patterns of this package."""
ROMAN = r"(?:[1-4]|(?-i:I{1,3}|IV))"
"""A low number in figures or in Roman capitals."""


def low_number(printed: str) -> int | None:
    """Return the number that a figure, an ordinal or a Roman capital prints: `2:a`, *andra*, `II`."""
    text = _low_numbers().get(printed) or _low_numbers().get(printed.casefold()) or printed.rstrip(": ae")
    return int(text) if len(text) == 1 and text.isdecimal() else None


@cache
def _low_numbers() -> dict[str, str]:
    return read_map("ordinals", "phrase", "number") | {"I": "1", "II": "2", "III": "3", "IV": "4"}


def without_tolerance(text: str) -> str:
    """Return a text without what says how far off a number may be: *75 ± 2* is 75."""
    return _TOLERANCE.sub("", text)


def with_sign_in_front(text: str) -> str:
    """Return a text that is a number with its minus behind, as ledgers print it, with it in front: `1 234-`."""
    found = _SIGN_BEHIND.fullmatch(text)
    return f"-{found[1]}" if found else text


def parse_number(text: str) -> Decimal | None:
    """Return the number that is the whole text, or None where the text is anything else."""
    stripped = text.strip(_STRAY)
    found = find_numbers(stripped)
    if len(found) == 1 and (found[0].start, found[0].end) == (0, len(stripped)):
        return found[0].value
    return None


def find_numbers(text: str) -> tuple[Number, ...]:
    """Return the numbers of a text in order.

    Digits glued to a letter before them (`R9`, `N33009`) and ordinals (`1:a`) are names, not numbers.
    A dash between two numbers or after a letter is no minus, and raised digits are footnote marks. A power of ten is
    read as spreadsheets print it (`1,2E+05`); otherwise (`1e309`) nothing is a number.
    """
    return _kept_numbers(text) if len(text) <= KEPT_LENGTH else _found_in(text)


@lru_cache(maxsize=KEPT)
def _kept_numbers(text: str) -> tuple[Number, ...]:
    return _found_in(text)


def _found_in(text: str) -> tuple[Number, ...]:
    return tuple(_read(match, text) for match in _NUMBER.finditer(text))


def number_in_brackets(text: str) -> str:
    """Return what stands in the brackets round a whole text that begin with a figure: `(48 500)`; else nothing."""
    found = _BRACKETED.fullmatch(text.strip())
    return found[1] if found else ""


def with_single_spaces(text: str) -> str:
    """Return a text with single spaces, and two between figures that stand further apart: they are not one number."""
    return "  ".join(" ".join(part.split()) for part in _FAR_APART.split(text))


def digit_runs(text: str) -> tuple[str, ...]:
    """Return every unbroken run of digits: what two readings of one text share however they group them."""
    return tuple(_DIGIT_RUN.findall(text))


def without_figures(text: str, sign: str = "#") -> str:
    """Return a text with a sign for each run of digits, by which it is known again with other figures."""
    return _DIGIT_RUN.sub(sign, text)


def shape_of(text: str) -> str:
    """Return a text with one figure for each number, decimals included, by which like texts are told."""
    return _PLAIN_NUMBER.sub("9", text)


def natural_key(text: str) -> tuple[str | int, ...]:
    """Return a key that sorts numbers by size: `del 2` before `del 10`."""
    pieces = re.split(rf"({_DIGITS}+)", text)
    return tuple(int(piece) if place % 2 else piece for place, piece in enumerate(pieces))


def format_number(value: Decimal | int | float, *, decimals: int | None = None) -> str:
    """Write a number the Swedish way, with a decimal comma and thousands set apart."""
    exact = Decimal(str(value))
    if decimals is not None:
        exact = exact.quantize(Decimal(1).scaleb(-decimals))
    return f"{exact:,f}".replace(",", GROUP_SEPARATOR).replace(".", ",")


def _read(match: re.Match[str], text: str) -> Number:
    sign, start = _sign_before(text, match.start())
    whole, decimals = match["whole"] or "0", (match["decimals"] or match["bare"] or "").strip(SPACES)
    digits = whole if whole.isdigit() else "".join(_DIGIT_RUN.findall(whole))
    value = Decimal(digits + _PLAIN_DECIMALS.get(decimals, decimals.replace(",", ".")) + (match["power"] or ""))
    return Number(
        value=-value if sign else value,
        text=text[start : match.end()],
        start=start,
        end=match.end(),
        doubtful=whole.count(".") == 1,
    )


def _sign_before(text: str, start: int) -> tuple[bool, int]:
    """Return whether a minus stands before the number, and where number and sign begin."""
    for pattern in (_SIGN, _SPACED_SIGN):
        found = pattern.search(text, max(0, start - _SIGN_REACH), start)
        if found:
            return found[1] in MINUSES, found.start(1)
    return False, start
