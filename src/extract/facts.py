"""What a report says of itself: title, municipality, committee, type, fiscal year, plan years."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

import simplemma

from extract.classify import header_labels
from schema.layout import Block, Content
from schema.printed import ReportFacts
from schema.vocabulary import read_rows

OPENING_BLOCKS = 25
"""The title stands among the first blocks, after a logo line or two."""
TITLE_LENGTH = 160
YEAR = re.compile(r"\b(20[0-4]\d|199\d)\b")
PLAN_YEARS = re.compile(r"\bplan(?:en)?\b[^0-9]{0,20}(20\d\d)(?:\s*[-–]\s*(20\d\d))?", re.IGNORECASE)
AS_OF = re.compile(
    r"\b(?:per|till och med|t\.?o\.?m\.?|efter)?\s*(?:den\s+)?(\d{1,2})\s+"
    r"(januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december)(?:\s+(20\d\d))?",
    re.IGNORECASE,
)
COMMITTEE = re.compile(
    r"\b([A-ZÅÄÖ][a-zåäö]+a nämnden|[A-ZÅÄÖ][a-zåäö]+förbundet [A-ZÅÄÖ][a-zåäö]+"
    r"|[A-ZÅÄÖ][a-zåäö]+(?:-(?:,|\s)\s*(?:[a-zåäö]+-\s)?(?:och\s)?[a-zåäö]+)*(?:nämnden|styrelsen|nämnd))\b"
)
MUNICIPALITY = re.compile(r"\b([A-ZÅÄÖ][\wåäöé-]+(?: [A-ZÅÄÖ][\wåäöé-]+)?) ([Kk]ommuns?|[Ss]tads?)\b")
MUNICIPALITY_CAPITALS = re.compile(r"\b([A-ZÅÄÖ-]{3,}(?: [A-ZÅÄÖ-]{3,})?) (KOMMUN|STAD)\b")
GENERIC = {"nämnden", "styrelsen", "kommunstyrelsen", "socialstyrelsen", "kommunens"}
MONTH_NAMES = "januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december"
MONTHS = {name: number for number, name in enumerate(MONTH_NAMES.split("|"), 1)}
INTERIM = "delårsrapport"
ANNUAL = ("verksamhetsberättelse", "årsredovisning", "bokslut")


def find_facts(content: Content) -> ReportFacts:
    """Return what the report's title, headings and running headers say of it; unknown facts are None."""
    blocks = [b for b in content.blocks if b.text.strip()]
    opening = [b for b in blocks[:OPENING_BLOCKS] if len(b.text) <= TITLE_LENGTH]
    everything = "\n".join(b.text for b in blocks)
    title = _title(opening)
    document_type = _document_type([title] + [b.text for b in opening], everything)
    year = _fiscal_year(title, opening, content, everything)
    return ReportFacts(
        title=title,
        municipality=_municipality(everything),
        committee=_committee(title, opening, everything),
        document_type=document_type,
        fiscal_year=year,
        plan_years=_plan_years(title, opening, year),
        as_of=_as_of(document_type, title, opening, everything, year),
    )


@cache
def _types() -> tuple[tuple[str, str], ...]:
    return tuple((row["phrase"], row["document_type"]) for row in read_rows("document_types"))


def _title(opening: list[Block]) -> str:
    """Return the line that names the report's type, best with a year in it; else the first heading."""
    named = [b.text for b in opening if any(phrase in b.text.casefold() for phrase, _ in _types())]
    dated = [text for text in named if YEAR.search(text)]
    headings = [b.text for b in opening if b.kind == "heading"]
    return " ".join((dated or named or headings or [""])[0].split())


def _document_type(lines: list[str], everything: str) -> str | None:
    for line in lines:
        hits = [(line.casefold().find(phrase), -len(phrase), kind) for phrase, kind in _types()]
        found = sorted(hit for hit in hits if hit[0] >= 0)
        if found:
            return found[0][2]
    folded = everything.casefold()
    counts = [(folded.count(phrase), -i, kind) for i, (phrase, kind) in enumerate(_types())]
    best = max(counts, default=(0, 0, ""))
    return best[2] if best[0] else None


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
    """Return the committee that the opening names, else the one the text names most often."""
    for text in [title] + [b.text for b in opening]:
        for name in COMMITTEE.findall(" ".join(text.split())):
            if name.casefold() not in GENERIC:
                return _capitalised(name)
    names = Counter(
        _capitalised(n) for n in COMMITTEE.findall(" ".join(everything.split())) if n.casefold() not in GENERIC
    )
    return names.most_common(1)[0][0] if names else None


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


def _as_of(kind: str | None, title: str, opening: list[Block], everything: str, year: int | None) -> str | None:
    """Return the day that an interim or annual report tells the state of."""
    if year is None or kind is None:
        return None
    if kind in ANNUAL:
        return f"{year}-12-31"
    if kind != INTERIM:
        return None
    for text in [title] + [b.text for b in opening] + [everything]:
        match = AS_OF.search(text)
        if match:
            return f"{match.group(3) or year}-{MONTHS[match.group(2).casefold()]:02d}-{int(match.group(1)):02d}"
    return None
