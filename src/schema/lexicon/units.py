"""Units: the words that name them, shares, money, and whether a line of money is of income, of cost or of a frame."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import takewhile

from schema.lexicon.words import WITH_STROKES, Hit, words
from schema.lexicon.years import is_year_or_years
from schema.vocabulary import read_map, read_rows

PERCENT = "%"
LABELS_KEPT = 8192
"""Labels whose side is remembered: each sum that a line may be part of asks for it."""

_SIGN_OF_LABEL = re.compile(r"(?<![\d\s])\s*%|(?<=[^\d\s])\s+%")
_WORD = re.compile(r"\w+")
_SIGN_AT_END = re.compile(r"(?:^|[\s(])%\)?\s*$")


@cache
def known_units() -> dict[str, str]:
    """Return each unit as printed, in lower case, and how the records write it."""
    return read_map("units", "phrase", "unit") | read_map("money_units", "phrase", "unit")


@cache
def money_units() -> frozenset[str]:
    """Return the units of money as records write them."""
    return frozenset(read_map("money_units", "phrase", "unit").values())


@cache
def rated_units() -> frozenset[str]:
    """Return the units, as printed in lower case, that may be for each of something; *dag* in *dag/natt* is not."""
    times = {row["phrase"] for row in read_rows("units") if row["kind"] == "time" and row["phrase"] == row["unit"]}
    return frozenset(_measures() | times | read_map("money_units", "phrase", "unit").keys())


@cache
def _measures() -> frozenset[str]:
    return frozenset(row["phrase"] for row in read_rows("units") if row["kind"] == "measure")


def canonical_unit(printed: str) -> str | None:
    """Return a known unit's name in the records, or None for a word that is no unit."""
    return known_units().get(printed.casefold().strip())


def states_percent(label: str) -> bool:
    """Whether a percent sign stands beside a label's words, and not beside a number in it."""
    return bool(_SIGN_OF_LABEL.search(label))


def is_of_shares(header: str) -> bool:
    """Whether a column or line is of shares among amounts: *Avv. i %*, *Budget 2023 %*, *Förändring procent*."""
    at_end = _SIGN_AT_END.search(header)
    if (at_end and not _is_of_number(header[: at_end.start()])) or _names_percent(header):
        return True
    return states_percent(header)


def _is_of_number(before: str) -> bool:
    """Whether a sign belongs to the number before it, which is no year: *Effektivisering 0,5 %*."""
    last = before.split()[-1:]
    return bool(last) and any(map(str.isdigit, last[0])) and not is_year_or_years(last[0])


def is_share_unit(unit: str) -> bool:
    """Whether a unit is one of shares: percent, per mille, percentage points."""
    return any(row["unit"] == unit for row in read_rows("units") if row["kind"] == "share")


def names_thousands(text: str) -> bool:
    """Whether a text prints thousands, millions or more of money: its figures are amounts, not prices."""
    return any(hit.row["power"] != "0" for hit in words("money_units", joined_by=WITH_STROKES).hits(text))


def prints_percent(cell: str) -> bool:
    """Whether a cell prints a percent sign or the word for it."""
    return PERCENT in cell or _names_percent(cell)


def _names_percent(text: str) -> bool:
    return any(hit.text != PERCENT for hit in words("units", unit=PERCENT).hits(text))


def _money_in(text: str) -> Hit | None:
    return words("money_units", joined_by=WITH_STROKES).find(text)


def printed_money_unit(text: str) -> str | None:
    """Return the first unit of money that a text prints, as printed; none where a stroke joins it: `kr/inv`."""
    hit = _money_in(text)
    return hit.text if hit else None


@lru_cache(maxsize=LABELS_KEPT)
def ratio_unit(label: str) -> str | None:
    """Return the unit for each of something that a label states: `kr per inskrivet barn`, `kg CO2/inv`."""
    for found in _ratio().finditer(label):
        things = takewhile(lambda word: word.casefold() not in _small_words(), (found["things"] or "").split())
        thing = " ".join(things)
        printed = found["measure"] or (f"{found['money']}/" if found["money"] else f"{found['coins']} per ") + thing
        if found["measure"] or thing:
            return canonical_unit(printed) or printed
    return None


@cache
def _ratio() -> re.Pattern[str]:
    """Match a unit for each of something; thousands *per nämnd* are amounts by committee, and no prices."""
    every = {row["phrase"]: row["power"] for row in read_rows("money_units")}
    coin_phrases = {phrase for phrase, power in every.items() if power == "0"}
    kinds = (rated_units() - every.keys(), every, coin_phrases | _measures())
    measure, money, coins = ("|".join(map(re.escape, sorted(kind, key=len, reverse=True))) for kind in kinds)
    things = r"[^\W\d_]+[23²³]?(?: [^\W\d_]+){0,2}"
    return re.compile(
        rf"(?<![\w/])(?:(?P<measure>(?:{measure})(?: [A-Z][\w-]*)?/[^\W\d_]+[23²³]?)(?!\w)|"
        rf"(?:(?P<money>{money})\s*/\s*|(?P<coins>{coins})\s+per\s+)(?P<things>{things}))",
        re.IGNORECASE,
    )


@cache
def _small_words() -> frozenset[str]:
    return frozenset(row["phrase"] for row in read_rows("counting_words") if row["role"] == "small")


def money_unit(text: str | None) -> str | None:
    """Return `tkr`, `mnkr`, `mdkr` or `kr` where a text prints a unit of money."""
    hit = _money_in(text or "")
    return hit.row["unit"] if hit else None


def power_of_money(text: str) -> int:
    """Return the power of ten that the unit of money in a text stands for: 3 for thousands, 0 where it prints none."""
    hit = _money_in(text)
    return int(hit.row["power"]) if hit else 0


def without_money_unit(label: str) -> str:
    """Return a label without the unit of money after it: `Personal (tkr)`, `Personal, mnkr`."""
    return _last_unit().sub("", label)


@lru_cache(maxsize=LABELS_KEPT)
def side_of(label: str) -> str | None:
    """Return whether a line is of income or of cost by how its words begin, None where they say neither or both."""
    printed = _words_of(label)
    sides = {row["side"] for row in read_rows("money_sides") if any(word.startswith(row["word"]) for word in printed)}
    known = sides & {"income", "cost"}
    return known.pop() if len(known) == 1 else None


def is_cost(label: str) -> bool:
    """Whether a line is of cost, also by the last part of a word: *nettokostnad*."""
    costs = [row["word"] for row in read_rows("money_sides") if row["side"] == "cost"]
    return any(cost in label.casefold() for cost in costs)


def is_frame(label: str) -> bool:
    """Whether a line states the frame that the committee was given."""
    first = _words_of(label)[:1]
    return any(row["side"] == "frame" and first == [row["word"]] for row in read_rows("money_sides"))


def _words_of(label: str) -> list[str]:
    return _WORD.findall(label.casefold())


@cache
def _last_unit() -> re.Pattern[str]:
    units = sorted((row["phrase"] for row in read_rows("money_units")), key=len, reverse=True)
    return re.compile(rf"[,\s(]+(?:{'|'.join(map(re.escape, units))})[)\s]*$", re.IGNORECASE)
