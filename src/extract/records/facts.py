"""What a report says of itself: title, municipality, committee, type, fiscal year, plan years."""

from __future__ import annotations

import calendar
import re
from collections import Counter
from functools import cache

import simplemma

from extract.records.columns import header_labels
from schema.layout import Block, Content
from schema.printed import ReportFacts
from schema.vocabulary import read_rows

OPENING_BLOCKS = 25
"""The title stands among the first blocks, after a logo line or two."""
TITLE_LENGTH = 160
SHORT_LINE = 90
"""A line of a title page; longer ones are sentences that may name any committee."""
YEAR = re.compile(r"\b(20[0-4]\d|199\d)\b")
PLAN_YEARS = re.compile(r"\bplan(?:en)?\b[^0-9]{0,20}(20\d\d)(?:\s*[-–]\s*(20\d\d))?", re.IGNORECASE)
COMMITTEE = re.compile(
    r"\b([A-ZÅÄÖ][a-zåäö]+a nämnden|[A-ZÅÄÖ][a-zåäö]+förbundet [A-ZÅÄÖ][a-zåäö]+"
    r"|[A-ZÅÄÖ][a-zåäö]+(?:-(?:,|\s)\s*(?:[a-zåäö]+-\s)?(?:och\s)?[a-zåäö]+)*(?:nämnden|styrelsen|nämnd))(?=s?\b)"
)
MUNICIPALITY = re.compile(r"\b([A-ZÅÄÖ][\wåäöé-]+(?: [A-ZÅÄÖ][\wåäöé-]+)?) ([Kk]ommuns?|[Ss]tads?)\b")
MUNICIPALITY_CAPITALS = re.compile(r"\b([A-ZÅÄÖ-]{3,}(?: [A-ZÅÄÖ-]{3,})?) (KOMMUN|STAD)\b")
COMMITTEE_IN_PROSE = re.compile(
    r"\b([a-zåäö]+(?:-(?:,|\s)\s*(?:[a-zåäö]+-\s)?(?:och\s)?[a-zåäö]+)*nämnden)(?=s?\b)", re.IGNORECASE
)
OPENING_TEXT = 2000
"""Characters in which a report without a title page says what it is."""
GENERIC = {"nämnden", "styrelsen", "kommunstyrelsen", "socialstyrelsen", "kommunens"}
MONTH_NAMES = "januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december"
MONTHS = {name: number for number, name in enumerate(MONTH_NAMES.split("|"), 1)}
MONTHS_BY_START = {name[:3]: number for name, number in MONTHS.items()}
MONTH = re.compile(rf"\b({MONTH_NAMES}|jan|feb|mar|apr|jun|jul|aug|sept?|okt|nov|dec)\b", re.IGNORECASE)
DAY = re.compile(rf"\b(\d{{1,2}})\s+({MONTH_NAMES})(?:\s+(20\d\d))?", re.IGNORECASE)
PER_DAY = re.compile(rf"\b(?:per|till och med|t\.?o\.?m\.?)\s+(?:den\s+)?{DAY.pattern[2:]}", re.IGNORECASE)
INTERIM = "delårsrapport"
GENERIC_TYPE = "budget"
"""A word that every report uses; it names the type only where no other does."""
ANNUAL = ("verksamhetsberättelse", "årsredovisning", "bokslut")


def find_facts(content: Content) -> ReportFacts:
    """Return what the report's title, headings and running headers say of it; unknown facts are None."""
    blocks = [b for b in content.blocks if b.text.strip()]
    opening = [b for b in blocks[:OPENING_BLOCKS] if len(b.text) <= TITLE_LENGTH]
    everything = "\n".join(b.text for b in blocks)
    title = _title(opening, blocks)
    document_type = _document_type([title] + [b.text for b in opening], everything)
    year = _fiscal_year(title, opening, content, everything)
    return ReportFacts(
        title=title,
        municipality=_municipality(everything),
        committee=_committee(title, opening, everything + "\n" + _table_text(content)),
        document_type=document_type,
        fiscal_year=year,
        plan_years=_plan_years(title, opening, year),
        as_of=_as_of(document_type, title, opening, content, year),
    )


@cache
def _types() -> tuple[tuple[str, str], ...]:
    return tuple((row["phrase"], row["document_type"]) for row in read_rows("document_types"))


def _title(opening: list[Block], blocks: list[Block]) -> str:
    """Return the line that opens with the report's type, best with a year in it; else the first heading."""
    named = [b.text for b in opening if any(phrase in b.text.casefold() for phrase, _ in _types())]
    dated = [text for text in named if YEAR.search(text)]
    later = [b.text for b in blocks if b.kind == "heading" and _opens_with_type(b.text) and YEAR.search(b.text)]
    headings = [b.text for b in opening if b.kind == "heading"]
    return " ".join((dated or later or named or headings or [""])[0].split())


def _opens_with_type(text: str) -> bool:
    return any(text.casefold().startswith(phrase) for phrase, _ in _types())


def _document_type(lines: list[str], everything: str) -> str | None:
    for line in lines:
        hits = [(line.casefold().find(phrase), -len(phrase), kind) for phrase, kind in _types()]
        found = sorted(hit for hit in hits if hit[0] >= 0)
        if found:
            return found[0][2]
    return _said_type(everything)


