"""Counts and final CSV files, from parts small enough to count by hand."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from pathlib import Path

import polars as pl
import pytest

from coercivity.base.canonical import canonical_json
from coercivity.base.errors import CoercivityError
from coercivity.batches.tally import PART_COLUMNS, Tally, merged
from coercivity.batches.write.outputs import write_csv

SCHEMA = dict.fromkeys(PART_COLUMNS, pl.String) | {
    "row": pl.Int64,
    "line": pl.Int64,
    "duplicate_id": pl.Boolean,
    "on": pl.Date,
}
ERROR = 'CELL-FORMULA: column quantity holds "=1+1"; write the value'


def part(*rows: dict[str, object], first: int = 1) -> pl.DataFrame:
    plain = {"finding": "not_controlled", "rules": "", "missing": "", "duplicate_id": False}
    full = [
        {"row": first + n, "line": first + n + 1, "id": f"A-{first + n}"} | plain | row for n, row in enumerate(rows)
    ]
    return pl.DataFrame([{name: row.get(name) for name in PART_COLUMNS} for row in full], schema=SCHEMA)


def unknown(*missing: str) -> dict[str, object]:
    return {"outcome": "UNKNOWN", "finding": "need_facts", "missing": "; ".join(missing)}


def file_of(folder: Path, *frames: pl.DataFrame) -> list[Path]:
    paths = [folder / f"part-{place:05}.parquet" for place in range(1, len(frames) + 1)]
    for path, frame in zip(paths, frames, strict=True):
        frame.write_parquet(path)
    return paths


def rows_of(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file, strict=True))


FIRST = part(
    {"outcome": "PROCEED"},
    {"outcome": "LICENCE", "finding": "licence_required", "rules": "a18-1c902; a18-1c903", "duplicate_id": True},
    unknown("on"),
    unknown("on", "to"),
    unknown("to", "to"),
    unknown(),
    {"finding": None, "input_error": ERROR},
)
SECOND = part(
    {
        "outcome": "STOP",
        "finding": "prohibited",
        "rules": "a18-1c903",
        "notes": "date: read as 2026-12-31 | 数量: 1,5 | x",
    },
    {"outcome": "STOP", "finding": "prohibited", "rules": "a18-1c903", "notes": "date: read as 2026-12-30"},
    unknown("end_use"),
    {"finding": None, "input_error": "CELL-LONG: too long; cut | CELL-FORMULA: begins with ="},
    first=8,
)


def test_every_row_is_counted_once() -> None:
    tally = Tally.of(FIRST)
    assert tally.rows == 7
    assert tally.outcomes == {"PROCEED": 1, "LICENCE": 1, "UNKNOWN": 4}
    assert tally.input_errors == {"CELL-FORMULA": 1}
    assert tally.findings == {"not_controlled": 1, "licence_required": 1, "need_facts": 4}
    assert tally.rules == {"a18-1c902": 1, "a18-1c903": 1}
    assert tally.duplicates == 1
    assert tally.balances()


def test_a_row_that_is_nothing_or_two_things_does_not_balance() -> None:
    assert not Tally.of(part({"finding": None})).balances()
    assert not Tally.of(part({"outcome": "STOP", "input_error": ERROR})).balances()


def test_a_row_with_two_codes_counts_under_the_first() -> None:
    assert Tally.of(SECOND).input_errors == {"CELL-LONG": 1}


def test_open_facts_are_counted_only_where_the_row_is_undecided() -> None:
    tally = Tally.of(pl.concat([FIRST, part({"outcome": "LICENCE", "missing": "on"})]))
    assert tally.missing == {"on": 2, "to": 2}
    assert tally.alone == {"on": 1, "to": 1}
    assert tally.nothing_missing == 1


def test_the_facts_that_settle_the_most_come_first() -> None:
    rows = [unknown("c"), unknown("b"), unknown("b", "x"), unknown("a"), unknown("z"), unknown("z"), unknown("x", "y")]
    tally = Tally.of(part(*rows))
    assert tally.settling() == [("z", 2, 2), ("b", 1, 2), ("a", 1, 1), ("c", 1, 1), ("x", 0, 2), ("y", 0, 1)]
    assert tally.settling(1) == [("z", 2, 2)]


def test_fixes_are_counted_by_column() -> None:
    tally = Tally.of(SECOND)
    assert tally.noted == 2
    assert tally.notes_by_kind == {"date": 2, "数量": 1}


def test_mass_counts_where_it_is_known() -> None:
    tally = Tally.of(SECOND, mass_kg=[0.1, 0.2, float("nan"), 5.0])
    assert tally.mass_kg == {"STOP": pytest.approx(0.3)}
    assert tally.without_mass == 1
    assert Tally.of(SECOND).without_mass == 3
    with pytest.raises(ValueError, match="3 masses for 4 rows"):
        Tally.of(SECOND, mass_kg=[1.0, None, 1.0])


def test_parts_add_up_to_the_whole() -> None:
    masses = [1.5, 2.25, None, 0.5, 0.125, 7.0, None, 1.0, 0.75, 3.0, None]
    whole = Tally.of(pl.concat([FIRST, SECOND]), mass_kg=masses)
    parts = [Tally.of(FIRST, mass_kg=masses[:7]), Tally.of(SECOND, mass_kg=masses[7:])]
    assert merged(parts) == whole
    assert merged(reversed(parts)) == whole
    assert merged([]) == Tally()


def test_a_tally_survives_its_file() -> None:
    tally = Tally.of(SECOND, mass_kg=[0.1, 0.2, 1 / 3, None])
    assert Tally.from_dict(json.loads(canonical_json(tally.as_dict()))) == tally


def test_the_csv_has_every_row_in_order_under_one_header(tmp_path: Path) -> None:
    write_csv(file_of(tmp_path, FIRST, SECOND), tmp_path / "decisions.csv")
    content = (tmp_path / "decisions.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbfrow,line,id,")
    assert content.count(b"\n") == content.count(b"\r\n") == 12
    head, *rows = rows_of(tmp_path / "decisions.csv")
    assert tuple(head) == PART_COLUMNS
    assert [row[0] for row in rows] == [str(number) for number in range(1, 12)]
    assert rows[6][10] == ERROR
    assert "数量" in rows[7][11]


def test_the_same_parts_give_the_same_bytes(tmp_path: Path) -> None:
    parts = file_of(tmp_path, FIRST, SECOND)
    write_csv(parts, tmp_path / "a.csv")
    write_csv(parts, tmp_path / "b.csv")
    assert (tmp_path / "a.csv").read_bytes() == (tmp_path / "b.csv").read_bytes()
    assert not list(tmp_path.glob("*.part"))


LIVE_CELLS = ["=1+1", "+49 30", "-5", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "＝1+1", "\ufeff=1", "-"]


@pytest.mark.parametrize("cell", LIVE_CELLS)
def test_no_cell_is_live(tmp_path: Path, cell: str) -> None:
    frame = part({"outcome": "STOP", "id": cell, "notes": cell}).with_columns(pl.lit("x").alias(cell))
    write_csv(file_of(tmp_path, frame), tmp_path / "out.csv")
    head, row = rows_of(tmp_path / "out.csv")
    assert (row[2], row[11], head[len(PART_COLUMNS)]) == ("'" + cell,) * 3


@pytest.mark.parametrize("cell", ["磁材-01", 'a "b", c', "two\r\nlines", "1=1", "'quoted'", "a;b", " blank"])
def test_other_cells_are_as_they_were(tmp_path: Path, cell: str) -> None:
    write_csv(file_of(tmp_path, part({"outcome": "STOP", "id": cell})), tmp_path / "out.csv")
    assert rows_of(tmp_path / "out.csv")[1][2] == cell


def test_columns_are_picked_and_ordered(tmp_path: Path) -> None:
    write_csv(file_of(tmp_path, FIRST), tmp_path / "out.csv", ["outcome", "id"])
    assert rows_of(tmp_path / "out.csv")[:2] == [["outcome", "id"], ["PROCEED", "A-1"]]


def test_without_a_part_there_is_a_header(tmp_path: Path) -> None:
    write_csv([], tmp_path / "out.csv")
    assert rows_of(tmp_path / "out.csv") == [list(PART_COLUMNS)]


def _fault(parts: Sequence[Path], path: Path, columns: Sequence[str] | None = None) -> CoercivityError:
    with pytest.raises(CoercivityError) as caught:
        write_csv(parts, path, columns)
    return caught.value


def test_a_bad_part_is_named_and_the_old_file_stays(tmp_path: Path) -> None:
    good = file_of(tmp_path, FIRST)
    out, bad = tmp_path / "out.csv", tmp_path / "part-00002.parquet"
    out.write_text("old")
    assert "part-00002.parquet: PART: this part of the run is missing" in _fault([*good, bad], out).text()
    bad.write_bytes(b"PAR1 not so")
    assert "damaged" in _fault([*good, bad], out).text()
    FIRST.drop("notes").write_parquet(bad)
    assert "no column 'notes'" in _fault([*good, bad], out).text()
    whole = good[0].read_bytes()
    bad.write_bytes(whole[:4] + bytes(len(whole) // 3) + whole[4 + len(whole) // 3 :])
    assert "damaged" in _fault([*good, bad], out).text()
    assert out.read_text() == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out.csv", "part-00001.parquet", "part-00002.parquet"]


def test_a_place_that_cannot_be_written_is_a_fault(tmp_path: Path) -> None:
    parts = file_of(tmp_path, FIRST)
    assert _fault(parts, tmp_path / "nowhere" / "out.csv").code == "OUT"
    assert _fault(parts, parts[0] / "out.csv").code == "OUT"
    (tmp_path / "folder").mkdir()
    assert _fault(parts, tmp_path / "folder").code == "OUT"
