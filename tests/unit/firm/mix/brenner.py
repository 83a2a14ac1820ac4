"""Brenner Windtechnik, which chooses a mix for three grades under one authority; the company is invented."""

from __future__ import annotations

from coercivity.firm.mix.model import MixCase, MixItem, MixLimits, MixOption, MixScenario

MONTHS = 12
# Scenario, probability, first month, months, months if filed, classes it strikes, share of second sources.
STOPS = (
    ("s0", 0.40, 1, 0, 0, "none", 1.0),
    ("s1", 0.12, 3, 2, 1, "heavy", 1.0),
    ("s2", 0.10, 3, 4, 2, "heavy", 1.0),
    ("s3", 0.08, 6, 4, 2, "heavy", 1.0),
    ("s4", 0.08, 4, 6, 6, "heavy", 1.0),
    ("s5", 0.06, 2, 9, 9, "heavy", 0.5),
    ("s6", 0.05, 5, 3, 3, "all", 1.0),
    ("s7", 0.05, 8, 5, 3, "heavy", 1.0),
    ("s8", 0.03, 4, 6, 6, "all", 0.5),
    ("s9", 0.03, 2, 11, 11, "all", 0.5),
)
ITEMS = (
    MixItem("A", "none", (12.0,) * MONTHS, 9.0, 60.0, 30.0),
    MixItem("B", "heavy", (8.0,) * MONTHS, 14.0, 110.0, 30.0),
    MixItem("C", "heavy", (3.0,) * MONTHS, 26.0, 240.0, 8.0),
)
OPTIONS = (
    MixOption("second", "second_source", 340.0, 3, 4.0, 28.0, ("B", "C"), follows_second_source=True),
    MixOption("air", "air", 60.0, 0, 6.0, 9.0, ("A", "B", "C")),
    MixOption("lean", "leaner_grade", 90.0, 5, 1.05, 0.0, ("C", "B")),
    MixOption("recycling", "recycling", 60.0, 2, 1.5, 8.0, ("B",)),
    MixOption("filing", "filing", 40.0, 0, 0.0, 0.0, ()),
)


def shares(first: int, months: int, scope: str) -> dict[str, tuple[float, ...]]:
    """Returns the share let out by item and month: nothing in a month of the stop."""
    stopped = {item.item for item in ITEMS if scope in ("all", item.group)}
    return {
        item.item: tuple(
            0.0 if item.item in stopped and first <= month < first + months else 1.0 for month in range(1, MONTHS + 1)
        )
        if scope != "none"
        else (1.0,) * MONTHS
        for item in ITEMS
    }


def brenner() -> MixCase:
    """Returns the case of Brenner Windtechnik."""
    scenarios = tuple(
        MixScenario(name, chance, shares(first, months, scope), shares(first, filed, scope), share)
        for name, chance, first, months, filed, scope, share in STOPS
    )
    return MixCase(ITEMS, OPTIONS, scenarios, MixLimits(700.0, 36.0, 560.0), MONTHS)
