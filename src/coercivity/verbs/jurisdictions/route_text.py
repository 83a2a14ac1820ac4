"""The table of routes as text: aligned columns, then what each sign means and what is asked next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from coercivity.base.words import Lang, say
from coercivity.papers.shared.terminal import columns_of, wrapped
from coercivity.verbs.jurisdictions.route_table import WORDS, RouteCell, RouteColumn, RouteRow, RouteTable

_GAP = "  "


def route_lines(table: RouteTable, lang: Lang) -> Iterator[str]:
    """Yields the table with its notes, the meaning of every scenario, and the conflicts with the next question."""
    notes = _Notes(lang)
    heads = [(_w("deal", lang), _w("day", lang), *(column.jurisdiction for column in table.columns), "")]
    if any(column.rule for column in table.columns):
        heads.append(("", "", *(column.rule for column in table.columns), ""))
        heads.append(("", "", *(_value(column) for column in table.columns), _w("conflicts", lang)))
    else:
        heads = [(*heads[0][:-1], _w("conflicts", lang))]
    rows = [_row(row, notes, lang) for row in table.rows]
    widths = [max(map(columns_of, cells)) for cells in zip(*heads, *rows, strict=True)]
    for cells in (*_once(heads), *rows):
        yield _GAP.join(_padded(text, width) for text, width in zip(cells, widths, strict=True)).rstrip()
    yield ""
    if any(cell.only_check for row in table.rows for cell in row.cells):
        yield from wrapped(_w("star", lang), "")
    yield from notes.lines()
    yield from _meanings(table.columns, lang)
    yield from _conflicts(table.rows, lang)


class _Notes:
    """What the cells are based on; equal ones have one number."""

    def __init__(self, lang: Lang) -> None:
        self._lang = lang
        self._numbers: dict[str, int] = {}

    def mark(self, cell: RouteCell) -> str:
        text = say(cell.why, self._lang)
        return f" {self._numbers.setdefault(text, len(self._numbers) + 1)}" if text else ""

    def lines(self) -> Iterator[str]:
        for text, number in self._numbers.items():
            yield from wrapped(_w("note", self._lang).format(number, text), "")


def _row(row: RouteRow, notes: _Notes, lang: Lang) -> tuple[str, ...]:
    cells = [cell.text(lang) + notes.mark(cell) for cell in row.cells]
    named = [_w("named", lang).format(one.found.text.id, one.says(lang)) for one in row.conflicts]
    return row.id, row.on.isoformat(), *cells, ("；" if lang == "zh" else "; ").join(named)


def _value(column: RouteColumn) -> str:
    return f"={column.value}" if column.rule else ""


def _once(heads: Sequence[tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    """Yields the lines of the head; a word equal to the one on its left is left out."""
    for rank, cells in enumerate(heads):
        last = rank == len(heads) - 1
        yield tuple(
            "" if not last and place > 2 and text == cells[place - 1] else text for place, text in enumerate(cells)
        )


def _meanings(columns: Sequence[RouteColumn], lang: Lang) -> Iterator[str]:
    for column in columns:
        if column.rule:
            meaning = say(column.meaning, lang).rstrip(".。")
            told = (column.rule, column.value, say(column.name, lang), meaning)
            yield from wrapped(_w("meaning", lang).format(*told), "")


def _conflicts(rows: Sequence[RouteRow], lang: Lang) -> Iterator[str]:
    every = [one.found for row in rows for one in row.conflicts]
    for name in sorted({one.text.id for one in every}):
        same = [one for one in every if one.text.id == name]
        text = same[0].text
        cited = ("、" if lang == "zh" else ", ").join(dict.fromkeys(clause for one in same for clause in one.clauses))
        yield from wrapped(_w("conflict", lang).format(name, say(text.title.as_dict(), lang), cited), "! ")
        yield from wrapped(_w("ask", lang).format(say(text.ask.as_dict(), lang)), "    ")
        if text.never is not None:
            yield from wrapped(say(text.never.as_dict(), lang), "    ")


def _padded(text: str, width: int) -> str:
    return text + " " * (width - columns_of(text))


def _w(word: str, lang: Lang) -> str:
    return say(WORDS[word], lang)
