"""`rules check` finds events in an impossible order."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from coercivity.base.days import Day
from coercivity.law.rules.check import check_rules, days_to_check
from coercivity.law.rules.model import Event
from coercivity.law.rules.rulebook import Rulebook
from coercivity.law.rules.spans import out_of_order
from tests.support import BOOK

LISTED, STOPPED, AGAIN = (
    {"type": "listing", "effective": "2025-03-04"},
    {"type": "delisting", "effective": "2025-11-10"},
    {"type": "listing", "effective": "2026-02-01"},
)
PAUSE = {"type": "suspension", "effective": "2025-05-14", "ends": "2025-08-12"}
BACK = {"type": "resumption", "effective": "2025-06-01"}


def events(*raw: dict[str, str]) -> list[Event]:
    """Events of one list notice, published on the day on which they take effect."""
    return [Event.model_validate({"by": "x", "scope": "all", "published": e["effective"], **e}) for e in raw]


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ((LISTED, PAUSE, BACK, STOPPED, AGAIN), []),
        ((AGAIN, STOPPED, LISTED), []),
        ((STOPPED, AGAIN), ["ends an effect that has not started or has already ended"]),
        (
            (LISTED, STOPPED, {**STOPPED, "effective": "2025-12-01"}),
            ["ends an effect that has not started or has already ended"],
        ),
        ((LISTED, AGAIN), ["starts an effect that is already running"]),
        (({**LISTED, "ends": "2025-12-31"}, AGAIN), []),
        ((LISTED, BACK), ["resumes an effect that is not suspended"]),
        (
            (LISTED, STOPPED, {**PAUSE, "effective": "2026-01-01", "ends": "2026-06-30"}),
            ["suspends an effect that has ended"],
        ),
        (
            (LISTED, STOPPED, {**AGAIN, "effective": "2025-11-10"}),
            ["falls on the same date as a listing", "falls on the same date as a delisting"],
        ),
    ],
)
def test_events_out_of_order(raw: tuple[dict[str, str], ...], expected: list[str]) -> None:
    """One row, one run of events."""
    assert [why for _, why in out_of_order(events(*raw))] == expected


def test_the_check_tells_of_them() -> None:
    """A list notice that is ended twice is reported by the check, with its instrument and clause."""
    held = BOOK.instruments["mofcom-2025-13"]
    once = next(event for event in held.events if event.type == "delisting")
    twice = once.model_copy(update={"effective": once.effective and once.effective.replace(day=20)})
    wrong = held.model_copy(update={"events": [*held.events, twice]})
    book = replace(BOOK, instruments={held.id: wrong}, party_sets={})
    found = check_rules(book, BOOK.folder).faults
    what = [fault.what for fault in found if fault.code == "EVENT-ORDER"]
    assert what
    assert what[0] == "delisting on 2025-11-20 ends an effect that has not started or has already ended"


def told(book: Rulebook, folder: Path = BOOK.folder) -> dict[str, str]:
    """What the check tells of a book, the last of each code."""
    return {fault.code: f"{fault.where}: {fault.what}" for fault in check_rules(book, folder).faults}


def alone(**changed: object) -> Rulebook:
    """A book with one notice, 61/2025, that is changed."""
    held = BOOK.instruments["mofcom-2025-61"]
    return replace(BOOK, instruments={held.id: held.model_copy(update=changed)}, party_sets={})


def test_the_packed_law_holds() -> None:
    done = list[tuple[int, int]]()
    report = check_rules(BOOK, BOOK.folder, progress=lambda *counted: done.append(counted))
    assert report.faults == ()
    assert report.provisions == sum(len(instrument.provisions) for instrument in BOOK.instruments.values())
    assert report.statuses == report.provisions * report.days
    assert done == [(n, report.provisions) for n in range(1, report.provisions + 1)]


def test_the_days_asked_are_quarters_and_those_around_each_event() -> None:
    days = days_to_check(BOOK)
    assert days == sorted(set(days))
    assert {Day(2025, month, 1) for month in (1, 4, 7, 10)} <= set(days)
    # 61/2025 was published on 9 October 2025; its pause lasts until 10 November 2026
    for day in (Day(2025, 10, 9), Day(2026, 11, 10)):
        assert {day - timedelta(1), day, day + timedelta(1)} <= set(days)


def test_a_pause_that_ends_before_it_bites_is_told() -> None:
    pause = next(event for event in BOOK.instruments["mofcom-2025-61"].events if event.type == "suspension")
    assert pause.effective is not None
    wrong = pause.model_copy(update={"ends": pause.effective - timedelta(1)})
    same = pause.model_copy(update={"ends": pause.effective})
    others = [event for event in BOOK.instruments["mofcom-2025-61"].events if event is not pause]
    assert "before it takes effect" in told(alone(events=[*others, wrong]))["EVENT-ORDER"]
    assert "EVENT-ORDER" not in told(alone(events=[*others, same]))


def test_a_clause_begins_with_a_start() -> None:
    events = [event for event in BOOK.instruments["mofcom-2025-61"].events if event.type != "entry_into_force"]
    assert "no start event on" in told(alone(events=events))["EVENT-START"]


def test_what_was_checked_before_it_was_published_is_told() -> None:
    published = BOOK.instruments["mofcom-2025-61"].published
    assert published is not None
    early = told(alone(verified_through=published - timedelta(1)))
    assert early["EVENT-CHECKED"].endswith("the check date is before the publication date")
    assert "EVENT-CHECKED" not in told(alone(verified_through=published))


def test_lists_and_readings_have_to_agree_with_the_instruments(tmp_path: Path) -> None:
    shutil.copy(BOOK.folder / "listing_events.csv", tmp_path)
    found = told(BOOK, tmp_path)
    assert set(found) == {"READING"}
    path = tmp_path / "listing_events.csv"
    header, first, *rows = path.read_text(encoding="utf-8").splitlines()
    name = dict(zip(header.split(","), first.split(","), strict=False))["party_set"]
    path.write_text("\n".join([header, *(row for row in rows), first.replace(name, "cl-none")]), encoding="utf-8")
    found = told(BOOK, tmp_path)
    assert "'cl-none' has events but no party" in found["LIST-SET"]
    path.write_text("\n".join([header, first, *rows, first.replace("listing", "delisting", 1)]), encoding="utf-8")
    assert f"events of {name} differ" in told(BOOK, tmp_path)["LIST-EVENTS"]


ROW = "{set},{party},{event},2026-02-24,2026-02-24,,,mofcom-2026-11,SL043,"


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([("cl-2026-11", "*", "delisting")], {"LIST-SAME-DAY", "LIST-EVENTS"}),
        ([("cl-2026-11", "p-jp-x", "delisting")], {"LIST-SAME-DAY", "LIST-PARTY", "LIST-EVENTS"}),
        ([("cl-2026-11", "p-jp-x", "listing")], {"LIST-PARTY"}),
        ([("cl-2026-11", "*", "suspension")], {"LIST-EVENTS"}),
    ],
)
def test_a_party_cannot_be_put_on_and_taken_off_a_list_on_one_day(
    tmp_path: Path, rows: list[tuple[str, str, str]], expected: set[str]
) -> None:
    """The order of two events of one date is not stated; the row and the notice are named."""
    path = tmp_path / "listing_events.csv"
    held = (BOOK.folder / "listing_events.csv").read_text(encoding="utf-8").rstrip("\n").splitlines()
    added = [ROW.format(set=name, party=party, event=event) for name, party, event in rows]
    path.write_text("\n".join([*held, *added]) + "\n", encoding="utf-8")
    found = told(BOOK, tmp_path)
    assert set(found) - {"READING"} == expected
    if "LIST-SAME-DAY" in expected:
        assert found["LIST-SAME-DAY"] == (
            f"listing_events.csv, row {len(held) + 1}: cl-2026-11 is listed and delisted on 2026-02-24"
        )
