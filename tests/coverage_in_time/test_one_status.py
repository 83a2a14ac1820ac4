"""Every clause has exactly one status on every quarter and event day from 2020 to 2027."""

from __future__ import annotations

from dataclasses import replace

from coercivity.base.days import Day
from coercivity.law.rules.check import check_rules, days_to_check
from coercivity.law.rules.load import law_folder
from coercivity.law.rules.model import Status
from coercivity.law.rules.rulebook import Rulebook
from coercivity.law.rules.spans import spans


def test_rules_check_finds_no_fault(book: Rulebook) -> None:
    """43 thousand statuses, no gap, no overlap, no list that differs from its instrument."""
    report = check_rules(book, law_folder())
    assert report.faults == ()
    assert report.provisions == 349
    assert report.statuses == report.provisions * report.days


def test_the_days_hold_every_quarter_and_both_sides_of_every_event(book: Rulebook) -> None:
    """2026-11-10 ends six pauses: the day before and after are there."""
    days = set(days_to_check(book))
    assert {Day(2020, 1, 1), Day(2027, 10, 1), Day(2026, 11, 9), Day(2026, 11, 10), Day(2026, 11, 11)} <= days


def test_the_check_can_fail(book: Rulebook) -> None:
    """A pause that ends before it begins is reported."""
    instrument = book.instruments["mofcom-2025-62"]
    broken = [
        e.model_copy(update={"ends": Day(2025, 1, 1)}) if e.type == "suspension" else e for e in instrument.events
    ]
    twisted = instrument.model_copy(update={"events": broken})
    report = check_rules(replace(book, instruments={**book.instruments, "mofcom-2025-62": twisted}), law_folder())
    assert {fault.code for fault in report.faults} >= {"EVENT-ORDER"}


def test_a_listing_paused_three_times_is_laid_out_without_gap(book: Rulebook) -> None:
    """21/2025 was listed, paused three times in a row, and is not over. Source: MOFCOM 21/2025 and three answers."""
    instrument = book.instruments["mofcom-2025-21"]
    laid_out = spans(instrument, instrument.provisions[0])
    assert [(str(first), status) for first, _, status in laid_out[1:]] == [
        ("2025-04-04", Status.IN_FORCE),
        ("2025-05-14", Status.SUSPENDED),
        ("2025-08-12", Status.SUSPENDED),
        ("2025-11-10", Status.SUSPENDED),
        ("2026-11-11", Status.IN_FORCE),
    ]
