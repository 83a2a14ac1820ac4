"""Effects of a scenario on a run, month by month: capacities, demand, duties, grants, and licence requirements."""

from __future__ import annotations

import pytest

from coercivity.base.errors import CoercivityError
from coercivity.base.months import Month, parse_month
from coercivity.law.rules.load import load_rulebook
from coercivity.market.inputs.coefficients import NAMED
from coercivity.market.network.network import Network
from coercivity.market.program.build import bucket_of
from coercivity.market.program.grid import PlanningGrid
from coercivity.market.program.lp import INF
from coercivity.market.program.state import BASE_MONTH
from coercivity.market.run.scenarios.scenario import read_scenario
from coercivity.market.run.shape import asking_for
from coercivity.market.run.simulate import BEGIN, Simulation, capacities, must_reach, simulate, world_once
from coercivity.permission.gate import Gate, Way
from tests.oracles.market_toy import FREE, LICENCE

JUNE, JULY, AUGUST, LATER = (parse_month(month) for month in ("2026-06", "2026-07", "2026-08", "2026-09"))
MYANMAR = "mine:MYANMAR_IONIC:MM-LA"
OWN = f"""
id: own
title: {{en: t, zh: 题}}
about: {{en: a, zh: 说}}
law: {{without: [all]}}
shocks:
- {{capacity: "{MYANMAR}", share: "0.25", from: 2026-07, to: 2026-08, reason: {{en: r, zh: 因}}}}
quotas:
- {{name: q, goods: [ox_Dy], tonnes_a_month: "3", clause: own-quota, from: 2026-07, to: 2026-08}}
duties:
- {{goods: [ox_Dy, ox_Tb], share: "0.1", clause: duty-one, from: 2026-07}}
- {{goods: [ox_Dy], share: "0.05", clause: duty-two, from: 2026-07, to: 2026-08}}
demand:
- {{use: wind, region: EUR, share: "0.5", from: 2026-07, to: 2026-08}}
- {{use: wind, share: "1.5", from: 2026-08}}
plants:
- {{id: one, region: EUR, stage: magnet, capacity: "1200", unit: t/yr, start: 2026-07}}
"""


@pytest.fixture(scope="module")
def simulation(tmp_path_factory: pytest.TempPathFactory) -> Simulation:
    path = tmp_path_factory.mktemp("scenario") / "own.yaml"
    path.write_text(OWN, encoding="utf-8")
    return simulate(
        load_rulebook(), read_scenario(path.as_posix(), capacities()), BEGIN, assume={}, grid=PlanningGrid((1,))
    )


def test_demand_moves_in_its_months_for_its_use_and_region(simulation: Simulation) -> None:
    """A shift for one region and one for all stand one on the other; without a region all of them are meant."""
    wanted = simulation.update.drivers.wanted
    assert [wanted("wind", "EUR", month, month) for month in (JUNE, JULY, AUGUST, LATER)] == [1, 0.5, 0.75, 1.5]
    assert [wanted("wind", "JP", month, month) for month in (JUNE, JULY, AUGUST, LATER)] == [1, 1, 1.5, 1.5]
    assert wanted("industry", "EUR", AUGUST, AUGUST) == 1


def test_a_shock_leaves_a_share_of_a_capacity_in_its_months(simulation: Simulation) -> None:
    capacity, state = simulation.update.drivers.capacity, simulation.months[-1].after
    before, during, last, after = (capacity(MYANMAR, month, JULY, state) for month in (JUNE, JULY, AUGUST, LATER))
    assert before > 0
    assert during == last == before / 4
    assert after == before


def test_no_plan_knows_of_a_shock_before_its_first_month(simulation: Simulation) -> None:
    """Otherwise stocks would be built for a surprise, and prices would rise and fall long before it."""
    capacity, state = simulation.update.drivers.capacity, simulation.months[-1].after
    assert [capacity(MYANMAR, month, JUNE, state) for month in (JULY, AUGUST)] == [
        capacity(MYANMAR, JUNE, JUNE, state)
    ] * 2


def test_a_quota_is_a_capacity_in_its_months_and_no_limit_else(simulation: Simulation) -> None:
    capacity, state = simulation.update.drivers.capacity, simulation.months[-1].after
    assert [capacity("quota:q", month, JUNE, state) for month in (JUNE, JULY, AUGUST, LATER)] == [INF, 3, 3, INF]


