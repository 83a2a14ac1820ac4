"""What differs between two runs, on small tables: figures, law, entries of scenarios, and nothing."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

import pytest

from coercivity.base.days import Day
from coercivity.base.months import parse_month
from coercivity.data.schema import Words
from coercivity.market.results.difference import RunDifference, Side, difference
from coercivity.market.results.rows import PermissionRow, PlantRow, RunTables, UseRow
from coercivity.market.run.scenarios.form import (
    Behaviour,
    Demanded,
    DemandShift,
    DeskAsked,
    DeskEvent,
    Duty,
    LawAsked,
    OwnPlant,
    Quota,
    Shock,
)
from coercivity.market.run.scenarios.policies import PoliciesAsked, PriceFloor
from coercivity.market.run.scenarios.scenario import Scenario
from coercivity.practice.desk_tables import load_desk

MONTHS = ["2026-10", "2026-11", "2026-12", "2027-01"]
OLD, NEW = "a18-1c905", "a61-1-1"
INSTRUMENTS = {OLD: "eighteen", NEW: "sixty-one"}
TITLE = Words(en="A scenario", zh="情景")
PLAIN = Scenario("plain", TITLE, TITLE, LawAsked(), Behaviour())
LAPSED, EXTENDED = {"sixty-one": "lapsed"}, {"sixty-one": "extended:2027-11-10"}
JANUARY = parse_month("2027-01")
FLOOR = PriceFloor.model_validate(
    {"id": "f", "kind": "border", "good": "ox_Dy", "region": "JP", "price": "400", "from": "2026-11"}
)
FLOORED = PoliciesAsked(price_floors=[FLOOR])
HALT = DeskEvent.model_validate(
    {"id": "h", "kind": "halt", "destination": "JP", "share": "0.5", "from": "2026-11-20", "to": "2027-01-31", "reason": TITLE}
)  # fmt: skip


def tables(
    *,
    outside: list[float] | None = None,
    inside: float = 100.0,
    parts: dict[str, float] | None = None,
    without: float = 0.0,
    magnets: float = 50.0,
    gates: dict[str, list[list[str]]] | None = None,
    plants: list[PlantRow] | None = None,
) -> RunTables:
    """Tables of four months with one product, one use, magnets, and flows that need a licence."""
    prices = outside or [300.0] * 4
    use = {"region": "JP", "use": "wind", "wanted_t": [10.0] * 4, "without_t": [without] * 4}
    permissions = [
        {
            "good": good,
            "origin": "CN",
            "region": "JP",
            "user": "civil",
            "way": ["licence" if names else "free" for names in months],
            "clauses": months,
        }
        for good, months in (gates or {"ox_Dy": [[OLD]] * 4}).items()
    ]
    told = [
        {"part": "permission", "clause": c, "cause": cause, "usd_per_kg": share * usd}
        for c, usd in (parts or {OLD: 150.0}).items()
        for cause, share in (("waiting", 0.75), ("halt", 0.25))
    ]
    found = {
        "prices": [
            {"good": "ox_Dy", "region": "CN", "margin": [inside] * 4, "market": [True] * 4},
            {"good": "ox_Dy", "region": "XCN", "margin": prices, "market": [True] * 4},
            {"good": "ox_La", "region": "XCN", "margin": [0.0] * 4, "market": [True] * 4},
        ],
        "gaps": [
            {"good": "ox_Dy", "region": "XCN", "month": month, "gap": price - inside, "parts": told}
            for month, price in zip(MONTHS, prices, strict=True)
        ],
        "use": [cast(UseRow, use)],
        "shipped": [{"good": "mag_high", "to_region": "XCN", "mass_t": [magnets] * 4}],
        "permissions": cast(list[PermissionRow], permissions),
        "plants": plants or [],
    }
    return cast(RunTables, found)


def compared(
    a: RunTables,
    b: RunTables,
    *,
    scenario: Scenario = PLAIN,
    assume: tuple[dict[str, str], dict[str, str]] = (LAPSED, LAPSED),
) -> RunDifference:
    return difference(Side(PLAIN, assume[0], a), Side(scenario, assume[1], b), MONTHS, INSTRUMENTS)


def plant(clauses: list[str], planned: str) -> PlantRow:
    return cast(PlantRow, {"plant_id": "works", "start_planned": planned, "start": planned, "clauses": clauses})


def test_the_same_runs_differ_in_nothing() -> None:
    found = compared(tables(), tables())
    assert (found["verdict"], found["kind"], found["from_month"]) == ("same", [], "")
    assert found["figures"] == []
    assert found["most_share"] == 0


def test_a_clause_in_one_run_only_with_its_month_and_its_part_of_the_gap() -> None:
    with_new = {"ox_Dy": [[OLD], [OLD, NEW], [OLD, NEW], [OLD, NEW]]}
    a = tables(gates=with_new, outside=[300.0, 400.0, 450.0, 600.0], parts={OLD: 150.0, NEW: 90.0})
    found = compared(a, tables(), assume=(LAPSED, EXTENDED))
    assert (found["verdict"], found["kind"], found["from_month"]) == ("differs", ["law"], "2026-11")
    assert [(c["clause"], c["run"], c["month"], c["flows"]) for c in found["clauses"]] == [(NEW, "a", "2026-11", 3)]
    first = found["figures"][0]
    assert (first["measure"], first["name"], first["region"], first["month"]) == ("margin", "ox_Dy", "XCN", "2027-01")
    assert (first["a"], first["b"], first["share"]) == (600.0, 300.0, 0.5)
    assert first["mean_share"] == pytest.approx((0.25 + 1 / 3 + 0.5) / 3)
    assert [(p["clauses"], p["a"], p["b"]) for p in found["parts"]] == [([NEW], 90.0, 0.0)]
    assert (found["parts"][0]["a_causes"], found["parts"][0]["b_causes"]) == ({"halt": 22.5, "waiting": 67.5}, {})


def test_a_law_that_changes_nothing_names_what_drives_the_gap_in_both() -> None:
    free = {"ox_Dy": [[OLD]] * 4, "mag_none": [[], [NEW], [NEW], [NEW]]}
    found = compared(tables(gates=free), tables(outside=[300.0, 301.0, 302.0, 303.0]), assume=(LAPSED, EXTENDED))
    assert (found["verdict"], found["kind"]) == ("immaterial", ["law"])
    assert found["most_share"] == pytest.approx(3 / 303)
    shared = found["shared"]
    assert shared is not None
    assert (shared["good"], shared["clauses"]) == ("ox_Dy", [OLD])
    assert shared["share"] == pytest.approx(150 / 201.5, rel=0.01)


def test_a_clause_that_is_only_named_in_place_of_another_does_not_differ() -> None:
    """Only the instrument that the runs treat differently counts, though the other falls away in the same flow."""
    a = tables(gates={"ox_Dy": [["a46-1", NEW]] * 4})
    found = compared(a, tables(gates={"ox_Dy": [[]] * 4}), assume=(LAPSED, EXTENDED))
    assert [one["clause"] for one in found["clauses"]] == [NEW]


def test_one_month_with_a_large_difference_matters() -> None:
    found = compared(tables(), tables(outside=[300.0, 300.0, 300.0, 318.0]))
    assert found["figures"][0]["mean_share"] < 0.06
    assert (found["verdict"], found["from_month"]) == ("differs", "2027-01")
    assert compared(tables(), tables(outside=[300.0, 300.0, 300.0, 301.0]))["verdict"] == "same"


def test_rules_that_part_after_the_period() -> None:
    later = compared(tables(), tables(), assume=(LAPSED, EXTENDED))
    assert (later["verdict"], later["kind"], later["clauses"]) == ("later", [], [])
    expected = compared(tables(), tables(outside=[300.0, 310.0, 330.0, 360.0]), assume=(LAPSED, EXTENDED))
    assert expected["verdict"] == "expected"


def test_plants_count_if_one_is_to_start_in_the_period() -> None:
    for planned, verdict in (("2027-01", "immaterial"), ("2028-01", "later")):
        a, b = tables(plants=[plant([NEW], planned)]), tables(plants=[plant([], planned)])
        found = compared(a, b, assume=(LAPSED, EXTENDED))
        assert found["verdict"] == verdict
    a = tables(plants=[plant([NEW], "2027-01")])
    (clause,) = compared(a, tables(plants=[plant([], "2027-01")]), assume=(LAPSED, EXTENDED))["clauses"]
    assert (clause["plants"], clause["flows"], clause["month"]) == (1, 0, "")


def test_demand_that_goes_without_and_exports_of_magnets() -> None:
    found = compared(tables(without=1.0, magnets=40.0), tables(magnets=50.0))
    told = {figure["measure"]: (figure["a"], figure["b"], figure["share"]) for figure in found["figures"]}
    assert told["without"] == (0.1, 0.0, 0.1)
    assert told["shipped"] == (160.0, 200.0, 0.2)
    assert [figure["measure"] for figure in found["figures"]] == ["shipped", "without"]


@pytest.mark.parametrize(
    ("cause", "changes"),
    [
        ("shock", {"shocks": (Shock(capacity="mine:MYANMAR_IONIC:MM-LA", share=0.0, reason=TITLE),)}),
        ("demand", {"demand": (DemandShift(use="wind", share=1.5),)}),
        ("quota", {"quotas": (Quota(name="q", goods=["mag_none"], tonnes_a_month=9.0, clause="q-1"),)}),
        ("duty", {"duties": (Duty(goods=["ox_Dy"], share=0.05, clause="d-1"),)}),
        ("plant", {"plants": (OwnPlant(id="p", region="EUR", stage="magnet", capacity=1.0, unit="t/yr", start=JANUARY),)}),
        ("requirement", {"require": (Demanded(name="r", use="wind", region="JP", share=1.0),)}),
        ("desk", {"desk": DeskAsked(off=["general_licences"])}),
        ("desk", {"desk": DeskAsked(values={"LD012": 3.0})}),
        ("desk", {"desk": DeskAsked(events=[HALT])}),
        ("behaviour", {"behaviour": Behaviour(stocks=False)}),
        ("behaviour", {"behaviour": Behaviour(off=["loading"])}),
        ("behaviour", {"behaviour": Behaviour(loading=3.0)}),
        ("policy", {"policies": PoliciesAsked(price_floors=[FLOOR])}),
        ("policy", {"policies": PoliciesAsked(without_contracts=["C007"])}),
    ],
)  # fmt: skip
def test_an_entry_of_one_scenario_is_the_cause(cause: str, changes: dict[str, object]) -> None:
    other = replace(PLAIN, **changes)  # type: ignore[arg-type] # each by its field
    found = compared(tables(), tables(outside=[300.0, 300.0, 400.0, 500.0]), scenario=other)
    assert (found["verdict"], found["kind"]) == ("differs", [cause])
    (driver,) = found["drivers"]
    assert driver["run"] == "b"
    assert compared(tables(), tables(), scenario=other)["verdict"] == "immaterial"


def test_a_policy_is_told_by_kind_good_region_and_amount() -> None:
    (driver,) = compared(tables(), tables(), scenario=replace(PLAIN, policies=FLOORED))["drivers"]
    assert (driver["cause"], driver["run"], driver["name"], driver["stage"]) == ("policy", "b", "f", "price_floors")
    assert (driver["goods"], driver["region"], driver["amount"], driver["unit"]) == (["ox_Dy"], "JP", 400.0, "USD/kg")
    assert (driver["first"], driver["last"], driver["later"]) == ("2026-11", "", False)


def test_cover_is_told_as_a_share_of_that_of_the_other_run_apart_from_the_grid() -> None:
    twice = replace(PLAIN, behaviour=Behaviour.model_validate({"cover": "2"}))
    (driver,) = compared(tables(), tables(), scenario=twice)["drivers"]
    assert (driver["run"], driver["name"], driver["amount"]) == ("b", "cover", 2.0)
    grid = {"months": "3", "periods": ["1", "1", "1"]}
    both = replace(PLAIN, behaviour=Behaviour.model_validate({"cover": "0", "planning_grid": grid}))
    assert [entry["name"] for entry in compared(tables(), tables(), scenario=both)["drivers"]] == ["cover", ""]


def test_an_entry_that_begins_after_the_period_is_no_cause_yet() -> None:
    shift = DemandShift.model_validate({"use": "wind", "share": "1.5", "from": "2027-02"})
    found = compared(tables(), tables(), scenario=replace(PLAIN, demand=(shift,)))
    assert (found["verdict"], found["kind"]) == ("later", [])
    assert [entry["later"] for entry in found["drivers"]] == [True]


def test_what_differs_in_the_licensing_desk_is_told_one_by_one() -> None:
    desk = DeskAsked(off=["queue", "wait"], events=[HALT], without=["PE07"])
    drivers = compared(tables(), tables(), scenario=replace(PLAIN, desk=desk))["drivers"]
    assert [(one["name"], one["region"], one["amount"]) for one in drivers] == [
        ("queue", "", 0.0), ("wait", "", 0.0), ("halt", "JP", 0.5), ("", "", 0.0),
    ]  # fmt: skip
    assert (drivers[2]["first"], drivers[2]["last"], drivers[2]["later"]) == ("2026-11", "2027-01", False)
    after = HALT.model_copy(update={"first": Day(2027, 2, 1), "destination": "ALL"})
    (driver,) = compared(tables(), tables(), scenario=replace(PLAIN, desk=DeskAsked(events=[after])))["drivers"]
    assert (driver["region"], driver["later"]) == ("all", True)


def test_an_event_names_the_goods_and_the_user_it_concerns() -> None:
    metals = HALT.model_copy(update={"form": "metal", "user": "military"})
    (driver,) = compared(tables(), tables(), scenario=replace(PLAIN, desk=DeskAsked(events=[metals])))["drivers"]
    assert (driver["goods"], driver["user"]) == (["metal"], "military")


def test_an_event_in_place_of_a_packed_one_is_not_said_to_be_of_one_run_only() -> None:
    packed = next(row for row in load_desk().events if row.id == "PE07")
    slow = HALT.model_copy(update={"kind": packed.kind, "destination": packed.scope.destination, "share": 0.4})
    desk = DeskAsked(events=[slow], without=["PE07"])
    (driver,) = compared(tables(), tables(), scenario=replace(PLAIN, desk=desk))["drivers"]
    assert (driver["cause"], driver["name"], driver["region"]) == ("desk", "", "")


def test_a_shock_comes_before_a_law_that_is_no_part_of_a_gap() -> None:
    a = tables(gates={"ox_Dy": [[OLD]] * 4, "mag_none": [[NEW]] * 4})
    shock = replace(PLAIN, shocks=(Shock(capacity="mine:MYANMAR_IONIC:MM-LA", share=0.0, reason=TITLE),))
    b = tables(outside=[500.0] * 4)
    assert compared(a, b, scenario=shock, assume=(LAPSED, EXTENDED))["kind"] == ["shock", "law"]
    felt = tables(gates={"ox_Dy": [[OLD]] * 4, "mag_none": [[NEW]] * 4}, parts={OLD: 150.0, NEW: 40.0})
    assert compared(felt, b, scenario=shock, assume=(LAPSED, EXTENDED))["kind"] == ["law", "shock"]
