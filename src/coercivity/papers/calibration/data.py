"""A calibration as plain data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np

from coercivity.base.canonical import round_sig
from coercivity.calibration.counted import Counted
from coercivity.calibration.fits import CutFit
from coercivity.calibration.moved import Moved
from coercivity.calibration.parameters import load_prior
from coercivity.calibration.prior import Prior
from coercivity.ensemble.parameters import engine_hash
from coercivity.ensemble.runs.sets import DrawSet
from coercivity.papers.calibration.report_data import (
    CalibrationReport,
    FitData,
    MovedData,
    PullData,
    RowData,
    SeriesData,
)
from coercivity.papers.shared.paper.figures import number

_DIGITS, _PARTS = 6, 4
_LOW, _HIGH = 0.05, 0.95


def calibration_data(
    fits: Sequence[CutFit],
    draws: DrawSet,
    simulations: int,
    months: tuple[str, str],
    packs: Mapping[str, Mapping[str, str]],
) -> CalibrationReport:
    """Returns a calibration as plain data, without its hash.

    Args:
        fits: The fits.
        draws: The simulations.
        simulations: How many were asked for.
        months: First and last simulated month, YYYY-MM.
        packs: Version and hash of the packs.
    """
    prior = load_prior()
    return {
        "first": months[0],
        "last": months[1],
        "run": draws.run,
        "simulations": simulations,
        "solved": len(draws.points),
        "points": len(fits[0].fitted.values) if fits else 0,
        "parameters": [
            {
                "name": each.name,
                "stage": each.stage,
                "low": _text(each.low),
                "mode": _text(each.mode),
                "high": _text(each.high),
            }
            for each in prior.parameters
        ],
        "fits": [_fit(each, prior) for each in fits],
        "engine": engine_hash(),
        "packs": packs,
        "hash": "",
    }


def _text(value: float) -> str:
    return number(round_sig(float(value), _DIGITS) + 0.0)  # no minus zero


def _part(value: float) -> str:
    return number(round(float(value), _PARTS) + 0.0)


def _fit(one: CutFit, prior: Prior) -> FitData:
    stages = [match.stage for _, match in one.counted.rows]
    weighted, effective = one.fitted.quantities, one.fitted.price_effective
    return {
        "known": one.known.isoformat(),
        "file": f"posterior-{one.known.isoformat()}.yaml",
        "posterior": one.parameters.hash,
        "quantity_rows": stages.count("quantity"),
        "price_rows": stages.count("price"),
        "left": dict(sorted(Counter(left.why for left in one.counted.left).items())),
        "method": weighted.method,
        "steps": weighted.steps,
        "effective": str(round(weighted.effective)),
        "price_effective": str(round(float(np.median(effective)))) if effective.size else "0",
        "degrees": [surface.degree for surface in one.fitted.surfaces],
        "moved": [_moved(each, prior) for each in one.moved],
        "pulls": _pulls(one),
        "series": _series(one),
        "rows": _rows(one.counted),
    }


def _moved(one: Moved, prior: Prior) -> MovedData:
    at = prior.names.index(one.name)
    ends = prior.values(np.array([[_LOW] * len(prior.names), [_HIGH] * len(prior.names)]))[:, at]
    return {
        "name": one.name,
        "stage": one.stage,
        "prior_mean": _text(one.prior_mean),
        "prior_low": _text(ends[0]),
        "prior_high": _text(ends[1]),
        "mean": _text(one.mean),
        "low": _text(one.low),
        "high": _text(one.high),
        "shift": _part(one.shift),
        "shrunk": _part(one.shrunk),
        "overlap": _part(one.overlap),
        "unmoved": one.unmoved,
    }


def _pulls(one: CutFit) -> list[PullData]:
    return [
        {
            "stage": each.stage,
            "by": each.by,
            "group": each.group,
            "rows": each.rows,
            "shift": {name: _part(value) for name, value in each.shift},
            "effective": str(round(each.effective)),
        }
        for each in one.pulls
    ]


def _series(one: CutFit) -> list[SeriesData]:
    return [
        {
            "stage": each.stage,
            "kind": each.kind,
            "series": each.series,
            "rows": each.rows,
            "r2": _part(each.r2),
            "error_sd": _part(each.error_sd),
            "predicted": each.predicted,
            "inside": each.inside,
        }
        for each in one.series
    ]


def _rows(counted: Counted) -> list[RowData]:
    found: list[RowData] = [
        {"id": row.id, "series": row.series, "stage": match.stage, "kind": match.kind, "why": "", "reason": ""}
        for row, match in counted.rows
    ]
    found += [
        {
            "id": left.row.id,
            "series": left.row.series,
            "stage": "",
            "kind": left.row.kind,
            "why": left.why,
            "reason": left.reason,
        }
        for left in counted.left
    ]
    return sorted(found, key=lambda row: row["id"])
