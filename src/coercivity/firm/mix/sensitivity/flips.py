"""What would change the choice of options: one input at a time, all else as given."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from coercivity.firm.mix.choose import ENUMERATED, Choice, best, result_with, search
from coercivity.firm.mix.extensive import Extensive
from coercivity.firm.mix.model import MixCase, MixResult
from coercivity.firm.mix.plans import chosen, rounded
from coercivity.firm.mix.sensitivity.inputs import BENT, InputKind, MixInput, mix_inputs
from coercivity.firm.mix.sensitivity.moved import Moved, numbers_of
from coercivity.firm.mix.sensitivity.proofs import Proofs

STEPS = 24
# A flip is halved until it is known to this share of the range looked at.
CLOSE_SHARE = 1e-5


@dataclass(frozen=True, slots=True)
class Flip:
    """The value nearest to that of now at which another plan is chosen.

    Attributes:
        value: The value.
        options: Options chosen beyond it; None where no plan keeps the limits.
        stock_t: Stock beyond it of the items that are bought in whole tonnes [t].
    """

    value: float
    options: tuple[str, ...] | None
    stock_t: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class FlipRow:
    """What one input would have to be for another plan to be chosen.

    Attributes:
        kind: Kind of the input.
        name: Option, item or limit; empty for chances.
        now: Its value.
        low: Least value looked at.
        high: Greatest value looked at.
        below: The flip below now; None if there is none down to `low`.
        above: The flip above now; None if there is none up to `high`.
    """

    kind: InputKind
    name: str
    now: float
    low: float
    high: float
    below: Flip | None
    above: Flip | None


def flips(case: MixCase, weight: float = 0.0, *, found: MixResult | None = None) -> Iterator[FlipRow]:
    """Yields what would change the choice, input by input; stocks are chosen again at every value.

    The choice is that of options and of the stock that is bought in whole tonnes; other stock changes little by little
    and is not part of it. Each input is moved in 24 steps to either end; where the choice changes, the step is halved.
    A choice that changes and changes back within a step is not seen.

    Args:
        case: What is chosen from.
        weight: Weight of CVaR in the objective.
        found: Its best plan, if it is known.

    Raises:
        NoPlanError: If no choice keeps all limits.
    """
    found = best(case, weight) if found is None else found
    look = _Look(case, weight, _plan(case, chosen(case, found.plan), found))
    for each in mix_inputs(case, found):
        yield look.row(each)


_Plan = tuple[Choice, tuple[tuple[str, float], ...]]  # options, and stock in whole tonnes


def _plan(case: MixCase, choice: Choice, found: MixResult) -> _Plan:
    return choice, tuple((item.item, found.plan.stock_t[item.item]) for item in case.items if item.whole_tonnes)


@dataclass(slots=True, eq=False)
class _Look:
    case: MixCase
    weight: float
    now: _Plan
    _proofs: Proofs | None = None  # those of the case as given, where proofs can be used

    def __post_init__(self) -> None:
        """Proves the best choice of the case as given; whole tonnes and many options are searched at every value."""
        built = Extensive.of(self.case)
        if built.whole or len(built.yes) > ENUMERATED:
            return
        built.weigh(self.weight)
        self._proofs = Proofs(built, self.now[0])
        self._proofs.is_best(numbers_of(built), np.array([one.probability for one in self.case.scenarios]))

    def row(self, moved: MixInput) -> FlipRow:
        """Returns what an input would have to be."""
        below, above = (self._flip(moved, end) for end in (moved.low, moved.high))
        return FlipRow(moved.kind, moved.name, moved.now, moved.low, moved.high, below, above)

    def _flip(self, moved: MixInput, end: float) -> Flip | None:
        """Returns the flip between the value of now and an end."""
        near, same = moved.now, self._same(moved)
        for step in range(1, STEPS + 1) if end != moved.now else ():
            value = moved.now + (end - moved.now) * step / STEPS
            if not same(value):
                near, value = _halved(moved, near, value, same)
                plan = self._best(moved, value)
                break
            near = value
        else:
            return None
        value = rounded((near + value) / 2)
        if plan is None:
            return Flip(value, None, {})
        options = tuple(option.option for option, one in zip(self.case.options, plan[0], strict=True) if one)
        return Flip(value, options, dict(plan[1]))

    def _same(self, moved: MixInput) -> Callable[[float], bool]:
        """Returns whether the plan of now is the best at a value of an input."""
        if self._proofs is None or moved.kind in BENT:
            return lambda value: moved.unmoved(value) or self._best(moved, value) == self.now
        line = Moved(self._proofs.built, moved, self.weight)
        proofs = Proofs(self._proofs.built, self.now[0], self._proofs.sets)

        def same(value: float) -> bool:
            if moved.unmoved(value):
                return True
            numbers = line.at(value)
            best = proofs.is_best(numbers, line.chance)
            line.back()
            return self._best(moved, value) == self.now if best is None else best

        return same

    def _best(self, moved: MixInput, value: float) -> _Plan | None:
        """Returns the best plan at a value of an input, searched from the start; None where none keeps the limits."""
        built = Extensive.of(moved.at(value))
        built.weigh(self.weight)
        found = search(built, first=[self.now[0]])
        if not found:
            return None
        choice = found[0][1]
        return _plan(built.case, choice, result_with(built, choice, self.weight)) if built.whole else (choice, ())


def _halved(moved: MixInput, near: float, far: float, same: Callable[[float], bool]) -> tuple[float, float]:
    """Returns two values close to each other, the first with the plan of now and the other with another."""
    while abs(far - near) > CLOSE_SHARE * (moved.high - moved.low):
        middle = (near + far) / 2
        near, far = (middle, far) if same(middle) else (near, middle)
    return near, far
