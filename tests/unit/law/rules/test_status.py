"""Status by transaction date and information cut-off: published, in effect, not checked."""

from __future__ import annotations

import pytest

from coercivity.base.days import parse_day
from coercivity.law.rules.model import Status
from coercivity.law.rules.rulebook import Rulebook
from coercivity.law.rules.status import Assumption, StatusOn, status_on


def status(book: Rulebook, provision: str, on: str, known: str, assume: Assumption | None = None) -> StatusOn:
    """Status of a packed provision."""
    found = book.provision(provision)
    assert found is not None
    return status_on(found[1], found[0], parse_day(on), parse_day(known), assume=assume)


@pytest.mark.parametrize(
    ("provision", "on", "known", "expected"),
    [
        # 18/2025 bites on the day of its publication and was never paused
        ("a18-1c905", "2025-04-03", "2025-04-03", Status.NOT_YET),
        ("a18-1c905", "2025-04-04", "2025-04-04", Status.IN_FORCE),
        ("a18-1c905", "2027-06-01", "2026-10-05", Status.IN_FORCE),
        # 57/2025: published 9 October, to bite on 8 November, paused on 7 November 2025
        ("a57-1c909", "2025-10-20", "2025-10-20", Status.NOT_YET),
        ("a57-1c909", "2025-11-07", "2025-11-07", Status.NOT_YET),
        ("a57-1c909", "2025-11-08", "2025-11-08", Status.SUSPENDED),
        # as seen on 1 November the same day looks in force: the pause was not published
        ("a57-1c909", "2025-11-08", "2025-11-01", Status.IN_FORCE),
        ("a57-1c909", "2026-11-10", "2026-10-05", Status.SUSPENDED),
        ("a57-1c909", "2026-11-11", "2026-10-05", Status.UNKNOWN),
        # 61/2025 Art. 1(1) and (2) start later than the rest of the announcement
        ("a61-1-3", "2025-10-09", "2025-10-09", Status.IN_FORCE),
        ("a61-1-1", "2025-10-09", "2025-10-09", Status.NOT_YET),
        ("a61-1-1", "2025-12-01", "2025-12-01", Status.SUSPENDED),
        # 13/2025 stopped on 10 November 2025: the day itself is free
        ("l2025n13-list", "2025-11-09", "2025-11-09", Status.IN_FORCE),
        ("l2025n13-list", "2025-11-10", "2025-11-10", Status.ENDED),
        # FAQ V explains 18/2025 from its first day, once published on 16 September 2025
        ("faq-5-rotor", "2025-06-01", "2025-06-01", Status.NOT_YET),
        ("faq-5-rotor", "2025-06-01", "2025-09-16", Status.IN_FORCE),
        ("faq-5-rotor", "2025-04-03", "2025-09-16", Status.NOT_YET),
        # FAQ IV: somewhere between 21 April and 16 September 2025
        ("faq-4-out", "2025-08-01", "2025-08-01", Status.UNKNOWN),
        ("faq-4-out", "2025-08-01", "2025-09-16", Status.IN_FORCE),
        # customs questioning, 123/2025: the first day was not read
        ("gac123-answer", "2025-08-01", "2025-08-01", Status.UNKNOWN),
        ("gac123-answer", "2025-06-01", "2025-06-01", Status.NOT_YET),
    ],
)
def test_status(book: Rulebook, provision: str, on: str, known: str, expected: Status) -> None:
    """One row, one fact of the pack."""
    assert status(book, provision, on, known).status is expected


def test_a_statement_of_policy_switches_nothing(book: Rulebook) -> None:
    """The readout of 2026-09-28 speaks of 2027-01-10; the status after 2026-11-10 stays unknown."""
    for known in ("2026-09-27", "2026-10-05"):
        assert status(book, "a62-1-a", "2026-12-01", known).status is Status.UNKNOWN


