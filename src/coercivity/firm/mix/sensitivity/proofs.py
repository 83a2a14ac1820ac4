"""Proofs that a choice of options is the best, and whether they still hold where a number of the mix has moved.

A search for the best choice ends with sets of choices that are each too dear, or keep the limits nowhere. The
multipliers of the rows that say so are a lower bound of the cost for any numbers of the programme, not only for those
that they were found with. So most moves need no search: one solution for the choice of now, and a bound for each set.

Source: Geoffrion and Nauss 1977.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from coercivity.base.linear import INF, Floats
from coercivity.firm.mix.choose import EQUAL_SHARE, Choice
from coercivity.firm.mix.extensive import Extensive
from coercivity.firm.mix.sensitivity.boxes import Numbers, boxed

# A point that breaks its limits by less than this share of the greatest multiplier may be one within rounding.
CLEAR = 1e-6


@dataclass(frozen=True, slots=True, eq=False)
class Proof:
    """Why no choice of a set is the best.

    Attributes:
        held: The set: yes, no, or open for each option.
        dual: Multiplier of each row, shape (rows,).
        empty: Whether no choice of the set keeps the limits; else each is too dear.
        chance: Probability of each scenario with which it was found, shape (scenarios,).
    """

    held: tuple[bool | None, ...]
    dual: Floats
    empty: bool
    chance: Floats


@dataclass(slots=True, eq=False)
class Proofs:
    """Sets of choices that hold all but the choice of now, with what shows that each is not the best.

    Attributes:
        built: The programme; its numbers may be moved between two calls.
        choice: The choice of now.
        sets: The sets; without a proof yet, one set holds all choices.
    """

    built: Extensive
    choice: Choice
    sets: list[Proof] = field(default_factory=list)
    _row_of: NDArray[np.int64] = field(init=False)

    def __post_init__(self) -> None:
        """Finds the scenario of each row; -1 for the rows of the choice at the start."""
        rows = np.arange(len(self.built.programme.row_low))
        self._row_of = np.searchsorted(np.array(self.built.first_row), rows, side="right").astype(np.int64) - 1
        if not self.sets:
            nothing = np.zeros(len(rows))
            self.sets = [Proof((None,) * len(self.choice), nothing, False, np.zeros(len(self.built.case.scenarios)))]

    def is_best(self, numbers: Numbers, chance: Floats) -> bool | None:
        """Returns whether the choice of now is still the best; None where another costs the same.

        Args:
            numbers: The numbers of the programme as it is now.
            chance: Probability of each scenario, shape (scenarios,).
        """
        self.built.hold(self.choice)
        own = self.built.programme.solve()
        if own is None:
            return False
        equal = EQUAL_SHARE * max(1.0, abs(own.objective))
        box, todo, kept = boxed(numbers), self.sets[::-1], list[Proof]()
        best: bool | None = True
        while todo:
            one = todo.pop()
            if best is not True or self._holds(one, box, chance, own.objective + equal):
                kept.append(one)
                continue
            found = self._solved(one.held, chance, own.objective + equal)
            if isinstance(found, Proof):
                kept.append(found)
            elif found is None:  # a set of one choice, which is not too dear
                kept.append(one)
                best = self._beside(own.objective - equal)
            else:
                todo += found
        self.sets = kept
        return best

    def _beside(self, clearly_less: float) -> bool | None:
        other = self.built.programme.solve()
        return False if other is not None and other.objective < clearly_less else None

    def _holds(self, one: Proof, box: Numbers, chance: Floats, most: float) -> bool:
        """Returns whether a proof still holds: the bound that it gives is over the most."""
        if one.empty:
            greatest = float(np.abs(one.dual).max(initial=0.0))
            return self._bound(one, box, np.zeros_like(box.cost), one.dual) > CLEAR * greatest > 0.0
        # What a scenario contributes follows its probability.
        ratio = np.divide(chance, one.chance, out=np.ones_like(chance), where=one.chance > 0.0)
        scale = np.where(self._row_of >= 0, ratio[self._row_of], 1.0)
        return self._bound(one, box, box.cost, one.dual * scale) > most

    def _bound(self, one: Proof, box: Numbers, cost: Floats, dual: Floats) -> float:
        """Returns a lower bound of the cost over a set, for any multipliers."""
        dual = np.where((dual > 0.0) & (box.row_low == -INF) | (dual < 0.0) & (box.row_high == INF), 0.0, dual)
        sides = np.where(dual > 0.0, box.row_low, np.where(dual < 0.0, box.row_high, 0.0))
        reduced = cost - np.bincount(box.cols, box.values * dual[box.rows], len(cost))
        low, high = box.low.copy(), box.high.copy()
        for col, yes in zip(self.built.yes, one.held, strict=True):
            low[col], high[col] = (0.0, 1.0) if yes is None else (float(yes), float(yes))
        ends = np.where(reduced > 0.0, low, np.where(reduced < 0.0, high, 0.0))
        return float(dual @ sides + reduced @ ends)

    def _solved(self, held: tuple[bool | None, ...], chance: Floats, most: float) -> Proof | Sequence[Proof] | None:
        """Returns a new proof for a set, its parts where there is none, or None for one choice that is not dearer."""
        if held == self.choice:
            return ()
        programme = self.built.programme
        self.built.hold(held)
        found = programme.solve()
        if found is None:
            ray = programme.no_point()
            # Without multipliers the set is solved again at the next move.
            return Proof(held, np.zeros(len(programme.row_low)) if ray is None else ray, True, chance)
        if found.objective > most:
            return Proof(held, found.dual, False, chance)
        open_ones = [place for place, one in enumerate(held) if one is None]
        if not open_ones:
            return None
        share = {place: float(found.value[self.built.yes[place]]) for place in open_ones}
        place = min(open_ones, key=lambda one: (abs(share[one] - 0.5), one))
        return [
            Proof((*held[:place], yes, *held[place + 1 :]), found.dual, False, chance)
            for yes in (share[place] < 0.5, share[place] >= 0.5)
        ]
