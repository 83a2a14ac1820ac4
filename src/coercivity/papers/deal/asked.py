"""The question to clarify first, in words: why it is asked, its choices and fields, and whom to ask if not known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from coercivity.base.words import Lang, say
from coercivity.data.catalogue import MORE, FactSpec, raw_set
from coercivity.data.values import FactValue, SetValue, plain_value
from coercivity.law.engine.decide import Decision
from coercivity.law.engine.other_content import OTHER_CONTENT
from coercivity.law.explain.questions import Question, choices_for
from coercivity.law.rules.rulebook import Rulebook
from coercivity.papers.deal.report_data import AskedData, ChoiceData, FieldData
from coercivity.papers.shared.facts import plain_name
from coercivity.papers.shared.lists import question_of
from coercivity.papers.shared.names import Text, clause_name
from coercivity.papers.shared.words import paper_words

KIND = "kind"  # the question for the type of transaction, on which every other depends
MOST_VALUES = 12  # a longer list is on the page of the fact
_WORDS = paper_words("deal_why", "asked")
_LANGS: tuple[Lang, ...] = ("en", "zh")
_JOINT: dict[Lang, str] = {"en": "; ", "zh": "；"}


def question_text(book: Rulebook, question: Question) -> Text:
    """Returns the question: that of the rulebook if it asks for several facts, otherwise that of the fact."""
    if question.card:
        return book.cards[question.card].question.as_dict()
    return question_of(book, question.fact, question.lists)


def asked_data(book: Rulebook, decision: Decision, question: Question) -> AskedData:
    """Returns a question as plain data."""
    card = book.cards[question.card] if question.card else None
    spec = book.catalogue[question.fact]
    words = card.help if card is not None else spec.help
    fields = [_field(book, name, question) for name in _in_order(book, question)]
    return {
        "fact": question.fact,
        "text": question_text(book, question),
        "help": words.as_dict() if words is not None else {},
        "values": _values(spec, question.hints.get(spec.name, ())) if card is None else {},
        "settles": list(question.could_settle),
        "beside": list(question.beside),
        "lists": list(question.lists) if all(book.party_lists[name].not_held for name in question.lists) else [],
        "facts": [field["fact"] for field in fields],
        "card": question.card,
        "why": _why(book, question),
        "clauses": list(question.turns_on),
        "fields": fields,
        "choices": list(_choices(book, decision, question)),
        "ask_whom": whom(book, question.facts),
    }


def _why(book: Rulebook, question: Question) -> Text:
    """Returns why a question is asked: the clauses that the answer decides on, or what depends on it."""
    if question.card == KIND or question.facts in (("act",), (OTHER_CONTENT,)):
        return {lang: say(_WORDS[f"why_{question.fact}"], lang) for lang in _LANGS}
    held = [one for name in question.turns_on if (one := book.provision(name)) is not None]
    if not held:
        return {}
    told = {lang: _JOINT[lang].join(clause_name(*one, lang) for one in held) for lang in _LANGS}
    return {lang: say(_WORDS["why"], lang).format(told[lang]) for lang in _LANGS}


def whom(book: Rulebook, names: Sequence[str]) -> Text:
    """Returns whom to ask for some facts, and with which document; empty if the rulebook does not say."""
    found = dict.fromkeys(name for name in names if name in book.cards.whom)
    texts = list(dict.fromkeys((book.cards.whom[name].en, book.cards.whom[name].zh) for name in found))
    return {"en": " ".join(en for en, _ in texts), "zh": "".join(zh for _, zh in texts)} if texts else {}


def asked_lines(book: Rulebook, decision: Decision, question: Question, lang: Lang) -> Iterator[str]:
    """Yields the choices of a question, why it is asked, and whom to ask, as lines of text."""
    asked = asked_data(book, decision, question)
    for choice in asked["choices"]:
        stated = " ".join(f"{name}={_written(value)}" for name, value in choice["facts"].items())
        yield say(_WORDS["choice"], lang).format(say(choice["label"], lang), stated)
    if asked["why"]:
        yield say(asked["why"], lang)
    if asked["ask_whom"]:
        yield say(_WORDS["whom"], lang).format(say(asked["ask_whom"], lang))


def _written(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return (";".join(map(str, value)) or "[]") if isinstance(value, list) else str(value)


def _in_order(book: Rulebook, question: Question) -> list[str]:
    order = book.cards[question.card].facts if question.card else (question.fact,)
    return [name for name in order if name in question.facts]


def _field(book: Rulebook, name: str, question: Question) -> FieldData:
    spec = book.catalogue[name]
    hints = question.hints.get(name, ())
    return {
        "fact": name,
        "text": question_of(book, name, question.lists if name == question.fact else ()),
        "help": spec.help.as_dict() if spec.help is not None else {},
        "values": _values(spec, hints),
        "hints": [_hint(book, name, value) for value in hints],
        "ask_whom": whom(book, (name,)),
    }


def _hint(book: Rulebook, name: str, value: FactValue) -> Text:
    plain = raw_set(value) if isinstance(value, SetValue) else plain_value(value)
    each = [one for one in plain if one != MORE] if isinstance(plain, list) else [plain]
    return {lang: _JOINT[lang].join(plain_name(book, name, one, lang) for one in each) for lang in _LANGS}


def _values(spec: FactSpec, hints: Sequence[FactValue]) -> dict[str, Text]:
    """Returns the values to choose from, if they are few; those that the words suggest come first."""
    if len(spec.values) > MOST_VALUES:
        return {}
    first = [str(value) for value in hints if str(value) in spec.values]
    return {name: spec.values[name].as_dict() for name in dict.fromkeys((*first, *spec.values))}


def _choices(book: Rulebook, decision: Decision, question: Question) -> Iterator[ChoiceData]:
    """Yields the plain choices that agree with the deal; those that the words suggest come first."""
    found = [(choice, choice.facts) for choice in choices_for(book, question, decision.deal.facts)]
    for choice, stated in sorted(found, key=lambda entry: not _suggested(entry[1], question.hints)):
        yield {
            "id": choice.id,
            "label": choice.label.as_dict(),
            "facts": {name: plain_value(value) for name, value in stated.items()},
            "suggested": _suggested(stated, question.hints),
        }


def _suggested(stated: Mapping[str, FactValue], hints: Mapping[str, tuple[FactValue, ...]]) -> bool:
    told = [name for name in stated if name in hints]
    return bool(told) and all(stated[name] in hints[name] for name in told)
