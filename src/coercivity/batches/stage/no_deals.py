"""Rows of a table that are no deals: totals, repeated headers, blank rows and headings between the rows.

They are counted as what they are, with their rows, so that every row of the file is accounted for.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from coercivity.base.errors import Fault
from coercivity.batches.stage.cells import TEXTS, ReadColumn

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

THINGS = ("material", "form", "goods_kind")
TOTALS = frozenset((
    "total", "totals", "grandtotal", "subtotal", "sum", "summe", "gesamt", "gesamtsumme", "zwischensumme",
    "carriedforward", "broughtforward", "carryover", "übertrag", "endsumme", "gesamtbetrag", "totale",
    "合计", "小计", "总计", "共计", "計", "合計", "小計", "総計", "總計", "累计", "本页小计", "本页合计", "过次页",
    "承前页",
))  # fmt: skip
SAME_NAMES = 3  # from this many cells equal to their column names, a row is a repeated header
LEAST_COLUMNS = 4  # a table with fewer columns may have rows with one cell
_MAYBE_TOTAL = (
    r"(?i)^\s*[*=#>-]*\s*(?:grand|sub|total|sum|gesamt|zwischen|carr|brought|übertr|end|[合小总共計総總累本过承])"
)
# Words that begin the total of a group, `Zwischensumme Antriebe`; not those that begin the names of things.
_TOTAL_OF = re.compile(
    r"(?:grand[ -]?total|sub-?total|zwischensumme|gesamtsumme|endsumme|übertrag|summe|[合小总]计|小計|合計)",
    re.I,
)
_OF_A_DEAL = ("on", "from", "to", "consignee", "end_user")
_NUMBER = re.compile(r"(?!(?:19|20)\d{2}(?!\d))\d{3,}")
_HEADING = frozenset(("id", "title", "title_zh", "group", "note"))
TOTAL, HEADER, BLANK_ROW, HEADING = "total", "repeated header", "blank row", "heading"
FAULTS = {
    TOTAL: Fault("TOTAL-ROW", "total row, not a deal", next="omit totals from the export"),
    HEADER: Fault("HEADER-ROW", "repeated header row, not a deal", next="omit repeated headers from the export"),
}


def no_deals(read: Sequence[ReadColumn]) -> dict[int, str]:
    """Returns the rows that are no deals, by index, each with what it is.

    Args:
        read: The columns, read.
    """
    return looked_at(read)[0]


def looked_at(read: Sequence[ReadColumn]) -> tuple[dict[int, str], NDArray[np.int64]]:
    """Returns the rows that are no deals, and all rows whose texts were looked at one by one to tell.

    Args:
        read: The columns, read.
    """
    import numpy as np

    lone = _alone(read)
    found = _lonely(read, lone)
    looked = [lone]
    words = [like for c in read if (like := _like(c)) is not None]
    if words:
        looked.append(np.flatnonzero(np.any(words, axis=0)))
        found |= {place: TOTAL for place in looked[-1].tolist() if _totals(read, place)}
    names = [like for c in read if (like := _like(c, c.name.strip())) is not None]
    if len(names) >= SAME_NAMES:
        looked.append(np.flatnonzero(np.sum(names, axis=0) >= SAME_NAMES))
        found |= dict.fromkeys(looked[-1].tolist(), HEADER)
    return found, np.unique(np.concatenate(looked))


def says_other(column: ReadColumn) -> NDArray[np.bool_] | None:
    """Returns which cells of a column are a word for a total or its name, shape (rows,); None if none are."""
    words, names = _like(column), _like(column, column.name.strip())
    return words if names is None else names if words is None else words | names


def _alone(read: Sequence[ReadColumn]) -> NDArray[np.int64]:
    """Returns the rows in which all columns are blank but those of texts."""
    import numpy as np

    deciding = [c for c in read if c.role not in _HEADING]
    alone: NDArray[np.bool_] | None = None
    for column in sorted(deciding, key=lambda c: len(c.texts)):
        empty = is_blank(column)
        alone = empty if alone is None else alone & empty
        if not alone.any():
            break
    return np.zeros(0, np.int64) if alone is None else np.flatnonzero(alone)


def _lonely(read: Sequence[ReadColumn], alone: NDArray[np.int64]) -> dict[int, str]:
    """Returns the blank rows, and those with nothing but a heading in one column of texts."""
    texts = [c for c in read if c.role in _HEADING]
    found = {}
    for place in alone.tolist():
        held = [text for c in texts if (text := str(c.written[place] or "").strip())]
        if not held:
            found[place] = BLANK_ROW
        elif len(held) == 1 and len(read) >= LEAST_COLUMNS and _is_heading(held[0]):
            found[place] = HEADING
    return found


def is_blank(column: ReadColumn) -> NDArray[np.bool_]:
    """Returns which cells of a column are blank, shape (rows,)."""
    import numpy as np

    if isinstance(column.written, list):
        return np.array([not text.strip() for text in column.written])
    if column.numbers is None:
        blank: NDArray[np.bool_] = np.take(np.array([not text.strip() for text in column.texts]), column.codes)
        return blank
    nothing: NDArray[np.bool_] = column.written.is_null().to_numpy()
    return nothing


def _is_heading(text: str) -> bool:
    """Returns whether a text that stands alone in a row is a heading: words, and no number but a year."""
    words = [word for word in text.split() if any(sign.isalpha() for sign in word)]
    many = len(words) > 1 or re.search("[\u4e00-\u9fff]{4}", text) is not None
    return many and _NUMBER.search(text) is None


def _is_total(text: str) -> bool:
    """Returns whether a text consists of words for a total, in one language or two: `Summe 合计`."""
    if len(text) > 30:
        return False
    short = text.casefold()
    return _plain(short) in TOTALS or all(
        _plain(part) in TOTALS for part in re.split(r"[\s/|]+", short.strip("*=#>- "))
    )


def _is_total_of(text: str) -> bool:
    """Returns whether a text is a word for a total and what is added up: `Zwischensumme Antriebe`."""
    return len(text) <= 60 and _TOTAL_OF.match(text.strip("*=#>- ")) is not None


def _may_be_total(text: str) -> bool:
    # No word for a total begins with a digit, and a table may have a million different numbers.
    return not text[:1].isdigit() and (_is_total(text) or _is_total_of(text))


def _plain(text: str) -> str:
    return re.sub(r"[\s-]+", "", text).strip(":：.*=#>()（）")


def _like(column: ReadColumn, name: str = "") -> NDArray[np.bool_] | None:
    """Returns which cells of a column are a name, or otherwise a word for a total, shape (rows,); None if none are."""
    import numpy as np

    if column.role not in TEXTS or isinstance(column.written, list):
        passes = [text.strip() == name if name else _may_be_total(text.strip()) for text in column.texts]
        return np.array(passes)[column.codes] if any(passes) else None
    import polars as pl  # not for a deal alone, which it would make wait

    texts = column.written.cast(pl.String)
    if name:
        same = (texts.str.strip_chars() == name).fill_null(False)
        return same.to_numpy() if same.any() else None
    # There may be a million distinct ids: only those that could be such a word are checked.
    places = np.flatnonzero(texts.str.contains(_MAYBE_TOTAL).fill_null(False))
    if not len(places):
        return None
    found = np.zeros(len(texts), np.bool_)
    found[places] = [_may_be_total(text.strip()) for text in texts.gather(places).to_list()]
    return found


def _totals(read: Sequence[ReadColumn], place: int) -> bool:
    """Returns whether the first text of a row is a word for a total and the row names no item."""
    cells = {c.role: str(value).strip() for c in read if (value := c.written[place]) is not None}
    first = next(((role, text) for role, text in cells.items() if any(sign.isalpha() for sign in text)), ("", ""))
    if _may_be_total(first[1]) and not any(cells.get(role) for role in _OF_A_DEAL):
        return True  # total, 39 entries
    if not _is_total(first[1]):
        return False
    things = [c.role for c in read if c.role in THINGS]
    # A company may have such a name: then nothing else may indicate that this is a deal.
    telling = things if things and first[0] not in ("end_user", "consignee") else [*things, "from", "to"]
    return all(not cells.get(role) or _is_total(cells[role]) for role in telling)
