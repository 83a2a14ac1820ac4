"""The account of recycled shares against a plain one, and that no recycled tonne appears or is lost in it."""

from __future__ import annotations

import pytest

from coercivity.market.network.network import Good
from coercivity.market.results.mechanisms.recycling_tables import ELEMENTS, RecycledMonth, RecycledShares, base_shares
from coercivity.market.run.rolling import MonthDone
from coercivity.market.run.scenarios.planning import default_grid
from coercivity.market.run.simulate import Simulation
from tests.oracles.breadth.recycled import Shares
from tests.oracles.market_toy import packed_run

# Activities, stocks and shares are rounded to nine digits.
CLOSE = 1e-7


@pytest.fixture(scope="module")
def simulation() -> Simulation:
    return packed_run("controls-back", "2026-03", default_grid().periods)


@pytest.fixture(scope="module")
def product(simulation: Simulation) -> list[RecycledMonth]:
    return RecycledShares(simulation.network, base_shares(simulation)).months(simulation.months)


@pytest.mark.parametrize("element", ELEMENTS)
def test_shares_are_those_of_a_plain_account(
    simulation: Simulation, product: list[RecycledMonth], element: str
) -> None:
    start = base_shares(simulation)[element]
    ours = Shares(simulation, element, (float(start[0]), float(start[1])))
    for done, found in zip(simulation.months, product, strict=True):
        ours.month(done)
        for entry, share in ours.of.items():
            if there_t(done, entry) > 1e-3:
                assert tuple(found.share[entry, element]) == pytest.approx(share, rel=CLOSE, abs=CLOSE), entry
                assert 0.0 <= share[0] + share[1] <= 1.0 + CLOSE
    assert max(share[0] for share in ours.of.values()) > 0


def there_t(done: MonthDone, entry: Good) -> float:
    """What is left or was used of a good, so that its share means something."""
    return done.stock_t.get(entry, 0.0)


@pytest.mark.parametrize("element", ELEMENTS)
def test_recycled_tonnes_of_a_pool_are_conserved(
    simulation: Simulation, product: list[RecycledMonth], element: str
) -> None:
    """Recycled tonnes that came into a good, stock before included, leave it or stay: at one share for all."""
    start = base_shares(simulation)[element]
    ours = Shares(simulation, element, (float(start[0]), float(start[1])))
    for before, done, after in zip([None, *product], simulation.months, product, strict=False):
        arrived = dict(ours.under_way)
        ours.month(done)
        for entry in ours.inside:
            share = after.share[entry, element]
            kept = start if before is None else before.share[entry, element]
            for n in (0, 1):
                came = done.before.stock_t.get(entry, 0.0) * float(kept[n])
                came += arrived.get((entry, done.month), (0.0, (0.0, 0.0)))[1][n]
                went = done.stock_t.get(entry, 0.0) + done.disposed_t.get(entry, 0.0)
                through = came
                for activity in simulation.network.activities:
                    mass = done.activity_t.get(activity.name, 0.0)
                    if not mass:
                        continue
                    for given in activity.gives:
                        if given.good == entry and not given.lag:
                            made = mass * given.mass * done.delays.get(activity.name, (1.0,))[0]
                            part = {"treat": (1.0, 0.0), "recycle": (0.0, 1.0)}.get(activity.kind)
                            taken = [a.good for a in activity.takes if a.good in ours.inside]
                            if part is None and taken and not (activity.kind == "swap" and element != "NdPr"):
                                part = tuple(after.share[taken[0], element].tolist())
                            came += made * part[n] if part is not None else 0.0
                    went += sum(mass * taken.mass for taken in activity.takes if taken.good == entry)
                through = max(came, went, 1.0)
                assert came == pytest.approx(went * float(share[n]), abs=1e-6 * through), (entry, n, done.month)
