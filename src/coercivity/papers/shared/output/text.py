"""Sections of a paper as lines for a terminal: sentences wrapped, tables in columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from coercivity.base.sums import total
from coercivity.papers.shared.paper.sections import PaperSection, PaperTable, for_readers
from coercivity.papers.shared.terminal import WIDTH, columns_of, filled, pieces, wrapped

_GAP = 2
_LEAST = 5


def section_lines(sections: Iterable[PaperSection], *, more: bool = False) -> Iterator[str]:
    """Yields the lines of sections, at most as wide as the page where the cells allow.

    Args:
        sections: The sections.
        more: Whether to write the tables for files too.
    """
    for place, section in enumerate(sections if more else for_readers(sections)):
        if place:
            yield ""
        yield section.heading
        for sentence in section.sentences:
            yield from wrapped(sentence, "  ")
        for table in section.tables:
            yield from table_lines(table)
        for note in section.notes:
            yield from wrapped(note, "  ! ")


def table_lines(table: PaperTable) -> Iterator[str]:
    """Yields a table: its title, the names of the columns in as many lines as they need, and its rows."""
    yield from wrapped(table.title, "  ")
    widths = _widths(table)
    heads = [_broken(text, width) for text, width in zip(table.head, widths, strict=True)]
    for line in range(max(map(len, heads))):
        yield _line([head[line] if line < len(head) else "" for head in heads], widths, table.numeric)
    for row in table.rows:
        broken = [_broken(text, width) for text, width in zip(row, widths, strict=True)]
        for line in range(max(map(len, broken))):
            yield _line([cell[line] if line < len(cell) else "" for cell in broken], widths, table.numeric)


def _line(cells: Sequence[str], widths: Sequence[int], numeric: frozenset[int]) -> str:
    told = (filled(text, width, right=n in numeric) for n, (text, width) in enumerate(zip(cells, widths, strict=True)))
    return ("    " + (" " * _GAP).join(told)).rstrip()


def _widths(table: PaperTable) -> list[int]:
    """Returns the width of each column: that of its cells, the widest made narrower until the line fits."""
    longest = [max((columns_of(row[n]) for row in table.rows), default=0) for n in range(len(table.head))]
    words = [max(map(columns_of, _words(text)), default=0) for text in table.head]
    widths = [max(cells, word, _LEAST) for cells, word in zip(longest, words, strict=True)]
    spare = WIDTH - 4 - _GAP * (len(widths) - 1)
    heads = [columns_of(text) for text in table.head]
    for _ in range(max(spare - total(widths), 0)):  # one sign more for the name that needs the most lines
        tallest = max(range(len(widths)), key=lambda n: (heads[n] / widths[n], -n))
        if heads[tallest] <= widths[tallest]:
            break
        widths[tallest] += 1
    while total(widths) > spare:
        widest = max(range(len(widths)), key=lambda n: (widths[n], n))
        if widths[widest] <= 2 * _LEAST:
            break
        widths[widest] -= 1
    return widths


def _words(text: str) -> list[str]:
    return [piece.strip() for piece in pieces(text)]


def _broken(text: str, width: int) -> list[str]:
    """Returns a cell in lines of a width; a word that is wider remains whole."""
    if columns_of(text) <= width:
        return [text.rstrip()]
    lines, line = [], ""
    for piece in pieces(text):
        if line and columns_of(line + piece.rstrip()) > width:
            lines.append(line.rstrip())
            line = ""
        line += piece
    return [*lines, line.rstrip()]
