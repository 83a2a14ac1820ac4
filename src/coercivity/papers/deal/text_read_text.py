"""What was read in a text, as lines for a terminal: word by word, and what was not understood."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from coercivity.base.errors import brief_value
from coercivity.base.words import Lang, say
from coercivity.data.values import FactValue, SetValue
from coercivity.intake.words.results import Span, Statement
from coercivity.law.explain.questions import Question
from coercivity.law.rules.rulebook import Rulebook
from coercivity.papers.deal.text_read import DealRead, TextRead, value_data
from coercivity.papers.shared.facts import fact_label
from coercivity.papers.shared.lists import question_of
from coercivity.papers.shared.terminal import phrase, shown, wrapped
from coercivity.papers.shared.words import paper_words

_WORDS = paper_words("deal_text_read", "words")
MOST_WORDS = 40  # shown of a statement, and of what was not understood


def deal_name(number: int, lang: Lang) -> str:
    """Returns the name of a deal of a text with several."""
    return _w("deal", lang).format(number)


def read_lines(read: TextRead, lang: Lang) -> Iterator[str]:
    """Yields what was read: for each deal a line for each fact with its words, then what was not understood."""
    for number, deal in enumerate(read.deals, 1):
        yield _w("read_deal", lang).format(deal_name(number, lang)) if len(read.deals) > 1 else _w("read", lang)
        yield from _deal_lines(read, deal, lang)
    yield from rest_lines(read, lang)


def rest_lines(read: TextRead, lang: Lang) -> Iterator[str]:
    """Yields what was not understood, what holds the text, what is evidence only, and how words were interpreted."""
    if read.not_understood:
        told = _quoted(read.not_understood[:MOST_WORDS], lang)
        yield from wrapped(_w("not_understood", lang).format(told), "  ")
    if read.words.held:
        yield from wrapped(_w("held", lang).format(read.words.held), "  ")
    for one in read.words.evidence:
        told = _w("evidence", lang).format(one.text, _said(read, one.spans, lang))
        yield from wrapped(told, "  ")
    for note in read.notes:
        yield from wrapped(_w("note", lang).format(note), "  ")


def _deal_lines(read: TextRead, deal: DealRead, lang: Lang) -> Iterator[str]:
    told = {one.fact for one in deal.statements if one.strength != "suggested"}
    closed = [(name, value) for name, value in deal.facts.items() if name not in told or _differs(deal, name, value)]
    for one in deal.statements:
        if one.strength == "suggested" or one.fact not in dict(closed):
            yield from wrapped(_statement(read, one, lang), "  ")
    for name, value in closed:
        words = _said(read, tuple(span for one in deal.statements if one.fact == name for span in one.spans), lang)
        line = {
            "words": words or _quoted([read.words.text], lang),
            "fact": _named(name, lang),
            "value": _value(value, lang),
        }
        yield from wrapped(_w("stated", lang).format(**line, by="phrases.yaml"), "  ")
    if not deal.facts and not deal.statements:
        yield f"  {_w('nothing', lang)}"


def _differs(deal: DealRead, name: str, value: FactValue | None) -> bool:
    """Returns whether the reader of items read more than the words alone, such as a complete list of elements."""
    first = next(one.value for one in deal.statements if one.fact == name and one.strength != "suggested")
    return value != first


def _statement(read: TextRead, one: Statement, lang: Lang) -> str:
    reason = one.reason or _w("usual" if one.strength == "suggested" else "definition", lang)
    line = {"words": _said(read, one.spans, lang), "fact": _named(one.fact, lang), "value": _value(one.value, lang)}
    return _w(one.strength, lang).format(**line, by=one.by, reason=reason)


def _named(name: str, lang: Lang) -> str:
    label = fact_label(name, lang)
    return name if label == name else _w("named", lang).format(label, name)


def _value(value: FactValue | None, lang: Lang) -> str:
    if not isinstance(value, SetValue) or value.complete:
        return shown(value)
    data = value_data(value)
    held = [str(entry) for entry in data[:-1]] if isinstance(data, list) else []
    return _w("more", lang).format(f"[{';'.join(held)}]")


def _said(read: TextRead, spans: Iterable[Span], lang: Lang) -> str:
    return _quoted(list(dict.fromkeys(read.words.said(span) for span in spans))[:MOST_WORDS], lang)


def _quoted(words: Iterable[str], lang: Lang) -> str:
    return _w("apart", lang).join(_w("quoted", lang).format(brief_value(" ".join(word.split()))) for word in words)


def _w(word: str, lang: Lang) -> str:
    return say(_WORDS[word], lang)


def ask_lines(book: Rulebook, asks: Sequence[Question | None], lang: Lang) -> Iterator[str]:
    """Yields the question that comes first for each deal of a text.

    Args:
        book: The rulebook, for the words of the questions.
        asks: The question of each deal; None if there is none.
        lang: Language.
    """
    for number, asked in enumerate(asks, 1):
        head = f"{deal_name(number, lang)}: " if len(asks) > 1 else ""
        if asked is None:
            yield f"  {head}{_w('asks_nothing', lang)}"
        else:
            text = (
                phrase("no_on", lang) if asked.fact == "on" else say(question_of(book, asked.fact, asked.lists), lang)
            )
            yield from wrapped(head + _w("asks", lang).format(text, asked.fact), "  ")
