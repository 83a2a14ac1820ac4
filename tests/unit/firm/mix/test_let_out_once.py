"""What is let out comes by sea or by air, and not by both."""

from __future__ import annotations

from dataclasses import replace

import pytest

from coercivity.firm.mix.arrivals import by_air, by_sea
from coercivity.firm.mix.choose import best
from coercivity.firm.mix.cuts.best import best_by_cuts
from coercivity.firm.mix.model import MixCase, MixItem, MixLimits, MixOption, MixScenario


def case(shares: tuple[float, ...]) -> MixCase:
    """Returns 10 t a month with a month by sea, and air freight for 5 a tonne without a fee."""
    item = MixItem("m", "heavy", (10.0,) * len(shares), 200.0, 100.0, None)
    air = MixOption("air", "air", 0.0, 0, 10.0, 5.0, ("m",))
    scenario = MixScenario("s", 1.0, {"m": shares}, {"m": shares}, 1.0)
    return MixCase((item,), (air,), (scenario,), MixLimits(), len(shares), let_out_once=True)


def test_air_brings_what_the_sea_brings_a_month_later_and_no_more() -> None:
    """Half is let out in month 1, and half of month 2 is missing; month 2 lets out all, of which half comes by air."""
    halved = case((0.5, 1.0, 0.5))
    scenario, item = halved.scenarios[0], halved.items[0]
    assert by_sea(halved, scenario, item, filed=False) == (10.0, 5.0, 10.0)
    assert by_air(halved, scenario, item, filed=False) == (0.0, 5.0, 0.0)
    assert best(halved).mean_keur == 25.0


def test_air_cannot_undo_a_share_that_is_refused() -> None:
    """Eight tenths are let out in every month: 2 t of months 2 and 3 are lost, by air or not."""
    refused = case((0.8, 0.8, 0.8))
    assert best(refused).mean_keur == pytest.approx(400.0)
    assert best(replace(refused, let_out_once=False)).mean_keur == pytest.approx(20.0)


@pytest.mark.parametrize("shares", [(0.5, 1.0, 0.5), (0.8, 0.8, 0.8), (0.0, 0.3, 0.9), (1.0, 0.0, 1.0)])
def test_cutting_planes_agree(shares: tuple[float, ...]) -> None:
    found = best_by_cuts(case(shares))
    assert found is not None
    assert found.mean_keur == pytest.approx(best(case(shares)).mean_keur, rel=1e-6)
