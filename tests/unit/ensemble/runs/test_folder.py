"""A folder of draws: refused if it is of anything else, with every difference; a damaged draw is told and made again."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from coercivity.base.errors import CoercivityError
from coercivity.base.json_types import Json
from coercivity.ensemble.runs.folder import MANIFEST, DrawsFolder, differences
from tests.unit.ensemble.runs.made_up import key

OURS: dict[str, Json] = {"packs": {"world": "aa", "law": "bb"}, "runs": [{"id": "x"}], "points": 4, "known": None}
NAMES = {key(0): "1-x-00000", key(1): "1-x-00001"}


def test_a_draw_put_into_a_folder_is_there_for_the_next_and_on_another_computer(tmp_path: Path) -> None:
    DrawsFolder(tmp_path / "a", OURS, NAMES).put(key(0), b"draw")
    (tmp_path / "a").rename(tmp_path / "b")
    again = DrawsFolder(tmp_path / "b", OURS, NAMES)
    assert (again.get(key(0)), again.get(key(1))) == (b"draw", None)
    assert sorted(path.name for path in (tmp_path / "b").iterdir()) == ["1-x-00000.draw", MANIFEST]


def test_a_folder_of_something_else_is_refused_with_every_difference(tmp_path: Path) -> None:
    DrawsFolder(tmp_path, OURS, NAMES)
    other: dict[str, Json] = {
        "packs": {"world": "cc", "law": "bb"},
        "runs": [{"id": "x"}, {"id": "y"}],
        "points": 4,
        "known": "2026-01-01",
    }
    before = (tmp_path / MANIFEST).read_bytes()
    with pytest.raises(CoercivityError) as caught:
        DrawsFolder(tmp_path, other, NAMES)
    assert [fault.code for fault in caught.value.faults] == ["DRAWS-FOLDER"] * 3
    assert [fault.what for fault in caught.value.faults] == [
        "known is nothing there and 2026-01-01 here",
        "packs.world is aa there and cc here",
        "runs.2.id is nothing there and y here",
    ]
    assert (tmp_path / MANIFEST).read_bytes() == before


def test_a_folder_may_grow(tmp_path: Path) -> None:
    """The points of a smaller design are the first of a larger one: 4, then 16, then 4 again."""
    for points in (4, 16, 4):
        DrawsFolder(tmp_path, {**OURS, "points": points}, NAMES)
    assert json.loads((tmp_path / MANIFEST).read_text())["points"] == 16
    assert differences({**OURS, "points": 4}, {**OURS, "points": 16}) == []


@pytest.mark.parametrize("held", [b'{"packs": {"wor', b"", b"[1]", b"\xff\xfe", b"[" * 100_000])
def test_a_manifest_that_is_cut_off_is_told_with_what_to_do(tmp_path: Path, held: bytes) -> None:
    (tmp_path / MANIFEST).write_bytes(held)
    with pytest.raises(CoercivityError, match="DRAWS-FOLDER") as caught:
        DrawsFolder(tmp_path, OURS, NAMES)
    assert "remove this file" in caught.value.faults[0].next


def test_a_file_in_place_of_the_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(CoercivityError, match="DRAWS-FOLDER: it is a file"):
        DrawsFolder(tmp_path / "file", OURS, NAMES)


@pytest.mark.parametrize("name", ["file/under", "x" * 300, "x" * 5000])
def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(CoercivityError, match="DRAWS-FOLDER: cannot be written") as caught:
        DrawsFolder(tmp_path / name, OURS, NAMES)
    assert "--draws-folder" in caught.value.faults[0].next


def test_a_pipe_in_place_of_a_draw_or_of_the_manifest_is_told_and_not_waited_for(tmp_path: Path) -> None:
    folder = DrawsFolder(tmp_path, OURS, NAMES)
    os.mkfifo(tmp_path / "1-x-00000.draw")
    assert folder.get(key(0)) is None
    assert "not a regular file" in folder.notices[0].what
    (tmp_path / MANIFEST).unlink()
    os.mkfifo(tmp_path / MANIFEST)
    with pytest.raises(CoercivityError, match="not a regular file"):
        DrawsFolder(tmp_path, OURS, NAMES)


def test_a_full_disk_is_told_and_leaves_no_draft(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = DrawsFolder(tmp_path, OURS, NAMES)

    def full(draft: str, path: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.replace", full)
    with pytest.raises(CoercivityError, match="DRAWS-FOLDER: cannot be written: No space left"):
        folder.put(key(0), b"draw")
    assert [path.name for path in tmp_path.iterdir()] == [MANIFEST]


@pytest.mark.parametrize("damage", ["cut", "flipped", "renamed", "empty"])
def test_a_damaged_draw_is_told_and_made_again(tmp_path: Path, damage: str) -> None:
    folder = DrawsFolder(tmp_path, OURS, NAMES)
    folder.put(key(0), b"a draw of some length")
    folder.put(key(1), b"another draw")
    path = tmp_path / "1-x-00000.draw"
    held = path.read_bytes()
    changed = {
        "cut": held[:-3],
        "flipped": held[:-1] + bytes([held[-1] ^ 1]),
        "renamed": (tmp_path / "1-x-00001.draw").read_bytes(),
        "empty": b"",
    }
    path.write_bytes(changed[damage])
    assert folder.get(key(0)) is None
    assert folder.get(key(0)) is None
    (notice,) = folder.notices
    assert (notice.code, notice.where) == ("DRAWS-FOLDER", path.as_posix())
    folder.put(key(0), b"a draw of some length")
    assert path.read_bytes() == held
