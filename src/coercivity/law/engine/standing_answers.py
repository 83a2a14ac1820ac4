"""Compliance declarations for a whole file, and the deals that contradict them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from coercivity.base.truth import NO, YES
from coercivity.data.values import FactValue, SetValue
from coercivity.law.rules.rulebook import Rulebook


def contradicted(book: Rulebook, values: Mapping[str, FactValue], *, own: Mapping[str, object]) -> Iterator[str]:
    """Yields the facts whose declaration for the whole file is contradicted by the other facts of one deal.

    A declaration that no military use is known is wrong for a deal that names a military user. The contradictions are
    listed with each fact of the catalogue (`contradicted_by`).

    Args:
        book: The rulebook.
        values: The facts of the deal, including declarations for the whole file.
        own: Facts stated by the deal itself, by fact name; these are never contradicted here.
    """
    for name in book.contradictions:
        if name not in own and name in values and is_contradicted(book, name, values):
            yield name


def is_contradicted(book: Rulebook, name: str, values: Mapping[str, FactValue]) -> bool:
    """Returns whether the value of a fact is the benign one and the other facts of the deal contradict it.

    Args:
        book: The rulebook.
        name: A fact of `contradictions`.
        values: The facts of the deal; a missing fact is unknown and does not contradict anything.
    """
    value, benign = values[name], book.benign_answers[name]
    # An answer for which only some lists were screened is benign for those lists.
    same = not value.has if isinstance(value, SetValue) and benign == SetValue(frozenset()) else value == benign
    if not same:
        return False
    memo = book.evaluator.memo()
    # If it is unknown whether the deal is within, assume so: omitting a fact must not preserve a declaration.
    return any(
        stated.truth(values, memo) is YES and (within is None or within.truth(values, memo) is not NO)
        for stated, within in book.contradictions[name]
    )


def contradicting_facts(book: Rulebook, name: str) -> tuple[str, ...]:
    """Returns the facts `is_contradicted` reads, except the contradicted one."""
    nodes = [node for pair in book.contradictions[name] for node in pair if node is not None]
    return tuple(dict.fromkeys(fact for node in nodes for fact in node.facts))
