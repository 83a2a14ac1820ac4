"""Reads the names in a file: a table with one or more columns of parties, or text with a name per line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from coercivity.base.errors import Fault
from coercivity.batches.request import TableAsked, opened
from coercivity.batches.stage.no_deals import TOTALS
from coercivity.files.chunk import unreadable
from coercivity.files.encodings import find_encoding
from coercivity.files.kinds import kind_of
from coercivity.files.lines import read_lines
from coercivity.intake.parties.results import Asked
from coercivity.law.rules.rulebook import Rulebook
from coercivity.verbs.parties.columns import NameColumns, is_header, name_columns
from coercivity.verbs.parties.names import NameRow, PartyReader, check_count, name_fault

if TYPE_CHECKING:
    from coercivity.files.chunk import Chunk, TableFile

TEXT_SUFFIXES = ("", ".txt", ".lst", ".text")
CHUNK_ROWS = 10_000
_DELIMITERS = "\t;|,"
_LONGEST_TOTAL = 20
_MOST_TOLD = 5


@dataclass(frozen=True, slots=True)
class NamesRead:
    """The names of a file.

    Attributes:
        rows: A row for each name, in the order of the file.
        source: Display name of the file.
        notes: What was detected, and which rows were left out.
    """

    rows: list[NameRow]
    source: str
    notes: tuple[str, ...]


@dataclass(slots=True)
class _LeftOut:
    """Rows that name nobody because they are no rows, and cells that could not be used."""

    blank: int = 0
    totals: list[int] = field(default_factory=list)
    headers: list[int] = field(default_factory=list)
    unused: dict[str, int] = field(default_factory=dict)

    def notes(self) -> Iterator[str]:
        """Yields what was left out."""
        if self.blank:
            yield "1 blank row left out" if self.blank == 1 else f"{self.blank:,} blank rows left out"
        if self.totals:
            yield f"total left out: {_places(self.totals)}"
        if self.headers:
            yield f"repeated header left out: {_places(self.headers)}"
        for what, place in list(self.unused.items())[:_MOST_TOLD]:
            yield f"row {place}: not used: {what}"
        if len(self.unused) > _MOST_TOLD:
            yield f"not used: {len(self.unused) - _MOST_TOLD} more cells"


def read_names(
    path: Path,
    book: Rulebook,
    *,
    columns: Mapping[str, str] | None = None,
    sheet: str | None = None,
    encoding: str | None = None,
    delimiter: str | None = None,
    called: str = "",
) -> NamesRead:
    """Reads the names in a file.

    Args:
        path: The file.
        book: The rulebook, for the countries.
        columns: Role by column, where its name does not tell.
        sheet: Worksheet of an XLSX file.
        encoding: Encoding of a CSV or text file.
        delimiter: Delimiter of a CSV file.
        called: Display name of the file.

    Raises:
        CoercivityError: If it cannot be read, has too many rows, or no column of names.
    """
    source = called or path.name
    try:
        plain = sheet is None and delimiter is None and not columns and _is_plain(path, source, encoding)
        if plain:
            return _lines(path, source, encoding, book)
    except OSError as error:
        raise unreadable(path, error) from error
    table = opened(TableAsked(path, sheet=sheet, encoding=encoding, delimiter=delimiter, called=source))
    flat = [name for name in table.columns if name not in table.nested]
    found = name_columns(flat, columns, source, wordless=_wordless(table, flat))
    reader, left, rows = PartyReader(book.catalogue), _LeftOut(), list[NameRow]()
    for chunk in table.chunks(CHUNK_ROWS, columns=flat):
        rows += _rows_of(chunk, found, reader, left)
        check_count(len(rows), source)
    return NamesRead(rows, source, (*table.notes, *found.notes, *left.notes()))


def _wordless(table: TableFile, columns: Sequence[str]) -> set[str]:
    """Returns the columns that have cells in the first rows, and no letter in any."""
    first = next(table.chunks(CHUNK_ROWS, columns=columns), None)
    found = set[str]()
    for one in () if first is None else first.frame.iter_columns():
        cells = [text for cell in one if (text := "" if cell is None else str(cell).strip()) and not _total_word(text)]
        if cells and not any(map(str.isalpha, "".join(cells))):
            found.add(one.name)
    return found


def _is_plain(path: Path, name: str, encoding: str | None) -> bool:
    """Returns whether a file is text with a name per line: no table by its name, its content or its first line."""
    if Path(name).suffix.lower() not in TEXT_SUFFIXES or kind_of(path)[0] != "csv":
        return False
    for batch in read_lines(path, find_encoding(path, encoding)):
        for line in batch.texts:
            if line.strip():
                return not any(is_header(line.split(sign)) for sign in _DELIMITERS)
    return True


def _lines(path: Path, source: str, encoding: str | None, book: Rulebook) -> NamesRead:
    found, reader, left = find_encoding(path, encoding), PartyReader(book.catalogue), _LeftOut()
    rows = list[NameRow]()
    for batch in read_lines(path, found):
        for number, text in enumerate(batch.texts, batch.first):
            place, name = f"line {number}", text.strip()
            if number in batch.bad:
                fault = Fault("ROW-FORM", batch.bad[number], place, next="correct the line in the file")
                rows.append(NameRow(place, str(number), "", Asked(name[:100]), fault))
            elif name:
                rows.append(reader.row(place, str(number), name))
            else:
                left.blank += 1
        check_count(len(rows), source)
    return NamesRead(rows, source, (found.note, "a name per line", *left.notes()))


def _rows_of(chunk: Chunk, columns: NameColumns, reader: PartyReader, left: _LeftOut) -> Iterator[NameRow]:
    names = chunk.frame.columns
    for place, cells in enumerate(chunk.frame.iter_rows()):
        number = chunk.first + place
        row = {name: "" if cell is None else str(cell) for name, cell in zip(names, cells, strict=True)}
        if place in chunk.broken:
            fault = chunk.broken[place]
            yield NameRow(f"row {number}", row.get(columns.id, "") or str(number), "", Asked(""), fault)
        elif not any(cell.strip() for cell in row.values()):
            left.blank += 1
        elif _is_repeated(row, columns):
            left.headers.append(number)
        elif _is_total(row, columns):
            left.totals.append(number)
        else:
            yield from _parties(row, number, columns, reader, left)


def _parties(
    row: Mapping[str, str], number: int, columns: NameColumns, reader: PartyReader, left: _LeftOut
) -> Iterator[NameRow]:
    """Yields the parties of a row; if none is named, one that says so."""
    row_id = row.get(columns.id, "").strip()[:200] or str(number)
    owner = next((row[one.column] for one in columns.names if one.role == "owner"), "")
    named = [one for one in columns.names if row[one.column].strip()] or list(columns.names[:1])
    for one in named:
        at = f"row {number}" if len(columns.names) == 1 else f"row {number}, column {one.column[:60]}"
        fields = {
            part: ", ".join(filter(None, (row[name].strip() for name in ones))) for part, ones in one.about.items()
        }
        fields |= {"name": row[one.column].strip(), "owner": "" if one.role == "owner" else owner}
        asked, wrong = reader.party(fields)
        for fault in wrong:
            left.unused.setdefault(fault.what, number)
        yield NameRow(at, row_id, one.role, asked, name_fault(asked.name, at))


def _is_repeated(row: Mapping[str, str], columns: NameColumns) -> bool:
    """Returns whether a row repeats the header, as at the top of every printed page."""
    same = [name for name, cell in row.items() if cell.strip() == name]
    return any(one.column in same for one in columns.names) and (len(same) > 1 or len(row) == 1)


def _is_total(row: Mapping[str, str], columns: NameColumns) -> bool:
    """Returns whether a row is a total: it has no text but that word, and no id, or a figure if there are no ids.

    A company may be called `Total`: then it has an id, an address or a country.
    """
    told = False
    for cell in row.values():
        if not _total_word(cell):
            if any(map(str.isalpha, cell)):
                return False
            continue
        told = True
    if not told:
        return False
    held = row.get(columns.id, "").strip()
    if columns.id:
        return not held or _total_word(held)
    return any(sign.isdigit() for cell in row.values() for sign in cell)


def _total_word(text: str) -> bool:
    return len(text) <= _LONGEST_TOTAL and "".join(text.split()).strip(":：.*=-").casefold() in TOTALS


def _places(places: Sequence[int]) -> str:
    shown = ", ".join(map(str, places[:_MOST_TOLD]))
    more = f" and {len(places) - _MOST_TOLD} more" if len(places) > _MOST_TOLD else ""
    return f"{'row' if len(places) == 1 else 'rows'} {shown}{more}"
