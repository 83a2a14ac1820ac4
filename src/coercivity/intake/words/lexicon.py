"""The lexicon as a search tree: terms of the user, of the pack and of the phrase table, found at any place of a text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from coercivity.base.errors import Faults
from coercivity.base.words import bare
from coercivity.data.catalogue import FactCatalogue
from coercivity.intake.goods.phrases import Phrase, phrases_of
from coercivity.intake.words.entries import Entry, Role, read_entries
from coercivity.law.rules.rulebook import Rulebook

FOLDER = "lexicon"
OTHER_TABLES = frozenset(("places.csv", "place_words.csv", "grades.csv", "parameters.csv"))
_GAP = re.compile(r"[\s\-–—‐‑_/'’.·・]+")
GAPS = frozenset(" \t\n\r\xa0-–—‐‑_/'’.·・")
ENDINGS = ("s", "es", "e", "en", "n", "er", "ern", "em", "ens")
_LEAST_FOR_ENDING, _LEAST_WORD, _LEAST_PART = 4, 6, 4
_ROLES: Mapping[str, Role] = {
    "thing": "item",
    "family": "family",
    "shape": "shape",
    "element": "element",
    "partner": "partner",
    "passing": "neutral",
    "subordinate": "holding",
    "purpose_after": "purpose_after",
    "purpose_before": "purpose_before",
    "denial": "denial",
    "joiner": "joiner",
}
_END = ""  # key of a node that ends a term


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Terms and where they lead.

    Attributes:
        tree: Characters of the terms, one level each; a term ends where the key is blank.
        words: All Latin words that occur in terms, for typing errors.
        solid: Latin terms of one word, for German compounds.
        by_word: Those of `words` that typing errors are corrected towards: none that mean nothing to the rules.
    """

    tree: Mapping[str, Any]
    words: frozenset[str]
    solid: Mapping[str, tuple[Entry, ...]]
    by_word: tuple[str, ...] = field(default=())


def key_of(term: str) -> str:
    """Returns a term as the tree holds it: without case, accents, blanks and hyphens."""
    return _GAP.sub("", bare(term))


def build(sources: Sequence[Iterable[Entry]]) -> Lexicon:
    """Returns the lexicon of several sources; a term of an earlier one hides that of a later one."""
    by_key: dict[str, tuple[int, list[tuple[str, Entry]]]] = {}
    for rank, entries in enumerate(sources):
        for entry in entries:
            for term in entry.terms:
                key = key_of(term)
                if not key:
                    continue
                held = by_key.setdefault(key, (rank, []))
                if held[0] == rank:
                    held[1].append((term, entry))
    tree: dict[str, Any] = {}
    words: set[str] = set()
    telling: set[str] = set()
    solid: dict[str, tuple[Entry, ...]] = {}
    for key, (_, held_entries) in by_key.items():
        node = tree
        for sign in key:
            node = node.setdefault(sign, {})
        node[_END] = tuple(held_entries)
        for term, entry in held_entries:
            known = {word for word in re.findall(r"[^\W\d_]{3,}", bare(term)) if word.isascii()}
            words |= known
            telling |= known if entry.role != "neutral" else set()
        if key.isascii() and key.isalpha() and len(key) >= _LEAST_PART:
            plain = tuple(entry for term, entry in held_entries if " " not in term)
            if plain:
                solid[key] = plain
    return Lexicon(tree, frozenset(words), solid, tuple(sorted(w for w in telling if len(w) >= _LEAST_WORD)))


def of_phrases(phrases: Iterable[Phrase]) -> Iterator[Entry]:
    """Yields the words of the phrase table, which the strict reader of items uses too."""
    for phrase in phrases:
        role = _ROLES[phrase.role]
        cues = {"element": "+".join(phrase.has)} if phrase.has else {}
        if phrase.kind == "know_how":
            role = "carrier"
        elif phrase.kind == "substance":
            role = "substance"
        elif phrase.kind:
            role, cues = "item", {**cues, "kind": phrase.kind}
        facts = {} if role == "carrier" else phrase.facts
        yield Entry((phrase.word,), "any", role, facts, cues, "stated", "phrases.yaml")


def load_lexicon(book: Rulebook, user: Sequence[tuple[str, str]] = ()) -> Lexicon:
    """Loads the lexicon of a rulebook with the files of the user before it.

    Args:
        book: The rulebook, for its catalogue and its folder.
        user: Name and content of each file of the user.

    Raises:
        CoercivityError: With every error of every file.
    """
    faults = Faults()
    own = [entry for name, text in user for entry in read_entries(book.catalogue, text, name, faults)]
    packed = pack_entries(book.catalogue, book.folder, faults)
    faults.raise_if_any()
    phrases = phrases_of(book).by_key.values()
    return build((own, packed, of_phrases(phrases)))


def pack_entries(catalogue: FactCatalogue, folder: Path, faults: Faults) -> list[Entry]:
    """Reads the lexicon files of a pack, in the order of their names."""
    found: list[Entry] = []
    for path in sorted((folder / FOLDER).glob("*.csv")):
        if path.name not in OTHER_TABLES:
            found += read_entries(catalogue, path.read_text(encoding="utf-8"), path.name, faults)
    return found
