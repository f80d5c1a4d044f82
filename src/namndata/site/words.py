"""The site's own words, in Swedish and English: both stand in each page, and the style shows one."""

from __future__ import annotations

from markupsafe import Markup

from namndata.language.catalogue import keyed_words
from namndata.language.places import fill
from namndata.language.translate import in_english, in_swedish


def both(swedish: str, english: str) -> Markup:
    """Return a text in both languages, of which the style shows one."""
    if swedish == english:
        return Markup("{}").format(swedish)
    return Markup('<span lang="sv">{}</span><span lang="en">{}</span>').format(swedish, english)


def words(key: str, **figures: object) -> Markup:
    """Return the words of a key in both languages, with figures put in."""
    swedish, english = keyed_words()[key]
    if not figures:
        return both(swedish, english)
    return both(*(fill(text, lambda name: str(figures[name])) for text in (swedish, english)))


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
