"""A column of any plain type is split into distinct texts and their positions; plain numbers are used as they are."""

from __future__ import annotations

import datetime as dt

import numpy as np
import polars as pl
import pytest

from coercivity.batches.stage.cells import CellMemory, coded, read_column
from coercivity.intake.cells.cell import Cell
from coercivity.intake.cells.quantities import read_quantity

A, B = dt.date(2026, 3, 2), dt.date(2026, 3, 5)


@pytest.mark.parametrize(
    ("series", "texts"),
    [
        (pl.Series(["b", "a", None, "b"]), ["b", "a", "", "b"]),
        (pl.Series(["b", "a", None, "b"], dtype=pl.Categorical), ["b", "a", "", "b"]),
        (pl.Series(["b", "a", None, "b"], dtype=pl.Enum(["a", "b", "c"])), ["b", "a", "", "b"]),
        (pl.Series(["b", "a"], dtype=pl.Enum(["a", "b"])), ["b", "a"]),
        (pl.Series([True, None, False]), ["true", "", "false"]),
        (pl.Series([B, None, A]), ["2026-03-05", "", "2026-03-02"]),
        (pl.Series([A]), ["2026-03-02"]),
        (pl.Series([None, None], dtype=pl.Date), ["", ""]),
        (pl.Series([dt.date(1, 1, 1), A]), ["0001-01-01", "2026-03-02"]),
        (pl.Series([3, None, 1, 3]), ["3", "", "1", "3"]),
        (pl.Series([], dtype=pl.String), []),
    ],
)
def test_every_type_of_column_gives_its_texts(series: pl.Series, texts: list[str]) -> None:
    codes, different = coded(series)
    assert [different[code] for code in codes] == texts
    assert codes.dtype == np.int64


def test_a_text_is_read_once() -> None:
    read = list[str]()

    def reader(text: str) -> Cell:
        read.append(text)
        return Cell(value=text)

    column = read_column("What", "material", pl.Series(["x", "y", "x", None]), CellMemory(reader))
    assert [column.cells[code].value for code in column.codes] == ["x", "y", "x", ""]
    assert sorted(read) == ["", "x", "y"]


@pytest.mark.parametrize("kind", [pl.Int64, pl.Float64])
def test_plain_numbers_are_not_read_and_odd_ones_are(kind: type[pl.DataType]) -> None:
    column = read_column("Qty", "quantity", pl.Series([12, 0, None, -3], dtype=kind), CellMemory(read_quantity))
    assert column.numbers is not None
    assert column.numbers[:2].tolist() == [12, 0]
    assert np.isnan(column.numbers[2:]).all()
    assert [column.cells[code].fault is not None for code in column.codes] == [False, False, False, True]


def test_no_quantity_is_without_an_end() -> None:
    column = read_column("Qty", "quantity", pl.Series([1.5, float("inf"), float("nan")]), CellMemory(read_quantity))
    assert column.numbers is not None
    assert column.numbers[0] == 1.5
    assert np.isnan(column.numbers[1:]).all()
    assert [column.cells[code].fault is not None for code in column.codes] == [False, True, True]
