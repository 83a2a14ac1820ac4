"""What a place is to a deal, from the words of its clause."""

from __future__ import annotations

from coercivity.intake.words.places.nouns import (
    CHINA,
    PERSONS,
    PLAIN,
    Finding,
    Relation,
    beside,
    country_of,
    governing,
    head_of,
    persons,
)
from coercivity.intake.words.places.prepositions import by_preposition, preposition, unit_before
from coercivity.intake.words.places.row import UnitRow

_LABELS: tuple[tuple[str, Relation], ...] = (
    ("made", "origin"),
    ("label_from", "from"),
    ("label_to", "to"),
    ("label_recipient", "recipient"),
    ("label_at", "at"),
    ("label_people", "people_from"),
)
_EXPERIENCE = frozenset(("experience", "background", "erfahrung"))
_NUMBERS = frozenset(
    ("two", "three", "four", "five", "six", "zwei", "drei", "vier", "fünf", "sechs", "several", "mehrere")
)
_DASHES = frozenset("-–—")
_AND = frozenset(("and", "und", "or", "oder", "bzw"))
_LINE = 40


def relation_of(row: UnitRow, at: int, earlier: Finding | None) -> Finding:
    """Returns the relation of a place of a text in Latin letters.

    Args:
        row: The text.
        at: Unit of the place.
        earlier: What was found for the place before it, which a list and a city with its country share.
    """
    denial = _denied(row, at)
    if denial:
        return Finding("other", cue=denial)
    found = _stated(row, at, earlier)
    place = row.units[at].place
    if found.relation == "plain" and place is not None and place.kind == "demonym":
        return found._replace(relation="other")
    if found.relation in ("people_from", "at", "from", "origin", "plain") and (word := _former(row, at)):
        return Finding("former", "suggested", word)
    return found


def _denied(row: UnitRow, at: int) -> str:
    """Returns the word that denies a place: `not from China`, `outside China`, `no Chinese material`."""
    for back in range(at - 1, max(-1, at - 4), -1):
        if row.gap(back + 1) or row.units[back].place is not None:
            break
        if "denial" in row.units[back].classes and not row.between(back + 1).startswith("."):
            return row.units[back].key
    return ""


def _stated(row: UnitRow, at: int, earlier: Finding | None) -> Finding:
    if row.arrow(at):
        return Finding("to", cue="->")
    if _arrow_after(row, at):
        return Finding("from", cue="->")
    before = unit_before(row, at)
    name = preposition(row, at, before)
    if name:
        return by_preposition(row, at, before, name)
    head, named = head_of(row, at)
    label = _label(row, before)
    if label is not None and not (head in (*PERSONS, "recipient") and label.relation != "people_from"):
        return label
    if earlier is not None and earlier.relation == "from" and _led(row, at):
        return Finding("to", cue=earlier.cue)
    if earlier is not None and earlier.relation != "plain" and head in ("", "site", "stock") and _in_list(row, at):
        return earlier
    if head:
        return _by_head(row, at, head, named)
    return _leg(row, at) or _noun_beside(row, at, before) or _line(row, at) or _named(row, at)


def _former(row: UnitRow, at: int) -> str:
    """Returns the word that tells that persons once worked at a place; a nationality they keep."""
    place = row.units[at].place
    keeps = (
        place is not None
        and place.kind == "demonym"
        and head_of(row, at)[0] in ("", "people", "crew", "recipient", "goods")
    )
    for back in range(at - 1, max(-1, at - 6), -1):
        if keeps or row.gap(back + 1) or row.units[back].place is not None:
            break
        if "former" in row.units[back].classes and not _ex_works(row, at, back):
            return row.units[back].key
    for ahead in range(at + 1, min(at + 5, len(row.units))):
        if row.gap(ahead):
            break
        if row.units[ahead].key in _EXPERIENCE:
            return row.units[ahead].key
    return ""


def _ex_works(row: UnitRow, at: int, back: int) -> bool:
    """Returns whether `ex` before a place names it as the place of delivery: nobody comes from there."""
    return back == at - 1 and "from" in row.units[back].classes and head_of(row, at)[0] not in PERSONS


def _by_head(row: UnitRow, at: int, head: str, named: str) -> Finding:
    if head in PERSONS:
        return persons(row, at, named)
    place = row.units[at].place
    if head == "goods" and (place is None or place.kind in ("city", "region")):
        return PLAIN
    return Finding(beside(row, at, head), cue=named)


def _arrow_after(row: UnitRow, at: int) -> bool:
    for ahead in range(at + 1, min(at + 7, len(row.units))):
        if row.arrow(ahead):
            return True
        if row.gap(ahead) or row.units[ahead].place is not None:
            return False
    return False


