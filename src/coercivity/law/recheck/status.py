"""Statuses for the re-check of proofs: the result of the events of an instrument, one after the other, for a rule.

An independent implementation: it shares no code with the engine. Dates are compared as ISO text.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from coercivity.base.days import ONE_DAY, parse_day

# The re-check takes files and proofs as they are, without a schema: malformed content raises an error.
Raw = Mapping[str, Any]
Shown = dict[str, Any]  # a part of a proof as the re-check would write it
NEVER = "9999-12-31"
NOT_YET, IN_FORCE, SUSPENDED, ENDED, OPEN = "not_yet", "in_force", "suspended", "ended", "unknown"


def status_on(instrument: Raw, provision: Raw, on: str, known: str, assumed: str | None) -> Shown:
    """Returns the status of a provision as written in proofs."""
    touching = [e for e in instrument["events"] if e["scope"] == "all" or provision["id"] in e["scope"]]
    if provision.get("guidance") == "true":
        found = _guidance(touching, provision, on, known)
    else:
        published = [e for e in touching if _public(e) <= known]
        found = _status(published, on, min(known, instrument["verified_through"]), assumed)
    if found["status"] == NOT_YET and "effective_from" in provision:
        found["starts"] = provision["effective_from"]
    said = [e for e in touching if e["type"] == "policy_statement" and _public(e) <= known]
    if said and found["status"] in (SUSPENDED, OPEN):
        found["statements"] = [_event(e) for e in said]
    return found


def _guidance(events: list[Raw], provision: Raw, on: str, known: str) -> Shown:
    """Returns the status of guidance: it applies from the first day of the rule it explains, once published."""
    if on < provision.get("effective_from", NEVER):
        return {"status": NOT_YET}
    event = next((e for e in events if e["type"] == "publication"), {})
    days = [event.get("published_after", NEVER), event.get("published_before", NEVER)]
    after, before = [provision["published"]] * 2 if "published" in provision else days
    shown = {"event": _event(event)} if event else {}
    if known >= before or known <= after:
        return {"status": IN_FORCE if known >= before else NOT_YET, **shown}
    return {"status": OPEN, **shown, "branches": {"already published": IN_FORCE, "not yet published": NOT_YET}}


def _public(event: Raw) -> str:
    """Returns the date from which an event counts as published; if none is stated, the more restrictive one."""
    if "published" not in event and event["type"] in ("entry_into_force", "listing", "resumption"):
        return ""
    return str(event.get("published", event.get("effective", NEVER)))


def _status(events: list[Raw], on: str, checked: str, assumed: str | None) -> Shown:
    """Returns the status from the published events, applied one after the other up to the date."""
    turns = {"suspension": 0, "repeal": 1, "delisting": 1, "entry_into_force": 2, "listing": 2, "resumption": 3}
    due = [e for e in events if e["type"] in turns and e.get("effective", NEVER) <= on]
    start: Raw | None = None
    ended: Raw | None = None
    pauses: list[Raw] = []
    for event in sorted(due, key=lambda e: (e["effective"], turns[e["type"]])):
        turn = turns[event["type"]]
        if turn == 0:
            pauses.append(event)
        elif turn == 1:
            later = ended is None or event["effective"] > ended["effective"]
            start, ended, pauses = None, event if later else ended, []
        elif turn == 3:
            pauses = []
        elif start is None or (event["effective"], _last(event)) > (start["effective"], _last(start)):
            start = event
    if start is None:
        return _not_started(events, on, ended)
    if _last(start) < on:
        return _past_its_term(events, on, checked, start)
    if not pauses:
        return {"status": IN_FORCE, "event": _event(start)}
    pause = max(pauses, key=_last)
    end, shown = _last(pause), {"event": _event(pause)}
    if end >= on:
        found = {"status": SUSPENDED, **shown, **({} if end == NEVER else {"until": end})}
        return found | ({"other_reading": IN_FORCE} if end == on else {})
    if end <= checked:
        return {"status": IN_FORCE, "event": _event(start), "until": end}
    if assumed is None:
        return {"status": OPEN, **shown, "until": end, "branches": {"lapsed": IN_FORCE, "extended": SUSPENDED}}
    through = assumed.removeprefix("extended:")
    extended = assumed != "lapsed" and on <= through
    return {"status": SUSPENDED if extended else IN_FORCE, **shown, "until": through if extended else end}


def _past_its_term(events: list[Raw], on: str, checked: str, start: Raw) -> Shown:
    found = {"status": OPEN, "event": _event(start), "until": _last(start)}
    if _last(start) > checked:
        return {**found, "branches": {"ended": ENDED, "renewed": IN_FORCE}}
    renewals = _without_day(events, on, start.get("published", start["effective"]))
    if renewals:
        return {"status": OPEN, "event": _event(renewals[0]), "branches": {"in force": IN_FORCE, "ended": ENDED}}
    return {**found, "status": ENDED}


def _not_started(events: list[Raw], on: str, ended: Raw | None) -> Shown:
    starts = [e for e in events if e["type"] in ("entry_into_force", "listing")]
    dated, pauses = [e for e in starts if "effective" in e], [e for e in events if e["type"] == "suspension"]
    perhaps = _without_day(events, on, ended.get("published", ended["effective"]) if ended else "")
    if perhaps:
        other = {"ended": ENDED} if ended else {"not yet": NOT_YET}
        return {"status": OPEN, "event": _event(perhaps[0]), "branches": {"in force": IN_FORCE, **other}}
    if ended:
        return {"status": ENDED, "event": _event(ended)}
    if dated:
        first = min(dated, key=lambda e: str(e["effective"]))
        return {"status": NOT_YET, "event": _event(first), **({"announced": _event(pauses[0])} if pauses else {})}
    return {"status": NOT_YET, **({"event": _event(starts[0])} if starts else {})}


def _without_day(events: list[Raw], on: str, since: str) -> list[Raw]:
    """Returns the undated starts published by the date and not before the event they would follow."""
    starts = [e for e in events if e["type"] in ("entry_into_force", "listing") and "effective" not in e]
    return [e for e in starts if e.get("published", "") <= on and e.get("published", NEVER) >= since]


def _last(event: Raw) -> str:
    """Returns the last day of an event."""
    day = event.get("ends", NEVER)
    return day if event.get("ends_inclusive", "true") == "true" else (parse_day(day) - ONE_DAY).isoformat()


def _event(event: Raw) -> Shown:
    found = {key: event[key] for key in ("type", "by", "published", "effective", "ends") if key in event}
    return found | ({"ends_inclusive": event.get("ends_inclusive", "true") == "true"} if "ends" in event else {})
