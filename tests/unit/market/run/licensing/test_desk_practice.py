"""The block `desk` of a scenario file: practice with its changes, inheritance, and all errors at once with their lines."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from coercivity.base.days import Day
from coercivity.base.errors import CoercivityError, Fault
from coercivity.cases.arguments import PACKED
from coercivity.market.run.licensing.desk_practice import desk_elements, practice_of, without_elements
from coercivity.market.run.question import RunQuestion
from coercivity.market.run.runs import RunAsked
from coercivity.market.run.scenarios.scenario import Scenario, packed_scenarios, read_scenario, scenario_hash
from coercivity.market.run.simulate import BEGIN, capacities
from coercivity.practice.desk import ELEMENTS, DeskPractice, PracticeEvent, Scope
from coercivity.practice.desk_tables import load_desk
from tests.places import ROOT

HEAD = "id: {id}\ntitle: {{en: t, zh: 题}}\nabout: {{en: a, zh: 说}}\n"
WHY = "reason: {en: r, zh: 因}"


def halted(name: str, first: str, last: str) -> str:
    return f"{{id: {name}, kind: halt, destination: JP, share: '1', from: {first}, to: {last}, {WHY}}}"


def write(folder: Path, body: str, name: str = "own") -> str:
    path = folder / f"{name}.yaml"
    path.write_text(HEAD.format(id=name) + body, encoding="utf-8")
    return path.as_posix()


def read(folder: Path, body: str, name: str = "own") -> Scenario:
    return read_scenario(write(folder, body, name), capacities())


def practice(folder: Path, body: str) -> DeskPractice:
    return practice_of(read(folder, body))


def faults(folder: Path, body: str, name: str = "own") -> list[Fault]:
    with pytest.raises(CoercivityError) as caught:
        read(folder, body, name)
    return list(caught.value.faults)


def halt(found: DeskPractice, name: str) -> PracticeEvent:
    (event,) = (event for event in found.events if event.id == name)
    return event


def value_of(found: DeskPractice, name: str) -> float:
    (row,) = (row for row in found.rows if row.id == name)
    return row.value


def test_a_scenario_without_the_block_has_the_packed_practice() -> None:
    names = set(packed_scenarios())
    changed = {name for name in names if practice_of(read_scenario(name, capacities())) != load_desk()}
    assert changed == {"japan-halted", "us-only-denied", "without-general-licences"}


def test_elements_are_switched_off_and_nothing_else_changes(tmp_path: Path) -> None:
    found = practice(tmp_path, "desk:\n  off: [returns, queue]\n")
    assert found.off == {"queue", "returns"}
    assert replace(found, off=frozenset()) == load_desk()


@pytest.mark.parametrize("value", [0.5, 1.5, 90.0])
def test_a_value_replaces_that_of_its_row_even_outside_the_range(tmp_path: Path, value: float) -> None:
    found = practice(tmp_path, f"desk: {{values: {{LD003: '{value}'}}}}\n")
    (packed,) = (row for row in load_desk().rows if row.id == "LD003")
    (row,) = (row for row in found.rows if row.id == "LD003")
    assert row.value == value
    assert (row.low, row.high) == (min(packed.low, value), max(packed.high, value))
    assert [other for other in found.rows if other.id != "LD003"] == [
        other for other in load_desk().rows if other.id != "LD003"
    ]
    assert found.value("prior_case_granted", "magnet", "JP", "civil", Day(2027, 1, 15)) == value


def test_rows_are_added_to_those_of_the_pack(tmp_path: Path) -> None:
    found = practice(
        tmp_path,
        "desk:\n"
        f"  events:\n  - {halted('own-halt', '2027-01-01', '2027-03-31')}\n"
        "  general_licences:\n"
        "  - {id: own-general, form: magnet, destination: KR, user: civil, holders: [A, B], customers: carmakers, "
        "share: '0.4', from: 2027-01-01, months: '12', renewed: '0.5'}\n"
        "  customs_holds:\n"
        "  - {id: own-hold, form: magnet, share: '0.25', days: '20', from: 2027-02-01}\n",
    )
    event, general, hold = halt(found, "own-halt"), found.general[-1], found.holds[-1]
    assert (event.kind, event.scope, event.share) == ("halt", Scope(destination="JP"), 1.0)
    assert event.holds(Day(2027, 3, 31))
    assert not event.holds(Day(2027, 4, 1))
    assert (general.id, general.scope, general.holders) == ("own-general", Scope("magnet", "KR", "civil"), ("A", "B"))
    assert (general.share, general.life_months, general.renewed_share) == (0.4, 12, 0.5)
    assert (hold.id, hold.share, hold.days, hold.ends_on) == ("own-hold", 0.25, 20.0, None)
    packed = load_desk()
    assert (found.events[:-1], found.general[:-1], found.holds[:-1]) == (packed.events, packed.general, packed.holds)


def test_a_packed_row_can_be_left_out_and_written_anew(tmp_path: Path) -> None:
    # PE07 has no end, so another slow-down for Japan contradicts it until it is left out.
    slow = "{id: PE07, kind: slow_down, destination: JP, share: '0.8', from: 2026-02-15, " + WHY + "}"
    found = practice(tmp_path, f"desk:\n  without: [PE07]\n  events:\n  - {slow}\n")
    assert halt(found, "PE07").share == 0.8
    assert len(found.events) == len(load_desk().events)


def test_changes_add_up_along_the_chain_and_the_nearest_value_applies(tmp_path: Path) -> None:
    write(
        tmp_path,
        "desk:\n  off: [events]\n  values: {LD001: '7', LD002: '3'}\n  without: [PE08]\n  events:\n"
        f"  - {halted('first', '2027-01-01', '2027-03-31')}\n  - {halted('second', '2027-05-01', '2027-05-31')}\n",
        "below",
    )
    body = (
        "inherits: below\ndesk:\n  off: [queue]\n  values: {LD002: '4'}\n  without: [first]\n  events:\n"
        f"  - {halted('third', '2027-02-01', '2027-03-31')}\n"
    )
    found = practice(tmp_path, body)
    assert found.off == {"events", "queue"}
    assert (value_of(found, "LD001"), value_of(found, "LD002")) == (7, 4)
    names = [event.id for event in found.events]
    assert names[-2:] == ["second", "third"]
    assert not {"first", "PE08"} & set(names)


def test_what_a_scenario_states_is_known_whatever_the_cut_off(tmp_path: Path) -> None:
    body = f"desk:\n  values: {{LD024: '0.1'}}\n  events:\n  - {halted('own-halt', '2027-01-01', '2027-03-31')}\n"
    found = practice_of(read(tmp_path, body), Day(2025, 6, 1))
    assert [event.id for event in found.events] == ["own-halt"]
    assert value_of(found, "LD024") == 0.1
    assert {row.id for row in found.rows} == {row.id for row in load_desk().known_by(Day(2025, 6, 1)).rows} | {"LD024"}


def test_all_faults_are_told_at_once_with_file_and_line(tmp_path: Path) -> None:
    body = (
        "desk:\n"  # line 4
        "  off: [queu]\n"
        "  values:\n"
        "    LD03: '1'\n"
        "    PE02: '0.4'\n"
        "    LD015: '0'\n"
        "    LD018: '1.2'\n"
        "    LD014: many\n"
        "  without: [PE77, LD002]\n"
        "  events:\n"
        "  - {id: e1, kind: halt, destination: KR, share: '1', from: 2027-01-01, to: 2026-12-31, " + WHY + "}\n"
        "  - {id: e2, kind: holt, form: magnt, destination: JPN, user: civl, share: '1.5', from: 2027-01-01, "
        + WHY
        + "}\n"
        "  - {id: e3, kind: slow_down, destination: JP, share: '1', from: 2027-01-01, to: 2027-03-31, " + WHY + "}\n"
        "  - {id: e3, kind: halt, destination: VN, share: '1', from: 2027-01-01, " + WHY + "}\n"
        "  - {id: PE03, kind: halt, destination: VN, share: '1', from: 2027-01-01, " + WHY + "}\n"
        "  general_licences:\n"
        "  - {id: g1, form: oxide, holders: [A], share: '0.3', from: 2027-01-01, months: '0'}\n"
        "  customs_holds:\n"
        "  - {id: c1, form: metal, share: '-0.3', days: '5', from: 2027-01-32}\n"
        "  - {id: c2, form: metal, share: '0.3', days: '-5', from: 2027-01-31}\n"
    )
    found = [(fault.code, fault.where.partition(":")[2]) for fault in faults(tmp_path, body)]
    assert sorted(found) == sorted(
        [
            ("DESK-NAME", "5"),
            ("DESK-NAME", "7"),
            ("DESK-NAME", "8"),
            ("DESK-CAPACITY", "9"),
            ("DESK-SHARE", "10"),
            ("VALUE", "11"),
            ("DESK-NAME", "12"),
            ("DESK-NAME", "12"),
            ("DESK-DAYS", "14"),
            ("DESK-NAME", "15"),
            ("DESK-NAME", "15"),
            ("DESK-NAME", "15"),
            ("DESK-NAME", "15"),
            ("DESK-SHARE", "15"),
            ("DESK-CONTRADICTS", "16"),
            ("SCENARIO", "17"),
            ("SCENARIO", "18"),
            ("DESK-GENERAL", "20"),
            ("DESK-GENERAL", "20"),
            ("VALUE", "22"),
            ("DESK-RANGE", "23"),
        ]
    )


@pytest.mark.parametrize(
    ("block", "nearest"),
    [
        ("off: [refusal]", "refusals"),
        ("values: {LD0003: '1'}", "LD003"),
        ("without: [PE99]", "PE01"),
        ("events: [{id: e, kind: slowdown, share: '1', from: 2027-01-01, " + WHY + "}]", "slow_down"),
        ("events: [{id: e, kind: halt, form: magnets, share: '1', from: 2027-01-01, " + WHY + "}]", "magnet"),
        ("events: [{id: e, kind: halt, user: militry, share: '1', from: 2027-01-01, " + WHY + "}]", "military"),
        ("events: [{id: e, kind: halt, destination: JPP, share: '1', from: 2027-01-01, " + WHY + "}]", "JP"),
    ],
)
def test_unknown_names_come_with_the_nearest(tmp_path: Path, block: str, nearest: str) -> None:
    (fault,) = faults(tmp_path, f"desk:\n  {block}\n")
    assert (fault.code, fault.where) == ("DESK-NAME", "own.yaml:5")
    assert nearest in fault.nearest
    assert fault.next


@pytest.mark.parametrize(
    ("block", "code"),
    [
        ("values: {LD013: '1201'}", "DESK-RANGE"),
        ("values: {LD022: '36501'}", "DESK-RANGE"),
        ("values: {LD012: '1e400'}", "DESK-RANGE"),
        ("customs_holds: [{id: c, form: metal, share: '0.3', days: '1e300', from: 2027-01-01}]", "DESK-RANGE"),
    ],
)
def test_a_value_beyond_reason_is_refused(tmp_path: Path, block: str, code: str) -> None:
    (fault,) = faults(tmp_path, f"desk:\n  {block}\n")
    assert (fault.code, fault.where) == (code, "own.yaml:5")


def test_the_id_of_an_event_is_no_figure(tmp_path: Path) -> None:
    (fault,) = faults(tmp_path, "desk: {values: {PE02: '0.5'}}\n")
    assert "PE02 is not a figure: it is the id of an event" in fault.what


def test_two_events_contradict_also_across_files(tmp_path: Path) -> None:
    write(tmp_path, f"desk:\n  events:\n  - {halted('first', '2027-01-01', '2027-03-31')}\n", "below")
    (fault,) = faults(
        tmp_path, f"inherits: below\ndesk:\n  events:\n  - {halted('second', '2027-03-31', '2027-05-31')}\n"
    )
    assert (fault.code, fault.where) == ("DESK-CONTRADICTS", "own.yaml:7")
    assert "below.yaml:6" in fault.what


@pytest.mark.parametrize("share", ["-1e-9", "1.0000001", "1e300", "nan", "inf", "half", "''"])
def test_a_share_that_is_none_is_told_with_its_line(tmp_path: Path, share: str) -> None:
    entry = "{id: e, kind: halt, destination: VN, share: " + f"'{share.strip(chr(39))}', from: 2027-01-01, {WHY}}}"
    (fault,) = (found for found in faults(tmp_path, f"desk:\n  events:\n  - {entry}\n") if found.code != "DESK-RANGE")
    assert (fault.code in ("DESK-SHARE", "VALUE"), fault.where) == (True, "own.yaml:6")


@pytest.mark.parametrize(
    "block", ["desk: queue\n", "desk: [off]\n", "desk:\n  off: queue\n", "desk:\n  values: [LD001]\n"]
)
def test_a_block_of_another_form_is_told_once(tmp_path: Path, block: str) -> None:
    (fault,) = faults(tmp_path, block)
    assert fault.code == "VALUE"


def test_an_unknown_key_of_the_block_names_the_nearest(tmp_path: Path) -> None:
    (fault,) = faults(tmp_path, "desk: {event: []}\n")
    assert fault.code == "KEY-UNKNOWN"
    assert "events" in fault.nearest


def test_elements_by_name_are_sorted_and_every_unknown_one_is_told() -> None:
    assert desk_elements(["wait", "queue", "wait"], "desk-without") == ("queue", "wait")
    with pytest.raises(CoercivityError) as caught:
        desk_elements(["waiting", "queue", "return"], "desk-without")
    assert [(fault.code, fault.nearest[0]) for fault in caught.value.faults] == [
        ("DESK-NAME", "wait"), ("DESK-NAME", "returns"),
    ]  # fmt: skip


def test_more_elements_are_switched_off_beside_those_of_the_scenario(tmp_path: Path) -> None:
    found = without_elements(read(tmp_path, "desk: {off: [wait]}\n"), ["queue", "wait"])
    assert found.desk.off == ["queue", "wait"]
    assert practice_of(without_elements(found, ELEMENTS)).off == set(ELEMENTS)


def test_the_key_of_a_run_and_the_hash_of_a_scenario_cover_the_block(tmp_path: Path) -> None:
    bodies = [
        "",
        "desk: {off: [wait]}\n",
        "desk: {off: [queue]}\n",
        "desk: {values: {LD001: '7'}}\n",
        "desk: {values: {LD001: '7.5'}}\n",
        "desk: {without: [PE08]}\n",
        f"desk:\n  events:\n  - {halted('e', '2027-01-01', '2027-03-31')}\n",
        f"desk:\n  events:\n  - {halted('e', '2027-01-01', '2027-04-30')}\n",
    ]
    book = PACKED.book()
    keys, hashes = set[str](), set[str]()
    for body in bodies:
        run = RunAsked(read(tmp_path, body), "", "lapsed")
        keys.add(RunQuestion(run, BEGIN, BEGIN + 1).key(book))
        hashes.add(scenario_hash((tmp_path / "own.yaml").as_posix()))
    assert len(keys) == len(hashes) == len(bodies)


def test_the_example_ends_a_slow_down_and_adds_general_licences() -> None:
    found = practice_of(read_scenario((ROOT / "examples" / "scenarios" / "licensing.yaml").as_posix(), capacities()))
    assert value_of(found, "LD018") == 0.1
    slow = {
        event.id: event.ends_on
        for event in found.events
        if event.kind == "slow_down" and event.scope.destination == "JP"
    }
    assert "PE07" not in slow
    assert slow["japan-slow-to-2026"] == Day(2026, 12, 31)
    assert found.general[-1].scope == Scope("magnet", "KR", "civil")


def test_the_packed_halt_withholds_every_decision_for_japan_for_three_months() -> None:
    found = practice_of(read_scenario("japan-halted", capacities()))
    held = [
        month
        for month in range(1, 7)
        if any(e.kind == "halt" and e.share == 1 and e.scope == Scope(destination="JP") and e.holds(Day(2027, month, 15)) for e in found.events)
    ]  # fmt: skip
    assert held == [1, 2, 3]
