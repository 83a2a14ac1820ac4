"""Ties between equally good plans, broken the same way every time: by a small cost taken from the name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from hashlib import blake2b

from coercivity.market.network.network import Activity

# Far above the tolerance of the solver and far below any price [USD/kg].
TIE = 2e-5


def keyed(*name: object) -> float:
    """Returns a number from 0 to 1 that depends on a name only."""
    digest = blake2b(repr(name).encode(), digest_size=6).digest()
    return int.from_bytes(digest, "big") / 2.0**48


def tied(activities: Iterable[Activity]) -> list[Activity]:
    """Returns the activities with a keyed cost of at most `TIE`, so that no two plans cost exactly the same.

    Source: equation 25 of docs/market.md.
    """
    return [replace(activity, cost=activity.cost + TIE * keyed(*activity.name)) for activity in activities]
