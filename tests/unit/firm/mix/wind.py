"""A maker of wind turbines with one item and stops of 0, 3 or 6 months; the company is invented."""

from __future__ import annotations

from coercivity.firm.mix.model import MixCase, MixItem, MixLimits, MixOption, MixScenario

MONTHS = 6


def wind(cap_t: float = 60.0, loss_keur: float = 150.0) -> MixCase:
    """Returns the case: 10 t a month, a second source of 4 t a month that is needed only where the stop is."""
    item = MixItem("magnet", "heavy", (10.0,) * MONTHS, 20.0, loss_keur, cap_t)
    second = MixOption("second", "second_source", 200.0, 0, 4.0, 30.0, ("magnet",))
    stops = ((0, 0.60), (3, 0.25), (6, 0.15))
    scenarios = [
        MixScenario(f"{months} months", chance, shares := {"magnet": _open(months)}, shares, 1.0)
        for months, chance in stops
    ]
    return MixCase((item,), (second,), tuple(scenarios), MixLimits(), MONTHS, sea_months=0, alpha=0.85)


def _open(months: int) -> tuple[float, ...]:
    return (0.0,) * months + (1.0,) * (MONTHS - months)
