"""What a place is to a deal, from the words of its clause."""

from __future__ import annotations

from typing import Literal, NamedTuple

from coercivity.intake.words.places.row import UnitRow
from coercivity.intake.words.results import Strength

Relation = Literal["from", "to", "at", "people_from", "recipient", "origin", "via", "former", "other", "plain"]
_HEADS = ("recipient", "people", "crew", "shipper", "site", "goods", "plain")
_NOUNS = ("recipient", "people", "crew", "shipper", "site", "access", "made")
_PREPOSITIONS = ("via", "from", "to", "at", "for", "with", "by", "of")
_LABELS: tuple[tuple[str, Relation], ...] = (
    ("label_from", "from"),
    ("label_to", "to"),
    ("label_recipient", "recipient"),
    ("label_at", "at"),
    ("label_people", "people_from"),
)
_BESIDE: dict[str, Relation] = {
    "recipient": "recipient",
    "people": "people_from",
    "crew": "people_from",
    "shipper": "from",
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
_EXPERIENCE = frozenset(("experience", "background", "erfahrung"))
_FAR, _LINE = 8, 40
_PRONOUNS = frozenset(("i", "we", "he", "she", "they", "you", "ich", "wir", "er", "sie"))
_GENTLE = frozenset("aeiou")


class Finding(NamedTuple):
    """A relation, how strongly it is told, and by which words."""

    relation: Relation
    strength: Strength = "stated"
    cue: str = ""


PLAIN = Finding("plain")


def relation_of(row: UnitRow, at: int, earlier: Finding | None) -> Finding:
    """Returns the relation of a place of a text in Latin letters.

    Args:
        row: The text.
        at: Unit of the place.
        earlier: What was found for the place before it, which a list and a city with its country share.
    """
    found = _stated(row, at, earlier)
    if found.relation in ("people_from", "at", "from", "origin", "plain") and (word := _former(row, at)):
        return Finding("former", "suggested", word)
    return found


def _stated(row: UnitRow, at: int, earlier: Finding | None) -> Finding:
    if row.arrow(at):
        return Finding("to", cue="->")
    if _arrow_after(row, at):
        return Finding("from", cue="->")
    head, named = _head(row, at)
    before = _before(row, at)
    preposition = _preposition(row, at, before)
    if preposition:
        found = _AFTER[preposition](row, at, before, head)
        return found if found.cue else found._replace(cue=named or row.units[before].key)
    label = _label(row, before)
    if label is not None and not (head in ("people", "crew", "recipient") and label.relation != "people_from"):
        return label
    if earlier is not None and earlier.relation != "plain" and head in ("", "site") and _in_list(row, at):
        return earlier
    if head:
        return _by_head(row, at, head)._replace(cue=named)
    return _beside(row, before) or _line(row, at) or _named(row, at, before)


def _former(row: UnitRow, at: int) -> str:
    """Returns the word that tells that persons once worked at a place."""
    for back in range(at - 1, max(-1, at - 6), -1):
        if row.gap(back + 1):
            break
        if "former" in row.units[back].classes:
            return row.units[back].key
    for ahead in range(at + 1, min(at + 5, len(row.units))):
        if row.gap(ahead):
            break
        if row.units[ahead].key in _EXPERIENCE:
            return row.units[ahead].key
    return ""


def _before(row: UnitRow, at: int) -> int:
    """Returns the first unit before a place that may not stand between a preposition and a place, or -1."""
    back = at - 1
    for _ in range(5):
        if back < 0 or row.gap(back + 1):
            break
        classes = row.units[back].classes
        if "skip" not in classes or (classes & {"to"} and not _article(row, back, at)):
            break
        back -= 1
    return back if back >= 0 and row.gap(back + 1) < 2 else -1


def _article(row: UnitRow, back: int, at: int) -> bool:
    """Returns whether `an` is the English article: it is next to a vowel."""
    return back == at - 1 and row.units[at].key[:1] in _GENTLE and row.units[at].place is not None


def _preposition(row: UnitRow, at: int, before: int) -> str:
    if before < 0 or row.gap(before + 1):
        return ""
    unit = row.units[before]
    if unit.place is not None or (unit.key in ("ab", "ex") and row.number(at)):
        return ""
    if unit.classes & {"sale_from", "sale_to"}:
        return "from" if "sale_from" in unit.classes else "to"
    return next((name for name in _PREPOSITIONS if name in unit.classes), "")


def _head(row: UnitRow, at: int) -> tuple[str, str]:
    """Returns the class of the noun that a nationality or place is attribute of, and the noun."""
    found: dict[str, str] = {}
    for ahead in range(at + 1, min(at + 6, len(row.units))):
        unit = row.units[ahead]
        if unit.place is not None and ahead == at + 1 and row.between(ahead).strip() == ",":
            continue  # the country or state of a city
        if row.gap(ahead) or unit.place is not None or not unit.latin:
            break
        classes = unit.classes
        if "plain" in classes and not found:
            return "plain", unit.key
        names = [name for name in _HEADS[:-1] if name in classes]
        if not names and classes & {"stop", "from", "to", "at", "for", "with", "by", "travel", "teach", "access"}:
            break
        for name in names:
            found[name] = unit.key
        if not names and found and not row.number(ahead):
            break
        if not names and any(sign.isdigit() for sign in unit.key) and any(sign.isalpha() for sign in unit.key):
            found.setdefault("goods", unit.key)  # a grade or a part number
    if found and found.get("goods") and next(iter(found)) == "goods" and row.units[at].latin and _german(row, at):
        return "goods", found["goods"]
    return next(((name, found[name]) for name in _HEADS if name in found), ("", ""))


def _german(row: UnitRow, at: int) -> bool:
    """Returns whether the next word is a German noun: its noun follows an adjective at once."""
    return row.units[at].key.endswith(("ische", "ischen", "ischer", "isches", "ischem", "deutsche", "deutschen"))


def _arrow_after(row: UnitRow, at: int) -> bool:
    for ahead in range(at + 1, min(at + 7, len(row.units))):
        if row.arrow(ahead):
            return True
        if row.gap(ahead) or row.units[ahead].place is not None:
            return False
    return False


class _Noun(NamedTuple):
    name: str = ""
    at: int = -1
    travel: bool = False


def _noun(row: UnitRow, preposition: int, names: tuple[str, ...] = _NOUNS, unknown: int = 1) -> _Noun:
    """Returns the noun before a preposition, with few unknown words between, more of them after a verb of travel."""
    travel, missed = False, 0
    for back in range(preposition - 1, max(-1, preposition - _FAR), -1):
        signs = row.between(back + 1)
        if row.gap(back + 1) == 2 or (row.gap(back + 1) and not set(signs) & set("()")):
            break
        unit = row.units[back]
        name = next((name for name in names if name in unit.classes), "")
        if unit.place is not None:
            break
        if name and (not missed or travel or name == "access"):
            return _Noun(name, back, travel)
        if "travel" in unit.classes:
            travel = True
        elif not unit.classes & {"skip", "at"} and not row.number(back):
            missed += 1
            if missed > (3 if travel else unknown) and not (missed == 2 and row.capital(back)):
                break
    return _Noun(travel=travel)


def _taught(row: UnitRow, at: int) -> bool:
    """Returns whether the persons at a unit are taught or visit: a word of teaching precedes them."""
    for back in range(at - 1, max(-1, at - 6), -1):
        classes = row.units[back].classes
        if row.gap(back + 1) == 2 or classes & {"by", "people", "shipper"}:
            return False
        if "teach" in classes:
            return True
    return False


def _persons(row: UnitRow, at: int, cue: str) -> Finding:
    return Finding("recipient" if _taught(row, at) else "people_from", cue=cue)


def _after_from(row: UnitRow, at: int, before: int, head: str) -> Finding:
    if head in ("people", "crew"):
        return _persons(row, at, "")
    if head in ("goods", "plain"):
        return Finding(_BESIDE[head])
    noun = _noun(row, before)
    cue = row.units[noun.at].key if noun.name else ""
    if noun.name in ("people", "crew") and head != "recipient":
        return _persons(row, noun.at, cue)
    if noun.name == "recipient":
        return Finding("recipient", cue=cue)
    if noun.name == "access":
        return Finding("to", cue=cue)
    if noun.name == "made":
        return Finding("origin", cue=cue)
    if _titled(row, before):
        return Finding("people_from", cue=row.units[before].key)
    return Finding("from")


def _titled(row: UnitRow, at: int) -> bool:
    """Returns whether a person with a title precedes a unit."""
    return any("person" in row.units[back].classes for back in range(max(0, at - 3), at) if not row.gap(back + 1))


def _after_to(row: UnitRow, at: int, before: int, head: str) -> Finding:
    if head in ("goods", "plain"):
        return Finding(_BESIDE[head])
    if head in ("people", "crew"):
        return Finding("recipient")
    travels = people = goods = False
    for back in range(before - 1, max(-1, before - 12), -1):
        if row.gap(back + 1) == 2:
            break
        unit = row.units[back]
        travels = travels or "travel" in unit.classes
        people = people or bool(unit.classes & {"people", "crew"}) or unit.key in _PRONOUNS
        goods = goods or "goods" in unit.classes
    if travels and (people or not goods):
        return Finding("at", cue="travel")
    return Finding("to")


def _after_at(row: UnitRow, at: int, before: int, head: str) -> Finding:
    if head in ("people", "crew"):
        return _persons(row, at, "")
    if head in ("goods", "plain"):
        return Finding(_BESIDE[head])
    noun = _noun(row, before)
    cue = row.units[noun.at].key if noun.name else ""
    if noun.name == "made":
        return Finding("origin", cue=cue)
    if noun.name not in ("recipient", "shipper", "site"):
        return Finding("at", cue=cue)
    governing = _governing(row, noun.at)
    if governing == "from" or (governing == "of" and noun.name == "shipper"):
        outer = _noun(row, noun.at - 1 - max(0, _steps(row, noun.at)), ("people", "crew"), 2)
        return _persons(row, outer.at, row.units[outer.at].key) if outer.name else Finding("from", cue=cue)
    if governing == "to":
        return Finding("to", cue=cue)
    if noun.name == "recipient":
        return Finding("recipient", cue=cue)
    if noun.name == "shipper":
        return Finding("from", cue=cue)
    return Finding("at", cue=cue)


def _steps(row: UnitRow, noun: int) -> int:
    """Returns how many units before a noun its preposition stands."""
    for step in range(4):
        back = noun - 1 - step
        if back < 0 or row.gap(back + 1) or row.units[back].place is not None:
            return -1
        if row.units[back].classes & _GOVERNING.keys():
            return step
    return -1


def _governing(row: UnitRow, noun: int) -> str:
    """Returns the preposition of a noun, or of nothing."""
    step = _steps(row, noun)
    if step < 0:
        return ""
    classes = row.units[noun - 1 - step].classes
    return next(relation for name, relation in _GOVERNING.items() if name in classes)


def _after_for(row: UnitRow, at: int, before: int, head: str) -> Finding:
    if head in ("people", "crew"):
        return _persons(row, at, "")
    return Finding({"recipient": "recipient", "goods": "origin", "plain": "other"}.get(head, "to"))  # type: ignore[arg-type]


def _after_with(row: UnitRow, at: int, before: int, head: str) -> Finding:
    return Finding(_BESIDE.get(head, "plain"))


def _after_by(row: UnitRow, at: int, before: int, head: str) -> Finding:
    return Finding("recipient" if head in ("recipient", "site") else _BESIDE.get(head, "plain"))


def _after_of(row: UnitRow, at: int, before: int, head: str) -> Finding:
    noun = _noun(row, before, ("recipient", "people", "crew", "teach", "shipper", "site"))
    if head in ("people", "crew"):
        return _persons(row, at, "")
    if head:
        return Finding(_BESIDE[head])
    if noun.name in ("people", "crew"):
        return _persons(row, noun.at, row.units[noun.at].key)
    return Finding(_BESIDE.get(noun.name, "plain"), cue=row.units[noun.at].key if noun.name else "")


def _after_via(row: UnitRow, at: int, before: int, head: str) -> Finding:
    return Finding("via")


_AFTER = {
    "from": _after_from,
    "to": _after_to,
    "at": _after_at,
    "for": _after_for,
    "with": _after_with,
    "by": _after_by,
    "of": _after_of,
    "via": _after_via,
}


def _by_head(row: UnitRow, at: int, head: str) -> Finding:
    if head in ("people", "crew"):
        return _persons(row, at, "")
    kind = row.units[at].place.kind if row.units[at].place is not None else ""  # type: ignore[union-attr]
    if head == "goods" and kind not in ("country", "demonym"):
        return PLAIN
    return Finding(_BESIDE[head])


def _label(row: UnitRow, before: int) -> Finding | None:
    """Returns what a label right before a place says: `licensor Ganzhou`, `Destination: Thailand`."""
    if before < 0 or row.between(before + 1).strip() not in ("", ":", "=", ":-"):
        return None
    unit = row.units[before]
    if "made" in unit.classes:
        return Finding("origin", cue=unit.key)
    for name, relation in _LABELS:
        if name in unit.classes:
            governing = _governing(row, before) if relation == "at" else ""
            return Finding({"from": "from", "to": "to"}.get(governing, relation), cue=unit.key)  # type: ignore[arg-type]
    return None


def _in_list(row: UnitRow, at: int) -> bool:
    """Returns whether a place goes on a list, or is the country of the city before it."""
    signs = row.between(at).strip()
    if at and row.units[at - 1].place is not None and row.gap(at) < 2:
        return signs in ("", ",", "(", "/", "&", "+", "、", "-")
    joined = at > 1 and row.units[at - 1].key in ("and", "und", "or", "oder", "bzw")
    return joined and row.units[at - 2].place is not None and not row.gap(at)


def _beside(row: UnitRow, before: int) -> Finding | None:
    """Returns what a noun beside a place says: `delegation (India`, `customer Hanoi`, `technician, Ningbo`."""
    if before < 0 or row.units[before].place is not None:
        return None
    signs = row.between(before + 1).strip()
    name = next((name for name in _HEADS[:5] if name in row.units[before].classes), "")
    if signs not in ("", "(", ",", "-", "–", ".") or not name:
        return None
    cue = row.units[before].key
    if name in ("people", "crew"):
        return _persons(row, before, cue)
    governing = _governing(row, before)
    if governing in ("from", "to") and not signs:
        return Finding("from" if governing == "from" else "to", cue=cue)
    return Finding(_BESIDE[name], cue=cue)


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


def _named(row: UnitRow, at: int, before: int) -> Finding:
    """Returns what a name before a place or a number says: `by Zhang, Ganzhou`, `two Chinese`."""
    if before > 0 and row.between(at).strip() == "," and "by" in row.units[before - 1].classes and row.capital(before):
        return Finding("from", cue="by")
    place = row.units[at].place
    counted = (
        at > 0 and not row.gap(at) and (row.number(at - 1) or row.units[at - 1].key in ("two", "three", "zwei", "drei"))
    )
    if place is not None and place.kind == "demonym" and counted:
        return Finding("people_from", cue=row.units[at - 1].key)
    return PLAIN
