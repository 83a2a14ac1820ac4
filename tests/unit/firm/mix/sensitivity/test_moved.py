"""A programme that is moved has the numbers of one that is built anew, and proofs say what a search says."""

from __future__ import annotations

import numpy as np
import pytest

from coercivity.firm.mix.choose import best, search
from coercivity.firm.mix.extensive import Extensive
from coercivity.firm.mix.model import MixCase
from coercivity.firm.mix.plans import chosen
from coercivity.firm.mix.sensitivity.boxes import boxed
from coercivity.firm.mix.sensitivity.inputs import MixInput, mix_inputs
from coercivity.firm.mix.sensitivity.moved import Moved, numbers_of
from coercivity.firm.mix.sensitivity.proofs import Proofs
from tests.unit.firm.mix.brenner import brenner
from tests.unit.firm.mix.cuts.made_up import made_up

PARTS = (0.0, 0.35, 0.9, 1.2, 2.0)


def values(moved: MixInput) -> list[float]:
    return [min(moved.high, max(moved.low, moved.now * part)) for part in PARTS]


def built(case: MixCase, weight: float) -> Extensive:
    made = Extensive.of(case)
    made.weigh(weight)
    return made


@pytest.mark.parametrize("weight", [0.0, 0.5])
def test_a_moved_programme_is_the_one_built_anew(weight: float) -> None:
    """Every input of Brenner Windtechnik: the same costs, bounds and entries, within rounding."""
    case = brenner()
    own = built(case, weight)
    for moved in mix_inputs(case, best(case, weight)):
        line = Moved(own, moved, weight)
        for value in values(moved):
            here = line.at(value)
            anew = numbers_of(built(moved.at(value), weight))
            for name in ("cost", "low", "high", "row_low", "row_high"):
                np.testing.assert_allclose(getattr(here, name), getattr(anew, name), rtol=1e-12, atol=1e-12)
            given = dict(zip(zip(anew.rows.tolist(), anew.cols.tolist(), strict=True), anew.values, strict=True))
            for row, col, number in zip(here.rows.tolist(), here.cols.tolist(), here.values, strict=True):
                assert number == pytest.approx(given.get((row, col), 0.0), rel=1e-12, abs=1e-12)
        line.back()
    assert numbers_of(own).cost.tolist() == numbers_of(built(case, weight)).cost.tolist()


@pytest.mark.parametrize("seed", range(8))
def test_proofs_say_what_a_search_says(seed: int) -> None:
    """Small made-up mixes, every input at five values: the choice of now is the best, or it is not."""
    weight = 0.4 * (seed % 3 == 2)
    case = made_up(seed, shared=seed % 2 == 0, scenarios=5, limited=seed in (1, 4))
    found = best(case, weight)
    choice = chosen(case, found.plan)
    own = built(case, weight)
    proofs = Proofs(own, choice)
    kept = 0
    for moved in mix_inputs(case, found):
        line = Moved(own, moved, weight)
        for value in values(moved):
            said = proofs.is_best(line.at(value), line.chance)
            line.back()
            sought = search(built(moved.at(value), weight), keep=2)
            if said is None:
                assert sought[1][0] == pytest.approx(sought[0][0], rel=1e-7)
                continue
            assert said == (bool(sought) and sought[0][1] == choice), (moved.kind, moved.name, value)
            kept += said
    assert kept > 5


def test_bounds_that_rows_imply_hold_at_every_solution() -> None:
    own = built(brenner(), 0.5)
    box = boxed(numbers_of(own))
    for choice in ([True] * 5, [False, False, True, True, True], [None] * 5):
        own.hold(choice)
        found = own.programme.solve()
        if found is not None:
            assert (found.value >= box.low - 1e-6).all()
            assert (found.value <= box.high + 1e-6).all()
    assert np.isfinite(box.high).sum() > np.isfinite(numbers_of(own).high).sum()
