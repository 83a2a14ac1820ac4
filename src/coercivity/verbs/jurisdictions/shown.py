"""The rules of each jurisdiction as data: which rulebook holds them, what is open about them, and their names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from coercivity.base.days import Day
from coercivity.base.errors import Faults
from coercivity.base.words import Lang
from coercivity.cases.arguments import PACKED, Law
from coercivity.law.rules.load import aliases
from coercivity.law.rules.model import CHINA
from coercivity.law.rules.tree import facts_of
from coercivity.papers.shared import names
from coercivity.verbs.jurisdictions.request import ANSWERS_ABROAD, abroad_law, known_jurisdictions, read_codes

__all__ = [
    "ANSWERS_ABROAD", "CHINA", "RuleScenario", "abroad_law", "called_in", "checked_through", "fact_question",
    "jurisdiction_of", "jurisdictions_shown", "law_holding", "law_of_jurisdiction", "scenarios_of",
]  # fmt: skip

Text = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class RuleScenario:
    """A question about the law that is open: what became of a rule.

    Attributes:
        name: Name of the scenario, as in `--assume NAME=BRANCH`.
        question: What is open, by language.
        branches: What may be, by name: in each language.
        clauses: Ids of the clauses whose effect depends on it.
    """

    name: str
    question: Text
    branches: Mapping[str, Text]
    clauses: tuple[str, ...]


def jurisdictions_shown() -> dict[str, Text]:
    """Returns the jurisdictions with rules of their own, by code; China first, its answers to foreign rules last."""
    found: dict[str, Text] = {code: name.as_dict() for code, name in known_jurisdictions().items()}
    return {**found, ANSWERS_ABROAD: abroad_law(CHINA).book().jurisdictions[CHINA].as_dict()}


def law_of_jurisdiction(code: str) -> Law:
    """Returns the rulebook on a jurisdiction; blank for China.

    Raises:
        CoercivityError: If there is no such jurisdiction.
    """
    if code in ("", CHINA):
        return PACKED
    if code == ANSWERS_ABROAD:
        return abroad_law(CHINA)
    faults = Faults()
    read_codes([code], faults)
    faults.raise_if_any()
    return abroad_law(code)


def law_holding(name: str) -> Law:
    """Returns the rulebook with an instrument or a clause of this name; that on China if no other has it."""
    if _holds(PACKED, name) or not _holds(abroad_law(), name):
        return PACKED
    return abroad_law()


def _holds(law: Law, name: str) -> bool:
    book = law.book()
    return book.provision(name) is not None or name in aliases(book.instruments)


def jurisdiction_of(law: Law, instrument_id: str) -> str:
    """Returns the code under which an instrument is shown: its jurisdiction, or that of China's answers."""
    code = law.book().instruments[instrument_id].jurisdiction
    return ANSWERS_ABROAD if code == CHINA and law.pack is not None else code


def scenarios_of(law: Law, clause: str = "") -> tuple[RuleScenario, ...]:
    """Returns the open questions that the clauses of a rulebook depend on, in the order of the catalogue.

    Args:
        law: The rulebook.
        clause: Only those of this clause; blank for all.
    """
    book = law.book()
    reading: dict[str, list[str]] = {}
    for rule in book.rules:
        if clause in ("", rule.id):
            for fact in dict.fromkeys(name for tree in rule.trees for name in facts_of(tree)):
                reading.setdefault(fact, []).append(rule.id)
    return tuple(
        RuleScenario(
            name,
            book.catalogue[name].question.as_dict(),
            {value: words.as_dict() for value, words in book.catalogue[name].values.items()},
            tuple(reading[name]),
        )
        for name in book.catalogue.scenarios
        if name in reading
    )


def called_in(law: Law, name: str, lang: Lang) -> str:
    """Returns the name of a clause or an instrument of a rulebook by its id."""
    return names.called(law.book(), name, lang)


def fact_question(law: Law, fact: str) -> Text:
    """Returns the question of a fact of a rulebook."""
    return law.book().catalogue[fact].question.as_dict()


def checked_through(law: Law) -> Day:
    """Returns the last day of the sources of a rulebook."""
    return law.book().verified_through
