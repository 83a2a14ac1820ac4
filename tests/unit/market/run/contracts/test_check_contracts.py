"""Contracts of a scenario file: every error with its line, what is valid, and the limit."""

from __future__ import annotations

from pathlib import Path

import pytest

from coercivity.base.errors import CoercivityError, Fault
from coercivity.market.run.scenarios.scenario import Scenario, read_scenario
from coercivity.market.run.simulate import capacities

HEAD = "id: own\ntitle: {en: t, zh: 题}\nabout: {en: a, zh: 说}\n"
VALID = {
    "id": "K1",
    "buyer": "a buyer",
    "seller": "a seller",
    "good": "ox_NdPr",
    "origin": "SEA",
    "destination": "JP",
    "tonnes_a_year": "'600'",
}


def entry(**other: str) -> str:
    keys = {**VALID, **other}
    return "  - {" + ", ".join(f"{key}: {value}" for key, value in keys.items()) + "}\n"


def read(folder: Path, *entries: str, more: str = "") -> Scenario:
    path = folder / "own.yaml"
    path.write_text(HEAD + more + "policies:\n  contracts:\n" + "".join(entries), encoding="utf-8")
    return read_scenario(path.as_posix(), capacities())


def faults(folder: Path, *entries: str, more: str = "") -> list[Fault]:
    with pytest.raises(CoercivityError) as caught:
        read(folder, *entries, more=more)
    return list(caught.value.faults)


def test_a_valid_contract_is_read(tmp_path: Path) -> None:
    found = read(tmp_path, entry(floor="'90'", cap="'160'", index="destination", **{"from": "2026-07"}))
    (contract,) = found.policies.contracts
    assert (contract.floor, contract.cap, contract.tonnes_a_year) == (90.0, 160.0, 600.0)


@pytest.mark.parametrize(
    ("changed", "code", "told", "nearest"),
    [
        ({"good": "ox_NdP"}, "SCENARIO-NAME", "good 'ox_NdP' not found", "ox_NdPr"),
        ({"origin": "SEAS"}, "SCENARIO-NAME", "origin 'SEAS' not found", "SEA"),
        ({"destination": "JPN"}, "SCENARIO-NAME", "destination 'JPN' not found", "JP"),
        ({"index": "chine"}, "SCENARIO-NAME", "index 'chine' not found", "china"),
        ({"refusal": "both"}, "SCENARIO-NAME", "refusal 'both' not found", "seller"),
        ({"unit": "EUR/kg"}, "UNIT", "unit 'EUR/kg'", "USD/kg"),
        ({"unit": "CNY/t"}, "UNIT", "unit 'CNY/t'", "USD/kg"),
        ({"floor": "'120'", "cap": "'100'"}, "SCENARIO", "the floor 120 of 'K1' is above its cap 100", ""),
        ({"floor": "'-1'"}, "SCENARIO", "floor -1 is below zero", ""),
        ({"index": "none"}, "SCENARIO", "'K1' has neither an index nor a price", ""),
        ({"take_or_pay": "'1.5'"}, "SHARE", "take_or_pay 1.5 is not between 0 and 1", ""),
        ({"take_or_pay": "'-0.1'"}, "SHARE", "take_or_pay -0.1", ""),
        ({"lag_months": "'25'"}, "SCENARIO", "lag_months 25 is not between 0 and 24", ""),
        ({"tonnes_a_year": "'0'"}, "MASS", "0 is not a valid quantity", ""),
        ({"from": "2027-01", "to": "2026-01"}, "SCENARIO", "the end 2026-01 is before the start 2027-01", ""),
        ({"from": "2026-01", "published": "2026-05"}, "SCENARIO", "'K1' is published in 2026-05, after it", ""),
        ({"id": "C007"}, "SCENARIO", "id 'C007' is that of a contract of the data set", ""),
        ({"good": "ox_Y", "origin": "ROW"}, "SCENARIO-NAME", "ox_Y is not shipped from ROW to JP", "SEA"),
    ],
)
def test_each_error_names_line_and_remedy(
    changed: dict[str, str], code: str, told: str, nearest: str, tmp_path: Path
) -> None:
    (found,) = faults(tmp_path, entry(**changed))
    assert (found.code, found.where) == (code, "own.yaml:6")
    assert found.what.startswith(told) or told in found.what
    assert nearest in (*found.nearest, "")
    assert found.next


