"""Chances by day of signing: the chain is followed backward from the day needed, for every day of signing at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

from coercivity.base.sums import total
from coercivity.firm.chain.calendar import ChainCalendar
from coercivity.firm.chain.exact import Parted, parted, run_end
from coercivity.firm.chain.model import Chain, GeneralLicence, Returns, Stage


@dataclass(frozen=True, slots=True)
class Chances:
    """A chance for each day of a span; after it the chance is 0.

    Attributes:
        first: Ordinal of the first day.
        weights: Whole weight of each day.
        scale: What a weight is divided by.
    """

    first: int
    weights: Sequence[int]
    scale: int

    @property
    def last(self) -> int:
        """Ordinal of the last day of the span."""
        return self.first + len(self.weights) - 1

    def at(self, day: int) -> Fraction:
        """Returns the chance of a day from the first on."""
        return Fraction(self.weight(day), self.scale)

    def weight(self, day: int) -> int:
        """Returns the weight of a day; 0 after the span."""
        return self.weights[day - self.first] if day <= self.last else 0

    def latest(self, confidence: Fraction) -> int | None:
        """Returns the last day with at least this chance, or None."""
        least = confidence * self.scale
        return next((day for day in range(self.last, self.first - 1, -1) if self.weight(day) >= least), None)


def arrival_chances(
    chain: Chain,
    mode: Stage,
    calendar: ChainCalendar,
    *,
    first: int,
    needed: int,
    general: GeneralLicence | None = None,
) -> Chances:
    """Returns the chance of arrival by the day needed, for each day of signing.

    Args:
        chain: The chain.
        mode: Way of transport.
        calendar: Working days.
        first: Ordinal of the first day of signing.
        needed: Ordinal of the day needed, which is the last day of signing too.
        general: A general licence that names the plant; None for the whole chain.

    Source: equation 95 of docs/market.md.
    """
    ends = _before(Chances(first, [1] * (needed - first + 1), 1), mode, calendar)
    if general is None:
        return _back(ends, chain.stages, chain, calendar)
    parts = parted(chain, general)
    ends = _back(ends, parts.after, chain, calendar)
    scale = lcm(*(run.probability.denominator for run in parts.runs))
    sides = []
    for run in parts.runs:
        finished = [run_end(run.steps, day, calendar) for day in range(first, needed + 1)]
        quick = Chances(first, [ends.weight(day) for day in finished], ends.scale)
        slow = _stage(quick, parts.left_out, chain, calendar)
        both = lcm(quick.scale, slow.scale)
        share = int(run.probability * scale)
        within = [day <= general.valid_through.toordinal() for day in finished]
        weights = [
            share * (q * (both // quick.scale) if is_within else s * (both // slow.scale))
            for q, s, is_within in zip(quick.weights, slow.weights, within, strict=True)
        ]
        sides.append(Chances(first, weights, both * scale))
    return _back(_added(sides), parts.before, chain, calendar)


def left_out_chances(chain: Chain, calendar: ChainCalendar, general: GeneralLicence, *, first: int) -> Chances:
    """Returns the chance that the stage is left out, for each day of signing up to the last day of the licence.

    Args:
        chain: The chain.
        calendar: Working days.
        general: The general licence.
        first: Ordinal of the first day of signing.
    """
    parts: Parted = parted(chain, general)
    last = general.valid_through.toordinal()
    scale = lcm(*(run.probability.denominator for run in parts.runs))
    weights = [
        sum(int(run.probability * scale) for run in parts.runs if run_end(run.steps, day, calendar) <= last)
        for day in range(first, last + 1)
    ]
    return _back(Chances(first, weights, scale), parts.before, chain, calendar)


def _back(ends: Chances, stages: Sequence[Stage], chain: Chain, calendar: ChainCalendar) -> Chances:
    for stage in reversed(stages):
        ends = _stage(ends, stage, chain, calendar)
    return ends


def _stage(ends: Chances, stage: Stage, chain: Chain, calendar: ChainCalendar) -> Chances:
    returns = chain.returns.get(stage.name)
    found = _before(ends, stage, calendar)
    return found if returns is None else _before_rounds(found, returns, calendar)


def _before(ends: Chances, stage: Stage, calendar: ChainCalendar) -> Chances:
    """Returns the chances at the beginning of a stage from those at its end."""
    scale = lcm(*(each.probability.denominator for each in stage.alternatives))
    shares = [(each.days, int(each.probability * scale)) for each in stage.alternatives if each.probability]
    weights = [
        total(share * ends.weight(calendar.later(day, days, stage.unit)) for days, share in shares)
        for day in range(ends.first, ends.last + 1)
    ]
    return Chances(ends.first, weights, ends.scale * scale)


def _before_rounds(ended: Chances, returns: Returns, calendar: ChainCalendar) -> Chances:
    """Returns the chances at the beginning of the first round from those of a round that is not returned.

    From the round on in which all are alike the chance on a day follows from that on a later one, so that no last
    round is needed.
    """
    days = range(ended.last, ended.first - 1, -1)
    later: dict[int, Fraction] = {}
    for number in range(returns.listed, 0, -1):
        chance, on_day, rework = returns.round(number)
        now: dict[int, Fraction] = {}
        ahead = now if number == returns.listed else later
        for day in days:
            again = calendar.after(calendar.after(day, on_day), rework)
            now[day] = (1 - chance) * ended.weight(day) + chance * ahead.get(again, Fraction(0))
        later = now
    scale = lcm(*(value.denominator for value in later.values()))
    weights = [int(later[day] * scale) for day in range(ended.first, ended.last + 1)]
    return Chances(ended.first, weights, scale * ended.scale)


def _added(parts: Sequence[Chances]) -> Chances:
    scale = lcm(*(part.scale for part in parts))
    factors = [scale // part.scale for part in parts]
    weights = [
        total(weight * factor for weight, factor in zip(column, factors, strict=True))
        for column in zip(*(part.weights for part in parts), strict=True)
    ]
    return Chances(parts[0].first, weights, scale)
