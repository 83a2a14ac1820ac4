"""Prices are duals, and gaps follow from law and route: properties 2 to 5 of docs/market.md."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterator

import numpy as np
import pytest

from coercivity.base.months import parse_month
from coercivity.market.inputs.coefficients import ABROAD, CHINA, ELEMENTS, MAGNETS, METALS
from coercivity.market.network.network import Activity, Good
from coercivity.market.program.build import PlanningWindow, bucket_of
from coercivity.market.program.lp import Floats, Lp
from coercivity.market.program.state import Law
from coercivity.market.program.update import WindowUpdate
from coercivity.market.results.price_gap import priced, route, split
from coercivity.market.run.rolling import MonthDone
from coercivity.market.run.simulate import Simulation
from tests.oracles.market_toy import FIRST, FREE, LICENCE, Toy, again, always, packed_run, simulated, told

CLOSES = 1e-6
ACTIVE_T = 1e-6
ROWS = 200
SHARE = 1e-4
GOODS = (*(f"ox_{e}" for e in ELEMENTS), *(f"met_{e}" for e in METALS), *MAGNETS)
OXIDES = ("ox_La", "ox_Ce", "ox_NdPr", "ox_Y", "ox_Gd", "ox_Dy", "ox_Tb")


@pytest.fixture(scope="module")
def simulation() -> Simulation:
    return packed_run()


@pytest.fixture(scope="module")
def free() -> Simulation:
    return packed_run("no-controls", "2024-12", 3)


def active(simulation: Simulation, done: MonthDone) -> Iterator[tuple[Activity, int, float]]:
    """Shipments in the plan of a month, the period of the window, and the gap that they bridge [USD/kg].

    What leaves in a long period lands in two of them, what customs hold some months later: what it is worth there is
    the mean by tonnes.
    """
    window, plan = simulation.update.window, done.plan
    for activity in simulation.network.activities:
        if activity.kind not in ("ship", "haul"):
            continue
        here, there = activity.takes[0].good, activity.gives[0]
        for w in range(window.periods):
            lands = landing(window, activity, done, w)
            if max(lands) < window.periods and plan.value[window.column("act", activity.name, w)] > ACTIVE_T:
                duals = ((share, window.row("good", there.good, at)) for at, share in lands.items())
                landed = math.fsum(share * float(plan.dual[row]) for share, row in duals)
                yield activity, w, landed - float(plan.dual[window.row("good", here, w)])


def landing(window: PlanningWindow, activity: Activity, done: MonthDone, w: int) -> dict[int, float]:
    """Periods in which a shipment lands, with the share of each; the one after the window stands for all after it.

    What is only delayed by customs lands in the last period at the latest.
    """
    found: dict[int, float] = {}
    there = activity.gives[0]
    last = window.periods if ("land", there.good) in window.lp.rows else window.periods - 1
    for later, part in enumerate(done.delays.get(activity.name, (1.0,))):
        for at, share in window.grid.spread(w, there.lag + later):
            found[min(at, last)] = found.get(min(at, last), 0.0) + part * share
    return {at: share for at, share in found.items() if share}


def own_cost(simulation: Simulation, done: MonthDone, activity: Activity, w: int) -> float:
    """Freight, and what is charged on the quote that stood before the month, as of the start of the window [USD/kg]."""
    levy = activity.levy[1] * done.before.quote[activity.takes[0].good] if activity.levy else 0.0
    if activity.kind == "ship" and activity.key[1] == CHINA:
        months = simulation.update.window.grid.months_of(w)
        duties = [simulation.update.drivers.duty(activity.key[0], done.month + m, done.month) for m in months]
        levy += math.fsum(duties) / len(duties) * done.before.quote[activity.takes[0].good]
    return (activity.cost + levy) * float(simulation.update.window.discounts[w])


def scarce(simulation: Simulation, done: MonthDone, activity: Activity, w: int, most: Floats) -> float:
    """What the leave, the tonnage and the last free days that a shipment uses up are worth [USD/kg]."""
    window, dual = simulation.update.window, done.plan.dual
    worth = -sum(weight * float(dual[window.row("limit", name, w)]) for name, weight in activity.limits)
    col = window.column("act", activity.name, w)
    if done.plan.value[col] >= most[col] - ACTIVE_T:
        worth -= float(done.plan.reduced_cost[col])
    if activity.passage is not None and activity.passage.way == "licence":
        worth += float(dual[window.row("permission", bucket_of(activity.passage), w)])
    return worth


def gaps_close(simulation: Simulation, done: MonthDone) -> int:
    """Checks the identity on every active arc of a month's plan, and returns how many there were."""
    again(simulation.update, done)
    most = np.array(simulation.update.window.lp._engine.getLp().col_upper_)
    met = 0
    for activity, w, gap in active(simulation, done):
        price = abs(float(done.plan.dual[simulation.update.window.row("good", activity.takes[0].good, w)]))
        left = gap - own_cost(simulation, done, activity, w) - scarce(simulation, done, activity, w, most)
        assert abs(left) < CLOSES * max(price, 1.0), (activity.name, w, gap, left)
        met += 1
    return met


