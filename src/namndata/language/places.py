"""Fills the places of a message: `{0}` is a figure or name, `{0:rapport|rapporter}` the word for it.

`{0:,}` is a figure that code says with a decimal point and people read with a comma.
"""

from __future__ import annotations

import re
from collections.abc import Callable

PLACE = re.compile(r"\{(\w+)(?::(?:([^{}|]*)\|([^{}|]*)|(,)))?\}")
"""A place: what fills it, and the word for one and for any other number, or that its figure has a decimal comma."""
ONE = "1"


def fill(text: str, figure_of: Callable[[str], str]) -> str:
    """Return a message with figures and names in its places, and with the words that they ask for."""

    def filled(place: re.Match[str]) -> str:
        figure = figure_of(place[1])
        if place[4]:
            return figure.replace(".", ",")
        if place[2] is None:
            return figure
        # What is listed before the number may stand in the place too: “3 sidor, 1”.
        return place[2] if figure.split()[-1:] == [ONE] else place[3]

    return PLACE.sub(filled, text)
