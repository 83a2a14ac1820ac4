"""What a preposition before a place says, with the nouns around it."""

from __future__ import annotations

from collections.abc import Callable

from coercivity.intake.words.places.nouns import (
    CHINA,
    PERSONS,
    Finding,
    beside,
    country_of,
    governing,
    head_of,
    noun_before,
    persons,
)
from coercivity.intake.words.places.row import UnitRow

_NAMES = ("via", "from", "to", "at", "for", "with", "by", "of")
_VOWELS = frozenset("aeiou")
_CLAUSE = 12
_REMOTE = frozenset(("remote", "remotely", "vpn"))
_EVENTS = frozenset(("messe", "fair", "exhibition", "ausstellung"))


def unit_before(row: UnitRow, at: int) -> int:
    """Returns the first unit before a place that does not belong between a preposition and a place, or -1."""
    back = at - 1
    for _ in range(5):
        if back < 0 or row.gap(back + 1):
            break
        classes = row.units[back].classes
        if "skip" not in classes or ("to" in classes and not _article(row, back, at)):
            break
        back -= 1
    return back if back >= 0 and row.gap(back + 1) < 2 else -1


def _article(row: UnitRow, back: int, at: int) -> bool:
    """Returns whether `an` is the English article: it is next to a vowel."""
    return back == at - 1 and row.units[at].key[:1] in _VOWELS and row.units[at].place is not None


def preposition(row: UnitRow, at: int, before: int) -> str:
    """Returns the class of the preposition at the unit before a place; blank if it is none."""
    if before < 0 or row.gap(before + 1):
        return ""
    unit = row.units[before]
    if unit.place is not None or (unit.key in ("ab", "ex") and row.number(at)):
        return ""
    if unit.classes & {"sale_from", "sale_to"}:
        return "from" if "sale_from" in unit.classes else "to"
    return next((name for name in _NAMES if name in unit.classes), "")


def by_preposition(row: UnitRow, at: int, before: int, name: str) -> Finding:
    """Returns what a preposition and the nouns around it say.

    Args:
        row: The text.
        at: Unit of the place.
        before: Unit of the preposition.
        name: Class of the preposition.
    """
    head, named = head_of(row, at)
    place = row.units[at].place
    if head == "goods" and place is not None and place.kind != "demonym":
        head, named = "", ""
    if head in ("goods", "plain"):
        return Finding(beside(row, at, head), cue=named)
    found = _AFTER[name](row, at, before, head)
    if not head and place is not None and place.kind == "demonym" and found.relation in ("from", "to", "at"):
        return Finding("other", cue=row.units[before].key)  # a language: in Chinese
    return found if found.cue else found._replace(cue=named or row.units[before].key)


def _from(row: UnitRow, at: int, before: int, head: str) -> Finding:
    if head in PERSONS:
        return persons(row, at, "")
    noun = noun_before(row, before)
    cue = row.units[noun.at].key if noun.name else ""
    if noun.name in PERSONS and head != "recipient":
        return persons(row, noun.at, cue)._replace(cue=cue)
    if noun.name == "recipient" or (before and "visit" in row.units[before - 1].classes and not row.gap(before)):
        return Finding("recipient", cue=cue or row.units[before - 1].key)
    if noun.name == "access" and not _onward(row, at, noun.at):
        return Finding("to", cue=cue)
    ordered = noun_before(row, before, ("order",), 0)
    if ordered.name and head in ("", "recipient") and country_of(row, at) != CHINA:
        return Finding("recipient", cue=row.units[ordered.at].key)
    if noun.name == "made":
        return Finding("origin", cue=cue)
    titled = any(
        "person" in row.units[back].classes for back in range(max(0, before - 3), before) if not row.gap(back + 1)
    )
    return Finding("people_from" if titled and not head else "from")


