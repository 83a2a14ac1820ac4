"""A rulebook in which some clauses never begin, to see what they are worth."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from coercivity.base.canonical import sha256
from coercivity.law.rules.model import Event, Instrument, Provision
from coercivity.law.rules.rulebook import Rulebook


def without(book: Rulebook, clauses: Collection[str]) -> Rulebook:
    """Returns a rulebook in which some clauses never begin; all else, the order of the rules too, stays as it is.

    A clause that is left in place but never in force excludes nothing, and a rule that depends on it has no effect.

    Args:
        book: The rulebook.
        clauses: Ids of the clauses.
    """
    off = frozenset(clauses)
    instruments = {name: _without(instrument, off) for name, instrument in book.instruments.items()}
    provisions = {p.id: p for instrument in instruments.values() for p in instrument.provisions}
    rules = tuple(
        rule
        if instruments[rule.instrument.id] is rule.instrument
        else replace(rule, instrument=instruments[rule.instrument.id], provision=provisions[rule.id])
        for rule in book.rules
    )
    content = sha256([book.content_hash, "without", *sorted(off)])
    return replace(book, instruments=instruments, rules=rules, content_hash=content)


def _without(instrument: Instrument, off: frozenset[str]) -> Instrument:
    names = [provision.id for provision in instrument.provisions]
    if off.isdisjoint(names):
        return instrument
    events = [_narrowed(event, [name for name in names if name not in off]) for event in instrument.events]
    provisions = [_never(provision) if provision.id in off else provision for provision in instrument.provisions]
    return instrument.model_copy(update={"events": events, "provisions": provisions})


def _narrowed(event: Event, names: list[str]) -> Event:
    scope = [name for name in names if event.touches(name)]
    return event.model_copy(update={"scope": scope})


def _never(provision: Provision) -> Provision:
    return provision.model_copy(update={"effective_from": None})  # guidance begins on this day, without an event
