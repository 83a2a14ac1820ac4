"""The numbers and the series that draws are asked for: each number one value a draw."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from coercivity.base.months import parse_month
from coercivity.ensemble.results.quantiles import Floats
from coercivity.ensemble.runs.keeping import Block
from coercivity.ensemble.runs.sets import DrawSet

YEAR = 12
DYSPROSIUM, NEODYMIUM, MAGNETS = "ox_Dy:XCN", "ox_NdPr:XCN", "magnets:XCN"
START = ":start"
# Uses without magnets are counted in oxide, and have no devices.
_WITHOUT_MAGNETS = "nonmagnet"
_HOME = "CN"


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that draws are asked for.

    Attributes:
        key: Its key.
        unit: Its unit.
        about: What it is.
        of: Returns its value by draw, shape (draws,), not a number where a draw has none.
    """

    key: str
    unit: str
    about: str
    of: Callable[[DrawSet], Floats]


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happens in a draw or not.

    Attributes:
        key: Its key.
        about: What it is.
        of: Returns whether it happens by draw, shape (draws,).
    """

    key: str
    about: str
    of: Callable[[DrawSet], NDArray[np.bool_]]


@dataclass(frozen=True, slots=True)
class Series:
    """A monthly series of which a fan is shown: block, name, unit."""

    block: Block
    name: str
    unit: str

    @property
    def key(self) -> str:
        """Block and name."""
        return f"{self.block}:{self.name}"


def figures(slowest: str = "") -> tuple[Figure, ...]:
    """Returns the numbers of a report.

    Args:
        slowest: The plant whose start is asked for; without one there is no such number.
    """
    found = [
        Figure(
            "dy_outside",
            "USD/kg",
            "price paid for dysprosium oxide outside China, mean of the last twelve months",
            lambda draws: _last_year(draws, "traded", DYSPROSIUM),
        ),
        Figure(
            "dy_gap",
            "USD/kg",
            "price gap of dysprosium oxide between China and abroad, mean of the period",
            lambda draws: _mean(draws, "gap", DYSPROSIUM),
        ),
        Figure(
            "ndpr",
            "USD/kg",
            "price paid for NdPr oxide outside China, mean of the last calendar year of the period",
            lambda draws: _calendar_year(draws, "traded", NEODYMIUM),
        ),
        Figure(
            "magnets_exported",
            "t/yr",
            "magnets that clear customs out of China, mean of the period",
            lambda draws: _mean(draws, "out", MAGNETS) * YEAR,
        ),
        Figure(
            "devices_not_built",
            "t",
            "devices abroad not built for want of magnets, in the period, in tonnes of their magnets",
            lambda draws: _devices(draws, "without_t"),
        ),
        Figure(
            "devices_less",
            "t",
            "magnets abroad saved or not ordered because of the price, in the period",
            lambda draws: _devices(draws, "less_t"),
        ),
        Figure(
            "licences_granted",
            "fraction",
            "share granted of the applications decided in the period",
            _granted,
        ),
    ]
    if slowest:
        found.append(
            Figure(
                "slowest_start",
                "month",
                f"start of {slowest}, in months since year 0; a plant that does not start by the end of the period "
                "counts as the month after it",
                lambda draws: starts(draws, slowest),
            )
        )
    return tuple(found)


def events(slowest: str = "") -> tuple[Event, ...]:
    """Returns the events of a report.

    Args:
        slowest: The plant of which it is asked whether it starts in the period.
    """
    found = [
        Event(
            "dy_gap_above_100",
            "the price gap of dysprosium oxide exceeds 100 USD/kg in some month",
            lambda draws: any_above(draws, "gap", DYSPROSIUM, 100.0),
        ),
        Event(
            "devices_not_built_above_100",
            "devices with more than 100 t of magnets a year are not built abroad, on average over the period",
            lambda draws: _devices(draws, "without_t") * YEAR / len(draws.months) > 100.0,
        ),
        Event(
            "magnets_exported_below_50000",
            "less than 50,000 t of magnets a year leave China, on average over the period",
            lambda draws: _mean(draws, "out", MAGNETS) * YEAR < 50_000.0,
        ),
    ]
    if slowest:
        found.append(
            Event(
                "slowest_not_started",
                f"{slowest} does not start in the period",
                lambda draws: starts(draws, slowest) > parse_month(draws.months[-1]),
            )
        )
    return tuple(found)


def fans() -> tuple[Series, ...]:
    """Returns the series of which a report shows a fan."""
    return (
        Series("traded", DYSPROSIUM, "USD/kg"),
        Series("gap", DYSPROSIUM, "USD/kg"),
        Series("traded", NEODYMIUM, "USD/kg"),
        Series("traded", "mag_high:XCN", "USD/kg"),
        Series("out", MAGNETS, "t/month"),
        Series("out", "Dy:XCN", "t/month"),
    )


def slowest_plant(usual: DrawSet) -> str:
    """Returns the plant that starts last of those that start in the period of a run; empty if none does.

    Of plants that start in the same month the first by name is taken.

    Args:
        usual: The run without draws, as a set of one.
    """
    first, last = parse_month(usual.months[0]), parse_month(usual.months[-1])
    found = [
        (-float(value[0, 0]), name.removesuffix(START))
        for name in usual.names["plants"]
        if name.endswith(START) and first <= (value := usual.series("plants", name))[0, 0] <= last
    ]
    return min(found)[1] if found else ""


def starts(draws: DrawSet, plant: str) -> Floats:
    """Returns the start of a plant by draw [months since year 0], shape (draws,).

    A plant that does not start by the end of the period counts as the month after it.

    Args:
        draws: The draws.
        plant: Id of the plant.
    """
    after = float(parse_month(draws.months[-1]) + 1)
    name = plant + START
    if name not in draws.names["plants"]:
        return np.full(len(draws.points), after)
    return np.fmin(draws.series("plants", name)[:, 0], after)


def any_above(draws: DrawSet, block: Block, name: str, limit: float) -> NDArray[np.bool_]:
    """Returns whether a series exceeds a limit in some month, by draw, shape (draws,).

    Args:
        draws: The draws.
        block: Block of the series.
        name: Its name.
        limit: The limit [unit of the series].
    """
    found: NDArray[np.bool_] = np.any(series_of(draws, block, name) > limit, axis=1)
    return found


def series_of(draws: DrawSet, block: Block, name: str) -> Floats:
    """Returns a series by draw; what no draw has is zero if it counts tonnes, and unknown if it is a price."""
    if name in draws.names[block]:
        return draws.series(block, name)
    missing = np.nan if block in ("quote", "traded", "gap") else 0.0
    return np.full((len(draws.points), len(draws.months)), missing)


def _mean(draws: DrawSet, block: Block, name: str) -> Floats:
    found: Floats = series_of(draws, block, name).mean(axis=1)
    return found


def _last_year(draws: DrawSet, block: Block, name: str) -> Floats:
    found: Floats = series_of(draws, block, name)[:, -YEAR:].mean(axis=1)
    return found


def _calendar_year(draws: DrawSet, block: Block, name: str) -> Floats:
    year = draws.years[-1]
    at = [number for number, month in enumerate(draws.months) if month[:4] == year]
    found: Floats = series_of(draws, block, name)[:, at].mean(axis=1)
    return found


def _devices(draws: DrawSet, what: str) -> Floats:
    return _added(draws, "use", (name for name in draws.names["use"] if _is_device(name, what)))


def _is_device(name: str, what: str) -> bool:
    use, region, figure = name.split(":")
    return figure == what and region != _HOME and not use.startswith(_WITHOUT_MAGNETS)


def _granted(draws: DrawSet) -> Floats:
    """Returns granted files as a share of decided ones; not a number where none was decided."""
    granted, refused = (
        _added(draws, "licences", (name for name in draws.names["licences"] if name.endswith(f":{figure}")))
        for figure in ("granted", "refused")
    )
    decided = granted + refused
    nothing = np.full(len(draws.points), np.nan)
    found: Floats = np.divide(granted, decided, out=nothing, where=decided > 0.0)
    return found


def _added(draws: DrawSet, block: Block, names: Iterable[str]) -> Floats:
    """Returns the sum of series over their months, by draw."""
    at = [draws.names[block].index(name) for name in names]
    found: Floats = draws.values[block][:, at].sum(axis=(1, 2)) if at else np.zeros(len(draws.points))
    return found
