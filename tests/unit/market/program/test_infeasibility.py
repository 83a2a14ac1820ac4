"""Infeasible scenarios: the smallest conflict is named, and the smallest change that helps."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from coercivity.base.errors import Fault
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
    Requirement,
    Store,
)
from coercivity.market.network.stores import CoverLayer
from coercivity.market.program.build import PlanningWindow, Rates
from coercivity.market.program.grid import PlanningGrid
from coercivity.market.program.infeasibility import explain
from coercivity.market.program.state import Drivers, State
from coercivity.permission.desk.state import empty_desk
from coercivity.permission.gate import Way
from tests.oracles.market_toy import FIRST, FREE, LICENCE, Moves, always

HERE = Good("ox_Dy", "CN")
ENDS = ("JP", "KR", "EUR")
LOWER = re.compile(r"lower '([^']+)' by ([^;]+)")
CUT = re.compile(r"([0-9.e+-]+) t in (\d{4}-\d{2}(?: to \d{4}-\d{2})?)")
THREE_MONTHS = PlanningGrid((1, 1, 1))


def routed(name: str, to: str, least: float, months: int = 2) -> Requirement:
    return Requirement(name, least, FIRST, FIRST + months - 1, route=("ox_Dy", "CN", to))


def moves_under(
    *required: Requirement, licence: bool = False, grid: PlanningGrid = THREE_MONTHS
) -> tuple[Moves, State]:
    """Ten tonnes a month in China, three places that want it, at once; nothing is kept from before."""
    activities = [Activity("mine", ("ox_Dy", "CN"), (), (GoodAmount(HERE, 1.0),), 10.0, limits=(("mine", 1.0),))]
    demands, recipes, stores, buckets = [], [], [Store(HERE, 0.0, 0.0, 1.0)], []
    for to in ENDS:
        there, service = Good("ox_Dy", to), Good("service", to)
        for way in (Way.FREE, Way.LICENCE):
            passage = Passage("ox_Dy", "CN", to, "civil", way)
            key = ("ox_Dy", "CN", to, "civil", way)
            activities.append(
                Activity("ship", key, (GoodAmount(HERE, 1.0),), (GoodAmount(there, 1.0),), 1.0, passage=passage)
            )
        usual = Activity("recipe", ("use", to, "usual"), (GoodAmount(there, 1.0),), (GoodAmount(service, 1.0),), 0.0)
        activities.append(usual)
        demands.append(Demand("use", to, service, 4.0, 0.0, 50.0, (DemandStep(50.0, 1.0),)))
        recipes.append(Recipe(usual.name, "use", to, 1.0))
        stores.append(Store(there, 0.0, 0.0, 1.0))
        buckets.append(Permission("ox_Dy", "CN", to, "civil", 4.0))
    goods = tuple(sorted({a.good for act in activities for a in (*act.takes, *act.gives)}))
    network = Network(
        goods=goods,
        activities=tuple(activities),
        demands=tuple(demands),
        recipes=tuple(recipes),
        stores=tuple(stores),
        buckets=tuple(buckets),
        prices={HERE: 10.0, **{Good("ox_Dy", to): 11.0 for to in ENDS}},
        limits={"mine": 10.0},
        requirements=required,
    )
    names = [b.name for b in buckets]
    rates = Rates(
        0.08,
        (CoverLayer(1.0, 0.0),),
        waste=dict.fromkeys(names, 0.0),
        leads=dict.fromkeys(names, (0.0, 0.0, 1.0)),
        papers=dict.fromkeys(names, 1.0),
    )
    drivers = Drivers(
        capacity=lambda name, month, seen_from, state: network.limits[name],
        wanted=lambda use, region, month, seen_from: 1.0,
    )
    update = Moves(PlanningWindow(network, rates, grid), always(LICENCE if licence else FREE), drivers)
    return update, State({}, {}, {}, dict(network.prices), empty_desk(update.desk.terms))


def fault_of(update: Moves, state: State) -> Fault:
    update.at(FIRST, state)
    assert update.window.solve() is None
    (fault,) = explain(update, FIRST).faults
    assert fault.code == "INFEASIBLE"
    assert fault.where == "2025-01"
    return fault


def named(fault: Fault) -> set[str]:
    return set(re.findall(r"'([^']+)' \(", fault.what))


def lowered(fault: Fault) -> dict[tuple[str, str], float]:
    told = LOWER.findall(fault.next or "")
    return {(name, month): float(mass) for name, cuts in told for mass, month in CUT.findall(cuts)}


def test_one_requirement_that_cannot_be_met_is_named_alone() -> None:
    """25 t a month from a mine of 10, beside a small one that does no harm: 30 t too much in two months."""
    update, state = moves_under(routed("too much", "JP", 25.0), routed("a little", "KR", 0.0))
    fault = fault_of(update, state)
    assert named(fault) == {"too much"}
    assert "with the market and the law" in fault.what
    assert {name for name, _ in lowered(fault)} == {"too much"}
    assert sum(lowered(fault).values()) == pytest.approx(30.0)


def test_the_least_change_is_told_even_where_it_is_next_to_nothing() -> None:
    """A clash of less than a gram a month still has its change: a message never ends in nothing."""
    update, state = moves_under(routed("a hair too much", "JP", 10.0 + 5e-7, months=1))
    fault = fault_of(update, state)
    assert set(lowered(fault)) == {("a hair too much", "2025-01")}
    assert 0 < sum(lowered(fault).values()) < 1e-5


def test_a_period_of_several_months_is_told_as_a_span_of_the_months_required() -> None:
    """80 t in March and April, of 50 that are mined to the end of the period of three months, which is May."""
    early = routed("early", "JP", 15.0, months=1)
    late = Requirement("late", 15.0, FIRST + 2, FIRST + 3, route=("ox_Dy", "CN", "JP"))
    update, state = moves_under(early, late, grid=PlanningGrid((1, 1, 3)))
    fault = fault_of(update, state)
    assert named(fault) == {"early"}
    assert set(lowered(fault)) == {("early", "2025-01")}
    update, state = moves_under(replace(late, least=40.0), grid=PlanningGrid((1, 1, 3)))
    fault = fault_of(update, state)
    assert lowered(fault) == {("late", "2025-03 to 2025-04"): pytest.approx(30.0)}


def test_two_requirements_that_conflict_are_named_and_the_third_is_not() -> None:
    """8 and 5 t of 10: three too much a month, whichever gives way; a use of nothing much has no part in it."""
    harmless = Requirement("harmless", 0.0, FIRST, FIRST + 1, use=("use", "EUR"))
    update, state = moves_under(harmless, routed("eight", "JP", 8.0), routed("five", "KR", 5.0))
    fault = fault_of(update, state)
    assert named(fault) == {"eight", "five"}
    assert "they cannot be met together" in fault.what
    change = lowered(fault)
    assert {name for name, _ in change} <= {"eight", "five"}
    assert sum(change.values()) == pytest.approx(6.0)


def test_the_smallest_infeasible_set_is_named_where_there_are_two() -> None:
    """Two that clash together and one that is impossible alone: the one is the smaller set, wherever it stands."""
    two = (routed("eight", "JP", 8.0), routed("five", "KR", 5.0))
    one = routed("too much", "EUR", 25.0)
    for required in ((*two, one), (one, *two)):
        update, state = moves_under(*required)
        assert named(fault_of(update, state)) == {"too much"}


def test_a_requirement_that_conflicts_with_the_law_is_told_so() -> None:
    """No leave comes before the third month, so nothing can be shipped in the first two."""
    update, state = moves_under(routed("now", "JP", 1.0), licence=True)
    fault = fault_of(update, state)
    assert named(fault) == {"now"}
    assert "the law" in fault.what
    assert sum(lowered(fault).values()) == pytest.approx(2.0)


def test_the_least_change_does_help() -> None:
    """Asked for as much less, the window has a plan."""
    update, state = moves_under(routed("eight", "JP", 8.0), routed("five", "KR", 5.0))
    change = lowered(fault_of(update, state))
    most = {name: max(mass for (n, _), mass in change.items() if n == name) for name, _ in change}
    again, state = moves_under(
        routed("eight", "JP", 8.0 - most.get("eight", 0.0)), routed("five", "KR", 5.0 - most.get("five", 0.0))
    )
    again.at(FIRST, state)
    assert again.window.solve() is not None


def test_the_window_is_left_as_it_was() -> None:
    """What was opened to explain is shut again: the same window is still without a plan."""
    update, state = moves_under(routed("too much", "JP", 25.0))
    fault_of(update, state)
    assert update.window.solve() is None


def test_nothing_required_and_nothing_feasible_is_a_fault_of_ours() -> None:
    update, state = moves_under()
    update.at(FIRST, state)
    assert update.window.solve() is not None
    (fault,) = explain(update, FIRST).faults
    assert fault.code == "INFEASIBLE"
    assert "nothing is required" in fault.what
