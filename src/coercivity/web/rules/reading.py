"""Our interpretation of an instrument as blocks: headings, paragraphs, lists and tables, each line in pieces."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_MARK = re.compile(r"\*\*(.+?)\*\*|`([^`]+)`")
_BULLET = re.compile(r"\s*(?:[-*]|(\d+)\.)\s+(.*)")
_RULE = re.compile(r"[\s|:-]+")

Piece = tuple[str, str]
"""Kind of a piece (text, bold or code) and its text."""


@dataclass(slots=True)
class Block:
    """One block of an interpretation.

    Attributes:
        kind: heading, paragraph, bullets, numbers or table.
        lines: The pieces of each entry; a table has its rows of cells in `cells` instead.
    """

    kind: str
    lines: list[list[Piece]] = field(default_factory=list)
    cells: list[list[list[Piece]]] = field(default_factory=list)


def blocks(text: str) -> list[Block]:
    """Returns the blocks of an interpretation in order; none of its text is treated as HTML."""
    found: list[Block] = []
    fresh = True
    for line in text.splitlines():
        if not line.strip():
            fresh = True
            continue
        kind, content = _kind(line)
        if kind == "table":
            if not _RULE.fullmatch(line):
                cells = [list(pieces(cell.strip())) for cell in line.strip().strip("|").split("|")]
                _block(found, kind, fresh).cells.append(cells)
        elif kind == "paragraph" and not fresh and found and found[-1].kind != "heading":
            found[-1].lines[-1] += [("text", " "), *pieces(content)]  # continuation of the line above
        else:
            _block(found, kind, fresh or kind == "heading").lines.append(list(pieces(content)))
        fresh = False
    return found


def _kind(line: str) -> tuple[str, str]:
    if line.startswith("#"):
        return "heading", line.lstrip("#").strip()
    if line.lstrip().startswith("|"):
        return "table", line
    bullet = _BULLET.match(line)
    if bullet:
        return ("numbers" if bullet[1] else "bullets"), bullet[2]
    return "paragraph", line.strip()


def _block(found: list[Block], kind: str, fresh: bool) -> Block:
    if not found or found[-1].kind != kind or (fresh and kind in ("heading", "paragraph", "table")):
        found.append(Block(kind))
    return found[-1]


def pieces(text: str) -> Iterator[Piece]:
    """Yields the pieces of a line."""
    place = 0
    for mark in _MARK.finditer(text):
        if mark.start() > place:
            yield "text", text[place : mark.start()]
        yield ("bold", mark[1]) if mark[1] is not None else ("code", mark[2])
        place = mark.end()
    if place < len(text):
        yield "text", text[place:]
