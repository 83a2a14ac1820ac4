"""The answer in one look: each headline good in its first, worst and last month, and what carries the gap."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import TypedDict

from coercivity.base.sums import total
from coercivity.papers.outlook.read import (
    Clauses,
    GapShown,
    ReadRun,
    ScenarioRuns,
    at,
    between,
    by_clause,
    gap_series,
    gaps,
    headline_goods,
    known,
    num,
    percent,
    scenarios,
    series,
)
from coercivity.papers.outlook.report_data import OutlookReport
from coercivity.papers.outlook.words import INSIDE, OUTSIDE

_NO_GAP = 5e-3


class Carrier(TypedDict):
    """What carries most of a gap: clauses with their share, or a part that no clause makes and that is greater."""

    clauses: Clauses
    part: str
    share: str
    runs: list[str]


class Moment(TypedDict):
    """A good in one month: numbers of all branches as intervals, and the runs at the two ends of the gap."""

    month: str
    carriers: list[Carrier]
    gap: str
    ends: tuple[ReadRun, ReadRun] | None
    inside: str
    outside: str
    inside_range: str
    outside_range: str


class LookRow(TypedDict):
    """A good under a scenario in its first, worst and last month."""

    good: str
    scenario: ScenarioRuns
    cells: dict[str, Moment]


def look(report: OutlookReport) -> list[LookRow]:
    """Returns a row for each headline good and scenario: inside, outside, gap, clause, in three months."""
    rows: list[LookRow] = []
    for good in headline_goods(report):
        for scenario in scenarios(report):
            worst = worst_month(report, scenario, good)
            if worst is None:
                continue
            places = {"first": 0, "worst": worst, "last": len(report["months"]) - 1}
            cells = {word: _moment(report, scenario, good, place) for word, place in places.items()}
            rows.append({"good": good, "scenario": scenario, "cells": cells})
    return rows


def worst_month(report: OutlookReport, scenario: ScenarioRuns, good: str) -> int | None:
    """Returns the place of the month with the widest gap of any branch, the earliest of equals."""
    widest: tuple[float, int] | None = None
    for run in scenario.runs:
        for place, value in enumerate(gap_series(run, good, report["months"])):
            if value is not None and (widest is None or (value, -place) > (widest[0], -widest[1])):
                widest = (value, place)
    return None if widest is None else widest[1]


def _moment(report: OutlookReport, scenario: ScenarioRuns, good: str, place: int) -> Moment:
    """Returns one cell: the numbers of all branches as intervals, and what carries most of each gap."""
    month = report["months"][place]
    held = [(run, at(gap_series(run, good, report["months"]), place)) for run in scenario.runs]
    told = sorted(((value, run) for run, value in held if value is not None), key=lambda pair: (pair[0], pair[1].key))
    inside, outside = (_ends(scenario, good, region, place) for region in (INSIDE, OUTSIDE))
    inside_range, outside_range = (_range(scenario, good, region, month) for region in (INSIDE, OUTSIDE))
    return {
        "month": month,
        "carriers": list(_carriers(scenario, good, month)),
        "gap": between(told[0][0], told[-1][0]) if told else "–",
        "ends": (told[0][1], told[-1][1]) if told and num(told[0][0]) != num(told[-1][0]) else None,
        "inside": inside,
        "outside": outside,
        "inside_range": inside_range if inside_range != inside else "",
        "outside_range": outside_range if outside_range != outside else "",
    }


def _ends(scenario: ScenarioRuns, good: str, region: str, place: int) -> str:
    values = list(known(at(series(run, good, region, basis="margin"), place) for run in scenario.runs))
    return between(min(values), max(values)) if values else "–"


def _carriers(scenario: ScenarioRuns, good: str, month: str) -> Iterator[Carrier]:
    """Yields the clause that carries most of the gap, once for all branches in which it is the same."""
    found: dict[tuple[Clauses, str], list[tuple[str, float]]] = {}
    for run in scenario.runs:
        gap = gaps(run, good).get(month)
        if gap is None:
            continue
        clauses = [(names, usd) for names, usd in by_clause(gap).items() if usd > 0]
        top, usd = clauses[0] if clauses else ((), 0.0)
        part, more = _greatest_other(gap)
        # Parts that narrow the gap would make the others more than the whole of it.
        widening = total(value for _, _, value in gap.parts if value > 0)
        share = usd / widening if gap.usd_per_kg > 0 else 0.0
        pair = (top if share > _NO_GAP else (), part if more > usd and gap.usd_per_kg > 0 else "")
        found.setdefault(pair, []).append((run.key, share))
    for (carrying, part), told in found.items():
        shares = sorted(share for _, share in told)
        low, high = percent(shares[0]), percent(shares[-1])
        text = low if low == high else f"{low.removesuffix(' %')} to {high}"
        yield {
            "clauses": carrying,
            "part": part,
            "share": text,
            "runs": [key for key, _ in told] if len(found) > 1 else [],
        }


def _greatest_other(gap: GapShown) -> tuple[str, float]:
    """Returns the greatest part that no clause makes."""
    sums: defaultdict[str, float] = defaultdict(float)
    for part, clauses, usd_per_kg in gap.parts:
        if not clauses:
            sums[part] += usd_per_kg
    return max(sorted(sums.items()), key=lambda item: item[1], default=("", 0.0))


def _range(scenario: ScenarioRuns, good: str, region: str, month: str) -> str:
    rows = [
        row
        for run in scenario.runs
        for row in run.body["ranges"]
        if (row["good"], row["month"]) == (good, month) and (row["region"] == INSIDE) == (region == INSIDE)
    ]
    where = sorted({row["region"] for row in rows} - {INSIDE, OUTSIDE})
    low = min((row["low"] for row in rows), default=0.0)
    high = max((row["high"] for row in rows), default=0.0)
    text = between(low, high) if rows and num(low) != num(high) else ""
    return f"{text} in {', '.join(where)}" if text and where else text
