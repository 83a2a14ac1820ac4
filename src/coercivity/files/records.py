"""Records of delimited text, quoted as in RFC 4180; an unclosed quotation mark costs one line, not the file."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from coercivity.files.chunk import LONGEST_CELL, LONGEST_LINE
from coercivity.files.lines import Lines

MOST_LINES = 100
_END = "\x02\x02end of the batch\x02\x02"
UNCLOSED = "an opening quotation mark is never closed"
TRAILING = "text follows a closing quotation mark; inside a cell, double the quotation mark"
LONG_CELL = f"a cell is longer than {LONGEST_CELL:,} characters"
_NUL = "the line contains a NUL byte"


@dataclass(slots=True)
class Records:
    """Consecutive records.

    Attributes:
        rows: Cells of each record, as many as it has.
        lines: Line on which each record begins.
        bad: Errors of records as text, by position.
    """

    rows: list[list[str]] = field(default_factory=list)
    lines: list[int] | range = field(default_factory=list)
    bad: dict[int, str] = field(default_factory=dict)


def read_records(batches: Iterable[Lines], delimiter: str, *, width: int = 0) -> Iterator[Records]:
    """Reads records from lines; blank lines are skipped.

    Args:
        batches: The lines.
        delimiter: The delimiter between cells.
        width: Number of columns, once known: a record over several lines that has a different number, or that contains
            whole rows in one cell, is treated as an unclosed quotation mark.

    Yields:
        The records, in the order of the lines.
    """
    reader = RecordReader(delimiter, width)
    for new in batches:
        yield reader.read(new)
    if (last := reader.last()) is not None:
        yield last


class RecordReader:
    """Reads records batch by batch; one that is open at the end of a batch waits for the next.

    Args:
        delimiter: The delimiter between cells.
        width: Number of columns; see `read_records`.
    """

    def __init__(self, delimiter: str, width: int) -> None:
        self._delimiter, self._width = delimiter, width
        self._rest = Lines(1, [])

    @property
    def waits(self) -> bool:
        """Whether a record is open."""
        return bool(self._rest.texts)

    def read(self, new: Lines) -> Records:
        """Returns the records that end in some lines."""
        _clean(new)
        rest = self._rest
        batch = Lines(rest.first, rest.texts + new.texts, {**rest.bad, **new.bad}) if rest.texts else new
        records, used = _records(batch, self._delimiter, self._width, last=False)
        first = batch.first + used
        self._rest = Lines(first, batch.texts[used:], {line: bad for line, bad in batch.bad.items() if line >= first})
        return records

    def last(self) -> Records | None:
        """Returns the records of the lines that are left at the end; None if there are none."""
        return _records(self._rest, self._delimiter, self._width, last=True)[0] if self._rest.texts else None


def _clean(batch: Lines) -> None:
    """Marks lines that contain NUL and removes it from the text."""
    if "\0" not in "".join(batch.texts):
        return
    for at, text in enumerate(batch.texts):
        if "\0" in text:
            batch.bad.setdefault(batch.first + at, _NUL)
            batch.texts[at] = text.replace("\0", "\ufffd")


def _records(batch: Lines, delimiter: str, width: int, *, last: bool) -> tuple[Records, int]:
    """Reads the records of a batch.

    Returns:
        The records, and the number of lines used: an open record at the end waits for the next batch.
    """
    texts = batch.texts
    if not batch.bad:
        rows = _plain(texts, delimiter)
        if rows is not None:
            records = Records(rows, range(batch.first, batch.first + len(rows)))
            if min(map(len, rows), default=2) < 2:
                kept = [at for at, row in enumerate(rows) if len(row) > 1 or (row and row[0].strip())]
                records = Records([rows[at] for at in kept], [batch.first + at for at in kept])
            return records, len(texts)
    return _Careful(batch, delimiter, width, last).read()


def _plain(texts: list[str], delimiter: str) -> list[list[str]] | None:
    """Returns one record per line, or None if a quotation mark joins lines or a cell is too long."""
    try:
        rows = list(csv.reader([*texts, _END], delimiter=delimiter, strict=True))
    except csv.Error:
        return None
    if len(rows) != len(texts) + 1 or rows.pop() != [_END]:
        return None
    return rows


class _Careful:
    """Reads a batch record by record, and restarts after a line that cannot be read."""

    def __init__(self, batch: Lines, delimiter: str, width: int, last: bool) -> None:
        self.batch, self.delimiter, self.width, self.last = batch, delimiter, width, last
        self.found = Records()
        self.lines: list[int] = []
        self.at = 0
        self.size = 0

    def read(self) -> tuple[Records, int]:
        """Reads all records; see `_records`."""
        self.found.lines = self.lines
        texts = self.batch.texts
        while self.at < len(texts):
            first = self.batch.first + self.at
            if first in self.batch.bad:
                self._keep(self._rough(texts[self.at]), 1, self.batch.bad[first])
                continue
            taken = self._run()
            if taken is None:  # the record at `at` is not complete
                open_lines = len(texts) - self.at
                size = sum(map(len, texts[self.at : self.at + MOST_LINES + 1]))
                if not self.last and open_lines <= MOST_LINES and size <= LONGEST_LINE:
                    break
                self._keep(self._rough(texts[self.at]), 1, UNCLOSED)
        return self.found, self.at

    def _run(self) -> bool | None:
        """Reads records until one fails; returns None if one is still open, otherwise True."""
        reader = csv.reader(self._feed(), delimiter=self.delimiter)
        start = self.at
        try:
            for row in reader:
                lines = start + reader.line_num - self.at
                if self.stuck:
                    return None
                if lines > 1 and not self._fits(row, lines):
                    self._keep(self._rough(self.batch.texts[self.at]), 1, UNCLOSED)
                    return True
                self._keep(row, lines, "" if lines > 1 or self._strict(1) else TRAILING)
        except csv.Error:
            what = LONG_CELL if len(self.batch.texts[self.at]) > LONGEST_CELL else UNCLOSED
            self._keep(self._rough(self.batch.texts[self.at]), 1, what)
        return True

    def _feed(self) -> Iterator[str]:
        """Feeds the reader with lines up to the next bad one; stuck when a record takes too many."""
        self.stuck = False
        for at in range(self.at, len(self.batch.texts)):
            text = self.batch.texts[at]
            bad = self.batch.first + at in self.batch.bad
            if at == self.at:
                if bad:
                    return
                self.size = 0
            self.size += len(text)
            if bad or at - self.at > MOST_LINES or self.size > LONGEST_LINE:
                self.stuck = True
                return
            yield text + "\n"
        self.stuck = True  # so that a record cut off at the end is not taken as complete

    def _fits(self, row: list[str], lines: int) -> bool:
        """Returns whether a record over several lines is genuine, and not rows swallowed by a quotation mark."""
        if not self.width:
            return True
        if len(row) != self.width:
            return False
        first, last = self.batch.texts[self.at], self.batch.texts[self.at + lines - 1]
        whole = self.width - 1
        if whole > 1:
            if first.count(self.delimiter) == whole == last.count(self.delimiter):
                return False
            inner = (line for cell in row if "\n" in cell for line in cell.split("\n")[1:-1])
            if any(line.count(self.delimiter) >= whole for line in inner):
                return False
        return self._strict(lines)

    def _strict(self, lines: int) -> bool:
        """Returns whether every closing quotation mark of the next lines is at the end of its cell."""
        texts = self.batch.texts[self.at : self.at + lines]
        if lines == 1 and '"' not in texts[0]:
            return True
        try:
            list(csv.reader([text + "\n" for text in texts], delimiter=self.delimiter, strict=True))
        except csv.Error:
            return False
        return True

    def _rough(self, text: str) -> list[str]:
        """Returns what can be read of a single line."""
        try:
            return next(csv.reader([text[:LONGEST_CELL]], delimiter=self.delimiter), [])
        except csv.Error:
            return []

    def _keep(self, row: list[str], lines: int, bad: str) -> None:
        """Keeps a record that begins here, unless its line is blank."""
        if bad or len(row) > 1 or (row and row[0].strip()):
            if bad:
                self.found.bad[len(self.found.rows)] = bad
            self.found.rows.append(row)
            self.lines.append(self.batch.first + self.at)
        self.at += lines
