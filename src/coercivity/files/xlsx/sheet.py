"""Streams the rows of an XLSX sheet: common rows with one regular expression, any other with an XML parser."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from coercivity.base.errors import CoercivityError
from coercivity.files.chunk import LONGEST_CELL, damaged
from coercivity.files.xlsx.cells import MOST_PLACES, CellReading, SheetCell, UnreadableCellError, letters_of, place_of
from coercivity.files.xlsx.container import Container
from coercivity.files.xlsx.workbook import Book, Sheet, read_xml

_MOST_HEAD = 8 << 20
_MOST_ROW = 8 << 20
_MOST_TAIL = 32 << 20
_SHEET_DATA = re.compile(r"<((?:[\w.-]+:)?)sheetData\s*(/?)>")
_CELLS_END = re.compile(r"</(?:[\w.-]{1,40}:)?sheetData\s*>|sheetData\s*/>")
_CODED = re.compile(rb"""<\?xml[^>]{0,200}encoding\s*=\s*["']([\w.-]+)["']""")
_ROW = re.compile(r"\s*((?:<row\b[^>]*/>\s*)*)<row\b([^>]*)>")
_EMPTY_ROWS = re.compile(r"(?:\s*<(?:[\w.-]+:)?row\b[^>]*/>)*\s*")
_NUMBERED = re.compile(r"""\br=["'](\d{1,7})["']""")
_CELL = re.compile(
    r'<c r="([A-Z]{1,3})\d+"(?: s="(\d{1,6})")?(?: t="(\w+)")?'
    r'(?:/>|>(?:<v>([^<]*)</v>|<is><t(?: xml:space="preserve")?>([^<]*)</t></is>)?</c>)'
)
_PLACE = re.compile(r"([A-Z]{1,3})\d+")
_MERGED = re.compile(r'mergeCell\b[^>]*\bref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')


@dataclass(slots=True)
class SheetRow:
    """A row of a sheet that is not blank.

    Attributes:
        line: Number of the row in the sheet.
        cells: Text of its cells, "" for an empty one.
        faults: Errors of its cells, by position.
    """

    line: int
    cells: list[str]
    faults: dict[int, str]


def merged_rows(container: Container, sheet: Sheet) -> frozenset[int]:
    """Scans a sheet once, and finds the rows among the first 100 with cells merged to the right.

    Raises:
        CoercivityError: If the sheet is damaged, hostile or truncated.
    """
    found = _MERGED.finditer(_after_cells(container, sheet))
    return frozenset(int(m[2]) for m in found if m[1] != m[3] and int(m[2]) <= 100)


def merged_cells(container: Container, sheet: Sheet) -> list[tuple[str, int]]:
    """Scans a sheet once, and finds its merged cells: the range, such as `B2:C3`, and its last row.

    Raises:
        CoercivityError: If the sheet is damaged, hostile or truncated.
    """
    found = _MERGED.finditer(_after_cells(container, sheet))
    return [(f"{m[1]}{m[2]}:{m[3]}{m[4]}", int(m[4])) for m in found]


def _after_cells(container: Container, sheet: Sheet) -> str:
    """Returns the part of a sheet after its cells."""
    decode = codecs.getincrementaldecoder("utf-8")("replace").decode
    window, tail, over = "", [], False
    size = 0
    for block in container.blocks(sheet.member):
        text = decode(block)
        if over:
            tail.append(text)
            size += len(text)
            if size > _MOST_TAIL:
                raise damaged(container.path, f"the part after the cells of sheet {sheet.name!r} is too large")
            continue
        window += text
        at = _end_of_cells(window)
        if at >= 0:
            over = True
            tail.append(window[at:])
        window = window[-40:]
    return "".join(tail)


def _end_of_cells(window: str) -> int:
    """Returns where the cells end, or -1."""
    if "sheetData" not in window:
        return -1
    found = _CELLS_END.search(window)
    return found.start() if found else -1


def read_rows(book: Book, sheet: Sheet, *, width: int = MOST_PLACES, percent: bool = False) -> Iterator[SheetRow]:
    """Reads the rows of a sheet that are not blank.

    Args:
        book: The workbook.
        sheet: The sheet.
        width: Number of columns; a filled cell beyond them is an error of its row.
        percent: Whether a number shown in per cent is read as shown: 0.25 as `25%`.

    Yields:
        The rows. A row has only as many cells as are filled.

    Raises:
        CoercivityError: If the sheet is damaged or truncated.
    """
    reading, places = CellReading(book, percent), dict[str, int]()
    number = 0
    long = max(map(len, book.texts), default=0) > LONGEST_CELL
    for piece, prefix in _pieces(book.container, sheet):
        found = _ROW.match(piece) if not prefix else None
        skipped = found[1].count("<row") if found else 0
        told = _NUMBERED.search(found[2]) if found else None
        number = int(told[1]) if told else number + skipped + 1
        body = piece[found.end() :] if found else ""
        plain = _CELL.findall(body) if found else []
        odd = len(plain) != body.count("<c") or "&" in body or "<!" in body or "<?" in body
        if not found or odd or long or len(body) > LONGEST_CELL:
            number, listed = _parsed(book, piece + f"</{prefix}row>", number)
            row = _row(reading, number, listed, width)
        else:
            row = _plain_row(reading, number, plain, width, places)
        if row.faults or any(row.cells):
            yield row


def _plain_row(
    reading: CellReading, number: int, plain: list[tuple[str, str, str, str, str]], width: int, places: dict[str, int]
) -> SheetRow:
    """Returns a row in the common form; anything unusual is left to the XML parser."""
    texts, shared, figure = [""] * min(width, 64), reading.book.texts, reading.text
    last = -1  # an index beyond the texts raises IndexError
    try:
        for column, style, kind, value, inline in plain:
            place = places.get(column)
            if place is None:
                place = places[column] = place_of(column)
            if place <= last:
                raise UnreadableCellError
            last = place
            if kind == "s" and value.isdigit():
                texts[place] = shared[int(value)]
            elif kind == "inlineStr" and "_x" not in inline:
                texts[place] = inline
            elif value or inline:
                texts[place] = figure(style, kind, value, inline)
    except (UnreadableCellError, ValueError, IndexError):
        listed = [SheetCell(*found) for found in plain]
        return _row(reading, number, listed, width)
    return SheetRow(number, texts, {})


def _row(reading: CellReading, number: int, listed: Iterable[SheetCell], width: int) -> SheetRow:
    """Returns a row from its cells, with all errors in it."""
    row = SheetRow(number, [], {})
    last = -1
    for cell in listed:
        place = place_of(cell.column)
        where = f"{cell.column}{number}"
        text = ""
        try:
            if cell.formula:
                raise UnreadableCellError("contains a formula")
            text = reading.text(cell.style, cell.kind, cell.value, cell.inline)
            if text.strip() and place <= last:
                raise UnreadableCellError("appears twice or out of order")
            if text.strip() and place >= width:
                raise UnreadableCellError(f"is filled, but the table ends at column {letters_of(width - 1)}")
            if text.strip() and place >= MOST_PLACES:
                raise UnreadableCellError("is beyond the last possible column of a sheet")
        except UnreadableCellError as error:
            row.faults[place] = f"{where} {error}"
            text = ""
        last = max(last, place)
        if text and place < width:
            row.cells += [""] * (place + 1 - len(row.cells))
            row.cells[place] = text
    return row


def _pieces(container: Container, sheet: Sheet) -> Iterator[tuple[str, str]]:
    """Yields the XML of each row without its end tag, and the prefix of the tags."""
    blocks = _decoded(container, sheet)
    head = ""
    found = None
    for text in blocks:
        head += text
        found = _SHEET_DATA.search(head)
        if found or len(head) > _MOST_HEAD:
            break
    if "<!DOCTYPE" in (head[: found.start()] if found else head):
        raise damaged(container.path, "the workbook declares XML entities, which no spreadsheet program writes")
    if not found:
        raise damaged(container.path, f"sheet {sheet.name!r} has no cell data")
    if found[2]:
        return
    prefix = found[1]
    mark, over = f"</{prefix}row>", f"</{prefix}sheetData>"
    rest = head[found.end() :]
    for text in chain(("",), blocks):
        pieces = (rest + text).split(mark)
        rest = pieces.pop()
        for piece in pieces:
            if over in piece:
                return
            yield piece, prefix
        if over in rest:
            break
        if len(rest) > _MOST_ROW:
            raise damaged(container.path, f"a row of sheet {sheet.name!r} is larger than {_MOST_ROW:,} characters")
    between, ended, _ = rest.partition(over)
    if not ended or not _EMPTY_ROWS.fullmatch(between):
        raise damaged(container.path, f"the cells of sheet {sheet.name!r} are truncated")


def _decoded(container: Container, sheet: Sheet) -> Iterator[str]:
    """Yields the XML of a sheet as text."""
    decode = None
    try:
        for block in container.blocks(sheet.member):
            if decode is None:
                coded = _CODED.search(block[:300])
                name = coded[1].decode("ascii").lower() if coded else "utf-8"
                wide = block.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
                if not wide and name not in ("utf-8", "utf8", "us-ascii", "ascii"):
                    raise damaged(container.path, f"sheet {sheet.name!r} is encoded in {name}, not in UTF-8")
                decode = codecs.getincrementaldecoder("utf-16" if wide else "utf-8-sig")("strict").decode
            yield decode(block)
        if decode is not None:
            yield decode(b"", True)
    except UnicodeDecodeError as error:
        raise damaged(container.path, f"sheet {sheet.name!r} contains bytes that are not text") from error


def _parsed(book: Book, xml: str, number: int) -> tuple[int, list[SheetCell]]:
    """Reads a row of any form with an XML parser.

    Returns:
        The number of the row, and its cells.
    """
    cells: list[SheetCell] = []
    inside: list[str] = []
    numbers: list[int] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        if tag == "row":
            told = attributes.get("r", "")
            numbers.append(int(told) if told.isascii() and told.isdigit() and len(told) < 8 else number)
            cells.clear()
        elif tag == "c":
            at = _PLACE.fullmatch(attributes.get("r", ""))
            column = at[1] if at else letters_of(place_of(cells[-1].column) + 1 if cells else 0)
            style = attributes.get("s", "")
            style = style if style.isascii() and style.isdigit() and len(style) < 7 else ""
            cells.append(SheetCell(column, style, attributes.get("t", "")))
        elif cells and tag == "f":
            cells[-1].formula = True
        inside.append(tag)

    def end(_: str) -> None:
        inside.pop()

    def text(data: str) -> None:
        if not cells or not inside:
            return
        if inside[-1] == "v":
            cells[-1].value += data
        elif inside[-1] == "t" and "rPh" not in inside:
            cells[-1].inline += data

    try:
        read_xml(book.container.path, [f"<w>{xml}</w>".encode()], start=start, end=end, text=text)
    except CoercivityError:
        raise damaged(book.container.path, f"sheet row {number} is not well-formed XML") from None
    return (numbers[-1] if numbers else number), cells
