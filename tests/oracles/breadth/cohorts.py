"""Magnets in devices in plain Python: one sale at a time, by month of its life.

Source: equations 63 to 65 of docs/market.md.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from coercivity.market.inputs.cohorts import Cohorts
from coercivity.market.inputs.figures import Figures

BEGIN, BASE, MIDDLE = 1985 * 12, 2024 * 12, 2024 * 12 + 6
RICH = {"JP", "KR", "NAM", "EUR"}
GRADES = {"mag_none": "none", "mag_Ce": "none", "mag_low": "low", "mag_high": "high"}
ALLOYED = {"low": {"H": 0.2, "SH": 0.8}, "high": {"SH": 0.1, "UH": 0.5, "EH": 0.4}}
DYSPROSIUM = {"H": "CO119", "SH": "CO127", "UH": "CO135", "EH": "CO143"}
Key = tuple[str, str, str]


def left(months: int, shape: float, scale_years: float) -> float:
    """Share of a sale still in use after so many months."""
    return math.exp(-((months / 12 / scale_years) ** shape))


def leaving(sold: Mapping[int, float], month: int, shape: float, scale_years: float) -> float:
    """What leaves use in a month of sales by month."""
    return math.fsum(
        mass * (left(month - when, shape, scale_years) - left(month - when + 1, shape, scale_years))
        for when, mass in sold.items()
        if when <= month
    )


def alloyed_share(figures: Figures, month: int) -> float:
    """Share of magnets with heavy rare earths that were alloyed in the year of a month."""
    start, done = figures.assumption("diffusion_from_year"), figures.assumption("diffusion_done_year")
    return min(max((done - month // 12) / (done - start), 0.0), 1.0)


def level(cohorts: Cohorts, use: str, month: int) -> float:
    """Usual sales of a month over those in the middle of 2024: every month grows by a twelfth of its year's growth."""
    figures, found = cohorts.coefficients.figures, 1.0
    low, high = sorted((month, MIDDLE))
    for each in range(low + 1, high + 1):
        found *= (1 + growth(cohorts, figures, use, each)) ** (1 / 12)
    return found if month >= MIDDLE else 1 / found


def growth(cohorts: Cohorts, figures: Figures, use: str, month: int) -> float:
    """Growth of the sales of a use a year, in the year of a month."""
    year = month // 12
    if year >= 2024:
        return cohorts.growth[use]
    if use in ("ev_traction", "wind"):
        return figures.assumption(f"earlier_growth_{use}")
    if year >= 2021:
        return figures.value("demand", {2021: "D0209", 2022: "D0210", 2023: "D0211"}[year])
    return figures.assumption("earlier_growth_other" if year >= 2011 else "earliest_growth_other")


def pools(cohorts: Cohorts, sold_t: Mapping[int, float], month: int) -> dict[Key, float]:
    """Sales of a month by device, region and content; sales by their place in the list of what is sold."""
    figures, content = cohorts.coefficients.figures, cohorts.coefficients.content
    share = alloyed_share(figures, month)

    def before(name: str) -> float:
        """Dysprosium of a magnet of a grade when all of it was alloyed."""
        return sum(part * figures.value("process_coefficients", DYSPROSIUM[r]) for r, part in ALLOYED[name].items())

    found: dict[Key, float] = {}
    for place, mass in sold_t.items():
        one = cohorts.sold[place]
        name, old = GRADES[one.grade], 0.0
        if name in ALLOYED:
            today = sum(content[one.grade].get(element, 0.0) for element in ("Dy", "Tb"))
            old = share * (before(name) - today) / (before("high") - today)
        for kind, part in ((name, 1 - old), ("old", old)):
            key = (one.end_use, one.region, kind)
            found[key] = found.get(key, 0.0) + mass * part
    return {key: mass for key, mass in found.items() if mass}
