"""Compares two dates: clauses whose status changed, deals whose result changed with them, their volume and value."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from coercivity.base.days import Day
from coercivity.cases.sources import NamedDeal
from coercivity.law.engine.decide import Decision, decide
from coercivity.law.explain.reasons import effect_of
from coercivity.law.rules.model import Finding
from coercivity.law.rules.rulebook import Rule, Rulebook
from coercivity.law.rules.status import Assumption, StatusOn


@dataclass(frozen=True, slots=True)
class Turned:
    """A clause with a different status on the second date."""

    rule: Rule
    before: StatusOn
    after: StatusOn


@dataclass(frozen=True, slots=True)
class Moved:
    """A deal with a different result on the second date.

    Attributes:
        because: Instruments whose effect on the deal differs on the second date, with their effect on each.
    """

    deal: NamedDeal
    before: Decision
    after: Decision
    because: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class RegimeDiff:
    """The differences between two dates.

    Attributes:
        clauses: Clauses with an effect whose status changed, by instrument.
        deals: Deals whose result changed: another finding, another risk of refusal, or another status of an
            instrument that describes them.
        unmoved: Number of deals with the same result.
        held_back: Of these, the number that gain or lose PROCEED only because of the last check, or because the rules
            of one date are not included.
        mass_kg: Mass of the changed deals, as far as known [kg].
        values: Value of the changed deals, as far as known, by currency.
        unweighed: Number of changed deals with neither known mass nor known value.
    """

    before: Day
    after: Day
    clauses: tuple[Turned, ...]
    deals: tuple[Moved, ...]
    unmoved: int
    held_back: int
    mass_kg: Decimal
    values: Mapping[str, Decimal]
    unweighed: int


def compare(
    book: Rulebook,
    before: Day,
    after: Day,
    deals: Sequence[NamedDeal] = (),
    *,
    known: tuple[Day | None, Day | None] = (None, None),
    assume: Mapping[str, Assumption] | None = None,
) -> RegimeDiff:
    """Compares two dates.

    Args:
        book: The rulebook.
        before: First date.
        after: Second date.
        deals: Deals to decide on both.
        known: Information cut-off for each. Default: the earlier of the date and the last check.
        assume: Planning assumptions by instrument.
    """
    picked = dict(assume or {})
    known_days = [given or book.default_known(day) for given, day in zip(known, (before, after), strict=True)]
    states = [book.statuses(day, at, picked) for day, at in zip((before, after), known_days, strict=True)]
    clauses = tuple(
        Turned(rule, first, second)
        for rule, first, second in zip(book.rules, *states, strict=True)
        if first.status is not second.status
    )
    turned = {entry.rule.instrument.id for entry in clauses}
    moved, held_back = [], 0
    for entry in deals:
        first, second = (
            decide(book, entry.deal, day, known=at, assume=picked)
            for day, at in zip((before, after), known_days, strict=True)
        )
        because = _because(book, first, second, turned)
        held = Finding.NOT_HELD not in (first.finding, second.finding)
        if because or (held and (first.finding, first.may_become) != (second.finding, second.may_become)):
            moved.append(Moved(entry, first, second, because))
        elif first.outcome is not second.outcome:
            held_back += 1
    values: dict[str, Decimal] = defaultdict(Decimal)
    for row in moved:
        if row.deal.value is not None:
            values[row.deal.value[1]] += row.deal.value[0]
    return RegimeDiff(
        before=before,
        after=after,
        clauses=clauses,
        deals=tuple(moved),
        unmoved=len(deals) - len(moved),
        held_back=held_back,
        mass_kg=sum((row.deal.mass_kg for row in moved if row.deal.mass_kg is not None), Decimal(0)),
        values=dict(sorted(values.items())),
        unweighed=sum(row.deal.mass_kg is None and row.deal.value is None for row in moved),
    )


def _because(book: Rulebook, first: Decision, second: Decision, turned: set[str]) -> tuple[tuple[str, str, str], ...]:
    touching = {book.rules[rank].instrument.id for decision in (first, second) for rank in decision.live}
    effects = ((n, effect_of(book, first, n), effect_of(book, second, n)) for n in sorted(touching & turned))
    return tuple(entry for entry in effects if entry[1] != entry[2])
