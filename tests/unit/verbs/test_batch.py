"""Runs over a table with an invalid folder, file or frame."""

from __future__ import annotations

import contextlib
import datetime as dt
import errno
import io
import json
import os
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl
import pytest

import coercivity
from coercivity.base.errors import CoercivityError
from coercivity.batches.request import Times, opened, plan_of
from coercivity.batches.stage.cells import CellMemory, read_column
from coercivity.batches.stage.statements import masses
from coercivity.cases.arguments import PACKED
from coercivity.cli.app import main
from coercivity.intake.cells.cell import Cell
from coercivity.intake.cells.quantities import read_quantity, read_unit
from coercivity.verbs import PART_ROWS
from coercivity.verbs.batch import STATE, BatchResult, TableAsked, batch, batch_frame, decide_row

ROW = {"id": "a", "date": "2026-03-02", "material": "Sintered NdFeB magnet", "from": "CN", "to": "DE"}
ROWS = [{**ROW, "id": str(number)} for number in range(50)]
ARROW: dict[str, Callable[[pl.DataFrame, Path], Any]] = {
    "csv": pl.DataFrame.write_csv,
    "parquet": pl.DataFrame.write_parquet,
    "xlsx": lambda frame, path: frame.write_excel(path),
    "arrow": pl.DataFrame.write_ipc,
}


def table_of(folder: Path, kind: str = "csv") -> Path:
    path = folder / f"rows.{kind}"
    ARROW[kind](pl.DataFrame(ROWS), path)
    return path


@pytest.fixture
def table(tmp_path: Path) -> Path:
    return table_of(tmp_path)


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out"


