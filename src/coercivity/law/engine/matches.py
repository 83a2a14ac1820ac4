"""Evaluation of the rules' descriptions for the facts of a deal, before their status is considered."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

from coercivity.base.truth import NO, UNKNOWN, YES, Truth
from coercivity.law.rules.evaluator import Memo, Node, Values
from coercivity.law.rules.rulebook import Rule, Rulebook

_ITEMS = -1


@dataclass(slots=True, eq=False)
class Matches:
    """One evaluation of all descriptions, shared by all scenarios.

    Attributes:
        values: Facts evaluated, including derived ones.
        memo: Results of the evaluator for them.
        match: Truth of the description (item and when) of every rule, regardless of status.
        live: Ranks of the rules whose description fits or might fit.
    """

    values: Values
    memo: Memo
    match: list[Truth]
    live: list[int]
    _open: dict[tuple[int, bool], frozenset[str]] = field(default_factory=dict)
    _marks: tuple[bytes, bytes] | None = None

    def marks(self, book: Rulebook) -> tuple[bytes, bytes]:
        """Returns everything a pass over the rules needs from the facts.

        The truth of every description, by rank, and of the item alone for every rule that controls one; nothing for
        the latter if no relevant rule qualifies any item control.
        """
        if self._marks is None:
            any_item = any(book.rules[rank].any_item for rank in self.live)
            self._marks = bytes(self.match), self._items(book) if any_item else b""
        return self._marks

    def _items(self, book: Rulebook) -> bytes:
        found = bytearray(len(book.rules))
        for rank in book.item_index.live(self.values):
            if book.dual_use[rank]:
                node = book.rules[rank].item_node
                found[rank] = YES if node is None else node.truth(self.values, self.memo)
        return bytes(found)

    def open_facts(self, book: Rulebook, rule: Rule, *, items: bool) -> frozenset[str]:
        """Returns the facts whose answer could settle whether a rule applies.

        Args:
            book: The rulebook.
            rule: The rule.
            items: Whether it is open if a control of the item is in force.
        """
        key = (rule.rank, items)
        known = self._open.get(key)
        if known is not None:
            return known
        found = self._open_in([node for node in (rule.item_node, rule.when_node) if node is not None])
        if rule.any_item and items:
            found |= self._open_in_items(book)
        # An exclusion too: a certificate is needed only if the rule it replaces applies.
        for rank in rule.bears_on:
            if self.match[rank] is UNKNOWN:
                found |= self.open_facts(book, book.rules[rank], items=items)
        self._open[key] = frozenset(found)
        return self._open[key]

    def _open_in_items(self, book: Rulebook) -> frozenset[str]:
        """Returns the facts that could settle whether a control of the item is in force."""
        known = self._open.get((_ITEMS, True))
        if known is None:
            items = [rule.item_node for rule in book.rules if rule.provision.dual_use and rule.item_node is not None]
            known = self._open[_ITEMS, True] = frozenset(self._open_in(items))
        return known

    def _open_in(self, nodes: list[Node]) -> set[str]:
        return set().union(*[node.open_in(self.values, self.memo) for node in nodes])


def matched(book: Rulebook, values: Values) -> Matches:
    """Returns the evaluation of the descriptions of all rules for some facts."""
    memo = book.evaluator.memo()
    return Matches(values, memo, *matches(book, values, memo))


def matched_after(book: Rulebook, values: Values, before: Matches) -> Matches:
    """Returns what `described` finds, reusing an evaluation of similar facts for rules that read none that differ."""
    old = before.values
    changed = [name for name, value in values.items() if name not in old or old[name] != value]
    changed += [name for name in old if name not in values]
    memo = book.evaluator.memo_after(before.memo, changed)
    touched = frozenset[int]().union(*[_readers(book, name) for name in changed])
    left = touched.intersection(book.rule_index.live({name: values[name] for name in changed if name in values}))
    match = before.match.copy()
    for rank in touched:
        match[rank] = _truth(book.rules[rank], values, memo) if rank in left else NO
    live = [rank for rank in sorted(left.union(before.live)) if match[rank] is not NO]
    return Matches(values, memo, match, live)


def matches(book: Rulebook, values: Values, memo: Memo) -> tuple[list[Truth], list[int]]:
    """Returns whether the description of every rule fits the deal, and the ranks of those that fit or might fit."""
    found = [NO] * len(book.rules)
    live = []
    for rank in book.rule_index.live(values):
        truth = _truth(book.rules[rank], values, memo)
        if truth is not NO:
            found[rank] = truth
            live.append(rank)
    return found, live


def _truth(rule: Rule, values: Values, memo: Memo) -> Truth:
    truth = YES if rule.item_node is None else rule.item_node.truth(values, memo)
    if truth is not NO and rule.when_node is not None:
        when = rule.when_node.truth(values, memo)
        truth = when if when < truth else truth
    return truth


@lru_cache(maxsize=1024)
def _readers(book: Rulebook, name: str) -> frozenset[int]:
    """Returns the ranks of the rules whose description reads a fact."""
    nodes = ((rule.rank, node) for rule in book.rules for node in (rule.item_node, rule.when_node) if node)
    return frozenset(rank for rank, node in nodes if name in node.facts)
