"""Signs of changes beside the signs that were argued."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from benchmarks._breadth_case import Said
from benchmarks._breadth_runs import FIRST, LAST, MEASURES, Period, least_change
from benchmarks._breadth_signs import DOWN, EITHER, NONE, UP, Argued, figures_of

ARGUED, CONTRADICTED, NO_EFFECT, NOT_SIGNED = "as argued", "CONTRADICTED", "no effect", "not signed"


class Marked(NamedTuple):
    """A figure without and with a mechanism or policy, and the mark of its change."""

    case: str
    figure: str
    period: Period
    before: float
    after: float
    sign: str
    mark: str
    why: str


def marked(case: str, argued: Sequence[Argued], without: Said, with_it: Said, last: str = LAST) -> Iterator[Marked]:
    """Yields each argued figure with its mark.

    Args:
        case: Name of the case.
        argued: The signs.
        without: The run without the mechanism or policy.
        with_it: The run with it.
        last: Last month of the runs; a period that begins later is left out.
    """
    for one in argued:
        first, end = one.period or (FIRST, LAST)
        period = (first, min(end, last))
        if period[0] > last:
            continue
        for name in figures_of(one):
            measure = MEASURES[name]
            before, after = measure.of(without, period), measure.of(with_it, period)
            mark = mark_of(one.sign, after - before, least_change(measure, without, period))
            yield Marked(case, name, period, before, after, one.sign, mark, one.why)


def mark_of(sign: str, change: float, least: float) -> str:
    """Returns the mark of a change: an argued direction allows no effect, an argued zero requires it."""
    none = abs(change) <= least
    if sign == EITHER:
        return NOT_SIGNED
    if sign == NONE:
        return ARGUED if none else CONTRADICTED
    if none:
        return NO_EFFECT
    return ARGUED if (change > 0) == (sign == UP) and sign in (UP, DOWN) else CONTRADICTED
