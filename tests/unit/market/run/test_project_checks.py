"""Faults in the plants of a scenario and in its money for projects: each with its line, all at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from coercivity.base.errors import CoercivityError, Fault
from coercivity.base.months import parse_month
from coercivity.market.run.scenarios.scenario import Scenario, read_scenario
from coercivity.market.run.simulate import capacities

HEAD = "id: own\ntitle: {en: t, zh: 题}\nabout: {en: a, zh: 说}\n"
PLANT = "{id: mine, region: EUR, stage: magnet, capacity: '100', unit: t/yr, start: 2028-01"


def read(folder: Path, body: str) -> Scenario:
    path = folder / "own.yaml"
    path.write_text(HEAD + body, encoding="utf-8")
    return read_scenario(path.as_posix(), capacities())


def faults(folder: Path, body: str) -> list[Fault]:
    with pytest.raises(CoercivityError) as caught:
        read(folder, body)
    return list(caught.value.faults)


def support(**cells: str) -> str:
    given = {"id": "s", "kind": "grant", "plant": "narva-2", "amount": "'5'", **cells}
    return "policies:\n  support:\n  - {" + ", ".join(f"{k}: {v}" for k, v in given.items()) + "}\n"


def offtake(**cells: str) -> str:
    given = {"id": "o", "plant": "narva-2", "tonnes_a_year": "'500'", "price": "'80'", **cells}
    return "policies:\n  offtakes:\n  - {" + ", ".join(f"{k}: {v}" for k, v in given.items()) + "}\n"


def test_support_and_an_offtake_for_a_plant_of_the_table_are_read(tmp_path: Path) -> None:
    assert read(tmp_path, support()).policies.support[0].plant == "narva-2"
    assert read(tmp_path, offtake()).policies.offtakes[0].price == 80.0


def test_a_plant_of_the_scenario_may_be_named(tmp_path: Path) -> None:
    found = read(tmp_path, f"plants:\n- {PLANT}, decided: 2026-12}}\n" + offtake(plant="mine", tonnes_a_year="'100'"))
    assert found.plants[0].decided == parse_month("2026-12")


def test_a_plant_that_starts_before_it_is_decided(tmp_path: Path) -> None:
    (fault,) = faults(tmp_path, f"plants:\n- {PLANT}, decided: 2028-02}}\n")
    assert fault.code == "SCENARIO"
    assert fault.where == "own.yaml:5"
    assert "before it is decided" in fault.what


@pytest.mark.parametrize("body", [support(plant="narva-3"), offtake(plant="narva-3")])
def test_a_plant_that_does_not_exist(tmp_path: Path, body: str) -> None:
    (fault,) = faults(tmp_path, body)
    assert fault.code == "SCENARIO-NAME"
    assert "narva-2" in fault.nearest


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (support(unit="M EUR"), "UNIT"),
        (offtake(unit="EUR/kg"), "UNIT"),
        (support(kind="gift"), "SCENARIO-NAME"),
        (support(amount="'-5'"), "MASS"),
        (support(kind="loan", rate="'5'"), "SHARE"),
        (offtake(price="'0'"), "MASS"),
        (offtake(tonnes_a_year="'0'"), "MASS"),
    ],
)
def test_units_kinds_and_amounts(tmp_path: Path, body: str, code: str) -> None:
    (fault,) = faults(tmp_path, body)
    assert fault.code == code
    assert fault.where == "own.yaml:6"


def test_a_grant_above_the_investment(tmp_path: Path) -> None:
    (fault,) = faults(tmp_path, support(amount="'5000'"))
    assert fault.code == "SCENARIO"
    assert "exceed its investment" in fault.what


def test_all_faults_come_at_once(tmp_path: Path) -> None:
    body = f"plants:\n- {PLANT}, decided: 2028-02}}\n" + support(plant="narva-3", unit="M EUR")
    assert [fault.code for fault in faults(tmp_path, body)] == ["SCENARIO", "SCENARIO-NAME", "UNIT"]


def test_an_offtake_above_what_its_plant_makes(tmp_path: Path) -> None:
    (fault,) = faults(tmp_path, f"plants:\n- {PLANT}}}\n" + offtake(plant="mine", tonnes_a_year="'101'"))
    assert (fault.code, fault.where) == ("SCENARIO", "own.yaml:8")
    assert fault.what == "offtake 'o' takes 101 t a year; 'mine' makes 100 t"


def test_offtakes_of_one_plant_count_together_where_they_meet(tmp_path: Path) -> None:
    half = f"plants:\n- {PLANT}}}\n" + offtake(plant="mine", tonnes_a_year="'60'", to="2029-12")
    other = "  - {id: p, plant: mine, tonnes_a_year: '60', price: '80', from: %s}\n"
    assert len(read(tmp_path, half + other % "2030-01").policies.offtakes) == 2
    (fault,) = faults(tmp_path, half + other % "2029-12")
    assert "takes 60 t a year, 120 t with the others of these months; 'mine' makes 100 t" in fault.what


def test_grants_and_loans_count_together_where_they_meet(tmp_path: Path) -> None:
    (most,) = {
        float(f.what.split(" its investment of ")[1].split()[0]) for f in faults(tmp_path, support(amount="'5000'"))
    }
    amount, first = f"'{0.6 * most:g}'", support(amount=f"'{0.6 * most:g}'", to="2027-12")
    other = "  - {id: t, kind: loan, plant: narva-2, amount: %s, rate: '0.05', from: %s}\n"
    assert len(read(tmp_path, first + other % (amount, "2028-01")).policies.support) == 2
    (fault,) = faults(tmp_path, first + other % (amount, "2027-12"))
    assert "grants and loans of" in fault.what


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (support(rate="'0.05'"), "SCENARIO"),
        (support(plant="usar-france", amount="'1e9'"), "MASS"),
        (offtake(price="'1e9'"), "MASS"),
        (offtake(tonnes_a_year="'1e300'"), "MASS"),
        (f"plants:\n- {PLANT.replace('mine', 'narva-2')}}}\n", "SCENARIO"),
    ],
)
def test_what_no_project_can_have(tmp_path: Path, body: str, code: str) -> None:
    (fault,) = faults(tmp_path, body)
    assert (fault.code, bool(fault.next)) == (code, True)
