"""Parts of the Rules screen: the status of instruments and clauses on a date, since when and until when."""

from __future__ import annotations

from dataclasses import dataclass

from coercivity.base.days import ONE_DAY, Day
from coercivity.verbs.law import PACKED, Law
from coercivity.verbs.rules import Instrument, Provision
from coercivity.verbs.timeline import (
    CONTROLS,
    FRAME,
    PARTIES,
    RARE_EARTHS,
    Clause,
    Status,
    StatusOn,
    Timeline,
    TimelineLine,
    timeline,
)
from coercivity.verbs.words import clause_place, law_words, short_name, status_text
from coercivity.web.assumed import assumed_text
from coercivity.web.view import Context, View

FIRST_GROUPS = (RARE_EARTHS, CONTROLS)
FOLDED_GROUPS = (PARTIES, FRAME)
# Shown even if empty: that nothing is suspended is information too.
MAIN_STATES = (Status.IN_FORCE, Status.SUSPENDED, Status.UNKNOWN)
STATES = (*MAIN_STATES, Status.NOT_YET, Status.ENDED)


@dataclass(frozen=True, slots=True)
class Member:
    """An instrument in the box of one status.

    Attributes:
        part: How many of its clauses have the status, in words; blank if all have.
    """

    id: str
    name: str
    title: str
    part: str


@dataclass(frozen=True, slots=True)
class Box:
    """All instruments with one status on the date, grouped by its dates.

    Attributes:
        stories: Since when and until when, with the instruments to which this applies.
    """

    state: str
    count: int
    stories: tuple[tuple[str, tuple[Member, ...]], ...]


@dataclass(frozen=True, slots=True)
class Row:
    """An instrument in a list.

    Attributes:
        states: Each status of its clauses with their number and the dates of the first of them.
    """

    id: str
    name: str
    title: str
    published: str
    checked: str
    states: tuple[tuple[str, int, str], ...]
    statement: bool


def timeline_of(view: View, on: str | None = None, law: Law = PACKED) -> Timeline:
    """Returns the status of all rules over time for the dates in the address.

    Args:
        view: The address.
        on: Transaction date, if not that of the address.
        law: The rulebook.

    Raises:
        CoercivityError: If a date or the planning assumption is not valid.
    """
    return timeline(on or view.on, view.known or None, view.assume or None, law)


def title_of(view: View, instrument: Instrument) -> str:
    """Returns the title of an instrument in the language of the page, or in English if it has no other."""
    return view.t(instrument.title)


def boxes(view: View, found: Timeline, groups: tuple[str, ...] = FIRST_GROUPS) -> list[Box]:
    """Returns the instruments of some groups by their status on the date; those of controls unless others are named."""
    lines = [line for line in found.lines if line.group in groups]
    made = []
    for state in STATES:
        stories: dict[str, list[Member]] = {}
        for line in lines:
            clauses = line.now.get(state, ())
            if clauses:
                told = story(view, clauses[0], found.known)
                stories.setdefault(told, []).append(_member(view, line, clauses))
        count = sum(map(len, stories.values()))
        if count or state in MAIN_STATES:
            made.append(Box(state.value, count, tuple((told, tuple(held)) for told, held in stories.items())))
    return made


def _member(view: View, line: TimelineLine, clauses: tuple[Clause, ...]) -> Member:
    instrument = line.instrument
    word = "rules.part_effect" if line.clauses[0].provision.has_effect else "rules.part"
    part = "" if len(clauses) == len(line.clauses) else view.w(word, len(clauses), len(line.clauses))
    return Member(instrument.id, short_name(instrument, view.lang), title_of(view, instrument), part)


def rows(view: View, found: Timeline, groups: tuple[str, ...]) -> list[Row]:
    """Returns the instruments of some groups; a status in the address keeps those with a clause in it."""
    wanted = view.get("state")
    lines = [line for line in found.lines if line.group in groups]
    return [_row(view, line, found.known) for line in lines if not wanted or wanted in line.now]


def _row(view: View, line: TimelineLine, known: Day) -> Row:
    instrument = line.instrument
    return Row(
        id=instrument.id,
        name=short_name(instrument, view.lang),
        title=title_of(view, instrument),
        published=instrument.published.isoformat() if instrument.published else "",
        checked=instrument.verified_through.isoformat(),
        states=tuple((s.value, len(c), story(view, c[0], known)) for s, c in line.now.items()),
        statement=instrument.type == "statement",
    )


def story(view: View, clause: Clause, known: Day) -> str:
    """Returns since when a clause has its status, and until when, in a few words."""
    now, since = clause.now, clause.since
    if now.status is Status.SUSPENDED:
        # From the event, not from `since`: a clause suspended before it took effect has the status only from then on.
        paused = now.event.effective if now.event is not None else since
        if paused is None:
            return view.w("rules.paused_undated")
        if now.until is None:
            return view.w("rules.paused_open", paused)
        return view.w("rules.paused_through", paused, now.until, now.until + ONE_DAY)
    if now.status is Status.UNKNOWN:
        return _open_story(view, now, since)
    if now.status is Status.NOT_YET:
        event = now.event
        if event is None or event.effective is None:
            return view.w("rules.not_seen", known)
        return view.w("rules.starts", event.effective) + (view.w("rules.but_paused") if now.announced else "")
    if since is None:
        return ""
    return view.w("rules.ended_since" if now.status is Status.ENDED else "rules.since", since)


def _open_story(view: View, now: StatusOn, since: Day | None) -> str:
    event = now.event
    if now.until is None or event is None:
        return view.w("rules.open_since", since) if since else ""
    return view.w("rules.pause_over" if event.type == "suspension" else "rules.term_over", now.until)


def state_words(view: View, status: str) -> str:
    """Returns a status in the language of the page."""
    return view.t(law_words("statuses", status))


def clause_look(view: View, instrument: Instrument, clause: Clause, known: Day) -> dict[str, object]:
    """Returns the status of a clause as its page and the list of clauses show it."""
    provision, now = clause.provision, clause.now
    again = now.until + ONE_DAY if now.until and now.status is Status.SUSPENDED else None
    return {
        "id": provision.id,
        "place": clause_place(provision, view.lang),
        "subject": provision.subject_zh if view.lang == "zh" and provision.subject_zh else provision.subject,
        "gist": provision.gist.as_dict(),
        "effect": provision.effect,
        "kind": provision.kind,
        "codes": provision.control_codes,
        "state": now.status.value,
        "told": view.t(status_text(instrument, now, known)),
        "since": clause.since,
        "until": now.until,
        "again": again,
        "branches": [(branch.label, branch.status.value) for branch in now.branches],
        "has_effect": provision.has_effect,
    }


def effects_of(provision: Provision) -> tuple[str, ...]:
    """Returns the effect of a provision and, if its text is unsettled, the strictest it could have."""
    return (provision.effect, provision.ceiling) if provision.ceiling else (provision.effect,)


def fields_of(view: View) -> Context:
    """Returns the planning assumption in words, and the labels by which errors name the fields of a form."""
    labels = {name: view.w(f"page.{name}") for name in ("on", "known", "assume")}
    days = {name: view.w(f"rules.{name}") for name in ("first", "second", "third", "to")}
    return {"fields": {**labels, **days}, "assumed": assumed_text(view)}
