"""Checks of the rulebook beyond loading: coverage in time, and agreement of lists with instruments."""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from coercivity.base.days import ONE_DAY, Day
from coercivity.base.errors import Fault, Faults
from coercivity.law.rules.known import STARTS
from coercivity.law.rules.model import Instrument, Provision, Status
from coercivity.law.rules.rulebook import Rulebook
from coercivity.law.rules.spans import out_of_order, spans
from coercivity.law.rules.status import last_day, status_on

FIRST_YEAR, LAST_YEAR = 2020, 2027


@dataclass(frozen=True, slots=True)
class RulesReport:
    """Result of `rules check`.

    Attributes:
        provisions: Provisions checked.
        days: Days on which each was checked.
        statuses: Statuses read (provisions x days).
    """

    provisions: int
    days: int
    statuses: int
    faults: tuple[Fault, ...]


def check_rules(book: Rulebook, folder: Path, *, progress: Callable[[int, int], None] | None = None) -> RulesReport:
    """Checks that every provision has exactly one status on every relevant date, and that lists agree.

    Args:
        book: The rulebook; references are already resolved and circular ones refused.
        folder: Folder of the pack, for the list events.
        progress: Called with (provisions done, all).
    """
    faults = Faults()
    days = days_to_check(book)
    entries = [(i, p) for _, i in sorted(book.instruments.items()) for p in i.provisions]
    for done, (instrument, provision) in enumerate(entries, 1):
        _one_status(instrument, provision, days, faults)
        _events_in_order(instrument, provision, faults)
        if progress is not None:
            progress(done, len(entries))
    _lists_agree(book, folder, faults)
    _cases_exist(book, folder, faults)
    return RulesReport(len(entries), len(days), len(entries) * len(days), tuple(faults.items))


def days_to_check(book: Rulebook) -> list[Day]:
    """Returns the first day of every quarter, and every event date with the days before and after."""
    days = {Day(year, month, 1) for year in range(FIRST_YEAR, LAST_YEAR + 1) for month in (1, 4, 7, 10)}
    for instrument in book.instruments.values():
        for event in instrument.events:
            for day in (event.published, event.effective, last_day(event)):
                if day is not None:
                    days |= {day - ONE_DAY, day, day + ONE_DAY}
    return sorted(day for day in days if FIRST_YEAR <= day.year <= LAST_YEAR)


def _one_status(instrument: Instrument, provision: Provision, days: list[Day], faults: Faults) -> None:
    laid_out = spans(instrument, provision)
    where = f"{instrument.id}, {provision.id}"
    for before, after in pairwise(laid_out):
        if before[1] + ONE_DAY != after[0]:
            faults.add("STATUS-GAP", f"gap between {before[1]} and {after[0]}", where=where)
    for day in days:
        inside = [status for first, last, status in laid_out if first <= day <= last]
        if len(inside) != 1:
            faults.add("STATUS-COUNT", f"{len(inside)} statuses on {day}", where=where)
            continue
        found = status_on(provision, instrument, day, instrument.verified_through)
        if day <= instrument.verified_through and found.status not in (inside[0], Status.UNKNOWN):
            faults.add(
                "STATUS-DIFFERS", f"on {day}: {found.status} by the events, but {inside[0]} by the spans", where=where
            )


def _events_in_order(instrument: Instrument, provision: Provision, faults: Faults) -> None:
    where = f"{instrument.id}, {provision.id}"
    for event in instrument.events:
        end = last_day(event)
        if event.effective and end and end < event.effective:
            faults.add(
                "EVENT-ORDER", f"{event.type} ends on {end}, before it takes effect on {event.effective}", where=where
            )
    for event, why in out_of_order([event for event in instrument.events if event.touches(provision.id)]):
        faults.add("EVENT-ORDER", f"{event.type} on {event.effective} {why}", where=where)
    starts = {e.effective for e in instrument.events if e.type in STARTS and e.touches(provision.id)}
    if provision.has_effect and not provision.guidance and provision.effective_from not in starts:
        day = provision.effective_from
        what = f"no start event on effective_from {day}" if day is not None else "effective_from is missing"
        step = "give the day of an event entry_into_force or listing that covers the clause"
        faults.add("EVENT-START", what, where=where, next=step)
    if instrument.published and instrument.verified_through < instrument.published:
        faults.add("EVENT-CHECKED", "the check date is before the publication date", where=where)


def _lists_agree(book: Rulebook, folder: Path, faults: Faults) -> None:
    """Checks that a list notice has the same events in the list table and in its instrument."""
    with (folder / "listing_events.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    _on_and_off(rows, faults)
    by_set: dict[str, set[tuple[str, str, str, str]]] = {}
    for row in rows:
        entry = (row["event"], row["published"], row["effective"], row["ends"])
        by_set.setdefault(row["party_set"], set()).add(entry)
    kinds = ("listing", "suspension", "resumption", "delisting")
    for set_id, entries in sorted(by_set.items()):
        party_set = book.party_sets.get(set_id)
        if party_set is None:
            faults.add("LIST-SET", f"list notice {set_id!r} has events but no party", where="listing_events.csv")
            continue
        events = book.instruments[party_set.instrument_id].events
        own = {
            (e.type, *(str(day or "") for day in (e.published, e.effective, e.ends))) for e in events if e.type in kinds
        }
        if own != entries:
            faults.add(
                "LIST-EVENTS",
                f"events of {set_id} differ from those of {party_set.instrument_id}",
                where="listing_events.csv",
            )


def _on_and_off(rows: list[dict[str, str]], faults: Faults) -> None:
    """Checks that no party is put on and taken off a list on one date, and that no event names a single party.

    The order of two events of one date is not stated, so the table must not contain them. A status is kept for each
    list notice, so an event of a single party would be ignored.
    """
    listed = {(row["party_set"], row["party_id"], row["effective"]) for row in rows if row["event"] == "listing"}
    for number, row in enumerate(rows, 2):
        where = f"listing_events.csv, row {number}"
        if row["party_id"] != "*":
            faults.add(
                "LIST-PARTY",
                f"{row['event']} of {row['party_id']!r} alone, but a notice has one status for all its parties",
                where=where,
                next="give the party a list notice of its own, or use * for all parties of the notice",
            )
        same = [(row["party_set"], party, row["effective"]) for party in (row["party_id"], "*")]
        if row["event"] == "delisting" and listed.intersection(same):
            faults.add(
                "LIST-SAME-DAY",
                f"{row['party_set']} is listed and delisted on {row['effective']}",
                where=where,
                next="keep the event that applies on that date, or correct one of the dates",
            )


def _cases_exist(book: Rulebook, folder: Path, faults: Faults) -> None:
    for name in sorted(set(book.instruments) - set(book.overlays)):
        if not (folder / "instruments" / name / "reading.md").is_file():
            faults.add("READING", "the instrument has no reading.md", where=name)
