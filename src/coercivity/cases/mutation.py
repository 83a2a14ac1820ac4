"""Mutation test of the rules: flips one condition at a time and checks whether a worked case fails."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from coercivity.cases.check import Expectation, decided, differences
from coercivity.cases.files import CaseDeal
from coercivity.law.rules.evaluator import Evaluator, Values
from coercivity.law.rules.rulebook import Rulebook, make_rules
from coercivity.law.rules.tree import AllOf, AnyOf, Comparison, Not, Tree, Use

Trees = Mapping[str, tuple[Tree | None, Tree | None]]


@dataclass(frozen=True, slots=True)
class Mutant:
    """A rulebook with one condition inverted.

    Attributes:
        of: Clause, or `definition NAME`.
        condition: Description of the flipped condition.
        trees: Item tree and when tree of every clause.
    """

    of: str
    condition: str
    trees: Trees


@dataclass(frozen=True, slots=True)
class _Tried:
    """A worked case with the values used to decide it."""

    case: CaseDeal
    wanted: Expectation
    named: frozenset[str]
    values: tuple[Values, ...]


@dataclass(frozen=True, slots=True)
class Survey:
    """Result of a mutation test.

    Attributes:
        caught: Number of mutants detected by some case.
        missed: Location and condition of the undetected ones.
    """

    caught: int
    missed: tuple[tuple[str, str], ...]

    @property
    def total(self) -> int:
        """Number of mutants."""
        return self.caught + len(self.missed)


def mutants(book: Rulebook) -> Iterator[Mutant]:
    """Yields a mutant for each condition of each clause, and for each condition of each shared definition."""
    trees: Trees = {rule.id: (rule.item, rule.when) for rule in book.rules}
    for rule in book.rules:
        for place, tree in enumerate((rule.item, rule.when)):
            for condition, mutated in _flips(tree) if tree is not None else ():
                pair = (mutated, rule.when) if place == 0 else (rule.item, mutated)
                yield Mutant(rule.id, f"{'item' if place == 0 else 'when'}: {condition}", {**trees, rule.id: pair})
    used = {name for pair in trees.values() for tree in pair if tree is not None for name in _uses(tree)}
    for name, tree in book.definitions.items():  # one that no clause uses decides only which first date applies
        for condition, mutated in _flips(tree) if name in used else ():
            changed = {
                provision: (_with(item, name, mutated), _with(when, name, mutated))
                for provision, (item, when) in trees.items()
            }
            yield Mutant(f"definition {name}", condition, changed)


def survey(
    book: Rulebook,
    cases: Sequence[tuple[CaseDeal, Expectation]],
    *,
    only: str = "",
    progress: Callable[[int, int], None] | None = None,
) -> Survey:
    """Returns which mutants the cases detect.

    Args:
        book: The rulebook.
        cases: Worked cases that pass.
        only: Instrument or clause to limit the run to; definitions are then skipped.
        progress: Called with the number of mutants done and the total.
    """
    tried = [_tried(book, case, expected) for case, expected in cases]
    wanted = [mutant for mutant in mutants(book) if not only or only in (mutant.of, _instrument(book, mutant.of))]
    caught, missed = 0, []
    for done, mutant in enumerate(wanted, 1):
        if _noticed(_mutated(book, mutant.trees), book, mutant, tried):
            caught += 1
        else:
            missed.append((mutant.of, mutant.condition))
        if progress is not None:
            progress(done, len(wanted))
    return Survey(caught, tuple(missed))


def _tried(book: Rulebook, case: CaseDeal, wanted: Expectation) -> _Tried:
    decision = decided(book, case)
    values = [] if decision is None else [v for b in decision.branches for v in (b.raw.values, b.benign.values)]
    return _Tried(case, wanted, frozenset((*wanted.yes, *wanted.no)), tuple({id(v): v for v in values}.values()))


def _instrument(book: Rulebook, name: str) -> str:
    found = book.rule(name)
    return "" if found is None else found.instrument.id


def _mutated(book: Rulebook, trees: Trees) -> Rulebook:
    evaluator = Evaluator(frozenset(name for name, spec in book.catalogue.items() if spec.type == "country"))
    whole = {p.id: trees.get(p.id, (None, None)) for i in book.instruments.values() for p in i.provisions}
    return replace(book, evaluator=evaluator, rules=make_rules(book.instruments, whole, evaluator))


def _noticed(mutated: Rulebook, book: Rulebook, mutant: Mutant, tried: Sequence[_Tried]) -> bool:
    changed = [rule.rank for rule in book.rules if (rule.item, rule.when) != mutant.trees[rule.id]]
    names = {book.rules[rank].id for rank in changed}
    likely_first = sorted(tried, key=lambda entry: names.isdisjoint(entry.named))
    return any(
        _reads_otherwise(mutated, book, changed, entry)
        and differences(mutated, entry.wanted, decided(mutated, entry.case))
        for entry in likely_first
    )


def _reads_otherwise(mutated: Rulebook, book: Rulebook, changed: Sequence[int], entry: _Tried) -> bool:
    """Returns whether a changed rule matches the case differently; if none does, the result is the same."""
    for values in entry.values:
        before, after = book.evaluator.memo(), mutated.evaluator.memo()
        for rank in changed:
            old, new = book.rules[rank], mutated.rules[rank]
            pairs = ((old.item_node, new.item_node), (old.when_node, new.when_node))
            for one, other in pairs:
                if one and other and one.truth(values, before) is not other.truth(values, after):
                    return True
    return False


def _flips(tree: Tree) -> Iterator[tuple[str, Tree]]:
    """Yields the tree with one of its own conditions flipped; a shared definition counts as one condition."""
    if isinstance(tree, Comparison):
        if not (tree.open and tree.wanted == ()):  # an open list without members is unknown, flipped or not
            yield f"{tree.fact} {tree.op} {_wanted(tree)}", Not(tree)
    elif isinstance(tree, Use):
        yield f"use {tree.name}", Not(tree)
    elif isinstance(tree, Not):
        for condition, part in _flips(tree.part):
            yield condition, Not(part)
    else:
        for place, part in enumerate(tree.parts):
            for condition, mutated in _flips(part):
                parts = (*tree.parts[:place], mutated, *tree.parts[place + 1 :])
                yield condition, AllOf(parts) if isinstance(tree, AllOf) else AnyOf(parts)


def _uses(tree: Tree) -> Iterator[str]:
    """Yields the shared definitions that a tree uses, also inside others."""
    if isinstance(tree, Use):
        yield tree.name
        yield from _uses(tree.tree)
    elif isinstance(tree, Not):
        yield from _uses(tree.part)
    elif not isinstance(tree, Comparison):
        for part in tree.parts:
            yield from _uses(part)


def _wanted(test: Comparison) -> str:
    wanted = test.wanted
    return "/".join(wanted)[:60] if isinstance(wanted, tuple) else str(wanted)[:60]


def _with(tree: Tree | None, name: str, mutated: Tree) -> Tree | None:
    """Returns a tree in which a shared definition is replaced."""
    if tree is None or isinstance(tree, Comparison):
        return tree
    if isinstance(tree, Use):
        inner = mutated if tree.name == name else _with(tree.tree, name, mutated)
        assert inner is not None
        return Use(tree.name, inner)
    if isinstance(tree, Not):
        part = _with(tree.part, name, mutated)
        assert part is not None
        return Not(part)
    parts = tuple(part for part in (_with(part, name, mutated) for part in tree.parts) if part is not None)
    return AllOf(parts) if isinstance(tree, AllOf) else AnyOf(parts)
