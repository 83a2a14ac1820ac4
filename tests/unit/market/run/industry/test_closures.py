"""Closures: what stands idle for a year closes; it reopens some months after its price covers its cost again."""

from __future__ import annotations

from dataclasses import dataclass
from types import SimpleNamespace
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coercivity.base.months import Month, parse_month
from coercivity.market.network.network import Activity, Network
from coercivity.market.program.state import IndustryState
from coercivity.market.run.industry.appraisal import Appraiser, Expected
from coercivity.market.run.industry.closures import Closures, ClosureTerms, closed_t, closing
from coercivity.market.run.industry.money import OFFTAKE, PlantMoney
from coercivity.market.run.industry.plants import Plant
from coercivity.market.run.mechanisms import Committed

TERMS = ClosureTerms(months=12, usual_idle=0.1, least_margin=0.5, wait=3, lead=6)
FIRST = parse_month("2027-01")
NAME = "metal:EUR"


@dataclass
class Worth:
    """A plan in which one more unit of every capacity is worth so much [USD/kg]."""

    worth: float = 0.0

    def expected(self, done: Committed, name: str, lead: float) -> Expected:
        return Expected(self.worth, 0.0, 0.0, {}, (0, 11))


def network() -> Network:
    made = Activity("metal", ("NdPr", "EUR", "free"), (), (), 1.0, limits=((NAME, 2.0),))
    return Network((), (made,), (), (), (), (), {}, {NAME: 100.0})


def closures(money: tuple[PlantMoney, ...] = ()) -> Closures:
    start = FIRST - 100
    stands = Plant("stands", "EUR", "metal", NAME, "other", 90.0, start, start, 0, status="operating")
    return Closures(network(), TERMS, [stands], money)


def run(known: Closures, used: list[float], worth: float = 0.0, before: IndustryState | None = None) -> IndustryState:
    """The state after months in which so much of 100 t a month was used."""
    state, first = before or IndustryState(), FIRST
    for place, mass in enumerate(used):
        month = first + place
        at: Month = month

        def capacity(name: str, when: Month, seen_from: Month, now: object, state: IndustryState = state) -> float:
            return 100.0 - closed_t(state, name, when)

        done = SimpleNamespace(
            month=at,
            before=None,
            did_t={("metal", "NdPr", "EUR", "free"): mass / 2.0},
            update=SimpleNamespace(drivers=SimpleNamespace(capacity=capacity)),
        )
        state = known.after(cast(Committed, done), state, cast(Appraiser, Worth(worth)))
    return state


def test_a_part_idle_for_twelve_months_closes_but_for_what_is_usual() -> None:
    """60 t of 100 used: 40 % idle, of which 10 % is usual: 30 t close, and not a month earlier."""
    assert run(closures(), [60.0] * 11).closed == {}
    assert run(closures(), [60.0] * 12).closed == {NAME: pytest.approx(30.0)}


def test_the_least_idle_share_of_the_year_counts() -> None:
    """One month with 85 t: 15 % idle, so 5 t close."""
    assert run(closures(), [20.0] * 6 + [85.0] + [20.0] * 5).closed == {NAME: pytest.approx(5.0)}


def test_a_busy_month_begins_the_count_again() -> None:
    assert run(closures(), [20.0] * 11 + [95.0] + [20.0] * 11).closed == {}
    assert run(closures(), [20.0] * 11 + [95.0] + [20.0] * 12).closed == {NAME: pytest.approx(70.0)}


def test_more_closes_only_after_another_twelve_months_and_never_more_than_stands() -> None:
    """Nothing is used: 90 t of 100, then 9 of the 10 that are left."""
    assert run(closures(), [0.0] * 12).closed == {NAME: pytest.approx(90.0)}
    assert run(closures(), [0.0] * 23).closed == {NAME: pytest.approx(90.0)}
    assert run(closures(), [0.0] * 24).closed == {NAME: pytest.approx(99.0)}
    assert run(closures(), [0.0] * 120).closed[NAME] <= 100.0


def test_what_is_sold_under_an_offtake_does_not_close() -> None:
    """480 t a year of an offtake are 40 t a month: of 100 idle ones 60 close at most."""
    sold = PlantMoney("stands", OFFTAKE, 480.0)
    assert run(closures((sold,)), [0.0] * 12).closed == {NAME: pytest.approx(60.0)}