# Test 2.


def test_2_gap_is_cost_levy_tonnage_and_leave_on_every_active_arc(simulation: Simulation) -> None:
    """Test 2: the price where it lands less the price where it left is what the way cost and what the law made scarce."""
    met = [gaps_close(simulation, done) for done in simulation.months]
    assert min(met) > 100


def test_2_leave_is_worth_something_once_18_2025_bites(simulation: Simulation) -> None:
    """Test 2 does not compare nothing with nothing: before April 2025 no leave has a worth, after it some has."""
    worth = {done.month: max(done.permission_value.values()) for done in simulation.months}
    assert worth[parse_month("2025-01")] == pytest.approx(0.0, abs=1e-6)
    assert worth[parse_month("2025-06")] > 10.0


def test_2_the_split_of_a_gap_leaves_no_residual(simulation: Simulation) -> None:
    """Test 2: the parts that a reader sees add up to the gap, for every good and region."""
    window = simulation.update.window
    for done in simulation.months:
        for name in GOODS:
            for region in ABROAD:
                if priced(name, region) not in simulation.network.goods:
                    continue
                gap = split(window, done, route(window, name, region))
                residual = sum(part.usd_per_kg for part in gap.parts if part.part == "residual")
                assert abs(residual) < CLOSES * max(abs(gap.outside), abs(gap.inside), 1.0), (name, region, gap)
                assert sum(part.usd_per_kg for part in gap.parts) == pytest.approx(
                    gap.gap, abs=1e-6 * max(abs(gap.outside), 1.0)
                )


# Test 3.


def drawn_rows(lp: Lp, key: str, kinds: tuple[str, ...]) -> list[tuple[tuple[object, ...], int]]:
    """Rows of some kinds in an order that depends on the key alone."""
    rows = [(name, row) for name, row in lp.rows.items() if isinstance(name, tuple) and name[0] in kinds]
    return sorted(rows, key=lambda entry: hashlib.sha256(f"{key}{entry[0]}".encode()).digest())


def dual_lies_between(update: WindowUpdate, count: int) -> int:
    """Checks duals of the window as it stands against the cost with a little more and a little less at a row."""
    window, lp = update.window, update.window.lp
    plan = window.solve()
    assert plan is not None
    stands = lp._engine.getLp()
    lows, highs = np.array(stands.row_lower_), np.array(stands.row_upper_)
    seen = smooth = 0
    for name, row in drawn_rows(lp, "duals-1", ("good", "permission", "limit"))[:count]:
        low, high = float(lows[row]), float(highs[row])
        # What may be thrown away has a lower side only, a capacity an upper one only.
        side = high if np.isfinite(high) else low
        if not np.isfinite(side):
            continue
        step = max(1e-2, abs(side) * 1e-4)
        slopes = []
        for move in (-step, step):
            lp.row_bounds([row], np.array([low + move]), np.array([high + move]))
            again = lp.solve()
            slopes.append((again.objective - plan.objective) / move if again is not None else float("nan"))
        lp.row_bounds([row], np.array([low]), np.array([high]))
        less, more = slopes
        dual = float(plan.dual[row])
        room = SHARE * max(abs(dual), 1.0)
        assert not less > dual + room, (name, less, dual, more)
        assert not more < dual - room, (name, less, dual, more)
        seen += 1
        smooth += min(abs(less - dual), abs(more - dual)) < room
    # An interval that holds anything would hold the dual as well: nearly always one of the two slopes is the dual itself.
    assert smooth > 0.85 * seen
    return seen