def _label(row: UnitRow, before: int) -> Finding | None:
    """Returns what a label right before a place says: `licensor Ganzhou`, `Destination: Thailand`, `From: Perth`."""
    signs = row.between(before + 1).strip() if before >= 0 else "?"
    if signs not in ("", ":", "=", ":-"):
        return None
    unit = row.units[before]
    for name, relation in _LABELS:
        if name in unit.classes:
            outer = governing(row, before)[0] if relation == "at" else ""
            return Finding(outer if outer in ("from", "to") else relation, cue=unit.key)  # type: ignore[arg-type] # a relation of the table
    if signs and unit.classes & {"from", "to"}:
        return Finding("from" if "from" in unit.classes else "to", cue=unit.key)
    return None


def _in_list(row: UnitRow, at: int) -> bool:
    """Returns whether a place goes on a list, or is the country of the city before it."""
    signs = row.between(at).strip()
    if at and row.units[at - 1].place is not None and row.gap(at) < 2:
        return signs in ("", ",", "(", "/", "&", "+", "、", "-")
    joined = at > 1 and row.units[at - 1].key in _AND
    return joined and row.units[at - 2].place is not None and not row.gap(at)


def _noun_beside(row: UnitRow, at: int, before: int) -> Finding | None:
    """Returns what a noun beside a place says: `delegation (India`, `customer Hanoi`, `technician, Ningbo`."""
    if before < 0 or row.units[before].place is not None:
        return None
    signs, unit = row.between(before + 1).strip(), row.units[before]
    name = next(
        (name for name in ("recipient", *PERSONS, "shipper", "company", "stock", "site") if name in unit.classes), ""
    )
    if signs not in ("", "(", ",", "-", "–", ".") or not name:
        return None
    if name in PERSONS:
        elsewhere = signs == "," and country_of(row, at) != CHINA
        return Finding("at", cue=unit.key) if elsewhere else persons(row, before, unit.key)
    outer = governing(row, before)[0]
    if outer in ("from", "to") and not signs:
        return Finding("from" if outer == "from" else "to", cue=unit.key)
    return Finding(beside(row, at, name), cue=unit.key)


def _line(row: UnitRow, at: int) -> Finding | None:
    """Returns what the label that begins the line of a place says: `Shipper: Example Magnetics, Ningbo`."""
    for back in range(at - 1, max(-1, at - _LINE), -1):
        signs = row.between(back + 1)
        if "\n" in signs or ";" in signs:
            return None
        if ":" in signs:
            for name, relation in _LABELS:
                if name in row.units[back].classes:
                    return Finding(relation, cue=row.units[back].key)
            return None
    return None


def _led(row: UnitRow, at: int) -> bool:
    """Returns whether a dash leads from a place to this one, or a stroke between two codes."""
    if not at or row.units[at - 1].place is None:
        return False
    signs = row.between(at).strip()
    return signs in _DASHES or (signs == "/" and row.raw(at - 1).isupper() and row.raw(at).isupper())


def _leg(row: UnitRow, at: int) -> Finding | None:
    """Returns which end of a leg a place is: `Ningbo to Hamburg`, `PVG-FRA`."""
    units = row.units
    if at + 1 >= len(units) or row.gap(at + 1) == 2:
        return None
    ahead, after = units[at + 1], row.between(at + 1).strip()
    if ahead.place is not None:
        return Finding("from", cue=after) if _led(row, at + 1) and ahead.place.kind != "demonym" else None
    far = at + 2 < len(units) and units[at + 2].place is not None and not row.gap(at + 2)
    return Finding("from", cue=ahead.key) if far and "to" in ahead.classes and not row.gap(at + 1) else None


def _company(row: UnitRow, at: int) -> Finding | None:
    """Returns what the preposition before the name of a person or company says: `by Zhang`, `for Messrs. Example`."""
    for back in range(at - 1, max(-1, at - 6), -1):
        unit = row.units[back]
        if "by" in unit.classes or "from" in unit.classes:
            return Finding("from", cue=unit.key) if back < at - 1 else None
        if unit.classes & {"to", "for"}:
            return Finding("to", cue=unit.key) if back < at - 1 else None
        if not row.capital(back) or (back < at - 1 and row.between(back + 1).strip(" .&")):
            return None
    return None


def _named(row: UnitRow, at: int) -> Finding:
    """Returns what a name before a place or a number says: `by Zhang, Ganzhou`, `two Chinese`."""
    sender = _company(row, at) if row.between(at).strip() in (",", "(", "/") else None
    if sender is not None:
        return sender
    place = row.units[at].place
    counted = at > 0 and not row.gap(at) and (row.number(at - 1) or row.units[at - 1].key in _NUMBERS)
    if place is not None and place.kind == "demonym" and counted:
        return Finding("people_from", cue=row.units[at - 1].key)
    return PLAIN
