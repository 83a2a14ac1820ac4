"""Whether technology or materials are the bottleneck as plain data."""

from __future__ import annotations

from collections.abc import Mapping

from coercivity.base.canonical import round_sig
from coercivity.base.months import month_text
from coercivity.base.sums import total
from coercivity.ministry.bottleneck.answer import BottleneckFound
from coercivity.ministry.bottleneck.figures import Interval
from coercivity.ministry.bottleneck.output import StageYear
from coercivity.ministry.bottleneck.plants import PlantCost, PlantFound, capacity_t_a_year
from coercivity.ministry.bottleneck.verdict import Verdict
from coercivity.papers.ministry.bottleneck.report_data import (
    BottleneckReport,
    IntervalData,
    NameData,
    OutputData,
    PlantCostData,
    PlantData,
    StartData,
    VerdictData,
)
from coercivity.papers.shared.paper.figures import number


def bottleneck_data(
    found: BottleneckFound,
    titles: Mapping[str, NameData],
    clauses: Mapping[str, NameData],
    regions: Mapping[str, NameData],
    packs: Mapping[str, Mapping[str, str]],
) -> BottleneckReport:
    """Returns the result as plain data, without its hash.

    Args:
        found: The result.
        titles: Titles of the runs by name.
        clauses: Short names of clauses by id.
        regions: Names of regions by key.
        packs: Version and hash of the packs.
    """
    held = sorted({one.plant.region for one in found.plants})
    return {
        "first": found.first,
        "last": found.last,
        "years": list(found.years),
        "draws": found.draws,
        "design": found.design,
        "runs": [{"run": name, "title": title} for name, title in titles.items()],
        "output": [_output(one) for one in found.output],
        "verdicts": [_verdict(one) for one in found.verdicts],
        "plants": [_plant(one) for one in found.plants],
        "cost_usd": _text(total(one.cost.usd.mean for one in found.plants if one.cost is not None)),
        "clauses": {name: clauses[name] for name in clauses_of(found)},
        "regions": {name: regions[name] for name in held},
        "failed": list(found.failed),
        "packs": packs,
        "hash": "",
    }


def clauses_of(found: BottleneckFound) -> list[str]:
    """Returns the ids of the clauses that delay a plant in any run, in order."""
    every = {name for plant in found.plants for one in plant.starts.values() for name in one.clauses}
    return sorted(every)


def _text(value: float) -> str:
    return number(round_sig(value) + 0.0)  # no minus zero


def _interval(found: Interval) -> IntervalData:
    low, high = found.low, found.high
    return {
        "mean": _text(found.mean),
        "low": None if low is None else _text(low),
        "high": None if high is None else _text(high),
    }


def _output(one: StageYear) -> OutputData:
    more = None if one.more is None else _interval(one.more)
    return {"stage": one.stage, "run": one.run, "year": one.year, "t": _text(one.t), "more_t": more}


def _verdict(one: Verdict) -> VerdictData:
    return {
        "stage": one.stage,
        "through": one.through,
        "base_t": _text(one.base_t),
        "technology_t": _interval(one.technology),
        "materials_t": _interval(one.materials),
        "between_t": _interval(one.between),
        "between_share": None if one.share is None else _text(one.share),
        "winner": one.winner,
        "reason": one.reason,
    }


def _plant(one: PlantFound) -> PlantData:
    starts: list[StartData] = [
        {
            "run": name,
            "start": "" if each.start is None else month_text(each.start),
            "share": _text(each.share),
            "delay_months": _text(each.delay_months),
            "clauses": list(each.clauses),
        }
        for name, each in one.starts.items()
    ]
    return {
        "plant_id": one.plant.id,
        "name": one.plant.name,
        "region": one.plant.region,
        "stage": one.plant.stage,
        "capacity_t": _text(capacity_t_a_year(one.plant)),
        "starts": starts,
        "never": one.never,
        "modelled": one.modelled,
        "cost": None if one.cost is None else _cost(one.cost),
    }


def _cost(one: PlantCost) -> PlantCostData:
    return {
        "delay_months": _interval(one.delay_months),
        "usd": _interval(one.usd),
        "unvalued_months": _text(one.unvalued_months),
        "later_months": _interval(one.later_months),
    }
