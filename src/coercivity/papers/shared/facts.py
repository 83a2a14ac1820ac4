"""Facts and their values in words: a short name for each fact, and in Chinese the meaning of each value."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

from coercivity.base.words import Lang, say
from coercivity.data.values import FactValue, plain_value
from coercivity.intake.ownership.facts import SOURCE
from coercivity.intake.parties.screening import BY_SCREENING
from coercivity.law.rules.rulebook import Rulebook
from coercivity.papers.shared.words import paper_words

LABELS = paper_words("fact_labels", "labels")
ABROAD = paper_words("fact_labels", "labels_abroad")
_COLUMNS = paper_words("fact_labels", "columns")
_VALUES = paper_words("brief_page", "values")
_CONDITIONS = paper_words("fact_labels", "conditions")
_BASED_ON = paper_words("fact_labels", "based_on")
_SPEAKERS = paper_words("brief_page", "speakers")
_BY_THEMSELVES = frozenset({"act", "form", "goods_kind", "machine_kind", "magnet_type"})
_EXPLAINED = re.compile(r"（|：| \(|: |; ")  # after these signs the words of a value explain it


def fact_label(name: str, lang: Lang = "en") -> str:
    """Returns the short name of a fact or of a column of a table; the name itself if it has none."""
    return say(LABELS.get(name) or ABROAD.get(name) or _COLUMNS.get(name, {"en": name}), lang)


def condition_name(name: str, lang: Lang = "en") -> str:
    """Returns the short name of a named condition of the rulebook; its id if it has none."""
    return say(_CONDITIONS.get(name, {"en": name}), lang)


def value_name(book: Rulebook, fact: str, value: FactValue | None, lang: Lang = "en") -> str:
    """Returns the meaning of a fact value in a few words, for a place inside a sentence.

    Args:
        book: The rulebook, for the meanings of values.
        fact: Name of the fact.
        value: The value; None if it is not given.
        lang: Language.
    """
    return say(_VALUES["not_given"], lang) if value is None else plain_name(book, fact, plain_value(value), lang)


def plain_name(book: Rulebook, fact: str, value: object, lang: Lang = "en") -> str:
    """Returns the meaning of a fact value in a few words.

    Args:
        book: The rulebook, for the meanings of values.
        fact: Name of the fact.
        value: The value as plain data.
        lang: Language.
    """
    spec = book.catalogue.get(fact)
    if isinstance(value, list) and spec is not None and spec.type in ("number", "share"):
        return say(_BASED_ON["span"], lang).format(*(plain_name(book, fact, entry, lang) for entry in value))
    if isinstance(value, list):
        joint = "、" if lang == "zh" else ", "
        return joint.join(plain_name(book, fact, entry, lang) for entry in value) or say(_VALUES["none"], lang)
    if isinstance(value, dict):
        has, lacks = (plain_name(book, fact, value.get(word, []), lang) for word in ("has", "lacks"))
        return say(_VALUES["incomplete"], lang).format(has, lacks)
    if isinstance(value, bool) or spec is None:
        return value_text(book, fact, value, lang)
    word = str(value)
    if word in spec.values:
        return _EXPLAINED.split(say(spec.values[word].as_dict(), lang))[0]
    if spec.type in ("country", "choice", "set") and word in book.catalogue.countries:
        return say(book.catalogue.countries[word].as_dict(), lang)
    return _percent(word, lang) if spec.type == "share" else f"{word} {spec.unit}".rstrip()


def said_by_text(said: str, lang: Lang = "en") -> str:
    """Returns the source of a fact in words: the deal, a compliance declaration with its author, or the screening."""
    word, sign, name = said.partition(": ")
    if said.startswith(SOURCE):
        return f"{say(_SPEAKERS['ownership'], lang)}{said.removeprefix(SOURCE)}"
    if word in _SPEAKERS:
        return say(_SPEAKERS[word], lang) + (f"（{name}）" if sign and lang == "zh" else f" ({name})" if sign else "")
    return say(_SPEAKERS["screening"], lang) if said == BY_SCREENING else said


def based_on(book: Rulebook, facts: Mapping[str, FactValue], lang: Lang = "en") -> str:
    """Returns the facts on which a result is based in one line; those that speak for themselves without their name.

    Args:
        book: The rulebook, for the meanings of values.
        facts: Values by fact name.
        lang: Language.
    """
    said, route = [], {"from", "to"} <= facts.keys()
    order = book.catalogue.order
    for name in sorted(facts, key=lambda name: (name not in _BY_THEMSELVES, order.get(name, len(order)))):
        value = facts[name]
        told = value_name(book, name, value, lang)
        if name == "from" and route:
            said.append(say(_BASED_ON["route"], lang).format(told, value_name(book, "to", facts["to"], lang)))
        elif name in _BY_THEMSELVES:
            said.append(told)
        elif name != "to" or not route:
            said.append(say(_BASED_ON["entry"], lang).format(fact_label(name, lang), told))
    return say(_BASED_ON["joint"], lang).join(said)


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


def _percent(word: str, lang: Lang) -> str:
    """A share in per cent; unchanged where it is not a number."""
    try:
        share = f"{(Decimal(word) * 100).normalize():f}"
    except InvalidOperation:
        return word
    return f"{share}%" if lang == "zh" else f"{share} %"


def _word(book: Rulebook, fact: str, word: str, lang: Lang) -> str:
    spec = book.catalogue.get(fact)
    if lang != "zh" or spec is None:
        return word
    if word in book.catalogue.countries and word not in spec.values:
        return say(book.catalogue.countries[word].as_dict(), lang)
    if word not in spec.values:
        return _percent(word, lang) if spec.type == "share" else word
    # What stands in brackets explains the value; the words before it name it.
    return say(spec.values[word].as_dict(), lang).partition("（")[0]
