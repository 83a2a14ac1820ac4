"""`data export`: the package of all tables as frictionless sees it, which shares no code with the program."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import frictionless
import pytest
from frictionless import system

from coercivity.base.errors import CoercivityError
from coercivity.cli.app import main
from coercivity.verbs.data import data_list, data_show
from coercivity.verbs.data_export import PACKAGE_FILE, data_export


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("package") / "made" / "here"
    data_export(path)
    return path


@pytest.fixture(scope="module")
def package(folder: Path) -> dict[str, Any]:
    return dict(json.loads((folder / PACKAGE_FILE).read_text(encoding="utf-8")))


def fields(package: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for resource in package["resources"]:
        for field in resource["schema"]["fields"]:
            yield resource["name"], field


def validated(folder: Path) -> Any:
    with system.use_context(trusted=True):  # the path of a test is absolute
        return frictionless.validate(str(folder / PACKAGE_FILE))


def test_frictionless_finds_no_error(folder: Path) -> None:
    report = validated(folder)
    assert report.flatten(["code", "message"]) == []
    assert report.valid
    assert len(report.tasks) == len(data_list())
    assert sum(task.stats.get("rows", 0) for task in report.tasks) == sum(entry.rows for entry in data_list())


@pytest.mark.parametrize(
    ("table", "column", "text", "kind"),
    [
        ("practice/desk_figures", "source_id", "S9999", "foreign-key"),
        ("practice/desk_figures", "value", "many", "type-error"),
        ("practice/customs_holds", "id", "", "primary-key"),
        ("law/parties", "source_id", "", "constraint-error"),
    ],
)
def test_frictionless_finds_a_cell_that_was_changed(
    folder: Path, tmp_path: Path, table: str, column: str, text: str, kind: str
) -> None:
    """So that no error above means something."""
    data_export(tmp_path, packs=[table.split("/", maxsplit=1)[0]])
    path = tmp_path / f"{table}.csv"
    rows = list(csv.reader(path.read_text(encoding="utf-8").splitlines()))
    rows[1][rows[0].index(column)] = text
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)
    found = {error for _, error in validated(tmp_path).flatten(["name", "type"])}
    assert kind in found, found


def test_every_table_has_titles_source_licence_and_key(package: dict[str, Any]) -> None:
    entries = {(entry.pack, entry.table): entry for entry in data_list()}
    assert len(package["resources"]) == len(entries)
    for resource in package["resources"]:
        pack, table = resource["path"].removesuffix(".csv").split("/")
        entry = entries[pack, table]
        assert resource["title"] == entry.title
        assert any("\u4e00" <= sign <= "\u9fff" for sign in resource["title_zh"])
        assert resource["schema"].get("primaryKey", []) == list(entry.key)
        assert resource["licenses"][0]["name"] == "CC-BY-4.0"
    prices = next(resource for resource in package["resources"] if resource["name"] == "world-prices")
    assert any(source["title"].startswith("S0352 ") and source["path"] for source in prices["sources"])


def test_every_column_has_its_meaning_and_its_chinese_name(package: dict[str, Any]) -> None:
    told = list(fields(package))
    assert all(field["description"] for _, field in told)
    assert [name for name, field in told if not any("\u4e00" <= sign <= "\u9fff" for sign in field["title_zh"])] == []


def test_units_are_those_of_the_packs(package: dict[str, Any]) -> None:
    told = {(name, field["name"]): field for name, field in fields(package)}
    assert told["world-prices", "price_usd_per_kg"]["unit"] == "USD/kg"
    assert told["world-assumptions", "value"]["unit_field"] == "unit"
    units = {field["unit"] for field in told.values() if "unit" in field}
    assert units <= {row["unit"] for row in data_show("world/units", limit=None).rows} | {
        "1",
        "day",
        "days",
        "fraction",
    }


def test_the_same_packs_give_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    for path in data_export(tmp_path):
        assert path.read_bytes() == (folder / path.relative_to(tmp_path)).read_bytes()


def test_the_command_says_what_it_wrote(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["data", "export", str(tmp_path / "out")]) == 0
    written = (tmp_path / "out" / PACKAGE_FILE).as_posix()
    assert capsys.readouterr().out == f"written: {written}\n{len(data_list())} tables written\n"
    assert main(["data", "export", str(tmp_path / "out"), "--lang", "zh"]) == 0
    assert f"已写入{len(data_list())}张表" in capsys.readouterr().out


def test_a_file_in_the_place_of_the_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("mine")
    with pytest.raises(CoercivityError) as caught:
        data_export(tmp_path / "out")
    assert caught.value.code == "OUT"
    assert (tmp_path / "out").read_text() == "mine"