def test_chinese_mines_grow_from_year_to_year(simulation: Simulation) -> None:
    """From the middle of 2024, the base year, by the share that is assumed."""
    capacity, growth = simulation.update.drivers.capacity, 1 + simulation.world.figures.assumption("AS230")
    state = simulation.months[-1].after
    chinese = [name for name in simulation.network.limits if name.startswith("mine:") and name.endswith(":CN")]
    assert chinese
    for name in chinese:
        assert capacity(name, BASE_MONTH, JUNE, state) == pytest.approx(simulation.network.limits[name])
        assert capacity(name, BASE_MONTH + 24, JUNE, state) == pytest.approx(
            simulation.network.limits[name] * growth**2
        )


def test_a_plant_of_the_scenario_has_its_capacity_by_the_month(simulation: Simulation) -> None:
    (own,) = [path.plant for path in simulation.plants if path.plant.id == "one"]
    assert (own.limit, own.family, own.capacity_t, own.dependence) == ("magnet:EUR", "magnet", 100, 0)
    assert own.start == own.planned == JULY


def test_duties_on_one_good_add_up_and_each_names_its_clause(simulation: Simulation) -> None:
    drivers = simulation.update.drivers
    assert drivers.dutied == {"ox_Dy", "ox_Tb"}
    assert [drivers.duty("ox_Dy", month, month) for month in (JUNE, JULY, LATER)] == pytest.approx([0, 0.15, 0.1])
    assert [drivers.duty("ox_Tb", month, month) for month in (JUNE, JULY)] == pytest.approx([0, 0.1])
    assert [drivers.duty_clauses("ox_Dy", month) for month in (JUNE, JULY, LATER)] == [
        (),
        ("duty-one", "duty-two"),
        ("duty-one",),
    ]
    assert drivers.duty("ox_La", JULY, JULY) == 0


def test_leave_is_granted_by_the_practice_of_its_place_and_user(simulation: Simulation) -> None:
    """Military files succeed less often than civil ones, and where denial is presumed hardly any do."""
    cells, figures = simulation.desk.cells, simulation.desk.figures_of(parse_month("2025-04"))
    at = {cell.bucket: place for place, cell in enumerate(cells.cells)}
    civil, military = at["ox_Dy", "CN", "JP", "civil"], at["mag_high", "CN", "NAM", "military"]
    assert 0 < figures.granted[military] < figures.granted[civil] < 1
    assert (figures.granted_denial < figures.granted).all()


def asked(*goods: str) -> Network:
    """The packed network where a licence is needed for some goods in the last month, and nothing before."""
    months = range(JUNE, LATER + 1)

    def law(bucket: tuple[str, str, str, str], month: Month, seen_from: Month) -> Gate:
        return LICENCE if bucket[0] in goods and month == LATER else FREE

    return asking_for(world_once().network, law, months)


def test_permissions_are_held_for_named_goods_and_for_what_is_asked_in_some_month() -> None:
    free, nd = asked(), asked("ox_NdPr")
    assert {bucket.good for bucket in free.buckets} == set(NAMED)
    assert {bucket.good for bucket in nd.buckets} == {*NAMED, "ox_NdPr"}
    assert asked("ox_Dy").buckets == free.buckets


def test_where_nobody_ever_ordered_nobody_files() -> None:
    whole, free = world_once().network, asked()
    assert min(bucket.orders_t for bucket in whole.buckets) <= 0
    assert all(bucket.orders_t > 0 for bucket in free.buckets)
    held = {bucket.name for bucket in free.buckets}
    passages = [activity.passage for activity in free.activities if activity.passage is not None]
    assert all(passage.way is Way.FREE or bucket_of(passage) in held for passage in passages)
    assert {a.name for a in whole.activities if a.passage is None or a.passage.way is Way.FREE} <= {
        a.name for a in free.activities
    }


@pytest.mark.parametrize(
    ("first", "last", "what"),
    [
        ("2026-02", "2026-01", "ends before it begins"),
        ("2023-12", "2026-01", "starts in 2024-01"),
        ("2024-01", "2034-01", "exceeds ten years"),
    ],
)
def test_a_span_that_the_model_does_not_reach_is_refused(first: str, last: str, what: str) -> None:
    with pytest.raises(CoercivityError, match=what):
        must_reach(parse_month(first), parse_month(last))


def test_a_span_of_one_month_and_one_of_ten_years_are_reached() -> None:
    must_reach(parse_month("2024-01"), parse_month("2024-01"))
    must_reach(parse_month("2024-01"), parse_month("2033-12"))
