"""The first sentence about an undetermined result: which of the three causes it is, and about what."""

from __future__ import annotations

from collections.abc import Sequence

from coercivity.base.words import LANGS, Lang, say
from coercivity.law.explain.questions import Question
from coercivity.law.explain.reasons import Cause, Reason, causes
from coercivity.law.rules.rulebook import Rulebook
from coercivity.papers.shared.days import day_text
from coercivity.papers.shared.facts import fact_label
from coercivity.papers.shared.names import Text, name_of
from coercivity.papers.shared.words import paper_words

HEADS = paper_words("deal_why", "heads")  # in Japanese too, as the outcomes
MOST_LABELS = 3
_LANGS: tuple[Lang, ...] = ("en", "zh")
_COMMA: dict[Lang, str] = {"en": ", ", "zh": "、"}


def names_list(book: Rulebook, names: Sequence[str]) -> Text:
    """Returns the names of instruments as a list; in Chinese a name may contain a 、 of its own."""
    found = [_named(book, name) for name in names]
    return {
        "en": ", ".join(name["en"] for name in found),
        "zh": ("和" if len(found) == 2 else "；").join(name["zh"] for name in found),
    }


def _named(book: Rulebook, name: str) -> Text:
    return {lang: name_of(book, name, lang) for lang in _LANGS}


def head_of(cause: Cause, found: Sequence[Reason]) -> Text:
    """Returns one of the three causes in a few words."""
    reason = next(reason for reason in found if reason.cause == cause)
    no_law = reason.kind == "not_held" and reason.names == ("law",)
    words = HEADS["not_held_law" if no_law else "not_held" if reason.kind == "not_held" else cause]
    day = {lang: day_text(reason.day, lang) if reason.day else "" for lang in LANGS}
    return {lang: say(words, lang).format(day[lang]) for lang in LANGS}


def headline(found: Sequence[Reason], book: Rulebook | None = None, question: Question | None = None) -> Text:
    """Returns which of the three causes it is, in a few words; several are joined.

    Args:
        found: Why a result is undetermined.
        book: The rulebook; with it, the headline names the facts to ask for, the instrument or the clause.
        question: The question to clarify first.
    """
    held = causes(found)
    joints = {"en": "; ", "zh": "；", "ja": "；"}
    colons = {"en": ": ", "zh": "：", "ja": "："}
    told = [_specific(cause, found, book, question) for cause in held]
    return {
        lang: start + (colons[lang] + joints[lang].join(text[lang] for text in told) if told else "")
        for lang, start in HEADS["undetermined"].items()
    }


def _specific(cause: Cause, found: Sequence[Reason], book: Rulebook | None, question: Question | None) -> Text:
    """Returns a cause with the facts to ask for, or the first instrument or clause that is unconfirmed, in brackets."""
    head = head_of(cause, found)
    if book is None or cause == "check":
        return head
    reason = next(reason for reason in found if reason.cause == cause)
    about = {lang: _about(book, reason, question if cause == "facts" else None, lang) for lang in _LANGS}
    brackets = {"en": "{} ({})", "zh": "{}（{}）"}
    named: Text = {str(lang): brackets[lang].format(head[lang], about[lang]) for lang in _LANGS if about[lang]}
    return {**head, **named}


def _about(book: Rulebook, reason: Reason, question: Question | None, lang: Lang) -> str:
    if reason.kind == "text":
        held = book.provision(reason.names[0])
        return "" if held is None else name_of(book, held[0].id, lang)
    if reason.kind == "status":
        return say(names_list(book, reason.names), lang)
    names = question.facts if question is not None else reason.names
    labels = [fact_label(name, lang) for name in names if name != "on"][:MOST_LABELS]
    return _COMMA[lang].join(labels)
