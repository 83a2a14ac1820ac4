"""Evaluation of condition trees: three-valued, memoised, with a trace on request.

Equal sub-trees share one node, so a definition used by fifty provisions is evaluated once per deal.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from coercivity.base.canonical import canonical_json
from coercivity.base.exact import Interval
from coercivity.base.json_types import Json
from coercivity.base.truth import NO, UNKNOWN, WORDS, YES, Truth, negate
from coercivity.data.values import FactValue, SetValue, plain_value
from coercivity.law.rules.tree import AllOf, Comparison, Not, Tree, Use

UNNAMED_COUNTRY = "XX"
CHINA = "CN"
# XX is an unnamed foreign country; these have rules of their own on who is foreign and are always stated as such.
NEVER_UNNAMED = frozenset({CHINA, "HK", "MO", "TW"})

Values = Mapping[str, FactValue]
Memo = dict[int, Truth]
Reading = Callable[[Values, Memo], Truth]
# The parser of trees has already checked the type; checking it here again would cost time a million times.
Compared = Any


MOST_SHOWN = 2000
DataT = TypeVar("DataT")


@dataclass(frozen=True, slots=True, eq=False)
class Written(Generic[DataT]):
    """Plain data with its canonical JSON, written once and shared; do not modify."""

    data: DataT
    text: str


class Node(ABC):
    """A condition ready for evaluation.

    Attributes:
        truth: Evaluates it for the values and the memory of a deal.
        facts: The facts it reads.
    """

    __slots__ = ("_open", "_written", "facts", "truth")

    def __init__(self, truth: Reading, facts: tuple[str, ...]) -> None:
        self.truth, self.facts = truth, facts
        self._written: dict[tuple[FactValue | None, ...], Written[dict[str, Json]]] = {}
        self._open: dict[tuple[FactValue | None, ...], frozenset[str]] = {}

    def written(self, values: Values, memo: Memo) -> Written[dict[str, Json]]:
        """Returns the trace with its canonical JSON, cached by the values of the facts it reads."""
        key = tuple([values.get(name) for name in self.facts])
        found = self._written.get(key)
        if found is None:
            if len(self._written) >= MOST_SHOWN:
                self._written.clear()
            data = self.trace(values, memo)
            found = self._written[key] = Written(data, canonical_json(data).decode())
        return found

    def open_in(self, values: Values, memo: Memo) -> frozenset[str]:
        """Returns the missing facts, cached by the values of the facts it reads."""
        key = tuple([values.get(name) for name in self.facts])
        found = self._open.get(key)
        if found is None:
            if len(self._open) >= MOST_SHOWN:
                self._open.clear()
            found = self._open[key] = frozenset(self.open_facts(values, memo))
        return found

    @abstractmethod
    def trace(self, values: Values, memo: Memo) -> dict[str, Json]:
        """Returns the condition as data, each comparison with fact and truth; values are among the facts of a proof.

        Only decisive parts are kept: the part that settles a group, or the open parts of an undetermined one.
        """

    @abstractmethod
    def open_facts(self, values: Values, memo: Memo) -> set[str]:
        """Returns the facts whose answer could settle the condition; none if it is settled."""


class _ComparisonNode(Node):
    __slots__ = ("fact", "op", "open", "wanted")

    def __init__(self, truth: Reading, test: Comparison) -> None:
        super().__init__(truth, (test.fact,))
        self.fact, self.op, self.wanted, self.open = test.fact, test.op, wanted_text(test), test.open

    def trace(self, values: Values, memo: Memo) -> dict[str, Json]:
        step: dict[str, Json] = {"fact": self.fact, self.op: self.wanted, "truth": WORDS[self.truth(values, memo)]}
        if self.open:
            step["open"] = True
        return step

    def open_facts(self, values: Values, memo: Memo) -> set[str]:
        return {self.fact} if self.truth(values, memo) is UNKNOWN else set()


class _NotNode(Node):
    __slots__ = ("part",)

    def __init__(self, truth: Reading, part: Node) -> None:
        super().__init__(truth, part.facts)
        self.part = part

    def trace(self, values: Values, memo: Memo) -> dict[str, Json]:
        return {"not": self.part.trace(values, memo), "truth": WORDS[self.truth(values, memo)]}

    def open_facts(self, values: Values, memo: Memo) -> set[str]:
        return self.part.open_facts(values, memo)


class _UseNode(Node):
    __slots__ = ("name", "part")

    def __init__(self, name: str, part: Node) -> None:
        super().__init__(part.truth, part.facts)
        self.name, self.part = name, part

    def trace(self, values: Values, memo: Memo) -> dict[str, Json]:
        truth = WORDS[self.truth(values, memo)]
        return {"use": self.name, "truth": truth, "of": self.part.trace(values, memo)}

    def open_facts(self, values: Values, memo: Memo) -> set[str]:
        return self.part.open_facts(values, memo)


class _GroupNode(Node):
    """All of, or any of; `settling` is the truth value with which one part settles the whole."""

    __slots__ = ("parts", "settling", "word")

    def __init__(self, truth: Reading, word: str, parts: tuple[Node, ...], settling: Truth) -> None:
        super().__init__(truth, tuple(sorted({name for part in parts for name in part.facts})))
        self.word, self.parts, self.settling = word, parts, settling

    def trace(self, values: Values, memo: Memo) -> dict[str, Json]:
        truth = self.truth(values, memo)
        kept: tuple[Node, ...] = self.parts
        if truth is self.settling:
            kept = next((part,) for part in self.parts if part.truth(values, memo) is truth)
        elif truth is UNKNOWN and self.settling is YES:
            kept = tuple(part for part in self.parts if part.truth(values, memo) is UNKNOWN)
        return {self.word: [part.trace(values, memo) for part in kept], "truth": WORDS[truth]}

    def open_facts(self, values: Values, memo: Memo) -> set[str]:
        if self.truth(values, memo) is not UNKNOWN:
            return set()
        return {name for part in self.parts for name in part.open_facts(values, memo)}


class Evaluator:
    """Condition trees turned into shared, memoised nodes."""

    def __init__(self, countries: frozenset[str]) -> None:
        self._countries = countries
        self._nodes: dict[Tree, Node] = {}
        self._slots = 0
        self._readers: dict[str, set[int]] = {}

    def memo(self) -> Memo:
        """Returns an empty memory for one deal."""
        return {}

    def memo_after(self, memo: Memo, changed: Iterable[str]) -> Memo:
        """Returns the memory of a deal without the entries that read a changed fact."""
        kept = memo.copy()
        for name in changed:
            for slot in kept.keys() & self._readers.get(name, ()):
                del kept[slot]
        return kept

    def add(self, tree: Tree) -> Node:
        """Returns the node of a tree; equal trees give the same node."""
        known = self._nodes.get(tree)
        if known is None:
            known = self._nodes[tree] = self._make(tree)
        return known

    def _make(self, tree: Tree) -> Node:
        if isinstance(tree, Use):
            return _UseNode(tree.name, self.add(tree.tree))
        if isinstance(tree, Comparison):
            return _ComparisonNode(comparison(tree, is_country=tree.fact in self._countries), tree)
        if isinstance(tree, Not):
            part = self.add(tree.part)
            return _NotNode(_not(part.truth), part)
        parts = tuple(self.add(part) for part in tree.parts)
        readings = [part.truth for part in parts]
        word, settling = ("all_of", NO) if isinstance(tree, AllOf) else ("any_of", YES)
        slot = self._slots
        self._slots += 1
        node = _GroupNode(_group(readings, settling, slot), word, parts, settling)
        for name in node.facts:
            self._readers.setdefault(name, set()).add(slot)
        return node


def wanted_text(test: Comparison) -> Json:
    """Returns the value a comparison compares with, as plain data."""
    if isinstance(test.wanted, tuple):
        return list(test.wanted)
    return plain_value(test.wanted)


def _not(part: Reading) -> Reading:
    return lambda values, memo: negate(part(values, memo))


def _group(parts: list[Reading], settling: Truth, slot: int) -> Reading:
    """Returns all of (settled by a no) or any of (settled by a yes), evaluated once per deal."""
    other = negate(settling)

    def reading(values: Values, memo: Memo) -> Truth:
        known = memo.get(slot)
        if known is not None:
            return known
        result = other
        for part in parts:
            truth = part(values, memo)
            if truth is settling:
                memo[slot] = truth
                return truth
            if truth is UNKNOWN:
                result = UNKNOWN
        memo[slot] = result
        return result

    return reading


def comparison(test: Comparison, *, is_country: bool) -> Reading:
    """Returns the evaluation of one comparison; a missing fact is unknown."""
    fact, wanted, absent = test.fact, test.wanted, UNKNOWN if test.open else NO
    compare = _compare_country if is_country else _COMPARE[test.op]

    def reading(values: Values, memo: Memo) -> Truth:
        given = values.get(fact)
        return UNKNOWN if given is None else compare(given, wanted, absent)

    return reading


def _is(given: Compared, wanted: Compared, absent: Truth) -> Truth:
    if isinstance(given, Interval):
        return _interval(given.low == given.high == wanted.low, given.low <= wanted.low <= given.high)
    return YES if given == wanted else NO


def _in(given: Compared, wanted: Compared, absent: Truth) -> Truth:
    return YES if given in wanted else absent


def _compare_country(given: Compared, wanted: Compared, absent: Truth) -> Truth:
    """Compares a country; XX is an unnamed foreign one: none of `NEVER_UNNAMED`, and possibly any other."""
    places = wanted if isinstance(wanted, tuple) else (wanted,)
    if given == UNNAMED_COUNTRY:
        return UNKNOWN if any(place not in NEVER_UNNAMED for place in places) else absent
    return YES if given in places else absent


def _overlaps(given: SetValue, wanted: Iterable[str], absent: Truth) -> Truth:
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


def _low(value: Compared) -> Compared:
    return value.low if isinstance(value, Interval) else value


def _high(value: Compared) -> Compared:
    return value.high if isinstance(value, Interval) else value


def _at_least(given: Compared, wanted: Compared, absent: Truth) -> Truth:
    return _interval(_low(given) >= _low(wanted), _high(given) >= _low(wanted))


def _at_most(given: Compared, wanted: Compared, absent: Truth) -> Truth:
    return _interval(_high(given) <= _low(wanted), _low(given) <= _low(wanted))


def _above(given: Compared, wanted: Compared, absent: Truth) -> Truth:
    return _interval(_low(given) > _low(wanted), _high(given) > _low(wanted))


def _below(given: Compared, wanted: Compared, absent: Truth) -> Truth:
    return _interval(_high(given) < _low(wanted), _low(given) < _low(wanted))


_COMPARE: dict[str, Callable[[Compared, Compared, Truth], Truth]] = {
    "is": _is,
    "in": _in,
    "contains": _overlaps,
    "overlaps": _overlaps,
    "at_least": _at_least,
    "at_most": _at_most,
    "above": _above,
    "below": _below,
}
