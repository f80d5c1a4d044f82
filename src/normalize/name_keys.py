"""Keys of names: two printings of one name share a key, two names do not.

Case, inflection, short forms, footnote marks, `(%)` and broken words are levelled out; numbers, sexes, laws
and measures are kept, so `åk 6` and `åk 9` stay apart.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from schema.lexicon.text import fold_label
from schema.swedish import base_form, is_known, language
from schema.vocabulary import read_map

if TYPE_CHECKING:  # spaCy takes a second to import, and most commands name nothing
    from spacy.tokenizer import Tokenizer

_SHORTEST_HEAD = 3
_SHORTEST_TAIL = 4
"""Letters of a compound's parts: shorter ends are mostly endings, not words."""
_KEPT = re.compile(r"[^\W_]|[<>+&]")
_OUTSIDE_WORD = ".-,:;'"
_BETWEEN_DIGITS = re.compile(r"(?<=\d)[\W_]+(?=\d)")
_NO_LETTER = re.compile(r"[^\w<>+&~]|_")


@cache
def name_key(name: str) -> str:
    """Return the base forms of a name's words, short forms written out."""
    return " ".join(_lemma(word) for word in name_words(name))


@cache
def compact_key(name: str) -> str:
    """Return a name's letters and digits without spaces: words that a narrow column broke or ran together meet.

    Two numbers that stand beside each other stay two.
    """
    return _NO_LETTER.sub("", _BETWEEN_DIGITS.sub("~", fold_label(name)))


@cache
def name_words(name: str) -> tuple[str, ...]:
    """Return the words of a name in lower case, short forms written out."""
    full = read_map("abbreviations", "printed", "full")
    tokens = (token.strip(_OUTSIDE_WORD) for chunk in fold_label(name).split() for token in _tokens(chunk))
    words = (word for token in tokens for word in full.get(token, token).split())
    return tuple(word for word in words if _KEPT.search(word))


@cache
def _tokens(chunk: str) -> tuple[str, ...]:
    """Return the tokens of what stands between two spaces: spaCy parts each by itself, and most stand in many names.

    Letters alone it parts only where it has a rule for them, and to ask it costs more than all else here.
    """
    if chunk.isalpha() and chunk not in _tokenizer().rules:
        return (chunk,)
    return tuple(token.text for token in _tokenizer()(chunk))


@cache
def _tokenizer() -> Tokenizer:
    return language().tokenizer


@cache
def _lemma(word: str) -> str:
    overrides = read_map("lemmas", "printed", "lemma")
    if word in overrides or is_known(word):
        return overrides.get(word) or base_form(word).casefold()
    head, tail = _split_compound(word)
    return head + (overrides.get(tail) or base_form(tail).casefold())


def _split_compound(word: str) -> tuple[str, str]:
    """Return an unknown word's beginning and its longest known end, which is what is inflected."""
    for start in range(_SHORTEST_HEAD, len(word) - _SHORTEST_TAIL + 1):
        if is_known(word[start:]):
            return word[:start], word[start:]
    return "", word
