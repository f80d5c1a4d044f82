"""Fills the places of a message: `{0}` is a figure or name, `{0:rapport|rapporter}` the word for it."""

from __future__ import annotations

import re
from collections.abc import Callable

PLACE = re.compile(r"\{(\w+)(?::([^{}|]*)\|([^{}|]*))?\}")
"""A place: what fills it, and the word for one and for any other number."""
ONE = "1"


def spelled(text: str) -> str:
    """Return a message with the words for many in their places, as the code says it."""
    return PLACE.sub(lambda place: place[0] if place[2] is None else place[3], text)


def fill(text: str, figure_of: Callable[[str], str]) -> str:
    """Return a message with figures and names in its places, and with the words that they ask for."""

    def filled(place: re.Match[str]) -> str:
        figure = figure_of(place[1])
        if place[2] is None:
            return figure
        # What is listed before the number may stand in the place too: “3 sidor, 1”.
        return place[2] if figure.split()[-1:] == [ONE] else place[3]

    return PLACE.sub(filled, text)
