"""Where two laws cannot both be satisfied: found from the results of both sides, with the next question."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

from coercivity.base.errors import Faults, nearest
from coercivity.base.truth import NO, UNKNOWN, YES, Truth
from coercivity.data.schema import Plain, Strict, Words, parse_as
from coercivity.data.textyaml import load_file
from coercivity.data.values import FactValue
from coercivity.law.engine.decide import Decision
from coercivity.law.explain.coverage import holds_on_day
from coercivity.law.rules.evaluator import Evaluator, Node
from coercivity.law.rules.jurisdictions.names import abroad_folder
from coercivity.law.rules.rulebook import Rulebook
from coercivity.law.rules.tree import TreeParser, facts_of

NAME = "conflicts.yaml"

ConflictKind = Literal["clash", "squeeze", "friction"]


class ConflictText(Strict):
    """One conflict as written in the pack.

    Attributes:
        kind: clash: doing what one side commands breaks the other; squeeze: each can be met alone, but the documents of
            one spoil the other; friction: cost or delay.
        china: Chinese clauses, one of which must hold; empty if the facts decide.
        other: Clauses of other jurisdictions, one of which must hold.
        when: Condition tree for the facts.
        cites: Further clauses of either side that a reader needs.
        ask: The next question.
        never: What not to do.
    """

    id: Plain
    kind: ConflictKind
    title: Words
    china: list[str] = []
    other: list[str] = []
    when: object
    cites: list[str] = []
    ask: Words
    never: Words | None = None


@dataclass(frozen=True, slots=True)
class Conflict:
    """A conflict with its condition, ready for evaluation, and the facts that this reads."""

    text: ConflictText
    node: Node
    facts: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Conflicts:
    """All conflicts of the pack and what evaluates them."""

    conflicts: tuple[Conflict, ...]
    evaluator: Evaluator


@dataclass(frozen=True, slots=True)
class ConflictFound:
    """A conflict that a deal meets, or may meet.

    Attributes:
        sure: Whether everything that it depends on is decided; otherwise a clause or a fact is open.
        clauses: Clauses of both sides that hold or are open, and those cited.
    """

    text: ConflictText
    sure: bool
    clauses: tuple[str, ...]

    @property
    def cannot_satisfy_both(self) -> bool:
        """Whether it is certain that both laws cannot be satisfied on this route."""
        return self.sure and self.text.kind == "clash"


def read_conflicts(path: Path, book: Rulebook, clauses: Iterable[str], faults: Faults) -> Conflicts:
    """Returns the conflicts of a file.

    Args:
        path: The file.
        book: A rulebook with the facts of both sides.
        clauses: Ids of the clauses of both sides.
        faults: Collects every error of the file.
    """
    evaluator = Evaluator(frozenset(name for name, spec in book.catalogue.items() if spec.type == "country"))
    parser, known, found = TreeParser(book.catalogue, faults), set(clauses), list[Conflict]()
    for rank, raw in enumerate(load_file(path), 1):
        text = parse_as(ConflictText, raw, name=f"{path.name}, entry {rank}", faults=faults)
        tree = None if text is None else parser.parse(text.when, where=f"{path.name}, {text.id}")
        if text is None or tree is None:
            continue
        for name in (*text.china, *text.other, *text.cites):
            if name not in known:
                where = f"{path.name}, {text.id}"
                faults.add("PACK-REF", f"{name!r} not found", where=where, nearest=nearest(name, known))
        found.append(Conflict(text, evaluator.add(tree), frozenset(facts_of(tree))))
    return Conflicts(tuple(found), evaluator)


def conflicts_met(
    held: Conflicts, sides: Sequence[tuple[Rulebook, Decision]], facts: Mapping[str, FactValue]
) -> tuple[ConflictFound, ...]:
    """Returns the conflicts that a deal meets or may meet, in the order of the pack.

    A conflict of which nothing is certain is left out: it would be one of every deal with few facts.

    Args:
        held: The conflicts.
        sides: Rulebook and result of every side, China among them.
        facts: The facts of the deal, of all sides.
    """
    truths = {name: truth for side in sides for name, truth in truths_of(held, *side).items()}
    return conflicts_with(held, truths, facts)


def truths_of(held: Conflicts, book: Rulebook, decision: Decision) -> dict[str, Truth]:
    """Returns for the clauses of a rulebook that conflicts name whether each holds on the date of a result.

    Args:
        held: The conflicts.
        book: The rulebook.
        decision: The result.
    """
    names = {name for one in held.conflicts for name in (*one.text.china, *one.text.other)}
    rules = (book.rule(name) for name in sorted(names))
    return {rule.id: holds_on_day(book, decision, rule) for rule in rules if rule is not None}


def conflicts_with(
    held: Conflicts, truths: Mapping[str, Truth], facts: Mapping[str, FactValue]
) -> tuple[ConflictFound, ...]:
    """Returns the conflicts that a deal meets or may meet, in the order of the pack.

    Args:
        held: The conflicts.
        truths: Whether the clauses of all sides hold.
        facts: The facts of the deal, of all sides.
    """
    memo = held.evaluator.memo()
    found = []
    for one in held.conflicts:
        text = one.text
        parts = [one.node.truth(facts, memo), *(_any(names, truths) for names in (text.china, text.other) if names)]
        if min(parts) is NO or max(parts) is not YES:
            continue
        live = [name for name in (*text.china, *text.other) if truths.get(name, NO) is not NO]
        found.append(ConflictFound(text, min(parts) is YES, tuple(dict.fromkeys((*live, *text.cites)))))
    return tuple(found)


def _any(names: Sequence[str], truths: Mapping[str, Truth]) -> Truth:
    """Returns whether one of some clauses holds; one of a jurisdiction that was not asked is open."""
    return max(truths.get(name, UNKNOWN) for name in names)


@lru_cache(maxsize=1)
def conflict_texts() -> Mapping[str, ConflictText]:
    """Returns the texts of the built-in conflicts by id, without the rulebooks that find them.

    Raises:
        CoercivityError: With every error of the file.
    """
    faults = Faults()
    path = abroad_folder().parent / NAME
    texts = [
        parse_as(ConflictText, raw, name=f"{NAME}, entry {rank}", faults=faults)
        for rank, raw in enumerate(load_file(path), 1)
    ]
    faults.raise_if_any()
    return {text.id: text for text in texts if text is not None}


@lru_cache(maxsize=4)
def packed_conflicts(path: Path, reading: Rulebook, abroad: Rulebook) -> Conflicts:
    """Returns the conflicts of a file, read once for two rulebooks.

    Raises:
        CoercivityError: With every error of the file.
    """
    faults = Faults()
    clauses = [p.id for book in (reading, abroad) for i in book.instruments.values() for p in i.provisions]
    found = read_conflicts(path, reading, clauses, faults)
    faults.raise_if_any()
    return found
