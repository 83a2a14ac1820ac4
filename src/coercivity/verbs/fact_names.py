"""Facts in a few words: the short name of a fact, its value as a file of deals holds it, and who knows it."""

from __future__ import annotations

from coercivity.base.words import Lang
from coercivity.cases.arguments import PACKED, Law
from coercivity.data.catalogue import raw_value
from coercivity.papers.deal.answer import Answer
from coercivity.papers.deal.asked import question_text, whom
from coercivity.papers.shared.facts import fact_label
from coercivity.papers.shared.names import Text

__all__ = ["next_question", "raw_value", "short_name_of", "whom_to_ask"]


def short_name_of(fact: str, lang: Lang) -> str:
    """Returns the short name of a fact, such as `form of the item`."""
    return fact_label(fact, lang)


def whom_to_ask(fact: str, law: Law = PACKED) -> Text:
    """Returns whom to ask for a fact, and with which document; empty if the rulebook does not say."""
    return whom(law.book(), (fact,))


def next_question(answer: Answer) -> Text:
    """Returns the question to clarify first; empty if none is left to ask."""
    question = answer.question
    return question_text(answer.book, question) if question is not None and answer.decision is not None else {}
