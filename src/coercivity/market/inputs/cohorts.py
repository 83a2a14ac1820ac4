"""Magnets in devices by year of sale: how many leave use in each month, and what they contain."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from coercivity.base.months import Month, month_text, parse_month
from coercivity.base.sums import total
from coercivity.market.inputs.base_flows import BaseFlows
from coercivity.market.inputs.coefficients import Coefficients
from coercivity.market.inputs.device_rows import DEVICES, check_devices
from coercivity.market.inputs.figures import Figures

Floats = NDArray[np.float64]
MONTHS = 12
# NdFeB magnets were first sold in 1985.
FIRST_SALES = parse_month("1985-01")
BASE_YEAR, MIDDLE = parse_month("2024-01"), parse_month("2024-07")
OLD = "old"
# Regions whose collection is that of `lifetimes`.
RICH = ("JP", "KR", "NAM", "EUR")
# Content of the magnets of each grade; those of cerium are counted with those without heavy rare earths.
CONTENT_OF = {"mag_none": "none", "mag_Ce": "none", "mag_low": "low", "mag_high": "high"}
CONTENTS = ("none", "low", "high", OLD)
_HEAVY = ("Dy", "Tb")
# Shares of alloyed magnets by rating, each as its rows of Nd, Pr and Dy; a magnet of today's grade had this before.
_RATINGS = {"H": ("CO117", "CO118", "CO119"), "SH": ("CO125", "CO126", "CO127")}
_RATINGS |= {"UH": ("CO133", "CO134", "CO135"), "EH": ("CO141", "CO142", "CO143")}
_ALLOYED = {"low": {"H": 0.2, "SH": 0.8}, "high": {"SH": 0.1, "UH": 0.5, "EH": 0.4}}
# Rows of `demand` with the growth of all magnets, by year.
_WORLD_GROWTH = {2021: "D0209", 2022: "D0210", 2023: "D0211"}
_OTHER_FROM = 2011


class Pool(NamedTuple):
    """Magnets of one content in one device of a region."""

    end_use: str
    region: str
    content: str


class Sold(NamedTuple):
    """Magnets of a grade that go into a device of a region."""

    use: str
    end_use: str
    region: str
    grade: str


def contents(coefficients: Coefficients) -> dict[str, dict[str, float]]:
    """Returns the mass share of each element in the magnets of each content; the old ones are alloyed.

    Source: equation 63 of docs/market.md.
    """
    found = {CONTENT_OF[grade]: dict(coefficients.content[grade]) for grade in ("mag_none", "mag_low", "mag_high")}
    return found | {OLD: _alloyed(coefficients.figures, "high")}


def _alloyed(figures: Figures, content: str) -> dict[str, float]:
    """Returns the content of magnets of today's grades when all their heavy rare earths were alloyed."""
    found = {"NdPr": 0.0, "Dy": 0.0}
    for rating, share in _ALLOYED[content].items():
        neodymium, praseodymium, dysprosium = (figures.value("process_coefficients", row) for row in _RATINGS[rating])
        found["NdPr"] += share * (neodymium + praseodymium)
        found["Dy"] += share * dysprosium
    return found


def heavy_share(content: Mapping[str, float]) -> float:
    """Returns the mass share of dysprosium and terbium."""
    return total(content.get(element, 0.0) for element in _HEAVY)


def lost_by_age(shape: float, scale_years: float, months: int) -> Floats:
    """Returns the share of a cohort that leaves use in each month of its life, the month of its sale first.

    Args:
        shape: Shape of the Weibull law.
        scale_years: Scale of the Weibull law [years].
        months: Months of life.

    Source: equation 63 of docs/market.md.
    """
    left = np.exp(-((np.arange(months + 1) / MONTHS / scale_years) ** shape))
    return left[:-1] - left[1:]


