"""Text of a table, divided into rows with the numbers of their lines; an open quotation mark is a fault."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from coercivity.base.errors import CoercivityError
from coercivity.intake.parties.lists.entries import MOST_ENTRIES
from coercivity.intake.parties.lists.forms.headers import NAMING, roles_of
from coercivity.intake.parties.lists.forms.table import Row

LONGEST_CELL = 1 << 20
_DELIMITERS = (",", ";", "\t", "|")
_MOST_COMMENTS = 50
_LOOKED_AT = 30
_MOST_TITLES = 10


@dataclass(frozen=True, slots=True)
class TableText:
    """The text of a table.

    Attributes:
        place: The file.
        comments: Lines above the header that begin with `#`.
        headers: Names of the columns.
        text: The text below the comments.
        first: Number of its first line.
        header: Number of the line of the header.
        delimiter: What separates the cells.
    """

    place: str
    comments: list[str]
    headers: Sequence[str]
    text: str
    first: int
    header: int
    delimiter: str

    def rows(self) -> Iterator[Row]:
        """Yields the rows below the header.

        Raises:
            CoercivityError: If a quotation mark is wrong, so that where the rows end is not known, or there are too
                many rows.
        """
        for row in _rows(self.text, self.delimiter, self.place, self.first):
            if row.number > self.header:
                yield row


def table_text(text: str, place: str) -> TableText:
    """Finds header and separator of a table.

    Raises:
        CoercivityError: If the header cannot be read.
    """
    start, number, delimiter = 0, 1, ""
    comments: list[str] = []
    for _ in range(_MOST_COMMENTS):
        end = text.find("\n", start)
        line = text[start : end if end >= 0 else len(text)].strip()
        told = line.casefold()
        if told.startswith("sep=") and len(told) == 5:
            delimiter = told[4] if told[4] in _DELIMITERS else ""
        elif line.lstrip('"').startswith("#"):
            comments.append(line)
        elif line.strip(",;\t|"):
            break
        if end < 0:
            break
        start, number = end + 1, number + 1
    body = text[start:]
    delimiter = delimiter or ("\t" if told.startswith("sep=\\t") else _delimiter(body))
    header = _header(islice(_rows(body, delimiter, place, number), _MOST_TITLES))
    if header is None:
        what = "the file contains comments only"
        raise CoercivityError.of("FILE-EMPTY", what, where=place, next="see docs/files.md for the format")
    return TableText(place, comments, [cell.strip() for cell in header.cells], body, number, header.number, delimiter)


def _header(rows: Iterator[Row]) -> Row | None:
    """Returns the row with the column names: the first of several cells, or the first of all if none has names."""
    seen = []
    for row in rows:
        seen.append(row)
        if sum(map(bool, map(str.strip, row.cells))) > 1:
            break
    naming = [row for row in seen if NAMING.intersection(roles_of(row.cells))]
    if not naming:
        return next(iter(seen), None)
    return naming[-1] if len(naming[-1].cells) > 1 else naming[0]


def _delimiter(body: str) -> str:
    """Returns the separator that most of the first lines contain equally often, the most often in the header."""
    lines = [line for line in body[: 1 << 16].splitlines()[:_LOOKED_AT] if line.strip()]
    best, score = ",", 0.0
    for delimiter in _DELIMITERS:
        try:
            widths = [len(row) for row in csv.reader(lines, delimiter=delimiter)]
        except csv.Error:
            widths = [line.count(delimiter) + 1 for line in lines]
        if not widths or widths[0] < 2:
            continue
        like = Counter(widths)[widths[0]] / len(widths) * widths[0]
        if like > score:
            best, score = delimiter, like
    return best


def _rows(text: str, delimiter: str, place: str, first: int) -> Iterator[Row]:
    held = csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(_lines(text), delimiter=delimiter, strict=True)
    number = first
    try:
        for count, cells in enumerate(reader):
            if count > MOST_ENTRIES:
                what = f"more than {MOST_ENTRIES:,} rows"
                raise CoercivityError.of(
                    "FILE-SIZE", what, where=place, next="split it, or keep only the lists you need"
                )
            yield Row(number, cells)
            number = first + reader.line_num
    except csv.Error as error:
        what = f"the row cannot be read: {_plainly(str(error), delimiter)}"
        do = "close the quotation mark, and write one inside a cell twice"
        raise CoercivityError.of("LIST-ROW", what, where=f"{place}, row {number}", next=do) from None
    finally:
        csv.field_size_limit(held)


def _lines(text: str) -> Iterator[str]:
    """Yields the lines of a text with their ends, without a second copy of it."""
    start = 0
    while (end := text.find("\n", start) + 1) > 0:
        yield text[start:end]
        start = end
    if start < len(text):
        yield text[start:]


def _plainly(error: str, delimiter: str) -> str:
    """Returns the message of the csv module in plain words."""
    if "unexpected end of data" in error:
        return "a quotation mark that is opened here is not closed before the end of the file"
    if "field larger" in error:
        return f"a cell has more than {LONGEST_CELL:,} characters"
    if "expected after" in error:
        return f"a quotation mark inside a cell is neither doubled nor followed by {delimiter!r}"
    return error
