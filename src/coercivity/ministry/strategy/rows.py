"""A workbook of strategies as rows of plain text by column, the same rows in every form of its file; and its hash."""

from __future__ import annotations

from fractions import Fraction

from coercivity.base.canonical import sha256
from coercivity.ministry.strategy.model import StrategyBook
from coercivity.ministry.strategy.spec import strategy_form
from coercivity.workbooks.decimals import decimal_text
from coercivity.workbooks.writer import TextRow


def strategy_rows(book: StrategyBook) -> dict[str, list[TextRow]]:
    """Returns the rows of every sheet that has any, by the key of the sheet; blank cells are left out.

    Args:
        book: What the workbook says.
    """
    found: dict[str, list[TextRow]] = {}
    settings = {"year": "" if book.year is None else str(book.year), "region": book.region}
    rows: list[TextRow] = [{"name": name, "value": text} for name, text in settings.items() if text]
    if rows:
        found["settings"] = rows
    for key in ("scenarios", "firms"):
        columns = strategy_form().sheets[key].columns
        cells = [{name: _text(getattr(entry, name)) for name in columns} for entry in getattr(book, key)]
        if cells:
            found[key] = [{name: text for name, text in row.items() if text} for row in cells]
    return found


def strategy_hash(book: StrategyBook) -> str:
    """Returns the SHA-256 of what a workbook says; the order of sheets, rows and columns does not count.

    Args:
        book: What the workbook says.
    """
    return sha256({key: sorted(map(_pairs, rows)) for key, rows in strategy_rows(book).items()})


def _pairs(row: TextRow) -> list[list[str]]:
    return sorted([name, text] for name, text in row.items())


def _text(value: object) -> str:
    if value is None:
        return ""
    return decimal_text(value) if isinstance(value, Fraction) else str(value)
