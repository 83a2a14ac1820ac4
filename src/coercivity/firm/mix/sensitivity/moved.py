"""The programme of a mix with one of its numbers moved; the solver goes on from its last basis."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from coercivity.base.linear import Floats
from coercivity.firm.mix.extensive import Extensive
from coercivity.firm.mix.sensitivity.boxes import Numbers
from coercivity.firm.mix.sensitivity.inputs import MixInput


@dataclass(slots=True, eq=False)
class Moved:
    """A programme that follows one input; every number of it is a straight line in the input.

    Attributes:
        built: The programme of the case as given, with its objective set. It is moved, and `back` moves it back.
        moved: The input.
        weight: Weight of CVaR in the objective.
        chance: Probability of each scenario now, shape (scenarios,).
    """

    built: Extensive
    moved: MixInput
    weight: float
    chance: Floats = field(init=False)
    _now: Numbers = field(init=False)
    _far: Numbers = field(init=False)
    _chances: tuple[Floats, Floats] = field(init=False)
    _end: float = field(init=False)

    def __post_init__(self) -> None:
        """Reads the numbers of now and those at the end that is further away."""
        moved, built = self.moved, self.built
        self._end = moved.high if moved.high > moved.now else moved.low
        case = moved.at(self._end)
        other = Extensive.of(case)
        other.weigh(self.weight)
        places = sorted(built.programme.entries.keys() | other.programme.entries.keys())
        self._now, self._far = _numbers(built, places), _numbers(other, places)
        of_each = ([one.probability for one in each.scenarios] for each in (built.case, case))
        one, far = (np.array(each) for each in of_each)
        self._chances = one, far
        self.chance = one

    def at(self, value: float) -> Numbers:
        """Moves the programme to a value of the input, and returns its numbers."""
        share = (value - self.moved.now) / (self._end - self.moved.now)
        now, far, programme = self._now, self._far, self.built.programme
        self.chance = self._chances[0] + share * (self._chances[1] - self._chances[0])
        cost, low, high, row_low, row_high, values = (
            _between(getattr(now, name), getattr(far, name), share)
            for name in ("cost", "low", "high", "row_low", "row_high", "values")
        )
        for place in np.flatnonzero(now.values != far.values).tolist():
            programme.entry(int(now.rows[place]), int(now.cols[place]), float(values[place]))
        for col in np.flatnonzero((now.low != far.low) | (now.high != far.high)).tolist():
            programme.bound(col, float(low[col]), float(high[col]))
        if (now.cost != far.cost).any():
            programme.set_costs(dict(enumerate(cost.tolist())))
        return Numbers(cost, low, high, row_low, row_high, now.rows, now.cols, values)

    def back(self) -> None:
        """Moves the programme back to the value of now."""
        self.at(self.moved.now)


def numbers_of(built: Extensive) -> Numbers:
    """Returns the numbers of a programme, each option between no and yes."""
    return _numbers(built, sorted(built.programme.entries))


def _numbers(built: Extensive, places: list[tuple[int, int]]) -> Numbers:
    programme = built.programme
    built.hold([None] * len(built.yes))
    rows, cols = np.array(places, dtype=np.int32).reshape(-1, 2).T
    values = np.array([programme.entries.get(place, 0.0) for place in places])
    numbers = map(np.array, (programme.cost, programme.low, programme.high, programme.row_low, programme.row_high))
    cost, low, high, row_low, row_high = numbers
    return Numbers(cost, low, high, row_low, row_high, rows, cols, values)


def _between(now: Floats, far: Floats, share: float) -> Floats:
    """Returns numbers on the straight line from now to far; those that do not move stay to the last digit."""
    with np.errstate(invalid="ignore"):
        found: Floats = np.where(now == far, now, now + share * (far - now))
    return found
