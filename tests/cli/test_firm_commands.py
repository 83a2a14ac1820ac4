"""`clock` and `survive` at the command line: words of the arguments, JSON, and bad input."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
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
    assert out.count("in 80 % of simulations") == 3
    assert all(row in out for row in ("LD010", "LD014", "LD015", "LD018", "LD020"))
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


CALENDAR = ROOT / "examples" / "calendars" / "working-days-2027.yaml"


def words_of(capsys: pytest.CaptureFixture[str]) -> str:
    return " ".join(capsys.readouterr().out.split())


def test_a_term_that_runs_into_2027_has_no_date_unless_asked(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("clock", *facts(), "--on", "2026-11-24") == 0
    assert "interrupted: not calculated" in words_of(capsys)


def test_assumed_holidays_are_marked_wherever_they_are_used(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("clock", *facts(), "--on", "2026-11-24", "--assume-holidays", "2027") == 0
    out = words_of(capsys)
    assert "interrupted: 2027-01-27, assumed, for planning only (2027-01-25 to 2027-01-27, depending on" in out
    assert "assumed for planning: the holidays of 2027 are not published" in out
    assert "Monday to Friday without public holidays" not in out
    assert run("clock", *facts(), "--on", "2026-11-24", "--assume-holidays", "2027", "--json") == 0
    (found,) = json.loads(capsys.readouterr().out)
    (end,) = found["ends"]["law"]
    assert end["assumed_end"] == {"day": "2027-01-27", "earliest": "2027-01-25", "latest": "2027-01-27"}
    assert "latest_without_a_stop" not in end
    assert (end["state"], found["ends"]["drawn"]["assumed_holidays"]) == ("assumed", [2027])
    assert found["calendar"]["assumed"] == [2027]


def test_a_year_that_is_assumed_and_not_reached_changes_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("clock", *facts(), "--on", "2025-03-03", "--json") == 0
    plain = json.loads(capsys.readouterr().out)
    assert run("clock", *facts(), "--on", "2025-03-03", "--assume-holidays", "2027", "--json") == 0
    (found,) = json.loads(capsys.readouterr().out)
    assert found.pop("calendar")["assumed"] == [2027]
    assert [found] == plain


def test_a_calendar_of_ones_own_is_named_with_its_hash(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("clock", *facts(), "--on", "2026-11-24", "--calendar", str(CALENDAR)) == 0
    out = words_of(capsys)
    assert "interrupted: 2027-01-27; by your calendar =" in out
    assert "working days from your calendar working-days-2027.yaml (SHA-256 " in out
    assert "not checked by us; it adds 2027" in out
    assert run("clock", *facts(), "--on", "2026-11-24", "--calendar", str(CALENDAR), "--json") == 0
    (found,) = json.loads(capsys.readouterr().out)
    digest = hashlib.sha256(CALENDAR.read_bytes()).hexdigest()
    assert {name: found["calendar"][name] for name in ("file", "hash", "adds", "replaces")} == {
        "file": "working-days-2027.yaml",
        "hash": digest,
        "adds": [2027],
        "replaces": [],
    }


def test_a_published_year_may_be_replaced_and_the_result_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own = tmp_path / "own.yaml"
    own.write_text(CALENDAR.read_text(encoding="utf-8").replace("2027", "2026"), encoding="utf-8")
    with pytest.raises(CoercivityError) as caught:  # the make-up days of 2027 are weekdays in 2026
        run("clock", *facts(), "--on", "2026-03-02", "--calendar", str(own))
    assert {fault.code for fault in caught.value.faults} == {"CALENDAR"}
    text = "year: '2026'\nholidays:\n- {name: {en: A}, from: '2026-05-01', to: '2026-05-01'}\n"
    own.write_text(text, encoding="utf-8")
    assert run("clock", *facts(), "--on", "2026-03-02", "--calendar", str(own)) == 0
    out = words_of(capsys)
    assert "interrupted: 2026-05-05" in out  # 22 days in March from the 3rd, 22 in April, then the 4th and the 5th
    assert "it replaces the published working days of 2026" in out
    assert (
        "in your calendar of 2026, make-up days deducted: 1; by law: 13; check whether the calendar is complete" in out
    )
