"""The lexicon: terms of the user, of the pack and of the phrase table, by the letters that they are made of."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from coercivity.base.errors import Faults
from coercivity.base.words import bare
from coercivity.data.catalogue import FactCatalogue
from coercivity.intake.goods.phrases import Phrase, phrases_of
from coercivity.intake.words.lexicon.entries import Entry, Role, read_entries
from coercivity.law.rules.rulebook import Rulebook

FOLDER = "lexicon"
APART = " … "  # in a term: other words may stand between
OTHER_TABLES = frozenset(("places.csv", "place_words.csv", "grades.csv", "parameters.csv", "notice_words.csv"))
_GAP = re.compile(r"[\W_]+")
GAPS = frozenset(" \t\n\r\xa0-–—‐‑_/'’.·・")
SIGNS = frozenset("&:+@#()")  # within a term only where the term itself has them: O&M, 5:1
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
_LATIN, _WORD = re.compile(r"[A-Za-zÀ-ÿ]{3}"), re.compile(r"[^\W\d_]{3,}")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Terms and where they lead.

    Attributes:
        by_key: Terms by their key: folded, without blanks and hyphens.
        longest: Length of the longest key by its first two characters.
        split: Terms of two parts with other words between them: nehmen … in Betrieb.
        words: All Latin words that occur in terms, for typing errors.
        solid: Latin terms of one word, for German compounds.
        by_word: Those of `words` that typing errors are corrected towards: none that mean nothing to the rules.
    """

    by_key: Mapping[str, tuple[tuple[str, Entry], ...]]
    longest: Mapping[str, int]
    words: frozenset[str]
    solid: Mapping[str, tuple[Entry, ...]]
    by_word: tuple[str, ...] = field(default=())
    split: tuple[tuple[str, str, Entry], ...] = ()


def key_of(term: str) -> str:
    """Returns a term as the tree holds it: letters and figures without case and accents."""
    plain = bare(term)
    return plain if plain.isalnum() else _GAP.sub("", plain)


def build(sources: Sequence[Iterable[Entry]], others: frozenset[str] = frozenset()) -> Lexicon:
    """Returns the lexicon of several sources; a term of an earlier one hides that of a later one.

    Args:
        sources: Entries, those with precedence first.
        others: Words that mean something elsewhere, such as names of places: no typing errors.
    """
    held: dict[str, tuple[int, list[tuple[str, Entry]]]] = {}
    apart: list[tuple[str, str, Entry]] = []
    for rank, entries in enumerate(sources):
        for entry in entries:
            for term in entry.terms:
                if APART in term:
                    first, _, second = term.partition(APART)
                    apart.append((bare(first).strip(), bare(second).strip(), entry))
                    continue
                key = key_of(term)
                known_as = held.get(key)
                if known_as is None:
                    held[key] = (rank, [(term, entry)])
                elif known_as[0] == rank:
                    known_as[1].append((term, entry))
    held.pop("", None)
    by_key = {key: tuple(found) for key, (_, found) in held.items()}
    longest: dict[str, int] = {}
    words: set[str] = set(others)
    telling: set[str] = set()
    solid: dict[str, tuple[Entry, ...]] = {}
    for key, found in by_key.items():
        size = len(key)
        if longest.get(key[:2], 0) < size:
            longest[key[:2]] = size
        for term, entry in found:
            if not key.isascii() and not _LATIN.search(term):
                continue
            known = [word for word in _WORD.findall(bare(term)) if word.isascii()]
            words.update(known)
            if entry.role != "neutral":
                telling.update(known)
        if size >= _LEAST_PART and key.isascii() and key.isalpha():
            plain = tuple(entry for term, entry in found if " " not in term)
            if plain:
                solid[key] = plain
    long = tuple(sorted(word for word in telling if len(word) >= _LEAST_WORD))
    return Lexicon(by_key, longest, frozenset(words), solid, long, tuple(apart))


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
    return build((own, packed, of_phrases(phrases)), _place_words(book.folder))


def _place_words(folder: Path) -> frozenset[str]:
    """Returns the words of the names of places, which are no typing errors of other words: Turkey, turnkey."""
    path = folder / FOLDER / "places.csv"
    if not path.is_file():
        return frozenset()
    rows = csv.DictReader(io.StringIO(path.read_text(encoding="utf-8")))
    return frozenset(word for row in rows for word in _WORD.findall(bare(row.get("names") or "")) if word.isascii())


def pack_entries(catalogue: FactCatalogue, folder: Path, faults: Faults) -> list[Entry]:
    """Reads the lexicon files of a pack, in the order of their names."""
    found: list[Entry] = []
    for path in sorted((folder / FOLDER).glob("*.csv")):
        if path.name not in OTHER_TABLES:
            found += read_entries(catalogue, path.read_text(encoding="utf-8"), path.name, faults)
    return found
