"""docs/architecture.md: every path exists, every walk goes one way and visits each file once."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from pathlib import Path

import pytest

from benchmarks.structure import UNTYPED, past_the_door, python_files
from tests.places import ROOT

PAGE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
PACKAGE = ROOT / "src" / "coercivity"
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]
WALKS = dict(re.findall(r"^### (.+?)\n(.+?)(?=^##|\Z)", PAGE, re.M | re.S))


def ranks(container: str) -> dict[str, int]:
    """Returns the level of each package of a container in the layer contract; the lowest is 0."""
    layers = next(c["layers"] for c in CONTRACTS if c["type"] == "layers" and c["containers"] == [container])
    return {room.strip("() "): height for height, layer in enumerate(reversed(layers)) for room in layer.split("|")} | {
        "packs": -1
    }


def height(path: str) -> tuple[int, int]:
    """Returns the level of a file: its package, then its folder where a contract orders the folders."""
    room, folder, *_ = path.split("/")
    inner = {"law", "intake", "market", "batches"}
    return ranks("coercivity")[room], ranks(f"coercivity.{room}").get(folder, 99) if room in inner else 0


def steps(walk: str) -> list[str]:
    """Returns the files of a walk in order."""
    return re.findall(r"^\d+\. `([^`]+)`", WALKS[walk], re.M)


def test_there_are_four_walks() -> None:
    assert len(WALKS) == 4
    assert all(len(steps(walk)) >= 5 for walk in WALKS)


@pytest.mark.parametrize("walk", WALKS)
def test_a_walk_meets_each_file_once_and_goes_one_way(walk: str) -> None:
    files = steps(walk)
    assert [path for path in files if not (PACKAGE / path).is_file()] == []
    assert len(set(files)) == len(files)
    heights = [height(path) for path in files]
    assert heights == sorted(heights, reverse="Down:" in WALKS[walk])


def test_every_room_of_the_contract_has_its_place_on_the_page() -> None:
    rooms = {path.name for path in PACKAGE.iterdir() if (path / "__init__.py").is_file()} - {"base", "data", "files"}
    assert [room for room in sorted(rooms) if f"`{room}/" not in PAGE] == []


def test_no_folder_is_crowded_and_few_lines_leave_a_type_open() -> None:
    """Limits of the figures of `python -m benchmarks.structure`; `verbs` has one file per command and may have more."""
    files = python_files(ROOT)
    folders = Counter(name.rpartition("/")[0] for name in files)
    assert {folder: count for folder, count in folders.items() if count > 16} == {"verbs": folders["verbs"]}
    assert sum(bool(UNTYPED.search(line)) for text in files.values() for line in text.splitlines()) < 100
    assert set(past_the_door(files).values()) == {0}


@pytest.mark.parametrize("init", sorted(PACKAGE.rglob("__init__.py")), ids=lambda path: path.parent.name)
def test_every_room_says_what_it_is_and_what_it_may_touch(init: Path) -> None:
    if init.parent == PACKAGE:
        return
    first, blank, *rest = init.read_text(encoding="utf-8").splitlines()
    assert first.startswith('"""')
    assert blank == ""
    assert "import" in rest[0]
