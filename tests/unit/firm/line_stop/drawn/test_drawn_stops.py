"""Stops by draw: the engine of the user's scenarios, and shares of draws that a person can count."""

from __future__ import annotations

from dataclasses import replace

import pytest

from coercivity.base.days import Day
from coercivity.base.errors import CoercivityError
from coercivity.firm.company.model import Company
from coercivity.firm.company.sources import company_of
from coercivity.firm.line_stop.days import Period
from coercivity.firm.line_stop.drawn.paid import PricePaths, contract_decisions, contract_months, paid_drawn
from coercivity.firm.line_stop.drawn.shares import (
    chance_of,
    decisions_drawn,
    levels_of,
    parts_drawn,
    plants_drawn,
    undecided,
)
from coercivity.firm.line_stop.drawn.stops import REFUSED, Decision, DrawsPart, decisions_of, stops_in
from coercivity.firm.line_stop.stops import line_stops
from coercivity.firm.line_stop.supply import StopCase, stop_case
from tests.places import ROOT

FIRM = ROOT / "examples" / "firms" / "alpenmotor.yaml"
ON, UNTIL = Day(2026, 11, 20), Day(2027, 5, 31)
GRANT: Decision = ("grant", Day(2026, 11, 10), "magnet", "ALL")


@pytest.fixture(scope="module")
def company() -> Company:
    return company_of(FIRM)


@pytest.fixture(scope="module")
def case(company: Company) -> StopCase:
    return stop_case(company, Period(ON, UNTIL))


@pytest.fixture(scope="module")
def part(case: StopCase) -> DrawsPart:
    """Each row of Delays as one draw."""
    decisions = {**decisions_of(case), **contract_decisions(case)}
    return DrawsPart(case, decisions_of(case), days_of(case, decisions), len(case.company.delays))


def days_of(case: StopCase, decisions: dict[str, Decision]) -> dict[Decision, tuple[int, ...]]:
    rows = case.company.delays
    columns = {"grant": [row.single_days for row in rows], "renewal": [row.renewal_days for row in rows]}
    return {
        name: tuple(REFUSED if days == "refused" else int(days) for days in columns[name[0]])
        for name in set(decisions.values())
    }


def test_a_draw_with_the_days_of_a_scenario_has_its_stops_and_causes(company: Company, part: DrawsPart) -> None:
    own = {(row.scenario, row.plant): row for row in line_stops(company, on=ON, until=UNTIL).scenarios}
    for row, draw in zip(company.delays, stops_in(part), strict=True):
        for plant, stop in zip(part.case.plants, draw.plants, strict=True):
            usual = own[row.scenario, plant]
            first = usual.first_on.toordinal() if usual.first_on is not None else None
            assert (stop.first, stop.lost, stop.cause) == (
                first, usual.lost_days, (usual.part, usual.cause, usual.cause_of),
            )  # fmt: skip


def test_files_of_two_days_wait_for_decisions_of_their_own(case: StopCase) -> None:
    """Q9 was filed on 18 November, the lots of F-S2 on the 10th, and Q4 waits for the renewal of G-S1."""
    found = decisions_of(case)
    assert found["Q9"] == ("grant", Day(2026, 11, 18), "magnet", "ALL")
    assert found["Q5"] == found["L4"] == GRANT
    assert found["Q4"] == ("renewal", Day(2027, 1, 31), "magnet", "ALL")
    assert "Q2" not in found
    assert "L1" not in found


