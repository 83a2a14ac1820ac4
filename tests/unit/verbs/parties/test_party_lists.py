"""`rules parties`: the entries of the lists, printed and written to files."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from coercivity.base.errors import CoercivityError
from coercivity.cli.app import main
from coercivity.data.input import Content
from coercivity.verbs.law import Law
from coercivity.verbs.parties.lists import party_lists, write_party_lists


def test_every_entry_is_a_row_of_its_list() -> None:
    """The days of an ended listing are those of its notice."""
    rows = party_lists().rows
    assert {row["list"] for row in rows} == {"control_list", "watch_list", "unreliable_entity_list", "countermeasures"}
    ended = [row for row in rows if row["party_set"] == "cl-2025-13"]
    assert ended
    assert {(row["listed_on"], row["delisted_on"]) for row in ended} == {("2025-03-04", "2025-11-10")}
    assert party_lists(["watch_list"]).rows == [row for row in rows if row["list"] == "watch_list"]


def test_an_unknown_list_is_told_with_the_nearest() -> None:
    """As an error, before anything is written."""
    with pytest.raises(CoercivityError) as caught:
        party_lists(["contrl_list", "watch_list"])
    assert [(fault.code, fault.nearest[0]) for fault in caught.value.faults] == [("LIST-UNKNOWN", "control_list")]


def test_both_forms_are_read_again_by_the_program(tmp_path: Path) -> None:
    """As lists of a user, with the same parties."""
    whole = party_lists()
    parties = {row["entry_id"] for row in whole.rows}
    for format, name in (("csv", "out.csv"), ("ftm", "out.json")):
        path = tmp_path / name
        write_party_lists(path, whole, format)  # type: ignore[arg-type] # the loop loses the literals
        again = party_lists(["out"], Law(lists=(path,)))
        assert {row["entry_id"] for row in again.rows} == parties
        assert len(again.rows) == len(parties)


def test_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Text, CSV, FollowTheMoney and JSON; a file in one of the two forms, of a list of one's own too."""
    own = tmp_path / "own.csv"
    own.write_text("name,listed on\n=Example Ltd,2026-01-02\n", encoding="utf-8")
    assert main(["rules", "parties", "own", "--list", str(own)]) == 0
    assert "2026-01-02" in capsys.readouterr().out
    assert main(["rules", "parties", "own", "--list", str(own), "--format", "csv"]) == 0
    (row,) = csv.DictReader(capsys.readouterr().out.splitlines())
    assert row["name_1"] == "'=Example Ltd"
    assert main(["rules", "parties", "own", "--list", str(own), "--format", "ftm"]) == 0
    entity, sanction = map(json.loads, capsys.readouterr().out.splitlines())
    assert sanction["properties"]["entity"] == [entity["id"]]
    assert main(["rules", "parties", "control_list", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)[0]["list"] == "control_list"
    out = tmp_path / "out.json"
    assert main(["rules", "parties", "--format", "ftm", "--out", str(out)]) == 0
    assert len(out.read_text(encoding="utf-8").splitlines()) > 464
    assert main(["rules", "parties", "--out", str(out)]) == 2
    assert "--format ftm" in capsys.readouterr().err


def test_an_uploaded_list_hangs_on_the_rulebook() -> None:
    """The reader is that of every door."""
    law = Law(lists=(Content("own.csv", b"name\nExample Ltd\n"),))
    assert [row["name"] for row in party_lists(["own"], law).rows] == ["Example Ltd"]
