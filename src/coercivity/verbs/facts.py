"""`facts`: the facts as a table, a page, or one fact."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NotRequired, TypedDict

from coercivity.base.errors import CoercivityError
from coercivity.cases.arguments import PACKED, Law
from coercivity.data.catalogue import MORE, NOT, FactCatalogue, FactSpec, unit_text
from coercivity.law.rules.rulebook import Rulebook
from coercivity.law.rules.tree import facts_of
from coercivity.verbs.jurisdictions.request import abroad_law

__all__ = [
    "FactCatalogue",
    "FactEntry",
    "FactSpec",
    "catalogue",
    "countries",
    "fact",
    "facts",
    "facts_of_jurisdiction",
    "in_and_out",
]

Words = dict[str, str]


class FactEntry(TypedDict):
    """One fact as plain data; texts by language, `asked_by` the clauses that use it."""

    name: str
    type: str
    unit: str
    question: Words
    help: Words
    values: dict[str, Words]
    open: bool
    synonyms: list[str]
    value_synonyms: Words
    example: Any  # of the type of the fact
    standing: bool
    derived: str
    note: Words
    asked_by: list[str]
    benign: NotRequired[Any]


def _asked_by(book: Rulebook) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for rule in book.rules:
        names = {name for tree in (rule.item, rule.when) if tree is not None for name in facts_of(tree)}
        for name in names:
            found.setdefault(name, []).append(rule.id)
    return found


def catalogue(law: Law = PACKED) -> FactCatalogue:
    """Returns the facts by name, in the order in which a form asks for them."""
    return law.book().catalogue


def in_and_out(raw_set: Sequence[str]) -> tuple[list[str], list[str]] | None:
    """Returns the known members and non-members of a set that is only partly known; None if it is complete."""
    if MORE not in raw_set:
        return None
    inside = [entry for entry in raw_set if entry != MORE and not entry.startswith(NOT)]
    return inside, [entry.removeprefix(NOT) for entry in raw_set if entry.startswith(NOT)]


def fact(name: str, law: Law = PACKED) -> FactEntry:
    """Returns one fact as plain data: type, unit, values, synonyms, question, example, and the rules that use it.

    A fact that only the rules of other jurisdictions ask for is found beside those of the built-in rulebook.

    Raises:
        CoercivityError: If the fact does not exist; the nearest names are given.
    """
    book = law.book()
    catalogue = book.catalogue
    if name not in catalogue and law == PACKED and name in (abroad := abroad_law().book()).catalogue:
        return _plain(abroad.catalogue[name], _asked_by(abroad))
    if name not in catalogue:
        raise CoercivityError.of(
            "FACT-UNKNOWN",
            f"fact {name[:60]!r} not found",
            nearest=catalogue.nearest(name),
            next="run `coercivity facts` for the full list",
        )
    return _plain(catalogue[name], _asked_by(book))


def facts(law: Law = PACKED) -> list[FactEntry]:
    """Returns all facts as plain data, in the order in which a form asks for them.

    Examples:
        >>> coercivity.facts()[0]["question"]["en"]
        'What type of transaction is it?'
    """
    book = law.book()
    asked_by = _asked_by(book)
    return [_plain(spec, asked_by) for spec in book.catalogue.values()]


def facts_of_jurisdiction(code: str) -> list[FactEntry]:
    """Returns the facts that the rules of another jurisdiction ask for, in the order in which a form asks for them.

    Args:
        code: Its code, such as `US`.

    Raises:
        CoercivityError: If there is no such jurisdiction; the nearest are given.
    """
    book = abroad_law(code).book()
    asked_by = _asked_by(book)
    return [_plain(spec, asked_by) for name, spec in book.catalogue.items() if name in asked_by]


def countries(law: Law = PACKED) -> dict[str, str]:
    """Returns the country codes with their English names."""
    return {code: words.en for code, words in law.book().catalogue.countries.items()}


def _plain(spec: FactSpec, asked_by: dict[str, list[str]]) -> FactEntry:
    found: FactEntry = {
        "name": spec.name,
        "type": spec.type,
        "unit": unit_text(spec),
        "question": spec.question.as_dict(),
        "help": spec.help.as_dict() if spec.help else {},
        "values": {value: words.as_dict() for value, words in spec.values.items()},
        "open": spec.open,
        "synonyms": spec.synonyms,
        "value_synonyms": spec.value_synonyms,
        "example": spec.example,
        "standing": spec.standing,
        "derived": spec.derived,
        "note": spec.note.as_dict() if spec.note else {},
        "asked_by": asked_by.get(spec.name, []),
    }
    if spec.benign is not None:
        found["benign"] = spec.benign
    return found
