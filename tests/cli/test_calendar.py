"""A calendar of one's own at `decide` and `brief`: what is printed and hashed, and that no decision changes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from cyclopts import App

from coercivity.base.errors import CoercivityError
from coercivity.cases.arguments import Law
from coercivity.cli.commands.decide import decide
from coercivity.verbs.brief import brief
from tests.places import ROOT

CALENDAR = ROOT / "examples" / "calendars" / "working-days-2027.yaml"
CASE = ROOT / "examples" / "ev-motor"
MAGNET = ["act=goods", "form=magnet", "magnet_type=NdFeB", "elements=Nd;Dy", "from=CN", "to=DE"]
DEAL = [word for pair in MAGNET for word in ("--fact", pair)]


def run(*words: str) -> Any:
    """Runs `decide` as the command line reads it."""
    app = App(name="coercivity", result_action="return_value")
    app.command(decide, name="decide")
    return app(["decide", *DEAL, "--on", "2026-11-24", *words], exit_on_error=False, print_error=False)


def printed(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    (found,) = json.loads(capsys.readouterr().out)
    body: dict[str, Any] = found
    return body


@pytest.mark.parametrize("words", [("--calendar", str(CALENDAR)), ("--assume-holidays", "2027")])
def test_a_calendar_without_papers_is_refused(words: tuple[str, ...]) -> None:
    with pytest.raises(CoercivityError, match=f"{words[0]} without --papers"):
        run(*words)


def test_the_papers_name_the_calendar_and_the_decision_is_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    run("--papers", "--json")
    plain = printed(capsys)
    run("--papers", "--json", "--calendar", str(CALENDAR))
    own = printed(capsys)
    run("--papers", "--json", "--assume-holidays", "2027")
    assumed = printed(capsys)
    ends = [
        next(clock for track in found["sheet"]["law"]["tracks"] for clock in track["clocks"])
        for found in (plain, own, assumed)
    ]
    assert [end["state"] for end in ends] == ["calendar_unknown", "dated", "assumed"]
    assert ends[1]["ends_if_started_on_the_day"] == "2027-01-27"
    assert ends[2]["assumed_end"] == {"day": "2027-01-27", "earliest": "2027-01-25", "latest": "2027-01-27"}
    assert "ends_if_started_on_the_day" not in ends[2]
    assert own["sheet"]["calendar"]["adds"] == [2027]
    assert [end.get("by_calendar", {}).get("en") for end in ends] == [None, "by your calendar", None]
    for found in (plain, own, assumed):
        del found["sheet"]
    assert plain == own == assumed


def test_the_papers_say_so_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    run("--papers", "--assume-holidays", "2027")
    out = " ".join(capsys.readouterr().out.split())
    assert "2027-01-27, assumed, for planning only (2027-01-25 to 2027-01-27" in out
    assert "calendar: assumed for planning: the holidays of 2027 are not published" in out


def test_a_report_names_the_calendar_and_its_hash_covers_it(tmp_path: Path) -> None:
    plain = brief(CASE, "2026-11-24", supply=False)
    own = brief(CASE, "2026-11-24", supply=False, law=Law(calendar=CALENDAR))
    assumed = brief(CASE, "2026-11-24", supply=False, law=Law(assume_holidays=[2027]))
    assert "calendar" not in plain.report
    assert own.report["calendar"]["adds"] == [2027]
    assert len({found.report["hash"] for found in (plain, own, assumed)}) == 3
    proofs = [[row["proof"] for row in found.report["transactions"]] for found in (plain, own, assumed)]
    assert proofs[0] == proofs[1] == proofs[2]
    assert "working-days-2027.yaml" in own.annex
    assert "working-days-2027.yaml" in own.annex_zh
    assert "2027-01-27, assumed, for planning only" in assumed.annex
    assert "By your calendar." in own.annex
    assert "按您提供的日历" in own.annex_zh
    assert "y your calendar" not in assumed.annex + plain.annex
    assert any(line.startswith("! working days from your calendar") for line in own.summary)
    assert not any("calendar" in line for line in plain.summary)
