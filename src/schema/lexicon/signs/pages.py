"""Numbers of pages: alone, as `4 (26)`, and at the ends of the lines of a table of contents."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from schema.vocabulary import read_rows

SHORTEST_CONTENTS = 3
"""Lines; a shorter run of lines that end with numbers may be anything."""
CONTENTS_SHARE = 0.6
"""So many lines of a table of contents end with a page number; some titles take two lines."""

POST_CODE = re.compile(r"\d{3}\s?\d{2}\s+$")
"""Before a town, its post code."""
_PAGE_END = re.compile(r"\s\d{1,3}\s?\(\d{1,3}\)$")
_RUNNING_PAGE = re.compile(
    r"(?:^|\s)(?:[^\W\d_]{1,4}\.?\s*)?\d{1,3}\s*(?:\(\d{1,4}\)|\w\w\s+\d{1,4}|/\s?\d{1,3})$|(?:^|\s)\d{1,3}$"
)
_REFERENCE = re.compile(r"\S.*[^\W_)][\s.…]+(\d{1,3})")


def is_page_number(text: str) -> bool:
    """Whether a line is nothing but a page number: `7`, `Sida 7`, `7 (26)`, `7 av 26`."""
    return bool(_page().fullmatch(text))


def is_page_of_pages(text: str) -> bool:
    """Whether a line is nothing but a page number and the number of pages; `3/12` may be a cell."""
    return bool(_page_of_pages().fullmatch(text))


def ends_with_page(text: str) -> bool:
    """Whether a line ends with a page number and the number of pages: `Delårsrapport 2023 4 (26)`."""
    return bool(_PAGE_END.search(text))


def without_page(text: str) -> str:
    """Return a running line without the page number that it ends with: `Delårsrapport 2023 4 (26)`, `Sida 3 av 9`."""
    return _RUNNING_PAGE.sub("", text).rstrip()


def page_reference(text: str) -> int | None:
    """Return the page number that words, and maybe dots, stand before; None where a line ends otherwise."""
    found = _REFERENCE.fullmatch(text)
    return int(found[1]) if found else None


def is_contents(texts: Sequence[str]) -> bool:
    """Whether lines are a table of contents: most end with a page number, and those never fall."""
    pages = [page for page in map(page_reference, texts) if page is not None]
    return len(pages) >= SHORTEST_CONTENTS and len(pages) > len(texts) * CONTENTS_SHARE and pages == sorted(pages)


@cache
def _page() -> re.Pattern[str]:
    return re.compile(rf"(?:{_phrases('page')})?\s*\d{{1,4}}(?:\s*(?:{_total(4)}|/\s*\d{{1,4}}))?", re.IGNORECASE)


@cache
def _page_of_pages() -> re.Pattern[str]:
    return re.compile(rf"(?:{_phrases('page')})?\s*\d{{1,3}}\s?(?:{_total(3)})", re.IGNORECASE)


def _total(most: int) -> str:
    return rf"\(\d{{1,{most}}}\)|(?:{_phrases('of')})\s+\d{{1,{most}}}"


def _phrases(role: str) -> str:
    found = (row["phrase"] for row in read_rows("page_words") if row["role"] == role)
    return "|".join(map(re.escape, sorted(found, key=len, reverse=True)))
