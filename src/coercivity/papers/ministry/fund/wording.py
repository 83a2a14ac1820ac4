"""How public money is put into words: sets, instruments, paths."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from coercivity.base.words import Lang
from coercivity.papers.shared.paper.figures import figure, listed
from coercivity.papers.shared.paper.sections import Column, Wording
from coercivity.papers.shared.words import paper_words

TABLES = ("headings", "titles", "columns", "words", "instruments")
MUSD, SHARE, PER_DOLLAR, TONNES = 2, 2, 3, 1


def wording(lang: Lang) -> Wording:
    """Returns the words of a result in one language."""
    return Wording({table: paper_words("ministry_fund", table) for table in TABLES}, lang)


def set_text(projects: Sequence[str], w: Wording) -> str:
    """Returns a set in one text: `F1 + F4 + F5`."""
    return " + ".join(projects) or w("no_project")


def instrument_text(instrument: str, w: Wording) -> str:
    """Returns the name of an instrument."""
    return w(instrument, table="instruments")


def instruments_cell(instruments: Sequence[str], w: Wording) -> str:
    """Returns instruments in one text, in the order of their projects."""
    return listed((instrument_text(one, w) for one in instruments), w.lang) or "–"


def funded_text(projects: Sequence[str], instruments: Sequence[str], w: Wording) -> str:
    """Returns a set with its instruments: `F1 (price floor), F5 (stockpile)`."""
    pairs = zip(projects, instruments, strict=True)
    return listed((w("funded", name, instrument_text(one, w)) for name, one in pairs), w.lang)


def money(text: str) -> str:
    """Returns an amount in MUSD as tables show it."""
    return figure(text, MUSD)


def by_path(kind: str, paths: Sequence[str], w: Wording) -> list[Column]:
    """Returns a column for each path.

    Args:
        kind: value, committed, expected, held or regret.
        paths: The paths.
        w: Words.
    """
    return [Column(f"{kind}_{path}_musd", w(f"{kind}_on", path)) for path in paths]


def cells(amounts: Mapping[str, str]) -> list[str]:
    """Returns amounts by path as cells."""
    return [money(one) for one in amounts.values()]


def keys(columns: Sequence[str | Column]) -> list[str]:
    """Returns the keys of columns, such as those with numbers."""
    return [column if isinstance(column, str) else column.key for column in columns]