@pytest.mark.parametrize("count", [1, 2, 4])
def test_draws_in_parts_are_the_draws_at_once(part: DrawsPart, count: int) -> None:
    size = -(-part.draws // count)
    pieces = [stops_in(part.part(begin, begin + size)) for begin in range(0, part.draws, size)]
    assert tuple(draw for piece in pieces for draw in piece) == stops_in(part)


def test_chances_and_means_are_shares_of_the_draws(part: DrawsPart) -> None:
    """Nine rows of Delays with one chance each: GRZ stands in d2 to d9, so in 8 of 9.

    Its lost days are 0, 22, 67, 15, 37, 67, 92, 107, 107: 514 in all, a mean of 57.111. In order they are 0, 15, 22,
    37, 67, 67, 92, 107, 107: the 5th is 67. Its first days are four times 14 February and on: d2, d3, d5 to d9 on the
    14th, d4 on 23 March, d1 never, so half have lost a day by 14 February and nine tenths never have.
    """
    grz = plants_drawn(part.case, stops_in(part))[0]
    assert grz.plant == "GRZ"
    assert grz.standing.chance == pytest.approx(8 / 9)
    assert grz.mean_lost_days == pytest.approx(514 / 9)
    assert grz.lost_days == {10: 0, 50: 67, 90: 107}
    assert grz.mean_loss_keur == pytest.approx(514 * 90 / 9)
    assert grz.first_on == {10: Day(2027, 2, 14), 50: Day(2027, 2, 14), 90: None}
    assert [day for day, _ in grz.by_day] == [Day(2027, 2, 14), Day(2027, 3, 23)]
    assert sum(grz.causes.values()) == pytest.approx(8 / 9)


def test_any_plant_has_the_loss_of_all_and_no_lost_days_of_its_own(part: DrawsPart) -> None:
    """d2 costs 22 x 90 + 20 x 45 = 2,880; d1 nothing."""
    found = plants_drawn(part.case, stops_in(part))[-1]
    assert (found.plant, found.mean_lost_days, found.lost_days) == ("any", None, {})
    assert found.loss_keur[10] == 0.0
    alone = plants_drawn(part.case, stops_in(part.part(1, 2)))[-1]
    assert alone.mean_loss_keur == pytest.approx(2_880.0)


def test_a_part_is_not_met_in_the_draws_in_which_a_day_is_not(part: DrawsPart) -> None:
    """GYR M5 waits for F-S1, filed on 18 November: short in d3, d6, d8 and d9 (120 days and refused)."""
    found = {(row.plant, row.part): row for row in parts_drawn(part.case, stops_in(part))}
    assert found["GYR", "M5"].not_met.chance == pytest.approx(4 / 9)
    assert found["GRZ", "M1"].not_met.chance == 0.0


def test_intervals_are_those_of_clopper_and_pearson() -> None:
    """None of 4: the high end solves (1 - p)^4 = 0.05, p = 0.527; all of 4 mirrors it."""
    none, every = chance_of(0, 4), chance_of(4, 4)
    assert (none.low, every.high) == (0.0, 1.0)
    assert none.high == pytest.approx(1 - 0.05**0.25)
    assert every.low == pytest.approx(0.05**0.25)


def test_days_are_those_of_the_draws_that_are_not_refused() -> None:
    """Of 50, 60, 70 and a refusal: a quarter is refused; of the others 10 % is 50, half is 60, nine tenths are 70."""
    found = decisions_drawn({GRANT: (70, REFUSED, 50, 60)})[0]
    assert found.days == {10: 50, 50: 60, 90: 70}
    assert found.refused.chance == 0.25
    assert decisions_drawn({GRANT: (REFUSED, REFUSED)})[0].days == {10: None, 50: None, 90: None}
    assert levels_of([4.0, 1.0, 3.0, 2.0]) == {10: 1.0, 50: 2.0, 90: 4.0}


def test_draws_in_which_a_waiting_file_would_be_granted_already_do_not_count() -> None:
    """Filed on 10 November, counted on the 20th: a grant after 10 days or fewer did not happen."""
    assert undecided({GRANT: (9, 10, 11, REFUSED)}, ON, 4) == (2, 3)


def test_without_such_a_draw_the_day_of_filing_is_told() -> None:
    with pytest.raises(CoercivityError) as told:
        undecided({GRANT: (9, 10)}, ON, 2)
    assert told.value.faults[0].code == "DRAWS-NONE"
    assert "no draw has a file of 2026-11-10 still undecided on 2026-11-20" in told.value.faults[0].what


def test_contracts_cost_what_they_cost_in_the_scenarios(part: DrawsPart) -> None:
    """J10: the scenarios cost 1,109,508 in d1 and 208,624 in d9; the fifth in order of nine is 887,748."""
    stops = stops_in(part)
    found = paid_drawn(part.case, range(9), stops, part.days, None)
    assert found is not None
    assert found.paid_usd == {10: 208_624.0, 50: 887_748.0, 90: 1_109_508.0}
    assert (found.kept, found.legal, found.draws) == (False, "", 9)


def test_a_price_path_takes_the_place_of_the_sheet_and_keeps_floor_and_cap(part: DrawsPart) -> None:
    """C1 in January: 18 + 0.31 x 100 = 49.00; at an index of 10 the floor of 40, at 1,000 the cap of 58.

    The third draw has no price, so it does not count.
    """
    months = contract_months(part.case.company, ON, UNTIL)
    assert months == ("2026-12", "2027-01", "2027-02", "2027-03", "2027-04", "2027-05")
    paths = PricePaths("lapsed", months, {"NdPr": {0: (100.0,) * 6, 1: (10.0, 1000.0, *(100.0,) * 4)}})
    found = paid_drawn(part.case, range(3), stops_in(part)[:3], part.days, paths)
    assert found is not None
    assert (found.draws, found.legal, found.kept) == (2, "lapsed", True)
    prices = {(row.contract, row.month): row.price_usd for row in found.prices}
    assert prices["C1", "2027-01"] == {10: 49.0, 50: 49.0, 90: 58.0}
    assert prices["C1", "2026-12"] == {10: 40.0, 50: 40.0, 90: 49.0}
    assert prices["C2", "2027-01"] == {10: 83.2, 50: 83.2, 90: 83.2}


def test_a_company_that_waits_for_nothing_stops_in_every_draw_alike(company: Company) -> None:
    """Stock alone: GRZ M1 first, on 2027-01-25, and nothing is under way."""
    bare = stop_case(replace(company, in_transit=(), contracts=()), Period(ON, UNTIL))
    assert decisions_of(bare) == {}
    stops = stops_in(DrawsPart(bare, {}, {}, 4))
    grz = plants_drawn(bare, stops)[0]
    assert grz.first_on == dict.fromkeys((10, 50, 90), Day(2027, 1, 25))
    assert grz.causes == {("M1", "nothing under way", ""): 1.0}
    assert paid_drawn(bare, range(4), stops, {}, None) is None


def test_a_company_without_use_stops_nowhere(company: Company) -> None:
    idle = stop_case(replace(company, use=()), Period(ON, UNTIL))
    stops = stops_in(DrawsPart(idle, {}, {}, 2))
    assert [(row.plant, row.standing.chance) for row in plants_drawn(idle, stops)] == [("any", 0.0)]
    assert parts_drawn(idle, stops) == ()