def test_the_last_day_names_its_other_reading(book: Rulebook) -> None:
    """On 2026-11-10 the pause runs when "until" includes the day, and is over when it does not."""
    found = status(book, "a62-1-a", "2026-11-10", "2026-10-05")
    assert (found.status, found.other_reading) == (Status.SUSPENDED, Status.IN_FORCE)


def test_branches_and_assumptions(book: Rulebook) -> None:
    """Past the unchecked end: both branches, or the one picked."""
    open_status = status(book, "a62-1-a", "2026-12-01", "2026-10-05")
    assert {b.label: b.status for b in open_status.branches} == {
        "lapsed": Status.IN_FORCE,
        "extended": Status.SUSPENDED,
    }
    lapsed, extended = Assumption(lapsed=True), Assumption(lapsed=False, extended_through=parse_day("2027-01-10"))
    assert status(book, "a62-1-a", "2026-12-01", "2026-10-05", lapsed).status is Status.IN_FORCE
    assert status(book, "a62-1-a", "2026-12-01", "2026-10-05", extended).status is Status.SUSPENDED
    assert status(book, "a62-1-a", "2027-01-11", "2026-10-05", extended).status is Status.IN_FORCE


def test_a_later_known_never_changes_the_view_of_an_earlier_one(book: Rulebook) -> None:
    """Only events published by `known` count, so two later events cannot change an earlier view."""
    for rule in book.rules[::7]:
        before = status(book, rule.id, "2025-12-01", "2025-10-10")
        without = rule.instrument.model_copy(
            update={
                "events": [
                    e
                    for e in rule.instrument.events
                    if (e.published or e.effective or parse_day("2020-01-01")) <= parse_day("2025-10-10")
                ]
            }
        )
        assert (
            status_on(rule.provision, without, parse_day("2025-12-01"), parse_day("2025-10-10")).status is before.status
        )


def test_a_party_listed_again_is_listed(book: Rulebook) -> None:
    """13/2025 was stopped on 10 November 2025; listed again later, it is in force from that day and not before."""
    found = book.provision("l2025n13-list")
    assert found is not None
    instrument, provision = found
    first = next(event for event in instrument.events if event.type == "listing")
    again = first.model_copy(update={"published": parse_day("2026-01-20"), "effective": parse_day("2026-02-01")})
    held = instrument.model_copy(update={"events": [*instrument.events, again]})
    known = parse_day("2026-03-01")
    states = [status_on(provision, held, parse_day(day), known).status for day in ("2025-11-10", "2026-01-31")]
    assert states == [Status.ENDED, Status.ENDED]
    assert status_on(provision, held, parse_day("2026-02-01"), known).status is Status.IN_FORCE
    assert status_on(provision, held, parse_day("2026-02-01"), parse_day("2026-01-19")).status is Status.ENDED


def test_a_party_put_on_and_taken_off_on_one_day_counts_as_listed(book: Rulebook) -> None:
    """The stricter reading; `rules check` refuses such a table. The order of the events does not matter."""
    found = book.provision("l2025n13-list")
    assert found is not None
    instrument, provision = found
    listing = next(event for event in instrument.events if event.type == "listing")
    delisting = next(event for event in instrument.events if event.type == "delisting")
    off = delisting.model_copy(update={"published": listing.published, "effective": listing.effective})
    for events in ([listing, off], [off, listing]):
        held = instrument.model_copy(update={"events": events})
        for day in ("2025-03-04", "2025-03-05", "2026-03-01"):
            assert status_on(provision, held, parse_day(day), parse_day("2026-03-01")).status is Status.IN_FORCE


def test_a_pause_that_was_published_before_the_start_is_announced(book: Rulebook) -> None:
    """57/2025 was to bite on 8 November; the pause was published on 7 November 2025."""
    seen, later = (status(book, "a57-1c909", day, day) for day in ("2025-11-06", "2025-11-07"))
    assert (seen.status, seen.announced) == (Status.NOT_YET, None)
    assert later.status is Status.NOT_YET
    assert later.announced is not None
    assert later.announced.type == "suspension"
