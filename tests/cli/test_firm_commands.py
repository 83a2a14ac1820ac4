"""`clock` and `survive` at the command line: words of the arguments, JSON, and bad input."""

from __future__ import annotations

import json
from typing import Any

import pytest
from cyclopts import App

from coercivity.base.errors import CoercivityError
from coercivity.cli.commands.firm import clock, survive
from tests.places import ROOT

EXAMPLE = ROOT / "examples" / "ev-motor"
MAGNET = ["act=goods", "form=magnet", "magnet_type=NdFeB", "elements=Nd;Dy", "from=CN", "to=DE"]


def run(*words: str) -> Any:
    """Runs one command as the command line reads it."""
    app = App(name="coercivity", result_action="return_value")
    app.command(clock, name="clock")
    app.command(survive, name="survive")
    return app(list(words), exit_on_error=False, print_error=False)


def facts() -> list[str]:
    return [word for pair in MAGNET for word in ("--fact", pair)]


def test_a_clock_of_one_deal(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("clock", *facts(), "--on", "2026-03-02") == 0
    out = capsys.readouterr().out
    assert "decision due, if accepted on 2026-03-02 and the period is not interrupted: 2026-05-08" in " ".join(
        out.split()
    )
    assert out.count("in 80 % of simulations") == 2
    assert "75th" not in out


def test_more_quantiles_are_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("clock", *facts(), "--on", "2026-03-02", "--percentile") == 0
    assert "75th" in capsys.readouterr().out


def test_a_clock_as_json_keeps_the_three_ends_apart(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("clock", *facts(), "--on", "2026-03-02", "--filed", "2026-01-12", "--json") == 0
    (found,) = json.loads(capsys.readouterr().out)
    assert found["filed_on"] == "2026-01-12"
    assert found["ends"]["law"][0]["if_started_on"] == "2026-01-12"
    assert {entry["group"] for entry in found["ends"]["practice"]} >= {"processing"}
    assert 0 < found["ends"]["drawn"]["kept"] < found["ends"]["drawn"]["draws"]


def test_clocks_of_a_case_folder_are_one_a_row(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("clock", str(EXAMPLE), "--on", "2026-11-24", "--json") == 0
    found = json.loads(capsys.readouterr().out)
    assert [entry["id"] for entry in found] == [f"t{number:02d}" for number in range(1, 13)]
    states = {entry["id"]: entry["state"] for entry in found}
    assert (states["t01"], states["t05"]) == ("runs", "open")


def test_facts_beside_a_file_and_bad_days_are_refused() -> None:
    with pytest.raises(CoercivityError) as caught:
        run("clock", str(EXAMPLE), *facts(), "--on", "2026-11-24")
    assert caught.value.code == "FACT-FILE"
    with pytest.raises(CoercivityError) as caught:
        run("clock", *facts(), "--on", "2026-02-30", "--filed", "soon")
    assert [fault.code for fault in caught.value.faults] == ["DATE", "DATE"]


def test_survival_as_json_and_as_text(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("survive", str(EXAMPLE), "--on", "2026-11-24", "--json") == 0
    body = json.loads(capsys.readouterr().out)
    assert [item["id"] for item in body["items"]] == ["magnet-sh", "magnet-uh", "magnet-n"]
    assert run("survive", str(EXAMPLE), "--on", "2026-11-24") == 0
    out = capsys.readouterr().out
    for item in body["items"]:
        for reach in item["reaches"]:
            if reach["stop_on"]:
                assert f"{reach['days']} days, line stop on {reach['stop_on']}" in out


def test_a_branch_picked_changes_no_flow_that_it_does_not_touch(capsys: pytest.CaptureFixture[str]) -> None:
    """18/2025 was never paused: with 61 and 62 lapsed the magnets need the same licence."""
    run("survive", str(EXAMPLE), "--on", "2026-11-24", "--json")
    plain = json.loads(capsys.readouterr().out)
    run("survive", str(EXAMPLE), "--on", "2026-11-24", "--assume", "lapsed", "--json")
    lapsed = json.loads(capsys.readouterr().out)
    assert [item["reaches"] for item in plain["items"]] == [item["reaches"] for item in lapsed["items"]]