def contents(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def refused(code: str, *names: str, run: Callable[[], object]) -> str:
    with pytest.raises(CoercivityError) as caught:
        run()
    # A missing role also asks which column it is.
    asked = {"MAP-ASK"} if code == "MAP-MISSING" else set()
    assert {fault.code for fault in caught.value.faults} - asked == {code}, str(caught.value)
    assert all(fault.next for fault in caught.value.faults)
    for name in names:
        assert name in str(caught.value)
    return str(caught.value)


def at(label: str, done: int, act: Callable[[], object]) -> Callable[[str, int, int], None]:
    """Acts once a run has come so far."""
    left = [act]

    def progress(told: str, so_far: int, total: int) -> None:
        if told == label and so_far >= done and left:
            left.pop()()

    return progress


class BrokenOffError(Exception):
    pass


def break_off() -> None:
    raise BrokenOffError


def broken_off(table: Path, out: Path, done: int = 2, **options: Any) -> None:
    with pytest.raises(BrokenOffError):
        batch(TableAsked(table), out, part_rows=10, progress=at("parts decided", done, break_off), **options)


# the input


@pytest.mark.parametrize(
    ("kind", "label"),
    [
        *((kind, label) for kind in ("csv", "xlsx") for label in ("input hashed", "rows read")),
        *((kind, label) for kind in ("parquet", "arrow") for label in ("input hashed", "parts decided")),
    ],
)
def test_a_table_that_changes_is_no_result(tmp_path: Path, out: Path, kind: str, label: str) -> None:
    table = table_of(tmp_path, kind)
    progress = at(label, 1, lambda: _change(table, kind))
    told = refused("BATCH-CHANGED", table.name, run=lambda: _run(table, out, progress=progress))
    assert "changed" in told
    assert not (out / "summary.json").exists()


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_rows_that_were_laid_down_are_decided_as_they_were(tmp_path: Path, out: Path, kind: str) -> None:
    table = table_of(tmp_path, kind)
    whole = contents(_run(table, tmp_path / "whole").folder)
    _run(table, out, progress=at("parts decided", 1, lambda: _change(table, kind)))
    assert contents(out) == whole


def _change(table: Path, kind: str) -> None:
    ARROW[kind](pl.DataFrame(ROWS).with_columns(to=pl.lit("US")), table)


def test_a_table_that_goes_away_is_no_result(tmp_path: Path, out: Path) -> None:
    table = table_of(tmp_path, "parquet")
    progress = at("parts decided", 2, table.unlink)
    assert "was removed" in refused("BATCH-CHANGED", run=lambda: _run(table, out, progress=progress))


# the files of the user


@pytest.mark.parametrize(
    "name",
    ["decisions.csv", "set-aside.csv", "summary.json", "mapping.yaml", ".batch/x.csv", "decisions/part-00001.csv"],
)
@pytest.mark.parametrize("part", ["table", "standing"])
def test_what_is_read_is_never_written(table: Path, out: Path, name: str, part: str) -> None:
    mine = out / name
    mine.parent.mkdir(parents=True)
    mine.write_text(table.read_text() if part == "table" else "standing: {said_by: x, facts: {party_sets: []}}\n")
    before = contents(out)
    asked = TableAsked(mine) if part == "table" else TableAsked(table, standing=mine)
    refused("OUT", mine.name, run=lambda: batch(asked, out, formats=["parquet"]))
    assert contents(out) == before


def test_what_is_read_through_a_link_is_never_written(table: Path, out: Path) -> None:
    out.mkdir()
    table = table.rename(out / "readings.csv")
    link = out.parent / "link.csv"
    link.symlink_to(table)
    refused("OUT", "link.csv", run=lambda: batch(TableAsked(link), out))


@pytest.mark.parametrize("name", ["decisions.csv", "readings.csv", "summary.txt", "mapping.yaml", ".batch-files"])
@pytest.mark.parametrize("folder", [False, True])
def test_a_file_that_no_run_wrote_stays(table: Path, out: Path, name: str, folder: bool) -> None:
    out.mkdir()
    (out / name / "x" if folder else out / name).parent.mkdir(exist_ok=True)
    (out / name / "x" if folder else out / name).write_text("mine")
    before = contents(out)
    refused("OUT", name, run=lambda: batch(TableAsked(table), out))
    assert contents(out) == before


def test_parts_that_no_run_wrote_stay(table: Path, out: Path) -> None:
    (out / "decisions").mkdir(parents=True)
    (out / "decisions" / "part-00007.parquet").write_text("mine")
    refused("OUT", "part-00007", run=lambda: batch(TableAsked(table), out, formats=["parquet"]))
    batch(TableAsked(table), out, formats=["csv"])
    assert (out / "decisions" / "part-00007.parquet").read_text() == "mine"


def test_a_state_that_is_none_stays(table: Path, out: Path) -> None:
    (out / STATE).mkdir(parents=True)
    (out / STATE / "run.json").write_text("{}")
    refused("OUT", STATE, run=lambda: batch(TableAsked(table), out))
    assert contents(out) == {".batch/run.json": b"{}"}


def test_a_second_run_replaces_what_the_first_wrote_and_nothing_else(table: Path, out: Path) -> None:
    batch(TableAsked(table), out, formats=["csv", "parquet"], part_rows=10)
    (out / "notes.txt").write_text("mine")
    batch(TableAsked(table), out, formats=["xlsx"])
    held = {path.name for path in out.iterdir()}
    assert held >= {"notes.txt", "decisions.xlsx", "mapping.yaml"}
    assert not held & {"decisions", "decisions.csv", "summary.xlsx", STATE}


@pytest.mark.parametrize("formats", ["csv", "parquet"])
def test_a_result_that_was_changed_since_stays(table: Path, out: Path, formats: str) -> None:
    batch(TableAsked(table), out)
    (out / "decisions.csv").write_text("with my remarks")
    refused("OUT", "decisions.csv", "changed", run=lambda: batch(TableAsked(table), out, formats=[formats]))
    assert (out / "decisions.csv").read_text() == "with my remarks"


def test_a_result_that_is_changed_while_a_run_works_stays(table: Path, out: Path) -> None:
    batch(TableAsked(table), out)
    progress = at("parts decided", 1, lambda: (out / "decisions.csv").write_text("with my remarks"))
    refused("OUT", "decisions.csv", run=lambda: batch(TableAsked(table), out, progress=progress))
    assert (out / "decisions.csv").read_text() == "with my remarks"
    (out / "decisions.csv").unlink()
    assert batch(TableAsked(table), out, resume=True).notes == ()


def test_a_map_that_was_mended_is_used_and_kept(table: Path, out: Path) -> None:
    batch(TableAsked(table), out)
    path = out / "mapping.yaml"
    mended = path.read_text() + "# mine\n"
    path.write_text(mended)
    refused("OUT", "mapping.yaml", "--map", run=lambda: batch(TableAsked(table), out))
    batch(TableAsked(table, mapping=path), out)
    batch(TableAsked(table, mapping=path), out)
    assert path.read_text() == mended


def test_a_run_broken_off_while_results_change_places_one_by_one_is_taken_up(
    table: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch(TableAsked(table), out, formats=["csv", "parquet"], part_rows=10)
    whole = contents(out)
    monkeypatch.chdir(out)  # a folder in which somebody works does not change its name
    move, moved = os.replace, []

    def replace(source: Any, target: Any) -> None:
        if Path(target).parent == out and Path(target).suffix:
            moved.append(target)
            if len(moved) == 3:
                raise BrokenOffError
        move(source, target)

    with monkeypatch.context() as patched:
        patched.setattr(os, "replace", replace)
        with pytest.raises(BrokenOffError):
            batch(TableAsked(table), out, formats=["csv", "parquet"], part_rows=10)
    assert contents(out) != whole
    batch(TableAsked(table), out, formats=["csv", "parquet"], part_rows=10, resume=True)
    assert contents(out) == whole


# two runs


def test_a_second_run_at_the_same_time_is_refused(table: Path, out: Path) -> None:
    told: list[str] = []

    def second() -> None:
        told.append(refused("BATCH-BUSY", "out", run=lambda: batch(TableAsked(table), out, part_rows=10)))

    found = batch(TableAsked(table), out, part_rows=10, progress=at("parts decided", 2, second))
    assert told
    assert found.tally.rows == 50
    assert not (out / STATE).exists()


# arguments and the folder


def test_numbers_below_one_are_told_by_their_argument(table: Path, out: Path) -> None:
    told = refused("ARGUMENT", run=lambda: batch(TableAsked(table), out, workers=0, part_rows=-1))
    assert "workers: ARGUMENT" in told
    assert "part-rows: ARGUMENT" in told
    refused("ARGUMENT", "row: ", run=lambda: decide_row(TableAsked(table), 0))
    refused("ARGUMENT", "workers", run=lambda: batch_frame(pl.DataFrame(ROWS), workers=0))
    assert not out.exists()


@pytest.mark.parametrize(
    ("kind", "option"),
    [
        ("csv", {"sheet": "1"}),
        ("xlsx", {"encoding": "utf-8"}),
        ("xlsx", {"delimiter": ";"}),
        ("parquet", {"sheet": "1"}),
        ("arrow", {"header_rows": 1}),
    ],
)
def test_options_of_another_kind_of_file_are_refused(
    tmp_path: Path, out: Path, kind: str, option: dict[str, Any]
) -> None:
    asked = TableAsked(table_of(tmp_path, kind), **option)
    refused("ARGUMENT", f"--{next(iter(option)).replace('_', '-')}", kind, run=lambda: batch(asked, out))
    refused("ARGUMENT", kind, run=lambda: decide_row(asked, 1))


@pytest.mark.parametrize("step", ["input hashed", "rows read", "parts decided", "results written"])
@pytest.mark.parametrize(
    "error", [OSError(errno.ENOSPC, "No space left on device"), pl.exceptions.ComputeError("full")]
)
def test_a_full_disk_is_a_fault_and_the_run_can_be_taken_up(
    table: Path, out: Path, monkeypatch: pytest.MonkeyPatch, step: str, error: Exception
) -> None:
    whole = contents(_run(table, out.with_name("whole")).folder)

    def full(*args: Any, **kwargs: Any) -> None:
        raise error

    def fill() -> None:
        patched.setattr(Path, "write_bytes", full)
        patched.setattr(pl.DataFrame, "write_parquet", full)

    with monkeypatch.context() as patched:
        refused("OUT", "cannot be written", "--resume", run=lambda: _run(table, out, progress=at(step, 0, fill)))
    _run(table, out, resume=True)
    assert contents(out) == whole


def _run(table: Path, out: Path, **options: Any) -> BatchResult:
    return batch(TableAsked(table), out, part_rows=10, **options)


def test_a_folder_that_cannot_be_made_is_a_fault(table: Path, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def closed(*args: Any, **kwargs: Any) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(Path, "mkdir", closed)
    refused("OUT", "out", "ermission", run=lambda: batch(TableAsked(table), out))


def test_nothing_is_left_where_a_run_was_refused(tmp_path: Path, out: Path) -> None:
    table = table_of(tmp_path)
    with pytest.raises(CoercivityError):
        batch(TableAsked(table), out, progress=at("input hashed", 0, table.unlink))
    assert not out.exists()


def test_nothing_to_take_up_is_told(table: Path, out: Path) -> None:
    told = io.StringIO()
    with contextlib.redirect_stdout(told):
        assert main(["batch", str(table), "--out", str(out), "--resume"]) == 0
    assert sum("no run to resume" in line for line in told.getvalue().splitlines()) == 1
    assert batch(TableAsked(table), out).notes == ()


def test_the_list_of_files_names_them_all(table: Path, out: Path) -> None:
    batch(TableAsked(table), out, formats=["csv", "parquet"], part_rows=PART_ROWS)
    listed = json.loads((out / ".batch-files").read_bytes())["files"]
    assert {*listed, ".batch-files"} == set(contents(out))


# a map that is refused


def test_a_draft_of_a_map_that_is_refused_is_written_and_stays(tmp_path: Path, out: Path) -> None:
    path = tmp_path / "rows.csv"
    pl.DataFrame([{**ROW, "Wert": "1"}]).rename({"to": "Ziel X"}).write_csv(path)
    asked = TableAsked(path)

    def plan(asked: TableAsked = asked) -> object:
        return plan_of(asked, opened(asked), PACKED, Times(None, None, None), out=out)

    refused("MAP-MISSING", "mapping.draft.yaml", "--map", run=plan)
    assert list(contents(out)) == ["mapping.draft.yaml"]
    draft = out / "mapping.draft.yaml"
    text = draft.read_text()
    assert '"? to": to' in text
    assert 'unused:\n- Wert\n- "Ziel X"' in text
    refused("MAP-COLUMN", "? to", run=lambda: plan(TableAsked(path, mapping=draft)))
    draft.write_text(text.replace('"? to"', '"Ziel X"').replace('- "Ziel X"\n', ""))
    refused("MAP-MISSING", "was not overwritten", run=plan)
    assert plan(TableAsked(path, mapping=draft))


# totals, headers and units


def test_totals_headers_and_blank_rows_are_no_deals_and_no_errors(tmp_path: Path, out: Path) -> None:
    kept = {**ROW, "quantity": "2", "unit": "kg", "end_user": "Total"}
    totals = [
        {"id": "Total", "quantity": "100", "unit": "kg"},
        {"id": "7", "material": "合 计:", "quantity": "100", "unit": "kg"},
        {"date": "Grand Total", "quantity": "100", "unit": "kg"},
    ]
    again = {name: name for name in kept}
    totals += [{"material": "Summe 合计", "quantity": "100"}, {"id": "Carried forward", "quantity": "100"}]
    apart = [{name: row.get(name) for name in kept} for row in (*totals, {"id": "Shipments of March"}, {"id": " "})]
    rows = [kept, *apart, again, {**kept, "id": "Summe 7"}, {"id": "ORD 1007"}]
    pl.DataFrame(rows, infer_schema_length=None).write_csv(tmp_path / "rows.csv")
    found = batch(TableAsked(tmp_path / "rows.csv"), out, formats=["parquet"])
    frame = pl.read_parquet(out / "decisions")
    kinds = [None, *["total"] * 5, "heading", "blank row", "repeated header", None, None]
    assert frame["not_a_deal"].to_list() == kinds
    assert frame["input_error"].null_count() == frame.height
    assert frame.filter(pl.col("not_a_deal").is_not_null()).select(
        "outcome", "notes", "decision_hash"
    ).null_count().row(0) == (8, 8, 8)
    assert frame["outcome"][-1] == "UNKNOWN"
    assert found.tally.not_deals == {"total": 5, "heading": 1, "blank row": 1, "repeated header": 1}
    assert found.tally.balances()
    assert "100" not in str(json.loads((out / "summary.json").read_text()).get("mass_kg"))


def test_a_firm_may_be_called_total() -> None:
    rows = [{"end_user": "Total", **ROW, "material": None}, {"end_user": "Total", **dict.fromkeys(ROW)}]
    found = batch_frame(pl.DataFrame(rows, infer_schema_length=None).drop("id", "date"), on="2026-03-02")
    assert found["not_a_deal"].to_list() == [None, "total"]


def test_the_unit_of_a_column_holds_where_a_row_names_none() -> None:
    cells = {
        name: read_column(name, name, pl.Series(name, values, pl.String), CellMemory(reader))
        for name, values, reader in (
            ("quantity", ["2", "2 t", "2 drums", "2", "2"], read_quantity),
            ("unit", ["", "", "", "g", "drum"], lambda text: read_unit(text) if text else Cell()),
        )
    }
    both, alone = list(cells.values()), [cells["quantity"]]
    assert [str(mass) for mass in masses(both, 5, unit="KG")] == ["2.0", "2000.0", "nan", "0.002", "nan"]
    assert [str(mass) for mass in masses(alone, 5, unit="kg")] == ["2.0", "2000.0", "nan", "2.0", "2.0"]
    assert [str(mass) for mass in masses(alone, 5)] == ["nan", "2000.0", "nan", "nan", "nan"]
    assert masses(alone, 5, unit="pcs", piece_mass_kg=Decimal("0.5"))[0] == 1


# frames


@pytest.mark.parametrize("frame", [pl.DataFrame(), {}, pl.DataFrame([ROW]).clear()], ids=["bare", "no columns", "rows"])
def test_a_frame_without_rows_has_the_columns_of_answers(frame: Any) -> None:
    found = batch_frame(frame)
    assert found.height == 0
    assert found.schema == batch_frame(pl.DataFrame([ROW])).schema


def test_of_a_moment_the_day_is_taken_without_a_word() -> None:
    rows = {**ROW, "composition": "Nd 30 %, Dy 2 %"}
    moment, day = {"on": [dt.datetime(2026, 3, 2, 23, 30)]}, {"on": [dt.date(2026, 3, 2)]}
    table = pl.DataFrame([rows]).drop("date")
    assert batch_frame(table.with_columns(**_series(moment))).equals(batch_frame(table.with_columns(**_series(day))))


def _series(columns: dict[str, list[Any]]) -> dict[str, pl.Series]:
    return {name: pl.Series(values) for name, values in columns.items()}


def test_what_is_unlikely_in_one_row_is_so_beside_others() -> None:
    odd = {**ROW, "material": "ferrite magnets", "composition": "Dy 2 %"}
    alone, beside = batch_frame(pl.DataFrame([odd])), batch_frame(pl.DataFrame([odd, {**ROW, "id": "b"}]))
    assert beside.row(0) == alone.row(0)


@pytest.mark.parametrize(
    ("column", "values", "code"),
    [
        ("material", pl.Series([["a"]]), "TABLE-NESTED"),
        ("material", pl.Series([{"a": 1}]), "TABLE-NESTED"),
        ("material", pl.Series([b"a"]), "TABLE-TYPE"),
        ("date", pl.Series([dt.timedelta(1)]), "TABLE-TYPE"),
        ("to", pl.Series([object()], dtype=pl.Object), "TABLE-TYPE"),
        ("quantity", pl.Series([dt.date(2026, 3, 2)]), "TABLE-TYPE"),
    ],
)
def test_a_column_that_holds_no_cells_is_a_fault(column: str, values: pl.Series, code: str, tmp_path: Path) -> None:
    frame = pl.DataFrame([ROW]).with_columns(values.alias(column))
    refused(code, column, run=lambda: batch_frame(frame))
    if values.dtype not in (pl.Object, pl.Duration):
        frame.write_parquet(tmp_path / "rows.parquet")
        refused(code, column, run=lambda: batch(TableAsked(tmp_path / "rows.parquet"), tmp_path / "out"))


def test_a_column_of_lists_that_is_not_read_is_no_matter() -> None:
    assert batch_frame(pl.DataFrame([ROW]).with_columns(tags=pl.Series([["a"]]))).height == 1


@pytest.mark.parametrize("frame", [3, None, "x", [1]])
def test_what_is_no_frame_is_a_fault(frame: Any) -> None:
    refused("ARGUMENT", "frame", run=lambda: batch_frame(frame))


def test_of_a_point_in_time_the_day_is_taken() -> None:
    moment = pl.Series("date", [dt.datetime(2026, 3, 2, 23, 30)])
    plain = batch_frame(pl.DataFrame([ROW]))
    for moments in (moment, moment.dt.replace_time_zone("Asia/Shanghai"), moment.cast(pl.Datetime("ns"))):
        found = batch_frame(pl.DataFrame([ROW]).with_columns(moments))
        assert found["decision_hash"].to_list() == plain["decision_hash"].to_list()
        assert found["notes"].to_list() == plain["notes"].to_list()


def test_quantities_in_any_plain_type_are_read() -> None:
    for values in (pl.Series([2.5]), pl.Series(["2,5 kg"]), pl.Series(["3"], dtype=pl.Categorical), pl.Series([None])):
        frame = pl.DataFrame([ROW]).with_columns(values.alias("quantity"), unit=pl.lit("kg"))
        assert batch_frame(frame)["input_error"].to_list() == [None]


def test_standing_answers_may_be_plain_values() -> None:
    frame = pl.DataFrame([ROW])
    said = {"wmd_use": False, "party_sets": (), "dy_mass_share": 0.1}
    text = {"wmd_use": "false", "party_sets": [], "dy_mass_share": "0.1"}
    found = [coercivity.batch(frame, standing=facts)["decision_hash"].item() for facts in (said, text)]
    assert found[0] == found[1]
    for wrong in ({"wmd_use": None}, {3: "x"}, {"dy_mass_share": float("nan")}, {"party_sets": [None]}, 3):
        refused("ARGUMENT", "standing", run=lambda wrong=wrong: batch_frame(frame, standing=wrong))  # type: ignore[misc]
