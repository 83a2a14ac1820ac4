"""Draws that can be worked out by hand."""

from __future__ import annotations

from coercivity.base.json_types import Json
from coercivity.firm.mix.drivers.series import DrawSeries, DriverSet, Queues

MONTHS = tuple(f"2026-{month:02d}" for month in range(1, 9))
MANIFEST: dict[str, Json] = {
    "law": {"version": "2026-11-27", "hash": "h", "known_through": "2026-10-05"},
    "packs": {"practice": {"version": "2026-11-24", "hash": "p"}, "world": {"version": "2026-11-24", "hash": "w"}},
    "points": 2,
    "scramble": 0,
}


def steady(point: int = 0) -> DrawSeries:
    """Returns a desk that grants 10 files a month and has 20 pending: two months from filing to decision."""
    return DrawSeries(point, (10.0,) * 8, (0.0,) * 8, (20.0,) * 8)


def halted(point: int = 1) -> DrawSeries:
    """Returns the same with a halt in months 4 and 5, after which the desk catches up."""
    granted = (10.0, 10.0, 10.0, 0.0, 0.0, 30.0, 10.0, 10.0)
    pending = (20.0, 20.0, 20.0, 30.0, 40.0, 20.0, 20.0, 20.0)
    return DrawSeries(point, granted, (0.0,) * 8, pending)


def two_paths() -> DriverSet:
    """Returns two draws in each of two legal paths."""
    paths = {"lapsed": (steady(), halted()), "extended:2027-11-10": (steady(), halted())}
    return DriverSet(MANIFEST, Queues("magnet", "EUR", ("DE",)), MONTHS, paths, "made")
