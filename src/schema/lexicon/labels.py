"""What a label says of its line: a total, a part of the line above, a sex; and where a text is no label at all."""

from __future__ import annotations

import re
from functools import cache

from schema.lexicon.signs import BULLETS
from schema.lexicon.words import Words, words
from schema.vocabulary import read_rows

_BEFORE_LABEL = re.compile(rf"\**\s*(?:[{BULLETS}–—-]\s*)?")
_PARTED = "(,;–-"
"""Signs before *varav* inside a label that set it apart from the words before it."""
_ENDS_SENTENCE = re.compile(r"[.!?;:,…]['”\"*]*\s*$")
_SENTENCE = re.compile(r"[A-ZÅÄÖ]\S*(?:\s\S+){3,}[a-zåäö0-9%)]\.")
_REMARK_IN_BRACKETS = re.compile(r"\s*\([^)]*\)\s*$")
_SECOND_START = re.compile(r"(?<=[a-zåäö)%?.!])\s+([A-ZÅÄÖ][a-zåäö]{3,}|[A-ZÅÄÖ]{5,})\b")
_KOLADA_ID = re.compile(r"\b[NU]\d{5}\b")
_NUMBER = re.compile(r"\s*\d+")
LONGEST_HEADER = 4
"""Words of a header that is told by one word of it."""
LONGEST_LINK = 7
"""Words between *belopp* and its unit: *belopp är, om inte annat anges, i tkr*."""


@cache
def sex_words() -> frozenset[str]:
    """Return the words that break a row down by sex."""
    return frozenset(row["phrase"] for row in read_rows("sexes"))


@cache
def is_sex_label(label: str) -> bool:
    """Whether a row's label is nothing but a sex."""
    return label.casefold().strip(" :.*-–,") in sex_words()


def opens_sex_label(word: str) -> bool:
    """Whether a word may be the first of a row's label that is nothing but a sex; signs alone may be."""
    bare = word.casefold().strip(" :.*-–,")
    return not bare or bare in _first_sex_words()


@cache
def _first_sex_words() -> frozenset[str]:
    return frozenset(words.split()[0] for words in sex_words())


def is_total_label(label: str, *, bare: bool = True) -> bool:
    """Whether a label opens a line that sums others; with `bare` also by a result's name without *Summa*."""
    folded = label.strip(" :.")
    if words("totals", match=("start", "sum")).opening(folded):
        return True
    return bare and words("totals").whole(folded) is not None


def is_sum_label(label: str) -> bool:
    """Whether a label opens with *Summa* or another word for a sum, so that it names what it sums."""
    return words("totals", match="sum").opening(label.strip(" :.")) is not None


def summed_name(label: str) -> str:
    """Return what a total says that it sums: *tillgångar* of *Summa tillgångar*; all of it where nothing opens it."""
    found = words("totals", match="sum").opening(label.strip())
    return label.strip()[found.end :].strip() if found else label


def is_part_label(label: str) -> bool:
    """Whether a label opens with *varav* or *därav* (of which)."""
    return _parts().opening(label, _start_of(label)) is not None


def is_part_word(text: str) -> bool:
    """Whether a text is nothing but *varav* or *därav*."""
    return _parts().whole(text) is not None


def without_part_word(label: str) -> str:
    """Return a label without the dash and the *varav* that open it."""
    found = _parts().opening(label, _start_of(label))
    return label[found.end if found else _start_of(label) :].lstrip()


def without_parts(name: str) -> str:
    """Return a name without the parts that it mentions beside the whole: `Anställda (varav kvinnor)`."""
    return _mentioned_part().sub(" ", name)


def bracketed_part(label: str) -> str | None:
    """Return the part that a label mentions in brackets, with its *varav*."""
    found = re.search(rf"\(({_part_words()}\b[^()]*)\)", label, re.IGNORECASE)
    return found[1] if found else None


def has_inner_part(label: str) -> bool:
    """Whether *varav* stands inside a label without a sign before it: two lines became one."""
    before = (label[: hit.start] for hit in _parts().hits(label))
    return any(text.strip() and text[-1].isspace() and text.rstrip()[-1] not in _PARTED for text in before)


def is_adjustment(label: str) -> bool:
    """Whether a label opens a step of a calculation: *Avgår*, *plus*."""
    return words("line_openings", role="adjustment").opening(label) is not None


def is_share_label(label: str) -> bool:
    """Whether a label opens with a word for a share of a whole."""
    return words("guards", guard="measure", code="share").opening(label) is not None


