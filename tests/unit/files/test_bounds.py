"""A small file that decompresses to gigabytes is rejected in advance by every reader; a large genuine one is read."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from coercivity.base.errors import CoercivityError
from coercivity.files.bounds import FREE, MOST_RATIO, MOST_TEXT, swollen, text_bytes, too_long
from coercivity.files.table import open_table
from tests.unit.files.repeated_beginnings import repeated
from tests.unit.http.hostile_files import GOOD_ROW, MAIN, NAMES, cell, row, sheet, workbook

MIB = 2**20
MOST_MIB = 1_536  # of the command line and every process that it starts
# A process counts the memory of the one that began it as its own: so a small one begins the command and tells its peak.
MEASURED = """
import resource, subprocess, sys
done = subprocess.run(sys.argv[1:], capture_output=True, text=True)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024, done.returncode)
print(done.stderr)
"""
BASE = dict(zip(NAMES, GOOD_ROW, strict=True))
# Each file with the most bytes that it may have itself, so that it is a bomb, and the code of its refusal.
Write = Callable[[Path], object]


def rows(count: int, **other: str) -> pl.DataFrame:
    """The same row many times."""
    return pl.DataFrame({name: [text] for name, text in (BASE | other).items()}).select(
        pl.all().repeat_by(count).explode()
    )


def long_cells(count: int = 5_000, size: int = 1_000_000) -> pl.DataFrame:
    return rows(count, material="NdFeB magnets" + " " * size)


def shared_text(path: Path) -> None:
    """One text of a workbook in sixty thousand cells of it."""
    line = "<row>" + "".join(map(cell, GOOD_ROW)) + '<c t="s"><v>0</v></c></row>'
    strings = f'<sst xmlns="{MAIN}"><si><t>{"x" * 131_000}</t></si></sst>'
    path.write_bytes(workbook(sheet(row(*NAMES, "use") + line * 60_000), strings=strings))


BOMBS: dict[str, tuple[Write, int, str]] = {
    "long-cells.parquet": (lambda path: long_cells().write_parquet(path), 18_000, "TABLE-DAMAGED"),
    "cells.parquet": (lambda path: long_cells(200_000, 20_000).write_parquet(path), 18_000, "TABLE-BOMB"),
    "cells.arrow": (lambda path: long_cells().write_ipc(path, compression="zstd"), 400_000, "TABLE-BOMB"),
    "many-cells.arrow": (
        lambda path: long_cells(200_000, 20_000).write_ipc(path, compression="zstd"),
        600_000,
        "TABLE-BOMB",
    ),
    "cells.arrows": (lambda path: long_cells().write_ipc_stream(path, compression="zstd"), 400_000, "TABLE-BOMB"),
    "page.parquet": (lambda path: rows(3, use="x" * 300_000_000).write_parquet(path), 18_000, "TABLE-BOMB"),
    "words.parquet": (
        lambda path: (
            long_cells(200_000, 20_000).with_columns(pl.col("material").cast(pl.Categorical)).write_parquet(path)
        ),
        30_000,
        "TABLE-BOMB",
    ),
    "shared.xlsx": (shared_text, 250_000, "TABLE-BOMB"),
}


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Where each file is; written once, since what is written is large before it is packed."""
    folder = tmp_path_factory.mktemp("bombs")

    def write(name: str) -> Path:
        if not (folder / name).exists():
            BOMBS[name][0](folder / name)
        return folder / name

    return write


@pytest.mark.sampled(8)
@pytest.mark.parametrize("name", BOMBS)
def test_a_small_file_does_not_take_gigabytes(name: str, written: Callable[[str], Path], tmp_path: Path) -> None:
    path, (_, most_bytes, code) = written(name), BOMBS[name]
    assert path.stat().st_size < most_bytes
    command = [sys.executable, "-m", "coercivity", "batch", str(path), "--out", str(tmp_path / "out")]
    told = subprocess.run([sys.executable, "-c", MEASURED, *command], capture_output=True, text=True, check=True)
    peak_mib, exit_code = map(int, told.stdout.split("\n")[0].split())
    print(f"{name}: {path.stat().st_size:,} bytes, {peak_mib:,} MiB")
    assert exit_code == 2, told.stdout
    assert code in told.stdout
    assert peak_mib < MOST_MIB
    assert "Traceback" not in told.stdout


