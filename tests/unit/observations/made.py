"""A row to change, as it stands in the pack."""

from __future__ import annotations

from dataclasses import replace

from coercivity.base.days import Day
from coercivity.observations.rows import Observation, load_observations
from coercivity.observations.series import Match, match_of


def packed_row(row_id: str, **changes: object) -> Observation:
    """A row of the pack with other cells."""
    found = next(row for row in load_observations(unused=True) if row.id == row_id)
    return replace(found, **changes)  # type: ignore[arg-type]


def in_period(row_id: str, first: str, last: str, **changes: object) -> Observation:
    """A row of the pack with another period."""
    return packed_row(row_id, first_on=Day.fromisoformat(first), last_on=Day.fromisoformat(last), **changes)


def match(row: Observation) -> Match:
    """The figure of a row that has one."""
    found = match_of(row)
    assert isinstance(found, Match), found
    return found
