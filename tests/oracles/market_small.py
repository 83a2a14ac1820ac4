"""A market of one good, small enough to be worked out on paper: mined in China, shipped to Japan, wanted there."""

from __future__ import annotations

from coercivity.market.network.network import (
    Activity,
    Demand,
    DemandStep,
    Good,
    GoodAmount,
    Network,
    Passage,
    Permission,
    Recipe,
    Store,
)
from coercivity.market.network.stores import CoverLayer
from coercivity.market.program.build import Rates
from coercivity.market.program.lp import Solved
from coercivity.market.program.state import Law, State
from coercivity.market.program.update import WindowUpdate
from coercivity.permission.desk.state import empty_desk
from coercivity.permission.gate import Way
from tests.oracles.desk_toy import Seen, cells_in, desk_with, sees
from tests.oracles.market_toy import FIRST, Moves, Periods, drivers, moves_of

HERE, THERE, SERVICE = Good("ox_Dy", "CN"), Good("ox_Dy", "JP"), Good("service", "JP")
BUCKET = ("ox_Dy", "CN", "JP", "civil")
BETA = 1.08 ** (-1 / 12)
# Two layers of one tonne each where cover is two tonnes, worth 3 and 1 % of the price a month.
TWO_LAYERS = (CoverLayer(0.5, 0.03), CoverLayer(0.5, 0.01))


def one_good(
    steps: tuple[DemandStep, ...], wanted: float, *, freight: float = 1.0, orders: float = 10.0, lag: int = 0
) -> Network:
    """Mined in China at 10 USD/kg, shipped in `lag` months, wanted in Japan; leave may be asked for."""
    ships = tuple(
        Activity(
            "ship",
            (*BUCKET, way),
            (GoodAmount(HERE, 1.0),),
            (GoodAmount(THERE, 1.0, lag),),
            freight,
            passage=Passage(*BUCKET, way),
        )
        for way in (Way.FREE, Way.LICENCE)
    )
    mine = Activity("mine", ("ox_Dy", "CN"), (), (GoodAmount(HERE, 1.0),), 10.0, limits=(("mine", 1.0),))
    usual = Activity("recipe", ("use", "JP", "usual"), (GoodAmount(THERE, 1.0),), (GoodAmount(SERVICE, 1.0),), 0.0)
    return Network(
        goods=(HERE, THERE, SERVICE),
        activities=(mine, *ships, usual),
        demands=(Demand("use", "JP", SERVICE, wanted, 0.0, 50.0, steps),),
        recipes=(Recipe(usual.name, "use", "JP", 1.0),),
        stores=(Store(HERE, 0.0, 0.0, 1.0), Store(THERE, 0.0, 0.0, 1.0)),
        buckets=(Permission(*BUCKET, orders),),
        prices={HERE: 10.0, THERE: 11.0},
        limits={"mine": 100.0},
    )


def moves(
    network: Network,
    law: Law,
    months: Periods,
    *,
    layers: tuple[CoverLayer, ...] = (),
    risk: float = 0.0,
    seen: Seen | None = None,
    **world: object,
) -> Moves:
    rates = Rates(0.08, layers, risk=risk, waste={BUCKET: 0.25}, leads={BUCKET: (1.0,)}, papers={BUCKET: 2.0})
    update = moves_of(network, rates, law, drivers(network.limits, **world), months)
    update.seen = seen or sees()
    return update


def before(network: Network, *, stock: float = 0.0) -> State:
    """Nothing under way or filed; stock in Japan, quotes as in the base year."""
    stocks = {THERE: stock} if stock else {}
    return State(stocks, {}, {}, dict(network.prices), empty_desk(desk_with(cells_in(network)).terms))


def planned(update: Moves, state: State) -> Solved:
    update.at(FIRST, state)
    plan = update.window.solve()
    assert plan is not None
    return plan


def price(update: WindowUpdate, plan: Solved, entry: Good, p: int = 0) -> float:
    """Price of a good in a period, in money of that period."""
    return float(plan.dual[update.window.row("good", entry, p)]) / float(update.window.discounts[p])
