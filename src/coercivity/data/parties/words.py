"""Words of company names that identify nobody, as a pack holds them."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

NAME_WORDS = "name_words.csv"
_NONE: frozenset[str] = frozenset()


@dataclass(frozen=True)
class NameWords:
    """Words by class, in lower case and as written; a word may be in several classes.

    Attributes:
        trades: Business, goods and institutions.
        places: Countries, regions and cities.
        forms: Company forms, without dots and spaces.
        branches: Words for a part of a legal person, such as a works or an office.
        labels: Words before or after a name in papers, such as the role of a party.
        given_names: Given names.
        families: Family names and names of groups that many companies share.
        abbreviations: Words that a short one may abbreviate.
    """

    trades: frozenset[str] = _NONE
    places: frozenset[str] = _NONE
    forms: frozenset[str] = _NONE
    branches: frozenset[str] = _NONE
    labels: frozenset[str] = _NONE
    given_names: frozenset[str] = _NONE
    families: frozenset[str] = _NONE
    abbreviations: Mapping[str, frozenset[str]] = field(default_factory=dict)


@lru_cache(maxsize=4)
def read_name_words(folder: Path) -> NameWords:
    """Returns the words that a pack holds; none if it has no such table.

    Args:
        folder: Folder of the pack.
    """
    path = folder / NAME_WORDS
    if not path.is_file():
        return NameWords()
    words: dict[str, set[str]] = defaultdict(set)
    short: dict[str, set[str]] = defaultdict(set)
    with path.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            if row["class"] == "abbreviation":
                short[row["word"]].add(row["long"])
            else:
                words[row["class"]].add(row["word"])
    return NameWords(
        trades=frozenset(words["trade"]),
        places=frozenset(words["place"]),
        forms=frozenset(words["form"]),
        branches=frozenset(words["branch"]),
        labels=frozenset(words["role_label"]),
        given_names=frozenset(words["given_name"]),
        families=frozenset(words["group_family"]),
        abbreviations={word: frozenset(longs) for word, longs in short.items()},
    )
