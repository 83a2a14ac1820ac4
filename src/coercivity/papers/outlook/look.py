"""The summary of an outlook: each main product in its first, worst and last month, and the cause of the gap."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import TypedDict

from coercivity.base.sums import total
from coercivity.base.words import Lang, say
from coercivity.papers.outlook.desk.causes import amounts_told, by_cause, causes_told, main_cause_told
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
    has_market,
    headline_goods,
    known,
    limit_text,
    num,
    percents,
    scenarios,
    series,
)
from coercivity.papers.outlook.report_data import OutlookReport
from coercivity.papers.outlook.words import INSIDE, OUTSIDE, PHRASES, named

_NO_GAP = 5e-3


class Carrier(TypedDict):
    """The main cause of a gap: clauses with their share, or a larger part that no clause causes.

    `causes` says how much of what the clauses cause is due to waiting, refusals and halts, `amounts` only the amounts,
    `main` only which is the largest.
    """

    clauses: Clauses
    part: str
    share: str
    runs: list[str]
    causes: str
    amounts: str
    main: str


class Moment(TypedDict):
    """A product in one month: numbers of all legal scenarios as intervals, and the runs at both ends of the gap."""

    month: str
    carriers: list[Carrier]
    gap: str
    ends: tuple[ReadRun, ReadRun] | None
    inside: str
    outside: str
    inside_range: str
    outside_range: str


class LookRow(TypedDict):
    """A product under a scenario in its first, worst and last month."""

    good: str
    scenario: ScenarioRuns
    cells: dict[str, Moment]


def look(report: OutlookReport, lang: Lang = "en") -> list[LookRow]:
    """Returns a row for each main product and scenario: price in and outside China, gap, clause, in three months."""
    rows: list[LookRow] = []
    for good in headline_goods(report):
        for scenario in scenarios(report):
            worst = worst_month(report, scenario, good)
            if worst is None:
                continue
            places = {"first": 0, "worst": worst, "last": len(report["months"]) - 1}
            cells = {word: _moment(report, scenario, good, place, lang) for word, place in places.items()}
            rows.append({"good": good, "scenario": scenario, "cells": cells})
    return rows


def worst_month(report: OutlookReport, scenario: ScenarioRuns, good: str) -> int | None:
    """Returns the position of the month with the widest gap of any legal scenario, the earliest of equals."""
    widest: tuple[float, int] | None = None
    for run in scenario.runs:
        for place, value in enumerate(gap_series(run, good, report["months"])):
            if value is not None and (widest is None or (value, -place) > (widest[0], -widest[1])):
                widest = (value, place)
    return None if widest is None else widest[1]


def _moment(report: OutlookReport, scenario: ScenarioRuns, good: str, place: int, lang: Lang) -> Moment:
    """Returns one cell: the numbers of all legal scenarios as intervals, and the main cause of each gap."""
    month = report["months"][place]
    held = [(run, at(gap_series(run, good, report["months"]), place)) for run in scenario.runs]
    told = sorted(((value, run) for run, value in held if value is not None), key=lambda pair: (pair[0], pair[1].key))
    inside, outside = (_ends(scenario, good, region, place, lang) for region in (INSIDE, OUTSIDE))
    gap = between(told[0][0], told[-1][0], lang) if told else "–"
    if told and not _traded(scenario, good, OUTSIDE, place):
        gap = say(PHRASES["at_most"], lang).format(num(told[-1][0]))
    inside_range, outside_range = (_range(report, scenario, good, region, month, lang) for region in (INSIDE, OUTSIDE))
    return {
        "month": month,
        "carriers": list(_carriers(scenario, good, month, lang)),
        "gap": gap,
        "ends": (told[0][1], told[-1][1]) if told and num(told[0][0]) != num(told[-1][0]) else None,
        "inside": inside,
        "outside": outside,
        "inside_range": inside_range if inside_range != inside else "",
        "outside_range": outside_range if outside_range != outside else "",
    }


def _ends(scenario: ScenarioRuns, good: str, region: str, place: int, lang: Lang) -> str:
    """Returns a price in all legal scenarios as an interval; where there is no market, as the limit that it is."""
    values = list(known(at(series(run, good, region, basis="margin"), place) for run in scenario.runs))
    if not values:
        return "–"
    told = between(min(values), max(values), lang)
    return told if _traded(scenario, good, region, place) else limit_text(num(max(values)), lang)


def _traded(scenario: ScenarioRuns, good: str, region: str, place: int) -> bool:
    return all(has_market(run, good, region, place) for run in scenario.runs)


def _carriers(scenario: ScenarioRuns, good: str, month: str, lang: Lang) -> Iterator[Carrier]:
    """Yields the clause that causes most of the gap, once for all legal scenarios in which it is the same."""
    found: dict[tuple[Clauses, str], list[tuple[str, float, GapShown]]] = {}
    for run in scenario.runs:
        gap = gaps(run, good).get(month)
        if gap is None:
            continue
        clauses = [(names, usd) for names, usd in by_clause(gap).items() if usd > 0]
        top, usd = clauses[0] if clauses else ((), 0.0)
        part, more = _greatest_other(gap)
        # Parts that narrow the gap would make the others add up to more than the gap.
        widening = total(part.usd_per_kg for part in gap.parts if part.usd_per_kg > 0)
        share = usd / widening if gap.usd_per_kg > 0 else 0.0
        pair = (top if share > _NO_GAP else (), part if more > usd and gap.usd_per_kg > 0 else "")
        found.setdefault(pair, []).append((run.key, share, gap))
    for (carrying, part), told in found.items():
        sums = [by_cause(gap, carrying) for _, _, gap in told]
        shares = sorted(share for _, share, _ in told)
        yield {
            "clauses": carrying,
            "part": part,
            "share": percents(shares[0], shares[-1], lang),
            "runs": [key for key, _, _ in told] if len(found) > 1 else [],
            "causes": causes_told(sums, lang),
            "amounts": amounts_told(sums, lang),
            "main": main_cause_told(sums, lang),
        }


def _greatest_other(gap: GapShown) -> tuple[str, float]:
    """Returns the largest part that no clause causes."""
    sums: defaultdict[str, float] = defaultdict(float)
    for part in gap.parts:
        if not part.clauses:
            sums[part.part] += part.usd_per_kg
    return max(sorted(sums.items()), key=lambda item: item[1], default=("", 0.0))


def _range(report: OutlookReport, scenario: ScenarioRuns, good: str, region: str, month: str, lang: Lang) -> str:
    rows = [
        row
        for run in scenario.runs
        for row in run.body["ranges"]
        if (row["good"], row["month"]) == (good, month) and (row["region"] == INSIDE) == (region == INSIDE)
    ]
    where = sorted({row["region"] for row in rows} - {INSIDE, OUTSIDE})
    low = min((row["low"] for row in rows), default=0.0)
    high = max((row["high"] for row in rows), default=0.0)
    text = between(low, high, lang) if rows and num(low) != num(high) else ""
    if not (text and where):
        return text
    places = ("、" if lang == "zh" else ", ").join(say(named(report, "regions", name), lang) for name in where)
    return say(PHRASES["range_in"], lang).format(text, places)
