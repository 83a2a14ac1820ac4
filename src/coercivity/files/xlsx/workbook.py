"""The workbook part of an XLSX file: names of sheets, shared texts, and number formats that show dates."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from coercivity.base.errors import CoercivityError
from coercivity.files.chunk import damaged
from coercivity.files.xlsx.container import Container

if TYPE_CHECKING:
    from pyexpat import XMLParserType

_MOST_TEXT = 400 << 20
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_QUIET = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?![hms]+\])[^\]]*\]', re.IGNORECASE)
_DAY_FORMATS = frozenset((*range(14, 18), 22, *range(27, 32), 36, *range(50, 55), 57, 58))
_PERCENT = (9, 10)
_TIME_FORMATS = frozenset((*range(18, 22), *range(32, 36), *range(45, 48), 55, 56))


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of a workbook.

    Attributes:
        name: Its name.
        member: Its member of the container.
        visible: Whether the sheet is visible in a spreadsheet program.
    """

    name: str
    member: str
    visible: bool


@dataclass(frozen=True, slots=True)
class Book:
    """A workbook without the cells of its sheets.

    Attributes:
        container: The file.
        sheets: Its sheets in order.
        days: Cell styles that show a date.
        times: Cell styles that show a time of day or a duration.
        since_1904: Whether dates count from 1904.
        texts: Shared texts.
        percents: Cell styles that show a number in per cent.
    """

    container: Container
    sheets: tuple[Sheet, ...]
    days: frozenset[int]
    times: frozenset[int]
    since_1904: bool
    texts: list[str]
    percents: frozenset[int] = frozenset()


Start = Callable[[str, dict[str, str]], None]