@dataclass(frozen=True)
class Cohorts:
    """Magnets by device, region and content, with their usual sales since 1985.

    Attributes:
        pools: Pools, in order.
        sold: Magnets that go into devices, in order.
        sold_t: Their usual sales in the middle of the base year [t/month].
        growth: Growth of each use from the base year on, per year.
    """

    coefficients: Coefficients
    pools: tuple[Pool, ...]
    sold: tuple[Sold, ...]
    sold_t: Floats
    growth: Mapping[str, float]

    def old_share(self, month: Month) -> float:
        """Returns the share of sales with heavy rare earths that were still alloyed throughout."""
        first, done = (self.coefficients.figures.assumption(f"diffusion_{word}_year") for word in ("from", "done"))
        year = int(month_text(month)[:4])
        return min(max((done - year) / max(done - first, 1.0), 0.0), 1.0)

    def by_pool(self, sold_t: Floats, month: Month) -> Floats:
        """Returns sales of a month by pool [t].

        An old magnet of a lower grade counts in part as old and in part as of today: its heavy rare earths add up.

        Args:
            sold_t: Sales in the order of `sold` [t]; columns are kept.
            month: The month.

        Source: equation 64 of docs/market.md.
        """
        own, old, weight = self._places
        share = self.old_share(month) * weight
        found = np.zeros(len(self.pools))
        np.add.at(found, own, sold_t * (1.0 - share))
        np.add.at(found, old, sold_t * share)
        return found

    @cached_property
    def _places(self) -> tuple[NDArray[np.int64], NDArray[np.int64], Floats]:
        """Position of the pool of each sale as made today and as an old magnet, and the old part of an old magnet."""
        at = {pool: place for place, pool in enumerate(self.pools)}
        each = contents(self.coefficients)
        most = heavy_share(each[OLD])
        own, old, weight = [], [], []
        for one in self.sold:
            content = CONTENT_OF[one.grade]
            own.append(at[Pool(one.end_use, one.region, content)])
            old.append(at.get(Pool(one.end_use, one.region, OLD), own[-1]))
            now = heavy_share(each[content])
            then = heavy_share(_alloyed(self.coefficients.figures, content)) if content in _ALLOYED else now
            weight.append((then - now) / (most - now))
        return np.array(own, dtype=np.int64), np.array(old, dtype=np.int64), np.array(weight)

    def level(self, use: str, months: Sequence[Month]) -> Floats:
        """Returns the usual sales of a use in some months, as a share of those in the middle of the base year.

        Source: equation 64 of docs/market.md.
        """
        first = min(FIRST_SALES, *months)
        rates = [self._yearly(use, month) for month in range(first, max(MIDDLE, *months) + 1)]
        logs = np.cumsum(np.log1p(rates)) / MONTHS
        found: Floats = np.exp(logs[np.array(months) - first] - logs[MIDDLE - first])
        return found

    def _yearly(self, use: str, month: Month) -> float:
        """Returns the growth of the sales of a use from the month before, per year."""
        figures = self.coefficients.figures
        if month >= BASE_YEAR:
            return self.growth[use]
        if use in ("ev_traction", "wind"):
            return figures.assumption(f"earlier_growth_{use}")
        year = int(month_text(month)[:4])
        if year in _WORLD_GROWTH:
            return figures.value("demand", _WORLD_GROWTH[year])
        return figures.assumption("earlier_growth_other" if year >= _OTHER_FROM else "earliest_growth_other")

    def usual_t(self, months: Sequence[Month]) -> Floats:
        """Returns the usual sales of some months, in the order of `sold` [t/month]."""
        levels = {use: self.level(use, months) for use in sorted({one.use for one in self.sold})}
        found: Floats = self.sold_t[:, None] * np.array([levels[one.use] for one in self.sold])
        return found

    def lost(self, months: int) -> Floats:
        """Returns the share of a cohort of each pool that leaves use in each month of its life.

        Args:
            months: Months of life.
        """
        figures = self.coefficients.figures
        each = {}
        for end_use in sorted({pool.end_use for pool in self.pools}):
            row = DEVICES[end_use].life
            shape, scale = (figures.value("lifetimes", row, column) for column in ("shape", "scale_years"))
            each[end_use] = lost_by_age(shape, scale, months)
        return np.array([each[pool.end_use] for pool in self.pools])

    def leaving_t(self, first: Month, months: int) -> Floats:
        """Returns what leaves use by pool in each month of a span, all sales since 1985 being usual [t].

        Args:
            first: First month of the span.
            months: Number of its months.

        Source: equation 63 of docs/market.md.
        """
        span = range(FIRST_SALES, first + months)
        usual = self.usual_t(list(span))
        sold = np.array([self.by_pool(usual[:, n], month) for n, month in enumerate(span)]).T
        lost = self.lost(len(span))
        age = np.arange(first - FIRST_SALES, len(span))[None, :] - np.arange(len(span))[:, None]
        found = np.zeros((len(self.pools), months))
        for end_use in sorted({pool.end_use for pool in self.pools}):
            rows = [n for n, pool in enumerate(self.pools) if pool.end_use == end_use]
            found[rows] = sold[rows] @ np.where(age >= 0, lost[rows[0]][np.maximum(age, 0)], 0.0)
        return found

    def channels(self, months: Sequence[Month]) -> Floats:
        """Returns the part of the collection rates that has channels in each of some months.

        Source: equation 65 of docs/market.md.
        """
        figures = self.coefficients.figures
        start = figures.assumption("collection_channels_2024")
        complete = parse_month(f"{figures.assumption('collection_complete_year'):.0f}-07")
        since = (np.array(months) - MIDDLE) / max(complete - MIDDLE, 1)
        found: Floats = start + (1.0 - start) * np.clip(since, 0.0, 1.0)
        return found

    def collection(self, column: str = "value") -> Floats:
        """Returns the share of the devices of each pool that is collected at the end of their life.

        Args:
            column: `value` at the prices of the base year, or `high` for the most that can be reached.
        """
        figures = self.coefficients.figures
        elsewhere = figures.assumption("collection_outside_rich_countries")
        found = []
        for pool in self.pools:
            rate = figures.value("lifetimes", DEVICES[pool.end_use].collection, column)
            found.append(rate if pool.region in RICH else rate * elsewhere)
        return np.array(found)

    def extraction(self) -> Floats:
        """Returns the extracted share of the magnets in collected devices, by pool."""
        figures = self.coefficients.figures
        return np.array([figures.value("lifetimes", DEVICES[pool.end_use].extraction) for pool in self.pools])


