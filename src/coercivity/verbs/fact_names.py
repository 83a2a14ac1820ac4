"""Facts in a few words: the short name of a fact, and its value as a file of deals holds it."""

from __future__ import annotations

from coercivity.base.words import Lang
from coercivity.data.catalogue import raw_value
from coercivity.papers.shared.facts import fact_label

__all__ = ["raw_value", "short_name_of"]


def short_name_of(fact: str, lang: Lang) -> str:
    """Returns the short name of a fact, such as `form of the item`."""
    return fact_label(fact, lang)
