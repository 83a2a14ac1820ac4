"""Items that are stopped independently of each other, which the reader must ask for."""

from __future__ import annotations

from dataclasses import replace

import pytest

from coercivity.base.errors import CoercivityError
from coercivity.base.sums import total
from coercivity.firm.mix.choose import best
from coercivity.firm.mix.independent import independent
from coercivity.firm.mix.model import MixLimits
from coercivity.firm.mix.plans import do_nothing
from tests.unit.firm.mix.brenner import brenner


def test_each_item_keeps_its_own_chances() -> None:
    """Doing nothing costs the same in the mean: what each item loses depends on its own stop alone."""
    apart = independent(brenner(), ["C"])
    assert len(apart.scenarios) == 100
    assert total(one.probability for one in apart.scenarios) == pytest.approx(1.0)
    assert do_nothing(apart).mean_keur == pytest.approx(4949.6)


def test_independent_stops_make_the_bad_end_look_better() -> None:
    """B and C are stopped together with chance 0.6, apart with 0.6 x 0.6; some lost day comes with 1 - 0.4 x 0.4."""
    together, apart = do_nothing(brenner()), do_nothing(independent(brenner(), ["C"]))
    assert apart.cvar_keur < together.cvar_keur
    assert together.lost_chance == pytest.approx(0.6)
    assert apart.lost_chance == pytest.approx(0.84)


def test_the_best_plan_differs() -> None:
    free = replace(brenner(), limits=MixLimits(700.0, 36.0, None))
    assert best(independent(free, ["C"]), 0.9).objective_keur < best(free, 0.9).objective_keur


def test_an_item_that_does_not_exist() -> None:
    with pytest.raises(CoercivityError, match="there is no grade 'D'"):
        independent(brenner(), ["D"])


def test_too_many_scenarios() -> None:
    many = replace(brenner(), scenarios=brenner().scenarios * 11)
    with pytest.raises(CoercivityError, match="more than 10000"):
        independent(many, ["A", "B"])