@pytest.mark.sampled
@pytest.mark.parametrize("name", BOMBS)
def test_nor_does_it_in_python(name: str, written: Callable[[str], Path]) -> None:
    with pytest.raises(CoercivityError, match=BOMBS[name][2]):
        for _ in open_table(written(name)).chunks(200_000):
            pass


def test_values_that_repeat_the_beginning_of_the_one_before_are_bounded_by_their_number(tmp_path: Path) -> None:
    """What they come to cannot be told before they are unpacked."""
    (tmp_path / "few.parquet").write_bytes(repeated("material", b"NdFeB magnets", 500))
    (chunk,) = open_table(tmp_path / "few.parquet").chunks(1_000)
    assert chunk.frame["material"].unique().to_list() == ["NdFeB magnets"]
    (tmp_path / "many.parquet").write_bytes(repeated("material", b"x" * 100_000, 30_000))
    assert (tmp_path / "many.parquet").stat().st_size < 110_000
    with pytest.raises(CoercivityError, match=r"TABLE-BOMB.*DELTA_BYTE_ARRAY"):
        next(open_table(tmp_path / "many.parquet").chunks(1_000))


@pytest.mark.sampled
@pytest.mark.parametrize(
    ("name", "write"),
    [
        ("large.parquet", lambda frame, path: frame.write_parquet(path, row_group_size=2_000_000)),
        ("large.arrow", lambda frame, path: frame.write_ipc(path, compression="zstd")),
        ("plain.arrow", lambda frame, path: frame.write_ipc(path, compression="uncompressed")),
        ("large.arrows", lambda frame, path: frame.head(3_000_000).write_ipc_stream(path, compression="lz4")),
    ],
)
def test_a_large_honest_file_is_read(name: str, write: Callable[[pl.DataFrame, Path], None], tmp_path: Path) -> None:
    """Ten million rows, some of whose columns are the same throughout."""
    count = 10_000_000
    ids = pl.int_range(count, eager=True).hash(7).cast(pl.String).alias("id")
    frame = rows(count).with_columns(ids)
    write(frame, tmp_path / name)
    table = open_table(tmp_path / name)
    assert table.rows in (count, 3_000_000)
    first = next(table.chunks(200_000))
    assert first.frame.height == 200_000
    last = next(table.chunks(200_000, first=table.rows - 99))
    assert last.frame.height == 100
    assert not first.broken


def test_a_row_with_a_cell_that_is_too_long_is_broken_and_the_others_are_read(tmp_path: Path) -> None:
    """As in any other file."""
    pl.concat([rows(2), long_cells(1, 200_000), rows(1)]).write_parquet(tmp_path / "t.parquet")
    (chunk,) = open_table(tmp_path / "t.parquet").chunks(10)
    assert list(chunk.broken) == [2]
    assert "131,072 bytes" in chunk.broken[2].what
    assert chunk.frame["material"].to_list() == ["NdFeB magnets"] * 2 + [None, "NdFeB magnets"]


def test_text_counts_for_each_cell_also_where_cells_share_it() -> None:
    frame = pl.DataFrame({"a": ["xy"] * 1_000, "b": [1] * 1_000, "c": [b"abc"] * 1_000}).with_columns(
        pl.col("a").cast(pl.Categorical).alias("d")
    )
    assert text_bytes(frame) == 7_000
    assert text_bytes(frame.clear()) == 0
    assert text_bytes(frame.select("b")) == 0
    assert too_long(frame, 2) == list(range(1_000))
    assert too_long(frame.select("a", "b"), 2) == []


def test_what_is_large_is_no_bomb_and_what_is_small_neither() -> None:
    assert not swollen(1, FREE)
    assert swollen(1, FREE + 1)
    assert not swollen(FREE, FREE * MOST_RATIO)
    assert swollen(FREE, FREE * MOST_RATIO + 1)
    assert MOST_TEXT <= 512 * MIB
