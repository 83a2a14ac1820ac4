"""Who still wants to know what: the rules that are left, and the conditions and comparisons that they ask for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from coercivity.data.values import FactValue
from coercivity.law.rules.candidates import needed
from coercivity.law.rules.evaluator import Node
from coercivity.law.rules.rulebook import Rulebook
from coercivity.law.rules.tree import Tree, comparisons_of, facts_of


class Wishes:
    """Masks of who still wants to know something: a bit a rule, and above those a bit for the item of each rule.

    The item of a rule is looked at by itself where something bears on whatever item is controlled: then the rule need
    not fit. An exclusion wants nothing once all that it bears on is ruled out.
    """

    def __init__(self, book: Rulebook) -> None:
        count = len(book.rules)
        self._items_from = count
        items = sum(1 << count + rule.rank for rule in book.rules if rule.provision.dual_use)
        self.all = (1 << count) - 1 | items
        self._items = items
        self._any_item = sum(1 << rule.rank for rule in book.rules if rule.any_item)
        bears_on = [(1 << rule.rank, sum(1 << rank for rank in rule.bears_on)) for rule in book.rules if rule.exclusion]
        self._bears_on = [(bit, mask | (mask << count & items)) for bit, mask in bears_on]
        self._left: dict[int, int] = {}
        self._ranks: dict[int, tuple[int, ...]] = {}

    def ranks(self, alive: int) -> tuple[int, ...]:
        """Returns the ranks of the rules that are left, or whose item is."""
        found = self._ranks.get(alive)
        if found is None:
            count = self._items_from
            mask = (alive | alive >> count) & ((1 << count) - 1)
            found = self._ranks[alive] = tuple(rank for rank in range(count) if mask >> rank & 1)
        return found

    def left(self, alive: int) -> int:
        """Returns the wishes that remain of those that no fact has ruled out."""
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
    """Yields the trees of all rules with the mask of who asks for them: the rule, and for its item the item."""
    for rule in book.rules:
        item = 1 << len(book.rules) + rule.rank if rule.provision.dual_use else 0
        for tree in rule.trees:
            yield tree, 1 << rule.rank | (item if tree is rule.item else 0)


def conditions(book: Rulebook) -> dict[Node, int]:
    """Returns the conditions without which a rule cannot hold, with the mask of who needs them."""
    found: dict[Node, int] = {}
    for tree, mask in trees_of(book):
        for part in needed(tree):
            node = book.evaluator.add(part)
            found[node] = found.get(node, 0) | mask
    return found


def comparisons(book: Rulebook) -> dict[str, list[tuple[Node, int]]]:
    """Returns the comparisons of each fact with the mask of who asks for them."""
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
    """Returns the columns that tell rows apart whatever rules are left: lists, standing answers and their questions."""
    found = {name for name in columns if name not in book.catalogue or book.catalogue[name].standing}
    found |= {"party_sets", "listed_on"}
    for name in book.catalogue.standing:
        if name not in constants and name in book.asked_trees:
            found |= set(facts_of(book.asked_trees[name]))
    return found