def _said_type(everything: str) -> str | None:
    """Return the type that the text calls itself in its first sentences, else the one it names most often."""
    folded = everything.casefold()
    itself = [
        (m.start(), kind) for phrase, kind in _types() if (m := re.search(rf"\b{phrase}(?:en|n) (?:är|har)", folded))
    ]
    if itself and min(itself)[0] <= OPENING_TEXT:
        return min(itself)[1]
    counts = [(kind != GENERIC_TYPE, folded.count(phrase), -i, kind) for i, (phrase, kind) in enumerate(_types())]
    best = max((count for count in counts if count[1]), default=None)
    return best[3] if best else None


def _municipality(everything: str) -> str | None:
    """Return the municipality named most often, as *X kommun* or *X stad*; Sweden's own come before unknown names."""
    names: Counter[str] = Counter()
    for name, kind in MUNICIPALITY.findall(everything) + MUNICIPALITY_CAPITALS.findall(everything):
        name = _proper_name(name)
        if name:
            kind = kind.lower() if kind.isupper() else kind.removesuffix("s")
            names[f"{name} {kind}"] += 1
    known = Counter({name: count for name, count in names.items() if _basic_form(name.rsplit(" ", 1)[0]) in _known()})
    best = (known or names).most_common(1)
    return best[0][0] if best else None


@cache
def _known() -> frozenset[str]:
    return frozenset(row["name"].casefold() for row in read_rows("municipalities"))


def _basic_form(name: str) -> str:
    """Return a name without the genitive's s, in lower case."""
    folded = name.casefold()
    return folded if folded in _known() else folded.removesuffix("s")


def _proper_name(name: str) -> str | None:
    """Return a name, in capitals only at its start, or None for an ordinary word such as *Attraktiv kommun*."""
    if _basic_form(name) in _known():
        return name.title() if name.isupper() else name
    is_word = all(simplemma.is_known(part, lang="sv") for part in name.casefold().split())
    return None if is_word else name.title() if name.isupper() else name


def _committee(title: str, opening: list[Block], everything: str) -> str | None:
    """Return the committee that the title or a short line of the opening names, else the one named most often."""
    short = [b.text for b in opening if len(b.text) <= SHORT_LINE and not b.text.rstrip().endswith(".")]
    for text in [title, *short]:
        names = _committees(text)
        if names:
            return names[0]
    said = [_capitalised(name) for name in COMMITTEE_IN_PROSE.findall(" ".join(everything.split()))]
    names = [name for name in said if name.casefold() not in GENERIC]
    return Counter(names).most_common(1)[0][0] if names else None


def _table_text(content: Content) -> str:
    return "\n".join(cell.text for table in content.tables for cell in table.cells)


def _committees(text: str) -> list[str]:
    found = COMMITTEE.findall(" ".join(text.split()))
    return [_capitalised(name) for name in found if name.casefold() not in GENERIC]


def _capitalised(name: str) -> str:
    name = " ".join(name.split())
    return name[0].upper() + name[1:]


def _fiscal_year(title: str, opening: list[Block], content: Content, everything: str) -> int | None:
    """Return the year in the title, else in the opening, else the one that the tables speak of most."""
    for text in [title] + [b.text for b in opening]:
        if any(phrase in text.casefold() for phrase, _ in _types()) and (match := YEAR.search(text)):
            return int(match.group(1))
    labels = [label for table in content.tables for label in header_labels(table)]
    headed = Counter(int(y) for label in labels for y in YEAR.findall(label) if "plan" not in label.casefold())
    said = Counter(int(y) for y in YEAR.findall(everything))
    candidates = headed or said
    if not candidates:
        return None
    return max(candidates, key=lambda year: (candidates[year] + said[year], year))


def _plan_years(title: str, opening: list[Block], year: int | None) -> tuple[int, ...]:
    for text in [title] + [b.text for b in opening]:
        match = PLAN_YEARS.search(text)
        if match:
            first = int(match.group(1))
            last = int(match.group(2) or first)
            return tuple(y for y in range(first, min(last, first + 10) + 1) if y != year)
    return ()


def _as_of(kind: str | None, title: str, opening: list[Block], content: Content, year: int | None) -> str | None:
    """Return the day that an interim or annual report tells the state of."""
    if year is None or kind is None:
        return None
    if kind in ANNUAL:
        return f"{year}-12-31"
    if kind != INTERIM:
        return None
    return _stated_day(title, opening, content, year) or _month_end(title, content, year)


def _stated_day(title: str, opening: list[Block], content: Content, year: int) -> str | None:
    """Return the day printed in the title, or after *per* or *till och med* in the text."""
    text = "\n".join([b.text for b in opening] + [b.text for b in content.blocks])
    match = DAY.search(title) or PER_DAY.search(text)
    if match is None:
        return None
    return f"{match.group(3) or year}-{MONTHS[match.group(2).casefold()]:02d}-{int(match.group(1)):02d}"


def _month_end(title: str, content: Content, year: int) -> str | None:
    """Return the last day of the month or the four-month period in the title, else of the tables' last month."""
    tertial = re.search(r"\b(?:delårsrapport|tertialrapport|tertial|t)\s*([123])\b", title, re.IGNORECASE)
    month = 4 * int(tertial.group(1)) if tertial else None
    labels = [label for table in content.tables for label in header_labels(table) if str(year) in label]
    for text in [title, " ".join(labels)]:
        named = [MONTHS_BY_START[name[:3].casefold()] for name in MONTH.findall(text)]
        month = month or max(named, default=None)
    return f"{year}-{month:02d}-{calendar.monthrange(year, month)[1]:02d}" if month else None
