"""Results in a notebook: tables by name for polars and pandas, and a short HTML view."""

from __future__ import annotations

from abc import ABC, abstractmethod
from html import escape
from typing import TYPE_CHECKING

from coercivity.base.errors import CoercivityError, brief_value, nearest
from coercivity.base.words import plain, say
from coercivity.papers.shared.tables.frames import Frames
from coercivity.papers.shared.words import paper_words

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl

__all__ = ["Frames", "Tabled"]
MOST_ROWS, MOST_COLUMNS, MOST_CHARS = 8, 8, 80  # of the table in a notebook


class Tabled(ABC):
    """A result with named tables.

    A notebook shows it as its first line and the beginning of its first table, in English, without script.
    """

    __slots__ = ()

    @abstractmethod
    def _frames(self) -> Frames:
        """Returns what makes each table, by its name; the first is shown in a notebook."""

    @abstractmethod
    def _headline(self) -> str:
        """Returns the result in one line, in English."""

    @property
    def tables(self) -> tuple[str, ...]:
        """Names of the tables, the most important first."""
        return tuple(self._frames())

    def to_polars(self, table: str = "") -> pl.DataFrame:
        """Returns a table as a Polars data frame.

        Args:
            table: Its name, one of `tables`. Default: the first.

        Raises:
            CoercivityError: If there is no such table; the names are given.
        """
        frames = self._frames()
        name = table or next(iter(frames))
        if name not in frames:
            raise CoercivityError.of(
                "TABLE-UNKNOWN",
                f"table {brief_value(name)!r} not found",
                nearest=nearest(name, frames),
                next=f"choose one of: {', '.join(frames)}",
            )
        return frames[name]()

    def to_pandas(self, table: str = "") -> pd.DataFrame:
        """Returns a table as a pandas data frame; pandas is not among the packages that the program installs.

        Args:
            table: Its name, one of `tables`. Default: the first.

        Raises:
            CoercivityError: If there is no such table, or pandas is not installed.
        """
        frame = self.to_polars(table)
        try:
            import pandas as pd
        except ImportError:
            step = "run `pip install pandas`, or call `to_polars`"
            raise CoercivityError.of("PANDAS", "pandas is not installed", next=step) from None
        columns = {}
        for series in frame:
            decimal = series.dtype.is_float() or (series.dtype.is_numeric() and series.null_count() > 0)
            columns[series.name] = pd.Series(series.to_list(), dtype="float64" if decimal else None)
        return pd.DataFrame(columns)

    def _repr_html_(self) -> str:
        """Returns the result for a notebook: one line, the beginning of the first table, and the names of all."""
        frames = self._frames()
        name = next(iter(frames))
        frame = frames[name]()
        columns = frame.columns[:MOST_COLUMNS]
        kinds = [frame.schema[column].is_numeric() for column in columns]
        head = "".join(f"<th>{escape(_short(column))}</th>" for column in columns)
        body = "".join(
            "<tr>" + "".join(map(_cell, row, kinds)) + "</tr>" for row in frame.select(columns).head(MOST_ROWS).rows()
        )
        shown = _say("shown", name, min(frame.height, MOST_ROWS), frame.height, len(columns), frame.width)
        named = _say("tables", ", ".join(frames))
        return (
            f"<div><p><strong>{escape(_short(plain(self._headline()), 200))}</strong></p>"
            f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
            f"<p>{escape(shown)}</p><p>{escape(named)}</p></div>"
        )


def _cell(value: object, numeric: bool) -> str:
    text = "" if value is None else f"{value:,.6g}" if isinstance(value, float) else _short(plain(str(value)))
    return f'<td style="text-align:right">{escape(text)}</td>' if numeric else f"<td>{escape(text)}</td>"


def _short(text: str, most: int = MOST_CHARS) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"


def _say(key: str, *values: object) -> str:
    return say(paper_words("notebook", "words")[key], "en").format(*values)
