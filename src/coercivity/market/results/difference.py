"""What differs between two runs, by how much, and the clauses, shocks, demand or plants that cause it; no text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypedDict

from coercivity.base.canonical import round_sig
from coercivity.base.sums import total
from coercivity.market.results.driver_difference import Cause, DriverDifference, driver_differences
from coercivity.market.results.figure_difference import (
    MEAN_SHARE,
    Figure,
    apart,
    counts,
    figures_of,
    largest,
    margins,
)
from coercivity.market.results.law_difference import (
    ClauseDifference,
    LawSide,
    clause_differences,
    law_months,
    rules_differ,
)
from coercivity.market.results.rows import ALL_ABROAD, HEADLINES, JOINT, VAT, RunTables
from coercivity.market.run.scenarios.scenario import Scenario

_PARTED = 1e-3
_FELT = 1e-3
_MOST_PARTS = 3
_BY_CLAUSE = ("permission", "tonnage", "duty")
_Gaps = Mapping[tuple[str, tuple[str, ...]], float]
_Causes = Mapping[tuple[str, tuple[str, ...]], Mapping[str, float]]

# The same rules and the same market; rules that part later, without and with an effect on prices before; a difference
# in rules or in the market, without and with an effect.
Verdict = Literal["same", "later", "expected", "immaterial", "differs"]


class CausePart(TypedDict):
    """The mean contribution of clauses to the price gap of a product in two runs [USD/kg].

    Attributes:
        share: The smaller of the two as a share of the mean gap of its run.
        a_causes: Of `a` that part of licence scarcity due to waiting, refusal or halt.
        b_causes: The same of `b`.
    """

    good: str
    clauses: list[str]
    a: float
    b: float
    share: float
    a_causes: dict[str, float]
    b_causes: dict[str, float]


class RunDifference(TypedDict):
    """What differs between two runs.

    Attributes:
        kind: Kinds of cause; the law first if its clauses widen a price gap; empty if nothing differs in this period.
        from_month: First month of the period in which the rules or the market differ; empty if none does.
        figures: The largest difference of each measure, the largest of them first.
        most_share: The largest difference of any headline price in any month.
        clauses: Clauses in effect in one of the runs only.
        parts: Contributions of clauses that change most, for the product of the first price.
        shared: The clauses that contribute most to a gap in both runs; none if no clause does.
    """

    verdict: Verdict
    kind: list[Cause]
    from_month: str
    figures: list[Figure]
    most_share: float
    clauses: list[ClauseDifference]
    drivers: list[DriverDifference]
    parts: list[CausePart]
    shared: CausePart | None


@dataclass(frozen=True, slots=True)
class Side:
    """One of two runs.

    Attributes:
        assume: Assumption on each instrument whose suspension may end, as after `--assume`.
    """

    scenario: Scenario
    assume: Mapping[str, str]
    tables: RunTables


def difference(a: Side, b: Side, months: Sequence[str], instruments: Mapping[str, str]) -> RunDifference:
    """Returns what differs between two runs over the same months.

    Args:
        a: One run.
        b: The other.
        months: The months of the period.
        instruments: The instrument of each clause.
    """
    sides = [LawSide(side.assume, tuple(side.scenario.law.without), side.tables) for side in (a, b)]
    clauses = clause_differences(sides[0], sides[1], months, instruments)
    drivers = driver_differences(a.scenario, b.scenario, months[-1])
    now = [entry for entry in drivers if not entry["later"]]
    begin = _begin(a, b, months, clauses, now)
    every = figures_of(a.tables, b.tables, months, months.index(begin) if begin else 0)
    figures = largest(every)
    gaps = _mean_gaps(a.tables, begin), _mean_gaps(b.tables, begin)
    causes = _mean_causes(a.tables, begin), _mean_causes(b.tables, begin)
    kind = _kinds(clauses, now, gaps)
    matters = any(counts(figure) for figure in every)
    ahead = rules_differ(sides[0], sides[1]) or len(now) < len(drivers)
    parted = bool(kind) or (matters and not ahead)
    verdict: Verdict = "same"
    if parted:
        verdict = "differs" if matters else "immaterial"
    elif ahead:
        verdict = "expected" if matters else "later"
    return {
        "verdict": verdict,
        "kind": kind,
        "from_month": begin,
        "figures": figures,
        "most_share": max((one["share"] for one in every if one["measure"] == "margin"), default=0.0),
        "clauses": clauses,
        "drivers": drivers,
        "parts": _parts(gaps, causes, figures),
        "shared": _shared(gaps, causes, a.tables, begin, months),
    }


def _kinds(
    clauses: Sequence[ClauseDifference], drivers: Sequence[DriverDifference], gaps: tuple[_Gaps, _Gaps]
) -> list[Cause]:
    """Returns the kinds of cause, the law before the others only if one of its clauses is part of a gap."""
    names = {entry["clause"] for entry in clauses}
    felt = any(names & set(key[1]) and value > _FELT * each[key[0], ()] for each in gaps for key, value in each.items())
    law: list[Cause] = ["law"] if clauses else []
    others = [entry["cause"] for entry in drivers]
    return list(dict.fromkeys([*law, *others] if felt else [*others, *law]))


def _begin(
    a: Side, b: Side, months: Sequence[str], clauses: Sequence[ClauseDifference], drivers: Sequence[DriverDifference]
) -> str:
    """Returns the first month in which rules or market differ, or else the first in which a price does."""
    found = [*law_months(clauses), *(max(entry["first"], months[0]) for entry in drivers)]
    if found:
        return min(found)
    differing = [
        place
        for _, _, left, right in margins(a.tables, b.tables)
        for place, share in enumerate(map(apart, left, right))
        if share > _PARTED
    ]
    return months[min(differing)] if differing else ""


def _mean_gaps(tables: RunTables, begin: str) -> dict[tuple[str, tuple[str, ...]], float]:
    """Returns the mean gap of each product outside China from a month on, by clauses, and under none the whole gap."""
    sums: dict[tuple[str, tuple[str, ...]], float] = {}
    counted: dict[str, int] = {}
    for row in tables["gaps"]:
        if row["region"] != ALL_ABROAD or row["good"] not in HEADLINES or row["month"] < begin:
            continue
        counted[row["good"]] = counted.get(row["good"], 0) + 1
        sums[row["good"], ()] = sums.get((row["good"], ()), 0.0) + row["gap"]
        for part in row["parts"]:
            if part["part"] in _BY_CLAUSE and part["clause"] not in ("", VAT):
                key = row["good"], tuple(part["clause"].split(JOINT))
                sums[key] = sums.get(key, 0.0) + part["usd_per_kg"]
    return {(good, clauses): value / counted[good] for (good, clauses), value in sums.items()}


def _mean_causes(tables: RunTables, begin: str) -> dict[tuple[str, tuple[str, ...]], dict[str, float]]:
    """Returns what keeps licences scarce in the mean gap of each product outside China, by clauses [USD/kg]."""
    rows = [row for row in tables["gaps"] if row["region"] == ALL_ABROAD and row["month"] >= begin]
    counted: dict[str, int] = {}
    sums: dict[tuple[str, tuple[str, ...]], dict[str, float]] = {}
    for row in rows:
        counted[row["good"]] = counted.get(row["good"], 0) + 1
        for part in row["parts"]:
            if part["cause"]:
                held = sums.setdefault((row["good"], tuple(part["clause"].split(JOINT))), {})
                held[part["cause"]] = held.get(part["cause"], 0.0) + part["usd_per_kg"]
    return {
        key: {cause: round_sig(usd / counted[key[0]]) for cause, usd in sorted(held.items())}
        for key, held in sums.items()
    }


def _part(gaps: tuple[_Gaps, _Gaps], causes: tuple[_Causes, _Causes], good: str, clauses: tuple[str, ...]) -> CausePart:
    usd = [each.get((good, clauses), 0.0) for each in gaps]
    shares = [
        value / each[good, ()] if each.get((good, ()), 0.0) > 0 else 0.0 for value, each in zip(usd, gaps, strict=True)
    ]
    return {
        "good": good,
        "clauses": list(clauses),
        "a": round_sig(usd[0]),
        "b": round_sig(usd[1]),
        "share": round_sig(min(shares)),
        "a_causes": dict(causes[0].get((good, clauses), {})),
        "b_causes": dict(causes[1].get((good, clauses), {})),
    }


def _parts(gaps: tuple[_Gaps, _Gaps], causes: tuple[_Causes, _Causes], figures: Sequence[Figure]) -> list[CausePart]:
    """Returns the contributions that change most, for the product whose price outside differs most."""
    good = next((f["name"] for f in figures if (f["measure"], f["region"]) == ("margin", ALL_ABROAD)), "")
    keys = {clauses for each in gaps for name, clauses in each if name == good and clauses}
    found = [_part(gaps, causes, good, clauses) for clauses in sorted(keys)]
    found.sort(key=lambda part: -abs(part["a"] - part["b"]))
    return [part for part in found if part["a"] != part["b"]][:_MOST_PARTS]


def _shared(
    gaps: tuple[_Gaps, _Gaps], causes: tuple[_Causes, _Causes], tables: RunTables, begin: str, months: Sequence[str]
) -> CausePart | None:
    """Returns the clauses that make up the largest part of a price outside in both runs."""
    from_place = months.index(begin) if begin else 0
    prices = {
        row["good"]: total(row["margin"][from_place:]) / len(row["margin"][from_place:])
        for row in tables["prices"]
        if row["region"] == ALL_ABROAD
    }
    both = [key for key in gaps[0].keys() & gaps[1].keys() if key[1] and prices.get(key[0], 0.0) > 0]
    weights = {key: min(each[key] for each in gaps) / prices[key[0]] for key in both}
    held = sorted((key for key in both if weights[key] >= MEAN_SHARE), key=lambda key: (-weights[key], key))
    return _part(gaps, causes, *held[0]) if held else None
