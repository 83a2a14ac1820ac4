"""The state of a run, its source and its workers."""

from __future__ import annotations

import pickle
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import polars as pl
import pytest

from coercivity.base.errors import CoercivityError, Faults
from coercivity.batches.plan import Plan
from coercivity.batches.run import TWICE, Work, begin, clear, decide_part_told, decide_parts, is_ours, keep
from coercivity.batches.stage.staging import Source, Stamp, source_of, type_faults
from coercivity.files.table import open_table
from coercivity.intake.cells.columns import ColumnMap

COLUMNS = {"date": "on", "material": "material", "from": "from", "to": "to"}
FRAME = pl.DataFrame([{"date": "2026-03-02", "material": "NdFeB magnet", "from": "CN", "to": "DE"}] * 6)


@pytest.fixture
def work(tmp_path: Path) -> Work:
    path = tmp_path / "rows.parquet"
    FRAME.write_parquet(path)
    source = source_of(
        open_table(path),
        Stamp.of(path),
        tuple(COLUMNS),
        part_rows=2,
        folder=tmp_path / "rows",
        progress=lambda done, total: None,
    )
    (tmp_path / "parts").mkdir()
    pl.DataFrame({"id": []}, schema={"id": pl.String}).write_parquet(tmp_path / "parts" / TWICE)
    return Work(source, Plan(ColumnMap(COLUMNS)), None, tmp_path / "parts")


def test_a_state_is_known_again_and_cleared(tmp_path: Path) -> None:
    assert is_ours(tmp_path)
    assert begin(tmp_path, "key", resume=True) == {}
    assert begin(tmp_path, "key", resume=True) == {}  # rows were not laid down yet
    keep(tmp_path, {"key": "key", "rows": 3, "staged": False})
    (tmp_path / "parts").mkdir()
    assert begin(tmp_path, "key", resume=True)["rows"] == 3
    assert (tmp_path / "parts").is_dir()
    with pytest.raises(CoercivityError, match="BATCH-RESUME"):
        begin(tmp_path, "other", resume=True)
    assert begin(tmp_path, "other", resume=False) == {}
    assert not (tmp_path / "parts").exists()
    assert is_ours(tmp_path)
    clear(tmp_path)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("content", ["{}", "[]", "", '{"schema":"another"}'])
def test_a_folder_of_others_is_not_ours(tmp_path: Path, content: str) -> None:
    (tmp_path / "run.json").write_text(content)
    assert not is_ours(tmp_path)
    assert not is_ours(tmp_path / "run.json")


@pytest.mark.parametrize("threads", [0, 2])
def test_what_is_wrong_in_a_worker_is_told(work: Work, threads: int) -> None:
    FRAME.head(5).write_parquet(work.source.table)
    assert [fault.code for fault in pickle.loads(pickle.dumps(decide_part_told(work, 0)))] == ["BATCH-CHANGED"]
    with ThreadPoolExecutor(2) as pool, pytest.raises(CoercivityError, match="BATCH-CHANGED"):
        decide_parts(work, pool if threads else None, 2, lambda done, total: None)


def test_a_list_of_ids_that_is_damaged_is_told(work: Work) -> None:
    (work.folder / TWICE).write_bytes(b"no Parquet")
    some = Work(work.source, work.plan, "date", work.folder)
    assert [fault.code for fault in decide_part_told(some, 0)] == ["PART"]


def test_rows_laid_down_that_are_damaged_are_told(work: Work, tmp_path: Path) -> None:
    source = Source(work.source.table, work.source.stamp, tmp_path, work.source.columns, 2, 6)
    (tmp_path / "part-00001.parquet").write_bytes(b"no Parquet")
    for part in (0, 1):
        with pytest.raises(CoercivityError, match="PART"):
            source.rows_of(part)


def test_types_that_hold_no_cells_are_told_all_at_once() -> None:
    faults = Faults()
    schema = {"a": pl.List(pl.String()), "b": pl.Binary(), "c": pl.Boolean(), "d": pl.Duration("ms"), "e": pl.Int8()}
    roles = {"a": "material", "b": "to", "c": "quantity", "e": "quantity"}
    type_faults(schema, roles, "frame", faults)
    assert [fault.code for fault in faults.items] == ["TABLE-NESTED", "TABLE-TYPE", "TABLE-TYPE"]
