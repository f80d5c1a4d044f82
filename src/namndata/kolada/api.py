"""Asks Kolada's API, version 3: a few ids a call, page by page, with a time limit and few retries.

The only module that touches the network. Nothing but `namndata kolada fetch` and `update` calls it.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self, TypeVar
from urllib.parse import quote

import httpx

from namndata.errors import NamndataError, UsageError
from namndata.kolada.catalogue import BASE, TIME_LIMIT

MOST_IDS = 25
"""Ids or years that one call may name: the API refuses longer lists."""
PAGE_SIZE = 5000
"""Rows of a page, the most that the API gives."""
MOST_PAGES = 1000
"""Pages of one answer: more are an answer that never ends."""
CONNECT_LIMIT = 10.0
TRIES = 3
PAUSE = 1.0
"""Seconds before the second try; twice as many before each one after it."""
LONGEST_PAUSE = 30.0
"""Seconds to wait at most where the API says how long to wait."""
TOO_MANY, SERVER_FAILS = 429, 500
AGENT = "namndata (reads municipal reports; https://www.kolada.se is named as source)"

Row = Mapping[str, Any]
Item = TypeVar("Item")


class Again(Exception):
    """An answer that another try may better: late, cut short, refused for now."""

    def __init__(self, reason: str, pause: float | None = None) -> None:
        super().__init__(reason)
        self.pause = pause


@dataclass(frozen=True, slots=True)
class Limits:
    """How long to wait, and how often to try."""

    seconds: float = TIME_LIMIT
    tries: int = TRIES
    pause: float = PAUSE


class Api:
    """A connection to the API."""

    def __init__(self, base: str = BASE, limits: Limits = Limits()) -> None:  # noqa: B008 (frozen)
        if not is_web_address(base):
            raise UsageError(f"{base!r} is no web address. Give one that begins with https://.")
        self._base = base.rstrip("/")
        self._limits = limits
        timeout = httpx.Timeout(limits.seconds, connect=min(CONNECT_LIMIT, limits.seconds))
        self._client = httpx.Client(timeout=timeout, follow_redirects=True, headers={"user-agent": AGENT})

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    def indicators(self) -> Iterator[Row]:
        """Return the whole catalogue of indicators."""
        return self._rows("kpi")

    def municipalities(self) -> Iterator[Row]:
        """Return all municipalities and regions."""
        return self._rows("municipality")

    def values(self, kpis: Sequence[str], codes: Sequence[str], years: Sequence[int]) -> Iterator[Row]:
        """Return the values of some indicators for some bodies and years, in as many calls as the API's limits ask."""
        for some_kpis in batched(kpis, MOST_IDS):
            for some_codes in batched(codes, MOST_IDS):
                for some_years in batched([str(year) for year in years], MOST_IDS):
                    parts = (("kpi", some_kpis), ("municipality", some_codes), ("year", some_years))
                    yield from self._rows("data", *(part for name, ids in parts for part in (name, ",".join(ids))))

    def _rows(self, *path: str) -> Iterator[Row]:
        """Return the rows of an answer, page by page."""
        address = "/".join((self._base, *(quote(part, safe=",") for part in path)))
        for page in range(1, MOST_PAGES + 1):
            answer = self._page(address, page)
            yield from answer["values"]
            if not answer.get("next_url") or not answer["values"]:
                return
        raise NamndataError(f"{address} goes on after {MOST_PAGES} pages; what it answers is no list that ends.")

    def _page(self, address: str, page: int) -> Mapping[str, Any]:
        """Return one page, trying again where that may help."""
        pause, reason = self._limits.pause, ""
        for number in range(self._limits.tries):
            try:
                return self._ask(address, page)
            except Again as again:
                reason = str(again)
                if number + 1 < self._limits.tries:
                    time.sleep(min(LONGEST_PAUSE, pause if again.pause is None else again.pause))
                pause *= 2
        tries, reason = self._limits.tries, reason.rstrip(".")
        raise NamndataError(f"{address} gave no answer in {tries} tries: {reason}. Try later, or --base.")

    def _ask(self, address: str, page: int) -> Mapping[str, Any]:
        """Return what the API answers once."""
        ends = time.monotonic() + self._limits.seconds
        data = bytearray()
        try:
            with self._client.stream("GET", address, params={"page": page, "per_page": PAGE_SIZE}) as response:
                check_status(address, response)
                for piece in response.iter_bytes():
                    data += piece
                    if time.monotonic() > ends:
                        raise Again(f"it took more than {self._limits.seconds:g} s")
        except httpx.TimeoutException:
            raise Again(f"it took more than {self._limits.seconds:g} s") from None
        except httpx.TransportError as error:
            raise Again(str(error) or type(error).__name__) from error
        return read_answer(bytes(data))


def is_web_address(base: str) -> bool:
    """Tell whether an address names a host of the web."""
    try:
        address = httpx.URL(base)
    except httpx.InvalidURL:
        return False
    return address.scheme in ("http", "https") and bool(address.host)


def batched(items: Sequence[Item], size: int) -> Iterator[Sequence[Item]]:
    """Return a sequence in pieces of a size."""
    return (items[start : start + size] for start in range(0, len(items), size))


def check_status(address: str, response: httpx.Response) -> None:
    """Say why there is no answer: for now, or for good."""
    if response.status_code == TOO_MANY or response.status_code >= SERVER_FAILS:
        wait = response.headers.get("retry-after", "")
        raise Again(f"it answers {response.status_code}", float(wait) if wait.isdigit() else None)
    if response.is_error:
        raise NamndataError(f"{address} answers {response.status_code} {response.reason_phrase}. Is --base right?")


def read_answer(data: bytes) -> Mapping[str, Any]:
    """Return an answer in the API's shape; one that is cut short is tried again."""
    try:
        answer = json.loads(data)
    except (ValueError, RecursionError):
        raise Again("the answer is cut short or is no JSON") from None
    if not isinstance(answer, dict) or not isinstance(answer.get("values"), list):
        raise Again("the answer has another shape than Kolada's API, version 3")
    return answer
