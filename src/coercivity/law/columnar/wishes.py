"""The remaining rules, and the conditions and comparisons they still need."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from coercivity.data.values import FactValue
from coercivity.law.rules.candidates import needed
from coercivity.law.rules.evaluator import Node
from coercivity.law.rules.rulebook import Rulebook
from coercivity.law.rules.tree import Tree, comparisons_of, facts_of


class Wishes:
    """Masks of the remaining rules: one bit per rule, and above them one bit for the item of each rule.

    The item of a rule is considered separately if another rule qualifies any controlled item: then the rule itself need
    not fit. An exclusion needs nothing once all rules it qualifies are ruled out. The highest bit is the kind of deal:
    it falls when a deal passes on more than know-how.
    """

    def __init__(self, book: Rulebook) -> None:
        count = len(book.rules)
        self._items_from = count
        items = sum(1 << count + rule.rank for rule in book.rules if rule.provision.dual_use)
        self.all = (1 << count) - 1 | items | _kind_bit(book)
        self._items = items
        self._any_item = sum(1 << rule.rank for rule in book.rules if rule.any_item)
        bears_on = [(1 << rule.rank, sum(1 << rank for rank in rule.bears_on)) for rule in book.rules if rule.exclusion]
        self._bears_on = [(bit, mask | (mask << count & items)) for bit, mask in bears_on]
        self._left: dict[int, int] = {}
        self._ranks: dict[int, tuple[int, ...]] = {}

    def ranks(self, alive: int) -> tuple[int, ...]:
        """Returns the ranks of the rules that remain, or whose item remains."""
        found = self._ranks.get(alive)
        if found is None:
            count = self._items_from
            mask = (alive | alive >> count) & ((1 << count) - 1)
            found = self._ranks[alive] = tuple(rank for rank in range(count) if mask >> rank & 1)
        return found

    def left(self, alive: int) -> int:
        """Returns the masks that remain after removing those ruled out by facts."""
        found = self._left.get(alive)
        if found is None:
            found = alive if alive & self._any_item else alive & ~self._items
            before = 0
            while found != before:
                before = found
                for bit, mask in self._bears_on:
                    if not found & mask:
                        found &= ~bit
            self._left[alive] = found
        return found


def trees_of(book: Rulebook) -> Iterator[tuple[Tree, int]]:
    """Yields the trees of all rules with the mask of the rule or item that needs them.

    Last comes the tree that tells the kind of deal, on which the first date covered depends: it is needed always.
    """
    for rule in book.rules:
        item = 1 << len(book.rules) + rule.rank if rule.provision.dual_use else 0
        for tree in rule.trees:
            yield tree, 1 << rule.rank | (item if tree is rule.item else 0)
    yield book.covered_from.tree, _kind_bit(book)


def _kind_bit(book: Rulebook) -> int:
    """Returns the bit of the kind of deal, above those of the rules and their items."""
    return 1 << 2 * len(book.rules)


def conditions(book: Rulebook) -> dict[Node, int]:
    """Returns the conditions that must be met for a rule, with the mask of the rules that need them."""
    found: dict[Node, int] = {}
    for tree, mask in trees_of(book):
        for part in needed(tree):
            node = book.evaluator.add(part)
            found[node] = found.get(node, 0) | mask
    return found


def comparisons(book: Rulebook) -> dict[str, list[tuple[Node, int]]]:
    """Returns the comparisons of each fact with the mask of the rules that need them."""
    masks: dict[Node, int] = {}
    for tree, mask in trees_of(book):
        for test in comparisons_of(tree):
            node = book.evaluator.add(test)
            masks[node] = masks.get(node, 0) | mask
    found: dict[str, list[tuple[Node, int]]] = {}
    for node, mask in masks.items():
        found.setdefault(node.facts[0], []).append((node, mask))
    return found


def telling(book: Rulebook, columns: Sequence[str], constants: Mapping[str, FactValue]) -> set[str]:
    """Returns the columns that always distinguish rows: lists, compliance declarations and their questions."""
    found = {name for name in columns if name not in book.catalogue or book.catalogue[name].standing}
    found |= {"party_sets", "listed_on"}
    for name in book.catalogue.standing:
        if name not in constants and name in book.asked_trees:
            found |= set(facts_of(book.asked_trees[name]))
    return found
