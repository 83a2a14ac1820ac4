"""The share of a firm's use that China lets out in each month of a draw, from what the licensing desk did in it.

The firm is one of average luck among those of its queue. It files each month for the use of a later month, as far ahead
as the usual wait, and for so much more as is usually refused. Files are taken in turn.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median_low

from coercivity.base.sums import total
from coercivity.firm.mix.drivers.series import DrawSeries, Numbers

# A firm that files ahead plans for the wait that only one file in ten exceeds.
AHEAD_SHARE = 0.9
# A month is slow if the desk decides less than this share of the files of its middle month.
SLOW_SHARE = 0.5
_NONE = 1e-9


@dataclass(frozen=True, slots=True)
class Practice:
    """What a firm expects of the desk, before it knows the draw.

    Attributes:
        wait_months: Months from filing to decision: half of the files take no longer.
        ahead_months: The same of nine files in ten.
        granted_share: Share of files that is granted.
        life_months: Months for which a licence holds.
    """

    wait_months: int
    ahead_months: int
    granted_share: float
    life_months: float


def waits(draw: DrawSeries) -> tuple[int | None, ...]:
    """Returns for a file of the end of each month the months until it is decided; None where the draw ends before.

    It is decided once as many files have been decided as were pending when it came in.
    """
    decided = [a + b for a, b in zip(draw.granted, draw.refused, strict=True)]
    found: list[int | None] = []
    for month, pending in enumerate(draw.pending):
        left, wait = pending, 0
        while left > _NONE and month + wait + 1 < len(decided):
            wait += 1
            left -= decided[month + wait]
        found.append(wait if left <= _NONE else None)
    return tuple(found)


def practice_of(draws: Sequence[DrawSeries], life_months: float) -> Practice:
    """Returns what a firm expects of the desk: over all draws and months.

    Args:
        draws: The draws of all legal paths.
        life_months: Months for which a licence holds.

    Source: equation 50 of docs/market.md.
    """
    known = sorted(_seen(draws))
    granted = total(value for draw in draws for value in draw.granted)
    refused = total(value for draw in draws for value in draw.refused)
    if not known or granted <= 0.0:
        raise ValueError("the draws have no file that is granted")
    ahead = known[min(len(known) - 1, int(AHEAD_SHARE * len(known)))]
    return Practice(median_low(known), max(ahead, median_low(known)), granted / (granted + refused), life_months)


def _seen(draws: Sequence[DrawSeries]) -> Iterator[int]:
    """Yields waits of files, those of the last months of a draw left out: its end hides the longer ones."""
    every = [waits(draw) for draw in draws]
    longest = max((wait for each in every for wait in each if wait is not None), default=0)
    for each in every:
        seen = each[: len(each) - longest]
        yield from (len(each) if wait is None else wait for wait in seen or [w for w in each if w is not None])


def shares_let_out(draw: DrawSeries, practice: Practice, *, ahead: bool = False) -> Numbers:
    """Returns the share of the use that is let out in each month of a draw.

    Use of months whose files were sent before the first month of the draw is let out.

    Args:
        draw: The draw.
        practice: What the firm expects.
        ahead: Whether the firm files ahead.

    Source: equation 50 of docs/market.md.
    """
    lead = practice.ahead_months if ahead else practice.wait_months
    months = len(draw.pending)
    arriving = [1.0 if month <= lead else 0.0 for month in range(months)]
    for filed, wait in enumerate(waits(draw)):
        if wait is None:
            continue
        ready = filed + max(lead, wait) + 1
        if ready < months:
            arriving[ready] += _granted(draw, filed + wait, practice)
    return tuple(_used(arriving, practice.life_months))


def _granted(draw: DrawSeries, month: int, practice: Practice) -> float:
    """Returns what is granted of a file for a month's use, as a share of that use."""
    decided = draw.granted[month] + draw.refused[month]
    if decided <= 0.0:
        return 1.0
    return draw.granted[month] / decided / practice.granted_share


def _used(arriving: Sequence[float], life_months: float) -> Iterator[float]:
    left = 0.0
    for share in arriving:
        left += share
        used = min(1.0, left)
        left = min(left - used, life_months)
        yield used


def refused_share(draw: DrawSeries, first: int, last: int) -> float:
    """Returns the share of the files decided in some months that is refused; months are positions, the last one too."""
    granted, refused = total(draw.granted[first : last + 1]), total(draw.refused[first : last + 1])
    return refused / (granted + refused) if granted + refused > 0.0 else 0.0


def slow_months(draw: DrawSeries, first: int, last: int) -> int:
    """Returns the number of months in which the desk decides less than half the files of its middle month."""
    decided = [a + b for a, b in zip(draw.granted, draw.refused, strict=True)]
    middle = median_low(decided)
    return len([each for each in decided[first : last + 1] if each < SLOW_SHARE * middle])
