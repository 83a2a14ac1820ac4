"""A run with all mechanisms reads every drawn row, and no row that is listed as unread."""

from __future__ import annotations

from coercivity.base.months import parse_month
from coercivity.cases.arguments import PACKED
from coercivity.ensemble.draw import drawn_at
from coercivity.ensemble.rows import ranged_rows
from coercivity.ensemble.runs.keeping import kept_of
from coercivity.market.run.runs import runs_of, simulation_of
from coercivity.market.run.scenarios.check_law import seen_through
from coercivity.market.run.scenarios.scenario import read_scenario
from coercivity.market.run.simulate import BEGIN, capacities, simulate

PRACTICE = ("desk_figures", "practice_events", "general_licences", "customs_holds")
MONTH = parse_month("2024-11")


def test_a_drawn_run_reads_what_is_listed_as_drawn_and_nothing_else() -> None:
    """Rows of the base year are tested by the trail of each flow, rows of practice by their own tests.

    AS259 is read by its upper end; BY287, the one class of its use, is always one. AS246 is read only where a rule
    covers equipment of a plant, which none does in 2024.
    """
    book = PACKED.book()
    scenario = read_scenario("as-known", capacities(), book, seen_through(book, MONTH, None))
    run = runs_of(book, scenario, MONTH)[0]
    shared = simulation_of(book, run, BEGIN, BEGIN)
    drawn = simulate(
        book, scenario, MONTH, assume=shared.assume, branch=run.branch, drawn=drawn_at(0, 1, MONTH), shared=shared
    )
    kept_of(drawn, 1, MONTH, MONTH)
    read = drawn.world.figures.taken | shared.world.figures.taken
    rows = [row for row in ranged_rows() if row.table not in PRACTICE]
    unread = {row.name for row in rows if row.drawn and row.table != "base_year"} - read
    assert unread <= {"assumptions:AS246"}
    assert {row.name for row in rows if not row.drawn} & read <= {"assumptions:AS259", "base_year:BY287"}
