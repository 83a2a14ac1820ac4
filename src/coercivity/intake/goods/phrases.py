"""The phrase table of a rulebook: words of trade documents and the facts that they state."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, cast, get_args

from coercivity.base.errors import Faults, nearest
from coercivity.base.words import bare
from coercivity.data.catalogue import FactCatalogue
from coercivity.data.textyaml import load_file
from coercivity.data.values import FactValue
from coercivity.law.rules.rulebook import Rulebook

Role = Literal[
    "thing",
    "family",
    "shape",
    "element",
    "partner",
    "passing",
    "subordinate",
    "purpose_after",
    "purpose_before",
    "denial",
    "joiner",
    "grade",
    "rating",
    "unknown",
]
Kind = Literal["", "substance", "alloy", "target", "know_how"]
_LISTS: Mapping[str, Role] = {
    "shapes": "shape",
    "passing": "passing",
    "subordinate": "subordinate",
    "purpose_after": "purpose_after",
    "purpose_before": "purpose_before",
    "denials": "denial",
    "joiners": "joiner",
}
_GAP = re.compile(r"[\s\-_]")
PLAIN = str.maketrans("äöüéèáóÄÖÜ", "aoueeaoAOU")
_KEYS = ("things", "families", "partners", *_LISTS)
# In the name of an item these are the watt and the preposition more often than tungsten and indium.
_AMBIGUOUS = frozenset(("W", "In"))


@dataclass(frozen=True, slots=True)
class Phrase:
    """One word or group of words and what it states.

    Attributes:
        word: As written in the table.
        role: Its function in a name.
        facts: Facts that it states.
        has: Elements that the item certainly contains.
        kind: How the elements next to it are read.
        part: Part of the name it is in; a joiner begins the next part.
    """

    word: str
    role: Role
    facts: Mapping[str, FactValue] = field(default_factory=dict)
    has: tuple[str, ...] = ()
    kind: Kind = ""
    part: int = 0


def key_of(word: str) -> str:
    """Returns a word without case, width, accents, spaces and hyphens."""
    return re.sub(r"[\s\-_]+", "", bare(word))


@dataclass(frozen=True, slots=True)
class PhraseTable:
    """Phrases by key, and by their beginning the source of the expression that finds the longest phrase at a position.

    The beginning is two characters; where the second may be anything, it is blank. An expression is compiled when a
    text has its beginning.
    """

    by_key: Mapping[str, Phrase]
    sources: Mapping[tuple[str, str], str]

    def at(self, text: str, place: int) -> tuple[Phrase, int] | None:
        """Returns the longest phrase at a position of a text and where it ends, or None."""
        first, second = text[place].casefold(), text[place + 1 : place + 2].casefold()
        source = self.sources.get((first, second)) or self.sources.get((first, ""))
        found = _compiled(source).match(text, place) if source is not None else None
        if found is None:
            return None
        key = key_of(found[0])
        for form in (key, key.removesuffix("s"), key.removesuffix("es")):
            if form in self.by_key:
                return self.by_key[form], found.end()
        return None


@lru_cache(maxsize=16)
def phrases_of(book: Rulebook) -> PhraseTable:
    """Returns the phrase table of a rulebook, loaded and checked once.

    Raises:
        CoercivityError: With every error in the table.
    """
    return load_phrases(book.catalogue, book.folder / "phrases.yaml")


def load_phrases(catalogue: FactCatalogue, path: Path) -> PhraseTable:
    """Loads the phrases of a table, including the names and symbols of the elements.

    Args:
        catalogue: Facts and their values; an unknown fact or value is an error.
        path: The table, `phrases.yaml`.

    Raises:
        CoercivityError: With every error in the table.
    """
    raw = load_file(path)
    faults = Faults()
    if not isinstance(raw, dict):
        faults.add("PHRASE-KEY", "expected a table with parts", where=path.name, next=f"begin with {_KEYS[0]}:")
        faults.raise_if_any()
    for key in raw:
        if key not in _KEYS:
            faults.add("PHRASE-KEY", f"unknown part {key!r}", where=path.name, nearest=nearest(key, _KEYS))
    stated = list(_phrases(catalogue, raw, path.name, faults))
    found: dict[str, Phrase] = {}
    for phrase in stated:
        first = found.setdefault(key_of(phrase.word), phrase)
        if (first.role, first.facts, first.has, first.kind) != (phrase.role, phrase.facts, phrase.has, phrase.kind):
            what = f"{phrase.word!r} appears twice with different meanings"
            faults.add("PHRASE-TWICE", what, where=path.name, next="keep one of them")
    faults.raise_if_any()
    elements = [phrase for phrase in _elements(catalogue) if key_of(phrase.word) not in found]
    found |= {key_of(phrase.word): phrase for phrase in elements}
    return PhraseTable(found, _sources([*stated, *elements]))


def _elements(catalogue: FactCatalogue) -> Iterator[Phrase]:
    spec = catalogue["elements"]
    for symbol, words in spec.values.items():
        for text in (*((symbol,) if symbol not in _AMBIGUOUS else ()), *words.as_dict().values()):
            yield Phrase(re.split(r"[(（,，]", text, maxsplit=1)[0].strip(), "element", has=(symbol,))
    for word, symbol in spec.value_synonyms.items():
        yield Phrase(word, "element", has=(symbol,))


def _phrases(catalogue: FactCatalogue, raw: Mapping[str, Any], name: str, faults: Faults) -> Iterator[Phrase]:
    roles: tuple[tuple[str, Role], ...] = (("things", "thing"), ("families", "family"))
    for part, role in roles:
        for entry in raw.get(part, ()):
            yield from _entry(catalogue, entry, role, f"{name}, {part}", faults)
    for symbol, words in raw.get("partners", {}).items():
        for word in words:
            yield Phrase(word, "partner", has=(symbol,))
    for part, role in _LISTS.items():
        for word in raw.get(part, ()):
            yield Phrase(word, role)


def _entry(catalogue: FactCatalogue, entry: Any, role: Role, where: str, faults: Faults) -> Iterator[Phrase]:
    words = entry.get("words") if isinstance(entry, dict) else None
    if not isinstance(words, list) or not words or not isinstance(entry.get("facts"), dict):
        faults.add(
            "PHRASE-FORM", "an entry requires words and facts", where=where, next="write {words: [...], facts: {...}}"
        )
        return
    place = f"{where}, {words[0]}"
    for key in set(entry) - {"words", "facts", "has", "kind"}:
        faults.add("PHRASE-KEY", f"unknown key {key!r} in an entry", where=place)
    kind = entry.get("kind", "")
    if kind not in get_args(Kind):
        faults.add("PHRASE-KEY", f"unknown kind {kind!r}", where=place, nearest=nearest(kind, get_args(Kind)))
    facts: dict[str, FactValue] = {}
    for fact, raw in entry["facts"].items():
        value = catalogue.parse(fact, raw, where=place, faults=faults)
        if value is not None:
            facts[fact] = value
    has = tuple(entry.get("has", ()))
    for symbol in has:
        if symbol not in catalogue["elements"].values:
            faults.add("PHRASE-VALUE", f"{symbol!r} is not a value of elements", where=place)
    for word in words:
        yield Phrase(word, role, facts, has, cast(Kind, kind))


def _sources(phrases: Sequence[Phrase]) -> dict[tuple[str, str], str]:
    begun: dict[tuple[str, str], set[tuple[int, str]]] = {}
    for phrase in phrases:
        key, word = key_of(phrase.word), phrase.word.translate(PLAIN)
        second = word[1:2]
        # Between words there may be any gap or none.
        beginning = key[0], "" if not second or _GAP.match(second) else second.casefold()
        begun.setdefault(beginning, set()).add((-len(key), _source(phrase)))
    return {
        (first, second): "|".join(source for _, source in sorted(found | begun.get((first, ""), set())))
        for (first, second), found in begun.items()
    }


@lru_cache(maxsize=1024)  # readers are created many times from the same words
def _compiled(source: str) -> re.Pattern[str]:
    return re.compile(source)


def _source(phrase: Phrase) -> str:
    """Returns the expression of a phrase: symbols keep their case, words do not and may have a plural s."""
    word = phrase.word.translate(PLAIN)
    body = r"[\s\-_/]*".join(re.escape(part) for part in re.split(r"[\s\-_]+", word))
    symbol = phrase.role == "element" and word in phrase.has
    if not symbol:
        body = f"(?i:{body})"
    plural = "(?:s|es)?" if word[-1].isascii() and word[-1].isalpha() and not symbol else ""
    before = r"(?<![A-Za-z])" if word[0].isascii() and word[0].isalpha() else ""
    after = r"(?![A-Za-z])" if word[-1].isascii() and word[-1].isalpha() else ""
    return before + body + plural + (r"(?![A-Za-z0-9]|\([A-Z])" if symbol else after)
