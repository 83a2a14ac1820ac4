"""Report data of line stops over draws, beside what the user's own rows of Delays say."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import TypedDict

from coercivity.base.days import Day
from coercivity.firm.line_stop.drawn.results import (
    DaysDrawn,
    DrawnChance,
    LineStopsDrawn,
    PaidDrawn,
    PartDrawn,
    PlantDrawn,
)
from coercivity.firm.line_stop.results import LineStops


class ChanceData(TypedDict):
    """A chance over draws, with its 90 % interval."""

    chance: float
    low: float
    high: float


class DecisionData(TypedDict):
    """Days of one decision of the authority where it is not refused [calendar days]; null if it is in all draws."""

    kind: str
    since: str
    form: str
    country: str
    days: dict[str, int | None]
    refused: ChanceData


class CauseData(TypedDict):
    """A cause, with the share of the draws that have it."""

    part: str
    cause: str
    of: str
    share: float


class ByDayData(ChanceData):
    """The chance of a first lost day on or before a day."""

    on: str


class PlantDrawnData(TypedDict):
    """A plant over the draws, and by the user's own Delays; a figure that is not given is null."""

    plant: str
    standing: ChanceData
    own_standing: float | None
    first_on: dict[str, str | None]
    lost_days: dict[str, int]
    mean_lost_days: float | None
    own_mean_lost_days: float | None
    loss_keur: dict[str, float]
    mean_loss_keur: float | None
    own_mean_loss_keur: float | None
    by_day: list[ByDayData]
    causes: list[CauseData]


class PartDrawnData(TypedDict):
    """A part at a plant over the draws."""

    plant: str
    part: str
    not_met: ChanceData
    first_on: dict[str, str | None]


class PriceDrawnData(TypedDict):
    """The price of a contract in a month over the draws [USD/kg]."""

    contract: str
    month: str
    price_usd_per_kg: dict[str, float]


class PaidDrawnData(TypedDict):
    """What the contracts cost over the draws of one legal scenario [USD]."""

    legal: str
    kept_prices: bool
    draws: int
    paid_usd: dict[str, float]
    mean_usd: float
    prices: list[PriceDrawnData]


class StopsDrawnReport(TypedDict):
    """Line stops over draws. Percentiles are named 10, 50 and 90."""

    draws: int
    used: int
    scramble: int
    on: str
    until: str
    known: str
    independent: bool
    decisions: list[DecisionData]
    plants: list[PlantDrawnData]
    parts: list[PartDrawnData]
    paid: list[PaidDrawnData]
    price_months: list[str]
    price_series: dict[str, str]
    price_command: str
    rows: list[str]


def stops_drawn_data(
    found: LineStopsDrawn, own: LineStops, series: Mapping[str, str], command: str
) -> StopsDrawnReport:
    """Returns line stops over draws as plain data.

    Args:
        found: The result.
        own: The result by the user's own Delays.
        series: Series of the market that stands for each index.
        command: Command that makes draws of prices for the months of the contracts.
    """
    return {
        "draws": found.draws,
        "used": found.used,
        "scramble": found.scramble,
        "on": found.on.isoformat(),
        "until": found.until.isoformat(),
        "known": found.known.isoformat(),
        "independent": found.independent,
        "decisions": [_decision(each) for each in found.days],
        "plants": [_plant(each, own) for each in found.plants],
        "parts": [_part(each) for each in found.parts],
        "paid": [_paid(each) for each in found.paid],
        "price_months": list(found.price_months),
        "price_series": dict(sorted(series.items())),
        "price_command": command,
        "rows": list(found.rows),
    }


def _plant(found: PlantDrawn, own: LineStops) -> PlantDrawnData:
    mine = next((each for each in own.chances if each.plant == found.plant), None)
    return {
        "plant": found.plant,
        "standing": _chance_data(found.standing),
        "own_standing": float(mine.standing) if mine is not None else None,
        "first_on": _days(found.first_on),
        "lost_days": {str(level): days for level, days in found.lost_days.items()},
        "mean_lost_days": found.mean_lost_days,
        "own_mean_lost_days": _float(mine.mean_lost_days) if mine is not None else None,
        "loss_keur": {str(level): loss for level, loss in found.loss_keur.items()},
        "mean_loss_keur": found.mean_loss_keur,
        "own_mean_loss_keur": _float(mine.mean_loss_keur) if mine is not None else None,
        "by_day": [{"on": day.isoformat(), **_chance_data(chance)} for day, chance in found.by_day],
        "causes": [
            {"part": part, "cause": cause, "of": of, "share": share}
            for (part, cause, of), share in sorted(found.causes.items(), key=lambda each: (-each[1], each[0]))
        ],
    }


def _float(value: Fraction | None) -> float | None:
    return None if value is None else float(value)


def _part(found: PartDrawn) -> PartDrawnData:
    return {
        "plant": found.plant,
        "part": found.part,
        "not_met": _chance_data(found.not_met),
        "first_on": _days(found.first_on),
    }


def _decision(found: DaysDrawn) -> DecisionData:
    return {
        "kind": found.kind,
        "since": found.since.isoformat(),
        "form": found.form,
        "country": found.country,
        "days": {str(level): days for level, days in found.days.items()},
        "refused": _chance_data(found.refused),
    }


def _paid(found: PaidDrawn) -> PaidDrawnData:
    prices: list[PriceDrawnData] = [
        {
            "contract": each.contract,
            "month": each.month,
            "price_usd_per_kg": {str(level): price for level, price in each.price_usd.items()},
        }
        for each in found.prices
    ]
    return {
        "legal": found.legal,
        "kept_prices": found.kept,
        "draws": found.draws,
        "paid_usd": {str(level): paid for level, paid in found.paid_usd.items()},
        "mean_usd": found.mean_usd,
        "prices": prices,
    }


def _chance_data(found: DrawnChance) -> ChanceData:
    return {"chance": found.chance, "low": found.low, "high": found.high}


def _days(levels: Mapping[int, Day | None]) -> dict[str, str | None]:
    return {str(level): day.isoformat() if day is not None else None for level, day in levels.items()}
