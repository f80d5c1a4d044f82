"""The site's own words, in Swedish and English: both stand in each page, and the style shows one."""

from __future__ import annotations

from typing import Literal

from markupsafe import Markup

from namndata.language.catalogue import keyed_words
from namndata.language.places import fill
from namndata.language.translate import in_english, in_swedish
from namndata.site.shown import Figure


def both(swedish: str, english: str, element: Literal["span", "tspan"] = "span") -> Markup:
    """Return a text in both languages, of which the style shows one."""
    if swedish == english:
        return Markup("{}").format(swedish)
    pair = f'<{element} lang="sv">{{}}</{element}><{element} lang="en">{{}}</{element}>'
    return Markup(pair).format(swedish, english)  # noqa: S704, the element is ours


def drawn(text: str) -> Markup:
    """Return a text that a chart draws; a number in both languages."""
    return both(str(text), text.english if isinstance(text, Figure) else text, "tspan")


def words(key: str, **figures: object) -> Markup:
    """Return the words of a key in both languages, with figures put in."""
    swedish, english = keyed_words()[key]
    if not figures:
        return both(swedish, english)
    said = {name: each.english if isinstance(each, Figure) else each for name, each in figures.items()}
    return both(fill(swedish, lambda name: str(figures[name])), fill(english, lambda name: str(said[name])))


def in_words(group: str, name: str | None, otherwise: str | None = None) -> Markup:
    """Return what a name of the corpus (a kind, a doubt) is called; one without words is shown as it is."""
    swedish, english = keyed_words().get(f"{group}.{name}", (otherwise or name or "–",) * 2)
    return both(swedish, english)


def told(message: str | None) -> Markup:
    """Return a message that the corpus holds in English, in both languages."""
    return both(in_swedish(message or ""), in_english(message or ""))


def swedish(key: str) -> str:
    """Return the Swedish words alone: for titles and what is read aloud, which hold no markup."""
    return keyed_words()[key][0]
