"""Status of a provision on a date, by information published by a second date and verified to a third.

A suspension ends by lapse. If that end is after the information cut-off or the last check, the status after it is
unknown and carries its scenarios; only an instrument changes it, not a statement.
"""

from __future__ import annotations

from dataclasses import dataclass

from coercivity.base.days import ONE_DAY, Day
from coercivity.law.rules.known import ENDS, STARTS, known_by
from coercivity.law.rules.model import Event, Instrument, Provision, Status


@dataclass(frozen=True, slots=True)
class Branch:
    """One possible resolution of an unknown status."""

    label: str
    status: Status


@dataclass(frozen=True, slots=True)
class StatusOn:
    """Status of one provision for (`on`, `known`), with the event that explains it.

    Attributes:
        event: The event that causes the status, if any.
        until: Last day of a current or past suspension.
        other_reading: Status on this date under the other interpretation of "until".
        branches: Possible resolutions of an unknown status.
        announced: A suspension that was published but has not started.
    """

    status: Status
    event: Event | None = None
    until: Day | None = None
    other_reading: Status | None = None
    branches: tuple[Branch, ...] = ()
    announced: Event | None = None


@dataclass(frozen=True, slots=True)
class Assumption:
    """A planning assumption: a suspension lapses, or is extended to a date."""

    lapsed: bool
    extended_through: Day | None = None

    def text(self) -> str:
        """Returns the assumption as written after `--assume`."""
        return "lapsed" if self.lapsed else f"extended:{self.extended_through}"


def last_day(event: Event) -> Day | None:
    """Returns the last day of an event with an end."""
    if event.ends is None:
        return None
    return event.ends if event.ends_inclusive else event.ends - ONE_DAY


def holds_through(event: Event) -> Day:
    """Returns the last day of an event; the latest possible date if it has no end."""
    return last_day(event) or Day.max


def status_on(
    provision: Provision, instrument: Instrument, on: Day, known: Day, *, assume: Assumption | None = None
) -> StatusOn:
    """Returns the status of a provision.

    Args:
        provision: The clause.
        instrument: The instrument that contains it.
        on: Transaction date.
        known: Information cut-off: date by which an event must have been published to count.
        assume: Planning assumption for a suspension that ends after the last check.
    """
    if provision.guidance:
        return _guidance(provision, instrument, on, known)
    events = [event for event in instrument.events if event.touches(provision.id) and known_by(event, known)]
    begun = sorted((e for e in events if _day(e) <= on), key=_day)
    ended = max((e for e in begun if e.type in ENDS), key=_day, default=None)
    # Ties are restrictive: a start on the day of an end is a new start; a suspension on that day ended with it.
    starts = [e for e in begun if e.type in STARTS and (ended is None or _day(e) >= _day(ended))]
    if not starts:
        return _outside(events, on, ended)
    start = max(starts, key=lambda e: (_day(e), holds_through(e)))
    horizon = min(known, instrument.verified_through)
    own = _own_term(start, on, horizon)
    if own.status is Status.IN_FORCE:
        pauses = [e for e in begun if e.type == "suspension" and (ended is None or _day(e) > _day(ended))]
        resumed = max((_day(e) for e in begun if e.type == "resumption"), default=Day.min)
        return _paused([e for e in pauses if _day(e) > resumed], on, horizon, own, assume)
    renewal = _undated(events, on, start) if own.status is Status.ENDED else None
    return own if renewal is None else _perhaps(renewal, Branch("ended", Status.ENDED))


def _day(event: Event) -> Day:
    """Returns the effective date of an event; the latest possible date if it has none."""
    return event.effective or Day.max


def _outside(events: list[Event], on: Day, ended: Event | None) -> StatusOn:
    """Returns the status before any start, or after an end without a later start."""
    undated = _undated(events, on, ended)
    if undated is not None:
        return _perhaps(undated, Branch("ended", Status.ENDED) if ended else Branch("not yet", Status.NOT_YET))
    if ended is not None:
        return StatusOn(Status.ENDED, ended)
    coming = min((e for e in events if e.type in STARTS), key=_day, default=None)
    if coming is None or coming.effective is None:
        return StatusOn(Status.NOT_YET, coming)
    announced = next((event for event in events if event.type == "suspension"), None)
    return StatusOn(Status.NOT_YET, coming, announced=announced)


def _undated(events: list[Event], on: Day, after: Event | None) -> Event | None:
    """Returns an undated start that may apply by `on` and was not published before the event it would follow."""
    since = Day.min if after is None else after.published or _day(after)
    starts = [e for e in events if e.type in STARTS and e.effective is None and e is not after]
    return next((e for e in starts if (e.published or Day.min) <= on and (e.published or Day.max) >= since), None)


def _perhaps(start: Event, otherwise: Branch) -> StatusOn:
    return StatusOn(Status.UNKNOWN, start, branches=(Branch("in force", Status.IN_FORCE), otherwise))


def _own_term(start: Event, on: Day, horizon: Day) -> StatusOn:
    """Returns the status of a rule with its own last day: after it, ended if verified, otherwise unknown."""
    end = last_day(start)
    if end is None or on <= end:
        return StatusOn(Status.IN_FORCE, start)
    if end <= horizon:
        return StatusOn(Status.ENDED, start, until=end)
    both = (Branch("ended", Status.ENDED), Branch("renewed", Status.IN_FORCE))
    return StatusOn(Status.UNKNOWN, start, until=end, branches=both)


def _paused(pauses: list[Event], on: Day, horizon: Day, started: StatusOn, assume: Assumption | None) -> StatusOn:
    """Returns the status in force, with the suspensions that have started."""
    pause = max(pauses, key=holds_through, default=None)
    if pause is None:
        return started
    end = last_day(pause)
    if end is None or on <= end:
        return StatusOn(Status.SUSPENDED, pause, until=end, other_reading=Status.IN_FORCE if on == end else None)
    if end > horizon:
        return _past_unchecked_end(pause, on, assume)
    return StatusOn(Status.IN_FORCE, started.event, until=end)


def _past_unchecked_end(pause: Event, on: Day, assume: Assumption | None) -> StatusOn:
    end = last_day(pause)
    if assume is not None:
        extended = not assume.lapsed and assume.extended_through is not None and on <= assume.extended_through
        until = assume.extended_through if extended else end
        return StatusOn(Status.SUSPENDED if extended else Status.IN_FORCE, pause, until=until)
    both = (Branch("lapsed", Status.IN_FORCE), Branch("extended", Status.SUSPENDED))
    return StatusOn(Status.UNKNOWN, pause, until=end, branches=both)


def _guidance(provision: Provision, instrument: Instrument, on: Day, known: Day) -> StatusOn:
    """Returns the status of guidance: it explains a rule from the rule's first day, once published."""
    start = provision.effective_from
    if start is None or on < start:
        return StatusOn(Status.NOT_YET)
    event = next((e for e in instrument.events if e.type == "publication" and e.touches(provision.id)), None)
    if provision.published is not None:
        return StatusOn(Status.IN_FORCE if provision.published <= known else Status.NOT_YET, event)
    if event is None or event.published_before is None or event.published_after is None:
        return StatusOn(Status.NOT_YET, event)
    if known >= event.published_before:
        return StatusOn(Status.IN_FORCE, event)
    if known <= event.published_after:
        return StatusOn(Status.NOT_YET, event)
    both = (Branch("already published", Status.IN_FORCE), Branch("not yet published", Status.NOT_YET))
    return StatusOn(Status.UNKNOWN, event, branches=both)
