"""Places and nationalities in a text, each with what it is to the deal."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from importlib.resources.abc import Traversable

from coercivity.base.errors import Faults
from coercivity.intake.words.lexicon.folded import Folded
from coercivity.intake.words.places.characters import finding_of, side_of
from coercivity.intake.words.places.cues import Classifier, Cues, read_cues
from coercivity.intake.words.places.finding import found_in
from coercivity.intake.words.places.names import (
    SIMPLE,
    NameTree,
    Place,
    PlaceKind,
    read_places,
    tree_of,
)
from coercivity.intake.words.places.nouns import PLAIN, Finding, Relation
from coercivity.intake.words.places.relations import relation_of
from coercivity.intake.words.places.row import UnitRow, row_of
from coercivity.intake.words.results import Strength

PLACES, PLACE_WORDS = "places.csv", "place_words.csv"
_CODE, _REACH, _RUN = 2, 20, 3
STATES = frozenset(
    (
        "AL",
        "AK",
        "AZ",
        "AR",
        "CA",
        "CO",
        "CT",
        "DE",
        "FL",
        "GA",
        "HI",
        "IA",
        "ID",
        "IL",
        "IN",
        "KS",
        "KY",
        "LA",
        "MA",
        "MD",
        "ME",
        "MI",
        "MN",
        "MO",
        "MS",
        "MT",
        "NC",
        "ND",
        "NE",
        "NH",
        "NJ",
        "NM",
        "NV",
        "NY",
        "OH",
        "OK",
        "OR",
        "PA",
        "RI",
        "SC",
        "SD",
        "TN",
        "TX",
        "UT",
        "VA",
        "VT",
        "WA",
        "WI",
        "WV",
        "WY",
        "DC",
    )
)


@dataclass(frozen=True, slots=True)
class PlaceMark:
    """A place or nationality that a text names.

    Attributes:
        start: Begin in the folded text.
        end: End in the folded text.
        country: ISO 3166 code.
        kind: What the name names.
        relation: What it is to the deal. `from`: goods, know-how or a provider come from it. `to`: they go to it.
            `at`: work is done or a plant is there, also the goal of a journey. `people_from`: persons who work or
            teach are of it. `recipient`: the customer, licensee, trainees or visitors are of it. `origin`: goods were
            made there. `via`: passed on the way. `former`: persons once worked there, which makes a nationality only
            likely. `other`: of a law, a language or a market, not of the deal. `plain`: named without any of these.
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
    """Names of places, and the words that tell relations.

    Attributes:
        names: Names.
        classifier: Tells what the words beside a name mean.
    """

    names: NameTree
    classifier: Classifier


def load_places(folder: Traversable) -> Places:
    """Loads the names and words of a folder.

    Args:
        folder: Folder with `places.csv` and `place_words.csv`.

    Raises:
        CoercivityError: With every error of both files.
    """
    faults = Faults()
    rows = list(read_places((folder / PLACES).read_text(encoding="utf-8"), PLACES, faults))
    cues = read_cues((folder / PLACE_WORDS).read_text(encoding="utf-8"), PLACE_WORDS, faults)
    faults.raise_if_any()
    return Places(tree_of(rows), Classifier(cues))


@lru_cache(maxsize=1)
def packed_places() -> Places:
    """Returns the names and words of the rulebook that comes with the program."""
    return load_places(resources.files("coercivity.packs") / "law" / "lexicon")


def marks_of_places(text: Folded, places: Places | None = None) -> tuple[PlaceMark, ...]:
    """Returns the places and nationalities of a text, in the order of the text.

    Args:
        text: The text, folded.
        places: Names and words; those of the program if None.
    """
    held = places or packed_places()
    flat = text.flat if text.flat.isascii() else text.flat.translate(SIMPLE)
    words = held.classifier.cues.short
    found = [one for one in found_in(held.names, words, text, flat) if one[2].country or one[2].several]
    if not found:
        return ()
    row = row_of(text, flat, found, held.classifier)
    return tuple(_marks(held.classifier.cues, row))


