"""What a killed run left behind is removed by the next run into the same folder."""

from __future__ import annotations

from pathlib import Path

import pytest

import coercivity
from coercivity.base.errors import CoercivityError
from coercivity.verbs.impact_runs import room_of
from tests.unit.batches.impact.drafts import MAGNETS, impact, table


def test_the_next_run_removes_what_a_killed_one_left(tmp_path: Path) -> None:
    with room_of(tmp_path / "out") as room:
        left = room
    (left / "rows").mkdir(parents=True)
    (left / "rows" / "part.parquet").write_bytes(b"half")
    deals = table(tmp_path)
    found = impact(MAGNETS, deals, out=tmp_path / "out")
    assert not left.exists()
    assert {path.name for path in tmp_path.iterdir()} == {"deals.csv", "out"}
    assert found.files["impact"].is_file()


def test_two_runs_do_not_write_to_one_folder(tmp_path: Path) -> None:
    with room_of(tmp_path / "out"), pytest.raises(CoercivityError) as error:
        coercivity.rules_impact([MAGNETS], table(tmp_path), out=tmp_path / "out", workers=1)
    assert [fault.code for fault in error.value.faults] == ["OUT-BUSY"]


def test_a_folder_that_only_looks_like_it_is_told(tmp_path: Path) -> None:
    (tmp_path / ".out.rows.part").write_text("mine")
    with pytest.raises(CoercivityError), room_of(tmp_path / "out"):
        pass
    assert (tmp_path / ".out.rows.part").read_text() == "mine"
