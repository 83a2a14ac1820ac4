"""Words of a notice beside those of the lexicon: effects, events, licence types, and synonyms of the catalogue."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from coercivity.base.words import bare
from coercivity.data.catalogue import FactCatalogue, FactSpec
from coercivity.data.fact_words import value_words
from coercivity.intake.words.amounts.reader import amounts_of
from coercivity.intake.words.lexicon.entries import Entry
from coercivity.intake.words.lexicon.terms import FOLDER, Lexicon, build, load_lexicon
from coercivity.intake.words.read import Reader
from coercivity.law.rules.rulebook import Rulebook

NOTICE_WORDS = "notice_words.csv"
ANY_VALUE = "*"  # of a flag: the words name the fact, whatever its value
_LEAST_LATIN, _LEAST_SIGNS = 4, 2
_REST = frozenset(("none", "other", "unknown"))


@dataclass(frozen=True, slots=True)
class NoticeTools:
    """What notices are read with: the reader of words, effects and events, and the synonyms of the catalogue."""

    reader: Reader
    effects: Lexicon
    synonyms: Lexicon


@lru_cache(maxsize=8)
def notice_tools(book: Rulebook) -> NoticeTools:
    """Returns what notices are read with; the files are loaded once for a rulebook.

    Raises:
        CoercivityError: With every error of the lexicon.
    """
    reader = Reader(book, load_lexicon(book), amounts_of(book).grades)
    return NoticeTools(reader, build((_effects(book),)), build((_synonyms(book.catalogue),)))


def _effects(book: Rulebook) -> Iterator[Entry]:
    """Yields the words for effects, events and licence types; none if the rulebook has no such table."""
    path = book.folder / FOLDER / NOTICE_WORDS
    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    for number, row in enumerate(csv.DictReader(io.StringIO(text)), 2):
        yield _entry(row["terms"].split("|"), row["kind"], row["value"], f"{NOTICE_WORDS}:{number}")


def _synonyms(catalogue: FactCatalogue) -> Iterator[Entry]:
    """Yields the words of the catalogue for the values of facts, and for facts that are true or false."""
    for name, spec in catalogue.items():
        if spec.type == "flag":
            yield _entry([word for word in spec.synonyms if _telling(word)], name, ANY_VALUE, name)
            continue
        for word, values in _words(spec).items():
            for value in values:
                if value not in _REST and _telling(word):
                    yield _entry([word], name, value, name)


def _words(spec: FactSpec) -> dict[str, tuple[str, ...]]:
    if not spec.values and not spec.value_synonyms:
        return {}
    return value_words(spec.values, spec.value_synonyms)


def _telling(word: str) -> bool:
    """Returns whether a word is long enough to mean what it says in running text."""
    plain = bare(word)
    return len(plain) >= (_LEAST_LATIN if plain.isascii() else _LEAST_SIGNS)


def _entry(terms: list[str], name: str, value: str, where: str) -> Entry:
    return Entry(tuple(terms), "any", "attribute", {name: value}, {}, "stated", where)
