"""Contracts of the data set: what a row of `contract_terms` needs, and how its months are read."""

from __future__ import annotations

import csv
import datetime as dt
import shutil
from pathlib import Path

import pytest

from coercivity.base.months import parse_month
from coercivity.data.check import check_pack
from coercivity.data.packs import read_pack
from coercivity.market.inputs.figures import Figures, Row
from coercivity.market.run.contracts.contract import packed_contract
from coercivity.market.run.scenarios.scenario import scenario_folder

TABLE, LIVES = "contract_terms.csv", "lifetimes.csv"
ON = dt.date(2026, 11, 28)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copytree(scenario_folder().parent, tmp_path_factory.mktemp("packs") / "world"))


def told(world: Path, table: str, key: str, **cells: str) -> set[tuple[str, str]]:
    """Returns codes and columns of the faults after a change of one row."""
    whole = (world / table).read_text(encoding="utf-8")
    names, *rows = csv.reader(whole.splitlines())
    for row in rows:
        if row[0] == key:
            for name, text in cells.items():
                row[names.index(name)] = text
    try:
        with (world / table).open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows([names, *rows])
        report = check_pack(read_pack(world), ON)
    finally:
        (world / table).write_text(whole, encoding="utf-8")
    return {
        (fault.code, names[int(fault.where.rsplit(":", 1)[1]) - 1])
        for fault in report.faults
        if fault.where.startswith(f"world/{table}:")
    }


@pytest.mark.parametrize(
    "column", ["from_region", "to_region", "goods", "quantity", "unit", "first", "index", "refusal"]
)
def test_a_contract_in_the_model_states_its_terms(world: Path, column: str) -> None:
    assert told(world, TABLE, "C001", **{column: ""}) == {("PACK-NEED", column)}


def test_a_contract_that_is_left_out_says_why(world: Path) -> None:
    assert told(world, TABLE, "C003", why_not="") == {("PACK-NEED", "why_not")}


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"floor": "120", "cap": "100"}, "floor"),
        ({"first": "2025-12", "last": "2025-11"}, "first"),
        ({"first": "2026-H1", "last": "2025"}, "first"),
    ],
)
def test_prices_and_months_are_in_order(world: Path, cells: dict[str, str], column: str) -> None:
    assert told(world, TABLE, "C001", **cells) == {("PACK-ORDER", column)}


@pytest.mark.parametrize("cells", [{"shape": "0"}, {"scale_years": "0"}, {"shape": ""}, {"scale_years": ""}])
def test_a_lifetime_has_a_shape_and_a_scale_above_zero(world: Path, cells: dict[str, str]) -> None:
    (column,) = cells
    assert {name for _, name in told(world, LIVES, "L001", **cells)} == {column}


class Halves(Figures):
    """The data set with half-years where a contract has months."""

    def row(self, table: str, key: str) -> Row:
        changed = {"contracts": {"period": "2025-H2"}, "contract_terms": {"first": "2026", "last": "2027-H1"}}
        return {**super().row(table, key), **changed.get(table, {})}


def test_months_of_a_contract_may_be_periods() -> None:
    found = packed_contract(Halves(), "C001")
    wanted = [parse_month(text) for text in ("2025-07", "2026-01", "2027-06")]
    assert [found.published, found.first, found.last] == wanted