def test_a_name_far_from_all_lists_the_valid_ones(tmp_path: Path) -> None:
    (found,) = faults(tmp_path, entry(destination="DE"))
    assert found.next == "use one of the model: AU, CN, EUR, IN, JP, KR, MM-LA, NAM, ROW, SEA"
    (found,) = faults(tmp_path, entry(index="CIF Rotterdam"))
    assert found.next == "use one of the model: china, destination, none"


def test_a_number_with_a_unit_says_how_to_write_it(tmp_path: Path) -> None:
    for given in ("60 USD/kg", "80%"):
        (found,) = faults(tmp_path, entry(floor=f"'{given}'"))
        assert "write it alone, without a unit or percent sign" in found.what


def test_all_errors_of_all_contracts_come_at_once(tmp_path: Path) -> None:
    first, second = entry(unit="EUR/kg", take_or_pay="'2'"), entry(origin="XX", floor="'9'", cap="'8'")
    found = faults(tmp_path, first, second)
    assert sorted(fault.code for fault in found) == ["SCENARIO", "SCENARIO", "SCENARIO-NAME", "SHARE", "UNIT"]
    assert any(fault.what == "contracts: id 'K1' is that of another entry, at own.yaml:6" for fault in found)


def test_a_quantity_above_the_sellers_region_names_the_capacity(tmp_path: Path) -> None:
    """The table of plants has 10,500 t of Nd-Pr oxide a year in Malaysia."""
    (found,) = faults(tmp_path, entry(tonnes_a_year="'90000'"))
    assert found.code == "SCENARIO"
    assert "SEA can make at most 10,500 t" in found.what
    plant = "plants:\n- {id: new, region: SEA, stage: sep_light, capacity: '80000', unit: t/yr, start: 2027-01}\n"
    assert read(tmp_path, entry(tonnes_a_year="'90000'"), more=plant).policies.contracts
    (late,) = faults(tmp_path, entry(tonnes_a_year="'90000'", to="2026-12"), more=plant)
    assert "SEA can make at most" in late.what


def test_within_a_region_the_good_must_be_made_there(tmp_path: Path) -> None:
    assert len(read(tmp_path, entry(good="mag_low", origin="EUR", destination="EUR")).policies.contracts) == 1
    (found,) = faults(tmp_path, entry(good="mag_low", origin="IN", destination="IN"))
    assert found.what == "mag_low is not made in IN"


def test_only_packed_contracts_can_be_left_out(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(HEAD + "policies: {without_contracts: [C007]}\n", encoding="utf-8")
    assert read_scenario(path.as_posix(), capacities()).policies.without_contracts == ["C007"]
    path.write_text(HEAD + "policies: {without_contracts: [C003, C01]}\n", encoding="utf-8")
    with pytest.raises(CoercivityError) as caught:
        read_scenario(path.as_posix(), capacities())
    assert [fault.what for fault in caught.value.faults] == ["contract 'C003' not found", "contract 'C01' not found"]
    assert all(fault.nearest for fault in caught.value.faults)


def test_the_packed_scenario_of_long_contracts_adds_five() -> None:
    found = read_scenario("long-contracts", capacities()).policies.contracts
    assert len({contract.id for contract in found}) == len(found) == 5
    assert all(contract.origin != "CN" and contract.published <= contract.first for contract in found)


def test_contracts_of_one_seller_count_together_in_the_months_they_share(tmp_path: Path) -> None:
    first = entry(tonnes_a_year="'6000'", **{"from": "2027-01", "to": "2027-12"})
    later = entry(id="K2", tonnes_a_year="'6000'", **{"from": "2028-01", "to": "2028-12"})
    assert len(read(tmp_path, first, later).policies.contracts) == 2
    (fault,) = faults(tmp_path, first, later.replace("2028-01", "2027-12"))
    assert (fault.code, fault.where) == ("SCENARIO", "own.yaml:7")
    assert "asks for 6,000 t of ox_NdPr a year, 12,000 t with the others of these months" in fault.what


def test_prices_and_quantities_without_end(tmp_path: Path) -> None:
    found = faults(tmp_path, entry(floor="'1e299'", cap="'1e300'", tonnes_a_year="'1e300'"))
    assert [fault.code for fault in found] == ["MASS", "MASS", "MASS"]
    assert all(fault.next.endswith("at most") for fault in found)
