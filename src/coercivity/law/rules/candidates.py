"""Index of the rules a deal can touch, found from single facts before any rule is evaluated.

All parts of a rule's description must be met. A part that reads only one fact is settled by it, so the rules
ruled out by a value are looked up, and the rest, a fifth or less, is evaluated in full. The index never passes a rule
that would be no, and never drops one that might be yes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from coercivity.data.values import FactValue
from coercivity.law.rules.evaluator import Evaluator, Node
from coercivity.law.rules.tree import AllOf, Tree, Use, facts_of

MOST_REMEMBERED = 50_000


class CandidateIndex:
    """Finds the descriptions that the facts leave possible.

    Args:
        descriptions: The trees of each rule, by rank; all of them must be met. None for a rule to leave out.
        evaluator: Contains the nodes of the trees.

    Attributes:
        readers: Mask of the rules that read a fact, by its name.
    """

    def __init__(self, descriptions: Sequence[Sequence[Tree] | None], evaluator: Evaluator) -> None:
        self._all = sum(1 << rank for rank, trees in enumerate(descriptions) if trees is not None)
        self.readers: dict[str, int] = {}
        self._evaluator = evaluator
        self._tests: dict[str, dict[Node, int]] = {}
        self._dead: dict[tuple[str, FactValue], int] = {}
        self._listed: dict[int, tuple[int, ...]] = {}
        for rank, trees in enumerate(descriptions):
            for name in {name for tree in trees or () for name in facts_of(tree)}:
                self.readers[name] = self.readers.get(name, 0) | 1 << rank
            for part in (part for tree in trees or () for part in needed(tree)):
                names = set(facts_of(part))
                if len(names) == 1:
                    masks = self._tests.setdefault(names.pop(), {})
                    node = evaluator.add(part)
                    masks[node] = masks.get(node, 0) | 1 << rank

    def live(self, values: Mapping[str, FactValue], among: int | None = None) -> tuple[int, ...]:
        """Returns the ranks of the descriptions that no single fact rules out, in order.

        Args:
            values: The facts.
            among: Mask of the only rules asked about; by default all.
        """
        left = self._all if among is None else among
        for entry in values.items():
            dead = self._dead.get(entry)
            if dead is None:
                dead = self._remember(entry)
            left &= ~dead
        found = self._listed.get(left)
        if found is None:
            if len(self._listed) >= MOST_REMEMBERED:
                self._listed.clear()
            found = self._listed[left] = tuple(_ranks(left))
        return found

    def _remember(self, entry: tuple[str, FactValue]) -> int:
        if len(self._dead) >= MOST_REMEMBERED:
            self._dead.clear()
        name, value = entry
        memo, dead = self._evaluator.memo(), 0
        for node, mask in self._tests.get(name, {}).items():
            if not node.truth({name: value}, memo):
                dead |= mask
        self._dead[entry] = dead
        return dead


def needed(tree: Tree) -> Iterator[Tree]:
    """Yields the parts of a tree that must be met for the tree to be met."""
    if isinstance(tree, Use):
        yield from needed(tree.tree)
    elif isinstance(tree, AllOf):
        for part in tree.parts:
            yield from needed(part)
    else:
        yield tree


def _ranks(mask: int) -> Iterator[int]:
    while mask:
        lowest = mask & -mask
        yield lowest.bit_length() - 1
        mask ^= lowest
