"""Tables of the packs as a page shows them: cells with their kind, columns and filters."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from coercivity.verbs.data import NUMERIC, TableView
from coercivity.verbs.words import column_words, table_words
from coercivity.web.view import CARRIED, Context, View
from coercivity.web.words import screen_words

PAGE_ROWS = 50
MOST_FILTERS, MOST_CHARS = 8, 300
MARKS = ("quality", "retrieval")
LONG_CHARS = 40  # columns with longer cells are widened
_SHOWN_LINK = 48


@dataclass(frozen=True, slots=True)
class ShownCell:
    """A cell of a table.

    Attributes:
        text: Text; empty for a blank cell.
        url: External address that it links to.
        number: Whether it is a number.
    """

    text: str
    url: str = ""
    number: bool = False


def table_title(view: View, pack: str, table: str, title: str) -> str:
    """Returns the title of a table in the language of the page."""
    return view.t(table_words(pack, table) or {"en": title})


def word_of(view: View, group: str, word: str) -> str:
    """Returns a quality, an origin or another fixed word in the language of the page."""
    return view.t(screen_words().get(f"data.{group}_{word}", {"en": word}))


def column_name(view: View, column: str) -> str:
    """Returns a column by its name in the language of the page, or by its id if it has none."""
    return view.t(column_words(column))


def filters(view: View) -> list[tuple[str, str]]:
    """Returns the filters of the address as pairs of column and text."""
    found = []
    for name, value in view.query:
        if name == "where" and "=" in value:
            column, _, text = value.partition("=")
            found.append((column[:MOST_CHARS], text[:MOST_CHARS]))
    return list(dict(found).items())[:MOST_FILTERS]


def address(view: View, pairs: list[tuple[str, str]], first: int = 0) -> str:
    """Returns the address of the same table with other filters or other rows."""
    kept = [(name, value) for name, value in view.query if name in CARRIED]
    kept += [("where", f"{column}={text}") for column, text in pairs]
    kept += [("first", str(first))] if first else []
    return view.path + (f"?{urlencode(kept)}" if kept else "")


def shown_rows(view: View, found: TableView) -> Context:
    """Returns the columns that are not blank and the rows shown.

    Args:
        view: Parsed page address.
        found: Rows of a table.
    """
    used = [column for column in found.columns if any(row[column["column"]] for row in found.rows)]
    kinds = {column["column"]: column["type"] for column in used}
    return {
        "heads": [_head(found, column) for column in used],
        "cells": [[_cell(view, found, name, kind, row) for name, kind in kinds.items()] for row in found.rows],
        "silent": (silent := [column["column"] for column in found.columns if column["column"] not in kinds]),
        "silent_names": ("、" if view.lang == "zh" else ", ").join(column_name(view, name) for name in silent),
    }


def _head(found: TableView, column: Mapping[str, str]) -> dict[str, object]:
    name = column["column"]
    longest = max(len(row[name]) for row in found.rows)
    unit = column["unit"] if column["unit"] != "row" else ""
    return {"name": name, "unit": unit, "number": column["type"] in NUMERIC, "long": longest > LONG_CHARS}


def column_rows(found: TableView) -> Iterator[Mapping[str, object]]:
    """Yields the columns of a table with the number of their blank cells."""
    for column in found.columns:
        words = column["allowed"].split("|") if column["allowed"] and column["type"] != "ref" else []
        blank = found.total - found.filled[column["column"]]
        yield {**column, "blank": blank, "words": words}


def words_of(found: TableView) -> list[str]:
    """Returns the words allowed in the cells of the table, as suggestions for the filter."""
    kinds = ("choice", "unit", "flag")
    words = (word for column in found.columns if column["type"] in kinds for word in column["allowed"].split("|"))
    return list(dict.fromkeys(filter(None, words)))


def _cell(view: View, found: TableView, name: str, kind: str, row: Mapping[str, str]) -> ShownCell:
    text = row[name]
    if not text:
        return ShownCell("", number=kind in NUMERIC)
    if name in MARKS:
        return ShownCell(word_of(view, name, text))
    if kind == "flag":
        return ShownCell(view.w("data.yes" if text == "1" else "data.no"))
    if kind == "url":
        return ShownCell(text if len(text) <= _SHOWN_LINK else f"{text[:_SHOWN_LINK]}…", url=text)
    if kind == "source":
        source = found.sources.get(text, {})
        publisher = source.get("publisher", "")
        return ShownCell(f"{text} {publisher}".strip(), url=source.get("url", ""))
    return ShownCell(text, number=kind in NUMERIC)
