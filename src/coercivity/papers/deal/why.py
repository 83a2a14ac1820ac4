"""Why a result is undetermined and what to do: information missing, legal status unconfirmed, or not verified."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Literal

from coercivity.base.days import Day
from coercivity.base.words import Lang, say
from coercivity.law.engine.decide import Decision
from coercivity.law.engine.list_search import PARTY_SETS
from coercivity.law.engine.name_questions import LAW
from coercivity.law.explain.questions import Question
from coercivity.law.explain.reasons import Kind, Reason, causes
from coercivity.law.rules.model import Outcome
from coercivity.law.rules.rulebook import Rulebook
from coercivity.papers.deal.asked import question_text, whom
from coercivity.papers.deal.headline import head_of, names_list
from coercivity.papers.deal.report_data import WayOut, WhyUnknown
from coercivity.papers.shared.days import day_text
from coercivity.papers.shared.facts import fact_label
from coercivity.papers.shared.lists import still_open
from coercivity.papers.shared.names import Text, clause_name, name_asked
from coercivity.papers.shared.outcomes import CODES, scenario_text
from coercivity.papers.shared.steps import names_of_lookers
from coercivity.papers.shared.words import Words, paper_words

OPEN_BECAUSE = paper_words("deal_why", "open_because")
SUBJECT_TO = paper_words("deal_why", "subject_to")
MOST_BRANCHES = 4
MOST_UNKNOWN = 2
_LANGS: tuple[Lang, ...] = ("en", "zh")
_REASON = paper_words("deal_why", "reasons")
_NEXT_WORDS = paper_words("deal_why", "next")
_COMMA: dict[Lang, str] = {"en": ", ", "zh": "、"}
_SEMICOLON: dict[Lang, str] = {"en": "; ", "zh": "；"}


def _told(words: Words, word: str, *values: Text | Day | str | None) -> Text:
    """Returns a sentence in both languages; dates and texts take the form of each."""
    return {lang: say(words[word], lang).format(*(_in(value, lang) for value in values)) for lang in _LANGS}


def _in(value: Text | Day | str | None, lang: Lang) -> str:
    if isinstance(value, Day):
        return day_text(value, lang)
    return str(value) if isinstance(value, str | None) else say(value, lang)


def _list(texts: Sequence[Text], joints: dict[Lang, str] = _COMMA) -> Text:
    return {lang: joints[lang].join(say(text, lang) for text in texts) for lang in _LANGS}


def reason_text(book: Rulebook, reason: Reason) -> Text:
    """Returns why a result is undetermined."""
    return _REASONS[reason.kind](book, reason)


def _asked(book: Rulebook, reason: Reason, word: str) -> Text:
    """Returns the short names of facts; a name that is not a fact is a column of the file."""
    return _told(_REASON, word, _list([_fact(book, name, reason) for name in reason.names]))


def _fact(book: Rulebook, name: str, reason: Reason) -> Text:
    lists = reason.lists if name == PARTY_SETS else ()
    return {lang: still_open(book, fact_label(name, lang), lists, lang) for lang in _LANGS}


def _facts(book: Rulebook, reason: Reason) -> Text:
    return _asked(book, reason, "facts")


def _standing(book: Rulebook, reason: Reason) -> Text:
    return _asked(book, reason, "standing")


def _unread(book: Rulebook, reason: Reason) -> Text:
    return _asked(book, reason, "unread")


def _other_content(book: Rulebook, reason: Reason) -> Text:
    return _told(_REASON, "other_content")


def _text(book: Rulebook, reason: Reason) -> Text:
    found = [held for name in reason.names if (held := book.provision(name)) is not None]
    return _told(_REASON, "text", _list([{lang: clause_name(*held, lang) for lang in _LANGS} for held in found]))


def _status(book: Rulebook, reason: Reason) -> Text:
    word = "status" if len(reason.names) == 1 else "statuses"
    return _told(_REASON, word, names_list(book, reason.names))


def _not_verified(book: Rulebook, reason: Reason) -> Text:
    if reason.day is not None and book.ends_with_a_vouch(reason.day):
        return _told(_REASON, "vouched", reason.day, names_of_lookers(book))
    what = _REASON["announcements"] if reason.names == ("pack",) else names_list(book, reason.names)
    return _told(_REASON, "not_verified", reason.day, what)


def _not_held(book: Rulebook, reason: Reason) -> Text:
    first = book.covered_from
    return _told(_REASON, f"not_held_{reason.names[0]}", first.goods, first.technology)


def _names(book: Rulebook, reason: Reason) -> Text:
    question = reason.question
    assert question is not None
    return _told(_REASON, "names", {lang: name_asked(book, question, lang) for lang in _LANGS})


_REASONS: Mapping[Kind, Callable[[Rulebook, Reason], Text]] = {
    "facts": _facts,
    "standing": _standing,
    "unread": _unread,
    "other_content": _other_content,
    "names": _names,
    "text": _text,
    "status": _status,
    "not_verified": _not_verified,
    "not_held": _not_held,
}


def open_input(kinds: Iterable[str]) -> Literal["declarations", "information", ""]:
    """Returns what the parties still have to supply; until then, no legal scenario gives PROCEED.

    Args:
        kinds: Kinds of the reasons of a result.
    """
    held = set(kinds) & {"facts", "standing", "unread", "other_content", "names"}
    return "" if not held else "declarations" if held == {"standing"} else "information"


def subject_to(outcome: str, kinds: Iterable[str]) -> Text:
    """Returns that no licence is needed in a legal scenario, subject to what is missing; empty where that is all."""
    missing = open_input(kinds) if outcome == "PROCEED" else ""
    return SUBJECT_TO[missing] if missing else {"en": "", "zh": ""}


def scenario_outcome(outcome: str, kinds: Iterable[str]) -> Text:
    """Returns the result of a legal scenario: its code, or that no licence is needed, subject to what is missing."""
    found = subject_to(outcome, kinds)
    return found if found["en"] else CODES[outcome]


def open_because(found: Sequence[Reason]) -> list[Text]:
    """Returns, in a few words each, why a result is undetermined."""
    return [OPEN_BECAUSE[kind] for kind in dict.fromkeys(reason.kind for reason in found)]


def why_unknown(
    book: Rulebook, decision: Decision, found: Sequence[Reason], question: Question | None
) -> list[WhyUnknown]:
    """Returns why a transaction is undetermined, as plain data: one entry per cause, with text and next step.

    Args:
        book: The rulebook.
        decision: The decision; the list is empty unless it is UNKNOWN.
        found: Why it is undetermined.
        question: The most useful next question, if one is left to ask.
    """
    if decision.outcome is not Outcome.UNKNOWN:
        return []
    entries = []
    for cause in causes(found):
        held = [reason for reason in found if reason.cause == cause]
        entry: WhyUnknown = {
            "cause": cause,
            "head": head_of(cause, held),
            "names": list(dict.fromkeys(name for reason in held for name in reason.names)),
            "text": _joined(reason_text(book, reason) for reason in held),
            "next": _NEXT[cause](book, decision, held, question, [reason.kind for reason in found]),
        }
        if cause == "law":
            entry["branches"] = branches(decision)
        entries.append(entry)
    return entries


def branches(decision: Decision) -> list[WayOut]:
    """Returns each legal scenario with its result."""
    if len(decision.branches) > 1:
        return [
            {
                "if": {name: branch.picks[name] for name in decision.telling},
                "outcome": branch.outcome.value,
                "finding": branch.finding.word,
            }
            for branch in decision.branches
        ]
    readings = (("applies", decision.ceiling), ("does not apply", decision.floor))
    return [{"if": {"text": word}, "outcome": outcome.value} for word, outcome in readings]


def _ask_facts(
    book: Rulebook, decision: Decision, held: Sequence[Reason], question: Question | None, kinds: Sequence[str]
) -> Text:
    # Whether a party is a listed one comes first: it may prohibit the transaction whatever the item is.
    asked = [reason.question for reason in held if reason.question is not None]
    if any(one.party_id and one.effect == LAW for one in asked):
        return _told(_NEXT_WORDS, "compare")
    if lists := list(dict.fromkeys(one.list_id for one in asked if one.list_id)):
        return _told(_NEXT_WORDS, "compare_own", ", ".join(lists))
    if any(one.party_id for one in asked):
        return _told(_NEXT_WORDS, "compare_role")
    if question is not None:
        return _told(_NEXT_WORDS, "ask", question_text(book, question))
    left = [name for reason in held if reason.kind in ("facts", "other_content") for name in reason.names]
    return _joined(iter([_told(_NEXT_WORDS, "all_asked"), *_whom(book, left)]))


def _whom(book: Rulebook, names: Sequence[str]) -> Iterator[Text]:
    """Yields whom to ask for the first facts that are not known."""
    for name in names[:MOST_UNKNOWN]:
        if told := whom(book, (name,)):
            yield _told(_NEXT_WORDS, "whom", {lang: fact_label(name, lang) for lang in _LANGS}, told)


def _confirm_law(
    book: Rulebook, decision: Decision, held: Sequence[Reason], question: Question | None, kinds: Sequence[str]
) -> Text:
    names = [name for reason in held if reason.kind == "status" for name in reason.names]
    if not names:
        word = "ask_counsel" if book.jurisdiction else "ask_mofcom"
        return _told(_NEXT_WORDS, word, *(scenario_outcome(o.value, kinds) for o in (decision.ceiling, decision.floor)))
    told = [(tuple(dict.fromkeys(b.picks[n] for n in decision.telling)), b.outcome.value) for b in decision.branches]
    # With several instruments only the scenarios in which all turn out alike are named; `branches` has the others.
    ways = [(labels[0], outcome) for labels, outcome in dict.fromkeys(told) if len(labels) == 1][:MOST_BRANCHES]
    texts = [
        _told(
            _NEXT_WORDS,
            "scenario",
            {lang: scenario_text(label, lang) for lang in _LANGS},
            scenario_outcome(outcome, kinds),
        )
        for label, outcome in ways
    ]
    named = names_list(book, names)
    # The others used may have been verified less far than the instruments in doubt.
    checked = min(decision.known, *(book.instruments[name].verified_through for name in names))
    first = _told(_NEXT_WORDS, "check_notices", named, checked, _list(texts, _SEMICOLON))
    others = [_told(_NEXT_WORDS, "check_others", looked)] if (looked := decision.checked_through) < checked else []
    return _joined(iter([first, *others]))


def _confirm_check(
    book: Rulebook, decision: Decision, held: Sequence[Reason], question: Question | None, kinds: Sequence[str]
) -> Text:
    if held[0].kind == "not_held":
        return _told(_NEXT_WORDS, f"not_held_{held[0].names[0]}", held[0].day)
    if book.jurisdiction:
        return _told(_NEXT_WORDS, "not_verified_abroad", held[0].day)
    missing = open_input(kinds)
    return _told(_NEXT_WORDS, f"not_verified_{missing}" if missing else "not_verified", held[0].day)


_NEXT = {"facts": _ask_facts, "law": _confirm_law, "check": _confirm_check}


def _joined(texts: Iterator[Text]) -> Text:
    held = list(texts)
    return {"en": " ".join(text["en"] for text in held), "zh": "".join(text["zh"] for text in held)}
