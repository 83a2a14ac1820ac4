from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import duckdb
import polars as pl
import pytest

from coercivity.base.errors import CoercivityError
from coercivity.files.table import open_table

FRAME = pl.DataFrame(
    {
        "id": [f"R{i}" for i in range(1000)],
        "mass_kg": [None if i % 9 == 0 else i / 8 for i in range(1000)],
        "on": [date(2026, 1, 1 + i % 28) for i in range(1000)],
        "n": range(1000),
    }
)
WRITERS: dict[str, Callable[[Path], object]] = {
    "zstd.parquet": lambda path: FRAME.write_parquet(path, row_group_size=100, data_page_size=200),
    "snappy.parquet": lambda path: FRAME.write_parquet(path, compression="snappy"),
    "bare.parquet": lambda path: FRAME.write_parquet(
        path, compression="uncompressed", statistics=False, row_group_size=333
    ),
    "file.arrow": lambda path: FRAME.write_ipc(path, record_batch_size=100),
    "packed.feather": lambda path: FRAME.write_ipc(path, compression="lz4"),
    "stream.arrow": FRAME.write_ipc_stream,
}


@pytest.mark.parametrize("name", WRITERS)
@pytest.mark.parametrize(("size", "first"), [(1000, 1), (300, 1), (7, 990), (250, 333)])
def test_chunks_in_native_types_begin_anywhere(name: str, size: int, first: int, tmp_path: Path) -> None:
    path = tmp_path / name
    WRITERS[name](path)
    opened = open_table(path)
    assert (opened.columns, opened.rows) == (tuple(FRAME.columns), 1000)
    chunks = list(opened.chunks(size, first=first))
    assert pl.concat([chunk.frame for chunk in chunks]).equals(FRAME.slice(first - 1))
    assert [chunk.first for chunk in chunks] == list(range(first, 1001, size))
    assert all(chunk.lines is None for chunk in chunks)


def test_only_the_columns_asked_for_are_read(tmp_path: Path) -> None:
    path = tmp_path / "rows.parquet"
    FRAME.write_parquet(path)
    (chunk,) = open_table(path).chunks(2000, columns=["n", "id"])
    assert chunk.frame.columns == ["id", "n"]


def test_a_file_of_another_writer_is_read(tmp_path: Path) -> None:
    path = tmp_path / "rows.parquet"
    duckdb.sql(f"copy (select i as n, 'R' || i as id from range(300000) t(i)) to '{path}' (format parquet)")
    chunks = list(open_table(path).chunks(100_000))
    assert [chunk.frame["n"][0] for chunk in chunks] == [0, 100_000, 200_000]


def test_a_nested_column_is_refused_only_where_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "rows.parquet"
    FRAME.with_columns(pairs=pl.concat_list("id", "id"), record=pl.struct("id", "n")).write_parquet(path)
    opened = open_table(path)
    assert opened.nested == ("pairs", "record")
    with pytest.raises(CoercivityError) as caught:
        opened.chunks(10)
    assert [fault.code for fault in caught.value.faults] == ["TABLE-NESTED", "TABLE-NESTED"]
    assert sum(chunk.frame.height for chunk in opened.chunks(100, columns=["id", "n"])) == 1000


def test_a_page_that_claims_too_many_values_is_refused_and_the_process_lives(tmp_path: Path) -> None:
    path = tmp_path / "rows.parquet"
    FRAME.head(50).write_parquet(path, compression="uncompressed", row_group_size=10)
    data = path.read_bytes()
    refused = 0
    for at in range(4, 250):
        path.write_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])
        try:
            list(open_table(path).chunks(100))
        except CoercivityError as error:
            refused += "is invalid" in str(error)
    assert refused > 3


def test_a_list_without_end_in_a_page_header_is_refused_at_once(tmp_path: Path) -> None:
    path = tmp_path / "rows.parquet"
    FRAME.head(50).write_parquet(path, compression="uncompressed")
    data = path.read_bytes()
    endless = b"\x19\xf7" + b"\xff" * 8 + b"\x7f"  # a list of 2 ** 63 - 1 numbers of 8 bytes
    path.write_bytes(data[:4] + endless + data[4 + len(endless) :])
    with pytest.raises(CoercivityError, match="is invalid"):
        list(open_table(path).chunks(100))
