"""Answers given once for a whole file, and the deals for which they do not hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from coercivity.base.truth import NO, YES
from coercivity.data.values import FactValue, SetValue
from coercivity.law.rules.rulebook import Rulebook


def contradicted(book: Rulebook, values: Mapping[str, FactValue], *, own: Mapping[str, object]) -> Iterator[str]:
    """Yields the facts whose answer for the whole file the other facts of one deal contradict.

    A file that says once that nobody knows of a military use is wrong about the deal that names a military user. What
    contradicts which answer is written beside each fact of the catalogue (`contradicted_by`).

    Args:
        book: The rulebook.
        values: The facts of the deal, answers for the whole file included.
        own: What the deal states for itself, by fact name; that is never contradicted here.
    """
    for name in book.contradictions:
        if name not in own and name in values and is_contradicted(book, name, values):
            yield name


def is_contradicted(book: Rulebook, name: str, values: Mapping[str, FactValue]) -> bool:
    """Returns whether the value of a fact is the benign one and the other facts of the deal contradict it.

    Args:
        book: The rulebook.
        name: A fact of `contradictions`.
        values: The facts of the deal; what is not there is not known and contradicts nothing by itself.
    """
    value, benign = values[name], book.benign_answers[name]
    # An answer of which only some lists were searched is benign as far as it goes.
    same = not value.has if isinstance(value, SetValue) and benign == SetValue(frozenset()) else value == benign
    if not same:
        return False
    memo = book.evaluator.memo()
    # Where it is open whether the deal lies within, it may: leaving a fact out never saves an answer.
    return any(
        stated.truth(values, memo) is YES and (within is None or within.truth(values, memo) is not NO)
        for stated, within in book.contradictions[name]
    )


def contradicting_facts(book: Rulebook, name: str) -> tuple[str, ...]:
    """Returns the facts that `is_contradicted` reads of a deal, the contradicted one apart."""
    nodes = [node for pair in book.contradictions[name] for node in pair if node is not None]
    return tuple(dict.fromkeys(fact for node in nodes for fact in node.facts))
