"""How the stages of a chain are put into words."""

from __future__ import annotations

from coercivity.base.words import Lang
from coercivity.papers.shared.days import day_text
from coercivity.papers.shared.paper.sections import Wording

TABLES = (
    "headings",
    "titles",
    "columns",
    "words",
    "modes",
    "stages",
    "units",
    "whats",
    "sources",
    "paths",
    "qualities",
)
LEAST_CASES = 10


def wording(lang: Lang) -> Wording:
    """Returns the words of a licence time in one language."""
    return Wording.of("firm_chain", TABLES, lang)


def mode_text(mode: str, kind: str, w: Wording) -> str:
    """Returns a way of transport inside a sentence: `by sea`; the user's own name if the program does not know it."""
    told = w(kind or mode, table="modes")
    return told if told != (kind or mode) else w("mode_own", mode)


def stage_text(stage: str, kind: str, w: Wording) -> str:
    """Returns the name of a stage: that of the program if it knows it, else the user's own."""
    for key in filter(None, (kind, stage.casefold())):
        told = w(key, table="stages")
        if told != key:
            return told
    return stage


def source_text(source: str, w: Wording) -> str:
    """Returns where the figures of a stage come from; rows of the program's own assumptions by their number."""
    table, _, row = source.partition(":")
    if table == "assumptions" and row:
        return w("assumption", row, table="sources")
    return w(source, table="sources") if source else "–"


def named_day(day: str | None, w: Wording) -> str:
    """Returns a date inside a sentence, or that it is beyond the days counted."""
    return day_text(day, w.lang) if day is not None else w("beyond")


def days_text(days: float) -> str:
    """Returns a number of days, without decimals where it is whole."""
    return f"{days:.1f}".removesuffix(".0")
