"""The tables of the licensing desk: they load, rest on reports that exist, and every fault is told, all at once."""

from __future__ import annotations

import csv
import datetime as dt
import shutil
from pathlib import Path

import pytest

from coercivity.base.errors import CoercivityError, Fault
from coercivity.practice.desk import EVERYWHERE, PARAMETERS, DeskPractice, Scope
from coercivity.practice.desk_check import AnyRow
from coercivity.practice.desk_tables import load_desk
from coercivity.practice.records import load_reports, practice_folder

Change = tuple[str, str, str, str]
"""Table, id of a row, column, new text."""


def folder_with(into: Path, *changes: Change, without: tuple[str, ...] = (), more: tuple[Change, ...] = ()) -> Path:
    """Returns a copy of the pack with changed cells, without some rows, and with copies of rows changed in a cell."""
    folder = into / "practice"
    shutil.copytree(practice_folder(), folder)
    for name in {change[0] for change in (*changes, *more)} | ({"desk_figures"} if without else set()):
        path = folder / f"{name}.csv"
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        for at, (_, row_id, column, text) in enumerate(entry for entry in more if entry[0] == name):
            copied = next(row for row in rows if row["id"] == row_id)
            rows.append({**copied, "id": f"X{at:02}", column: text})
        for _, row_id, column, text in (entry for entry in changes if entry[0] == name):
            next(row for row in rows if row["id"] == row_id)[column] = text
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows(row for row in rows if row["id"] not in without)
    return folder


def every_row(desk: DeskPractice) -> list[AnyRow]:
    return [*desk.rows, *desk.events, *desk.general, *desk.holds]


def faults_of(folder: Path) -> tuple[Fault, ...]:
    with pytest.raises(CoercivityError) as caught:
        load_desk(folder)
    return caught.value.faults


def test_every_parameter_has_one_row_for_all_places_and_every_row_a_range() -> None:
    desk = load_desk()
    for parameter in PARAMETERS:
        rows = [row for row in desk.rows if row.parameter == parameter and row.scope == Scope() and not row.begins_on]
        assert len(rows) == 1, parameter
    for row in desk.rows:
        assert row.low < row.value < row.high or row.value == row.high, row.id
    assert all(event.low <= event.share <= event.high for event in desk.events)


def test_the_reports_of_a_row_are_not_later_than_its_own_day() -> None:
    """A row with a day of report rests on what was reported by then; its end may be known later."""
    reported = {report.id: report.reported_on for report in load_reports()}
    for row in every_row(load_desk()):
        if row.reported_on is not None and row.reports:
            assert min(reported[name] for name in row.reports) <= row.reported_on, row.id


def test_a_reported_place_counts_before_all_places_and_days_before_none() -> None:
    desk, october = load_desk(), dt.date(2025, 10, 20)
    assert desk.value("returned_share", "magnet", "DE", "civil", dt.date(2025, 8, 31)) == 0.3
    assert desk.value("returned_share", "magnet", "DE", "civil", october) == 0.45
    # Before the report of 13 October nobody can know that more files are returned.
    assert desk.value("returned_share", "magnet", "DE", "civil", october, known=dt.date(2025, 10, 12)) == 0.3


def test_halts_are_practice_with_two_days() -> None:
    halts = {event.scope.destination: event for event in load_desk().events if event.kind == "halt"}
    assert set(halts) == {"IN", "JP"}
    india = halts["IN"]
    assert ((india.ends_on or india.begins_on) - india.begins_on).days + 1 == 209
    assert india.share == 1
    assert halts["JP"].share < 1


def test_members_of_the_european_union_are_found_by_their_group() -> None:
    desk = load_desk()
    european = next(row for row in desk.general if row.scope.destination == "EU")
    assert desk.fits(european.scope, "magnet", "FR", "civil")
    assert not desk.fits(european.scope, "magnet", "GB", "civil")
    assert not desk.fits(european.scope, "oxide", "FR", "civil")
    assert european.scope.destination != EVERYWHERE