def test_an_offtake_of_a_plant_that_does_not_run_keeps_no_other_open() -> None:
    """Not decided, not started or standing still: of 100 idle ones 90 close, all but what is usual."""
    sold = (PlantMoney("later", OFFTAKE, 480.0),)
    planned = Plant("later", "EUR", "metal", NAME, "other", 90.0, FIRST + 60, FIRST + 60, 0, status="construction")
    old = planned.starting(FIRST - 100)
    for entry, undecided, before in (
        (planned, frozenset[str](), IndustryState()),
        (old, frozenset({"later"}), IndustryState()),
        (old, frozenset[str](), IndustryState(work_left={"later": 3.0})),
        (old, frozenset[str](), IndustryState(starts={"later": FIRST + 60})),
    ):
        known = Closures(network(), TERMS, [entry], sold, undecided)
        assert run(known, [0.0] * 12, before=before).closed == {NAME: pytest.approx(90.0)}
    decided = IndustryState(starts={"later": FIRST - 1})
    known = Closures(network(), TERMS, [planned], sold, frozenset({"later"}))
    assert run(known, [0.0] * 12, before=decided).closed == {NAME: pytest.approx(60.0)}


def test_a_closed_part_reopens_six_months_after_three_months_that_cover_its_cost() -> None:
    """Closed in December 2027; January to March 2028 cover the cost, so it is open from October 2028 on."""
    shut = run(closures(), [60.0] * 12)
    known, month = closures(), FIRST + 12
    state = shut
    for place in range(3):
        assert state.reopening == {}
        done = SimpleNamespace(
            month=month + place,
            before=None,
            did_t={("metal", "NdPr", "EUR", "free"): 35.0},
            update=SimpleNamespace(drivers=SimpleNamespace(capacity=lambda *_: 70.0)),
        )
        state = known.after(cast(Committed, done), state, cast(Appraiser, Worth(0.5)))
    opens = parse_month("2028-10")
    assert state.reopening == {(NAME, opens): pytest.approx(30.0)}
    assert closed_t(state, NAME, opens - 1) == pytest.approx(30.0)
    assert closed_t(state, NAME, opens) == 0.0
    done = SimpleNamespace(
        month=opens,
        before=None,
        did_t={("metal", "NdPr", "EUR", "free"): 50.0},
        update=SimpleNamespace(drivers=SimpleNamespace(capacity=lambda *_: 100.0)),
    )
    after = known.after(cast(Committed, done), state, cast(Appraiser, Worth(0.0)))
    assert after.closed == {}
    assert after.reopening == {}


def test_a_worth_below_the_least_margin_reopens_nothing() -> None:
    shut = run(closures(), [60.0] * 12)
    assert run(closures(), [70.0] * 12, 0.4, shut).reopening == {}


def test_a_capacity_of_nothing_is_not_idle() -> None:
    done = SimpleNamespace(
        month=FIRST,
        before=None,
        did_t={("metal", "NdPr", "EUR", "free"): 0.0},
        update=SimpleNamespace(drivers=SimpleNamespace(capacity=lambda *_: 0.0)),
    )
    found = closures().after(cast(Committed, done), IndustryState(), cast(Appraiser, Worth()))
    assert found == IndustryState()


def test_spare_quota_and_chinese_capacity_never_closes() -> None:
    limits = dict.fromkeys(
        ["magnet:JP", "more_magnet:JP", "quota:q", "mine:BAYAN_OBO:CN", "mine:MOUNT_WELD:AU", "recycling:CN"], 1.0
    )
    found = closing(Network((), (), (), (), (), (), {}, limits))
    assert found == ("magnet:JP", "mine:MOUNT_WELD:AU")


@given(used=st.lists(st.floats(0, 100), min_size=1, max_size=60), worth=st.floats(0, 2))
def test_no_more_is_closed_than_stands(used: list[float], worth: float) -> None:
    state = run(closures(), used, worth)
    assert 0 <= state.closed.get(NAME, 0.0) <= 100.0
    assert all(mass <= state.closed[name] + 1e-9 for (name, _), mass in state.reopening.items())
