"""The result of `fund pipeline` as plain data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from coercivity.base.canonical import round_sig
from coercivity.base.sums import total
from coercivity.ensemble.runs.sets import DrawSet
from coercivity.market.run.industry.plants import limits_of
from coercivity.ministry.fund.answer import FundFound
from coercivity.ministry.fund.valued import Offer
from coercivity.ministry.pipeline.book import Pipeline, Project
from coercivity.ministry.pipeline.portfolio import Mean, mean_of, scarcest
from coercivity.ministry.pipeline.worth import capacity_value
from coercivity.papers.ministry.pipeline.report_data import (
    PipelineBudgetData,
    PipelineRankData,
    PipelineReport,
    PipelineWithoutData,
    RangeData,
    ScarceData,
)

Floats = NDArray[np.float64]
TEN, MOST_SCARCE, DIGITS = 10, 8, 6


def pipeline_data(
    made: Pipeline, found: FundFound, paths: Mapping[str, DrawSet], budgets: Sequence[PipelineBudgetData], solved: int
) -> PipelineReport:
    """Returns the result as plain data, without its hash.

    Args:
        made: The pipeline.
        found: What the workbook says of it.
        paths: Draws without public money by legal path.
        budgets: The sets for each budget.
        solved: Draws that each set was solved on.
    """
    ranking = sorted(_ranking(made, found), key=lambda row: (-_mean(row["per_million"]), row["project"]))
    order = {
        path: [
            row["project"]
            for row in sorted(ranking, key=lambda row: (-row["per_million"][path]["mean"], row["project"]))[:TEN]
        ]
        for path in made.paths
    }
    return {
        "paths": list(made.paths),
        "runs": [each.run for each in paths.values()],
        "draws": total(len(each.points) for each in paths.values()),
        "draws_solved": solved,
        "years": list(made.years),
        "discount": made.discount,
        "years_after": made.years_after,
        "ranking": ranking,
        "order": order,
        "without": [_without(one) for one in made.without],
        "budgets": list(budgets),
        "scarce": _scarce(made, paths),
        "hash": "",
    }


def cheapest(found: FundFound, project: str) -> Offer:
    """Returns the instrument of a project with the least mean cost."""
    place = found.case.projects.index(project)
    offers = [offer for offer in found.case.offers if offer.project == place]
    return min(offers, key=lambda each: (each.mean_musd, each.instrument))


def _mean(ranges: Mapping[str, RangeData]) -> float:
    return total(one["mean"] for one in ranges.values()) / len(ranges)


def _ranking(made: Pipeline, found: FundFound) -> list[PipelineRankData]:
    rows: list[PipelineRankData] = []
    for place, one in enumerate(made.projects):
        entry, offer = one.candidate, cheapest(found, one.candidate.id)
        cost = float(offer.mean_musd)
        values: dict[str, RangeData] = {}
        each: dict[str, RangeData] = {}
        for at, path in enumerate(made.paths):
            drawn = made.worth_musd(one, at)
            whole = float(drawn.mean())
            # The workbook takes off slips and refusals; each draw is scaled alike.
            share = float(found.case.value_musd[place][at]) / whole if whole else 0.0
            values[path] = range_data(mean_of(drawn * share))
            each[path] = range_data(mean_of(drawn * share / cost)) if cost > 0 else range_data(mean_of(drawn * 0.0))
        rows.append(
            {
                "project": entry.id,
                "name": entry.name,
                "owner": entry.owner,
                "stage": entry.stage,
                "region": entry.region,
                "status": entry.status,
                "controlled": entry.controlled,
                "instrument": offer.instrument,
                "cost_musd": round_sig(cost, DIGITS),
                "relief_usd_per_kg": round_sig(one.relief_usd_per_kg, DIGITS),
                "charge_usd_per_kg": _charge(one),
                "additional_share": round_sig(_additional(made, one), DIGITS),
                "value_musd": values,
                "per_million": each,
            }
        )
    return rows


def _additional(made: Pipeline, one: Project) -> float:
    wanted = float(one.added[0].planned_t[0] @ made.lasting) * len(made.paths)
    return total(float(each[0].mean(axis=0) @ made.lasting) for each in one.more_t) / wanted if wanted else 0.0


def _charge(one: Project) -> float:
    return round_sig(float(np.nanmean(np.concatenate([each.charge_usd_per_kg for each in one.added]))), DIGITS)


def _without(one: Project) -> PipelineWithoutData:
    entry = one.candidate
    return {
        "project": entry.id,
        "name": entry.name,
        "stage": entry.stage,
        "region": entry.region,
        "reason": one.reason,
        "relief_usd_per_kg": round_sig(one.relief_usd_per_kg, DIGITS),
        "charge_usd_per_kg": _charge(one),
    }


def range_data(mean: Mean) -> RangeData:
    """Returns a mean with its interval as plain data."""

    def told(value: float | None) -> float | None:
        return None if value is None else round_sig(value, DIGITS)

    return {"mean": round_sig(mean.mean, DIGITS), "low": told(mean.low), "high": told(mean.high), "draws": mean.draws}


def _scarce(made: Pipeline, paths: Mapping[str, DrawSet]) -> list[ScarceData]:
    served = {
        limit for one in (*made.projects, *made.without) for part in one.candidate.parts for limit in limits_of(part)
    }
    return [
        {
            "capacity": name,
            "usd_per_kg": {
                path: round_sig(float(capacity_value(draws, name, made.years).mean()), DIGITS)
                for path, draws in paths.items()
            },
        }
        for name in scarcest(paths, made.years, served, MOST_SCARCE)
    ]
