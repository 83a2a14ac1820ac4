"""Evaluation of the rules' descriptions for the facts of a deal, before their status is considered."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache, partial

from coercivity.base.truth import NO, UNKNOWN, YES, Truth
from coercivity.law.rules.candidates import CandidateIndex
from coercivity.law.rules.evaluator import Memo, Node, Values
from coercivity.law.rules.rulebook import Rule, Rulebook

_ITEMS = -1
MOST_MARKS = 32_768
TRUTHS = (NO, UNKNOWN, YES)


class Fits(dict[int, Truth]):
    """Truth by rank, in order; a rule that is not in it does not fit."""

    def __missing__(self, rank: int) -> Truth:
        """Returns no."""
        return NO


@dataclass(frozen=True, slots=True, eq=False)
class Marks:
    """Everything a pass over the rules needs from the facts; equal ones share one object, which can serve as a key.

    Attributes:
        match: Truth of the descriptions.
        items: Truth of the item alone, of the rules that control one; none if no relevant rule qualifies any
            item control.
    """

    match: Fits
    items: Fits


@lru_cache(maxsize=MOST_MARKS)
def _marks(match: tuple[int, ...], truths: bytes, items: tuple[int, ...], item_truths: bytes) -> Marks:
    pairs = (match, truths), (items, item_truths)
    return Marks(*[Fits(zip(ranks, map(TRUTHS.__getitem__, found), strict=True)) for ranks, found in pairs])


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
    _marks: Marks | None = None
    _items: Fits | None = None

    def marks(self, book: Rulebook) -> Marks:
        """Returns everything a pass over the rules needs from the facts."""
        if self._marks is None:
            match, items = self.match, self.items(book) if self.any_item(book) else Fits()
            self._marks = _marks(tuple(match), bytes(match.values()), tuple(items), bytes(items.values()))
        return self._marks

    def any_item(self, book: Rulebook) -> bool:
        """Returns whether a relevant rule qualifies any item control."""
        return not book.any_item.isdisjoint(self.match)

    def items(self, book: Rulebook) -> Fits:
        """Returns the truth of the item alone, of the rules that control one as dual-use."""
        if self._items is None:
            self._items = _fits(book.item_index.live(self.values), partial(self._item, book))
        return self._items

    def _item(self, book: Rulebook, rank: int) -> Truth:
        node = book.rules[rank].item_node
        return YES if node is None else node.truth(self.values, self.memo)

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
    """Returns what `matched` finds, reusing an evaluation of similar facts for rules that read none that differ."""
    old = before.values
    changed = [name for name, value in values.items() if name not in old or old[name] != value]
    changed += [name for name in old if name not in values]
    memo = book.evaluator.memo_after(before.memo, changed)
    match = _after(book.rule_index, values, changed, before.match, partial(_truth, book.rules, values, memo))
    after = Matches(values, memo, match, list(match))
    if before._items is not None:
        after._items = _after(book.item_index, values, changed, before._items, partial(after._item, book))
    return after


def matches(book: Rulebook, values: Values, memo: Memo) -> tuple[Fits, list[int]]:
    """Returns the rules whose description fits or might fit the deal, with its truth, and their ranks in order."""
    found = _fits(book.rule_index.live(values), partial(_truth, book.rules, values, memo))
    return found, list(found)


def _after(
    index: CandidateIndex, values: Values, changed: Iterable[str], before: Fits, truth_of: Callable[[int], Truth]
) -> Fits:
    """Returns the truths after a change of facts; those of rules that read none of them remain."""
    touched = 0
    for name in changed:
        touched |= index.readers.get(name, 0)
    if not touched:
        return before
    found = {rank: truth for rank, truth in before.items() if not touched >> rank & 1}
    found |= _fits(index.live(values, touched), truth_of)
    return Fits({rank: found[rank] for rank in sorted(found)})


def _fits(ranks: Iterable[int], truth_of: Callable[[int], Truth]) -> Fits:
    found = Fits()
    for rank in ranks:
        truth = truth_of(rank)
        if truth is not NO:
            found[rank] = truth
    return found


def _truth(rules: Sequence[Rule], values: Values, memo: Memo, rank: int) -> Truth:
    rule = rules[rank]
    truth = YES if rule.item_node is None else rule.item_node.truth(values, memo)
    if truth is not NO and rule.when_node is not None:
        when = rule.when_node.truth(values, memo)
        truth = when if when < truth else truth
    return truth
