"""The plain reading of condition trees: three-valued, memoised, with a trace on request.

Equal sub-trees share one node, so a definition used by fifty provisions is evaluated once a deal.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from coercivity.base.exact import Interval
from coercivity.base.truth import NO, UNKNOWN, YES, Truth, negate
from coercivity.data.values import FactValue, SetValue, plain_value
from coercivity.law.tree import AllOf, AnyOf, Comparison, Not, Tree, Use

UNNAMED_COUNTRY = "XX"
CHINA = "CN"

Values = Mapping[str, FactValue]
Memo = list[Truth | None]
Node = Callable[[Values, Memo], Truth]


class Circuit:
    """Condition trees turned into shared, memoised nodes."""

    def __init__(self, countries: frozenset[str]) -> None:
        self._countries = countries
        self._nodes: dict[Tree, Node] = {}

    def memo(self) -> Memo:
        """Returns an empty memory for one deal."""
        return [None] * len(self._nodes)

    def add(self, tree: Tree) -> Node:
        """Returns the node of a tree; equal trees give the same node."""
        if isinstance(tree, Use):
            return self.add(tree.tree)
        known = self._nodes.get(tree)
        if known is not None:
            return known
        if isinstance(tree, Comparison):
            plain = comparison_node(tree, is_country=tree.fact in self._countries)
        elif isinstance(tree, Not):
            plain = _not(self.add(tree.part))
        elif isinstance(tree, AllOf):
            plain = _all([self.add(part) for part in tree.parts])
        else:
            plain = _any([self.add(part) for part in tree.parts])
        node = _memoised(plain, len(self._nodes))
        self._nodes[tree] = node
        return node

    def trace(self, tree: Tree, values: Values, memo: Memo) -> dict[str, Any]:
        """Returns the tree as data, each condition with fact, value and truth.

        Only what decides is kept: of a group that one part settles, that part; of an open alternative, its open parts.
        """
        known = self.add(tree)(values, memo)
        truth = known.word
        if isinstance(tree, Use):
            return {"use": tree.name, "truth": truth, "of": self.trace(tree.tree, values, memo)}
        if isinstance(tree, Not):
            return {"not": self.trace(tree.part, values, memo), "truth": truth}
        if isinstance(tree, AllOf):
            decisive = self._parts(tree.parts, known, NO, values, memo)
            return {"all_of": [self.trace(part, values, memo) for part in decisive], "truth": truth}
        if isinstance(tree, AnyOf):
            decisive = self._parts(tree.parts, known, YES, values, memo)
            return {"any_of": [self.trace(part, values, memo) for part in decisive], "truth": truth}
        given = values.get(tree.fact)
        step: dict[str, Any] = {"fact": tree.fact, tree.op: wanted_text(tree), "truth": truth}
        if given is not None:
            step["value"] = plain_value(given)
        if tree.open:
            step["open"] = True
        return step

    def _parts(
        self, parts: tuple[Tree, ...], known: Truth, settling: Truth, values: Values, memo: Memo
    ) -> tuple[Tree, ...]:
        """The parts of a group that decide its truth."""
        if known is settling:
            return next((part,) for part in parts if self.add(part)(values, memo) is settling)
        if known is UNKNOWN and settling is YES:
            return tuple(part for part in parts if self.add(part)(values, memo) is UNKNOWN)
        return parts

    def open_facts(self, tree: Tree, values: Values, memo: Memo) -> set[str]:
        """Returns the facts whose answer could settle a tree that is unknown; none where it is settled."""
        if self.add(tree)(values, memo) is not UNKNOWN:
            return set()
        if isinstance(tree, Comparison):
            return {tree.fact}
        if isinstance(tree, Use):
            return self.open_facts(tree.tree, values, memo)
        parts = (tree.part,) if isinstance(tree, Not) else tree.parts
        return {name for part in parts for name in self.open_facts(part, values, memo)}


def wanted_text(test: Comparison) -> object:
    """Returns what a comparison compares with, as plain data."""
    if isinstance(test.wanted, tuple):
        return list(test.wanted)
    return plain_value(test.wanted)


def _memoised(plain: Node, slot: int) -> Node:
    def node(values: Values, memo: Memo) -> Truth:
        known = memo[slot]
        if known is None:
            known = memo[slot] = plain(values, memo)
        return known

    return node


def _not(part: Node) -> Node:
    return lambda values, memo: negate(part(values, memo))


def _all(parts: list[Node]) -> Node:
    def node(values: Values, memo: Memo) -> Truth:
        result = YES
        for part in parts:
            truth = part(values, memo)
            if truth is NO:
                return NO
            if truth is UNKNOWN:
                result = UNKNOWN
        return result

    return node


def _any(parts: list[Node]) -> Node:
    def node(values: Values, memo: Memo) -> Truth:
        result = NO
        for part in parts:
            truth = part(values, memo)
            if truth is YES:
                return YES
            if truth is UNKNOWN:
                result = UNKNOWN
        return result

    return node


def comparison_node(test: Comparison, *, is_country: bool) -> Node:
    """Returns the node of one comparison; a fact that is not given is unknown."""
    fact, absent = test.fact, UNKNOWN if test.open else NO
    compare = _compare_country if is_country else _COMPARE[test.op]

    def node(values: Values, memo: Memo) -> Truth:
        given = values.get(fact)
        return UNKNOWN if given is None else compare(given, test.wanted, absent)

    return node


def _is(given: Any, wanted: Any, absent: Truth) -> Truth:
    if isinstance(given, Interval):
        return _interval(given.low == given.high == wanted.low, given.low <= wanted.low <= given.high)
    return YES if given == wanted else NO


def _in(given: Any, wanted: Any, absent: Truth) -> Truth:
    return YES if given in wanted else absent


def _compare_country(given: Any, wanted: Any, absent: Truth) -> Truth:
    """XX is an unnamed country other than China: equal to China is no, equal to any other is unknown."""
    places = wanted if isinstance(wanted, tuple) else (wanted,)
    if given == UNNAMED_COUNTRY:
        return UNKNOWN if any(place != CHINA for place in places) else absent
    return YES if given in places else absent


def _overlaps(given: SetValue, wanted: Any, absent: Truth) -> Truth:
    result = absent
    for member in wanted:
        holds = given.holds(member)
        if holds:
            return YES
        if holds is None:
            result = UNKNOWN
    return result


def _interval(surely: bool, possibly: bool) -> Truth:
    if surely:
        return YES
    return UNKNOWN if possibly else NO


def _low(value: Any) -> Any:
    return value.low if isinstance(value, Interval) else value


def _high(value: Any) -> Any:
    return value.high if isinstance(value, Interval) else value


def _at_least(given: Any, wanted: Any, absent: Truth) -> Truth:
    return _interval(_low(given) >= _low(wanted), _high(given) >= _low(wanted))


def _at_most(given: Any, wanted: Any, absent: Truth) -> Truth:
    return _interval(_high(given) <= _low(wanted), _low(given) <= _low(wanted))


def _above(given: Any, wanted: Any, absent: Truth) -> Truth:
    return _interval(_low(given) > _low(wanted), _high(given) > _low(wanted))


def _below(given: Any, wanted: Any, absent: Truth) -> Truth:
    return _interval(_high(given) < _low(wanted), _low(given) < _low(wanted))


_COMPARE: dict[str, Callable[[Any, Any, Truth], Truth]] = {
    "is": _is,
    "in": _in,
    "contains": _overlaps,
    "overlaps": _overlaps,
    "at_least": _at_least,
    "at_most": _at_most,
    "above": _above,
    "below": _below,
}
