"""Facts and their values in words: a short name for each fact, and in Chinese the meaning of each value."""

from __future__ import annotations

from coercivity.base.words import Lang, say
from coercivity.law.rules.rulebook import Rulebook
from coercivity.papers.shared.words import paper_words

LABELS = paper_words("fact_labels", "labels")
_VALUES = paper_words("brief_page", "values")


def fact_label(name: str, lang: Lang = "en") -> str:
    """Returns the short name of a fact; the name itself if it is a column of a file."""
    return say(LABELS.get(name, {"en": name}), lang)


def value_text(book: Rulebook, fact: str, value: object, lang: Lang = "en") -> str:
    """Returns a fact value as it is shown: as entered in English, by its meaning in Chinese.

    Args:
        book: The rulebook, for the meanings of values.
        fact: Name of the fact.
        value: The value as plain data.
        lang: Language.
    """
    if isinstance(value, bool):
        return say(_VALUES["true" if value else "false"], lang)
    if isinstance(value, list):
        joint = "、" if lang == "zh" else ", "
        return joint.join(value_text(book, fact, entry, lang) for entry in value) or say(_VALUES["none"], lang)
    if isinstance(value, dict):
        has, lacks = (value_text(book, fact, value.get(word, []), lang) for word in ("has", "lacks"))
        return say(_VALUES["incomplete"], lang).format(has, lacks)
    return _word(book, fact, str(value), lang)


def _word(book: Rulebook, fact: str, word: str, lang: Lang) -> str:
    spec = book.catalogue.get(fact)
    if lang != "zh" or spec is None:
        return word
    if word in book.catalogue.countries and word not in spec.values:
        return say(book.catalogue.countries[word].as_dict(), lang)
    if word not in spec.values:
        return word
    # What stands in brackets explains the value; the words before it name it.
    return say(spec.values[word].as_dict(), lang).partition("（")[0]
