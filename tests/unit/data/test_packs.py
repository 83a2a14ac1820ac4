"""Packs: opened by name, identified by content, with age on a given date."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest

from coercivity.base.errors import CoercivityError
from coercivity.data.packs import list_packs, open_pack, read_pack


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    source = open_pack("practice").root
    assert isinstance(source, Path)
    return Path(shutil.copytree(source, tmp_path / "practice"))


def test_the_packs_of_this_installation() -> None:
    assert {"law", "practice", "world"} <= set(list_packs())


def test_a_wrong_pack_name_gives_the_nearest() -> None:
    with pytest.raises(CoercivityError) as caught:
        open_pack("wrold")
    assert caught.value.faults[0].nearest == ("world",)


@pytest.mark.parametrize("name", ["../world", "/etc", "", "world/.."])
def test_a_pack_name_is_a_name_and_no_path(name: str) -> None:
    with pytest.raises(CoercivityError) as caught:
        open_pack(name)
    assert caught.value.code == "PACK-UNKNOWN"


def test_age_is_counted_from_the_version_to_the_day_given() -> None:
    pack = open_pack("world")
    assert pack.age_days(pack.version_on) == 0
    assert pack.age_days(pack.version_on + dt.timedelta(days=40)) == 40
    assert pack.version == pack.version_on.isoformat()


def test_the_hash_changes_with_any_byte_or_name(copy: Path) -> None:
    before = read_pack(copy).content_hash
    assert before == read_pack(copy).content_hash == open_pack("practice").content_hash
    notes = copy / "NOTES.md"
    kept = notes.read_bytes()
    notes.write_bytes(kept + b"\n")
    assert read_pack(copy).content_hash != before
    notes.write_bytes(kept)
    assert read_pack(copy).content_hash == before
    notes.rename(copy / "NOTE.md")
    assert read_pack(copy).content_hash != before


def test_hidden_and_compiled_files_are_not_part_of_a_pack(copy: Path) -> None:
    before = read_pack(copy).content_hash
    (copy / ".swap").write_text("x")
    (copy / "__pycache__").mkdir()
    (copy / "__pycache__" / "x.pyc").write_bytes(b"x")
    assert read_pack(copy).content_hash == before


def test_the_tables_are_a_mapping_read_on_use() -> None:
    pack = open_pack("world")
    assert "prices" in pack.tables
    assert "price" not in pack.tables
    assert len(pack.tables) == len(pack.schemas)
    assert pack.tables["prices"] is pack.tables["prices"]
    with pytest.raises(CoercivityError) as caught:
        pack.table("plant")
    assert caught.value.faults[0].nearest[0] == "plants"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("name: practice\nversion: 2026-11-24\nlicence: CC-BY-4.0\n", "KEY-MISSING"),
        ("name: practice\nversion: soon\nlicence: CC-BY-4.0\nabout: x\n", "VALUE"),
        ("name: other\nversion: 2026-11-24\nlicence: CC-BY-4.0\nabout: x\n", "PACK-NAME"),
        ("- name\n", "PACK-FORM"),
    ],
)
def test_a_faulty_pack_file_is_refused(copy: Path, text: str, code: str) -> None:
    (copy / "pack.yaml").write_text(text)
    with pytest.raises(CoercivityError) as caught:
        read_pack(copy)
    assert caught.value.code == code


def test_a_folder_without_pack_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CoercivityError) as caught:
        read_pack(tmp_path)
    assert caught.value.code == "FILE-MISSING"