def _onward(row: UnitRow, at: int, noun: int) -> bool:
    """Returns whether access goes on to another place, or is remote work: `remote access from Ningbo to the line`."""
    if noun and row.units[noun - 1].key in _REMOTE:
        return True
    ahead = row.units[at + 1] if at + 1 < len(row.units) and not row.gap(at + 1) else None
    return ahead is not None and "to" in ahead.classes


def _to(row: UnitRow, at: int, before: int, head: str) -> Finding:
    if head in PERSONS:
        return Finding("recipient")
    travels = sends = people = goods = False
    for back in range(before - 1, max(-1, before - _CLAUSE), -1):
        if row.gap(back + 1) == 2:
            break
        unit = row.units[back]
        travels = travels or "travel" in unit.classes
        sends = sends or "sends" in unit.classes
        people = people or bool(unit.classes & {"people", "crew", "person"})
        goods = goods or "goods" in unit.classes
    if (travels and (people or not goods)) or (sends and people):
        return Finding("at", cue="travel")
    return Finding("to")


def _at(row: UnitRow, at: int, before: int, head: str) -> Finding:
    if head in PERSONS:
        return persons(row, at, "")
    noun = noun_before(row, before)
    cue = row.units[noun.at].key if noun.name else ""
    made = at + 1 < len(row.units) and not row.gap(at + 1) and "made" in row.units[at + 1].classes
    if noun.name == "made" or made:
        return Finding("origin", cue=cue or row.units[at + 1].key)
    if cue in _EVENTS:
        return Finding("at", cue=cue)
    loading = row.units[before - 1].classes & {"label_from", "label_to"} if before and not row.gap(before) else None
    if loading and not noun.name:
        return Finding("from" if "label_from" in loading else "to", cue=row.units[before - 1].key)
    if noun.name in PERSONS and governing(row, noun.at)[0] == "to":
        return Finding("to", cue=cue)
    if noun.name not in ("recipient", "shipper", "company", "stock", "site"):
        return Finding("at", cue=cue)
    name, outer = governing(row, noun.at)
    if name == "from" or (name == "of" and noun.name in ("shipper", "company")):
        whose = noun_before(row, outer, PERSONS, 2)
        return persons(row, whose.at, row.units[whose.at].key) if whose.name else Finding("from", cue=cue)
    if name == "to":
        return Finding("to", cue=cue)
    if name == "for" and noun.name in ("shipper", "company") and country_of(row, at) != CHINA:
        return Finding("recipient", cue=cue)
    return Finding(beside(row, at, noun.name), cue=cue)


def _for(row: UnitRow, at: int, before: int, head: str) -> Finding:
    if head in PERSONS:
        return persons(row, at, "") if country_of(row, at) == CHINA else Finding("recipient")
    return Finding("recipient" if head in ("recipient", "company") else "to")


def _with(row: UnitRow, at: int, before: int, head: str) -> Finding:
    return persons(row, at, "") if head in PERSONS else Finding(beside(row, at, head))


def _by(row: UnitRow, at: int, before: int, head: str) -> Finding:
    if head == "site":
        return Finding("from" if country_of(row, at) == CHINA else "recipient")
    return Finding("recipient" if head == "recipient" else beside(row, at, head))


def _of(row: UnitRow, at: int, before: int, head: str) -> Finding:
    if head in PERSONS:
        return persons(row, at, "")
    if head:
        return Finding(beside(row, at, head))
    noun = noun_before(row, before, ("recipient", "people", "crew", "shipper", "company", "stock", "site"))
    if noun.name in PERSONS:
        return persons(row, noun.at, row.units[noun.at].key)
    return Finding(beside(row, at, noun.name), cue=row.units[noun.at].key if noun.name else "")


def _via(row: UnitRow, at: int, before: int, head: str) -> Finding:
    return Finding("via")


_AFTER: dict[str, Callable[[UnitRow, int, int, str], Finding]] = {
    "from": _from,
    "to": _to,
    "at": _at,
    "for": _for,
    "with": _with,
    "by": _by,
    "of": _of,
    "via": _via,
}
