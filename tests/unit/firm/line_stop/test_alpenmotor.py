"""When the lines of three plants stop: the figures of examples/firms/alpenmotor.yaml, counted by hand."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from functools import lru_cache

import pytest

from coercivity.base.days import Day
from coercivity.firm.company.model import Company
from coercivity.firm.company.sources import company_of
from coercivity.firm.line_stop.days import Period
from coercivity.firm.line_stop.results import ANY, LineStops, PartDates, ScenarioPlant
from coercivity.firm.line_stop.scenarios import outcomes
from coercivity.firm.line_stop.stops import line_stops
from coercivity.firm.line_stop.supply import stop_case
from tests.places import ROOT

FILE = ROOT / "examples" / "firms" / "alpenmotor.yaml"


@lru_cache(maxsize=1)
def company() -> Company:
    return company_of(FILE)


@lru_cache(maxsize=2)
def stops(*, independent: bool = False) -> LineStops:
    return line_stops(company(), independent=independent)


def part(found: LineStops, plant: str, name: str) -> PartDates:
    return next(row for row in found.parts if (row.plant, row.part) == (plant, name))


def scenario(found: LineStops, name: str, plant: str) -> ScenarioPlant:
    return next(row for row in found.scenarios if (row.scenario, row.plant) == (name, plant))


def text(day: Day | None) -> str:
    return str(day) if day else "none"


@pytest.mark.parametrize(
    ("plant", "name", "stock", "cleared", "licensed", "k18", "kx"),
    [
        # 2,600 / 40 = 65 days; 1,200 of L2 are 30 more; 4,000 of Q2, free, 100 more.
        ("GRZ", "M1", "2027-01-25", "2027-02-24", "2027-06-04", "2027-06-04", "2027-02-24"),
        # 1,550 / 25 = 62 days and 200 of the quarantine, released on 4 January, 8 more; L1 20 more; Q1 32 more.
        ("GRZ", "M2", "2027-01-30", "2027-02-19", "2027-03-23", "2027-02-19", "2027-02-19"),
        ("GRZ", "M3", "2027-02-14", "2027-02-14", "2027-02-14", "2027-02-14", "2027-02-14"),
        # Q3 leaves on the last valid day and counts, Q10 does not.
        ("BRN", "M2", "2027-02-10", "2027-02-10", "2027-04-14", "2027-02-10", "2027-02-10"),
        # 60 of the 630 are in quarantine without a day of release and never count: 570 / 8 = 71 working days.
        ("BRN", "M4", "2027-03-11", "2027-03-11", "2027-03-11", "2027-03-11", "2027-03-11"),
        # 730 a month x 12 / 365 = 24 a day: 1,500 / 24 = 62 days, and 12 left; 600 of L3 arrive on 12 January.
        ("GYR", "M3", "2027-01-22", "2027-01-22", "2027-02-16", "2027-01-22", "2027-01-22"),
        ("GYR", "M5", "2027-03-21", "2027-03-21", "2027-03-21", "2027-03-21", "2027-03-21"),
        ("GYR", "M6", "2027-04-02", "2027-04-02", "2027-04-02", "2027-04-02", "2027-04-02"),
    ],
)
def test_first_day_not_met_of_each_part(
    plant: str, name: str, stock: str, cleared: str, licensed: str, k18: str, kx: str
) -> None:
    found = part(stops(), plant, name)
    assert [text(day) for day in found.layers.values()] == [stock, cleared, licensed]
    assert {clause: text(day) for clause, day in found.clauses.items()} == {"K18": k18, "KX": kx}


def test_lots_that_wait_for_a_licence_count_in_no_layer() -> None:
    """At GRZ, Q4 (2,500) leaves after the last valid day, Q5 (1,500) waits; at GYR, Q9 (2,500) waits though S1 has one."""
    found = stops()
    assert part(found, "GRZ", "M2").waiting_kg == 2500
    assert part(found, "GRZ", "M3").waiting_kg == 1500
    assert part(found, "BRN", "M2").waiting_kg == 1500
    assert part(found, "BRN", "M4").waiting_kg == 200 + 900
    assert part(found, "GYR", "M5").waiting_kg == 2500
    assert part(found, "GRZ", "M1").waiting_kg == 0


def test_each_plant_names_the_part_that_stops_it() -> None:
    found = {row.plant: row for row in stops().plants}
    assert {name: (text(row.stop_on), row.part) for name, row in found.items()} == {
        "GRZ": ("2027-02-14", "M3"),
        "BRN": ("2027-03-11", "M4"),
        "GYR": ("2027-02-16", "M3"),
    }
    assert {name: (text(row.clauses["K18"][0]), row.clauses["K18"][1]) for name, row in found.items()} == {
        "GRZ": ("2027-02-14", "M3"),
        "BRN": ("2027-02-10", "M2"),
        "GYR": ("2027-01-22", "M3"),
    }
    assert all(row.clauses["KX"] == row.clauses["K18"] for row in found.values())


def test_a_supplier_that_sends_nothing_more_stops_the_plants_it_serves() -> None:
    """Without S1, Q3 does not come and M2 at BRN stops on 10 February; without S2, L3 does not come to GYR."""
    found = {row.plant: row.suppliers for row in stops().plants}
    assert found["BRN"] == {"S1": (Day(2027, 2, 10), "M2"), "S2": (Day(2027, 3, 11), "M4")}
    assert found["GYR"] == {"S1": (Day(2027, 2, 16), "M3"), "S2": (Day(2027, 1, 22), "M3")}
    assert found["GRZ"]["S1"] == (Day(2027, 2, 14), "M3")


@pytest.mark.parametrize(
    ("element", "usable_kg", "stop_on", "first_part", "first_on"),
    [
        ("NdPr", "3221.2", "2027-04-07", ("GRZ", "M3"), "2027-02-14"),
        ("Dy", "157.8", "2027-03-01", ("GRZ", "M3"), "2027-02-14"),
        ("Tb", "2.85", "2027-03-11", ("BRN", "M4"), "2027-03-11"),
        ("Sm", "82.5", "2027-04-02", ("GYR", "M6"), "2027-04-02"),
    ],
)
def test_elements_of_the_whole_company(
    element: str, usable_kg: str, stop_on: str, first_part: tuple[str, str], first_on: str
) -> None:
    """Tb is in M4 alone, so its stop is that of M4; Dy in four parts outlasts M3 only if all could be shared."""
    row = next(row for row in stops().elements if row.name == element)
    assert (row.usable_kg, text(row.stop_on)) == (Fraction(usable_kg), stop_on)
    assert (row.first_part, text(row.first_on)) == (first_part, first_on)


def test_a_grade_is_pooled_over_plants() -> None:
    """N42SH is M2: 3,050 kg at GRZ and BRN, where each alone stops sooner or later than both together."""
    row = next(row for row in stops().grades if row.name == "N42SH")
    assert row.usable_kg == 1550 + 1500
    assert (row.first_part, text(row.first_on)) == (("GRZ", "M2"), "2027-03-23")
    assert row.stop_on is not None
    assert Day(2027, 3, 23) <= row.stop_on <= Day(2027, 4, 14)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("d1", ["none 0", "none 0", "none 0"]),
        ("d2", ["2027-02-14 22", "none 0", "2027-02-16 20"]),
        ("d3", ["2027-02-14 67", "2027-03-11 28", "2027-02-16 71"]),
        ("d4", ["2027-03-23 15", "none 0", "none 0"]),
        ("d5", ["2027-02-14 37", "none 0", "2027-02-16 20"]),
        ("d6", ["2027-02-14 67", "2027-03-11 28", "2027-02-16 71"]),
        ("d7", ["2027-02-14 92", "2027-04-14 34", "2027-02-16 20"]),
        ("d8", ["2027-02-14 107", "2027-03-11 56", "2027-02-16 71"]),
        ("d9", ["2027-02-14 107", "2027-03-11 56", "2027-02-16 105"]),
    ],
)
def test_first_lost_day_and_lost_days_of_each_scenario(name: str, expected: list[str]) -> None:
    """In d2 the files are granted on 24 January and leave on the 29th: Q5 arrives on 8 March, 22 days after the stop."""
    rows = [scenario(stops(), name, plant) for plant in ("GRZ", "BRN", "GYR")]
    assert [f"{text(row.first_on)} {row.lost_days}" for row in rows] == expected


def test_a_scenario_says_when_a_plant_recovers_and_what_it_waited_for() -> None:
    found = stops()
    row = scenario(found, "d2", "GRZ")
    assert (row.part, row.cause, row.cause_of, row.recovers_on) == ("M3", "grant", "F-S2", Day(2027, 3, 8))
    row = scenario(found, "d4", "GRZ")
    assert (row.part, row.cause, row.cause_of, row.recovers_on) == ("M2", "renewal", "G-S1", Day(2027, 4, 7))
    row = scenario(found, "d9", "GYR")
    assert (row.part, row.cause, row.cause_of, row.recovers_on) == ("M3", "refused", "F-S2", None)
    assert scenario(found, "d1", "GRZ").cause == ""


@pytest.mark.parametrize(
    ("independent", "plant", "standing", "lost_days", "loss_keur"),
    [
        (False, "GRZ", "0.66", "36.10", "3249.0"),
        (False, "BRN", "0.32", "12.56", "753.6"),
        (False, "GYR", "0.60", "27.64", "1243.8"),
        (False, ANY, "0.66", None, "5246.4"),
        # Chance of standing at GRZ: 0.60 of a late grant, and of the 0.40 that are early 0.44 without a renewal in time.
        (True, "GRZ", "0.776", "41.104", "3699.36"),
        (True, "BRN", "0.4672", "14.384", "863.04"),
        (True, "GYR", "0.60", "27.64", "1243.8"),
        (True, ANY, "0.776", None, "5806.2"),
    ],
)
def test_chances_and_means(independent: bool, plant: str, standing: str, lost_days: str | None, loss_keur: str) -> None:
    row = next(row for row in stops(independent=independent).chances if row.plant == plant)
    assert row.standing == Fraction(standing)
    assert row.mean_lost_days == (None if lost_days is None else Fraction(lost_days))
    assert row.mean_loss_keur == Fraction(loss_keur)


def test_chances_by_part_are_not_added_up() -> None:
    found = stops().part_chances
    assert found == {
        ("GRZ", "M1"): Fraction(0),
        ("GRZ", "M2"): Fraction("0.44"),
        ("GRZ", "M3"): Fraction("0.60"),
        ("BRN", "M2"): Fraction("0.26"),
        ("BRN", "M4"): Fraction("0.28"),
        ("GYR", "M3"): Fraction("0.60"),
        ("GYR", "M5"): Fraction("0.28"),
        ("GYR", "M6"): Fraction("0.28"),
    }


def test_chance_of_standing_by_a_day_with_its_cause() -> None:
    """GRZ stands on 14 February in d2, d3, d5 to d9 (0.60), on 23 March in d4 (0.06); d9 alone is a refusal (0.04)."""
    row = next(row for row in stops().chances if row.plant == "GRZ")
    assert row.by_day == ((Day(2027, 2, 14), Fraction("0.60")), (Day(2027, 3, 23), Fraction("0.66")))
    assert row.causes == {
        ("M3", "grant", "F-S2"): Fraction(56, 66),
        ("M2", "renewal", "G-S1"): Fraction(6, 66),
        ("M3", "refused", "F-S2"): Fraction(4, 66),
    }


@pytest.mark.parametrize(("less_kg", "stop_on", "lost"), [(160, "2027-02-11", 0), (168, "2027-02-10", 1)])
def test_goods_can_be_used_on_the_day_they_arrive(less_kg: int, stop_on: str, lost: int) -> None:
    """410 kg of M4 are 51 days of 8 kg, to 10 February; L4 arrives on 11 February in d1. 402 kg are 50 days."""
    stock = tuple(
        replace(row, quantity_kg=row.quantity_kg - less_kg) if (row.plant, row.part) == ("BRN", "M4") else row
        for row in company().stock
    )
    found = line_stops(replace(company(), stock=stock))
    assert text(part(found, "BRN", "M4").layers["stock"]) == stop_on
    assert scenario(found, "d1", "BRN").lost_days == lost


def test_arrivals_in_a_scenario() -> None:
    """F-S2 is filed on 10 November: in d1 it is granted on 30 December, and lots leave on 4 January or on their day."""
    period = Period(Day(2026, 11, 20), Day(2027, 5, 31))
    first = outcomes(stop_case(company(), period), company().delays)[0].arrives
    assert first["L4"] == first["Q5"] == Day(2027, 2, 11)
    assert first["Q7"] == Day(2027, 3, 15)  # ready on 5 February
    assert first["Q4"] == Day(2027, 3, 18)  # renewed at once, ready on 10 February
    assert first["L1"] == Day(2026, 12, 21)
    assert outcomes(stop_case(company(), period), company().delays)[8].arrives["Q4"] is None
