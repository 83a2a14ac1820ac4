"""Upcoming dates: ends of suspensions, effective dates and dates in statements, as published by the information cut-off."""

from __future__ import annotations

from coercivity.base.days import parse_day
from coercivity.law.explain.upcoming import AgendaEntry, agenda
from tests.support import BOOK


def coming(on: str, known: str | None = None, to: str | None = None) -> list[AgendaEntry]:
    seen, last = (parse_day(day) if day is not None else None for day in (known, to))
    return agenda(BOOK, parse_day(on), known=seen, to=last)


def kinds(found: list[AgendaEntry], instrument: str) -> list[tuple[str, str]]:
    return [(entry.day.isoformat(), entry.kind) for entry in found if entry.instrument_id == instrument]


def test_a_pause_ends_on_the_day_after_its_last_one() -> None:
    """MOFCOM/GAC 70/2025 pauses 61/2025 until 10 November 2026; a spokesperson named the day again."""
    found = coming("2025-12-01", "2026-10-01", "2026-11-30")
    assert kinds(found, "mofcom-2025-61") == [("2026-11-11", "pause_ends"), ("2026-11-11", "stated")]
    assert kinds(found, "mofcom-gac-2025-70") == [("2026-11-11", "term_ends")]
    (ends,) = [entry for entry in found if (entry.instrument_id, entry.kind) == ("mofcom-2025-61", "pause_ends")]
    assert ends.by == "mofcom-gac-2025-70"
    assert "until 10 November 2026" in ends.note


def test_what_starts_is_told_until_it_has_started() -> None:
    """Notice 61/2025 begins in two steps, on 9 October and 1 December 2025."""
    both = [("2025-10-09", "starts"), ("2025-12-01", "starts")]
    assert kinds(coming("2025-10-08", "2025-10-09"), "mofcom-2025-61") == both
    assert kinds(coming("2025-10-09", "2025-10-09"), "mofcom-2025-61") == both[1:]
    assert kinds(coming("2025-10-08", "2025-10-09", "2025-12-01"), "mofcom-2025-61") == both
    assert kinds(coming("2025-10-08", "2025-10-09", "2025-11-30"), "mofcom-2025-61") == both[:1]


def test_what_was_not_published_yet_is_not_coming() -> None:
    assert kinds(coming("2025-10-08", "2025-10-08"), "mofcom-2025-61") == []
    assert coming("2025-10-08") == coming("2025-10-08", "2025-10-08")


def test_a_party_that_is_taken_off_a_list_is_told() -> None:
    assert ("2025-11-10", "delisting") in kinds(coming("2025-11-01", "2025-12-01"), "mofcom-uel-2025-6")


def test_days_stand_in_order_and_once() -> None:
    found = coming("2025-09-01", "2026-08-01")
    assert [entry.day for entry in found] == sorted(entry.day for entry in found)
    assert len(found) == len(set(found))
