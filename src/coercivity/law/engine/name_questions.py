"""Names in a deal that a person has to identify: the name given, the listed name, and their similarity."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple, NotRequired, TypedDict

from coercivity.base.days import Day, parse_day
from coercivity.base.json_types import Json
from coercivity.base.words import Lang, say

DIFFERENT = "different"
NO_NAME, OTHER_SCRIPT, IN_DOUBT, TOO_LONG, TURNED = "no_name", "other_script", "in_doubt", "too_long", "turned"
LAW, ASK = "law", "ask"


class JudgedShown(TypedDict):
    """A person's judgement as written in a proof; `changed` says why it no longer holds."""

    says: str
    by: str
    at: str
    why: str
    changed: NotRequired[list[str]]


class Judged(NamedTuple):
    """A person's judgement whether a name is a listed party.

    Attributes:
        says: `same`, `different` or `unsure`.
        by: Person or department.
        at: Time, ISO 8601 in UTC.
        why: The reason.
        changed: What changed since: `name`, `address`, `country`, `owner`, `entry`. While empty, it holds.
    """

    says: str
    by: str
    at: str
    why: str
    changed: tuple[str, ...] = ()

    def plain(self) -> JudgedShown:
        """Returns the judgement as written in a proof."""
        found: JudgedShown = {"says": self.says, "by": self.by, "at": self.at, "why": self.why}
        return {**found, "changed": list(self.changed)} if self.changed else found


def _plain_judged(judged: Judged) -> dict[str, Json]:
    changed: dict[str, Json] = {"changed": list(judged.changed)} if judged.changed else {}
    return {"says": judged.says, "by": judged.by, "at": judged.at, "why": judged.why, **changed}


class NameQuestion(NamedTuple):
    """Question whether a name in a deal means a listed party, or any party at all.

    Attributes:
        fact: The fact that contains the name.
        written: The name as given.
        listed: The listed name; blank if the text is not a name, or is in a script that is not screened.
        party_id: The listed party of the law's lists, or blank.
        party_sets: The notices that list this party; empty means all, if the question is about the law's lists.
        reasons: Kind of similarity, or why the name cannot be screened, as words of `name_reasons`.
        answer: `different` if the deal or a judgement says that it is another party, else blank.
        effect: `law` if the party sets stay open while it is unanswered; `ask` if it only holds PROCEED back: an entry
            of a user's list, or a party whose role no notice names.
        list_id: A user's list, or blank.
        entry_id: The entry of that list, or blank.
        verdict: `match` if the names are certainly the same writing, else `possible`.
        from_on: First day of the entry on that list; None for any earlier one.
        to_on: First day without it; None if it is still listed.
        judged: The last judgement of the pair, if any.
        tells_apart: What would tell the two parties apart, the most telling first, as words of `name_tells_apart`.
        points_to: The fact to answer for a listed owner, or blank.
    """

    fact: str
    written: str
    listed: str
    party_id: str
    party_sets: tuple[str, ...]
    reasons: tuple[str, ...]
    answer: str = ""
    effect: str = LAW
    list_id: str = ""
    entry_id: str = ""
    verdict: str = "possible"
    from_on: Day | None = None
    to_on: Day | None = None
    judged: Judged | None = None
    tells_apart: tuple[str, ...] = ()
    points_to: str = ""

    @property
    def is_open(self) -> bool:
        """Whether it is unanswered."""
        return not self.answer

    def is_open_on(self, on: Day) -> bool:
        """Returns whether it is unanswered and the entry was on its list on a day."""
        return self.is_open and self.lists_on(on)

    def lists_on(self, on: Day) -> bool:
        """Returns whether the entry was on its list on a day."""
        return (self.from_on is None or self.from_on <= on) and (self.to_on is None or on < self.to_on)

    def open_sets(self, every: Iterable[str]) -> tuple[str, ...]:
        """Returns the party sets that it leaves open.

        Args:
            every: All party sets of the rulebook.
        """
        if not self.is_open or self.effect != LAW:
            return ()
        return self.party_sets or tuple(every)

    def plain(self) -> dict[str, Json]:
        """Returns the question as written in a proof."""
        found: dict[str, Json] = {"fact": self.fact, "written": self.written, "reasons": list(self.reasons)}
        if self.party_id:
            found |= {"listed": self.listed, "party_id": self.party_id, "party_sets": list(self.party_sets)}
        if self.list_id:
            found |= {"listed": self.listed, "list": self.list_id, "entry": self.entry_id}
        days = {"from_on": self.from_on, "to_on": self.to_on}
        found |= {name: day.isoformat() for name, day in days.items() if day is not None}
        if self.effect != LAW:
            found |= {"effect": self.effect, "verdict": self.verdict}
        if self.judged is not None:
            found["judged"] = _plain_judged(self.judged)
        if self.tells_apart and self.is_open:
            found["tells_apart"] = list(self.tells_apart)
        if self.points_to:
            found["points_to"] = self.points_to
        return {**found, "answer": self.answer} if self.answer else found


