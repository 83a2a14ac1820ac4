"""Projects and closures of a packed run against plain readings of their rules."""

from __future__ import annotations

from itertools import pairwise

import pytest

from coercivity.market.run.industry.plants import STATUS_MONTH, plants
from coercivity.market.run.simulate import Simulation
from tests.oracles.breadth.industry import forgiven, idle_share, later_months, speed, worth
from tests.oracles.market_toy import packed_run

pytestmark = pytest.mark.long
# Margins and shares are rounded to nine digits.
CLOSE = 1e-7


@pytest.fixture(scope="module")
def simulation() -> Simulation:
    return packed_run("controls-back", "2027-09", (1, 1, 1, 3, 6, 12))


def test_months_after_a_lead_time_by_hand() -> None:
    """Of periods of 1, 1, 1, 3, 6 and 12 months a lead of eight leaves four months of the fifth and the whole sixth."""
    run = packed_run("controls-back", "2027-09", (1, 1, 1, 3, 6, 12))
    assert later_months(run, 8) == [0, 0, 0, 0, 4, 12]
    assert later_months(run, 30) == [0, 0, 0, 0, 0, 12]


def test_a_project_is_decided_once_its_margin_has_covered_its_charge(simulation: Simulation) -> None:
    """In each of the last months, a committed one in one; one of a capacity a month; never before the status month."""
    needed = round(simulation.world.figures.assumption("months_to_decide"))
    entries = {plant.id: plant for plant in plants(simulation.world.figures, studied=True)[0]}
    months = simulation.months
    decided: dict[str, int] = {}
    for n, done in enumerate(months):
        new = {name: month for name, month in done.after.industry.decided_on.items() if name not in decided}
        for name, month in new.items():
            assert month == done.month >= STATUS_MONTH
            count = 1 if entries[name].status == "committed" else needed
            for before in months[n - count + 1 : n + 1]:
                found = before.after.industry.appraisals[name]
                assert found.margin >= found.charge, (name, before.month)
        limits = [entries[name].limit for name in new]
        assert len(limits) == len(set(limits))
        decided |= new
        for name, start in done.after.industry.starts.items():
            assert start >= min(entries[name].planned, entries[name].start)
    assert months[-1].after.industry.appraisals


def test_work_goes_on_at_the_speed_of_its_margin(simulation: Simulation) -> None:
    met = 0
    for before, done in pairwise(simulation.months):
        was, now = before.after.industry, done.after.industry
        for name, work in was.work_left.items():
            own = now.speed[name]
            if name not in now.decided_on and name in now.appraisals:
                assert own == speed(simulation, now.appraisals[name]), name
            assert now.work_left.get(name, 0.0) == pytest.approx(max(work - own, 0.0), rel=CLOSE, abs=1e-9)
            met += 1
    assert met


def test_margins_are_the_worth_of_capacity_that_nobody_forgave(simulation: Simulation) -> None:
    """Of projects without offtakes, on capacities without contracts, floors and charges."""
    projects = {plant.id: plant for plant in plants(simulation.world.figures, studied=True)[0]}
    bound = {name for wanted in simulation.network.requirements for name, _ in wanted.supplies}
    held = {limit for a in simulation.network.activities if a.name in bound for limit, _ in a.limits}
    met = 0
    done = simulation.months[-1]
    was, now = done.before.industry, done.after.industry
    industry = simulation.world.figures
    usual = {
        "magnet": "lead_magnet",
        "magnet_smco": "lead_magnet",
        "metal": "lead_metal",
        "recycling": "lead_recycling",
    }
    for name, found in now.appraisals.items():
        plant = projects[name]
        limit = f"eol_recycling:{plant.region}" if plant.stage == "recycling" else plant.limit
        if limit in held or name in now.decided_on or name in was.work_left or plant.status == "committed":
            continue
        if plant.stage in usual:
            lead = industry.assumption(usual[plant.stage])
            plain = worth(simulation, done, limit, lead) + forgiven(simulation, done, limit, lead)
            met += found.margin == pytest.approx(plain, rel=CLOSE, abs=1e-6)
            assert found.margin >= plain - 1e-6, name
    assert met > 0


def test_capacity_that_stands_idle_closes(simulation: Simulation) -> None:
    """Idle for the months of AS336 in a row beyond AS337: the least idle share of them, less what is usual, closes."""
    figures = simulation.world.figures
    needed, usual = round(figures.assumption("closure_months")), figures.assumption("usual_idle_share")
    rows: dict[str, list[float]] = {}
    names = set(simulation.months[-1].after.industry.idle) | {
        name for done in simulation.months for name in done.after.industry.closed
    }
    assert names
    for done in simulation.months:
        was, now = done.before.industry, done.after.industry
        for name in sorted(names):
            share = idle_share(simulation, done, name)
            rows[name] = [*rows.get(name, []), share] if share > usual else []
            more = 0.0
            if len(rows[name]) == needed:
                room = simulation.update.drivers.capacity(name, done.month, done.month, done.before)
                more = (min(rows.pop(name)) - usual) * room
            else:
                assert now.idle.get(name, ()) == pytest.approx(tuple(rows[name]), rel=CLOSE, abs=1e-9), name
            opened = sum(m for (own, when), m in was.reopening.items() if own == name and when <= done.month)
            grown = now.closed.get(name, 0.0) - was.closed.get(name, 0.0) + opened
            # What is sold under offtakes stays open.
            assert -1e-9 <= grown <= more * (1 + CLOSE) + 1e-9, name
