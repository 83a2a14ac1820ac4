"""Facts that follow from the steps of a chain, each with whose word it rests on.

Source: docs/steps.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from coercivity.base.days import Day
from coercivity.base.errors import Faults
from coercivity.base.exact import SCALE, Interval
from coercivity.base.sums import total
from coercivity.cases.steps.rows import ALL, OPEN, StepRow, about, shares
from coercivity.data.catalogue import raw_value
from coercivity.data.values import FactValue, SetValue
from coercivity.law.engine.decide import STATED
from coercivity.law.engine.derived_facts import CONFLICT

BY_STEPS = "steps: "  # source of a fact that follows from steps
NAMED = {"NdFeB": ("Nd", "Fe", "B"), "SmCo": ("Sm", "Co")}  # elements that a rule names, by magnet family
RARE = {"NdFeB": ("Nd",), "SmCo": ("Sm",)}
GROUPS: Mapping[str, tuple[str, ...]] = {
    "mined_in": ("mined",),
    "separated_in": ("separated",),
    "refined_in": ("refined", "separated"),  # refining into oxide is part of separation unless stated apart
    "melted_in": ("alloy_melted",),
}
OTHERS = "other_inputs_upstream_in"
LATER = ("powder", "sintered", "bonded", "diffused", "magnetised")
STAGES = ("mined", "separated", "metal", "alloy_melted", "magnetised")


@dataclass(frozen=True, slots=True)
class FromSteps:
    """Facts that follow from steps, and the source of each."""

    facts: Mapping[str, FactValue]
    said_by: Mapping[str, str]


def facts_of_steps(rows: Sequence[StepRow], family: FactValue | None, on: Day | None = None) -> FromSteps:
    """Returns the facts that follow from the steps of one lot.

    A country is in a set if some of the step was certainly done there. The set is complete only if the whole of the
    step is told for, of every element that a rule names, and no statement names another country; what is not told
    stays open.

    Args:
        rows: The steps.
        family: Value of `magnet_type`, if known; without it a step of single elements closes nothing.
        on: Transaction date, if known; a statement made after it completes no set.
    """
    chain = _Chain(rows, family, on)
    found: dict[str, FactValue] = {}
    used: dict[str, set[str]] = {}
    for name, steps in GROUPS.items():
        step = next((one for one in steps if chain.told(one)), "")
        if step:
            found[name], used[name] = chain.places(step), {step}
    if "refined_in" in found or chain.told("metal"):
        found["refined_in"] = chain.to_metal(found.get("refined_in"))
        used.setdefault("refined_in", set()).add("metal")
    if any(chain.told(step) for step in LATER):
        found["produced_in"], used["produced_in"] = chain.later(), set(LATER)
    other = chain.other_inputs()
    if other is not None:
        found[OTHERS], used[OTHERS] = other, {"mined", "separated", "refined"}
    for name, value, steps in chain.rest():
        if value is not None:
            found[name], used[name] = value, set(steps)
    said_by = {name: BY_STEPS + chain.speakers(name, steps) for name, steps in used.items()}
    return FromSteps(found, said_by)


def with_steps(
    stated: Mapping[str, FactValue], said_by: Mapping[str, str], found: FromSteps, where: str, faults: Faults
) -> FromSteps:
    """Returns stated facts with those that follow from steps; a contradiction is a fault.

    A stated fact is kept; where it leaves something open, such as the rest of a list, what follows is added to it.

    Args:
        stated: The facts of a deal.
        said_by: Their sources.
        found: What follows from the steps.
        where: Location for messages.
        faults: Collects every contradiction.
    """
    for name, value in found.facts.items():
        if name in stated and not agree(stated[name], value):
            what = f"{name} is {written(stated[name])}, but the steps give {written(value)}"
            faults.add(CONFLICT, what, where=where, next="correct the fact or the steps, or omit the fact")
    both = {name: _together(stated[name], value) for name, value in found.facts.items() if name in stated}
    more = {name: found.said_by[name] for name, value in both.items() if value is not stated[name]}
    joint = {name: f"{said_by.get(name, STATED)}; {speaker}" for name, speaker in more.items()}
    return FromSteps({**found.facts, **stated, **both}, {**found.said_by, **said_by, **joint})


def written(value: FactValue) -> str:
    """Returns a value as an error tells it: members of a list, the ends of a range, or its text."""
    raw = raw_value(value)
    if isinstance(raw, str):
        return raw
    return " to ".join(raw) if isinstance(value, Interval) else ", ".join(raw) or "no country"


def _together(stated: FactValue, found: FactValue) -> FactValue:
    """Returns a stated fact with what the steps add to it; an open list stays open."""
    if isinstance(stated, SetValue) and isinstance(found, SetValue) and not stated.complete:
        one: FactValue = SetValue(stated.has | found.has, (stated.lacks | found.lacks) - found.has, complete=False)
    elif isinstance(stated, Interval) and isinstance(found, Interval) and agree(stated, found):
        one = Interval(max(stated.low, found.low), min(stated.high, found.high))
    else:
        return stated
    return stated if one == stated else one


def agree(stated: FactValue, found: FactValue) -> bool:
    """Returns whether two values of a fact can both be true."""
    if isinstance(stated, SetValue) and isinstance(found, SetValue):
        members = stated.has | stated.lacks | found.has | found.lacks
        pairs = [(stated.holds(one), found.holds(one)) for one in members]
        return not any(None not in pair and pair[0] != pair[1] for pair in pairs)
    if isinstance(stated, Interval) and isinstance(found, Interval):
        return stated.low <= found.high and found.low <= stated.high
    return stated == found


class _Chain:
    def __init__(self, rows: Sequence[StepRow], family: FactValue | None, on: Day | None) -> None:
        # What was said after the transaction date counts against a deal, never for it.
        self._then = [row if on is None or row.said_on <= on else replace(row, evidence="inferred") for row in rows]
        self._rows, self._shares = rows, shares(rows)
        for key, then in shares(self._then).items():
            of = self._shares[key]
            self._shares[key] = {country: Interval(of[country].low, then[country].high) for country in of}
        complete = isinstance(family, SetValue) and family.complete and len(family.has) == 1
        self._family = next(iter(family.has)) if complete and isinstance(family, SetValue) else ""

    def told(self, step: str) -> bool:
        """Whether any row is about a step."""
        return any(row.step == step for row in self._rows)

    def speakers(self, name: str, steps: Iterable[str]) -> str:
        """Returns by whose word a fact follows from some steps: of the elements that the fact is about."""
        named = NAMED.get(self._family)
        rows = [row for row in self._rows if row.step in steps]
        if named is not None and (name in GROUPS or name == OTHERS):
            rows = [row for row in rows if (row.element in (ALL, *named)) == (name != OTHERS)]
        return "; ".join(sorted({row.speaker for row in rows}))

    def _of(self, step: str, element: str) -> Mapping[str, Interval]:
        return self._shares.get((step, element)) or self._shares.get((step, ALL), {})

    def _closed(self, step: str, elements: Iterable[str]) -> bool:
        """Whether the whole of a step is told for, of every element, and no statement leaves a doubt."""
        return all(_whole(about(self._then, step, element)) for element in list(elements) or [ALL])

    def places(self, step: str) -> SetValue:
        """Returns the countries of a step of the elements that a rule names."""
        named = NAMED.get(self._family, ())
        elements = named or (ALL, *sorted(element for one, element in self._shares if one == step and element != ALL))
        return _set([self._of(step, element) for element in elements], closed=self._closed(step, named))

    def to_metal(self, oxide: FactValue | None) -> SetValue:
        """Returns the countries of refining: into the oxide, and from it to the metal.

        From 2027 the US clause takes in the whole chain, in which the metal comes before the alloy.
        """
        metal = self.places("metal") if self.told("metal") else SetValue(frozenset(), complete=False)
        closed = self._closed("metal", RARE.get(self._family, ()))
        if not isinstance(oxide, SetValue):
            return replace(metal, complete=False)
        whole = oxide.complete and closed
        lacks: frozenset[str] = frozenset() if whole else oxide.lacks & metal.lacks
        return SetValue(oxide.has | metal.has, lacks, complete=whole)

    def later(self) -> SetValue:
        """Returns the countries of all steps after the alloy; one that is told of nowhere leaves the set open.

        Diffusion is not a step of every magnet: without a row it counts as not done.
        """
        form = [self._of(step, ALL) for step in ("sintered", "bonded") if self.told(step)] or [{}]
        formed = _whole([row for row in self._then if row.step in ("sintered", "bonded")])
        others = ["powder", "magnetised", *(["diffused"] if self.told("diffused") else [])]
        closed = formed and all(self._closed(step, ()) for step in others)
        return _set([*form, *(self._of(step, ALL) for step in others)], closed=closed)

    def other_inputs(self) -> SetValue | None:
        """Returns the countries of inputs that no rule names; which inputs there are is not told, so it stays open."""
        named = NAMED.get(self._family)
        if named is None:
            return None
        upstream = [
            by_country
            for (step, element), by_country in self._shares.items()
            if step in ("mined", "separated", "refined") and element not in (ALL, *named)
        ]
        return _set(upstream, closed=False) if upstream else None

    def rest(self) -> list[tuple[str, FactValue | None, tuple[str, ...]]]:
        """Returns the other facts, each with the steps it follows from; None where it stays open."""
        return [
            ("end_item_made_in", self._assembled(), ("assembled",)),
            ("recycled_milled_and_sintered_us", self._recycled(), ("recycled", "powder", "sintered")),
            ("provenance_known", self._known(), ("mined", "separated", "refined", "metal", *LATER)),
            ("technology_origin", self._technology(), STAGES),
            ("chinese_input_value_share", self._value_share(), ("separated", "refined", "metal", "alloy_melted")),
        ]

    def _assembled(self) -> str | None:
        places = _set([self._of("assembled", ALL)], closed=self._closed("assembled", ()))
        return next(iter(places.has)) if places.complete and len(places.has) == 1 else None

    def _recycled(self) -> bool | None:
        input_share = self._of("recycled", ALL)
        if not input_share:
            return None
        whole = total(i.low for i in shares(self._then)["recycled", ALL].values()) == SCALE
        none = all(i.high == 0 for i in input_share.values())
        in_us = [_set([self._of(s, ALL)], closed=self._closed(s, ())) for s in ("powder", "sintered")]
        if whole and all(one.complete and one.has == {"US"} for one in in_us):
            return True
        return False if none or any(one.has - {"US"} for one in in_us) else None

    def _known(self) -> str | None:
        if not self._rows:
            return None
        rare = RARE.get(self._family, ())
        oxide = "refined" if self.told("refined") else "separated"
        formed = self._closed("magnetised", ()) and any(self._closed(s, ()) for s in ("sintered", "bonded"))
        metal = self._closed("metal", rare) and self._closed("alloy_melted", ())
        known = [self._closed("mined", rare), self._closed(oxide, rare), metal, formed]
        return "all_four_steps" if all(known) else "some" if any(known) else "none"

    def _technology(self) -> str | None:
        settled = [row for row in self._rows if row.settles and row.technology and row.technology != OPEN]
        if any(row.technology == "CN" for row in settled):
            return "CN"
        then = [row for row in self._then if row.settles and row.technology and row.technology != OPEN]
        told = {row.step for row in then}
        open_rows = [row for row in self._then if row.step in STAGES and row not in then]
        return "other" if told.issuperset(STAGES) and not open_rows else None

    def _value_share(self) -> Interval | None:
        """Returns the share of the value that is certainly Chinese input; whether there is more is not told."""
        own = [row for row in self._rows if row.part1_value_share is not None and row.country == "CN" and row.settles]
        lowest = total(row.part1_value_share.low for row in own if row.part1_value_share is not None)
        return Interval(min(lowest, SCALE), SCALE) if own else None


def _whole(rows: Sequence[StepRow]) -> bool:
    """Returns whether statements about one step account for all of it, and none of them leaves a doubt.

    A doubt is a country that another statement names without a certain share, or a certain share that evidence which
    does not settle contradicts.
    """
    certain: dict[tuple[str, str], int] = {}
    for row in rows:
        if row.settles and row.country != OPEN:
            place = (row.step, row.country)
            certain[place] = min(certain.get(place, SCALE), row.share.low)
    if total(certain.values()) != SCALE:
        return False
    return all(
        row.share.high >= low if (low := certain.get((row.step, row.country), 0)) else row.share.high == 0
        for row in rows
    )


def _set(parts: Sequence[Mapping[str, Interval]], *, closed: bool) -> SetValue:
    """Returns the countries of several parts of a step: those certainly in one, and those certainly in none."""
    countries = {country for part in parts for country in part} - {OPEN}
    has = frozenset(c for c in countries if any(c in part and part[c].low > 0 for part in parts))
    if closed:
        return SetValue(has)
    free = frozenset(c for c in countries if all(c in part and part[c].high == 0 for part in parts))
    return SetValue(has, free, complete=False)
