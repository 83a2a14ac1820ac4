"""Faults of policies in a scenario file: each by code and words, with its line, all at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from coercivity.base.errors import CoercivityError, Fault
from coercivity.market.run.scenarios.scenario import read_scenario
from coercivity.market.run.simulate import capacities

HEAD = "id: own\ntitle: {en: t, zh: 题}\nabout: {en: a, zh: 说}\n"
FLOOR = "id: f, good: ox_NdPr, region: NAM, price: '110'"
STOCK = "id: s, good: ox_Dy, region: NAM, at_most: '400', from: 2027-01"


def faults(folder: Path, body: str) -> list[Fault]:
    path = folder / "own.yaml"
    path.write_text(HEAD + body, encoding="utf-8")
    with pytest.raises(CoercivityError) as caught:
        read_scenario(path.as_posix(), capacities())
    return list(caught.value.faults)


def policy(kind: str, entry: str) -> str:
    return f"policies:\n  {kind}:\n  - {{{entry}}}\n"


@pytest.mark.parametrize(
    ("body", "code", "words"),
    [
        (policy("price_floors", FLOOR + ", unit: EUR/kg"), "UNIT", "'EUR/kg' where USD/kg is expected"),
        (policy("price_floors", FLOOR + ", unit: CNY/t"), "UNIT", "'CNY/t' where USD/kg is expected"),
        (policy("price_floors", FLOOR.replace("110", "-1")), "MASS", "price -1 is not a valid price"),
        (policy("price_floors", FLOOR + ", upside: '1.5'"), "SHARE", "upside 1.5 is not between 0 and 1"),
        (policy("price_floors", FLOOR + ", tonnes_a_year: '-5'"), "MASS", "-5 is not a valid quantity"),
        (policy("price_floors", FLOOR + ", kind: duty"), "SCENARIO-NAME", "kind 'duty' not found"),
        (policy("price_floors", FLOOR.replace("ox_NdPr", "ox_Nd")), "SCENARIO-NAME", "good 'ox_Nd' not found"),
        (policy("price_floors", FLOOR.replace("NAM", "USA")), "SCENARIO-NAME", "region 'USA' not found"),
        (
            policy("price_floors", FLOOR.replace("ox_NdPr, region: NAM", "ox_La, region: KR")),
            "SCENARIO",
            "no producer of ox_La in KR",
        ),
        (
            policy("price_floors", FLOOR + ", kind: border, upside: '0.3'"),
            "SCENARIO",
            "border floor 'f' has tonnes_a_year or upside",
        ),
        (
            policy("price_floors", FLOOR + ", from: 2027-01, to: 2026-01"),
            "SCENARIO",
            "the end 2026-01 is before the start 2027-01",
        ),
        (
            policy("price_floors", FLOOR + ", from: 2027-01, published: 2027-02"),
            "SCENARIO",
            "published in 2027-02, but it takes effect in 2027-01",
        ),
        (policy("price_floors", FLOOR + ", published: 2027-02"), "SCENARIO", "but it has no `from`"),
        (policy("stockpiles", STOCK + ", unit: CNY/kg"), "UNIT", "'CNY/kg' where USD/kg is expected"),
        (policy("stockpiles", STOCK.replace("400", "-4")), "MASS", "at_most -4 is not a valid price"),
        (policy("stockpiles", STOCK + ", opening_tonnes: '-4'"), "MASS", "-4 is not a valid quantity"),
        (
            policy("stockpiles", STOCK + ", release_tonnes_a_month: '4'"),
            "SCENARIO",
            "stockpile 's' releases without release_from",
        ),
        (
            policy("stockpiles", STOCK + ", release_from: 2027-06, release_tonnes_a_month: '4', release_above: '500'"),
            "SCENARIO",
            "stockpile 's' releases from 2027-06, while it is empty",
        ),
        (
            policy(
                "stockpiles",
                STOCK
                + ", buy_tonnes_a_month: '1', release_from: 2027-06, release_tonnes_a_month: '1', release_above: '300'",
            ),
            "SCENARIO",
            "release_above 300 is below at_most 400",
        ),
        (
            policy(
                "stockpiles",
                STOCK
                + ", opening_tonnes: '5', release_from: 2028-01, release_to: 2027-01, release_tonnes_a_month: '1'",
            ),
            "SCENARIO",
            "the release of 's' ends in 2027-01, before it begins in 2028-01",
        ),
        (
            policy("mandates", "id: m, region: EUR, element: NdPr, share: '25'"),
            "SHARE",
            "share 25 is not between 0 and 1",
        ),
        (
            policy("mandates", "id: m, region: EUR, element: Nd, share: '0.2'"),
            "SCENARIO-NAME",
            "element 'Nd' not found",
        ),
        (
            policy("mandates", "id: m, region: EUR, element: Dy, share: '0.2', pay: '-1'"),
            "MASS",
            "pay -1 is not a valid price",
        ),
        (policy("scrap_bans", "id: b, region: EU"), "SCENARIO-NAME", "region 'EU' not found"),
        (policy("delays", "id: d, plant: narva, months: '6'"), "SCENARIO-NAME", "plant 'narva' not found"),
        (policy("delays", "id: d, stage: magnets, region: EUR, months: '6'"), "SCENARIO-NAME", "stage 'magnets'"),
        (policy("delays", "id: d, months: '6'"), "SCENARIO", "delay 'd' names neither a plant nor a stage"),
        (
            policy("delays", "id: d, plant: narva-2, stage: magnet, months: '6'"),
            "SCENARIO",
            "delay 'd' names both a plant and a stage",
        ),
        (policy("delays", "id: d, plant: narva-2, months: '-6'"), "SCENARIO", "a delay of -6 months"),
        ("behaviour: {off: [recycle]}\n", "SCENARIO-NAME", "mechanism 'recycle' not found"),
        ("behaviour: {loading: '0'}\n", "SHARE", "loading 0 is not above 0"),
        (
            "quotas:\n- {name: q, goods: [ox_Dy], tonnes_a_month: '3', clause: c, from: 2027-01, published: 2027-02}\n",
            "SCENARIO",
            "published in 2027-02, but it takes effect in 2027-01",
        ),
    ],
)
def test_a_fault_is_told_by_code_and_words(tmp_path: Path, body: str, code: str, words: str) -> None:
    (fault,) = faults(tmp_path, body)
    assert fault.code == code
    assert words in fault.what
    assert fault.where.startswith("own.yaml:")
    assert fault.next


def test_the_nearest_name_or_unit_is_given(tmp_path: Path) -> None:
    (unit,) = faults(tmp_path, policy("price_floors", FLOOR + ", unit: CNY/t"))
    assert unit.nearest == ("USD/kg",)
    assert "divide by 1,000" in unit.next
    (name,) = faults(tmp_path, "behaviour: {off: [recycle]}\n")
    assert name.nearest[0] == "recycling"
    (plant,) = faults(tmp_path, policy("delays", "id: d, plant: narva, months: '6'"))
    assert "narva-1" in plant.nearest


def test_all_faults_of_a_file_come_at_once(tmp_path: Path) -> None:
    body = policy("price_floors", FLOOR + ", unit: EUR/kg, upside: '2'") + "  scrap_bans:\n  - {id: b, region: EU}\n"
    assert [fault.code for fault in faults(tmp_path, body)] == ["UNIT", "SHARE", "SCENARIO-NAME"]


def test_two_policies_of_a_kind_have_names_of_their_own_along_the_chain(tmp_path: Path) -> None:
    (tmp_path / "below.yaml").write_text(HEAD.replace("own", "below") + policy("price_floors", FLOOR), encoding="utf-8")
    (fault,) = faults(tmp_path, "inherits: below\n" + policy("price_floors", FLOOR))
    assert fault.code == "SCENARIO"
    assert "id 'f' is that of another entry, at below.yaml:" in fault.what


SECOND = "  - {id: g, good: ox_NdPr, region: NAM, price: '120'"


def test_two_floors_on_all_tonnes_of_a_good_would_both_pay(tmp_path: Path) -> None:
    (fault,) = faults(tmp_path, policy("price_floors", FLOOR + ", from: 2027-01") + SECOND + ", from: 2027-06}\n")
    assert (fault.code, fault.where) == ("SCENARIO", "own.yaml:7")
    assert "floors 'f', at own.yaml:6, and 'g' are both for ox_NdPr in NAM" in fault.what


@pytest.mark.parametrize("more", [", from: 2027-06", ", tonnes_a_year: '100'", ", kind: border"])
def test_floors_that_do_not_pay_twice_are_read(tmp_path: Path, more: str) -> None:
    path = tmp_path / "own.yaml"
    body = policy("price_floors", FLOOR + ", from: 2027-01, to: 2027-05" * (", from" in more)) + SECOND + more + "}\n"
    path.write_text(HEAD + body, encoding="utf-8")
    assert len(read_scenario(path.as_posix(), capacities()).policies.price_floors) == 2


@pytest.mark.parametrize(
    ("body", "code", "words"),
    [
        (policy("price_floors", FLOOR.replace("110", "1e7")), "MASS", "price 1e+07 is not a valid price"),
        (policy("price_floors", FLOOR.replace("110", "1e400")), "MASS", "price inf is not a valid price"),
        (policy("price_floors", FLOOR.replace("110", "1_10")), "VALUE", "not a number; write it alone"),
        (policy("price_floors", FLOOR.replace("110", "１１０")), "VALUE", "not a number; write it alone"),
        (
            policy("stockpiles", STOCK + ", opening_tonnes: '4', release_from: 2028-01"),
            "SCENARIO",
            "stockpile 's' has release_from, but no release_tonnes_a_month",
        ),
        (
            policy("delays", "id: d, plant: lcm-cheshire, months: '6'"),
            "SCENARIO",
            "'lcm-cheshire' is operating already",
        ),
        (policy("delays", "id: d, stage: magnet, months: '6'"), "SCENARIO", "names a stage and no region"),
        (policy("delays", "id: d, region: EUR, months: '6'"), "SCENARIO", "names a region and no stage"),
        (policy("price_floors", FLOOR.replace("id: f", 'id: "f\u202e"')), "VALUE", "invisible character U+202E"),
        (policy("price_floors", FLOOR.replace("id: f", 'id: "f\\0"')), "VALUE", "invisible character U+0000"),
        (policy("price_floors", FLOOR.replace("id: f", "id: " + "f" * 3000)), "VALUE", "3,000 characters"),
        ("policies: []\n", "VALUE", "policies: expected keys with values"),
        ("policies:\n  contracts: {id: a}\n", "VALUE", "policies.contracts: expected a list"),
        ("policies:\n  without_contracts: [[C007]]\n", "VALUE", "expected one value"),
        ("inherits: [as-known]\n", "VALUE", "inherits: expected one value"),
        (f"inherits: {'a' * 1000}\n", "SCENARIO-UNKNOWN", "not found"),
        (f"inherits: {'a' * 1000}.yaml\n", "SCENARIO-UNKNOWN", "file not found"),
    ],
)
def test_what_cannot_be_meant(tmp_path: Path, body: str, code: str, words: str) -> None:
    (fault,) = faults(tmp_path, body)
    assert (fault.code, words in fault.what) == (code, True), fault.what
    assert fault.where
    assert fault.next


def test_a_mandate_with_the_name_of_a_requirement(tmp_path: Path) -> None:
    body = "require:\n- {name: m, good: ox_Dy, origin: CN, destination: JP, tonnes_a_month: '1'}\n"
    (fault,) = faults(tmp_path, body + policy("mandates", "id: m, region: EUR, element: Dy, share: '0.05'"))
    assert (fault.code, fault.where) == ("SCENARIO", "own.yaml:8")
    assert "id 'm' is the name of an entry of require, at own.yaml:5" in fault.what


def test_a_text_of_several_lines_is_read(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(HEAD.replace("{en: a, zh: 说}", "\n  en: |\n    one\n    two\n  zh: 说"), encoding="utf-8")
    assert read_scenario(path.as_posix(), capacities()).about.en == "one\ntwo\n"
