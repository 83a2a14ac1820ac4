"""Statuses of a provision as date spans built from its events; an independent check of `status`."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from coercivity.base.days import ONE_DAY, Day
from coercivity.law.rules.known import ENDS, STARTS
from coercivity.law.rules.model import Event, Instrument, Provision, Status
from coercivity.law.rules.status import holds_through

Run = tuple[Day, Day, Status]


def spans(instrument: Instrument, provision: Provision) -> list[Run]:
    """Returns the date spans of a provision, built from its events rather than computed date by date.

    Every event counts, whenever it was published; a suspension or a term ends on its stated date.
    """
    if provision.guidance:
        start = provision.effective_from
        if start is None:
            return [(Day.min, Day.max, Status.NOT_YET)]
        return [(Day.min, start - ONE_DAY, Status.NOT_YET), (start, Day.max, Status.IN_FORCE)]
    events = [event for event in instrument.events if event.touches(provision.id) and event.effective is not None]
    cuts = sorted({_day(event) for event in events if event.type in ENDS})
    found: list[Run] = []
    for first, after in pairwise((None, *cuts, None)):
        found += _between(events, first, after, Status.NOT_YET if first is None else Status.ENDED)
    return found


def _between(events: list[Event], first: Day | None, after: Day | None, otherwise: Status) -> Iterator[Run]:
    """Returns the spans from one end to the day before the next."""
    begin, end = first or Day.min, Day.max if after is None else after - ONE_DAY
    inside = [event for event in events if begin <= _day(event) <= end]
    starts = sorted((e for e in inside if e.type in STARTS), key=lambda e: (_day(e), holds_through(e)))
    cursor = begin
    for at, start in enumerate(starts):
        until = _day(starts[at + 1]) - ONE_DAY if at + 1 < len(starts) else end
        if until < _day(start):
            continue  # another start on the same date lasts longer
        if cursor < _day(start):
            yield cursor, _day(start) - ONE_DAY, otherwise
        last = min(until, holds_through(start))
        if last >= _day(start):
            yield from _within(inside, _day(start), last, new_from=first)
        if last == end:
            return
        cursor, otherwise = max(last + ONE_DAY, _day(start)), Status.ENDED
    yield cursor, end, otherwise


def _within(events: list[Event], first: Day, last: Day, *, new_from: Day | None) -> Iterator[Run]:
    """Returns a period in force and the suspensions within it."""
    cursor = first
    for pause in sorted((e for e in events if e.type == "suspension" and _day(e) != new_from), key=_day):
        back = [_day(e) - ONE_DAY for e in events if e.type == "resumption" and _day(e) >= _day(pause)]
        begin, end = max(_day(pause), cursor), min([holds_through(pause), last, *back])
        if end < begin:
            continue
        if cursor < begin:
            yield cursor, begin - ONE_DAY, Status.IN_FORCE
        yield begin, end, Status.SUSPENDED
        if end == last:
            return
        cursor = end + ONE_DAY
    yield cursor, last, Status.IN_FORCE


def out_of_order(events: list[Event]) -> list[tuple[Event, str]]:
    """Returns the events whose dates are out of order, each with the reason.

    Args:
        events: The events that affect one provision.
    """
    found: list[tuple[Event, str]] = []
    running: Event | None = None
    paused = ended = False
    for event in sorted((e for e in events if e.effective is not None), key=_day):
        against = [e for e in events if e.effective == event.effective and {e.type, event.type} in _CONTRARY]
        if against:
            found.append((event, f"falls on the same date as a {against[0].type}"))
        elif event.type in STARTS:
            if running is not None and holds_through(running) >= _day(event):
                found.append((event, "starts an effect that is already running"))
            running, ended = event, False
        elif event.type in ENDS:
            if running is None:
                found.append((event, "ends an effect that has not started or has already ended"))
            running, paused, ended = None, False, True
        elif event.type == "suspension":
            if ended:
                found.append((event, "suspends an effect that has ended"))
            paused = True
        elif event.type == "resumption":
            if not paused:
                found.append((event, "resumes an effect that is not suspended"))
            paused = False
    return found


_CONTRARY = [
    *({start, end} for start in STARTS for end in ENDS),
    *({"suspension", other} for other in ("resumption", *ENDS)),
]


def _day(event: Event) -> Day:
    assert event.effective is not None
    return event.effective