FIGURES, EVENTS, GENERAL, HOLDS = "desk_figures", "practice_events", "general_licences", "customs_holds"


@pytest.mark.parametrize(
    ("change", "code", "column", "nearest"),
    [
        ((FIGURES, "LD024", "parameter", "returned_shares"), "DESK-NAME", "parameter", "returned_share"),
        ((FIGURES, "LD024", "form", "magnets"), "DESK-NAME", "form", "magnet"),
        ((FIGURES, "LD024", "user", "civilian"), "DESK-NAME", "user", "civil"),
        ((FIGURES, "LD024", "destination", "EUR"), "DESK-NAME", "destination", "EU"),
        ((EVENTS, "PE01", "kind", "slowdown"), "DESK-NAME", "kind", "slow_down"),
        ((EVENTS, "PE06", "destination", "JPN"), "DESK-NAME", "destination", "JP"),
        ((HOLDS, "CH01", "form", "magnett"), "DESK-NAME", "form", "magnet"),
        ((FIGURES, "LD018", "high", "1.2"), "DESK-SHARE", "high", ""),
        ((EVENTS, "PE02", "high", "1.5"), "DESK-SHARE", "high", ""),
        ((EVENTS, "PE01", "low", "-0.1"), "DESK-SHARE", "low", ""),
        ((GENERAL, "GL01", "renewed_share", "90"), "DESK-SHARE", "renewed_share", ""),
        ((HOLDS, "CH01", "high", "2"), "DESK-SHARE", "high", ""),
        ((FIGURES, "LD011", "low", "4000"), "DESK-RANGE", "low", ""),
        ((FIGURES, "LD011", "high", "2000"), "DESK-RANGE", "high", ""),
        ((FIGURES, "LD002", "low", "-1"), "DESK-RANGE", "low", ""),
        ((EVENTS, "PE01", "low", "0.3"), "DESK-RANGE", "low", ""),
        ((HOLDS, "CH01", "days_high", "40"), "DESK-RANGE", "days_high", ""),
        ((EVENTS, "PE02", "ends_on", "2025-04-03"), "DESK-DAYS", "ends_on", ""),
        ((HOLDS, "CH01", "ends_on", "2025-04-03"), "DESK-DAYS", "ends_on", ""),
        ((FIGURES, "LD024", "ends_on", "2025-08-31"), "DESK-DAYS", "ends_on", ""),
        ((GENERAL, "GL01", "holders", ""), "DESK-GENERAL", "holders", ""),
        ((GENERAL, "GL01", "customers", ""), "DESK-GENERAL", "customers", ""),
        ((GENERAL, "GL01", "life_months", "0"), "DESK-GENERAL", "life_months", ""),
        ((FIGURES, "LD013", "unit", "count"), "DESK-UNIT", "unit", "months"),
        ((FIGURES, "LD018", "unit", "ratio"), "DESK-UNIT", "unit", "fraction"),
        ((FIGURES, "LD014", "reports", "LP004;LP999"), "DESK-REPORT", "reports", "LP009"),
    ],
)
def test_a_fault_names_file_line_column_and_what_to_do(
    tmp_path: Path, change: Change, code: str, column: str, nearest: str
) -> None:
    found = faults_of(folder_with(tmp_path, change))
    fault = next(fault for fault in found if fault.code == code)
    assert fault.where.startswith(f"practice/{change[0]}.csv:")
    assert fault.where.endswith(f", {column}")
    assert change[1] in fault.what
    assert fault.next
    assert nearest in fault.nearest or not nearest


@pytest.mark.parametrize("row", ["LD012", "LD013", "LD014", "LD015", "LD016", "LD017"])
def test_a_desk_without_capacity_is_refused(tmp_path: Path, row: str) -> None:
    changes = [(FIGURES, row, column, "0") for column in ("low", "value")]
    assert [fault.code for fault in faults_of(folder_with(tmp_path, *changes))] == ["DESK-CAPACITY"]