def said_of_name(words: Mapping[str, Any], question: NameQuestion, lang: Lang, *, on: Day | None = None) -> str:
    """Returns a question with both names in one sentence.

    Args:
        words: Words of the rulebook.
        question: The question.
        lang: Language of the reader.
        on: Transaction date; an entry that was not on its list on that day is said to be none of it.
    """
    phrases = words.get("phrases", {})
    joint = "、" if lang == "zh" else ", "
    why = joint.join(reason_words(words, reason, lang) for reason in question.reasons)
    fact = say(words.get("parties", {}).get(question.fact, {"en": question.fact}), lang)
    named, who = (fact, question.written), question.party_id
    if not who and not question.list_id:
        return say(phrases["name_none"], lang).format(*named, why)
    judged = said_of_judgement(words, question.judged, lang) if question.judged is not None else ""
    if question.answer:
        if judged:
            return say(phrases["name_judged"], lang).format(*named, question.listed, who or question.entry_id, judged)
        return say(phrases["name_other"], lang).format(*named, question.listed, who, why)
    if on is not None and not question.lists_on(on):
        listed = (question.listed, question.entry_id, question.list_id)
        return say(phrases["name_off_list"], lang).format(*named, *listed, on)
    told = _said_if_open(phrases, question, named, why, joint.join(question.party_sets), lang)
    more = []
    if question.tells_apart and question.verdict != "match":
        apart = (say(words.get("name_tells_apart", {}).get(one, {"en": one}), lang) for one in question.tells_apart)
        more.append(say(phrases["name_compare"], lang).format(joint.join(apart)))
    if question.points_to:
        more.append(say(phrases["owner_share"], lang).format(question.points_to))
    more += [judged] if judged else []
    return ("。" if lang == "zh" else ". ").join((told, *more))


def _said_if_open(
    phrases: Mapping[str, Any], question: NameQuestion, named: tuple[str, str], why: str, sets: str, lang: Lang
) -> str:
    """Returns an unanswered question about a listed party: what the name may be, and what follows."""
    judged, who = question.judged, question.party_id
    is_same = question.verdict == "match" or (judged is not None and judged.says == "same" and not judged.changed)
    if question.list_id:
        kind = "name_is_on_list" if is_same else "name_may_be_on_list"
        return say(phrases[kind], lang).format(*named, question.listed, question.entry_id, question.list_id, why)
    if question.effect == LAW:
        return say(phrases["name_may_be"], lang).format(*named, question.listed, who, sets, why, who)
    kind = "role_is" if is_same else "role_may_be"
    return say(phrases[kind], lang).format(*named, question.listed, who, sets, why)


def said_of_judgement(words: Mapping[str, Any], judged: Judged, lang: Lang) -> str:
    """Returns what a person judged, when and why, and what changed since, in one sentence."""
    phrases = words["phrases"]
    told = say(phrases[f"judged_{judged.says}"], lang).format(judged.by, judged.at[:10], judged.why)
    if not judged.changed:
        return told
    parts = words.get("judged_changed", {})
    changed = ("、" if lang == "zh" else ", ").join(say(parts.get(one, {"en": one}), lang) for one in judged.changed)
    return told + say(phrases["judged_changed"], lang).format(changed)


def reason_words(words: Mapping[str, Any], reason: str, lang: Lang) -> str:
    """Returns one kind of similarity in words."""
    return say(words.get("name_reasons", {}).get(reason, {"en": reason}), lang)


def open_names(questions: Iterable[NameQuestion], on: Day | None = None) -> tuple[str, ...]:
    """Returns the facts with a name not yet identified, each once.

    Args:
        questions: Questions about names.
        on: Transaction date, on which an entry of a user's list must be on its list; None for any.
    """
    held = (one for one in questions if (one.is_open if on is None else one.is_open_on(on)))
    return tuple(dict.fromkeys(one.fact for one in held))


def name_question(plain: Mapping[str, Any]) -> NameQuestion:
    """Returns the question from the output of `NameQuestion.plain`."""
    days = {name: parse_day(plain[name]) if name in plain else None for name in ("from_on", "to_on")}
    judged = plain.get("judged")
    return NameQuestion(
        plain["fact"],
        plain["written"],
        plain.get("listed", ""),
        plain.get("party_id", ""),
        tuple(plain.get("party_sets", ())),
        tuple(plain["reasons"]),
        plain.get("answer", ""),
        plain.get("effect", LAW),
        plain.get("list", ""),
        plain.get("entry", ""),
        plain.get("verdict", "possible"),
        days["from_on"],
        days["to_on"],
        None if judged is None else judged_of(judged),
        tuple(plain.get("tells_apart", ())),
        plain.get("points_to", ""),
    )


def judged_of(plain: Mapping[str, Any]) -> Judged:
    """Returns the judgement from the output of `Judged.plain`."""
    return Judged(plain["says"], plain["by"], plain["at"], plain["why"], tuple(plain.get("changed", ())))
