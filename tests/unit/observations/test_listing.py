"""The command that lists the observations."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from coercivity.base.days import Day
from coercivity.base.errors import CoercivityError
from coercivity.cli.app import main
from coercivity.verbs.observations import data_observations, observations_of
from tests.places import ROOT

OWN = ROOT / "examples/observations/own.csv"


def test_rows_are_as_known_on_a_day(capsys: pytest.CaptureFixture[str]) -> None:
    """The customs figure of September 2025 was published on 20 October."""
    asked = ["data", "observations", "--series", "magnets cn>world", "--format", "json", "--known"]
    ids = []
    for day in ("2025-10-19", "2025-10-20"):
        assert main([*asked, day]) == 0
        ids.append({row["id"] for row in json.loads(capsys.readouterr().out)["rows"]})
    assert ids[1] - ids[0] == {"B054", "B063"}


def test_csv_has_every_column_and_a_figure_or_a_reason(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["data", "observations", "--format", "csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert len(rows) == 897
    assert all(bool(row["figure"]) != bool(row["why_not"]) for row in rows)
    assert {row["figure"] for row in rows if row["series"] == "Dy DyFe alloy China domestic"} == {
        "quote met_Dy:CN x 0.8"
    }


def test_text_is_in_the_language_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["data", "observations", "--series", "rare-earth products", "--lang", "zh"]) == 0
    told = capsys.readouterr().out.splitlines()
    assert told[0].endswith("口径不同：某通讯社的产品组")
    assert told[1] == "共1行，其中0行可与模型数值对比"


def test_a_row_of_a_file_is_listed_and_the_one_it_replaces_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["data", "observations", "--observations", str(OWN), "--series", "magnets CN>World"]) == 0
    told = capsys.readouterr().out
    assert f"B063 is replaced by OWN1 of {OWN.as_posix()}" in told
    assert not [line for line in told.splitlines() if line.startswith("B063 ") and "2025-09-01" in line]


def test_unused_rows_give_their_reason() -> None:
    found = data_observations(unused=True)
    assert len(found.entries) == 984
    assert all(entry["why_not"] and not entry["figure"] for entry in found.entries if not entry["use"])


def test_bad_input_is_told_and_exits_with_2(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["data", "observations", "--known", "2025-02-30"]) == 2
    assert "--known" in capsys.readouterr().err
    assert main(["data", "observations", "--observations", str(tmp_path / "none.csv")]) == 2
    assert "FILE-MISSING" in capsys.readouterr().err


def test_verbs_take_text_and_days_alike() -> None:
    assert observations_of("2025-06-30") == observations_of(Day(2025, 6, 30))
    with pytest.raises(CoercivityError):
        observations_of("June")
