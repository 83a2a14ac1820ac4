"""Exact chances of a chain: forward from a day of signing, and backward from a day needed for every day of signing.

The state is a day, so that the work grows with days times alternatives and not with the number of paths. Weights are
whole numbers over one scale.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from math import lcm

from coercivity.base.sums import total
from coercivity.firm.chain.calendar import BEYOND, ChainCalendar
from coercivity.firm.chain.model import Chain, GeneralLicence, Returns, Stage

# Rounds are followed until less than this is left.
LEAST_MASS = Fraction(1, 10**12)
_MOST_ROUNDS = 2_000
# A step of a stage: its unit and its length in it.
Step = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Weights:
    """A distribution over days.

    Attributes:
        by_day: Whole weight by ordinal; the mass that is not there has not arrived.
        scale: What a weight is divided by.
    """

    by_day: Mapping[int, int]
    scale: int

    def probability(self, day: int) -> Fraction:
        """Returns the probability of a day."""
        return Fraction(self.by_day.get(day, 0), self.scale)

    @property
    def mass(self) -> Fraction:
        """Probability of all days together."""
        return Fraction(total(self.by_day.values()), self.scale)


@dataclass(frozen=True, slots=True)
class Run:
    """The steps of the stages between two others on one path.

    Attributes:
        steps: Steps in order.
        probability: Its probability.
    """

    steps: tuple[Step, ...]
    probability: Fraction


@dataclass(frozen=True, slots=True)
class Parted:
    """A chain parted for a general licence.

    Attributes:
        before: Stages before the one that is left out.
        left_out: That stage.
        runs: Steps of the stages after it up to the one that must finish, by path.
        after: The stages after those.
    """

    before: tuple[Stage, ...]
    left_out: Stage
    runs: tuple[Run, ...]
    after: tuple[Stage, ...]


def run_end(steps: Sequence[Step], day: int, calendar: ChainCalendar) -> int:
    """Returns the day on which steps end that begin on a day."""
    for unit, days in steps:
        day = calendar.later(day, days, unit)
    return day


def parted(chain: Chain, general: GeneralLicence) -> Parted:
    """Returns a chain parted for a general licence."""
    at = next(n for n, stage in enumerate(chain.stages) if stage.kind == general.leaves_out)
    last = next(n for n, stage in enumerate(chain.stages) if stage.kind == general.finishes)
    runs = [Run((), Fraction(1))]
    for stage in chain.stages[at + 1 : last + 1]:
        ways = stage_runs(stage, chain.returns.get(stage.name))
        runs = [
            Run((*a.steps, *b.steps), a.probability * b.probability)
            for a, b in product(runs, ways)
            if a.probability * b.probability
        ]
    return Parted(chain.stages[:at], chain.stages[at], tuple(runs), chain.stages[last + 1 :])


def stage_runs(stage: Stage, returns: Returns | None) -> list[Run]:
    """Returns the steps of a stage by path, with returns until next to nothing is left.

    Args:
        stage: The stage.
        returns: Files returned at it; None if none are.
    """
    found: list[Run] = []
    before: tuple[Step, ...] = ()
    left, number = Fraction(1), 1
    while left >= LEAST_MASS and number <= _MOST_ROUNDS:
        chance, on_day, rework = returns.round(number) if returns else (Fraction(0), 0, 0)
        for each in stage.alternatives:
            steps = (*before, (stage.unit, each.days))
            found.append(Run(steps, left * (1 - chance) * each.probability))
        before = (*before, ("working", on_day), ("working", rework))
        left, number = left * chance, number + 1
    return found


def passed(start: int, chain: Chain, calendar: ChainCalendar, general: GeneralLicence | None = None) -> Weights:
    """Returns the distribution of the day on which the last stage before transport ends.

    Args:
        start: Ordinal of the day of signing.
        chain: The chain.
        calendar: Its working days.
        general: A general licence that names the plant; None for the whole chain.

    Source: equation 94 of docs/market.md.
    """
    begun = Weights({start: 1}, 1)
    if general is None:
        return _through(begun, chain.stages, chain, calendar)
    parts = parted(chain, general)
    begun = _through(begun, parts.before, chain, calendar)
    scale = lcm(*(run.probability.denominator for run in parts.runs))
    ends = []
    for run in parts.runs:
        weight = int(run.probability * scale)
        quick, slow = dict[int, int](), dict[int, int]()
        for day, mass in begun.by_day.items():
            side = quick if run_end(run.steps, day, calendar) <= general.valid_through.toordinal() else slow
            side[day] = mass * weight
        rest = _stage(Weights(slow, begun.scale * scale), parts.left_out, chain, calendar)
        ends += [_moved(Weights(quick, begun.scale * scale), run, calendar), _moved(rest, run, calendar)]
    return _through(_merged(ends), parts.after, chain, calendar)


def after_mode(ready: Weights, mode: Stage, calendar: ChainCalendar) -> Weights:
    """Returns the distribution of the day of arrival by a way of transport."""
    return _plain(ready, mode, calendar)


def _through(begun: Weights, stages: Sequence[Stage], chain: Chain, calendar: ChainCalendar) -> Weights:
    for stage in stages:
        begun = _stage(begun, stage, chain, calendar)
    return begun


def _stage(begun: Weights, stage: Stage, chain: Chain, calendar: ChainCalendar) -> Weights:
    returns = chain.returns.get(stage.name)
    if returns is None:
        return _plain(begun, stage, calendar)
    ended: list[Weights] = []
    left, number = begun, 1
    while left.by_day and number <= _MOST_ROUNDS and left.mass >= LEAST_MASS:
        chance, on_day, rework = returns.round(number)
        kept, back = chance.denominator - chance.numerator, chance.numerator
        scale = left.scale * chance.denominator
        ended.append(_plain(Weights({d: w * kept for d, w in left.by_day.items() if kept}, scale), stage, calendar))
        again: dict[int, int] = defaultdict(int)
        for day, weight in left.by_day.items():
            end = calendar.after(calendar.after(day, on_day), rework)
            if back and end < BEYOND:
                again[end] += weight * back
        left, number = Weights(again, scale), number + 1
    return _merged(ended)


def _plain(begun: Weights, stage: Stage, calendar: ChainCalendar) -> Weights:
    scale = lcm(*(each.probability.denominator for each in stage.alternatives))
    found: dict[int, int] = defaultdict(int)
    for each in stage.alternatives:
        share = int(each.probability * scale)
        for day, weight in begun.by_day.items() if share else ():
            end = calendar.later(day, each.days, stage.unit)
            if end < BEYOND:
                found[end] += weight * share
    return Weights(found, begun.scale * scale)


def _moved(begun: Weights, run: Run, calendar: ChainCalendar) -> Weights:
    found: dict[int, int] = defaultdict(int)
    for day, weight in begun.by_day.items():
        end = run_end(run.steps, day, calendar)
        if end < BEYOND:
            found[end] += weight
    return Weights(found, begun.scale)


def _merged(parts: Sequence[Weights]) -> Weights:
    scale = lcm(*(part.scale for part in parts))
    found: dict[int, int] = defaultdict(int)
    for part in parts:
        factor = scale // part.scale
        for day, weight in part.by_day.items():
            found[day] += weight * factor
    return Weights(found, scale)