@pytest.mark.parametrize(
    "more",
    [
        (FIGURES, "LD018", "value", "0.4"),
        (FIGURES, "LD024", "begins_on", "2025-11-09"),
        (EVENTS, "PE02", "share", "0.95"),
        (EVENTS, "PE03", "begins_on", "2026-05-01"),
        (GENERAL, "GL01", "begins_on", "2026-12-02"),
        (HOLDS, "CH01", "begins_on", "2025-10-23"),
    ],
)
def test_two_rows_that_say_different_things_of_one_day_are_refused(tmp_path: Path, more: Change) -> None:
    (fault,) = faults_of(folder_with(tmp_path, more=(more,)))
    assert fault.code == "DESK-CONTRADICTS"
    assert fault.what.startswith("X00: ")
    assert more[1] in fault.what
    assert more[1] in fault.next


@pytest.mark.parametrize(
    "more",
    [
        (FIGURES, "LD018", "form", "magnet"),
        (FIGURES, "LD024", "user", "military"),
        (EVENTS, "PE02", "destination", "BD"),
        (EVENTS, "PE02", "kind", "slow_down"),
        (GENERAL, "GL01", "form", "oxide"),
        (HOLDS, "CH01", "destination", "EU"),
    ],
)
def test_rows_of_another_scope_or_kind_do_not_contradict(tmp_path: Path, more: Change) -> None:
    desk = load_desk(folder_with(tmp_path, more=(more,)))
    assert "X00" in {row.id for row in every_row(desk)}


def test_a_general_licence_that_is_not_renewed_ends_with_its_validity(tmp_path: Path) -> None:
    """From 2 December 2025 for twelve months: the next may begin on 2 December 2026 and no day sooner."""
    ends = (GENERAL, "GL01", "renewed_share", "0")
    desk = load_desk(folder_with(tmp_path / "on", ends, more=((GENERAL, "GL01", "begins_on", "2026-12-02"),)))
    assert [row.begins_on.year for row in desk.general if row.id in ("GL01", "X00")] == [2025, 2026]
    (fault,) = faults_of(folder_with(tmp_path / "early", ends, more=((GENERAL, "GL01", "begins_on", "2026-12-01"),)))
    assert fault.code == "DESK-CONTRADICTS"


def test_a_missing_parameter_is_told_with_its_unit(tmp_path: Path) -> None:
    (fault,) = faults_of(folder_with(tmp_path, without=("LD016",)))
    assert (fault.code, "learning_months" in fault.what, "months" in fault.next) == ("DESK-MISSING", True, True)


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    """A cell that cannot be read hides nothing in the other rows and tables."""
    found = faults_of(
        folder_with(
            tmp_path,
            (FIGURES, "LD011", "value", "about 3000"),
            (FIGURES, "LD018", "high", "1.2"),
            (EVENTS, "PE02", "ends_on", "2025-04-03"),
            (GENERAL, "GL01", "customers", ""),
            (HOLDS, "CH01", "destination", "ALLL"),
        )
    )
    assert [fault.code for fault in found] == ["TABLE-CELL", "DESK-NAME", "DESK-SHARE", "DESK-DAYS", "DESK-GENERAL"]


def test_an_end_after_the_cut_off_is_not_known() -> None:
    """In October 2025 nobody knew that the stricter months would end on 9 November."""
    then, later = (load_desk().known_by(dt.date(2025, month, day)) for month, day in ((10, 20), (11, 30)))
    assert [row.ends_on for row in then.events if row.id == "PE01"] == [None]
    assert [row.ends_on for row in later.events if row.id == "PE01"] == [dt.date(2025, 11, 9)]
    assert [row.ends_on for row in then.rows if row.id == "LD024"] == [None]
    assert then.value("returned_share", "magnet", "DE", "civil", dt.date(2026, 1, 15)) == 0.45
    assert later.value("returned_share", "magnet", "DE", "civil", dt.date(2026, 1, 15)) == 0.3
    assert [row.ends_on for row in then.holds] == [None]
