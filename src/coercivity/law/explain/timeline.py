"""The decision as a step function of the date, with the event at each step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from coercivity.base.days import ONE_DAY, Day
from coercivity.law.engine.decide import Deal, Decision, decide
from coercivity.law.engine.derived_facts import facts_with_derived, lists_on_day
from coercivity.law.engine.matches import matches
from coercivity.law.rules.evaluator import Values
from coercivity.law.rules.known import known_by
from coercivity.law.rules.model import Finding, Instrument, Outcome
from coercivity.law.rules.rulebook import Rulebook
from coercivity.law.rules.status import Assumption, last_day


@dataclass(frozen=True, slots=True)
class TimelineStep:
    """The cause of a change of the result: an event, or the end of the verified period.

    Attributes:
        kind: Type of the event, `pause_ends`, `term_ends`, `checked_through`, or `held_from`.
        instrument_id: Instrument concerned.
        by: Instrument that causes the event.
    """

    kind: str
    instrument_id: str
    by: str = ""


@dataclass(frozen=True, slots=True)
class Window:
    """A period with one result; both ends are included."""

    start: Day
    end: Day
    outcome: Outcome
    finding: Finding
    may_become: Outcome | None
    unverified: bool
    because: tuple[TimelineStep, ...]
    decision: Decision


@dataclass(frozen=True, slots=True)
class Pause:
    """A period in which an instrument that affects the deal is suspended."""

    start: Day
    end: Day | None
    instrument_id: str
    by: str


def touching(book: Rulebook, deal: Deal) -> tuple[Instrument, ...]:
    """Returns the instruments with a rule whose description fits or might fit the deal, on any date."""
    values: Values = facts_with_derived(deal.facts)
    values = {**values, **lists_on_day(book, values, {})}
    memo = book.evaluator.memo()
    _, live = matches(book, values, memo)
    names = {book.rules[rank].instrument.id for rank in book.in_play(live)}
    if any(book.rules[rank].any_item for rank in live):
        # Rules that qualify any controlled item change with the item's controls, even if these do not cover the act.
        for rank in book.item_index.live(values):
            rule = book.rules[rank]
            if rule.item_node is None or rule.item_node.truth(values, memo):
                names.add(rule.instrument.id)
    return tuple(book.instruments[name] for name in sorted(names))


def windows(
    book: Rulebook,
    deal: Deal,
    start: Day,
    end: Day,
    *,
    known: Day | None = None,
    assume: Mapping[str, Assumption] | None = None,
) -> list[Window]:
    """Returns the result for every date from `start` to `end`, as periods.

    Args:
        book: The rulebook.
        deal: Facts with their sources.
        start: First day.
        end: Last day.
        known: One information cut-off for all dates; by default the earlier of `end` and the last check.
        assume: Planning assumptions, by instrument.
    """
    known = known or book.default_known(end)
    steps = _steps(book, deal, start, end, known)
    found: list[Window] = []
    for day in sorted({start, *steps}):
        decision = decide(book, deal, day, known=known, assume=assume)
        answer = (decision.outcome, decision.finding, decision.may_become, decision.unverified)
        if found and (found[-1].outcome, found[-1].finding, found[-1].may_become, found[-1].unverified) == answer:
            continue
        if found:
            found[-1] = _until(found[-1], day - ONE_DAY)
        found.append(Window(day, end, *answer, tuple(steps.get(day, ())), decision))
    return found


def pauses(book: Rulebook, deal: Deal, known: Day) -> list[Pause]:
    """Returns the suspensions, published by `known`, of the instruments that affect the deal."""
    return [
        Pause(event.effective, last_day(event), instrument.id, event.by)
        for instrument in touching(book, deal)
        for event in instrument.events
        if event.type == "suspension" and event.effective is not None and known_by(event, known)
    ]


def _until(window: Window, day: Day) -> Window:
    return Window(
        window.start,
        day,
        window.outcome,
        window.finding,
        window.may_become,
        window.unverified,
        window.because,
        window.decision,
    )


def _steps(book: Rulebook, deal: Deal, start: Day, end: Day, known: Day) -> dict[Day, list[TimelineStep]]:
    found: dict[Day, list[TimelineStep]] = {}

    def add(day: Day | None, step: TimelineStep) -> None:
        if day is not None and start < day <= end and step not in found.setdefault(day, []):
            found[day].append(step)

    for instrument in touching(book, deal):
        last_check = min(instrument.verified_through, book.verified_through)
        add(book.looked_through(last_check) + ONE_DAY, TimelineStep("checked_through", instrument.id))
        for provision in instrument.provisions:
            if provision.guidance and provision.has_effect:
                add(provision.published, TimelineStep("publication", instrument.id, instrument.id))
                add(provision.effective_from, TimelineStep("entry_into_force", instrument.id, instrument.id))
        for event in instrument.events:
            if event.type in ("publication", "amendment", "policy_statement") or not known_by(event, known):
                continue
            add(event.effective, TimelineStep(event.type, instrument.id, event.by))
            last = last_day(event)
            kind = "pause_ends" if event.type == "suspension" else "term_ends"
            add(last + ONE_DAY if last else None, TimelineStep(kind, instrument.id, event.by))
    add(book.covered_from.first(facts_with_derived(deal.facts)), TimelineStep("held_from", "pack"))
    add(known + ONE_DAY, TimelineStep("checked_through", "pack"))
    add(book.checked_through + ONE_DAY, TimelineStep("checked_through", "pack"))
    return found
