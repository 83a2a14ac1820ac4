"""A sheet for readers in the workbook of a company, such as a result; it is not read when the workbook is loaded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

LineStyle = Literal["text", "head", "title"]


@dataclass(frozen=True, slots=True)
class BookLine:
    """A row: text, and numbers with all their digits."""

    cells: tuple[str | float, ...] = ()
    style: LineStyle = "text"


@dataclass(frozen=True, slots=True)
class BookPage:
    """A sheet.

    Attributes:
        name: Its name, one that `spec.is_apart` knows.
    """

    name: str
    lines: tuple[BookLine, ...]
