"""Scenario files: inheritance, and all errors at once with file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from coercivity.base.errors import CoercivityError, Fault
from coercivity.base.months import parse_month
from coercivity.law.rules.load import load_rulebook
from coercivity.market.run.scenarios.scenario import Scenario, packed_scenarios, read_scenario
from coercivity.market.run.shape import shaped
from coercivity.market.run.simulate import capacities, world_once

HEAD = "id: {id}\ntitle: {{en: t, zh: 题}}\nabout: {{en: a, zh: 说}}\n"
MYANMAR = "mine:MYANMAR_IONIC:MM-LA"


def write(folder: Path, name: str, body: str) -> str:
    path = folder / f"{name}.yaml"
    path.write_text(HEAD.format(id=name) + body, encoding="utf-8")
    return path.as_posix()


def read(folder: Path, body: str, name: str = "own") -> Scenario:
    return read_scenario(write(folder, name, body), capacities())


def faults(folder: Path, body: str, name: str = "own") -> list[Fault]:
    with pytest.raises(CoercivityError) as caught:
        read(folder, body, name)
    return list(caught.value.faults)


def test_every_packed_scenario_can_be_read() -> None:
    names = packed_scenarios()
    assert {"as-known", "controls-back", "no-controls", "without-18-2025", "no-stocks"} <= set(names)
    for name in names:
        found = read_scenario(name, capacities())
        assert found.id == found.chain[-1] == name
        assert found.title.en
        assert found.title.zh


def test_what_is_listed_adds_up_along_the_chain_and_the_law_is_replaced(tmp_path: Path) -> None:
    shock = f"shocks:\n- {{capacity: '{MYANMAR}', share: '0.5', reason: {{en: r, zh: 因}}}}\n"
    write(
        tmp_path,
        "below",
        f"law: {{assume: lapsed, without: [mofcom-2025-61]}}\nbehaviour: {{stocks: 'false'}}\n{shock}",
    )
    write(tmp_path, "between", "inherits: below\nduties:\n- {goods: [ox_Dy], share: '0.1', clause: d1}\n")
    own = "inherits: between\nlaw: {assume: lapsed}\nduties:\n- {goods: [ox_Tb], share: '0.2', clause: d2}\n"
    found = read(tmp_path, own)
    assert found.chain == ("below", "between", "own")
    assert [shock.capacity for shock in found.shocks] == [MYANMAR]
    assert [duty.clause for duty in found.duties] == ["d1", "d2"]
    assert found.law.without == []
    assert found.behaviour.stocks is False


def test_a_packed_scenario_can_be_built_on(tmp_path: Path) -> None:
    found = read(tmp_path, "inherits: myanmar-closed\n")
    assert found.chain == ("as-known", "myanmar-closed", "own")
    assert found.shocks[0].capacity == MYANMAR
    assert found.shocks[0].holds(parse_month("2027-12"))
    assert not found.shocks[0].holds(parse_month("2028-01"))


def test_scenarios_that_inherit_in_a_ring_are_named_with_the_way_round(tmp_path: Path) -> None:
    write(tmp_path, "a", "inherits: b\n")
    write(tmp_path, "b", "inherits: c\n")
    write(tmp_path, "c", "inherits: b\n")
    with pytest.raises(CoercivityError) as caught:
        read_scenario((tmp_path / "a.yaml").as_posix(), capacities())
    (fault,) = caught.value.faults
    assert fault.code == "SCENARIO-LOOP"
    assert "b -> c -> b" in fault.what


def test_a_scenario_that_inherits_itself_is_a_ring(tmp_path: Path) -> None:
    (fault,) = faults(tmp_path, "inherits: own\n")
    assert fault.code == "SCENARIO-LOOP"
    assert "own -> own" in fault.what


def test_a_long_chain_is_refused(tmp_path: Path) -> None:
    write(tmp_path, "s0", "")
    for number in range(1, 25):
        write(tmp_path, f"s{number}", f"inherits: s{number - 1}\n")
    with pytest.raises(CoercivityError) as caught:
        read_scenario((tmp_path / "s24.yaml").as_posix(), capacities())
    assert caught.value.faults[0].code == "SCENARIO-LOOP"


def test_an_unknown_scenario_is_answered_with_the_nearest() -> None:
    with pytest.raises(CoercivityError) as caught:
        read_scenario("controls-bak", capacities())
    (fault,) = caught.value.faults
    assert fault.code == "SCENARIO-UNKNOWN"
    assert fault.nearest[0] == "controls-back"


def test_an_unknown_parent_is_told_with_the_file_that_names_it(tmp_path: Path) -> None:
    (fault,) = faults(tmp_path, "inherits: as-knwon\n")
    assert fault.code == "SCENARIO-UNKNOWN"
    assert fault.where.startswith("own")
    assert "as-known" in fault.nearest


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(CoercivityError) as caught:
        read_scenario((tmp_path / "none.yaml").as_posix(), capacities())
    assert caught.value.faults[0].code == "SCENARIO-UNKNOWN"


def test_all_faults_are_told_at_once_with_file_and_line(tmp_path: Path) -> None:
    body = (
        "shocks:\n"  # line 4
        "- {capacity: 'mine:MYANMAR_IONC:MM-LA', share: '1.5', reason: {en: r, zh: 因}}\n"
        "quotas:\n"
        "- {name: q, goods: [ox_Dx], origin: CM, tonnes_a_month: '-3', clause: c}\n"
        "duties:\n"
        "- {goods: [mag_hihg], share: '25', clause: c}\n"
        "demand:\n"
        "- {use: wnd, region: ERU, share: '0.5', from: 2027-05, to: 2026-05}\n"
        "plants:\n"
        "- {id: p, region: CN, stage: magnets, capacity: '100', unit: lb/day, start: 2027-01}\n"
        "require:\n"
        "- {name: r, use: wind, region: EUR, good: ox_Dy, share: '0.5'}\n"
    )
    found = [(fault.code, fault.where) for fault in faults(tmp_path, body)]
    assert sorted(found) == sorted(
        [
            ("SCENARIO-NAME", "own.yaml:5"),
            ("SHARE", "own.yaml:5"),
            ("SCENARIO-NAME", "own.yaml:7"),
            ("SCENARIO-NAME", "own.yaml:7"),
            ("MASS", "own.yaml:7"),
            ("SCENARIO-NAME", "own.yaml:9"),
            ("SHARE", "own.yaml:9"),
            ("SCENARIO-NAME", "own.yaml:11"),
            ("SCENARIO-NAME", "own.yaml:11"),
            ("SCENARIO", "own.yaml:11"),
            ("SCENARIO-NAME", "own.yaml:13"),
            ("SCENARIO-NAME", "own.yaml:13"),
            ("UNIT", "own.yaml:13"),
            ("SCENARIO", "own.yaml:15"),
        ]
    )


def test_unknown_names_come_with_the_nearest(tmp_path: Path) -> None:
    body = "shocks:\n- {capacity: 'mine:MYANMAR_IONC:MM-LA', share: '0.5', reason: {en: r, zh: 因}}\n"
    (fault,) = faults(tmp_path, body)
    assert fault.nearest[0] == MYANMAR
    (fault,) = faults(tmp_path, "duties:\n- {goods: [mag_hihg], share: '0.1', clause: c}\n")
    assert fault.nearest[0] == "mag_high"


def test_faults_of_form_do_not_hide_those_of_names(tmp_path: Path) -> None:
    """A plant without a region and a number in words stand beside a share above one, each with its line."""
    body = (
        "plants:\n"
        "- {id: p, stage: magnet, capacity: '100', unit: t/yr, start: 2027-01}\n"
        "duties:\n"
        "- {goods: [ox_Dy], share: many, clause: c}\n"
        "shocks:\n"
        f"- {{capacity: '{MYANMAR}', share: '2', reason: {{en: r, zh: 因}}}}\n"
    )
    found = {(fault.code, fault.where) for fault in faults(tmp_path, body)}
    assert ("KEY-MISSING", "own.yaml:5") in found
    assert ("SHARE", "own.yaml:9") in found
    assert any(where == "own.yaml:7" for _, where in found)


def test_a_key_that_nobody_reads_is_a_fault(tmp_path: Path) -> None:
    found = faults(tmp_path, "shoks: []\n")
    assert found[0].where == "own.yaml:4"
    assert "shocks" in found[0].nearest


@pytest.mark.parametrize("month", ["2027", "2027-13", "spring"])
def test_a_month_of_another_form_is_refused(tmp_path: Path, month: str) -> None:
    body = f"duties:\n- {{goods: [ox_Dy], share: '0.1', clause: c, from: {month}}}\n"
    (fault,) = faults(tmp_path, body)
    assert fault.where == "own.yaml:5"


@pytest.mark.parametrize(("unit", "share"), [("t/yr", 1.0), ("t/month", 12.0), ("kg/yr", 0.001)])
def test_units_of_a_plant_are_made_one(tmp_path: Path, unit: str, share: float) -> None:
    from coercivity.market.run.scenarios.form import PER_YEAR

    body = f"plants:\n- {{id: p, region: EUR, stage: magnet, capacity: '100', unit: {unit}, start: 2027-01}}\n"
    assert read(tmp_path, body).plants[0].unit == unit
    assert PER_YEAR[unit] == share


def test_a_quota_becomes_a_capacity_with_its_clause(tmp_path: Path) -> None:
    body = "quotas:\n- {name: q, goods: [ox_Dy, ox_Tb], tonnes_a_month: '3', clause: own-quota}\n"
    network = shaped(world_once().network, read(tmp_path, body))
    assert network.quotas == {"quota:q": "own-quota"}
    under = {a.name for a in network.activities if any(name == "quota:q" for name, _ in a.limits)}
    assert {(name[1], name[2]) for name in under} == {("ox_Dy", "CN"), ("ox_Tb", "CN")}
    assert len(under) == len(
        [a for a in network.activities if a.kind == "ship" and a.key[:2] in {("ox_Dy", "CN"), ("ox_Tb", "CN")}]
    )


QUOTA = "- {{name: {}, goods: [ox_Dy], tonnes_a_month: '{}', clause: c, from: {}, to: {}}}\n"


def test_two_entries_of_one_name_are_a_fault_even_along_the_chain(tmp_path: Path) -> None:
    # A second quota of the same name would have no effect; a second requirement would have no row.
    write(tmp_path, "below", "quotas:\n" + QUOTA.format("q", 5, "2025-01", "2025-12"))
    body = (
        "inherits: below\nquotas:\n" + QUOTA.format("q", 9, "2026-01", "2026-12") + "require:\n"
        "- {name: r, use: wind, region: EUR, share: '0.1'}\n- {name: r, use: wind, region: JP, share: '0.1'}\n"
        "plants:\n" + 2 * "- {id: p, region: EUR, stage: metal, capacity: '1', unit: t/yr, start: 2025-01}\n"
    )
    found = faults(tmp_path, body)
    assert [(fault.code, fault.where) for fault in found] == [
        ("SCENARIO", "own.yaml:6"), ("SCENARIO", "own.yaml:12"), ("SCENARIO", "own.yaml:9"),
    ]  # fmt: skip
    assert "below.yaml:5" in found[0].what
    assert "own.yaml:8" in found[2].what


def test_faults_of_one_file_do_not_hide_those_of_its_parents(tmp_path: Path) -> None:
    write(tmp_path, "below", "inherits: nowhere\nbehaviour: {cover: '11'}\n")
    found = faults(tmp_path, "inherits: below\nbehavior: {cover: '1'}\n")
    told = {(fault.code, fault.where.partition(":")[0]) for fault in found}
    assert told == {("KEY-UNKNOWN", "own.yaml"), ("SHARE", "below.yaml"), ("SCENARIO-UNKNOWN", "below.yaml")}


def refused(folder: Path, body: str, *, law: bool = False) -> dict[str, Fault]:
    path = folder / "own.yaml"
    path.write_text("id: own\ntitle: {en: t}\nabout: {en: a}\n" + body, encoding="utf-8")
    with pytest.raises(CoercivityError) as caught:
        read_scenario(path.as_posix(), capacities(), load_rulebook() if law else None)
    return {fault.code: fault for fault in caught.value.faults}


@pytest.mark.parametrize(
    ("law", "code", "nearest"),
    [
        ("{assume: nonsense}", "ASSUME", ""),
        ("{assume: 'extended:2027-13-40'}", "ASSUME", ""),
        ("{assume: '99=lapsed'}", "INSTRUMENT", "mofcom-2025-62"),
        ("{without: [a18-1c9055]}", "CLAUSE-UNKNOWN", "a18-1c905"),
    ],
)
def test_a_law_that_does_not_exist_is_placed_with_the_other_faults(
    tmp_path: Path, law: str, code: str, nearest: str
) -> None:
    found = refused(tmp_path, f"law: {law}\ndemand:\n- {{use: ev, share: '2'}}\n", law=True)
    assert set(found) == {code, "SCENARIO-NAME"}
    assert (found[code].where, bool(found[code].next)) == ("own.yaml:4", True)
    assert not nearest or nearest in found[code].nearest
    assert found["SCENARIO-NAME"].next.startswith("use a use of the model")


@pytest.mark.parametrize(
    "more",
    [
        "use: wind, region: EUR, share: '0.5', tonnes_a_month: '5'",
        "good: ox_Dy, origin: CN, destination: JP, share: '1'",
    ],
)
def test_a_requirement_with_keys_of_the_other_kind(tmp_path: Path, more: str) -> None:
    found = refused(tmp_path, f"require:\n- {{name: r, {more}}}\n")
    assert (list(found), found["SCENARIO"].where) == (["SCENARIO"], "own.yaml:5")
    assert "keys of the other kind" in found["SCENARIO"].what
