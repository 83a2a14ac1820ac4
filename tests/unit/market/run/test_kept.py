"""Months from the store: the same bits as solved ones, on small programmes and on the network."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coercivity.files.kept.store import DAMAGED, Store
from coercivity.law.rules.load import load_rulebook
from coercivity.market.program.lp import Lp, Solved
from coercivity.market.run import result_key
from coercivity.market.run.kept import KeptMonths, packed, unpacked
from coercivity.market.run.scenarios.scenario import read_scenario
from coercivity.market.run.simulate import BEGIN, Simulation, capacities, simulate

MOST = 10**9
floats = st.lists(st.floats(allow_nan=False), max_size=20).map(lambda values: np.array(values, dtype=np.float64))


class Toy:
    """Two plants that supply one region; a window as far as months are kept."""

    def __init__(self) -> None:
        self.lp, self.solved = Lp(), 0
        row = self.lp.row("supply", low=3.0, high=3.0)
        for name, cost in (("near", 1.0), ("far", 2.0)):
            self.lp.entry(row, self.lp.col(name, cost=cost, high=2.0), 1.0)
        self.lp.elastic(row, 1.5, 1.0)
        self.lp.ready()

    def solve(self) -> Solved | None:
        self.solved += 1
        return self.lp.solve_canonical()

    def wanted(self, mass: float) -> Toy:
        self.lp.row_bounds([0], np.array([mass]), np.array([mass]))
        return self


def bits(plan: Solved | None) -> tuple[object, ...]:
    assert plan is not None
    arrays = (plan.value, plan.dual, plan.reduced_cost)
    return (plan.objective, plan.iterations, *(array.tobytes() for array in arrays))


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "cache", MOST)


@given(floats, floats, st.floats(allow_nan=False), st.integers(0, 2**40), st.binary(max_size=40))
def test_a_plan_comes_back_bit_for_bit(
    value: np.ndarray, dual: np.ndarray, objective: float, steps: int, basis: bytes
) -> None:
    plan = Solved(objective, value, dual, -value, steps)
    again, same = unpacked(packed(plan, basis))
    assert bits(again) == bits(plan)
    assert same == basis


@given(st.binary(max_size=200))
def test_other_bytes_are_no_plan(held: bytes) -> None:
    with pytest.raises(ValueError, match=r"plan|length"):
        unpacked(held)


def test_the_fingerprint_follows_every_cost_and_bound() -> None:
    toy = Toy()
    seen = [toy.lp.fingerprint()]
    toy.lp.costs([0], np.array([1.25]))
    seen.append(toy.lp.fingerprint())
    toy.lp.column_bounds([1], np.array([0.5]), np.array([2.0]))
    seen.append(toy.lp.fingerprint())
    toy.lp.column_bounds([1], np.array([0.5]), np.array([2.5]))
    seen.append(toy.lp.fingerprint())
    toy.wanted(3.5)
    seen.append(toy.lp.fingerprint())
    assert len(set(seen)) == len(seen)
    toy.wanted(3.0)
    toy.lp.column_bounds([1], np.array([0.0]), np.array([2.0]))
    toy.lp.costs([0], np.array([1.0]))
    assert toy.lp.fingerprint() == seen[0] == Toy().lp.fingerprint()


def test_the_fingerprint_is_the_same_after_solving() -> None:
    toy = Toy()
    before = toy.lp.fingerprint()
    toy.solve()
    assert toy.lp.fingerprint() == before


def test_a_month_is_solved_once(store: Store) -> None:
    first, second = Toy(), Toy()
    plans = [bits(KeptMonths(store).solved(toy)) for toy in (first, second)]
    assert plans[0] == plans[1] == bits(Toy().solve())
    assert (first.solved, second.solved) == (1, 0)


def test_a_month_after_kept_ones_is_that_of_a_run_without_a_store(store: Store) -> None:
    wanted = (3.0, 1.0, 3.5, 2.0)
    plain = Toy()
    without = [bits(plain.wanted(mass).solve()) for mass in wanted]
    for count in (2, 4):
        toy, months = Toy(), KeptMonths(store)
        assert [bits(months.solved(toy.wanted(mass))) for mass in wanted[:count]] == without[:count]
        assert toy.solved == 2


def test_a_month_without_a_plan_is_not_kept(store: Store) -> None:
    toy = Toy().wanted(9.0)
    assert KeptMonths(store).solved(toy) is None
    assert KeptMonths(store).solved(toy) is None
    assert toy.solved == 2
    assert [path for path in store.folder.iterdir() if path.suffix == ".kept"] == []


def test_a_plan_of_another_shape_is_not_used_and_told(store: Store) -> None:
    expected = bits(KeptMonths(store).solved(Toy()))
    (path,) = store.folder.glob("*.kept")
    small = Solved(0.0, np.zeros(1), np.zeros(1), np.zeros(1), 0)
    for content in (packed(small, b""), packed(Toy().solve() or small, b"\x09" * 4), b"text"):
        store.notices.clear()
        store.put(path.stem, content)
        toy = Toy()
        assert bits(KeptMonths(store).solved(toy)) == expected
        assert toy.solved == 1
        assert [notice.code for notice in store.notices] == [DAMAGED]


def test_an_edited_program_takes_no_month_of_before(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    KeptMonths(store).solved(Toy())
    monkeypatch.setattr(result_key, "code_hash", lambda package: f"{package} edited")
    toy = Toy()
    KeptMonths(store).solved(toy)
    assert toy.solved == 1


def run_of(last: int, kept: Store | None) -> Simulation:
    scenario = read_scenario("controls-back", capacities())
    return simulate(load_rulebook(), scenario, BEGIN + last, assume={}, kept=kept)


def figures(simulation: Simulation) -> list[tuple[object, ...]]:
    return [
        (*bits(done.plan), repr(done.price), repr(done.quote), repr(done.stock_t), repr(done.activity_t))
        for done in simulation.months
    ]


@pytest.mark.long
def test_with_without_cold_and_warm_the_network_gives_the_same_bits(store: Store) -> None:
    without = figures(run_of(2, None))
    assert figures(run_of(1, store)) == without[:2]
    assert figures(run_of(2, store)) == without  # two months kept, one solved
    count, _ = store.entries()
    assert figures(run_of(2, store)) == without
    assert store.entries()[0] == count
    assert store.notices == []
