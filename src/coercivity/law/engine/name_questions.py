"""Names in a deal of which a person has to say who is meant: what was given, what is listed, and what is alike."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from coercivity.base.json_types import Json
from coercivity.base.words import Lang, say

DIFFERENT = "different"
NO_NAME, OTHER_SCRIPT, IN_DOUBT = "no_name", "other_script", "in_doubt"


class NameQuestion(NamedTuple):
    """Whether a name in a deal is that of a listed party, or of anybody.

    Attributes:
        fact: The fact that gives the name.
        written: The name as given.
        listed: The listed name; blank where the name is none, or is written in letters that are not compared.
        party_id: The listed party, or blank.
        party_sets: The party sets of that party, all of which stay open; none stands for all that there are.
        reasons: What is alike, or why the name cannot be compared, as words of `name_reasons`.
        answer: `different` where the deal itself says that it is another party, else blank.
    """

    fact: str
    written: str
    listed: str
    party_id: str
    party_sets: tuple[str, ...]
    reasons: tuple[str, ...]
    answer: str = ""

    @property
    def is_open(self) -> bool:
        """Whether nobody has answered it."""
        return not self.answer

    def plain(self) -> dict[str, Json]:
        """Returns the question as it stands in a proof."""
        found: dict[str, Json] = {"fact": self.fact, "written": self.written, "reasons": list(self.reasons)}
        if self.party_id:
            found |= {"listed": self.listed, "party_id": self.party_id, "party_sets": list(self.party_sets)}
        return {**found, "answer": self.answer} if self.answer else found


def said_of_name(words: Mapping[str, Any], question: NameQuestion, lang: Lang) -> str:
    """Returns a question with both names in one sentence.

    Args:
        words: Words of the pack.
        question: The question.
        lang: Language of the reader.
    """
    phrases, reasons = words.get("phrases", {}), words.get("name_reasons", {})
    why = ", ".join(say(reasons.get(reason, {"en": reason}), lang) for reason in question.reasons)
    named, who = (question.fact, question.written), question.party_id
    if not who:
        return say(phrases["name_none"], lang).format(*named, why)
    if question.answer:
        return say(phrases["name_other"], lang).format(*named, question.listed, who, why)
    sets = ", ".join(question.party_sets)
    return say(phrases["name_may_be"], lang).format(*named, question.listed, who, sets, why, who)


def open_names(questions: Iterable[NameQuestion]) -> tuple[str, ...]:
    """Returns the facts with a name that is still to be answered, each once."""
    return tuple(dict.fromkeys(one.fact for one in questions if one.is_open))


def name_question(plain: Mapping[str, Any]) -> NameQuestion:
    """Returns the question that `NameQuestion.plain` wrote."""
    return NameQuestion(
        plain["fact"],
        plain["written"],
        plain.get("listed", ""),
        plain.get("party_id", ""),
        tuple(plain.get("party_sets", ())),
        tuple(plain["reasons"]),
        plain.get("answer", ""),
    )
