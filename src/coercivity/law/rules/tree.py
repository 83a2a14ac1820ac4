"""Condition trees: parsed once, used by the evaluator and the decision diagram."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from coercivity.base.errors import Faults, brief_value, nearest
from coercivity.data.catalogue import FactCatalogue
from coercivity.data.textyaml import TextList, TextMap
from coercivity.data.values import FactValue, SetValue

_BY_TYPE = {
    "flag": ("is",),
    "choice": ("is", "in"),
    "country": ("is", "in"),
    "party": ("is", "in"),
    "text": ("is", "in"),
    "set": ("contains", "overlaps"),
    "number": ("at_least", "at_most", "above", "below", "is"),
    "share": ("at_least", "at_most", "above", "below", "is"),
    "date": ("is", "at_least", "at_most", "above", "below"),
}


@dataclass(frozen=True, slots=True)
class Comparison:
    """One comparison of one fact.

    Attributes:
        wanted: The value compared with; for `in`, `contains` and `overlaps` a tuple of values.
        open: A value not on the list is unknown, not no.
    """

    fact: str
    op: str
    wanted: FactValue | tuple[str, ...]
    open: bool = False


@dataclass(frozen=True, slots=True)
class AllOf:
    """Yes if every part is yes."""

    parts: tuple[Tree, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Yes if one part is yes."""

    parts: tuple[Tree, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The Kleene negation of one part."""

    part: Tree


@dataclass(frozen=True, slots=True)
class Use:
    """A named definition; equal trees are evaluated once."""

    name: str
    tree: Tree


Tree = Comparison | AllOf | AnyOf | Not | Use


def facts_of(tree: Tree) -> Iterator[str]:
    """Yields the name of every fact the tree compares, with repeats."""
    if isinstance(tree, Comparison):
        yield tree.fact
    elif isinstance(tree, Not):
        yield from facts_of(tree.part)
    elif isinstance(tree, Use):
        yield from facts_of(tree.tree)
    else:
        for part in tree.parts:
            yield from facts_of(part)


def comparisons_of(tree: Tree) -> Iterator[Comparison]:
    """Yields every comparison in the tree, with repeats."""
    if isinstance(tree, Comparison):
        yield tree
    elif isinstance(tree, Not):
        yield from comparisons_of(tree.part)
    elif isinstance(tree, Use):
        yield from comparisons_of(tree.tree)
    else:
        for part in tree.parts:
            yield from comparisons_of(part)


class TreeParser:
    """Parses the trees of a pack into `Tree` and checks every fact, value, unit and name."""

    def __init__(self, catalogue: FactCatalogue, faults: Faults) -> None:
        self.catalogue = catalogue
        self.faults = faults
        self.definitions: dict[str, Tree] = {}
        self.used: set[str] = set()
        self._raw: Mapping[str, object] = {}
        self._open: list[str] = []

    def define(self, raw: Mapping[str, object], *, where: str) -> None:
        """Parses named definitions, which may refer to each other in any order but not in a circle."""
        self._raw = raw
        for name in raw:
            self._definition(name, f"{where}, {name}")

    def parse(self, raw: object, *, where: str) -> Tree | None:
        """Returns the tree, or None after adding all faults."""
        if not isinstance(raw, TextMap):
            self.faults.add("TREE-FORM", f"a condition expected, found {brief_value(raw)!r}", where=where)
            return None
        where_line = f"{where}:{raw.line}"
        if "fact" in raw:
            return self._test(raw, where_line)
        if len(raw) != 1:
            self.faults.add("TREE-FORM", f"exactly one key expected, found {sorted(raw)}", where=where_line)
            return None
        word, body = next(iter(raw.items()))
        if word in ("all_of", "any_of"):
            return self._group(word, body, where, where_line)
        if word == "not":
            part = self.parse(body, where=where)
            return Not(part) if part is not None else None
        if word == "use" and isinstance(body, str):
            return self.named(body, where=where_line)
        known = ["all_of", "any_of", "not", "use", "fact"]
        self.faults.add(
            "TREE-FORM", f"{word!r} is not a valid key of a condition", where=where_line, nearest=nearest(word, known)
        )
        return None

    def named(self, name: str, *, where: str) -> Tree | None:
        """Returns the tree of a definition, which then counts as used, or None after adding all faults."""
        self.used.add(name)
        return self._definition(name, where)

    def _group(self, word: str, body: object, where: str, where_line: str) -> Tree | None:
        if not isinstance(body, TextList) or not body:
            self.faults.add("TREE-FORM", f"{word} needs a list of at least one condition", where=where_line)
            return None
        parts = [self.parse(entry, where=where) for entry in body]
        whole = tuple(part for part in parts if part is not None)
        if len(whole) != len(parts):
            return None
        return AllOf(whole) if word == "all_of" else AnyOf(whole)

    def _definition(self, name: str, where: str) -> Tree | None:
        if name in self.definitions:
            return self.definitions[name]
        if name in self._open:
            circle = " -> ".join([*self._open[self._open.index(name) :], name])
            self.faults.add("TREE-CIRCLE", f"circular definitions: {circle}", where=where)
            return None
        if name not in self._raw:
            close = nearest(name, self._raw)
            self.faults.add("TREE-NAME", f"definition {name!r} not found", where=where, nearest=close)
            return None
        self._open.append(name)
        tree = self.parse(self._raw[name], where=f"definitions, {name}")
        self._open.pop()
        if tree is None:
            return None
        self.definitions[name] = Use(name, tree)
        return self.definitions[name]

    def _test(self, raw: TextMap, where: str) -> Tree | None:
        ops = [key for key in raw if key not in ("fact", "open", "unit")]
        fact = str(raw["fact"])
        spec = self.catalogue.get(fact)
        if spec is None:
            self.faults.add(
                "FACT-UNKNOWN", f"fact {fact!r} not found", where=where, nearest=self.catalogue.nearest(fact)
            )
            return None
        if len(ops) != 1 or ops[0] not in _BY_TYPE[spec.type]:
            allowed = ", ".join(_BY_TYPE[spec.type])
            self.faults.add("TREE-OP", f"one of {allowed} expected for {fact}, found {ops}", where=where)
            return None
        if not self._unit_fits(raw, spec.unit or ("fraction" if spec.type == "share" else ""), where):
            return None
        wanted = self._wanted(fact, ops[0], raw[ops[0]], where)
        is_open = raw.get("open") == "true"
        if wanted is None or (raw.get("open") not in (None, "true", "false")):
            return None
        return Comparison(fact, ops[0], wanted, is_open)

    def _unit_fits(self, raw: TextMap, unit: str, where: str) -> bool:
        given = raw.get("unit")
        if given is not None and given != unit:
            self.faults.add("UNIT", f"unit {given!r} does not fit {raw['fact']}, which is in {unit!r}", where=where)
            return False
        return True

    def _wanted(self, fact: str, op: str, raw: object, where: str) -> FactValue | tuple[str, ...] | None:
        spec = self.catalogue[fact]
        listed = raw if isinstance(raw, TextList) else None
        if op in ("in", "overlaps") and listed is None:
            self.faults.add("TREE-FORM", f"{op} needs a list", where=where)
            return None
        if spec.type == "set":
            members = [raw] if listed is None else listed
            if op == "contains" and len(members) != 1:
                self.faults.add("TREE-FORM", "`contains` needs one value; use `overlaps` for a list", where=where)
                return None
            parsed = self.catalogue.parse(fact, list(members), where=where, faults=self.faults)
            return tuple(map(str, members)) if isinstance(parsed, SetValue) else None
        if op == "in" and listed is not None:
            values = [self.catalogue.parse(fact, entry, where=where, faults=self.faults) for entry in listed]
            return None if None in values else tuple(str(value) for value in values)
        return self.catalogue.parse(fact, raw, where=where, faults=self.faults)
