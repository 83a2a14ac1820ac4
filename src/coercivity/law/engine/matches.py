"""Evaluation of the rules' descriptions for the facts of a deal, before their status is considered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from coercivity.base.truth import NO, UNKNOWN, YES, Truth
from coercivity.law.rules.evaluator import Memo, Node, Values
from coercivity.law.rules.rulebook import Rule, Rulebook

_ITEMS = -1
Marks = tuple[tuple[int, ...], tuple[int, ...]]


class Fits(dict[int, Truth]):
    """Truth by rank; a rule that is not in it does not fit."""

    def __missing__(self, rank: int) -> Truth:
        """Returns no."""
        return NO

    def marks(self) -> Marks:
        """Returns the ranks that fit, and those that might: all it says, as a key."""
        yes = tuple(sorted([rank for rank, truth in self.items() if truth is YES]))
        return yes, tuple(sorted([rank for rank, truth in self.items() if truth is UNKNOWN]))


@dataclass(slots=True, eq=False)
class Matches:
    """One evaluation of all descriptions, shared by all scenarios.

    Attributes:
        values: Facts evaluated, including derived ones.
        memo: Results of the evaluator for them.
        match: Truth of the description (item and when) of the rules, regardless of status.
        live: Ranks of the rules whose description fits or might fit.
    """

    values: Values
    memo: Memo
    match: Fits
    live: list[int]
    _open: dict[tuple[int, bool], frozenset[str]] = field(default_factory=dict)
    _marks: tuple[Marks, Marks] | None = None
    _items: Fits | None = None

    def marks(self, book: Rulebook) -> tuple[Marks, Marks]:
        """Returns everything a pass over the rules needs from the facts.

        Which descriptions fit or might fit, and which items alone of the rules that control one; nothing for
        the latter if no relevant rule qualifies any item control.
        """
        if self._marks is None:
            any_item = any(book.rules[rank].any_item for rank in self.live)
            self._marks = self.match.marks(), (self.items(book) if any_item else Fits()).marks()
        return self._marks

    def items(self, book: Rulebook) -> Fits:
        """Returns the truth of the item alone, of the rules that control one as dual-use."""
        if self._items is None:
            self._items = Fits()
            for rank in book.item_index.live(self.values):
                node = book.rules[rank].item_node
                truth = YES if node is None else node.truth(self.values, self.memo)
                if truth is not NO:
                    self._items[rank] = truth
        return self._items

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
            ranks = [rank for rank, truth in self.items(book).items() if truth is UNKNOWN]
            items = [node for rank in ranks if (node := book.rules[rank].item_node) is not None]
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
    index, touched = book.rule_index, 0
    for name in changed:
        touched |= index.readers.get(name, 0)
    found = Fits({rank: truth for rank, truth in before.match.items() if not touched >> rank & 1})
    _fit(book, index.live(values, touched), values, memo, found)
    return Matches(values, memo, found, sorted(found))


def matches(book: Rulebook, values: Values, memo: Memo) -> tuple[Fits, list[int]]:
    """Returns the rules whose description fits or might fit the deal, with its truth, and their ranks in order."""
    found = Fits()
    _fit(book, book.rule_index.live(values), values, memo, found)
    return found, list(found)


def _fit(book: Rulebook, ranks: Iterable[int], values: Values, memo: Memo, found: Fits) -> None:
    for rank in ranks:
        truth = _truth(book.rules[rank], values, memo)
        if truth is not NO:
            found[rank] = truth


def _truth(rule: Rule, values: Values, memo: Memo) -> Truth:
    truth = YES if rule.item_node is None else rule.item_node.truth(values, memo)
    if truth is not NO and rule.when_node is not None:
        when = rule.when_node.truth(values, memo)
        truth = when if when < truth else truth
    return truth
