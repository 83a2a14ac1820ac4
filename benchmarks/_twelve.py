"""Twelve rules of the pack in two forms, a cut rulebook and a ZEN decision, and deals drawn for both."""

from __future__ import annotations

from dataclasses import replace

from coercivity.base.canonical import sha256
from coercivity.base.days import ONE_DAY, Day
from coercivity.base.exact import Interval, exact_text
from coercivity.law.circuit import Circuit
from coercivity.law.model import Event, Instrument, Provision
from coercivity.law.rulebook import Rule, Rulebook, facts_in_rules, make_rules
from coercivity.law.status import last_day
from coercivity.law.tree import AllOf, AnyOf, Comparison, Not, Tree, Use

GOODS = ("a18-1c902", "a18-1c903", "a18-1c904", "a18-1c905", "a18-1c906", "a18-1c907", "a18-1c908")
PAUSED = ("a57-1c909", "a58-3a001")
PARTIES = ("a11-list", "uel-2025-10-list")
EXCLUSION = ("faq-5-functional",)
TWELVE = GOODS + PAUSED + PARTIES + EXCLUSION

# Until the last check of the pack and inside the pause of 57 and 58: no status is unknown.
FIRST, LAST = Day(2025, 3, 1), Day(2026, 9, 29)

Hits = frozenset[tuple[str, str]]


def cut(book: Rulebook) -> Rulebook:
    """Returns a rulebook that holds the twelve provisions and nothing else, with a circuit of its own."""
    kept = {}
    for name, instrument in book.instruments.items():
        provisions = [p for p in instrument.provisions if p.id in TWELVE]
        if provisions:
            kept[name] = instrument.model_copy(update={"provisions": provisions})
    trees = {rule.id: (rule.item, rule.when) for rule in book.rules if rule.id in TWELVE}
    circuit = Circuit(frozenset(name for name, spec in book.catalogue.items() if spec.type == "country"))
    rules = make_rules(kept, trees, circuit)
    assert {rule.id for rule in rules} == set(TWELVE), "the pack no longer holds one of the twelve as a rule"
    return replace(
        book,
        version=f"{book.version}, twelve rules",
        content_hash=sha256([book.content_hash, *TWELVE]),
        instruments=kept,
        rules=rules,
        circuit=circuit,
        party_sets={name: entry for name, entry in book.party_sets.items() if entry.instrument_id in kept},
        rule_facts=facts_in_rules(rules),
    )


# The same rules for ZEN.


def expression(tree: Tree) -> str:
    """Returns a condition tree as a ZEN expression; a named definition is read from the node that works it out."""
    if isinstance(tree, Use):
        return tree.name
    if isinstance(tree, Not):
        return f"not ({expression(tree.part)})"
    if isinstance(tree, AllOf | AnyOf):
        word = " and " if isinstance(tree, AllOf) else " or "
        return "(" + word.join(expression(part) for part in tree.parts) + ")"
    return _comparison(tree)


_SIGNS = {"is": "==", "at_least": ">=", "at_most": "<=", "above": ">", "below": "<"}


def _comparison(test: Comparison) -> str:
    assert not test.open, f"{test.fact}: absence from an open list is unknown, which ZEN cannot say"
    if isinstance(test.wanted, tuple):
        if test.op == "in":
            return f"{test.fact} in {list(test.wanted)}"
        return "(" + " or ".join(f"{member!r} in {test.fact}" for member in test.wanted) + ")"
    return f"{test.fact} {_SIGNS[test.op]} {_literal(test.wanted)}"


def _literal(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return exact_text(value.low) if isinstance(value, Interval) else repr(value)


def number_of(day: Day) -> int:
    """Returns a day as the number 20251108: numbers are what ZEN compares fastest."""
    return day.year * 10_000 + day.month * 100 + day.day


def _begun(rule: Rule) -> str:
    """The rule has started; guidance starts once it is published."""
    return f"on >= {number_of(_start(rule.instrument, rule.provision))}"


def _start(instrument: Instrument, provision: Provision) -> Day:
    events = [event for event in instrument.events if event.touches(provision.id)]
    kinds = ("publication",) if provision.guidance else ("entry_into_force", "listing")
    days = [event.published if provision.guidance else event.effective for event in events if event.type in kinds]
    assert len(days) == 1, f"{provision.id} starts more than once"
    assert days[0] is not None
    return max(days[0], provision.effective_from or days[0])


def _paused(rule: Rule) -> str | None:
    """The rule is paused that day, or None where it never is."""
    pauses = [e for e in rule.instrument.events if e.type == "suspension" and e.touches(rule.id)]
    return " or ".join(f"on in [{number_of(e.effective)}..{number_of(_end(e))}]" for e in pauses if e.effective) or None


def _end(event: Event) -> Day:
    return last_day(event) or Day.max - ONE_DAY


def _key(rule: Rule) -> str:
    return rule.id.replace("-", "_")
