"""Places and nationalities in a text, each with what it is to the deal."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import coercivity.packs
from coercivity.base.errors import Faults
from coercivity.intake.words.folded import Folded
from coercivity.intake.words.places.names import (
    SIMPLE,
    NameTree,
    Place,
    PlaceKind,
    read_places,
    signs_at,
    tree_of,
    words_at,
)
from coercivity.intake.words.places.relations import Relation
from coercivity.intake.words.results import Strength

PLACES = "places.csv"


@dataclass(frozen=True, slots=True)
class PlaceMark:
    """A place or nationality that a text names.

    Attributes:
        start: Begin in the folded text.
        end: End in the folded text.
        country: ISO 3166 code.
        kind: What the name names.
        relation: What it is to the deal. `from`: goods, know-how or a provider come from it. `to`: they go to it. `at`: work is
            done or a plant stands there, also the goal of a journey. `people_from`: persons who work or teach are of it.
            `recipient`: the customer, licensee, trainees or visitors are of it. `origin`: goods were made there.
            `via`: passed on the way. `plain`: named without any of these.
        strength: `suggested` where the words only make the relation likely, such as a former place of work.
        cue: The words that tell the relation, folded; blank if none do.
    """

    start: int
    end: int
    country: str
    kind: PlaceKind
    relation: Relation
    strength: Strength = "stated"
    cue: str = ""


@dataclass(frozen=True, slots=True)
class Places:
    """Names of places and the words that tell relations."""

    names: NameTree


def load_places(folder: Path) -> Places:
    """Loads the names and words of a folder.

    Args:
        folder: Folder with `places.csv` and `place_words.csv`.

    Raises:
        CoercivityError: With every error of both files.
    """
    faults = Faults()
    rows = list(read_places((folder / PLACES).read_text(encoding="utf-8"), PLACES, faults))
    faults.raise_if_any()
    return Places(tree_of(rows))


@lru_cache(maxsize=1)
def packed_places() -> Places:
    """Returns the names and words of the rulebook that comes with the program."""
    return load_places(Path(coercivity.packs.__path__[0]) / "law" / "lexicon")


def marks_of_places(text: Folded, places: Places | None = None) -> tuple[PlaceMark, ...]:
    """Returns the places and nationalities of a text, in the order of the text.

    Args:
        text: The text, folded.
        places: Names and words; those of the program if None.
    """
    held = places or packed_places()
    found = _found(held.names, text)
    return tuple(
        PlaceMark(start, end, place.country, place.kind, "plain") for start, end, place in found if place.country
    )


def _found(tree: NameTree, text: Folded) -> Iterator[tuple[int, int, Place]]:
    flat = text.flat if text.flat.isascii() else text.flat.translate(SIMPLE)
    tokens, at, past = text.tokens, 0, 0
    while at < len(tokens):
        token = tokens[at]
        if token.start < past:
            at += 1
            continue
        if token.script == "cjk":
            signs = signs_at(tree, flat, token.start)
            if signs is not None:
                past = signs[1]
                yield token.start, past, signs[0]
        else:
            words = words_at(tree, tokens, at)
            if words is not None:
                past = tokens[words[1] - 1].end
                yield token.start, past, words[0]
        at += 1
