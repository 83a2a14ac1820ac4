"""Facts in a few words: the short name of a fact, and its value as a file of deals holds it."""

from __future__ import annotations

from typing import Any

from coercivity.base.exact import Interval, exact_text
from coercivity.base.words import Lang
from coercivity.data.catalogue import raw_set
from coercivity.data.values import FactValue, SetValue, plain_value
from coercivity.papers.shared.facts import fact_label

__all__ = ["fact_value", "short_name_of"]


def short_name_of(fact: str, lang: Lang) -> str:
    """Returns the short name of a fact, such as `form of the item`."""
    return fact_label(fact, lang)


def fact_value(value: FactValue) -> Any:
    """Returns a value as in a file of deals: a text, or a list of texts."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, SetValue):
        return raw_set(value)
    if isinstance(value, Interval) and value.low != value.high:
        return [exact_text(value.low), exact_text(value.high)]
    return str(plain_value(value))