def read_xml(
    path: Path,
    blocks: Iterable[bytes],
    *,
    start: Start,
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> None:
    """Parses XML; tags are passed without their prefix.

    Args:
        path: The workbook, for messages.
        blocks: The XML.
        start: Called with a tag and its attributes.
        end: Called with a closing tag.
        text: Called with text.

    Raises:
        CoercivityError: If it is not XML, or declares entities.
    """
    from pyexpat import ExpatError, ParserCreate

    parser: XMLParserType = ParserCreate()
    parser.buffer_text = True

    def no_doctype(*_: object) -> None:
        raise damaged(path, "the workbook declares XML entities, which no spreadsheet program writes")

    parser.StartDoctypeDeclHandler = no_doctype
    parser.StartElementHandler = lambda name, attributes: start(name.rpartition(":")[2], attributes)
    if end is not None:
        over = end
        parser.EndElementHandler = lambda name: over(name.rpartition(":")[2])
    if text is not None:
        parser.CharacterDataHandler = text
    try:
        for block in blocks:
            parser.Parse(block, False)
        parser.Parse(b"", True)
    except (ExpatError, ValueError, LookupError) as error:
        raise damaged(path, f"a part of the workbook is not well-formed XML ({error})") from error


def read_book(path: Path) -> Book:
    """Reads a workbook without the cells of its sheets.

    Args:
        path: The XLSX file.

    Returns:
        The workbook.

    Raises:
        CoercivityError: If it is damaged, hostile or not a workbook.
    """
    container = Container(path)
    main = _main(container)
    if main.endswith(".bin"):
        raise CoercivityError.of(
            "TABLE-KIND", "this is a binary workbook (.xlsb)", where=str(path), next="save it as XLSX"
        )
    folder = posixpath.dirname(main)
    links = _links(container, f"{folder}/_rels/{posixpath.basename(main)}.rels", folder)
    found: list[tuple[str, str, bool]] = []
    flags: list[bool] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        if tag == "sheet":
            link = next((value for key, value in attributes.items() if key.endswith(":id")), "")
            found.append((attributes.get("name", ""), link, attributes.get("state", "visible") == "visible"))
        elif tag == "workbookPr":
            flags.append(attributes.get("date1904", "0") in ("1", "true"))

    read_xml(path, container.blocks(main, most=32 << 20), start=start)
    sheets = tuple(
        Sheet(name, links[link][1], visible)
        for name, link, visible in found
        if link in links and links[link][0].endswith("/worksheet")
    )
    if not sheets:
        raise damaged(path, "the workbook has no sheet with cells")
    member = {kind.rpartition("/")[2]: target for kind, target in links.values()}
    days, times, percents = _styles(container, member.get("styles"))
    texts = _texts(container, member.get("sharedStrings"))
    return Book(container, sheets, days, times, any(flags), texts, percents)


def _main(container: Container) -> str:
    """Returns the member that contains the workbook itself."""
    if "_rels/.rels" in container.names:
        for kind, target in _links(container, "_rels/.rels", "").values():
            if kind.endswith("/officeDocument"):
                if target.startswith("word/") or target.startswith("ppt/"):
                    raise CoercivityError.of(
                        "TABLE-KIND",
                        "this is a document or presentation, not a workbook",
                        where=str(container.path),
                        next="save the table as XLSX or CSV",
                    )
                return target
    return "xl/workbook.xml"


def _links(container: Container, name: str, folder: str) -> dict[str, tuple[str, str]]:
    """Returns the type and member of every link in a list of links."""
    links: dict[str, tuple[str, str]] = {}

    def start(tag: str, attributes: dict[str, str]) -> None:
        if tag == "Relationship" and attributes.get("TargetMode") != "External":
            target = attributes.get("Target", "")
            member = target[1:] if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            links[attributes.get("Id", "")] = (attributes.get("Type", ""), member)

    read_xml(container.path, container.blocks(name, most=8 << 20), start=start)
    return links


def _styles(container: Container, name: str | None) -> tuple[frozenset[int], frozenset[int], frozenset[int]]:
    """Returns the cell styles that show a date, those that show a time, and those that show per cent."""
    if name is None or name not in container.names:
        return frozenset(), frozenset(), frozenset()
    codes: dict[int, str] = {}
    used: list[int] = []
    inside: list[str] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        if tag == "numFmt":
            codes[_whole(attributes.get("numFmtId"))] = attributes.get("formatCode", "")
        elif tag == "cellXfs":
            inside.append(tag)
        elif tag == "xf" and inside:
            used.append(_whole(attributes.get("numFmtId")))

    def end(tag: str) -> None:
        if tag == "cellXfs":
            inside.clear()

    read_xml(container.path, container.blocks(name, most=32 << 20), start=start, end=end)
    kinds = {code: shows(codes[code]) if code in codes else _built_in(code) for code in set(used)}
    return (
        frozenset(place for place, code in enumerate(used) if kinds[code] == "day"),
        frozenset(place for place, code in enumerate(used) if kinds[code] == "time"),
        frozenset(place for place, code in enumerate(used) if _in_percent(code, codes)),
    )


def _in_percent(code: int, codes: dict[int, str]) -> bool:
    return code in _PERCENT or "%" in _QUIET.sub("", codes.get(code, ""))


def _whole(text: str | None) -> int:
    """Returns a whole number, or 0."""
    return int(text) if text is not None and text.isascii() and text.isdigit() and len(text) < 10 else 0


def _built_in(code: int) -> str:
    """Returns what a built-in format shows."""
    return "day" if code in _DAY_FORMATS else "time" if code in _TIME_FORMATS else "number"


def shows(code: str) -> str:
    """Returns what a number format shows: day, time or number.

    Args:
        code: The format, such as `yyyy-mm-dd` or `#,##0.00`.

    Returns:
        day, time or number.
    """
    bare = _QUIET.sub("", code.split(";", 1)[0][:1000]).lower().replace("general", "")
    if "y" in bare or "d" in bare or "e" in re.sub(r"e[+-]", "", bare):
        return "day"
    if "h" in bare or "s" in bare:
        return "time"
    return "day" if "m" in bare else "number"


def _texts(container: Container, name: str | None) -> list[str]:
    """Returns the shared texts; phonetic guides of Japanese and Chinese are skipped."""
    if name is None or name not in container.names:
        return []
    texts: list[str] = []
    parts: list[str] = []
    state = {"t": False, "aid": False}

    def start(tag: str, attributes: dict[str, str]) -> None:
        if tag == "si":
            parts.clear()
        elif tag == "t":
            state["t"] = not state["aid"]
        elif tag == "rPh":
            state["aid"] = True

    def end(tag: str) -> None:
        if tag == "t":
            state["t"] = False
        elif tag == "rPh":
            state["aid"] = False
        elif tag == "si":
            texts.append(unescaped("".join(parts)))

    def text(data: str) -> None:
        if state["t"]:
            parts.append(data)

    read_xml(container.path, container.blocks(name, most=_MOST_TEXT), start=start, end=end, text=text)
    return texts


def unescaped(text: str) -> str:
    """Returns the text of a cell with the escapes of XLSX decoded, such as `_x000D_`."""
    if "_x" not in text:
        return text
    return _ESCAPE.sub(lambda found: _sign(int(found[1], 16)), text)


def _sign(code: int) -> str:
    """Returns the character of a code point; half of a surrogate pair gives U+FFFD."""
    return "\ufffd" if 0xD800 <= code <= 0xDFFF or not code else chr(code)
