"""Facts derived from other facts: a border crossed, elements measured, the lists a party is on."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping

from coercivity.base.errors import Faults
from coercivity.base.exact import Interval
from coercivity.data.values import FactValue, SetValue
from coercivity.law.rules.evaluator import UNNAMED_COUNTRY
from coercivity.law.rules.model import Status
from coercivity.law.rules.party_lists import LISTS
from coercivity.law.rules.rulebook import Rulebook

MASS_SHARES = {"dy_mass_share": "Dy", "tb_mass_share": "Tb"}
NAMING = ("form", "magnet_type", "alloy_system", "target_system")
CONFLICT = "FACT-CONFLICT"
NO_CODE = "none"


# Sources of each derived fact, without itself; a stated `listed_on` opens `party_sets`.
MADE_OF: Mapping[str, tuple[str, ...]] = {
    "crosses_border": ("from", "to"),
    "elements": (*MASS_SHARES, *NAMING),
    "listed_elsewhere": ("listed_elsewhere_code",),
}
CHAIN = ("mined_in", "refined_in", "separated_in", "melted_in", "produced_in")
# Facts that can contradict each other.
AT_ODDS: tuple[tuple[str, ...], ...] = (
    ("elements", *MASS_SHARES),
    ("elements", *NAMING),
    ("from", "to", "crosses_border"),
    ("act", "form"),
    ("listed_elsewhere", "listed_elsewhere_code"),
    ("elements", "mineral_item"),
    ("goods_kind", "mineral_item"),
    *(("magnet_type", "holds_magnet", step) for step in CHAIN),
)
_MAGNETIC = ("magnet", "magnet_powder", "component", "assembly")
_OF_FAMILY = {
    "SmCo": ("Sm",),
    "NdFeB": ("Nd", "Pr", "Dy", "Tb"),
    "Ce_magnet": ("Ce",),
    "SmFeN": ("Sm",),
}  # at least one of them is named
# Parts of the names of `mineral_item`, and the element each stands for.
_IN_NAME = {
    "gallium": "Ga",
    "german": "Ge",
    "antimon": "Sb",
    "tungst": "W",
    "tellur": "Te",
    "bismuth": "Bi",
    "molybdenum": "Mo",
    "indium": "In",
    "cerium": "Ce",
}
COVERED = frozenset({"NdFeB", "SmCo"})  # families of the US clause on magnets
WITHOUT_RARE_EARTHS = frozenset({"ferrite", "AlNiCo"})
RARE_EARTHS = frozenset(re.findall("[A-Z][a-z]?", "ScYLaCePrNdPmSmEuGdTbDyHoErTmYbLu"))


def facts_with_derived(values: Mapping[str, FactValue]) -> dict[str, FactValue]:
    """Returns the facts used to evaluate a deal: those given and those derived from them, for any date."""
    return {**values, **derive(values)}


def derive(values: Mapping[str, FactValue]) -> dict[str, FactValue]:
    """Returns the facts derived from those given, without the given ones.

    A stated fact is never replaced.
    """
    found: dict[str, FactValue] = {}
    if "crosses_border" not in values:
        start, end = values.get("from"), values.get("to")
        if start is not None and end is not None and not (start == end == UNNAMED_COUNTRY):
            found["crosses_border"] = start != end
    if "elements" not in values:
        elements = _contained(values)
        if elements is not None:
            found["elements"] = elements
    code = values.get("listed_elsewhere_code")
    if "listed_elsewhere" not in values and isinstance(code, str) and code != NO_CODE:
        found["listed_elsewhere"] = True
    return found


def _contained(values: Mapping[str, FactValue]) -> SetValue | None:
    """Returns the elements that follow from a name or a mass share: a samarium-cobalt magnet contains samarium.

    A ferrite or AlNiCo magnet contains no rare earth but perhaps lanthanum, which is common in ferrites.
    """
    has, lacks = set(_named(values)), set(_excluded(values))
    for fact, element in MASS_SHARES.items():
        share = values.get(fact)
        if isinstance(share, Interval):
            if share.low > 0:
                has.add(element)
            elif share.high == 0:
                lacks.add(element)
    return SetValue(frozenset(has), frozenset(lacks - has), complete=False) if has or lacks else None


def _excluded(values: Mapping[str, FactValue]) -> frozenset[str]:
    """Returns the elements that the family of a magnet says are not in it."""
    family = values.get("magnet_type")
    without = (
        isinstance(family, SetValue) and family.complete and bool(family.has) and family.has <= WITHOUT_RARE_EARTHS
    )
    return RARE_EARTHS - {"La"} if without and values.get("form") in _MAGNETIC else frozenset()


def _named(values: Mapping[str, FactValue]) -> tuple[str, ...]:
    """Returns the elements in the name of a magnet, alloy or target; know-how contains none.

    NdFeB names several rare earths of which any may be absent, so none of them follows from it.
    """
    fact, _, meant = named_elements(values)
    return meant if fact != "magnet_type" or len(meant) == 1 else ()


def conflicts(values: Mapping[str, FactValue], *, where: str, faults: Faults) -> None:
    """Adds a fault for every pair of stated facts that contradict each other."""
    for what, next in (
        *_shares(values),
        *_systems(values),
        *_substance(values),
        *_border(values),
        *_nothing(values),
        *_code(values),
        *_chain(values),
    ):
        faults.add(CONFLICT, what, where=where, next=next)


Conflict = tuple[str, str]


def _shares(values: Mapping[str, FactValue]) -> Iterator[Conflict]:
    """Yields an element stated as absent but measured, or the reverse."""
    elements = values.get("elements")
    if not isinstance(elements, SetValue):
        return
    for fact, element in MASS_SHARES.items():
        share = values.get(fact)
        if not isinstance(share, Interval):
            continue
        holds = elements.holds(element)
        if (share.high > 0 and holds is False) or (share.high == 0 and holds is True):
            verb = "includes" if holds else "does not include"
            yield (
                f"elements {verb} {element}, but {fact} is {share.text()}",
                "traces count: state the elements measured, or omit elements",
            )


def _systems(values: Mapping[str, FactValue]) -> Iterator[Conflict]:
    """Yields an alloy, target or magnet named after an element stated as absent; know-how contains no elements."""
    elements = values.get("elements")
    fact, system, meant = named_elements(values)
    if isinstance(elements, SetValue) and meant and all(elements.holds(element) is False for element in meant):
        yield f"{fact} is {system}, but elements does not include {' or '.join(meant)}", f"add {meant[0]} to elements"


def named_elements(values: Mapping[str, FactValue]) -> tuple[str, str, tuple[str, ...]]:
    """Returns the fact that names an alloy, target or magnet by its elements, the name, and its rare earths."""
    family, form = values.get("magnet_type"), values.get("form")
    if isinstance(family, SetValue) and len(family.has) == 1 and form in _MAGNETIC:
        (system,) = family.has
        return "magnet_type", system, _OF_FAMILY.get(system, ())
    fact = {"alloy": "alloy_system", "target": "target_system"}.get(str(form), "")
    system = str(values.get(fact, ""))
    return fact, system, tuple(e for e in re.findall("[A-Z][a-z]?", system) if e in RARE_EARTHS)


def _substance(values: Mapping[str, FactValue]) -> Iterator[Conflict]:
    """Yields a named substance without its element, and graphite stated to be another kind of goods."""
    substance, elements, kind = values.get("mineral_item"), values.get("elements"), values.get("goods_kind")
    if not isinstance(substance, str):
        return
    meant = [element for word, element in _IN_NAME.items() if word in substance]
    if isinstance(elements, SetValue) and any(elements.holds(element) is False for element in meant):
        yield (
            f"mineral_item is {substance}, but elements does not include {' and '.join(meant)}",
            f"add {', '.join(meant)} to elements",
        )
    if "graphite" in substance and kind not in (None, "graphite"):
        yield f"mineral_item is {substance}, but goods_kind is {kind}", "set goods_kind to graphite"


def _border(values: Mapping[str, FactValue]) -> Iterator[Conflict]:
    start, end, crossed = values.get("from"), values.get("to"), values.get("crosses_border")
    if start is None or end is None or crossed is None or UNNAMED_COUNTRY in (start, end):
        return
    if crossed != (start != end):
        verb = "is" if crossed else "is not"
        yield f"a border {verb} crossed, but from is {start} and to is {end}", "omit crosses_border: it is derived"


def _nothing(values: Mapping[str, FactValue]) -> Iterator[Conflict]:
    if values.get("act") == "goods" and values.get("form") == "none":
        yield "the act is goods, but the form is none", "state the form of the item, or another act"


def _code(values: Mapping[str, FactValue]) -> Iterator[Conflict]:
    code = values.get("listed_elsewhere_code")
    if values.get("listed_elsewhere") is False and isinstance(code, str) and code != NO_CODE:
        yield f"listed_elsewhere is false, but the code is {code}", "set the code to none, or listed_elsewhere to true"


def _chain(values: Mapping[str, FactValue]) -> Iterator[Conflict]:
    """Yields a step of a magnet stated to have been done nowhere, and a magnet stated not to be there."""
    said, named = "holds_magnet", "magnet_type"
    family, holds = values.get(named), values.get(said)
    covered = sorted(family.has & COVERED) if isinstance(family, SetValue) else []
    if covered and holds is False:
        yield f"{said} is false, but {named} includes {covered[0]}", "correct one of the two"
    for name in CHAIN if covered or holds is True else ():
        places = values.get(name)
        if isinstance(places, SetValue) and places.complete and not places.has:
            yield (
                f"{name} is empty, but a magnet is made somewhere",
                "name the countries, or omit it if you do not know",
            )


def lists_on_day(book: Rulebook, values: Mapping[str, FactValue], states: Mapping[str, Status]) -> dict[str, FactValue]:
    """Returns the lists a party is on that day, and its party sets as evaluated; nothing without sets.

    If a party is stated to be on a list and no notice in force explains it, it is open which notice does.

    Args:
        book: The rulebook.
        values: Facts; `party_sets` and a stated `listed_on` are read.
        states: Status of each party set on that date, including unknown ones.
    """
    sets, stated = values.get("party_sets"), values.get("listed_on")
    if not isinstance(sets, SetValue):
        return {}
    base = stated if isinstance(stated, SetValue) else None
    said = base.has if base is not None else frozenset[str]()
    by_state: dict[Status, set[str]] = {Status.IN_FORCE: set(), Status.UNKNOWN: set()}
    for set_id in sets.has:
        by_state.setdefault(states.get(set_id, Status.UNKNOWN), set()).add(book.party_sets[set_id].list)
    has, doubt = said | by_state[Status.IN_FORCE], by_state[Status.UNKNOWN] - said - by_state[Status.IN_FORCE]
    searched = {name for name in LISTS if (base is not None and base.holds(name) is False) or settled(book, sets, name)}
    complete = len(searched | has) == len(LISTS) and not doubt
    lacks = frozenset(searched - has - doubt)
    found: dict[str, FactValue] = {"listed_on": SetValue(frozenset(has), lacks, complete=complete)}
    unexplained = said - by_state[Status.IN_FORCE]
    if unexplained:
        found["party_sets"] = opened(book, sets, unexplained)
    return found


def settled(book: Rulebook, sets: SetValue, name: str) -> bool:
    """Returns whether party sets say of every notice of a list whether it names a party.

    A list of which the rulebook does not say that it is complete is settled only by a statement about all notices, or
    about those not included.
    """
    held = book.party_lists[name]
    closable = held.settles or held.not_held
    return sets.complete or bool(closable and all(sets.holds(set_id) is not None for set_id in held.sets))


def opened(book: Rulebook, sets: SetValue, lists: Container[str]) -> SetValue:
    """Returns party sets with those of some lists left open, except the ones the party is known to be in."""
    free = {entry.id for entry in book.party_sets.values() if entry.list not in lists} - sets.has
    return SetValue(sets.has, frozenset(free if sets.complete else free & sets.lacks), complete=False)
