"""How far a figure of the run is from what a report covers."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from coercivity.base.canonical import round_sig
from coercivity.papers.market.desk.beside import Figure
from coercivity.papers.market.desk.report_data import CheckRow, Verdict

Measure = Literal["ratio", "difference"]
# `approximate` covers a quarter on both sides of a count or a time, and so much of a share.
ABOUT, ABOUT_SHARE = 1.25, 0.1
# A misfit up to the first end is met, up to the second near.
RATIOS, SHARES, FILES = (1.25, 2.0), (0.1, 0.25), (1.0, 5.0)
_LOW_ENDS, _HIGH_ENDS = ("_min", "_lower"), ("_max", "_upper", "_max_observed")


@dataclass(frozen=True, slots=True)
class Covered:
    """What a report covers; infinity is an open end.

    Attributes:
        value: The figure itself.
        low: Least value covered.
        high: Greatest value covered.
    """

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Misfit:
    """The distance of a figure of the run to what a report covers.

    Attributes:
        amount: Ratio or difference to the nearest end; 1 or 0 inside.
        measure: Which of them.
        within: Whether the report covers the figure.
        verdict: met, near or missed.
    """

    amount: float
    measure: Measure
    within: bool
    verdict: Verdict


def covered(value: float, metric: str, qualifier: str, *, share: bool) -> Covered:
    """Returns what a report covers: its figure, or what lies above or below it as it is worded.

    Args:
        value: The figure.
        metric: Metric of the report; its ending says whether it is the least or the most.
        qualifier: at_least, or_more, below, approximate, or empty.
        share: Whether it is a share.
    """
    if qualifier in ("at_least", "or_more") or metric.endswith(_LOW_ENDS):
        return Covered(value, value, math.inf)
    if qualifier == "below" or metric.endswith(_HIGH_ENDS):
        return Covered(value, -math.inf, value)
    if qualifier == "approximate":
        return (
            Covered(value, value - ABOUT_SHARE, value + ABOUT_SHARE)
            if share
            else Covered(value, value / ABOUT, value * ABOUT)
        )
    return Covered(value, value, value)


def both(low: Covered, high: Covered, value: float) -> Covered:
    """Returns what the least and the most of one report cover together."""
    return Covered(value, low.low, high.high)


def misfit(told: Covered, low: float, high: float, *, share: bool) -> Misfit:
    """Returns the misfit of a figure that lies between two ends; for a single figure both are equal.

    Args:
        told: What the report covers.
        low: Least value of the figure of the run.
        high: Its greatest value.
        share: Whether it is a share.
    """
    if low <= told.high and told.low <= high:
        none_reported = not share and told.high == 0
        return Misfit(0.0 if share or none_reported else 1.0, _measure(told, share=share), True, "met")
    model, end = (low, told.high) if low > told.high else (high, told.low)
    if share or end <= 0:
        amount = model - end
        ends = SHARES if share else FILES
        return Misfit(round_sig(amount), "difference", False, _verdict(abs(amount), ends))
    amount = max(model, 0.0) / end
    size = max(amount, 1 / amount) if amount > 0 else math.inf
    return Misfit(round_sig(amount), "ratio", False, _verdict(size, RATIOS))


def _measure(told: Covered, *, share: bool) -> Measure:
    return "difference" if share or told.high == 0 else "ratio"


def _verdict(size: float, ends: tuple[float, float]) -> Verdict:
    met, near = ends
    return "met" if size <= met else "near" if size <= near else "missed"


def with_figure(row: CheckRow, figure: Figure, told: Covered, *, share: bool) -> CheckRow:
    """Returns a row with the figure of the run and its misfit.

    Args:
        row: The row of practice.
        figure: The figure of the run for the same place, use and date.
        told: What the report covers.
        share: Whether both are shares.
    """
    found = misfit(told, *figure.ends, share=share)
    return {
        **row,
        "reported": round_sig(told.value),
        "reported_low": _end(told.low),
        "reported_high": _end(told.high),
        "compared": figure.compared,
        "model": round_sig(figure.value),
        "model_low": None if figure.low is None else round_sig(figure.low),
        "model_high": None if figure.high is None else round_sig(figure.high),
        "misfit": found.amount,
        "misfit_is": found.measure,
        "within": found.within,
        "verdict": found.verdict,
    }


def _end(value: float) -> float | None:
    return round_sig(value) if math.isfinite(value) else None
