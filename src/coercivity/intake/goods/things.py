"""The facts that the words for an item state together."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Literal

from coercivity.data.catalogue import FactCatalogue
from coercivity.data.values import FactValue, SetValue
from coercivity.intake.goods.phrases import Phrase

RARE_EARTHS = frozenset(re.findall("[A-Z][a-z]?", "ScYLaCePrNdPmSmEuGdTbDyHoErTmYbLu"))
# The form on the left is the item if one on the right is next to it: alloy for magnets, target of an oxide.
_BEATS: Mapping[str, frozenset[str]] = {
    "technology": frozenset(
        ("magnet", "magnet_powder", "alloy", "metal", "oxide", "equipment", "finished_good", "assembly")
    ),
    "scrap": frozenset(("magnet", "magnet_powder", "alloy", "metal", "oxide", "compound", "target")),
    "equipment": frozenset(("magnet", "magnet_powder", "alloy", "metal")),
    "target": frozenset(("alloy", "metal", "oxide", "compound")),
    "mixture": frozenset(("metal", "oxide", "compound")),
    "functional_material": frozenset(("metal", "oxide", "compound", "alloy")),
    "magnet_powder": frozenset(("magnet", "alloy")),
    "alloy": frozenset(("magnet", "metal")),
}
_MAGNETIC = frozenset(("magnet", "magnet_powder", "scrap", "component", "assembly", "finished_good", "technology", ""))
_SYSTEMS = {"alloy": "alloy_system", "target": "target_system"}


class UnreadThingError(ValueError):
    """Raised if the words are unknown, or do not fit together.

    Attributes:
        because: Why: an unknown `word`, several `items`, or a `military` word.
    """

    def __init__(self, what: str, because: Literal["word", "items", "military"] = "items") -> None:
        super().__init__(what)
        self.because = because


def facts_of(catalogue: FactCatalogue, words: Sequence[Phrase], notes: list[str]) -> dict[str, FactValue]:
    """Returns the facts that the words for one item state.

    Args:
        catalogue: Facts, for the alloys and targets that have a name.
        words: Words of the item itself.
        notes: Collects how the text was interpreted.

    Raises:
        UnreadError: If the words contradict each other or name nothing.
    """
    families = [word for word in words if word.role == "family"]
    facts = thing_of([word for word in words if word.role == "thing" or "form" in word.facts])
    shaped = any(word.role == "shape" for word in words)
    if not families and facts.get("form", "magnet" if shaped and not facts else "") == "magnet":
        families = [word for word in words if word.role == "grade"]  # N42SH next to the word magnet, or a shape
    if "form" not in facts and families and shaped:
        facts = {"form": "magnet", **facts}
    symbols = {symbol for word in words if word.role in ("element", "partner") for symbol in word.has}
    symbols |= {symbol for word in words if word.kind == "substance" for symbol in word.has}
    known = {symbol for symbol in symbols if symbol in catalogue["elements"].values}
    held = known | {symbol for word in words for symbol in word.has if symbol in catalogue["elements"].values}
    form = str(facts.get("form", ""))
    _refuse(form, families, symbols, known)
    if form == "alloy" and symbols and symbols <= RARE_EARTHS and not families:
        form = _mixed_metal(catalogue, symbols, facts, notes)
    if form == "target" and any(word.facts.get("form") in ("oxide", "compound") for word in words):
        facts["target_system"] = "other"
    elif form in _SYSTEMS:
        facts |= _system(catalogue, form, symbols, families)
    if families and form in _MAGNETIC:
        members = frozenset(
            m for word in families if isinstance(v := word.facts["magnet_type"], SetValue) for m in v.has
        )
        facts["magnet_type"] = SetValue(members)
    if held and form not in ("technology", "equipment"):
        pure = form in ("metal", "oxide", "compound") and bool(known)
        facts["elements"] = SetValue(frozenset(known if pure else held), complete=pure)
    if not facts:
        raise UnreadThingError("does not name an item", "word")
    return facts


def thing_of(things: Sequence[Phrase]) -> dict[str, FactValue]:
    """Returns the facts of the one item that remains when words that only describe it are removed.

    Args:
        things: Words that name an item or indicate a form.

    Raises:
        UnreadError: If two items remain.
    """
    forms = {str(word.facts["form"]) for word in things if "form" in word.facts}
    beaten = {form for form in forms for other in forms if form in _BEATS.get(other, ())}
    left = [word for word in things if word.facts.get("form") not in beaten]
    found: dict[str, FactValue] = {}
    for word in left:
        for fact, value in word.facts.items():
            if fact == "magnet_type":
                continue
            if found.setdefault(fact, value) != value:
                raise UnreadThingError(f"describes two items: {fact} {found[fact]} and {value}")
    if "form" in found and any("form" not in word.facts for word in left):
        # A catalyst or crucible of an oxide: the kind is plain, its form is not.
        if found["form"] in ("metal", "oxide", "compound"):
            del found["form"]
        elif found.get("goods_kind") in ("crucible", "catalyst", "sensor"):
            raise UnreadThingError(f"describes two items: {found['goods_kind']} and {found['form']}")
    return found


def _refuse(form: str, families: Sequence[Phrase], symbols: set[str], known: set[str]) -> None:
    if families and form in ("metal", "oxide", "compound", "ore", "reagent"):
        raise UnreadThingError(f"names both {families[0].word} and {form}")
    if form in ("metal", "oxide", "compound", "alloy") and symbols and not known:
        raise UnreadThingError(f"is {form} of {'+'.join(sorted(symbols))}, which is not a known combination")


def _mixed_metal(catalogue: FactCatalogue, symbols: set[str], facts: dict[str, FactValue], notes: list[str]) -> str:
    """Treats an alloy of rare earths only as mixed metal, unless a list names it."""
    if len(symbols) < 2 or _named(catalogue, "alloy_system", symbols):
        return "alloy"
    facts["form"] = "metal"
    notes.append("an alloy of rare earths only counts as mixed rare earth metal")
    return "metal"


def _named(catalogue: FactCatalogue, fact: str, symbols: set[str]) -> str:
    """Returns the listed pair or triple of exactly these elements, or ""."""
    for value in catalogue[fact].values:
        if value != "other" and set(re.findall("[A-Z][a-z]?", value)) == symbols:
            return value
    return ""


def _system(catalogue: FactCatalogue, form: str, symbols: set[str], families: Sequence[Phrase]) -> dict[str, FactValue]:
    """Returns the system of an alloy or target if the words name exactly one; otherwise it stays open."""
    fact = _SYSTEMS[form]
    if not families:
        value = _named(catalogue, fact, symbols)
        return {fact: value} if value else {}
    if len(families) > 1 or symbols - {"Nd", "Pr", "Fe", "B", "Sm", "Co"}:
        return {}  # with another element it may be based on another system
    kind = families[0].facts["magnet_type"]
    named = next(iter(kind.has)) if isinstance(kind, SetValue) else "other"
    return {fact: named if named in catalogue[fact].values else "other"}
