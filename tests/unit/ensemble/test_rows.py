"""Rows with a range: each is drawn or says why not, and faults of the tables are named."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from coercivity.base.errors import CoercivityError
from coercivity.data.cells import Cell
from coercivity.data.packs import Pack, open_pack
from coercivity.data.tables import Table
from coercivity.ensemble.draw import figures_at, point_of
from coercivity.ensemble.rows import RangedRow, drawn_rows, ranged_rows, read_rows
from coercivity.market.base_year.priors import read_priors
from coercivity.market.base_year.recipes import model_recipes
from coercivity.market.inputs.coefficients import Coefficients
from coercivity.market.inputs.figures import Figures
from coercivity.market.run.world import load_world


class Changed(Pack):
    """The market data set with one table changed."""

    def __init__(self, name: str, change: Callable[[Table], Table]) -> None:
        pack = open_pack("world")
        super().__init__(pack.name, pack.root, pack.version_on, pack.licence, pack.about)
        object.__setattr__(self, "changed", (name, change(pack.table(name))))

    changed: tuple[str, Table]

    def table(self, name: str) -> Table:
        return self.changed[1] if name == self.changed[0] else open_pack("world").table(name)


def cells_changed(table: Table, key: str, **cells: Cell) -> Table:
    """A table with other cells in the row whose first two cells are the key, or in that of the first cell."""
    texts, rows = [], []
    for text, row in zip(table.texts, table.cells, strict=True):
        hit = key in (text[0], f"{text[0]}:{text[1]}")
        now = {table.schema.names.index(name): value for name, value in cells.items()} if hit else {}
        texts.append(tuple(str(now[at] or "") if at in now else old for at, old in enumerate(text)))
        rows.append(tuple(now.get(at, old) for at, old in enumerate(row)))
    return replace(table, texts=tuple(texts), cells=tuple(rows), _index={})


def without(table: Table, key: str) -> Table:
    keep = [at for at, text in enumerate(table.texts) if f"{text[0]}:{text[1]}" != key]
    return replace(
        table,
        texts=tuple(table.texts[at] for at in keep),
        cells=tuple(table.cells[at] for at in keep),
        lines=tuple(table.lines[at] for at in keep),
        _index={},
    )


def fault(table: str, change: Callable[[Table], Table]) -> tuple[str, str]:
    with pytest.raises(CoercivityError) as caught:
        read_rows(Changed(table, change), open_pack("practice"))
    (found,) = caught.value.faults
    return found.code, found.what


def test_a_row_that_is_not_listed_is_a_fault() -> None:
    code, what = fault("draws", lambda t: without(t, "assumptions:AS226"))
    assert (code, "assumptions:AS226" in what) == ("DRAWS-ROWS", True)


def test_a_range_upside_down_is_a_fault() -> None:
    code, what = fault("assumptions", lambda t: cells_changed(t, "AS006", low=0.9, high=0.35))
    assert (code, "upside down" in what) == ("DRAWS-RANGE", True)


def test_a_value_outside_its_range_is_a_fault() -> None:
    code, what = fault("assumptions", lambda t: cells_changed(t, "AS226", value=0.9))
    assert (code, "does not lie between" in what) == ("DRAWS-RANGE", True)


def test_a_dimension_of_two_rows_is_a_fault() -> None:
    code, what = fault("draws", lambda t: cells_changed(t, "assumptions:AS226", dimension=43))
    assert (code, "dimension 43" in what) == ("DRAWS-ROWS", True)


def test_a_row_cannot_follow_one_without_a_coordinate() -> None:
    change: dict[str, Cell] = {"with": "assumptions:AS252"}
    code, what = fault("draws", lambda t: cells_changed(t, "assumptions:AS251", **change))
    assert (code, "takes the coordinate" in what) == ("DRAWS-ROWS", True)


@pytest.mark.parametrize(
    ("row", "named"), [("assumptions:AS226", "new"), ("base_year:BY287", "class_share ev_traction")]
)
def test_a_sum_of_one_row_or_of_one_that_is_not_drawn_is_a_fault(row: str, named: str) -> None:
    """A row that adds up alone is scaled back to its value, and would never change."""
    change: dict[str, Cell] = {"sum": named}
    code, what = fault("draws", lambda t: cells_changed(t, row, **change))
    assert (code, "add up" in what) == ("DRAWS-ROWS", True)


def test_a_range_of_equal_ends_in_other_words_is_none() -> None:
    """`0.5` and `0.50` are one number; a distribution between them would divide by zero."""
    code, what = fault("assumptions", lambda t: cells_changed(t, "AS226", low="0.5", high="0.50"))
    assert (code, "has no range" in what) == ("DRAWS-ROWS", True)


def test_a_drawn_range_upside_down_is_told_once() -> None:
    code, what = fault("assumptions", lambda t: cells_changed(t, "AS226", low=0.9, high=0.1))
    assert (code, "upside down" in what) == ("DRAWS-RANGE", True)


@pytest.mark.parametrize("leader", ["assumptions:AS226", "assumptions:AS999"])
def test_a_row_follows_neither_itself_nor_one_that_is_missing(leader: str) -> None:
    change: dict[str, Cell] = {"with": leader, "dimension": None}
    code, what = fault("draws", lambda t: cells_changed(t, "assumptions:AS226", **change))
    assert (code, "takes the coordinate" in what) == ("DRAWS-ROWS", True)


def test_a_row_neither_drawn_nor_explained_is_a_fault() -> None:
    code, what = fault("draws", lambda t: cells_changed(t, "assumptions:AS006", reason=None))
    assert (code, "any other row a reason" in what) == ("DRAWS-ROWS", True)


def test_the_base_year_reads_the_drawn_rows_of_it_and_no_others() -> None:
    """A row behind a flow or a sum is named in its trail; what is not drawn is in none, but for a share of one."""
    pack = open_pack("world")
    recipes = model_recipes(Coefficients(Figures(pack)), pack.tables)
    priors = read_priors(pack.tables, recipes)
    trails = [p.derived_from for p in priors.flows.values() if p.read] + [s.derived_from for s in priors.sums]
    read = {name for trail in trails for name in re.findall(r"base_year:\w+", trail)}
    ranged = {row.name: row for row in ranged_rows() if row.table == "base_year"}
    contents = {name for name, row in ranged.items() if "grade_content" in row.what}
    assert {name for name, row in ranged.items() if row.drawn} - contents <= read
    assert {name for name, row in ranged.items() if not row.drawn} & read <= {"base_year:BY287"}


def test_no_row_that_the_market_of_the_base_year_reads_is_listed_as_unread() -> None:
    figures = load_world(qualified=True, recycling=True).figures
    unread = {row.name for row in ranged_rows() if row.reason.startswith("no run reads it")}
    assert not unread & figures.taken - {"assumptions:AS259"}


def rows_by_name() -> dict[str, RangedRow]:
    return {row.name: row for row in drawn_rows()}


@pytest.mark.parametrize("point", range(0, 64, 4))
def test_drawn_figures_keep_their_order_and_add_up(point: int) -> None:
    found, rows = figures_at(point_of(0, point)), rows_by_name()
    for names in (
        ("AS250", "AS251", "AS252", "AS253"),
        ("AS254", "AS255", "AS256", "AS257"),
        ("AS223", "AS222"),
    ):
        values = [found[f"assumptions:{name}"] for name in names]
        assert values == sorted(values)
    assert found["base_year:BY248"] < found["base_year:BY252"]
    assert found["base_year:BY249"] < found["base_year:BY253"]
    sums: dict[str, float] = {}
    for name, row in rows.items():
        if row.adds_up:
            sums[row.adds_up] = sums.get(row.adds_up, 0.0) + found[name]
        elif row.distribution == "triangular":
            assert row.low <= found[name] <= row.high, name
        if row.low >= 0 and row.distribution == "normal":
            assert found[name] > 0, name
    assert sums
    assert all(whole == pytest.approx(1.0, abs=1e-6) for whole in sums.values())
