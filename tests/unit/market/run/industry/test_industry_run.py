"""Projects and closures in a run: what plans see, the law on top, and nothing at all if entry is switched off."""

from __future__ import annotations

from dataclasses import replace

import pytest

from coercivity.base.months import Month, month_text, parse_month
from coercivity.market.inputs.figures import Figures
from coercivity.market.network.network import Activity, Network
from coercivity.market.program.state import Appraisal, IndustryState, State
from coercivity.market.results.mechanisms.industry_tables import closure_rows, plant_row
from coercivity.market.run.industry.industry import Industry, modelled
from coercivity.market.run.industry.plants import Plant
from coercivity.market.run.law import PlantLawSeen
from coercivity.market.run.scenarios.policies import PoliciesAsked
from coercivity.market.run.simulate import world_once
from coercivity.permission.desk.state import DeskState
from coercivity.permission.gate import Gate, Way
from tests.oracles.market_toy import packed_run, says, simulated, told

FREE, SHUT = says(Way.FREE), says(Way.SHUT, "prohibited", "a62-1")
FIRST = parse_month("2026-10")
NAME = "magnet:EUR"


@pytest.fixture(scope="module")
def figures() -> Figures:
    return world_once().figures


def network() -> Network:
    made = Activity("magnet", ("mag_none", "EUR", "free"), (), (), 1.0, limits=((NAME, 1.0),))
    return Network((), (made,), (), (), (), (), {}, {NAME: 100.0})


def plant(name: str = "narva-2", status: str = "planned", dependence: int = 2, decided: Month | None = None) -> Plant:
    start = FIRST + 10
    return Plant(name, "EUR", "magnet", NAME, "magnet", 100.0, start, start, dependence, status=status, decided=decided)


def industry(figures: Figures, entry: Plant, law: PlantLawSeen | None = None, *, on: bool = True) -> Industry:
    free: PlantLawSeen = lambda seen_from, act, region, stage, month: (FREE, 1.0)  # noqa: E731
    asked = PoliciesAsked()
    return Industry(figures, network(), [entry], law or free, asked, span=(FIRST, 42), entry=on)


def state(found: IndustryState) -> State:
    return State({}, {}, {}, {}, DeskState.__new__(DeskState), industry=found)


def test_a_plan_sees_a_project_once_it_is_decided_and_from_its_expected_start_on(figures: Figures) -> None:
    """The ramp of the first year is 20 % of 100 t a month."""
    known, start = industry(figures, plant()), FIRST + 30
    assert known.added(start, FIRST, state(IndustryState())) == {}
    decided = state(IndustryState(decided_on={"narva-2": FIRST}, starts={"narva-2": start}))
    assert known.added(start - 1, FIRST, decided)[NAME] == 0.0
    assert known.added(start, FIRST, decided)[NAME] == pytest.approx(20.0)


def test_a_later_decision_asks_the_law_of_its_own_dates(figures: Figures) -> None:
    """Technology is refused until December 2028; the year before the start decides, in its middle."""
    end = parse_month("2029-01")

    def law(seen_from: Month, act: str, region: str, stage: str, month: Month) -> tuple[Gate, float]:
        return (SHUT, 0.0) if act == "technology" and month < end else (FREE, 1.0)

    known = industry(figures, plant(), law)
    early, late = (IndustryState(starts={"narva-2": start}) for start in (end + 5, end + 6))
    (held,), (free,) = (known.paths(FIRST, found) for found in (early, late))
    delay = round(figures.assumption("delay_without_engineers"))
    assert (held.start, held.clauses) == (end + 5 + delay, ("a62-1",))
    assert (free.start, free.clauses) == (end + 6, ())


def test_switched_off_a_planned_plant_starts_as_tabulated(figures: Figures) -> None:
    known = industry(figures, plant(), on=False)
    assert [path.start for path in known.paths(FIRST, IndustryState())] == [FIRST + 10]


def test_a_plant_of_a_scenario_is_not_foreseen_before_its_decision(figures: Figures) -> None:
    own = plant("own", "", decided=FIRST + 3)
    known = industry(figures, own)
    assert known.paths(FIRST + 2, IndustryState()) == ()
    assert [path.start for path in known.paths(FIRST + 3, IndustryState())] == [FIRST + 10]


def test_studies_of_a_capacity_without_a_use_are_left_out() -> None:
    entries = [plant("a", "study"), replace(plant("b", "study"), limit="sep_light:AU"), plant("c")]
    assert [entry.id for entry in modelled(entries, frozenset({NAME}))] == ["a", "c"]


def test_a_row_says_why_a_plant_is_built_or_that_it_is_not_decided(figures: Figures) -> None:
    known = industry(figures, plant())
    row = plant_row(plant(), None)
    assert (row["start"], row["decision"], row["decided"]) == ("", "none", "")
    decided = IndustryState(decided_on={"narva-2": FIRST}, starts={"narva-2": FIRST + 30})
    (path,) = known.paths(FIRST, decided)
    for funded, reason in ((True, "public_money"), (False, "price")):
        told_of = replace(decided, appraisals={"narva-2": Appraisal(30.0, 20.0, funded)})
        row = plant_row(plant(), path, told_of)
        assert (row["start"], row["decision"], row["decided"]) == (month_text(FIRST + 30), reason, "2026-10")
        assert (row["margin_usd_per_kg"], row["charge_usd_per_kg"]) == (30.0, 20.0)


def test_a_plant_on_which_work_stands_still_is_not_foreseen(figures: Figures) -> None:
    building = plant(status="construction")
    still = IndustryState(work_left={"narva-2": 10.0}, speed={"narva-2": 0.0})
    assert industry(figures, building).paths(FIRST, still) == ()
    row = plant_row(building, None, still)
    assert (row["start"], row["decision"], row["work_speed"]) == ("", "tabulated", 0.0)


def test_in_a_packed_run_undecided_plants_wait_and_all_are_listed() -> None:
    """A run that ends before October 2026 decides nothing: committed, planned and studied plants are undecided."""
    simulation = packed_run("controls-back", "2025-09", 6)
    undecided = {entry.id for entry in simulation.entries} - {path.plant.id for path in simulation.plants}
    assert {"vulcan-benson-magnet", "narva-2", "aclara-louisiana"} <= undecided
    assert {entry.status for entry in simulation.entries if entry.id in undecided} == {"committed", "planned", "study"}
    assert closure_rows(simulation, simulation.months) == []


def test_switched_off_every_month_is_that_of_the_table() -> None:
    """No study, no undecided plant, no closed or idle capacity."""
    simulation = simulated(told("controls-back", behaviour={"off": ["entry"]}), "2024-12")
    assert len(simulation.plants) == len(simulation.entries)
    assert "study" not in {entry.status for entry in simulation.entries}
    assert all(done.after.industry == IndustryState() for done in simulation.months)


def test_the_same_run_twice_decides_the_same() -> None:
    one, other = (simulated(told("controls-back"), "2025-01") for _ in range(2))
    assert [done.after.industry for done in one.months] == [done.after.industry for done in other.months]
    assert [month_text(done.month) for done in one.months][-1] == "2025-01"
