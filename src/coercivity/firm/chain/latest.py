"""The latest day of signing for a confidence, and the chance of arrival, by way of transport."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from fractions import Fraction

from coercivity.base.days import Day
from coercivity.firm.chain.backward import Chances, arrival_chances
from coercivity.firm.chain.calendar import ChainCalendar
from coercivity.firm.chain.exact import Weights
from coercivity.firm.chain.model import Chain, GeneralLicence, LatestDay, ModeTimes, Stage

LEVELS = (10, 50, 90, 95)
# Days before the day needed that are searched for a day of signing, and by how much the search grows.
_FIRST_REACH_DAYS, _GROWTH = 700, 2
# Charts end with the month in which this share has arrived.
_CHART_SHARE = Fraction(999, 1000)


def mode_times(
    mode: Stage,
    arrived: Weights,
    chances: Chances | None,
    signed: int,
    confidences: Sequence[Fraction],
    *,
    until: int,
) -> ModeTimes:
    """Returns the results of a way of transport.

    Args:
        mode: The way.
        arrived: Distribution of the day of arrival.
        chances: Chance of arrival by the day needed for each day of signing; None if no day is needed.
        signed: Ordinal of the day of signing.
        confidences: Confidences for which a latest day is asked.
        until: Ordinal of the last day of the chart.
    """
    return ModeTimes(
        mode=mode.name,
        quantiles=quantiles(arrived),
        by_needed=None if chances is None else chances.at(signed),
        latest=() if chances is None else tuple(_latest(chances, each) for each in confidences),
        days=_chart(arrived, until),
    )


def quantiles(arrived: Weights, levels: Sequence[int] = LEVELS) -> dict[int, Day | None]:
    """Returns the first day by which at least each per cent has arrived; None if that is beyond what is counted.

    Args:
        arrived: Distribution of the day of arrival.
        levels: Levels [%].
    """
    found: dict[int, Day | None] = dict.fromkeys(levels)
    so_far, open_levels = 0, sorted(levels)
    for day in sorted(arrived.by_day):
        so_far += arrived.by_day[day]
        while open_levels and so_far * 100 >= open_levels[0] * arrived.scale:
            found[open_levels.pop(0)] = Day.fromordinal(day)
    return found


def chances_by_signing(
    chain: Chain,
    mode: Stage,
    calendar: ChainCalendar,
    signed: int,
    needed: int,
    confidences: Sequence[Fraction],
    general: GeneralLicence | None,
) -> Chances:
    """Returns the chances by day of signing, back to where every confidence is reached, or as far as is counted.

    Args:
        chain: The chain.
        mode: Way of transport.
        calendar: Working days.
        signed: Ordinal of the day of signing, which is always covered.
        needed: Ordinal of the day needed.
        confidences: Confidences for which a latest day is asked.
        general: A general licence that names the plant; None for the whole chain.
    """
    reach = _FIRST_REACH_DAYS
    most = max(confidences, default=Fraction(0))
    while True:
        first = max(calendar.first, min(signed, needed - reach))
        found = arrival_chances(chain, mode, calendar, first=first, needed=needed, general=general)
        if first == calendar.first or found.weight(first) >= most * found.scale or reach >= _longest(most):
            return found
        reach *= _GROWTH


def _longest(most: Fraction) -> int:
    """Returns how far back is searched; certainty may need ever more rounds, and is not searched for years on end."""
    return _FIRST_REACH_DAYS if most == 1 else _FIRST_REACH_DAYS * _GROWTH**2


def _latest(chances: Chances, confidence: Fraction) -> LatestDay:
    day = chances.latest(confidence)
    if day is None:
        return LatestDay(confidence, None, None, None)
    return LatestDay(confidence, Day.fromordinal(day), chances.at(day), chances.at(day + 1))


def chart_until(arrived: Sequence[Weights]) -> int:
    """Returns the ordinal of the last day of charts: one for all ways, so that each has a value for every month.

    Args:
        arrived: Distribution of the day of arrival, by way.
    """
    last = max(_reached(each) for each in arrived)
    month = Day.fromordinal(last)
    return last + monthrange(month.year, month.month)[1] - month.day


def charted(modes: Sequence[ModeTimes]) -> int:
    """Returns the ordinal of the last day of charts that were made; 0 if there are none.

    Args:
        modes: Results by way of transport.
    """
    return max((mode.days[-1][0].toordinal() for mode in modes if mode.days), default=0)


def _reached(arrived: Weights) -> int:
    """Returns the first day by which the share of charts has arrived; the last day counted if it has not."""
    so_far = 0
    for day in sorted(arrived.by_day):
        so_far += arrived.by_day[day]
        if so_far >= _CHART_SHARE * arrived.scale:
            return day
    return max(arrived.by_day, default=1)


def _chart(arrived: Weights, until: int) -> tuple[tuple[Day, Fraction], ...]:
    found, so_far = [], 0
    for day in sorted(day for day in arrived.by_day if day <= until):
        so_far += arrived.by_day[day]
        found.append((Day.fromordinal(day), Fraction(so_far, arrived.scale)))
    return tuple(found)
