"""The figure of a run that a reported number means, and its value over the period of the number."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from coercivity.base.days import ONE_DAY, Day
from coercivity.base.months import Month, first_of, month_of, month_text
from coercivity.base.sums import total
from coercivity.observations.error_kinds import error_kinds
from coercivity.observations.lines import Line, line_for
from coercivity.observations.rows import Observation

# Blocks of what is kept of a draw; the same words as in `ensemble`, which imports this package.
Block = Literal[
    "quote",
    "traded",
    "gap",
    "shipped",
    "out",
    "use",
    "licences",
    "flows",
    "capacity_value",
    "benefit",
    "plants",
    "welfare",
]
BLOCKS: Mapping[str, Block] = {
    "quote": "quote",
    "traded": "traded",
    "shipped": "shipped",
    "out": "out",
    "use": "use",
    "licences": "licences",
    "flows": "flows",
}
# Of these blocks a run lists only what is not nil; prices are always listed.
NIL_IF_ABSENT = ("out", "shipped", "flows", "licences", "use")
SUM, MEAN, RATIO = "sum", "mean", "cumulative_ratio"
Figures = Mapping[str, Sequence[float]]
Values = Mapping[Block, Figures]

NO_NUMBER = "the row has no number"
NIL = "a number of zero or less: errors are of logarithms"
MONTHLY = "the mean of its month is a row of its own"
TWICE = "a shorter row of the series lies within its period, which would count twice"
UNKNOWN = "no line of series.csv fits the row"


@dataclass(frozen=True, slots=True)
class Match:
    """The figure of a run that a row means.

    Attributes:
        block: Block of a kept draw.
        names: Names of figures of the block, which are added; the numerators of a ratio.
        how: sum or mean of the months of the period, or cumulative_ratio.
        scale: Factor from the figure to the unit of the row.
        kind: Kind of error.
        stage: Stage of a fit, quantity or price.
        denominators: Denominators of a ratio.
        since: First month of a ratio, YYYY-MM.
        least: Smallest figure; smaller ones count as this.
        line: Id of the line of `series.csv`.
    """

    block: Block
    names: tuple[str, ...]
    how: str
    scale: float
    kind: str
    stage: str
    denominators: tuple[str, ...] = ()
    since: str = ""
    least: float = 0.0
    line: str = ""


def line_of(row: Observation) -> Line | None:
    """Returns the line of `series.csv` of a row; None if no line, or more than one, fits."""
    return line_for(row.kind, row.series, row.scope)


def match_of(row: Observation) -> Match | str:
    """Returns the figure of a run that a row means, or why there is none.

    Args:
        row: The row.

    Raises:
        CoercivityError: If the pack of observations is invalid.
    """
    line = line_of(row)
    if line is None:
        return UNKNOWN
    if line.why_not:
        return line.why_not
    if math.isnan(row.value):
        return NO_NUMBER
    if row.value <= 0.0:
        return NIL
    return Match(
        BLOCKS[line.block],
        line.names,
        line.how,
        line.scale,
        line.error_kind,
        line.stage,
        line.denominators,
        line.since,
        error_kinds()[line.error_kind].least,
        line.id,
    )


def matched(rows: Sequence[Observation]) -> Iterator[tuple[Observation, Match | str]]:
    """Yields each row with the figure that it means, or why it has none or is not counted.

    Tonnes of a longer period are not counted where a shorter one of the series and scope lies within it: a quarter
    would repeat its months. The mean price of a month replaces the quotes of its days; other longer means are not
    counted where there are shorter ones.

    Args:
        rows: The rows, for example all that were known on a day.
    """
    each = [(row, match_of(row)) for row in rows]
    alike: dict[tuple[str, str, str], list[Observation]] = {}
    for row, match in each:
        if isinstance(match, Match):
            alike.setdefault((match.line, row.partner, row.form), []).append(row)
    for row, match in each:
        if isinstance(match, Match):
            yield row, _repeats(row, match, alike[match.line, row.partner, row.form]) or match
        else:
            yield row, match


def _repeats(row: Observation, match: Match, others: Sequence[Observation]) -> str:
    """Returns why a row repeats others; empty if it does not."""
    if match.how == MEAN and row.freq == "day":
        return MONTHLY if any(other.freq == "month" and _within(row, other) for other in others) else ""
    if match.how == MEAN and row.freq == "month":
        return ""
    return TWICE if any(_within(other, row) for other in others) else ""


def _within(shorter: Observation, row: Observation) -> bool:
    inside = row.first_on <= shorter.first_on and shorter.last_on <= row.last_on
    return inside and (shorter.last_on - shorter.first_on) < (row.last_on - row.first_on)


def predicted(match: Match, row: Observation, months: Sequence[str], values: Values) -> float | None:
    """Returns what a run says in place of a row, in the unit of the row.

    Args:
        match: The figure that the row means.
        row: The row.
        months: Months of the run, YYYY-MM, one after another.
        values: Figures of the run by block and name: one for each month; of `flows`, one for each calendar year.

    Returns:
        The value, at least `match.least`; None where the months of the run do not cover the period, or a ratio has no
        denominator.

    Raises:
        KeyError: If the run has no such price.
    """
    block = values[match.block]
    if match.how == RATIO:
        found = _ratio(match, row, months, block)
    elif match.block == "flows":
        found = _years(match, row, months, block)
    else:
        found = _months(match, row, months, block)
    return None if found is None else max(found * match.scale, match.least)


def _series(match: Match, block: Figures, names: Sequence[str], count: int) -> list[float]:
    """Returns the sum of some figures in each month."""
    nil = [0.0] * count
    each = [block.get(name, nil) if match.block in NIL_IF_ABSENT else block[name] for name in names]
    return [total(series[n] for series in each) for n in range(count)]


def _months(match: Match, row: Observation, months: Sequence[str], block: Figures) -> float | None:
    first, last = month_of(row.first_on), month_of(row.last_on)
    wanted = [month_text(month) for month in range(first, last + 1)]
    if not set(wanted) <= set(months):
        return None
    if match.how == SUM and not _whole(row, last):
        return None
    series = _series(match, block, match.names, len(months))
    picked = [series[months.index(month)] for month in wanted]
    return total(picked) if match.how == SUM else total(picked) / len(picked)


def _last_day(month: Month) -> Day:
    return first_of(month + 1) - ONE_DAY


def _whole(row: Observation, last: Month) -> bool:
    """Returns whether the period is of whole months."""
    return row.first_on.day == 1 and row.last_on == _last_day(last)


def _years(match: Match, row: Observation, months: Sequence[str], block: Figures) -> float | None:
    year = str(row.first_on.year)
    years = sorted({month[: len(year)] for month in months})
    whole = all(f"{year}-{month:02d}" in months for month in range(1, 13))
    if not whole or (row.first_on.isoformat(), row.last_on.isoformat()) != (f"{year}-01-01", f"{year}-12-31"):
        return None
    return _series(match, block, match.names, len(years))[years.index(year)]


def _ratio(match: Match, row: Observation, months: Sequence[str], block: Figures) -> float | None:
    """Returns numerators over denominators from the first month to the last day; the last month counts by its days."""
    last = month_of(row.last_on)
    if match.since not in months or month_text(last) not in months:
        return None
    first, end = months.index(match.since), months.index(month_text(last))
    part = row.last_on.day / _last_day(last).day
    weights = [1.0] * (end - first) + [part]
    over, under = (
        total(weight * mass for weight, mass in zip(weights, series[first : end + 1], strict=True))
        for series in (
            _series(match, block, match.names, len(months)),
            _series(match, block, match.denominators, len(months)),
        )
    )
    return over / under if under > 0.0 else None