def test_3_duals_of_the_packed_market_lie_between_one_sided_differences(simulation: Simulation) -> None:
    """Test 3: on rows drawn by key, cost per unit less is at most the dual, cost per unit more at least."""
    short = packed_run("controls-back", "2025-06", 3)
    done = short.months[-1]
    again(short.update, done)
    assert dual_lies_between(short.update, ROWS) > 0.8 * ROWS


@pytest.mark.parametrize("law", [always(FREE), always(LICENCE)], ids=["free", "leave"])
def test_3_duals_of_a_toy_lie_between_one_sided_differences(law: Law) -> None:
    """Test 3 on every row of the toy."""
    toy = Toy()
    update = toy.update(law)
    update.at(FIRST, toy.state(update.window.network))
    assert dual_lies_between(update, 10_000) > 60


# Tests 4 and 5.


def net_of_way(simulation: Simulation, done: MonthDone, *, levied: bool) -> dict[str, list[float]]:
    """Gap less freight, and less what is levied where asked, on active free arcs from China in the first month, by good."""
    found: dict[str, list[float]] = {}
    for activity, w, gap in active(simulation, done):
        if w or activity.kind != "ship" or activity.key[1] != CHINA or activity.key[-1] != "free":
            continue
        paid = own_cost(simulation, done, activity, 0) if levied else activity.cost
        found.setdefault(activity.key[0], []).append(gap - paid)
    return found


def test_4_tonnage_alone_makes_the_same_gap_in_dollars(free: Simulation) -> None:
    """Test 4: under one quota on several oxides the gap net of duty and freight is the same for all of them, in USD/kg."""
    loose = sum(
        mass
        for key, mass in free.months[-1].activity_t.items()
        if key[0] == "ship" and key[1] in OXIDES and key[2] == CHINA
    )
    quota = {"name": "all", "goods": list(OXIDES), "tonnes_a_month": f"{loose * 0.4:.3f}", "clause": "a-quota"}
    bound = simulated(told("no-controls", quotas=[quota]), "2024-12", 3)
    for done in bound.months[1:]:
        under = {name: gaps for name, gaps in net_of_way(bound, done, levied=True).items() if name in OXIDES}
        worth = -float(done.plan.dual[bound.update.window.row("limit", "quota:all", 0)])
        assert worth > 0.1
        assert len(under) >= 3
        for name, gaps in under.items():
            for gap in gaps:
                assert gap == pytest.approx(worth, abs=CLOSES * done.price[Good(name, CHINA)] + CLOSES), name


def test_4_duty_alone_makes_the_same_gap_in_per_cent(free: Simulation) -> None:
    """Test 4: under one duty on several oxides the gap net of freight and tax is the same share of the quote in China."""
    duty = {"goods": list(OXIDES), "share": "0.25", "clause": "a-duty"}
    taxed = simulated(told("no-controls", duties=[duty]), "2024-12", 3)
    tax = taxed.world.figures.assumption("AS091")
    for done in taxed.months:
        under = {name: gaps for name, gaps in net_of_way(taxed, done, levied=False).items() if name in OXIDES}
        assert len(under) >= 3
        for name, gaps in under.items():
            for gap in gaps:
                assert gap / done.before.quote[Good(name, CHINA)] == pytest.approx(0.25 + tax, abs=CLOSES), name


def test_5_without_law_the_gap_is_freight_and_fees(free: Simulation) -> None:
    """Test 5: with every control taken out, nothing but freight and the tax that is not paid back stands between."""
    for done in free.months:
        assert all(gate.free for gate in done.gates.values())
        found = net_of_way(free, done, levied=True)
        assert len(found) > 10
        for name, gaps in found.items():
            for gap in gaps:
                assert gap == pytest.approx(0.0, abs=CLOSES * max(done.price[Good(name, CHINA)], 1.0)), name
