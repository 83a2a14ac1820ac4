"""A user's own rows: read from CSV and XLSX, checked by the rules of the pack, used in place of packed rows."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import openpyxl  # type: ignore[import-untyped] # has no types
import pytest

from coercivity.base.days import Day
from coercivity.base.errors import CoercivityError
from coercivity.observations.own_files import MOST_BYTES, files_hash
from coercivity.observations.rows import load_all, load_observations
from coercivity.observations.series import Match, match_of
from tests.unit.observations.made import packed_row

BAD = Path(__file__).parent / "data" / "bad.csv"
HEADER = [
    "id",
    "kind",
    "series",
    "form",
    "hs",
    "basis",
    "freq",
    "period_start",
    "period_end",
    "published",
    "value",
    "unit",
    "quality",
    "use",
]
OCTOBER = [
    "OWN1",
    "trade",
    "magnets CN>World",
    "magnet",
    "850511",
    "",
    "month",
    "2025-10-01",
    "2025-10-31",
    "2025-11-20",
    "5500",
    "t",
    "reported",
    "1",
]
SEPTEMBER = [
    "OWN2",
    "trade",
    "magnets CN>World",
    "magnet",
    "850511",
    "",
    "month",
    "2025-09-01",
    "2025-09-30",
    "2025-10-25",
    "5773",
    "t",
    "reported",
    "1",
]


def csv_file(folder: Path, *rows: list[str], name: str = "own.csv") -> Path:
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerows([HEADER, *rows])
    (folder / name).write_text(stream.getvalue(), encoding="utf-8")
    return folder / name


def test_every_fault_of_a_file_is_told_at_once(golden: Callable[[str, str], None]) -> None:
    """Sixteen rows, each wrong in a way of its own; see the ids."""
    with pytest.raises(CoercivityError) as told:
        load_observations(files=[BAD])
    golden("observations-bad-file.txt", told.value.text().replace(BAD.as_posix(), BAD.name) + "\n")


def test_faults_of_two_files_are_told_together(tmp_path: Path) -> None:
    """The same id in both, and a unit that does not exist in the second."""
    wrong = [*SEPTEMBER[:-3], "tons", *SEPTEMBER[-2:]]
    files = [csv_file(tmp_path, OCTOBER), csv_file(tmp_path, OCTOBER, wrong, name="more.csv")]
    with pytest.raises(CoercivityError) as told:
        load_observations(files=files)
    assert [fault.code for fault in told.value.faults] == ["OBS-ID", "OBS-TWICE", "OBS-UNIT"]
    assert {fault.where.rpartition("/")[2].split(":")[0] for fault in told.value.faults} == {"more.csv"}


def test_a_row_of_a_file_is_one_of_the_rows(tmp_path: Path) -> None:
    path = csv_file(tmp_path, OCTOBER)
    row = next(row for row in load_observations(files=[path]) if row.id == "OWN1")
    assert (row.value, row.unit, row.file, row.known_on) == (5500.0, "t", path.as_posix(), Day(2025, 11, 20))
    assert isinstance(match_of(row), Match)
    assert "OWN1" not in {row.id for row in load_observations(Day(2025, 11, 19), [path])}


def test_a_row_in_use_replaces_the_packed_one_from_the_day_it_is_known(tmp_path: Path) -> None:
    path = csv_file(tmp_path, SEPTEMBER)
    loaded = load_all(files=[path])
    ours = next(row for row in loaded.rows if row.id == "B063")
    assert (ours.used, ours.why_not) == (False, "replaced by OWN2 of own.csv")
    assert [(each.id, each.by) for each in loaded.replaced] == [("B063", "OWN2")]
    assert "B063" not in {row.id for row in loaded.used}
    before = load_all(Day(2025, 10, 24), [path])
    assert (before.replaced, "B063" in {row.id for row in before.used}) == ((), True)


def test_a_row_that_is_not_used_replaces_nothing(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    stream = io.StringIO()
    rows = [[*HEADER, "why_not"], [*SEPTEMBER[:-1], "0", "before the revision"]]
    csv.writer(stream, lineterminator="\n").writerows(rows)
    path.write_text(stream.getvalue(), encoding="utf-8")
    assert load_all(files=[path]).replaced == ()
    assert load_observations(files=[path]) == load_observations()


def test_kilograms_become_tonnes_with_their_range(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text(
        "id,kind,series,form,basis,freq,period_start,period_end,value,low,high,unit,quality,use\n"
        "OWN3,trade,Dy CN>World,oxide or metal,customs,month,2025-10-01,2025-10-31,18500,18000,19000,kg,reported,1\n"
    )
    row = next(row for row in load_observations(files=[path]) if row.id == "OWN3")
    assert (row.value, row.low, row.high, row.unit) == (18.5, 18.0, 19.0, "t")


def test_a_workbook_gives_the_same_rows(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(HEADER)
    sheet.append([*OCTOBER[:7], *(Day.fromisoformat(day) for day in OCTOBER[7:10]), 5500, *OCTOBER[11:13], 1])
    book.save(tmp_path / "own.xlsx")
    of_book = load_observations(files=[tmp_path / "own.xlsx"])
    of_text = load_observations(files=[csv_file(tmp_path, OCTOBER)])
    same = [[getattr(row, name) for name in row.__slots__ if name != "file"] for row in (*of_book, *of_text)]
    assert str(same[: len(of_book)]) == str(same[len(of_book) :])


def test_a_file_that_is_missing_or_too_large_is_told(tmp_path: Path) -> None:
    large = tmp_path / "large.csv"
    with large.open("wb") as file:
        file.truncate(MOST_BYTES + 1)
    with pytest.raises(CoercivityError) as told:
        load_observations(files=[tmp_path / "larg.csv", large])
    assert [(fault.code, fault.nearest) for fault in told.value.faults] == [
        ("FILE-MISSING", ("large.csv",)),
        ("FILE-SIZE", ()),
    ]


def test_a_path_may_be_a_text(tmp_path: Path) -> None:
    path = csv_file(tmp_path, OCTOBER)
    assert len(load_observations(files=[str(path)])) == len(load_observations()) + 1  # type: ignore[list-item]


def test_the_hash_is_that_of_the_content(tmp_path: Path) -> None:
    one, other = csv_file(tmp_path, OCTOBER), csv_file(tmp_path, SEPTEMBER, name="z.csv")
    assert files_hash([]) == ""
    assert files_hash([one, other]) == files_hash([other, one]) != files_hash([one])
    assert files_hash([csv_file(tmp_path, OCTOBER, name="renamed.csv")]) == files_hash([one])


def test_a_price_of_the_pack_keeps_its_row(tmp_path: Path) -> None:
    """Only the same series, scope and period is replaced."""
    path = csv_file(tmp_path, OCTOBER)
    assert load_all(files=[path]).replaced == ()
    assert packed_row("B063").used
