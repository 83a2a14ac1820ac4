"""Cells of a workbook in words: `Suppliers country of S1` is the country of S1 in the sheet Suppliers."""

from __future__ import annotations

import re

from coercivity.base.words import Lang, say
from coercivity.papers.shared.words import paper_words

_CELL = re.compile(r"(\w+) (\S+) of (.+)", re.S)
_WHOLE = ("Settings", "Transactions")  # whose cells are not those of a row


def cell_text(name: str, lang: Lang) -> str:
    """Returns a cell that is to be filled, in words; the name itself if it is none.

    Args:
        name: Sheet, column and row, such as `Suppliers country of S1`.
        lang: Language.
    """
    found = _CELL.fullmatch(name)
    if found is None:
        return name
    sheet, column, row = found.groups()
    words, sheets, cells = (paper_words("firm_lots", table) for table in ("words", "sheets", "cells"))
    if sheet in _WHOLE:
        return say(words[f"cell_{column}"], lang).format(row)
    called = say(cells[column], lang) if column in cells else say(words["share"], lang).format(column)
    return say(words["cell"], lang).format(say(sheets.get(sheet, {"en": sheet}), lang), called, row)
