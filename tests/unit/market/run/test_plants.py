"""Plants outside China: start, ramp-up, delay without know-how, loss of capacity."""

from __future__ import annotations

from dataclasses import replace

import pytest

from coercivity.base.months import parse_month
from coercivity.market.inputs.figures import Figures
from coercivity.market.program.state import BASE_MONTH
from coercivity.market.results.mechanisms.industry_tables import plant_row
from coercivity.market.run.industry.plants import (
    ACTS,
    STATUS_MONTH,
    Plant,
    PlantLaw,
    PlantPath,
    added,
    follow,
    plants,
    ramp,
    start_month,
)
from coercivity.market.run.simulate import world_once
from coercivity.permission.gate import Gate, Way
from tests.oracles.market_toy import packed_run, says

FREE, LICENCE = says(Way.FREE), says(Way.LICENCE, "licence_required", "c1")
SHUT = says(Way.SHUT, "prohibited", "c2")
START = parse_month("2027-01")
FIRST, LAST = parse_month("2026-01"), parse_month("2030-12")


@pytest.fixture(scope="module")
def figures() -> Figures:
    return world_once().figures


def plant(dependence: int = 3, *, start: int = START, waiting: bool = True) -> Plant:
    return Plant("own", "EUR", "magnet", "magnet:EUR", "magnet", 100.0, start, start, dependence, waiting)


def law_of(**gates: tuple[Gate, float]) -> PlantLaw:
    """What is said of each act, always; what is not named is free."""
    return lambda act, region, stage, month: gates.get(act, (FREE, 1.0))


def path_of(figures: Figures, law: PlantLaw, entry: Plant | None = None) -> PlantPath:
    (found,) = follow(figures, [entry or plant()], law, FIRST, LAST)
    return found


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("2027", "2027-07"),
        ("2027-H1", "2027-04"),
        ("2027-H2", "2027-10"),
        ("2027-Q1", "2027-02"),
        ("2027-Q4", "2027-11"),
        ("2027-03", "2027-03"),
        ("2027-12", "2027-12"),
    ],
)
def test_a_year_a_half_or_a_quarter_starts_in_its_middle(text: str, month: str) -> None:
    assert start_month(text) == parse_month(month)


@pytest.mark.parametrize("text", ["", "soon", "27", "2027-13", "2027-Q5", "2027-00"])
def test_a_start_that_says_nothing_is_none(text: str) -> None:
    assert start_month(text) is None


def test_plants_ramp_year_by_year_and_never_start_before_they_start(figures: Figures) -> None:
    assert [ramp(figures, "magnet", n) for n in (-1, 0, 11, 12, 24, 36, 200)] == [0.0, 0.2, 0.2, 0.5, 0.75, 0.9, 0.9]
    assert [ramp(figures, "other", n) for n in (-1, 0, 12, 24, 36)] == [0.0, 0.15, 0.4, 0.65, 0.85]


def test_where_everything_is_free_nothing_is_delayed_and_nothing_decays(figures: Figures) -> None:
    path = path_of(figures, law_of())
    assert path.start == START
    assert path.delay_months == 0.0
    assert path.findings == ()
    assert path.clauses == ()
    assert set(path.upkeep) == {1.0}
    assert len(path.upkeep) == LAST - FIRST + 1


def test_refused_know_how_delays_a_start_by_what_other_vendors_take(figures: Figures) -> None:
    path = path_of(figures, law_of(technology=(SHUT, 0.0)))
    assert path.delay_months == figures.assumption("AS245")
    assert path.start == START + 12
    assert path.findings == (("technology", "prohibited"),)
    assert path.clauses == ("c2",)


def test_what_is_partly_granted_delays_in_part_and_the_longest_counts(figures: Figures) -> None:
    path = path_of(figures, law_of(technology=(LICENCE, 0.75), equipment=(SHUT, 0.5), assistance=(LICENCE, 0.9)))
    assert path.delay_months == pytest.approx(0.5 * figures.assumption("AS246"))
    assert [act for act, _ in path.findings] == ["technology", "assistance", "equipment"]
    assert path.clauses == ("c1", "c2")


def test_the_law_is_asked_half_a_year_before_the_start(figures: Figures) -> None:
    """A control that begins later than that comes too late for the start, and only wears the upkeep."""
    asked_on = START - 6
    late: PlantLaw = lambda act, region, stage, month: (SHUT, 0.0) if month > asked_on else (FREE, 1.0)  # noqa: E731
    early: PlantLaw = lambda act, region, stage, month: (SHUT, 0.0) if month <= asked_on else (FREE, 1.0)  # noqa: E731
    assert path_of(figures, late).start == START
    assert path_of(figures, late).upkeep[-1] < 1.0
    assert path_of(figures, early).start == START + 12
    assert path_of(figures, early).upkeep[-1] == 1.0


def test_upkeep_decays_month_by_month_from_the_start_to_its_floor(figures: Figures) -> None:
    late: PlantLaw = lambda act, region, stage, month: (SHUT, 0.0) if month >= START else (FREE, 1.0)  # noqa: E731
    path = path_of(figures, late)
    decay, floor = figures.assumption("AS248"), figures.assumption("AS249")
    since = START - FIRST
    assert set(path.upkeep[:since]) == {1.0}
    assert path.upkeep[since] == pytest.approx(1 - decay)
    assert path.upkeep[since + 3] == pytest.approx((1 - decay) ** 4)
    assert path.upkeep[-1] == floor
    assert list(path.upkeep) == sorted(path.upkeep, reverse=True)


