"""What a scenario assumes about the licensing desk is listed among the assumptions of its run, with its ranges."""

from __future__ import annotations

from pathlib import Path

from coercivity.market.run.licensing.added_rows import asked_rows, named_rows
from coercivity.market.run.scenarios.scenario import read_scenario
from coercivity.market.run.simulate import capacities
from coercivity.verbs.outlook import outlook

OWN = """
id: own
title: {en: t, zh: 题}
about: {en: a, zh: 说}
desk:
  values: {LD014: '1.5', LD018: '0'}
  events:
  - {id: stop, kind: halt, destination: JP, share: '1', from: 2024-01-01, to: 2024-03-31, reason: {en: because, zh: 因}}
  general_licences:
  - {id: general, form: magnet, holders: [A], customers: named, share: '0.3', from: 2024-01-01, months: '12'}
  customs_holds:
  - {id: look, form: magnet, destination: KR, share: '0.1', days: '20', from: 2024-01-01}
"""


def own(folder: Path) -> str:
    path = folder / "own.yaml"
    path.write_text(OWN, encoding="utf-8")
    return path.as_posix()


def test_what_a_scenario_states_has_its_value_and_a_range(tmp_path: Path) -> None:
    rows = {row["row"].partition(":")[2]: row for row in asked_rows(read_scenario(own(tmp_path), capacities()))}
    assert sorted(rows) == ["LD014", "LD018", "general", "look", "stop"]
    begin = rows["LD014"]
    assert (begin["row"], begin["what"]) == ("scenario/own:LD014", "decisions_begin any ALL")
    assert [begin[end] for end in ("low", "value", "high")] == ["0.05", "1.5", "1.5"]
    assert begin["reason"] == "stated by the scenario in place of 0.2"
    assert [rows["stop"][end] for end in ("low", "value", "high", "unit")] == ["1", "1", "1", "fraction"]
    assert rows["stop"]["reason"] == "stated by the scenario: because"
    assert rows["look"]["reason"] == "stated by the scenario: withheld for 20 days"
    assert rows["general"]["what"] == "general_licence magnet ALL"


def test_only_rows_of_the_scenario_are_renamed(tmp_path: Path) -> None:
    scenario = read_scenario(own(tmp_path), capacities())
    rows = ("desk_figures:LD014", "desk_figures:LD015", "practice_events:PE01", "practice_events:stop")
    assert named_rows(scenario, rows) == (
        "desk_figures:LD015",
        "practice_events:PE01",
        "scenario/own:LD014",
        "scenario/own:stop",
    )


def test_an_outlook_lists_what_its_scenario_states(tmp_path: Path) -> None:
    report = outlook(own(tmp_path), first="2024-01", last="2024-01").report
    (run,) = report["runs"]
    assert run["practice"]["added"] == ["stop", "general", "look"]
    own_names = {f"scenario/own:{name}" for name in ("LD014", "LD018", "general", "look", "stop")}
    assert own_names <= set(run["rests_on"])
    listed = {row["row"]: row for row in report["assumed"]}
    assert own_names <= listed.keys()
    assert "desk_figures:LD014" not in listed
    assert listed["desk_figures:LD015"]["value"] == "1.6"


def test_beside_another_scenario_both_values_are_listed(tmp_path: Path) -> None:
    report = outlook("no-controls", own(tmp_path), first="2024-01", last="2024-01").report
    listed = {row["row"]: row["value"] for row in report["assumed"]}
    assert (listed["desk_figures:LD014"], listed["scenario/own:LD014"]) == ("0.2", "1.5")
