"""Restricted-party lists in words: which were screened, who searched the others, and which are still to be searched."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from coercivity.base.words import Lang, say
from coercivity.data.values import SetValue
from coercivity.intake.parties.screening import BY_SCREENING
from coercivity.law.engine.decide import Decision
from coercivity.law.engine.list_search import PARTY_SETS
from coercivity.law.rules.rulebook import Rulebook
from coercivity.papers.shared.days import day_text
from coercivity.papers.shared.names import Text
from coercivity.papers.shared.words import paper_words

_WORDS = paper_words("shared_lists", "words")
BY = "{by}"
_LANGS: tuple[Lang, ...] = ("en", "zh")


def question_of(book: Rulebook, name: str, lists: Sequence[str] = ()) -> Text:
    """Returns the question of a fact by language; for lists that are included only in part, who searched them.

    Args:
        book: The rulebook.
        name: A fact, or one of the lists.
        lists: Lists still to be searched, if that is the question.
    """
    lists = (name,) if name in book.party_lists else lists
    if lists and all(book.party_lists[one].not_held for one in lists):
        return {lang: say(_WORDS["ask"], lang).format(lists_named(book, lists, lang)) for lang in _LANGS}
    return book.catalogue[PARTY_SETS if name in book.party_lists else name].question.as_dict()


def lists_named(book: Rulebook, lists: Sequence[str], lang: Lang) -> str:
    """Returns the names of lists as one text."""
    return ("、" if lang == "zh" else ", ").join(say(book.words["lists"].get(n, {"en": n}), lang) for n in lists)


def still_open(book: Rulebook, label: str, lists: Sequence[str], lang: Lang) -> str:
    """Returns the label of the screening with the lists that are still to be searched, if they are not all of them."""
    if not lists or len(lists) == len(book.party_lists):
        return label
    return say(_WORDS["open"], lang).format(label, lists_named(book, lists, lang))


def list_texts(book: Rulebook, decision: Decision) -> list[Text]:
    """Returns the lines of `list_lines` by language, with `BY` in place of the name of the person who searched."""
    each = {lang: tuple(list_lines(book, decision, lang, by=BY)) for lang in _LANGS}
    return [{"en": en, "zh": zh} for en, zh in zip(each["en"], each["zh"], strict=True)]


def list_lines(book: Rulebook, decision: Decision, lang: Lang, *, by: str = "") -> Iterator[str]:
    """Yields what a result without a listed party is based on: lists, version, as-of day, and who searched the rest.

    Args:
        book: The rulebook.
        decision: The decision.
        lang: Language.
        by: Shown in place of the name of the person who searched.
    """
    deal = decision.deal
    if not isinstance(deal.facts.get(PARTY_SETS), SetValue):
        return
    said_by = deal.said_by.get(PARTY_SETS, "")
    complete = [held for held in book.party_lists.values() if held.settles and held.name not in decision.open_lists]
    if said_by.endswith(BY_SCREENING) and complete:
        each = [
            say(_WORDS["held_complete"], lang).format(
                lists_named(book, [held.name], lang), day_text(held.as_of_on, lang) if held.as_of_on else "?"
            )
            for held in complete
        ]
        yield say(_WORDS["screened"], lang).format(book.version, ("；" if lang == "zh" else "; ").join(each))
    for held in book.party_lists.values():
        search = deal.search
        if not held.not_held or search is None or not search.covers(held.name, decision.on):
            continue
        named, as_of = lists_named(book, [held.name], lang), day_text(held.as_of_on, lang) if held.as_of_on else "?"
        if search.on is None:
            yield say(_WORDS["searched_each"], lang).format(named, as_of, by or search.by)
        else:
            yield say(_WORDS["searched"], lang).format(named, as_of, by or search.by, day_text(search.on, lang))
