"""Notes and errors in the language of a page."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from coercivity.base.errors import Fault
from coercivity.base.words import Lang
from coercivity.cases.arguments import PACKED
from coercivity.papers.shared.messages import Messages


@cache
def _chinese() -> Messages:
    book = PACKED.book()
    return Messages(book.catalogue, book.words)


def message(text: str, lang: Lang) -> str:
    """Returns a note or an error text in a language; English if it has no translation."""
    return _chinese().text(text) if lang == "zh" else text


def place_text(where: str, lang: Lang) -> str:
    """Returns the place of an error, such as a row of a sheet, in a language."""
    return _chinese().place(where) if lang == "zh" else where


def fault_in(fault: Fault, lang: Lang) -> Fault:
    """Returns an error with its texts in a language; its code and the nearest names are unchanged."""
    return _chinese().fault(fault) if lang == "zh" else fault


def nearest_text(names: Sequence[str], lang: Lang) -> str:
    """Returns the nearest valid names in one text; codes of countries with their names in Chinese."""
    return _chinese().nearest(names) if lang == "zh" else ", ".join(names)
