"""Clauses and planning assumptions of the law in both languages, as report data hold them."""

from __future__ import annotations

from coercivity.law.rules.rulebook import Rulebook
from coercivity.papers.shared.names import IN_BOTH, called, name_of
from coercivity.papers.shared.outcomes import scenario_text

_JOINTS = {"en": ": ", "zh": "："}


def called_in_both(book: Rulebook, clause: str) -> dict[str, str]:
    """Returns the name of a clause by language.

    Args:
        book: The rulebook.
        clause: Id of the clause.
    """
    return {lang: called(book, clause, lang) for lang in IN_BOTH}


def assumption_in_both(book: Rulebook | None, text: str) -> dict[str, str]:
    """Returns a planning assumption in words by language.

    Args:
        book: The rulebook; without it the assumption is as typed.
        text: The assumption, such as `mofcom-2025-62=lapsed`.
    """
    name, _, picked = text.partition("=")
    if book is None:
        return dict.fromkeys(IN_BOTH, text)
    return {lang: f"{name_of(book, name, lang)}{_JOINTS[lang]}{scenario_text(picked, lang)}" for lang in IN_BOTH}
