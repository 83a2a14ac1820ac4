"""Twelve rules of the rulebook as a rulebook of their own and as a ZEN decision table, and random deals for both."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from coercivity.base.canonical import sha256
from coercivity.base.days import Day
from coercivity.base.errors import Faults
from coercivity.base.exact import Interval, exact_text
from coercivity.base.truth import UNKNOWN
from coercivity.data.catalogue import FactCatalogue, FactSpec
from coercivity.data.values import FactValue, plain_value
from coercivity.law.engine.decide import Deal, decide
from coercivity.law.rules.evaluator import Evaluator
from coercivity.law.rules.rulebook import Rule, Rulebook, facts_in_rules, make_rules
from coercivity.law.rules.status import last_day
from coercivity.law.rules.tree import AllOf, AnyOf, Comparison, Not, Tree, Use

GOODS = ("a18-1c902", "a18-1c903", "a18-1c904", "a18-1c905", "a18-1c906", "a18-1c907", "a18-1c908")
PAUSED = ("a57-1c909", "a58-3a001")
PARTIES = ("a11-list", "uel-2025-10-list")
EXCLUSION = "faq-5-functional"
TWELVE = (*GOODS, *PAUSED, *PARTIES, EXCLUSION)

# Before the first of the twelve starts, to a day on which no status of theirs is unknown.
FIRST, LAST = Day(2025, 3, 1), Day(2026, 9, 29)

ELEMENTS = ("Sm", "Gd", "Tb", "Dy", "Lu", "Sc", "Y", "Ho", "Nd", "La")
# What is drawn for a fact, as often as it stands here; of any other fact, any value of the catalogue.
WEIGHTED: dict[str, tuple[str | list[str], ...]] = {
    "act": ("goods", "goods", "goods", "goods", "technology", "reexport"),
    "from": ("CN", "CN", "CN", "CN", "CN", "DE"),
    "to": ("JP", "JP", "US", "DE", "VN", "CN"),
    "to_zone": ("false", "false", "false", "true"),
    "origin": ("CN", "CN", "AU"),
    "exporter_nationality": ("CN", "CN", "JP"),
    "exporter_place": ("CN", "CN", "DE"),
    "form": (
        "metal",
        "alloy",
        "target",
        "oxide",
        "compound",
        "mixture",
        "magnet",
        "magnet_powder",
        "functional_material",
        "component",
        "other_material",
        "other_material",
    ),
    "goods_kind": ("other", "other", "other", "catalyst", "phosphor", "lithium_ion_cell"),
    "magnet_type": (["NdFeB"], ["NdFeB"], ["SmCo"], ["ferrite"], []),
    "energy_density": ("0", "180", "299.9", "300", "315.5"),
    "party_sets": ([], [], [], ["cl-2026-11"], ["uel-2025-10"], ["cl-2026-11", "uel-2025-10"]),
}


@dataclass(frozen=True, slots=True)
class Drawn:
    """A deal and its date, for coercivity and, as plain data, for ZEN."""

    deal: Deal
    on: Day
    context: dict[str, Any]


def cut(book: Rulebook) -> Rulebook:
    """Returns a rulebook of the twelve clauses and the facts they use, with its own evaluator."""
    kept = {}
    for name, instrument in book.instruments.items():
        provisions = [provision for provision in instrument.provisions if provision.id in TWELVE]
        if provisions:
            kept[name] = instrument.model_copy(update={"provisions": provisions})
    trees = {rule.id: (rule.item, rule.when) for rule in book.rules if rule.id in TWELVE}
    evaluator = Evaluator(frozenset(name for name, spec in book.catalogue.items() if spec.type == "country"))
    rules = make_rules(kept, trees, evaluator)
    if {rule.id for rule in rules} != set(TWELVE):
        raise SystemExit(f"the pack no longer holds {sorted(set(TWELVE) - {rule.id for rule in rules})} as rules")
    facts = facts_in_rules(rules)
    return replace(
        book,
        version=f"{book.version}, twelve rules",
        content_hash=sha256([book.content_hash, *TWELVE]),
        instruments=kept,
        catalogue=FactCatalogue([book.catalogue[n] for n in book.catalogue if n in facts], book.catalogue.countries),
        rules=rules,
        evaluator=evaluator,
        party_sets={name: entry for name, entry in book.party_sets.items() if entry.instrument_id in kept},
        asked_trees={name: tree for name, tree in book.asked_trees.items() if name in facts},
        rule_facts=facts,
    )


def decision_model(book: Rulebook) -> dict[str, Any]:
    """Returns the rules of a reduced rulebook as a JDM decision: one table that collects every matching row.

    Of the forms tried (terms in a separate node, one expression per rule) this is the fastest in ZEN.
    """
    rows = [{"_id": rule.id, "if": _hit(book, rule), "rule": repr(rule.id), "role": _role(rule)} for rule in book.rules]
    table = {
        "hitPolicy": "collect",
        "inputs": [{"id": "if", "name": "condition"}],
        "outputs": [{"id": name, "name": name, "field": name} for name in ("rule", "role")],
        "rules": rows,
    }
    nodes = [
        {"id": "deal", "name": "deal", "type": "inputNode"},
        {"id": "rules", "name": "rules", "type": "decisionTableNode", "content": table},
        {"id": "hits", "name": "hits", "type": "outputNode"},
    ]
    edges = [{"id": f"{a}-{b}", "sourceId": a, "targetId": b} for a, b in (("deal", "rules"), ("rules", "hits"))]
    return {"contentType": "application/vnd.gorules.decision", "nodes": nodes, "edges": edges}


def _hit(book: Rulebook, rule: Rule) -> str:
    if rule.provision.effect == "unknown" or rule.only_where or (rule.bears_on and not rule.exclusion):
        raise SystemExit(f"{rule.id} is of a kind that has no form here yet")
    matched = _described(book, rule, rule.trees)
    if rule.exclusion:
        targets = [book.rules[rank] for rank in rule.bears_on]
        return _all([matched, _any(_all([_begun(target), *map(expression, target.trees)]) for target in targets)])
    if rule.any_item:
        items = [other for other in book.rules if other.provision.dual_use and other.item is not None]
        return _all([matched, _any(_item_controlled(book, item) for item in items)])
    return matched


def _described(book: Rulebook, rule: Rule, trees: Iterable[Tree | None]) -> str:
    """Returns the condition that the rule is in effect, its trees are true and no exception removes it."""
    without = [f"not {_described(book, book.rules[rank], book.rules[rank].trees)}" for rank in rule.taken_out_by]
    return _all([_begun(rule), *(expression(tree) for tree in trees if tree is not None), *without])


def _item_controlled(book: Rulebook, rule: Rule) -> str:
    paused = _paused(rule)
    return _all([_described(book, rule, [rule.item]), *([f"not {paused}"] if paused else [])])


def _role(rule: Rule) -> str:
    if rule.exclusion:
        return "'takes_out'"
    paused = _paused(rule)
    return f"{paused} ? 'would_bite' : 'bites'" if paused else "'bites'"


def _begun(rule: Rule) -> str:
    """Returns the first day of a rule; for guidance its publication, if that is later."""
    provision, touching = rule.provision, [event for event in rule.instrument.events if event.touches(rule.id)]
    if provision.guidance:
        days = [provision.published or event.published for event in touching if event.type == "publication"]
    else:
        days = [event.effective for event in touching if event.type in ("entry_into_force", "listing")]
    first = max(day for day in (*days, provision.effective_from) if day is not None)
    return f"on >= {_number(first)}"


def _paused(rule: Rule) -> str | None:
    pauses = [event for event in rule.instrument.events if event.type == "suspension" and event.touches(rule.id)]
    spans = [(event.effective, last_day(event)) for event in pauses]
    return _any(f"on in [{_number(a)}..{_number(b)}]" for a, b in spans if a and b) if spans else None


def _number(day: Day) -> int:
    """Returns a day as a number such as 20251108, which ZEN compares faster than a date."""
    return day.year * 10_000 + day.month * 100 + day.day


_SIGNS = {"is": "==", "at_least": ">=", "at_most": "<=", "above": ">", "below": "<"}


def expression(tree: Tree) -> str:
    """Returns a condition tree in the expression language of ZEN, in which absence from an open list can only be false."""
    if isinstance(tree, Use):
        return expression(tree.tree)
    if isinstance(tree, Not):
        return f"not {_all([expression(tree.part)])}"
    if isinstance(tree, AllOf):
        return _all(map(expression, tree.parts))
    if isinstance(tree, AnyOf):
        return _any(map(expression, tree.parts))
    return _comparison(tree)


def _comparison(test: Comparison) -> str:
    if test.op == "in":
        return f"{test.fact} in {_literal(test.wanted)}"
    if isinstance(test.wanted, tuple):
        return _any(f"{member!r} in {test.fact}" for member in test.wanted)
    return f"{test.fact} {_SIGNS[test.op]} {_literal(test.wanted)}"


def _literal(value: FactValue | tuple[str, ...]) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Interval):
        return exact_text(value.low)
    return repr(list(value) if isinstance(value, tuple) else value)


def _all(parts: Iterable[str]) -> str:
    return f"({' and '.join(parts)})"


def _any(parts: Iterable[str]) -> str:
    return f"({' or '.join(parts)})"


def draw(book: Rulebook, key: str, count: int) -> tuple[list[Drawn], int]:
    """Returns distinct deals with a date each, and the number of rejected deals that a two-valued engine cannot decide.

    Every fact used by the rules is given; absence from an open list can still leave a rule unknown.

    Args:
        book: The cut rulebook.
        key: Random key; the same key gives the same deals.
        count: Number of deals.
    """
    rng, faults, left_out = random.Random(key), Faults(), 0
    found: dict[str, Drawn] = {}
    while len(found) < count:
        texts = _texts(book, rng)
        on = FIRST + timedelta(days=rng.randint(0, (LAST - FIRST).days))
        facts = {name: book.catalogue.parse(name, text, where=key, faults=faults) for name, text in texts.items()}
        faults.raise_if_any()
        given = {name: value for name, value in facts.items() if value is not None}
        if UNKNOWN in decide(book, Deal(given), on).match.values():
            left_out += 1
            continue
        context = {**{name: _plain(value) for name, value in given.items()}, "on": _number(on)}
        found[repr(context)] = Drawn(Deal(given), on, context)
    return list(found.values()), left_out


def _texts(book: Rulebook, rng: random.Random) -> dict[str, str | list[str]]:
    element = rng.choice(ELEMENTS)
    texts = {
        spec.name: rng.choice(WEIGHTED.get(spec.name) or _choices(spec, element)) for spec in book.catalogue.values()
    }
    texts["elements"] = sorted({element, *rng.sample(ELEMENTS, rng.randint(0, 2))})
    return texts


def _choices(spec: FactSpec, element: str) -> Sequence[str]:
    """Returns the values to choose from: all of the catalogue; of alloy and target systems those of an element and `other`."""
    if spec.name in ("alloy_system", "target_system"):
        return [*(value for value in spec.values if element in value), "other"]
    return ("true", "false") if spec.type == "flag" else [*spec.values] or [spec.example]


def _plain(value: FactValue) -> Any:
    return float(exact_text(value.low)) if isinstance(value, Interval) else plain_value(value)
