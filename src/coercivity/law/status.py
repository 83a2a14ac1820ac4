"""Status of a provision on a day, as far as was published by another day and checked through a third.

A pause ends by lapse. Where that end lies past what is known and checked, the status after it is unknown and carries
its branches; nobody's word switches it, only an instrument.
"""

from __future__ import annotations

from dataclasses import dataclass

from coercivity.base.days import ONE_DAY, Day
from coercivity.law.model import Event, Instrument, Provision, Status

_STARTS = ("entry_into_force", "listing")
_ENDS = ("repeal", "delisting")


@dataclass(frozen=True, slots=True)
class Branch:
    """One way in which an unknown status may turn out."""

    label: str
    status: Status


@dataclass(frozen=True, slots=True)
class StatusOn:
    """The status of one provision for (`on`, `known`), with the event that explains it.

    Attributes:
        event: The event that gives the status, where there is one.
        until: Last day of a running or ended pause.
        other_reading: What the other reading of "until" would give on this very day.
        branches: Ways in which an unknown status may turn out.
        announced: A pause that was published and does not bite yet.
    """

    status: Status
    event: Event | None = None
    until: Day | None = None
    other_reading: Status | None = None
    branches: tuple[Branch, ...] = ()
    announced: Event | None = None


@dataclass(frozen=True, slots=True)
class Assumption:
    """A branch picked for planning: a pause lapses, or is extended through a day."""

    lapsed: bool
    extended_through: Day | None = None

    def text(self) -> str:
        """Returns the assumption as it is written after `--assume`."""
        return "lapsed" if self.lapsed else f"extended:{self.extended_through}"


def last_day(event: Event) -> Day | None:
    """Returns the last day on which an event with an end still holds."""
    if event.ends is None:
        return None
    return event.ends if event.ends_inclusive else event.ends - ONE_DAY


def status_on(
    provision: Provision, instrument: Instrument, on: Day, known: Day, *, assume: Assumption | None = None
) -> StatusOn:
    """Returns the status of a provision.

    Args:
        provision: The clause.
        instrument: The act that holds it.
        on: Day on which the deal happens.
        known: Day by which an event must have been published to count.
        assume: Branch picked for a pause that ends past what was checked.
    """
    if provision.guidance:
        return _guidance(provision, instrument, on, known)
    events = [event for event in instrument.events if event.touches(provision.id) and _published(event, known)]
    started = _started(events, on, known, instrument, provision)
    if started.status is not Status.IN_FORCE:
        return started
    ended = [event for event in events if event.type in _ENDS and event.effective is not None and event.effective <= on]
    if ended:
        return StatusOn(Status.ENDED, ended[-1])
    return _paused(events, on, min(known, instrument.verified_through), started, assume)


def _published(event: Event, known: Day) -> bool:
    day = event.published or event.effective
    return day is not None and day <= known


def _started(events: list[Event], on: Day, known: Day, instrument: Instrument, provision: Provision) -> StatusOn:
    starts = [event for event in events if event.type in _STARTS]
    announced = next((event for event in events if event.type == "suspension"), None)
    if not starts:
        return StatusOn(Status.NOT_YET)
    undated = [event for event in starts if event.effective is None]
    dated = [event for event in starts if event.effective is not None]
    running = [event for event in dated if event.effective is not None and event.effective <= on]
    if running:
        start = max(running, key=lambda event: event.effective or Day.min)
        return _own_term(start, on, min(known, instrument.verified_through))
    if dated:
        return StatusOn(Status.NOT_YET, dated[0], announced=announced)
    begun = undated[0].published is not None and undated[0].published <= on
    both = (Branch("in force", Status.IN_FORCE), Branch("not yet", Status.NOT_YET))
    return StatusOn(Status.UNKNOWN, undated[0], branches=both) if begun else StatusOn(Status.NOT_YET, undated[0])


def _own_term(start: Event, on: Day, horizon: Day) -> StatusOn:
    """A rule with its own last day: past it, ended where that was checked, unknown where it was not."""
    end = last_day(start)
    if end is None or on <= end:
        return StatusOn(Status.IN_FORCE, start)
    if end <= horizon:
        return StatusOn(Status.ENDED, start, until=end)
    both = (Branch("ended", Status.ENDED), Branch("renewed", Status.IN_FORCE))
    return StatusOn(Status.UNKNOWN, start, until=end, branches=both)


def _paused(events: list[Event], on: Day, horizon: Day, started: StatusOn, assume: Assumption | None) -> StatusOn:
    resumed = [e.effective for e in events if e.type == "resumption" and e.effective is not None and e.effective <= on]
    pauses = [e for e in events if e.type == "suspension" and e.effective is not None and e.effective <= on]
    pauses = [e for e in pauses if not any(day > (e.effective or Day.min) for day in resumed)]
    running = [e for e in pauses if (end := last_day(e)) is None or on <= end]
    if running:
        pause = max(running, key=lambda e: last_day(e) or Day.max)
        end = last_day(pause)
        other = Status.IN_FORCE if end is not None and on == end else None
        return StatusOn(Status.SUSPENDED, pause, until=end, other_reading=other)
    open_ended = [e for e in pauses if (last_day(e) or Day.min) > horizon]
    if open_ended:
        return _past_unchecked_end(max(open_ended, key=lambda e: last_day(e) or Day.min), on, assume)
    lapsed = max(pauses, key=lambda e: last_day(e) or Day.min, default=None)
    return StatusOn(Status.IN_FORCE, started.event, until=last_day(lapsed) if lapsed else None)


def _past_unchecked_end(pause: Event, on: Day, assume: Assumption | None) -> StatusOn:
    end = last_day(pause)
    if assume is not None:
        extended = not assume.lapsed and assume.extended_through is not None and on <= assume.extended_through
        until = assume.extended_through if extended else end
        return StatusOn(Status.SUSPENDED if extended else Status.IN_FORCE, pause, until=until)
    both = (Branch("lapsed", Status.IN_FORCE), Branch("extended", Status.SUSPENDED))
    return StatusOn(Status.UNKNOWN, pause, until=end, branches=both)


def _guidance(provision: Provision, instrument: Instrument, on: Day, known: Day) -> StatusOn:
    """Guidance explains a rule from that rule's first day, once the guidance is known."""
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
