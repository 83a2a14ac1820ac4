"""A rulebook grown to any size, as the law grows: copies of its clauses for other materials and other listed parties."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from coercivity.base.canonical import sha256
from coercivity.base.exact import Interval
from coercivity.law.rules.model import Instrument, Provision
from coercivity.law.rules.rulebook import PartySet, Rulebook, facts_in_rules, make_rules
from coercivity.law.rules.tree import AllOf, AnyOf, Comparison, Not, Tree, Use

ELEMENTS, PARTIES = "elements", "party_sets"
THRESHOLD_STEP = 1_000_000  # [1e-9 of a unit]
Trees = tuple[Tree | None, Tree | None]


def grown(book: Rulebook, size: int, *, similar: bool = False) -> Rulebook:
    """Returns a rulebook with `size` rules: the given ones, then copies of them.

    A copy is for an element or for parties that no deal names. The clauses that
    except any controlled item are general law and are not copied.

    Args:
        book: The rulebook to copy from.
        size: Number of rules, if larger than that of the given ones.
        similar: Copies are for the same materials, with other thresholds.
    """
    held = {rule.id: (rule.item, rule.when) for rule in book.rules}
    trees: dict[str, Trees] = {p.id: (None, None) for i in book.instruments.values() for p in i.provisions} | held
    instruments, sets = dict(book.instruments), dict(book.party_sets)
    left, number = size - len(book.rules), 0
    while left > 0:
        number += 1
        kept = {p.id for i in book.instruments.values() for p in i.provisions if _is_copied(p)}
        kept = set([rule.id for rule in book.rules if rule.id in kept][:left])
        left -= len(kept)
        for instrument in book.instruments.values():
            copy = _copied(instrument, kept, number)
            if copy.provisions:
                instruments[copy.id] = copy
        turned = {name: held[name] for name in kept}
        trees |= {_named(n, number): _trees(found, number, similar=similar) for n, found in turned.items()}
        sets |= {_named(n, number): _other_set(entry, number) for n, entry in book.party_sets.items()}
    sets = {name: entry for name, entry in sets.items() if entry.instrument_id in instruments}
    rules = make_rules(instruments, trees, book.evaluator)
    return replace(
        book,
        version=f"{book.version}, grown to {len(rules)} rules",
        content_hash=sha256([book.content_hash, str(size), str(similar)]),
        instruments=instruments,
        rules=rules,
        party_sets=sets,
        rule_facts=facts_in_rules(rules),
    )


def _is_copied(provision: Provision) -> bool:
    general = provision.qualifies == "any_item_control" and provision.effect in ("exempt", "out_of_scope")
    return provision.has_effect and not general


def _copied(instrument: Instrument, kept: set[str], number: int) -> Instrument:
    """Returns a copy of an instrument with some of its clauses, which bear on each other's copies."""
    provisions = [_clause(p, kept, number) for p in instrument.provisions if p.id in kept]
    own = {p.id for p in instrument.provisions}
    events = []
    for event in instrument.events:
        scope = event.scope if event.scope == "all" else [_named(n, number) for n in event.scope if n in kept & own]
        events.append(event.model_copy(update={"scope": scope}))
    return instrument.model_copy(
        update={"id": _named(instrument.id, number), "provisions": provisions, "events": events}
    )


def _clause(provision: Provision, kept: set[str], number: int) -> Provision:
    def turned(names: Iterable[str]) -> list[str]:
        return [_named(name, number) if name in kept else name for name in names]

    qualifies = provision.qualifies
    return provision.model_copy(
        update={
            "id": _named(provision.id, number),
            "qualifies": qualifies if isinstance(qualifies, str) else turned(qualifies),
            "only_where": turned(provision.only_where),
        }
    )


def _other_set(entry: PartySet, number: int) -> PartySet:
    return PartySet(_named(entry.id, number), entry.list, _named(entry.instrument_id, number))


def _trees(found: Trees, number: int, *, similar: bool) -> Trees:
    item, when = (None if tree is None else _tree(tree, number) for tree in found)
    if item is not None and not similar:
        item = AllOf((Comparison(ELEMENTS, "overlaps", (_named("X", number),)), item))
    return item, when


def _tree(tree: Tree, number: int) -> Tree:
    """Returns a tree with other thresholds and other listed parties."""
    if isinstance(tree, Comparison):
        return _comparison(tree, number)
    if isinstance(tree, Not):
        return Not(_tree(tree.part, number))
    if isinstance(tree, Use):
        found = _tree(tree.tree, number)
        return tree if found == tree.tree else Use(_named(tree.name, number), found)
    parts = tuple(_tree(part, number) for part in tree.parts)
    return AllOf(parts) if isinstance(tree, AllOf) else AnyOf(parts)


def _comparison(test: Comparison, number: int) -> Comparison:
    if isinstance(test.wanted, Interval):
        step = number * THRESHOLD_STEP
        return replace(test, wanted=Interval(test.wanted.low + step, test.wanted.high + step))
    if test.fact == PARTIES and isinstance(test.wanted, tuple):
        return replace(test, wanted=tuple(_named(value, number) for value in test.wanted))
    return test


def _named(name: str, number: int) -> str:
    return f"{name}~{number}"
