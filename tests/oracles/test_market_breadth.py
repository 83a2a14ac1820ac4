"""What policies, contracts, recycling and industry add to a window, against the second build in linopy."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import pytest

from coercivity.market.network.network import Activity, Good, GoodAmount, Network, Requirement, Store
from coercivity.market.program.lp import Solved
from coercivity.market.program.state import IndustryState, State
from coercivity.permission.gate import Way
from tests.oracles.desk_toy import sees
from tests.oracles.market_asked import Asked, asked_of
from tests.oracles.market_linopy import least_cost
from tests.oracles.market_toy import FIRST, FREE, LICENCE, Moves, Periods, Toy, always, drivers, moves_of

CLOSE = 1e-11
GRIDS: dict[str, Periods] = {"single months": 4, "long periods": (1, 1, 1, 3, 6, 12)}
OLD, OX = Good("eol_mag", "JP"), Good("ox_Dy", "JP")
RECYCLE = ("recycle", "eol_mag", "JP")
MINE = ("mine", "ox_Dy", "JP")
SHIP = ("ship", "ox_Dy", "CN", "JP", "civil", "free")
LEAN = ("recipe", "Dy", "JP", "lean")
FORESEEN = 9


def plain(toy: Toy) -> Network:
    return toy.network()


def with_old_magnets(toy: Toy) -> Network:
    """Old magnets come by themselves in Japan, can be kept, and give a fifth of their mass in dysprosium oxide."""
    network = toy.network()
    recycle = Activity(
        *(RECYCLE[0], RECYCLE[1:]),
        takes=(GoodAmount(OLD, 1.0),),
        gives=(GoodAmount(OX, 0.2),),
        cost=3.0,
        limits=(("recycle:JP", 1.0),),
    )
    return replace(
        network,
        goods=tuple(sorted((*network.goods, OLD))),
        activities=(*network.activities, recycle),
        stores=(*network.stores, Store(OLD, 0.0, 0.0, 0.01)),
        prices={**network.prices, OLD: 0.0},
        limits={**network.limits, "recycle:JP": 4.0},
    )


def with_wait(toy: Toy) -> Network:
    """The lean design takes two months of qualification."""
    network = toy.network()
    recipes = tuple(replace(r, wait=2) if r.speed else r for r in network.recipes)
    return replace(network, recipes=recipes)


def with_charge(toy: Toy) -> Network:
    """The lean design takes a month of qualification, for which each kilogram pays 5 USD until it has begun."""
    network = toy.network()
    recipes = tuple(replace(r, wait=1, charge=5.0) if r.speed else r for r in network.recipes)
    return replace(network, recipes=recipes)


def collected(months: Sequence[int], state: State) -> Mapping[Good, Sequence[float]]:
    """Half a tonne of old magnets in the first month, growing by a tenth of a tonne a month."""
    return {OLD: [0.5 + 0.1 * (month - FIRST) for month in months]}


def charged(name: tuple[str, ...], month: int, seen_from: int, state: State) -> float:
    """Mining in Japan is supported by 60 USD/kg from the third month on; shipping costs 10, and one more each month."""
    if name == MINE:
        return -60.0 if month >= FIRST + 2 else 0.0
    return 10.0 + (month - seen_from)


def closing(network: Network) -> Callable[[str, int, int, State], float]:
    """Capacity less what is closed, and what opens again."""

    def room(name: str, month: int, seen_from: int, state: State) -> float:
        opened = sum(part for (own, when), part in state.industry.reopening.items() if own == name and when <= month)
        return network.limits[name] - state.industry.closed.get(name, 0.0) + opened

    return room


def some_closed(state: State) -> None:
    closed, opening = {"works:CN": 8.0}, {("works:CN", FIRST + 2): 3.0, ("works:CN", FIRST + 4): 1.0}
    state.industry = IndustryState(closed=closed, reopening=opening)


def in_qualification(state: State) -> None:
    """In Japan half-way, to be used from the second month on; in China used before."""
    state.qualified_on[LEAN] = FIRST + 1
    state.qualified_on["recipe", "Dy", "CN", "lean"] = FIRST - 3
    state.ready["recipe", "Dy", "CN", "lean"] = 0.1


def all_at_once(state: State) -> None:
    some_closed(state)
    in_qualification(state)


def some_loaded(route: tuple[str, str, str], month: int) -> float:
    """Two tonnes of dysprosium a month, three from the fifth on; no limit of lanthanum."""
    if route != ("ox_Dy", "CN", "JP"):
        return float("inf")
    return 3.0 if month >= FIRST + 4 else 2.0


BOUGHT = Requirement("bought", 3.0, FIRST + 1, FIRST + 7, route=("ox_Dy", "CN", "JP"), pay=40.0)
SERVED = Requirement("served", 0.95, FIRST, FIRST + 8, use=("Dy", "JP"), pay=500.0)
RECYCLED = Requirement(
    "recycled",
    0.25,
    FIRST + 1,
    FIRST + 99,
    supplies=((RECYCLE, 0.2),),
    of=((("Dy", "JP"), 1.0), (("La", "JP"), 0.1)),
    pay=80.0,
)
TOLD_LATER = Requirement("told later", 6.0, FIRST, FIRST + 9, route=("ox_Dy", "CN", "JP"), published=FIRST + 1)


BUCKET = ("ox_Dy", "CN", "JP", "civil")
CONTRACT = Requirement("contract", 0.0, FIRST, FIRST + 99, route=("ox_Dy", "CN", "JP"), pay=40.0, released=BUCKET)


def due_under_contract(name: str, month: int, seen_from: int, state: State) -> float | None:
    """Three tonnes a month of the contract, four from the sixth month on."""
    return (3.0 if month < FIRST + 5 else 4.0) if name == "contract" else None


def paid_for_short(name: str, month: int, seen_from: int, state: State) -> float | None:
    """The last quote in China; twice as much from the sixth month on."""
    times = 1.0 if month < FIRST + 5 else 2.0
    return times * state.quote[Good("ox_Dy", "CN")] if name == "contract" else None


def released_by_refusal(name: str, month: int, seen_from: int) -> float:
    """Three quarters of the contract, all of it from the sixth month on."""
    return (0.75 if month < FIRST + 5 else 1.0) if name == "contract" else 0.0


def told_of_desk() -> dict[str, object]:
    """Licences held, expected and general ones, and a wait that ends inside a month."""
    return {"usable_t": 0.5, "expected_t": {1: 0.4, 3: 1.1}, "general_t": 0.3, "lead": 1.4, "granted": 0.6}


class Case:
    """A toy window with something new.

    Attributes:
        differs: The same window without it, which must cost something else.
    """

    def __init__(
        self,
        differs: Callable[[Asked], Asked],
        network: Callable[[Toy], Network] = plain,
        required: tuple[Requirement, ...] = (),
        before: Callable[[State], None] = lambda state: None,
        law: Way = Way.FREE,
        desk: dict[str, object] | None = None,
        **world: object,
    ) -> None:
        self.differs, self.required, self.before, self.law, self.world = differs, required, before, law, world
        self.made, self.desk = network, desk or {}

    def window(self, months: Periods) -> tuple[Moves, State]:
        toy = Toy(lag=1, growth=0.3)
        network = replace(self.made(toy), requirements=self.required)
        world = drivers(network.limits, foresight=FORESEEN, **self.world_of(network))
        law = always(LICENCE if self.law is Way.LICENCE else FREE)
        update = moves_of(network, toy.rates(network), law, world, months)
        update.seen = sees(**self.desk)
        state = toy.state(network)
        self.before(state)
        return update, state

    def world_of(self, network: Network) -> dict[str, object]:
        """What moves; a capacity may follow from the network."""
        made = {name: value(network) if name == "closes" else value for name, value in self.world.items()}  # type: ignore[operator]
        return {"capacity" if name == "closes" else name: value for name, value in made.items()}


def other_world(**changes: object) -> Callable[[Asked], Asked]:
    return lambda asked: replace(asked, drivers=replace(asked.drivers, **changes))  # type: ignore[arg-type]


def other_state(**changes: object) -> Callable[[Asked], Asked]:
    return lambda asked: replace(asked, state=replace(asked.state, **changes))  # type: ignore[arg-type]


def required_as(**changes: object) -> Callable[[Asked], Asked]:
    def differs(asked: Asked) -> Asked:
        required = tuple(replace(each, **changes) for each in asked.network.requirements)  # type: ignore[arg-type]
        return replace(asked, network=replace(asked.network, requirements=required))

    return differs


NEW: dict[str, Case] = {
    "a purchase on pain of a payment": Case(required_as(pay=4.0), required=(BOUGHT,), law=Way.LICENCE),
    "a supply on pain of a payment": Case(required_as(pay=4.0), required=(SERVED,), law=Way.LICENCE),
    "a share that must be recycled": Case(required_as(of=()), with_old_magnets, (RECYCLED,), arrivals=collected),
    "what counts towards it": Case(
        required_as(supplies=((RECYCLE, 0.1),)), with_old_magnets, (RECYCLED,), arrivals=collected
    ),
    "a requirement not yet published": Case(required_as(published=0), required=(TOLD_LATER,)),
    "old magnets that come by themselves": Case(
        other_world(arrivals=lambda months, state: {}), with_old_magnets, arrivals=collected
    ),
    "charges and support": Case(
        other_world(charge=lambda name, month, seen_from, state: 0.0), charged=frozenset({MINE, SHIP}), charge=charged
    ),
    "a quantity and a payment under a contract": Case(
        other_world(due_t=lambda name, month, seen_from, state: 5.0),
        required=(CONTRACT,),
        due_t=due_under_contract,
        short_cost=paid_for_short,
    ),
    "what a contract pays by its index": Case(
        other_world(short_cost=lambda name, month, seen_from, state: None),
        required=(CONTRACT,),
        law=Way.LICENCE,
        due_t=due_under_contract,
        short_cost=paid_for_short,
    ),
    "a seller who is released by a refusal": Case(
        required_as(released=None),
        required=(CONTRACT,),
        law=Way.LICENCE,
        desk=told_of_desk(),
        due_t=due_under_contract,
        short_cost=paid_for_short,
        released=released_by_refusal,
    ),
    "a limit of loading": Case(other_world(loading=lambda route, month: float("inf")), loading=some_loaded),
    "closed capacity that opens again": Case(other_state(industry=IndustryState()), before=some_closed, closes=closing),
    "a wait before a design can be used": Case(
        lambda asked: replace(
            asked, network=replace(asked.network, recipes=tuple(replace(r, wait=0) for r in asked.network.recipes))
        ),
        with_wait,
        law=Way.LICENCE,
    ),
    "a design in qualification": Case(
        other_state(qualified_on={}), with_wait, before=in_qualification, law=Way.LICENCE
    ),
    "a qualification to be paid for": Case(
        lambda asked: replace(
            asked, network=replace(asked.network, recipes=tuple(replace(r, charge=0.0) for r in asked.network.recipes))
        ),
        with_charge,
        law=Way.LICENCE,
    ),
    "a qualification that is paid for": Case(
        other_state(qualified_on={}), with_charge, before=in_qualification, law=Way.LICENCE
    ),
    "a design used before": Case(other_state(ready={}), with_wait, before=all_at_once, closes=closing),
}


def planned(update: Moves, state: State) -> tuple[Solved, Asked]:
    seen = update.at(FIRST, state)
    plan = update.window.solve()
    assert plan is not None
    return plan, asked_of(update, state, FIRST, seen)


@pytest.mark.parametrize("grid", sorted(GRIDS))
@pytest.mark.parametrize("name", sorted(NEW))
def test_toy_window_with_something_new_costs_the_same_in_linopy(name: str, grid: str) -> None:
    plan, asked = planned(*NEW[name].window(GRIDS[grid]))
    assert least_cost(asked) == pytest.approx(plan.objective, rel=CLOSE)


@pytest.mark.parametrize("name", sorted(NEW))
def test_linopy_would_notice_a_window_without_it(name: str) -> None:
    """The comparison can fail: without what is new the window costs something else."""
    plan, asked = planned(*NEW[name].window(GRIDS["long periods"]))
    found = least_cost(NEW[name].differs(asked))
    assert found is not None
    assert abs(found / plan.objective - 1) > 1e-6


def test_toy_window_with_everything_new_costs_the_same_in_linopy() -> None:
    """All of it in one window, as limits, charges and payments meet on the same activities."""
    case = Case(
        lambda asked: asked,
        with_old_magnets,
        (BOUGHT, SERVED, RECYCLED, TOLD_LATER),
        before=all_at_once,
        law=Way.LICENCE,
        arrivals=collected,
        charged=frozenset({MINE, SHIP, RECYCLE}),
        charge=charged,
        loading=some_loaded,
        closes=closing,
    )
    plan, asked = planned(*case.window(GRIDS["long periods"]))
    assert least_cost(asked) == pytest.approx(plan.objective, rel=CLOSE)


def test_a_share_of_demand_is_required_of_what_a_plan_foresees() -> None:
    """All of a demand that grows by 30 % a year and is foreseen for nine months can be required of a plan of 24."""
    everything = Requirement("everything", 1.0, FIRST, FIRST + 99, use=("Dy", "JP"))
    planned(*Case(lambda asked: asked, required=(everything,)).window(GRIDS["long periods"]))
