"""Which frees more tonnes outside China: technology, materials, or neither; it follows from the runs alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from coercivity.ministry.bottleneck.figures import Interval, interval, less
from coercivity.ministry.bottleneck.runs import BASE, MATERIALS, TECHNOLOGY, StagedRun

Winner = Literal["technology", "materials", "neither"]
Reason = Literal["", "nothing_freed", "small", "interval"]
JUDGED = ("magnet", "sep_heavy")
YEARS = ("2028", "2031")
# A difference below this share of the output with both controls counts as none.
LEAST_SHARE = 0.005


@dataclass(frozen=True, slots=True)
class Verdict:
    """Which of the two frees more tonnes of a stage, from the first month to the end of a year or of the period.

    Attributes:
        base_t: Output with both controls [t].
        technology: What is made more if technology is free [t].
        materials: What is made more if materials are free [t].
        between: The first less the second [t].
        reason: Why neither does; empty if one does.
    """

    stage: str
    through: str
    base_t: float
    technology: Interval
    materials: Interval
    between: Interval
    winner: Winner
    reason: Reason

    @property
    def share(self) -> float | None:
        """The difference as a share of the output with both controls; None if that is nothing."""
        return self.between.mean / self.base_t if self.base_t else None


def verdicts(runs: Mapping[str, StagedRun]) -> Iterator[Verdict]:
    """Yields the answer for magnets and for heavy separation, by the end of 2028 and of 2031.

    A year that the period does not reach is left out; a period that reaches none is judged at its own end.

    Args:
        runs: The four runs.

    Raises:
        CoercivityError: If they are not of the same points and months.
    """
    base, materials, technology = (runs[name] for name in (BASE, MATERIALS, TECHNOLOGY))
    for stage in JUDGED:
        for through, years in _ends(base):
            sums = [run.tonnes[stage][:, :years].sum(axis=1) for run in (base, materials, technology)]
            freed = interval(less(technology, base, sums[2], sums[0]))
            other = interval(less(materials, base, sums[1], sums[0]))
            between = interval(less(technology, materials, sums[2], sums[1]))
            base_t = float(sums[0].mean())
            winner, reason = judged(base_t, freed, other, between)
            yield Verdict(stage, through, base_t, freed, other, between, winner, reason)


def judged(base_t: float, technology: Interval, materials: Interval, between: Interval) -> tuple[Winner, Reason]:
    """Returns which of the two frees more, or that neither does and why.

    Args:
        base_t: Output with both controls [t].
        technology: What is made more if technology is free [t].
        materials: What is made more if materials are free [t].
        between: The first less the second [t].
    """
    winner: Winner = "technology" if between.mean > 0 else "materials"
    gain = technology if winner == "technology" else materials
    if gain.mean <= 0 or _none(gain, base_t):
        return "neither", "nothing_freed"
    if _small(between, base_t):
        return "neither", "small"
    return ("neither", "interval") if between.contains_nothing else (winner, "")


def _none(found: Interval, base_t: float) -> bool:
    return _small(found, base_t) or found.contains_nothing


def _small(found: Interval, base_t: float) -> bool:
    return not found.mean or abs(found.mean) < LEAST_SHARE * base_t


def _ends(run: StagedRun) -> Iterator[tuple[str, int]]:
    """Yields the last month and the number of years of each span that is judged."""
    years, last = run.draws.years, run.draws.months[-1]
    reached = [year for year in YEARS if years[0] <= year and f"{year}-12" <= last]
    for year in reached:
        yield f"{year}-12", years.index(year) + 1
    if not reached:
        yield last, len(years)