def test_a_plant_that_the_law_holds_up_does_not_wear_before_it_runs(figures: Figures) -> None:
    """Service refused delays the start by a year; what does not run yet needs no upkeep."""
    path = path_of(figures, law_of(service=(SHUT, 0.0)))
    assert path.start == START + 12
    assert set(path.upkeep[: path.start - FIRST]) == {1.0}
    assert path.upkeep[path.start - FIRST] == pytest.approx(1 - figures.assumption("AS248"))


def test_upkeep_stops_decaying_where_service_is_free_again(figures: Figures) -> None:
    end = START + 5
    law: PlantLaw = lambda act, region, stage, month: (  # noqa: E731
        (SHUT, 0.0) if act == "service" and month < end else (FREE, 1.0)
    )
    path = path_of(figures, law)
    assert path.upkeep[end - FIRST :] == (path.upkeep[end - FIRST - 1],) * (LAST - end + 1)


@pytest.mark.parametrize("dependence", [0, 1])
def test_a_plant_that_needs_nothing_chinese_is_not_touched(figures: Figures, dependence: int) -> None:
    path = path_of(figures, law_of(**dict.fromkeys(ACTS, (SHUT, 0.0))), plant(dependence))
    assert path.start == START
    assert set(path.upkeep) == {1.0}


def test_a_plant_that_runs_is_not_delayed_but_wears(figures: Figures) -> None:
    path = path_of(figures, law_of(**dict.fromkeys(ACTS, (SHUT, 0.0))), plant(start=FIRST - 30, waiting=False))
    assert path.start == FIRST - 30
    assert path.upkeep[-1] == figures.assumption("AS249")


def test_what_plants_add_is_nameplate_by_ramp_by_upkeep(figures: Figures) -> None:
    free = path_of(figures, law_of())
    assert added(figures, [free], FIRST, START - 1) == {"magnet:EUR": 0.0}
    assert added(figures, [free], FIRST, START)["magnet:EUR"] == pytest.approx(20.0)
    assert added(figures, [free], FIRST, START + 12)["magnet:EUR"] == pytest.approx(50.0)
    late: PlantLaw = lambda act, region, stage, month: (SHUT, 0.0) if month >= START else (FREE, 1.0)  # noqa: E731
    worn, at = path_of(figures, late), START + 12
    assert worn.start == START
    assert added(figures, [worn], FIRST, at)["magnet:EUR"] == pytest.approx(50.0 * worn.upkeep[at - FIRST])


def test_without_chinese_engineers_the_first_year_yields_less(figures: Figures) -> None:
    late = path_of(figures, law_of(technology=(SHUT, 0.0)))
    assert added(figures, [late], FIRST, START + 11) == {"magnet:EUR": 0.0}
    assert added(figures, [late], FIRST, START + 12)["magnet:EUR"] == pytest.approx(20.0 * (1 - 0.15))
    assert added(figures, [late], FIRST, START + 24)["magnet:EUR"] == pytest.approx(50.0)


def test_a_plant_of_the_base_year_adds_only_what_it_ramped_since(figures: Figures) -> None:
    running = path_of(figures, law_of(), plant(start=BASE_MONTH - 18, waiting=False))
    assert added(figures, [running], FIRST, BASE_MONTH + 18 + 12)["magnet:EUR"] == pytest.approx(100.0 * (0.9 - 0.5))


def test_two_plants_of_one_place_add_up(figures: Figures) -> None:
    free = path_of(figures, law_of())
    both = [free, replace(free, plant=replace(free.plant, id="other", capacity_t=50.0))]
    assert added(figures, both, FIRST, START)["magnet:EUR"] == pytest.approx(30.0)


def test_packed_plants_that_are_not_built_slip_by_two_fifths_of_their_time(figures: Figures) -> None:
    found, left_out = plants(figures)
    assert found
    assert not {entry.id for entry in found} & set(left_out)
    assert {entry.region for entry in found}.isdisjoint({"CN"})
    slipped = [entry for entry in found if entry.start != entry.planned]
    assert slipped
    for entry in slipped:
        assert entry.planned > STATUS_MONTH
        assert entry.start - STATUS_MONTH == round(1.4 * (entry.planned - STATUS_MONTH))
        assert entry.waiting
    for entry in found:
        assert entry.start >= entry.planned
        assert entry.capacity_t > 0


def test_packed_plants_that_depend_on_china_are_held_up_by_the_technology_announcement() -> None:
    """62/2025, Article 1, and what it leaves of upkeep: a run that reaches past the pause tells delay, clause and wear."""
    simulation = packed_run("controls-back", "2026-12", 3)
    held = [path for path in simulation.plants if path.delay_months > 0]
    assert held
    assert any(clause.startswith("a62-1") for path in held for clause in path.clauses)
    for path in held:
        assert path.plant.dependence >= 2
        row = plant_row(path.plant, path)
        assert row["start"] != row["start_planned"]
        assert row["clauses"]
        assert row["finding"]
    assert all(path.delay_months == 0 for path in simulation.plants if path.plant.dependence < 2)
