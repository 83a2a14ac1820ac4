"""Words beside a place that tell what it is to a deal, by class, from the pack."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal, get_args

from coercivity.base.errors import Faults, brief_value, nearest
from coercivity.base.words import bare
from coercivity.intake.words.lexicon.folded import folded
from coercivity.intake.words.places.names import SIMPLE, rows_of

CueClass = Literal[
    "from",  # prepositions, and in Chinese also verbs that end at the place
    "to",
    "at",
    "via",
    "for",
    "with",
    "by",
    "of",
    "skip",  # may stand between a preposition and the place
    "people",  # persons who work or teach
    "tutor",  # persons who teach
    "crew",  # persons who work or are taught
    "recipient",
    "order",  # comes from the recipient
    "shipper",
    "company",  # sells if Chinese, else buys
    "site",
    "stock",
    "goods",
    "plain",  # makes a nationality that of a law, a language or a market
    "travel",
    "sends",  # of persons a journey, of goods a shipment
    "visit",
    "learn",  # foreign persons who do so are taught
    "access",  # what is opened from a place goes there
    "teach",
    "former",
    "made",
    "sale_from",  # terms of delivery named with the place of departure
    "sale_to",  # with the place of destination
    "label_from",
    "label_to",
    "label_recipient",
    "label_at",
    "label_people",
    "from_after",  # words after the place, in Chinese and Japanese
    "to_after",
    "at_after",
    "via_after",
    "denial",
    "denial_after",
    "person",  # the next word is the name of a person
    "stop",  # ends the words that belong to a nationality
    "short",  # one Chinese character for a country, and its code
]
COLUMNS = ("words", "class", "note")
_NOTHING: frozenset[str] = frozenset()
_ENDINGS = ("s", "es", "n", "en", "e", "in", "innen", "er")
_LEAST_TAIL, _MOST_SIGNS = 4, 8


@dataclass(frozen=True, slots=True)
class Cues:
    """Words by class.

    Attributes:
        classes: Classes of a word or of several words joined by blanks, folded.
        heads: First words of cues of several words, and how many the longest has.
        tails: German nouns, which may end a compound.
        signs: Words in characters by class.
        short: Characters that stand for a country.
    """

    classes: Mapping[str, frozenset[str]]
    heads: Mapping[str, int]
    tails: frozenset[str]
    signs: Mapping[str, frozenset[str]]
    short: Mapping[str, str] = field(default_factory=dict)

    def ending(self, name: str, text: str) -> str:
        """Returns the longest word of a class that a text ends in; blank if there is none."""
        words = self.signs.get(name, _NOTHING)
        return next((text[-size:] for size in range(min(len(text), _MOST_SIGNS), 0, -1) if text[-size:] in words), "")

    def within(self, name: str, text: str) -> re.Match[str] | None:
        """Returns the first word of a class in a text."""
        return _expression(self.signs[name]).search(text) if name in self.signs else None

    def opening(self, name: str, text: str) -> re.Match[str] | None:
        """Returns the word of a class that a text begins with."""
        return _expression(self.signs[name]).match(text) if name in self.signs else None


def read_cues(text: str, name: str, faults: Faults) -> Cues:
    """Reads the words: CSV with the columns `words` (joined by `|`), `class`, `note`; words of all languages together.

    Args:
        text: Content of the file.
        name: Its name, for messages.
        faults: Collects every error, with its line.
    """
    classes: dict[str, set[str]] = {}
    tails: set[str] = set()
    signs: dict[str, set[str]] = {}
    short: dict[str, str] = {}
    for where, row in rows_of(text, COLUMNS, name, faults):
        if not _checked(row, where, faults):
            continue
        for word in filter(None, (part.strip() for part in row[0].split("|"))):
            if row[1] == "short":
                short[word[0]] = word[1:]
            elif word[0] >= "\u3005":
                signs.setdefault(row[1], set()).add(word.translate(SIMPLE))
            else:
                key = " ".join(token.key for token in folded(word).tokens) or bare(word)
                classes.setdefault(key, set()).add(row[1])
                if word[0].isupper() and len(key) >= _LEAST_TAIL:
                    tails.add(key)
    heads: dict[str, int] = {}
    for parts in (key.split(" ") for key in classes if " " in key):
        heads[parts[0]] = max(heads.get(parts[0], 1), len(parts))
    return Cues(
        {word: frozenset(found) for word, found in classes.items()},
        heads,
        frozenset(tails),
        {name: frozenset(words) for name, words in signs.items()},
        short,
    )


def _checked(row: list[str], where: str, faults: Faults) -> bool:
    before = len(faults.items)
    if row[1] not in get_args(CueClass):
        what = f"{brief_value(row[1])!r} is not a class of words"
        faults.add("WORDS-VALUE", what, where=where, nearest=nearest(row[1][:40], get_args(CueClass)))
    elif row[1] == "short" and any(len(word) != 3 for word in row[0].split("|")):
        faults.add("WORDS-VALUE", "expected a character and a country code", where=where, next="write 泰TH|越VN")
    return len(faults.items) == before


@lru_cache(maxsize=128)
def _expression(words: frozenset[str]) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word))))


class Classifier:
    """Tells the classes of words, with their endings and as parts of German compounds.

    Args:
        cues: Words by class.
    """

    def __init__(self, cues: Cues) -> None:
        self.cues = cues
        self.classes_of = lru_cache(maxsize=4096)(self._classes_of)

    def _classes_of(self, word: str) -> frozenset[str]:
        """Returns the classes of one word; none if it is no cue."""
        known = self.cues.classes
        found = known.get(word)
        if found is not None or len(word) < _LEAST_TAIL:
            return found or _NOTHING
        for ending in _ENDINGS:
            if word.endswith(ending) and len(word) - len(ending) >= _LEAST_TAIL:
                found = known.get(word[: -len(ending)])
                if found is not None:
                    return found
        if word.isascii():
            for start in range(2, len(word) - _LEAST_TAIL + 1):
                if word[start:] in self.cues.tails:
                    return known[word[start:]] - {"skip"}
        return _NOTHING