def cohorts(coefficients: Coefficients, base: BaseFlows, growth: Mapping[str, float]) -> Cohorts:
    """Returns the magnets in devices of every region, samarium-cobalt left out.

    Args:
        coefficients: Coefficients of the base year.
        base: Flows of the base year.
        growth: Growth of each use from the base year on, per year.

    Raises:
        CoercivityError: If a device has no lifetime; one fault for each.

    Source: equation 64 of docs/market.md.
    """
    mixes = _mixes(coefficients.figures)
    found: dict[Sold, float] = {}
    for (use, grade, region), yearly in sorted(base.use().items()):
        if grade not in CONTENT_OF:
            continue
        name = "mag_none" if grade == "mag_Ce" else grade
        for end_use, share in mixes[use, name, region].items():
            found[Sold(use, end_use, region, grade)] = yearly / MONTHS * share
    check_devices({one.end_use for one in found}, coefficients.figures)
    pools = {Pool(one.end_use, one.region, CONTENT_OF[one.grade]) for one in found}
    pools |= {pool._replace(content=OLD) for pool in pools if pool.content in _ALLOYED}
    sold = tuple(sorted(found))
    return Cohorts(coefficients, tuple(sorted(pools)), sold, np.array([found[one] for one in sold]), growth)


def _mixes(figures: Figures) -> dict[tuple[str, str, str], dict[str, float]]:
    """Returns the share of each device in the NdFeB magnets of a use, grade and region."""
    graded = {
        (row["end_use"], row["good"]): float(row["value"]) for row in figures.where("base_year", section="class_share")
    }
    masses: dict[tuple[str, str, str], dict[str, float]] = {}
    for row in figures.where("base_year", section="use", good="mag_NdFeB"):
        for grade in ("mag_none", "mag_low", "mag_high"):
            mass = float(row["value"]) * graded.get((row["end_use"], grade), 0.0)
            if mass:
                each = masses.setdefault((row["model_use"], grade, row["model_region"]), {})
                each[row["end_use"]] = each.get(row["end_use"], 0.0) + mass
    return {
        key: {name: mass / total(each.values()) for name, mass in sorted(each.items())} for key, each in masses.items()
    }
