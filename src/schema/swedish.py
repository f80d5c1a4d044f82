"""Which words are Swedish, and their base forms: simplemma's dictionary, unpacked once and kept as a trie.

Unpacking a million words takes a second of each run and 100 MB of memory; the trie is there at once and takes five.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from functools import cache
from importlib.metadata import version
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from platformdirs import user_cache_dir
from simplemma.lemmatizer import Lemmatizer
from simplemma.strategies import DefaultStrategy, DictionaryLookupStrategy
from simplemma.strategies.dictionaries import DEFAULT_DICTIONARY_FACTORY, DictionaryFactory, TrieDictionaryFactory
from simplemma.utils import normalize_token

if TYPE_CHECKING:  # spaCy takes a second to import, and most commands name nothing
    from spacy.language import Language

SWEDISH = "sv"
COMMANDS = "spacy.cli.info"
ENDS = "\0"
"""Ends a word in the trie, which cannot look up one that holds it."""


def is_known(word: str) -> bool:
    """Tell whether the dictionary holds a word, in either casing of its first letter."""
    return bool(word) and ENDS not in word and _lookup().get_lemma(normalize_token(word), SWEDISH) is not None


def base_form(word: str) -> str:
    """Return a word's base form, as simplemma finds it; the word in lower case where it finds none."""
    return _lemmatizer().lemmatize(word, SWEDISH) if ENDS not in word else word.lower()


@cache
def language() -> Language:
    """Return spaCy's Swedish without a model: its vocabulary and tokenizer, one for all.

    Its command line, which it imports for one function, is left out: a third of the time that it takes to load.
    """
    left_out = ModuleType(COMMANDS)
    left_out.__dict__["info"] = None
    was_there = sys.modules.setdefault(COMMANDS, left_out)
    import spacy

    if was_there is left_out:
        del sys.modules[COMMANDS]
    return spacy.blank(SWEDISH)


@cache
def _lookup() -> DictionaryLookupStrategy:
    return DictionaryLookupStrategy(_factory())


@cache
def _lemmatizer() -> Lemmatizer:
    return Lemmatizer(lemmatization_strategy=DefaultStrategy(dictionary_factory=_factory()))


@cache
def _factory() -> DictionaryFactory:
    """Return what gives the dictionary: the trie, or where nothing can be kept the words unpacked anew.

    To make a trie takes twice as long as to unpack the words, so that it pays only where it is kept.
    """
    folder = _folder()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return DEFAULT_DICTIONARY_FACTORY
    if (folder / f"{SWEDISH}.dic").is_file():
        kept = TrieDictionaryFactory(disk_cache_dir=str(folder))
        with suppress(OSError, RuntimeError, ValueError):  # a damaged file is made anew
            kept.get_dictionary(SWEDISH)
            return kept
    return _made(folder) if os.access(folder, os.W_OK | os.X_OK) else DEFAULT_DICTIONARY_FACTORY


def _made(folder: Path) -> DictionaryFactory:
    """Make the trie under a name of this process' own and put it in its place, for others may make it too."""
    own = folder / f"{os.getpid()}"
    factory = TrieDictionaryFactory(disk_cache_dir=str(own))
    factory.get_dictionary(SWEDISH)
    with suppress(OSError):  # on a full disk this run has it in memory alone
        (own / f"{SWEDISH}.dic").replace(folder / f"{SWEDISH}.dic")
        own.rmdir()
    return factory


def _folder() -> Path:
    """Return the folder where programs of this user keep what can be made again, one for each version."""
    return Path(user_cache_dir("namndata", appauthor=False)) / f"simplemma-{version('simplemma')}"
