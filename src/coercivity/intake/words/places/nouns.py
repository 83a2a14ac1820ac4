"""Nouns beside a place: the one that it is attribute of, the one before its preposition, and what they say."""

from __future__ import annotations

from typing import Literal, NamedTuple

from coercivity.intake.words.places.row import UnitRow
from coercivity.intake.words.results import Strength

Relation = Literal["from", "to", "at", "people_from", "recipient", "origin", "via", "former", "other", "plain"]
PERSONS = ("people", "crew")
HEADS = ("recipient", "people", "crew", "shipper", "company", "stock", "site", "goods", "plain")
_NOUNS = ("recipient", "people", "crew", "shipper", "company", "stock", "site", "access", "made")
_BESIDE: dict[str, Relation] = {
    "recipient": "recipient",
    "people": "people_from",
    "crew": "people_from",
    "shipper": "from",
    "company": "recipient",
    "stock": "from",
    "site": "at",
    "goods": "origin",
    "plain": "other",
}
_GOVERNING = {
    "from": "from",
    "sale_from": "from",
    "to": "to",
    "sale_to": "to",
    "for": "for",
    "by": "by",
    "with": "with",
    "of": "of",
}
_ENDS_HEAD = frozenset(
    ("stop", "from", "to", "at", "for", "with", "by", "of", "via", "travel", "sends", "teach", "access")
)
CHINA = "CN"
_ATTRIBUTES = frozenset(("us", "hk"))  # codes that also stand before a noun
_FAR = 8


class Finding(NamedTuple):
    """A relation, how strongly it is told, and by which words."""

    relation: Relation
    strength: Strength = "stated"
    cue: str = ""


PLAIN = Finding("plain")


class Noun(NamedTuple):
    """A noun before a preposition: its class, its unit, and whether a verb of travel is between."""

    name: str = ""
    at: int = -1
    travel: bool = False


def country_of(row: UnitRow, at: int) -> str:
    """Returns the country of the place at a unit; blank if it names none."""
    place = row.units[at].place
    return place.country if place is not None else ""


def beside(row: UnitRow, at: int, name: str) -> Relation:
    """Returns what a noun of a class makes of the place beside it; a Chinese company rather sells than buys."""
    if name == "company" and country_of(row, at) == CHINA:
        return "from"
    return _BESIDE.get(name, "plain")


def head_of(row: UnitRow, at: int) -> tuple[str, str]:
    """Returns the class of the noun that a nationality or place is attribute of, and the noun."""
    found: dict[str, str] = {}
    place = row.units[at].place
    if place is not None and place.capitals and row.units[at].key not in _ATTRIBUTES:
        return "", ""
    for ahead in range(at + 1, min(at + 6, len(row.units))):
        unit = row.units[ahead]
        if (
            ahead == at + 1
            and unit.place is not None
            and unit.place.kind != "demonym"
            and row.between(ahead).strip() == ","
        ):
            continue  # the country or state of a city
        if row.gap(ahead) or unit.place is not None or not unit.latin:
            break
        if "plain" in unit.classes and not found:
            return "plain", unit.key
        names = [name for name in HEADS[:-1] if name in unit.classes]
        if not names and ((found and not row.number(ahead)) or unit.classes & _ENDS_HEAD):
            break
        for name in names:
            found[name] = unit.key
        if not names and not unit.key.isdigit() and any(sign.isdigit() for sign in unit.key):
            found.setdefault("goods", unit.key)  # a grade or a part number
    if next(iter(found), "") == "goods" and _german(row, at):
        return "goods", found["goods"]
    return next(((name, found[name]) for name in HEADS if name in found), ("", ""))


def _german(row: UnitRow, at: int) -> bool:
    """Returns whether a nationality is a German adjective, which its noun follows at once."""
    return row.units[at].key.endswith(("ische", "ischen", "ischer", "isches", "ischem", "deutsche", "deutschen"))


def noun_before(row: UnitRow, preposition: int, names: tuple[str, ...] = _NOUNS, unknown: int = 1) -> Noun:
    """Returns the noun before a preposition, with few unknown words between, more of them after a verb of travel."""
    travel, missed, named = False, 0, True
    for back in range(preposition - 1, max(-1, preposition - _FAR), -1):
        signs = row.between(back + 1)
        if row.gap(back + 1) == 2 or (row.gap(back + 1) and not set(signs) & set("()")):
            break
        unit = row.units[back]
        name = next((name for name in names if name in unit.classes), "")
        if unit.place is not None:
            break
        if name and (not missed or travel or name == "access" or (named and name in PERSONS)):
            return Noun(name, back, travel)
        if unit.classes & {"travel", "sends"}:
            travel = True
        elif not unit.classes & {"skip", "at"} and not row.number(back):
            missed += 1
            named = named and row.capital(back) and row.units[back].latin
            if missed > (3 if travel else unknown) and not (missed == 2 and row.capital(back)):
                break
    return Noun(travel=travel)


def persons(row: UnitRow, at: int, cue: str) -> Finding:
    """Returns whether the persons at a unit work or are taught."""
    teach = any("tutor" in unit.classes for unit in row.units[at : at + 4])
    return Finding("recipient" if not teach and (_taught(row, at) or _visit(row, at)) else "people_from", cue=cue)


def _taught(row: UnitRow, at: int) -> bool:
    """Returns whether a word of teaching precedes persons and nobody who teaches is between."""
    for back in range(at - 1, max(-1, at - 6), -1):
        classes = row.units[back].classes
        if row.gap(back + 1) == 2 or classes & {"by", "people", "shipper"}:
            return False
        if "teach" in classes:
            return True
    return False


def _visit(row: UnitRow, at: int) -> bool:
    """Returns whether foreign persons come to see or learn: `Thai operators visit`."""
    if country_of(row, at) in ("", CHINA):
        return False
    for ahead in range(at + 1, min(at + 6, len(row.units))):
        if row.gap(ahead) or row.units[ahead].place is not None:
            return False
        if "learn" in row.units[ahead].classes:
            return True
    return False


def _attribute(row: UnitRow, at: int) -> bool:
    """Returns whether a place is a nationality before a noun: `German`, `US`."""
    place = row.units[at].place
    return place is not None and (place.kind == "demonym" or row.units[at].key in _ATTRIBUTES)


def governing(row: UnitRow, noun: int) -> tuple[str, int]:
    """Returns the preposition of a noun and its unit; blank and the unit before the noun if it has none.

    A nationality between the two belongs to the noun: `to a US maker in Texas`.
    """
    for back in range(noun - 1, max(-1, noun - 5), -1):
        unit = row.units[back]
        if row.gap(back + 1) or (unit.place is not None and not _attribute(row, back)):
            break
        name = next((name for name in _GOVERNING if name in unit.classes), "")
        if name:
            return _GOVERNING[name], back
    return "", noun - 1