def _marks(cues: Cues, row: UnitRow) -> Iterator[PlaceMark]:
    spots = [at for at, unit in enumerate(row.units) if unit.place is not None]
    shouted = row.text.text.isupper()
    earlier: Finding | None = None
    country = ""
    for at in spots:
        unit = row.units[at]
        place = unit.place
        assert place is not None
        beside = bool(at) and row.units[at - 1].place is not None and row.gap(at) < 2
        before, country = country if beside else "", _country(row, at, place, country if beside else "")
        named = bool(at) and "person" in row.units[at - 1].classes and not row.gap(at)
        if not country or named or (place.capitals and before == "US" and row.raw(at) in STATES):
            earlier = None
            continue
        earlier = _relation(cues, row, at, earlier)
        if not _doubted(row, at, place, earlier, shouted):
            yield PlaceMark(unit.start, unit.end, country, place.kind, *earlier)


def _relation(cues: Cues, row: UnitRow, at: int, earlier: Finding | None) -> Finding:
    """Returns the relation by the signs beside the place: characters, or words."""
    unit, units = row.units[at], row.units
    assert unit.place is not None
    first, last = at, at
    while not unit.latin and first and at - first < _RUN and _continues(row, first):
        first -= 1
    while not unit.latin and last + 1 < len(units) and last - at < _RUN and _continues(row, last + 1):
        last += 1
    if first < at and earlier is not None and earlier.relation != "plain":
        return earlier
    found = PLAIN
    if not unit.latin or not all(units[other].latin for other in (at - 1, at + 1) if 0 <= other < len(units)):
        past = next((units[back].end for back in range(first - 1, max(-1, first - _REACH), -1) if units[back].place), 0)
        ahead = next((one.start for one in units[last + 1 : last + _REACH] if one.place), len(row.flat))
        found = finding_of(cues, row.flat, units[first].start, units[last].end, past, ahead, unit.place)
    if found.relation == "plain":
        found = relation_of(row, at, earlier)
    if found.relation in ("plain", "other") and not found.cue and not unit.latin:
        found = side_of(row.flat, unit.end, unit.place.country)
    return found


def _continues(row: UnitRow, at: int) -> bool:
    """Returns whether a place goes on the one before it: 泰国春武里府."""
    before, place = row.units[at - 1].place, row.units[at].place
    same = before is not None and place is not None and before.country == place.country
    return same and row.between(at) == "" and not row.units[at].latin


def _country(row: UnitRow, at: int, place: Place, before: str) -> str:
    """Returns the country of a place: of places that bear the name, the one of the country or state named beside it."""
    if (place.several or place.others) and at + 1 < len(row.units) and row.gap(at + 1) < 2:
        signs, after = row.between(at + 1).strip(), row.units[at + 1].place
        if signs in (",", "(", "/", "-", "") and after is not None and (place.several or after.country in place.others):
            return after.country
        if signs == "," and row.raw(at + 1) in STATES and (place.several or "US" in place.others):
            return "US"
    return before if place.several else place.country


def _doubted(row: UnitRow, at: int, place: Place, found: Finding, shouted: bool) -> bool:
    """Returns whether a name is rather an ordinary word or another code here."""
    if place.capitals:
        return found.relation == "plain" and (shouted or place.kind != "country" or len(row.raw(at)) == _CODE)
    if not place.word:
        return False
    if not row.units[at].latin:
        return found.relation == "plain"
    if place.kind == "demonym":
        begins = not at or row.gap(at) == 2
        return not found.cue or (begins and found.relation == "origin")
    beside = (
        at + 1 < len(row.units) and row.between(at + 1).strip() in (",", "(") and row.units[at + 1].place is not None
    )
    return not (found.cue or beside) or found.relation in ("plain", "other", "people_from")
