"""Events in any order: both implementations, `rules check` and a day-by-day walk agree on every status."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from coercivity.base.days import ONE_DAY, Day
from coercivity.law.recheck.status import status_on as second_reading
from coercivity.law.rules.known import known_by
from coercivity.law.rules.model import Event, Instrument, Status
from coercivity.law.rules.spans import spans
from coercivity.law.rules.status import status_on
from tests.sampling import examples
from tests.support import BOOK

FIRST = Day(2025, 1, 1)
DAYS = [Day.fromordinal(FIRST.toordinal() + count) for count in range(14)]
HELD = BOOK.instruments["mofcom-2025-13"]
LISTING = next(p for p in HELD.provisions if p.kind == "listing")
KINDS = ("listing", "listing", "delisting", "delisting", "suspension", "suspension", "resumption", "entry_into_force")


@st.composite
def raw_events(draw: st.DrawFn) -> dict[str, Any]:
    """One event as a file of the pack holds it: some have no day of publication, some starts no day of effect."""
    kind = draw(st.sampled_from(KINDS))
    found: dict[str, Any] = {"type": kind, "by": HELD.id, "scope": "all"}
    starts = kind in ("listing", "entry_into_force")
    if not starts or draw(st.integers(0, 5)):
        found["effective"] = draw(st.sampled_from(DAYS)).isoformat()
    if draw(st.integers(0, 3)):
        found["published"] = draw(st.sampled_from(DAYS)).isoformat()
    may_end = kind == "suspension" or (starts and "effective" in found)
    if may_end and draw(st.booleans()):
        later = [day for day in DAYS if day.isoformat() >= found["effective"]]
        found["ends"] = draw(st.sampled_from(later)).isoformat()
        found["ends_inclusive"] = draw(st.sampled_from(("true", "false")))
    return found


def instrument(raw: list[dict[str, Any]], verified: Day) -> Instrument:
    """The packed notice with other events."""
    events = [Event.model_validate(event) for event in raw]
    return HELD.model_copy(update={"events": events, "verified_through": verified})


def walked(events: list[Event], on: Day) -> Status:
    """The status on a day, walking there from the first: what frees comes first on a day, what holds back last."""
    live, terms, paused_through = False, Day.min, [Day.min]
    begun = ended = False
    day = FIRST
    while day <= on:
        today = [event for event in events if event.effective == day]
        for event in today:
            if event.type == "suspension":
                paused_through.append(_last(event))
        if any(event.type == "delisting" for event in today):
            live, ended, paused_through = False, True, [Day.min]
        starts = [_last(event) for event in today if event.type in ("listing", "entry_into_force")]
        if starts:
            live, begun, terms = True, True, max(starts)
        if any(event.type == "resumption" for event in today):
            paused_through = [Day.min]
        day += ONE_DAY
    if not live:
        return Status.ENDED if ended else Status.NOT_YET
    assert begun
    if terms < on:
        return Status.ENDED
    return Status.SUSPENDED if max(paused_through) >= on else Status.IN_FORCE


def _last(event: Event) -> Day:
    if event.ends is None:
        return Day.max
    return event.ends if event.ends_inclusive else event.ends - ONE_DAY


EVENTS = st.lists(raw_events(), max_size=7)


@settings(max_examples=examples(600), deadline=None)
@given(EVENTS, st.sampled_from(DAYS), st.sampled_from(DAYS), st.sampled_from(DAYS))
def test_both_readings_agree(raw: list[dict[str, Any]], on: Day, known: Day, verified: Day) -> None:
    """Status, event, last day and branches are the same in both readings, whatever the order of days and lines."""
    held = instrument(raw, verified)
    found = status_on(LISTING, held, on, known)
    other = second_reading(
        {"events": raw, "verified_through": verified.isoformat()},
        {"id": LISTING.id},
        on.isoformat(),
        known.isoformat(),
        None,
    )
    assert other["status"] == found.status.value
    assert other.get("branches", {}) == {branch.label: branch.status.value for branch in found.branches}
    assert other.get("until") == (found.until.isoformat() if found.until else None)
    shown = other.get("event", {})
    assert (shown.get("type"), shown.get("effective")) == (
        (found.event.type, found.event.effective.isoformat() if found.event.effective else None)
        if found.event
        else (None, None)
    )


@settings(max_examples=examples(600), deadline=None)
@given(EVENTS, st.sampled_from(DAYS))
def test_a_walk_through_the_days_agrees(raw: list[dict[str, Any]], on: Day) -> None:
    """With everything dated, published and checked, reading, layout and walk give one status on every day."""
    dated = [event for event in raw if "effective" in event]
    held = instrument(dated, Day.max)
    expected = walked(held.events, on)
    assert status_on(LISTING, held, on, Day.max).status is expected
    laid_out = spans(held, LISTING)
    assert [status for first, last, status in laid_out if first <= on <= last] == [expected]


@settings(max_examples=examples(300), deadline=None)
@given(EVENTS, st.sampled_from(DAYS), st.sampled_from(DAYS), st.randoms(use_true_random=False))
def test_the_order_of_lines_is_free(raw: list[dict[str, Any]], on: Day, known: Day, random: Any) -> None:
    """Events stand in a file in any order; their days give the status."""
    shuffled = list(raw)
    random.shuffle(shuffled)
    first, second = (status_on(LISTING, instrument(e, DAYS[-1]), on, known) for e in (raw, shuffled))
    assert (first.status, first.until) == (second.status, second.until)


@settings(max_examples=examples(300), deadline=None)
@given(raw_events(), st.sampled_from(DAYS))
def test_without_a_day_of_publication_less_goes(raw: dict[str, Any], known: Day) -> None:
    """What holds back counts at once; what frees counts from the day on which it takes effect."""
    raw.pop("published", None)
    event = Event.model_validate(raw)
    holds_back = event.type in ("listing", "entry_into_force", "resumption")
    assert known_by(event, known) == (holds_back or (event.effective is not None and event.effective <= known))
