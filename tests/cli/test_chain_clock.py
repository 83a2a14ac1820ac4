"""`clock --sign` at the command line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from cyclopts import App

from coercivity.base.errors import CoercivityError
from coercivity.cli.app import main
from coercivity.cli.commands.firm import clock
from tests.places import ROOT

NORDLICHT = ROOT / "examples" / "firms" / "nordlicht.yaml"
ASKED = ["--sign", "2026-12-07", "--arrive-by", "2027-08-02"]


def run(*words: str) -> Any:
    app = App(name="coercivity", result_action="return_value")
    app.command(clock, name="clock")
    return app(["clock", *words], exit_on_error=False, print_error=False)


def faults(*words: str) -> list[tuple[str, str]]:
    with pytest.raises(CoercivityError) as caught:
        run(*words)
    return [(fault.where, fault.what) for fault in caught.value.faults]


def read(capsys: pytest.CaptureFixture[str], *words: str) -> Any:
    assert run(*words, "--json") == 0
    return json.loads(capsys.readouterr().out)


def test_by_when_to_sign(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(str(NORDLICHT), *ASKED, "--confidence", "0.9") == 0
    out = " ".join(capsys.readouterr().out.split())
    assert "Sign by 2027-01-24" in out
    assert "90.225 %" in out
    assert "A refusal is not simulated" in out


def test_the_settings_of_the_workbook_are_enough(capsys: pytest.CaptureFixture[str]) -> None:
    assert read(capsys, str(NORDLICHT)) == read(capsys, str(NORDLICHT), *ASKED, "--confidence", "90%")


def test_several_confidences_a_chance_of_return_and_masses(capsys: pytest.CaptureFixture[str]) -> None:
    body = read(
        capsys, str(NORDLICHT), "--confidence", "0.9", "--confidence", "0.95", "--return-chance", "0.10",
        "--by-air-kg", "600", "--by-air-kg", "1240", "--draws", "1000",
    )  # fmt: skip
    assert [each["confidence"] for each in body["modes"][0]["latest"]] == ["0.9", "0.95"]
    assert body["modes"][0]["latest"][0]["sign_on"] == "2027-03-15"
    assert [row["by_air_kg"] for row in body["air"]["rows"]] == ["0", "600", "1240"]
    assert body["simulations"] == 1000


def test_a_folder_of_tables_gives_the_same_as_the_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    import yaml

    raw = yaml.safe_load(NORDLICHT.read_text(encoding="utf-8"))
    settings = [{"name": name, "value": value} for name, value in raw.pop("settings").items()]
    calendar = raw.pop("calendar")
    for name, rows in {**raw, "settings": settings}.items():
        lines = [",".join(rows[0]), *(",".join(f'"{value}"' for value in row.values()) for row in rows)]
        (tmp_path / f"{name}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    days = tmp_path / "days" / "calendar.csv"
    days.parent.mkdir()
    days.write_text("\n".join(["from,to,kind,state", *(",".join(r.values()) for r in calendar)]), encoding="utf-8")
    assert read(capsys, str(tmp_path), "--calendar", str(days)) == read(capsys, str(NORDLICHT))


def test_a_calendar_in_yaml(capsys: pytest.CaptureFixture[str]) -> None:
    """The example calendar has no make-up day on 2027-04-25, so that nothing before it changes."""
    own = ROOT / "examples" / "calendars" / "working-days-2027.yaml"
    body = read(capsys, str(NORDLICHT), "--calendar", str(own))
    assert body["paths"][0]["days"][2]["on"] == "2027-02-26"
    assert not any(day["assumed_calendar"] for path in body["paths"] for day in path["days"])


def test_every_fault_at_once(tmp_path: Path) -> None:
    """Three faults in three places, and nothing is computed."""
    text = NORDLICHT.read_text(encoding="utf-8").replace(
        "customs, unit: calendar, days: '5', probability: '0.3'",
        "customs, unit: calendar, days: '5', probability: '0.2'",
    )
    (tmp_path / "bad.yaml").write_text(text, encoding="utf-8")
    days = "from,to,kind,state\n2027-01-31,2027-01-31,off,assumed\n2027-01-31,2027-01-31,make-up,assumed\n"
    (tmp_path / "calendar.csv").write_text(days, encoding="utf-8")
    words = ["--calendar", str(tmp_path / "calendar.csv"), "--sign", "2026-12-07", "--arrive-by", "2026-11-30"]
    found = {what: where for where, what in faults(str(tmp_path / "bad.yaml"), *words)}
    assert set(found) == {
        "2027-01-31 is off and a make-up day",
        "the chances of customs add up to 0.9, not 1",
        "the day needed, 2026-11-30, is before the day of signing, 2026-12-07",
    }
    assert "calendar.csv row 2" in found["2027-01-31 is off and a make-up day"]


def test_the_usual_chain_of_a_country(capsys: pytest.CaptureFixture[str]) -> None:
    body = read(capsys, *ASKED, "--to", "DE")
    told = {each["stage"]: (each["quality"], each["source"], each["cases"]) for each in body["stages"]}
    assert told["ministry"] == ("law", "Decree 792, Article 17(1)", None)
    assert told["filing"] == ("assumed", "assumptions:AS072", 0)
    assert [each["mode"] for each in body["modes"]] == ["sea", "rail", "air"]
    assert body["exact"] is True


@pytest.mark.parametrize(
    ("words", "where"),
    [
        ([], "on"),
        ([str(ROOT / "examples" / "ev-motor")], "on"),
        ([str(ROOT / "examples" / "ev-motor" / "transactions.csv")], "on"),
        (["--to", "DE"], "sign"),
        ([*ASKED], "to"),
        ([*ASKED, "--to", "Germany"], "to"),
        ([str(NORDLICHT), "--to", "DE"], "to"),
        ([str(NORDLICHT), "--on", "2026-12-07", "--sign", "2026-12-07"], "on"),
        ([str(NORDLICHT), "--sign", "2026-12-07", "--filed", "2026-12-08"], "on"),
    ],
)
def test_words_that_do_not_fit(words: list[str], where: str) -> None:
    assert where in [place for place, _ in faults(*words)]


def test_a_chain_too_large_to_be_counted_is_simulated(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Five stages of 256 rows each are more alternatives times days than are counted exactly."""
    lines = ["stages:"]
    for stage in ("courier", "papers", "filing", "customs", "port"):
        lines += [f"- {{stage: {stage}, unit: calendar, days: '{n}', probability: '{1 / 256}'}}" for n in range(256)]
    lines += ["- {stage: sea, unit: calendar, days: '36', probability: '1'}"]
    (tmp_path / "large.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    body = read(capsys, str(tmp_path / "large.yaml"), *ASKED)
    assert body["exact"] is False
    assert body["simulations"] == 200_000


def test_a_folder_gets_pages_workbook_tables_and_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(str(NORDLICHT), "--out", str(tmp_path / "out")) == 0
    told = capsys.readouterr().out
    names = {path.name for path in (tmp_path / "out").iterdir()}
    assert {"clock.html", "clock.zh.html", "clock.xlsx", "clock.json", "latest.csv", "by_day.csv"} <= names
    assert all(name in told for name in names if not name.startswith("."))
    page = (tmp_path / "out" / "clock.html").read_text(encoding="utf-8")
    assert "Sign by 2027-01-24" in page
    assert json.loads((tmp_path / "out" / "clock.json").read_text(encoding="utf-8")) == read(capsys, str(NORDLICHT))


def test_a_calendar_parted_by_semicolons_is_told_as_that(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A spreadsheet in Germany saves CSV with semicolons."""
    path = tmp_path / "days.csv"
    path.write_text("from;to;kind;state\n2027-01-31;2027-01-31;make-up;assumed\n", encoding="utf-8")
    assert main(["clock", str(ROOT / "examples" / "firms" / "nordlicht.yaml"), "--calendar", str(path)]) == 2
    assert "its columns are parted by semicolons, not by commas" in capsys.readouterr().err


def test_stages_that_could_not_be_read_are_not_told_as_missing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "stages.csv").write_text("stage;unit;days;probability\nsea;calendar;36;1\n", encoding="utf-8")
    assert main(["clock", str(tmp_path), "--sign", "2026-12-07"]) == 2
    told = capsys.readouterr().err
    assert "semicolons" in told
    assert "there are no stages" not in told
