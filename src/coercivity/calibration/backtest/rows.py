"""Rows that were known on a day, rows that were observed afterwards, and those that are left out, with the reason."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from coercivity.base.days import Day
from coercivity.base.months import Month, month_of
from coercivity.calibration.backtest.nulls import Past
from coercivity.observations.error_model import middle_months, series_key
from coercivity.observations.rows import Observation
from coercivity.observations.series import SUM, Match, match_of, matched

Matched = tuple[Observation, Match]
# Why a row of the horizon is not scored: the reason stands beside it.
Left = Literal["not_modelled", "not_used", "period_over", "beyond", "no_figure", "not_stated"]
# What is not known of a row before it is published. Most rows are reported, and few state a range.
_QUALITY = "reported"
_JOIN = "|"


@dataclass(frozen=True, slots=True)
class Horizon:
    """What is forecast on a day.

    Attributes:
        origin: The day.
        observed: Last month that is known from observations; the model runs free after it.
        last: Last month of the forecast.
    """

    origin: Day
    observed: Month
    last: Month

    @property
    def first(self) -> Month:
        """First month that the model runs free."""
        return self.observed + 1


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A row of the horizon that is not scored.

    Attributes:
        row: The row.
        left: Kind of reason.
        why: The reason, where the row or the model gives one.
    """

    row: Observation
    left: Left
    why: str = ""


@dataclass(frozen=True, slots=True)
class RowsAt:
    """Rows on a day.

    Attributes:
        known: Rows known by it with the figures that they mean, in order of series and date.
        ahead: Rows of the horizon observed after it, in order of series and date.
        left: Rows of the horizon that are not scored.
    """

    known: tuple[Matched, ...]
    ahead: tuple[Matched, ...]
    left: tuple[LeftOut, ...]


def rows_at(horizon: Horizon, known: Sequence[Observation], every: Sequence[Observation]) -> RowsAt:
    """Returns the rows known by a day, and those of the horizon observed after it.

    Args:
        horizon: The day and its horizon.
        known: Rows as loaded for the day; those known after it, and those not to be used, are left out.
        every: All rows, those that are not used among them.

    Raises:
        CoercivityError: If the pack of observations is invalid.
    """
    before = _counted(row for row in known if row.used and row.known_on <= horizon.origin)
    later = [row for row in every if row.known_on > horizon.origin and _touches(row, horizon)]
    left = list[LeftOut]()
    used = list[Observation]()
    for row in later:
        if not row.used:
            left.append(LeftOut(row, "not_used", row.why_not))
        elif isinstance(why := match_of(above_nil(row)), str):
            left.append(LeftOut(row, "not_modelled", why))
        elif row.last_on <= horizon.origin:
            left.append(LeftOut(row, "period_over"))
        elif month_of(row.last_on) > horizon.last:
            left.append(LeftOut(row, "beyond"))
        else:
            used.append(row)
    given = {row.id: row for row in used}
    ahead = list[Matched]()
    for row, match in matched([above_nil(row) for row in used]):
        if isinstance(match, str):
            left.append(LeftOut(given[row.id], "not_modelled", match))
        else:
            ahead.append((given[row.id], match))
    return RowsAt(tuple(in_order(before)), tuple(in_order(ahead)), tuple(sorted(left, key=lambda each: each.row.id)))


def _touches(row: Observation, horizon: Horizon) -> bool:
    """Returns whether a row speaks of the horizon: it ends in it, or begins in it."""
    return horizon.first <= month_of(row.last_on) and month_of(row.first_on) <= horizon.last


def _counted(rows: Iterable[Observation]) -> list[Matched]:
    return [(row, match) for row, match in matched(list(rows)) if isinstance(match, Match)]


def above_nil(row: Observation) -> Observation:
    """Returns a row with a value above nil in place of nil, so that the figure it means is found."""
    return replace(row, value=1.0) if row.value <= 0.0 else row


def blind(row: Observation) -> Observation:
    """Returns a row without what nobody knows before its publication: value, range, quality and notes.

    Args:
        row: The row.
    """
    return replace(
        row, value=1.0, low=None, high=None, quality=_QUALITY, published_on=None, note="", conflict="", group=""
    )


def in_order(rows: Iterable[Matched]) -> list[Matched]:
    """Returns rows in order of series and date, which later rows do not change."""
    return sorted(rows, key=lambda each: (series_name(*each), each[0].last_on, each[0].first_on, each[0].id))


def series_name(row: Observation, match: Match) -> str:
    """Returns the key of the series of a row: what is counted and the figure that it means, whoever reports it."""
    return _JOIN.join(series_key(row, match))


def past_of(row: Observation, match: Match) -> Past:
    """Returns the value of a row in the unit of the figure that it means, of a quantity the mean of a month.

    Args:
        row: The row.
        match: The figure that it means.
    """
    first, last = month_of(row.first_on), month_of(row.last_on)
    return Past(first, last, middle_months(row), row.value / match.scale / _months(match, first, last))


def times_of(row: Observation, match: Match) -> float:
    """Returns the factor from a value of `past_of` to that of the row."""
    return match.scale * _months(match, month_of(row.first_on), month_of(row.last_on))


def _months(match: Match, first: Month, last: Month) -> int:
    return last - first + 1 if match.how == SUM else 1


def has_value(row: Observation) -> bool:
    """Returns whether a row has a number above nil."""
    return math.isfinite(row.value) and row.value > 0.0


def single_month(row: Observation) -> bool:
    """Returns whether the period of a row lies in one month."""
    return month_of(row.first_on) == month_of(row.last_on)
