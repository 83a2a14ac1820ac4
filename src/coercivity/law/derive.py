"""Facts that follow from other facts: a border crossed, elements measured, lists a party stands on."""

from __future__ import annotations

from collections.abc import Mapping

from coercivity.base.errors import Faults
from coercivity.base.exact import Interval
from coercivity.data.values import FactValue, SetValue
from coercivity.law.circuit import UNNAMED_COUNTRY
from coercivity.law.model import Status
from coercivity.law.rulebook import Rulebook

MASS_SHARES = {"dy_mass_share": "Dy", "tb_mass_share": "Tb"}
LISTS = ("control_list", "watch_list", "unreliable_entity_list", "countermeasures")


def derive(values: Mapping[str, FactValue]) -> dict[str, FactValue]:
    """Returns the facts that follow from those given, without those given.

    A stated fact is never replaced.
    """
    found: dict[str, FactValue] = {}
    if "crosses_border" not in values:
        start, end = values.get("from"), values.get("to")
        if start is not None and end is not None and not (start == end == UNNAMED_COUNTRY):
            found["crosses_border"] = start != end
    if "elements" not in values:
        elements = _measured(values)
        if elements is not None:
            found["elements"] = elements
    return found


def _measured(values: Mapping[str, FactValue]) -> SetValue | None:
    has, lacks = set(), set()
    for fact, element in MASS_SHARES.items():
        share = values.get(fact)
        if isinstance(share, Interval):
            if share.low > 0:
                has.add(element)
            elif share.high == 0:
                lacks.add(element)
    return SetValue(frozenset(has), frozenset(lacks), complete=False) if has or lacks else None


def conflicts(values: Mapping[str, FactValue], *, where: str, faults: Faults) -> None:
    """Adds a fault for every stated element set that a stated mass share contradicts."""
    elements = values.get("elements")
    if not isinstance(elements, SetValue):
        return
    for fact, element in MASS_SHARES.items():
        share = values.get(fact)
        if not isinstance(share, Interval):
            continue
        holds = elements.holds(element)
        if (share.low > 0 and holds is False) or (share.high == 0 and holds is True):
            verb = "holds" if holds else "does not hold"
            faults.add(
                "FACT-CONFLICT",
                f"elements {verb} {element}, but {fact} is {share.text()}",
                where=where,
                next="traces count: state the elements that were measured, or leave elements out",
            )


def listed_on(book: Rulebook, values: Mapping[str, FactValue], states: Mapping[str, Status]) -> SetValue | None:
    """Returns the lists on which a party stands that day, from its party sets and their states.

    Args:
        book: The rulebook.
        values: Facts; `party_sets` and a stated `listed_on` are read.
        states: Status of each party set on that day, unknown ones included.
    """
    sets, stated = values.get("party_sets"), values.get("listed_on")
    base = stated if isinstance(stated, SetValue) else None
    if not isinstance(sets, SetValue):
        return base
    has, open_lists = set(base.has if base else ()), set()
    for set_id in sets.has:
        name = book.party_sets[set_id].list
        state = states.get(set_id, Status.UNKNOWN)
        if state is Status.IN_FORCE:
            has.add(name)
        elif state is Status.UNKNOWN:
            open_lists.add(name)
    complete = sets.complete or base is not None
    lacks = frozenset(name for name in LISTS if complete and name not in has and name not in open_lists)
    return SetValue(frozenset(has), lacks, complete=not open_lists and complete)