def kolada_ids(text: str) -> list[str]:
    """Return the ids of national indicators that a label or footnote prints: `N33009`."""
    return _KOLADA_ID.findall(text)


def second_labels(label: str) -> list[str]:
    """Return the words with a capital inside a label: names, or where another label begins."""
    return _SECOND_START.findall(label)


def ends_sentence(text: str) -> bool:
    """Whether a text ends as a sentence or a part of one does, so that it is no heading."""
    return bool(_ENDS_SENTENCE.search(text))


def is_sentence(text: str) -> bool:
    """Whether a text is a whole sentence of some words."""
    return bool(_SENTENCE.fullmatch(text))


def holds_verb(text: str) -> bool:
    """Whether a line holds a finite verb: it is a sentence, not a heading."""
    return words("verbs").find(text) is not None


def opens_remark(text: str) -> bool:
    """Whether a text opens a remark between a table's rows, by its name and a colon."""
    found = words("remarks").opening(text)
    return found is not None and text[found.end :].lstrip().startswith(":")


def opens_bare_remark(text: str) -> bool:
    """Whether a text opens a remark by its name alone, before a capital."""
    found = words("remarks", bare="1").opening(text)
    rest = text[found.end :] if found else ""
    return rest[:1].isspace() and rest.lstrip()[:1].isupper()


def heads_remark(text: str) -> bool:
    """Whether a heading is that of a remark under a table: it ends no section."""
    return words("remarks", heading="1").opening(text) is not None


def without_remark(name: str) -> str:
    """Return a name without the remark in brackets after it."""
    return _REMARK_IN_BRACKETS.sub("", name)


def is_numbered_caption(text: str) -> bool:
    """Whether a line is a table's caption by its word and number: *Tabell 3*."""
    found = words("captions", role="numbered").opening(text)
    return found is not None and _NUMBER.match(text, found.end) is not None


def tells_of_table(text: str, place: str) -> bool:
    """Whether a line `below` or `above` a table says what it shows: *Tabellen visar prognosavvikelse*."""
    found = words("captions", role="telling").opening(text.strip())
    return found is not None and found.row["place"] in ("", place)


def names_unit_of_table(text: str) -> bool:
    """Whether a line states the unit of a table's amounts: *Belopp i tkr*, *miljoner kronor*."""
    if words("captions", role="unit").find(text):
        return True
    return any(hit.row["power"] != "0" for hit in words("money_units").hits(text))


def unit_of_amounts(text: str) -> str | None:
    """Return the unit of money that a line states of its amounts, with no figure between: *Alla belopp i tkr*."""
    for hit in words("captions", role="unit").hits(text):
        unit = words("money_units").find(text[hit.end :])
        link = text[hit.end :][: unit.start] if unit else ""
        if unit and len(link.split()) <= LONGEST_LINK and not any(sign.isdigit() or sign == "." for sign in link):
            return unit.text.rstrip(".")
    return None


def names_source(text: str) -> bool:
    """Whether a line says where the figures of a table come from: *Källa: Kolada*."""
    found = words("captions", role="source").opening(text)
    return found is not None and text[found.end :].lstrip().startswith(":")


def opens_unit_caption(text: str) -> bool:
    """Whether a text opens with the word for the amounts of a table: *Belopp i tkr*."""
    return words("captions", role="unit").opening(text) is not None


def titles_no_table(header: str) -> bool:
    """Whether a label column's header names no table: *Belopp*, *Verksamhet*."""
    return words("captions", role="untitled").opening(header) is not None


def is_plan_title(title: str) -> bool:
    """Whether a title is one of plans: its bare years are no outcomes."""
    if words("title_words", role="plan").find(title):
        return True
    outcomes = [hit.start for hit in words("title_words", role="outcome").hits(title)]
    return any(hit.start > max(outcomes, default=-1) for hit in words("title_words", role="budget").hits(title))


def _start_of(label: str) -> int:
    found = _BEFORE_LABEL.match(label)
    return found.end() if found else 0


def _parts() -> Words:
    return words("line_openings", role="part")


@cache
def _part_words() -> str:
    rows = (row["phrase"] for row in read_rows("line_openings") if row["role"] == "part")
    return f"(?:{'|'.join(map(re.escape, rows))})"


@cache
def _mentioned_part() -> re.Pattern[str]:
    return re.compile(rf"\(?\b{_part_words()}\b[^()]*\)?", re.IGNORECASE)


def heads_column(text: str) -> bool:
    """Whether a text is short and holds a word that columns are headed by, whatever it means."""
    return len(text.split()) <= LONGEST_HEADER and words("column_words").find(text) is not None
