"""Text in columns of a terminal, where a Chinese character is as wide as two letters."""

from __future__ import annotations

import unicodedata


def columns_of(text: str) -> int:
    """Returns the number of columns of a text."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


def cut(text: str, most: int) -> str:
    """Returns a text cut to a number of columns, with an ellipsis if it was cut."""
    if columns_of(text) <= most:
        return text
    kept, used = [], 0
    for sign in text:
        used += columns_of(sign)
        if used > most - 1:
            break
        kept.append(sign)
    return "".join(kept) + "…"


def filled(text: str, columns: int, *, right: bool = False) -> str:
    """Returns a text padded with blanks to a number of columns, after it or before it."""
    space = " " * max(columns - columns_of(text), 0)
    return space + text if right else text + space
