"""Rows that may be reported: every series known on a day, by month, quarter, year or day, without a value."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Literal

from coercivity.base.days import ONE_DAY, Day
from coercivity.base.months import Month, first_of
from coercivity.calibration.backtest.rows import Matched, above_nil, blind
from coercivity.observations.rows import Observation
from coercivity.observations.series import RATIO, Match, match_of

Freq = Literal["day", "month", "quarter", "year"]
Identity = tuple[str, ...]
YEARS = "flows"
_JOIN = "|"
_QUARTER, _YEAR = 3, 12


def identity_of(row: Observation) -> Identity:
    """Returns what a series is called and counts: later rows of the same series have the same.

    Args:
        row: A row.
    """
    return (row.kind, row.series, row.partner, row.element, row.form, row.basis, row.unit)


def last_rows(rows: Iterable[Observation]) -> dict[Identity, Matched]:
    """Returns the last row of each series that the model gives, with the figure that it means.

    Args:
        rows: Rows known on a day.

    Raises:
        CoercivityError: If the pack of observations is invalid.
    """
    found: dict[Identity, Matched] = {}
    for row in sorted(rows, key=lambda each: (each.last_on, each.first_on, each.id)):
        match = match_of(above_nil(row)) if row.used else ""
        if isinstance(match, Match):
            found[identity_of(row)] = (row, match)
    return dict(sorted(found.items()))


def last_day(month: Month) -> Day:
    """Returns the last day of a month."""
    return first_of(month + 1) - ONE_DAY


def asked_rows(template: Matched, first: Month, last: Month) -> Iterator[Matched]:
    """Yields the rows of a series that may be reported for some months, without a value.

    A price or a quantity is asked for by month, and by quarter too if it is reported by quarter; a share to date at the
    end of each month; a figure that the model gives by year, by year.

    Args:
        template: A row of the series with the figure that it means.
        first: First month.
        last: Last month.
    """
    row, match = template
    for freq, begin, end in spans(freqs_of(row, match), first, last):
        since = last_day(end) if match.how == RATIO else first_of(begin)
        until = last_day(end)
        name = _JOIN.join((*identity_of(row), freq, since.isoformat(), until.isoformat()))
        asked = replace(blind(row), id=name, freq=freq, first_on=since, last_on=until)
        yield asked, match


def freqs_of(row: Observation, match: Match) -> tuple[Freq, ...]:
    """Returns by what spans a series is asked for.

    Args:
        row: A row of the series.
        match: The figure that it means.
    """
    if match.block == YEARS:
        return ("year",)
    if match.how == RATIO:
        return ("day",)
    return ("month", "quarter") if row.freq == "quarter" else ("month",)


def spans(freqs: Sequence[Freq], first: Month, last: Month) -> Iterator[tuple[Freq, Month, Month]]:
    """Yields months, whole quarters that lie in a period, and years that end in it.

    Args:
        freqs: What is asked for.
        first: First month.
        last: Last month.
    """
    for freq in freqs:
        if freq in ("day", "month"):
            yield from ((freq, month, month) for month in range(first, last + 1))
        elif freq == "quarter":
            begins = (month for month in range(first, last - _QUARTER + 2) if month % _QUARTER == 0)
            yield from ((freq, month, month + _QUARTER - 1) for month in begins)
        else:
            ends = (month for month in range(first, last + 1) if month % _YEAR == _YEAR - 1)
            yield from ((freq, month - _YEAR + 1, month) for month in ends)
