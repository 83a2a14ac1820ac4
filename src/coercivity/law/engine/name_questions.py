"""Names in a deal that a person has to identify: the name given, the listed name, and their similarity."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from coercivity.base.json_types import Json
from coercivity.base.words import Lang, say

DIFFERENT = "different"
NO_NAME, OTHER_SCRIPT, IN_DOUBT = "no_name", "other_script", "in_doubt"


class NameQuestion(NamedTuple):
    """Question whether a name in a deal means a listed party, or any party at all.

    Attributes:
        fact: The fact that contains the name.
        written: The name as given.
        listed: The listed name; blank if the text is not a name, or is in a script that is not screened.
        party_id: The listed party, or blank.
        party_sets: The party sets of that party, all of which stay open; empty means all party sets.
        reasons: Kind of similarity, or why the name cannot be screened, as words of `name_reasons`.
        answer: `different` if the deal states that it is another party, else blank.
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
        """Whether it is unanswered."""
        return not self.answer

    def plain(self) -> dict[str, Json]:
        """Returns the question as written in a proof."""
        found: dict[str, Json] = {"fact": self.fact, "written": self.written, "reasons": list(self.reasons)}
        if self.party_id:
            found |= {"listed": self.listed, "party_id": self.party_id, "party_sets": list(self.party_sets)}
        return {**found, "answer": self.answer} if self.answer else found


def said_of_name(words: Mapping[str, Any], question: NameQuestion, lang: Lang) -> str:
    """Returns a question with both names in one sentence.

    Args:
        words: Words of the rulebook.
        question: The question.
        lang: Language of the reader.
    """
    phrases, reasons = words.get("phrases", {}), words.get("name_reasons", {})
    joint = "、" if lang == "zh" else ", "
    why = joint.join(say(reasons.get(reason, {"en": reason}), lang) for reason in question.reasons)
    fact = say(words.get("parties", {}).get(question.fact, {"en": question.fact}), lang)
    named, who = (fact, question.written), question.party_id
    if not who:
        return say(phrases["name_none"], lang).format(*named, why)
    if question.answer:
        return say(phrases["name_other"], lang).format(*named, question.listed, who, why)
    sets = joint.join(question.party_sets)
    return say(phrases["name_may_be"], lang).format(*named, question.listed, who, sets, why, who)


def open_names(questions: Iterable[NameQuestion]) -> tuple[str, ...]:
    """Returns the facts with a name not yet identified, each once."""
    return tuple(dict.fromkeys(one.fact for one in questions if one.is_open))


def name_question(plain: Mapping[str, Any]) -> NameQuestion:
    """Returns the question from the output of `NameQuestion.plain`."""
    return NameQuestion(
        plain["fact"],
        plain["written"],
        plain.get("listed", ""),
        plain.get("party_id", ""),
        tuple(plain.get("party_sets", ())),
        tuple(plain["reasons"]),
        plain.get("answer", ""),
    )
