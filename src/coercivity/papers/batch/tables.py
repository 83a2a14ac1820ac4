"""A batch run as a workbook that can be handed on: summary, actions, every row with its own cells, and the sources.

Every text is written as text, never as a formula, a link or a number. A cell that begins like a formula carries the
spreadsheet format for text, so that it stays text when a user edits it; its content is unchanged. The same parts give
the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coercivity.base.days import Day
from coercivity.base.words import Lang, plain, say
from coercivity.batches.tally import About, Tally
from coercivity.batches.write.outputs import damaged, open_part
from coercivity.law.rules.rulebook import Rulebook
from coercivity.papers.batch.answers import KEY, RowAnswer, RowAnswers
from coercivity.papers.batch.groups import Group, groups_of, keyed
from coercivity.papers.batch.page import Page, Styles, workbook_at
from coercivity.papers.batch.summary import Section, sections, sum_line
from coercivity.papers.shared.words import paper_words

if TYPE_CHECKING:
    import polars as pl

MOST_ROWS = 1_048_575
ROWS_AT_ONCE = 20_000
SOURCES = ("rules", "lists", "columns", "reader", "run", "vouches")
_OWN = ("row", "line", "id", "outcome", "notes", "screening", "decision_hash", "on", "duplicate_id", "input_error")
_HEADS = paper_words("batch_workbook", "heads")
_TEXTS = paper_words("batch_workbook", "texts")
_SHEETS = paper_words("batch_workbook", "sheets")
_ANSWERS = paper_words("batch_workbook", "answers")
_ACTIONS = paper_words("batch_workbook", "actions")
_ROW_HEADS = ("answer", "ground", "ground_zh", "next", "file_by", "question", "group", "notes", "hash")
_ROW_WIDTHS = (10, 24, 22, 24, 11, 28, 6, 36, 14)
_PRINTED = 7  # of these; notes and hash are for the screen
_CELL_WIDTH, _MOST_CELL_WIDTH = 9, 16


@dataclass(frozen=True, slots=True)
class Original:
    """The cells of the table as they were sent.

    Attributes:
        columns: Names of the columns.
        frames: Yields the rows, all columns as text, so many at a time as asked for.
    """

    columns: tuple[str, ...]
    frames: Callable[[int], Iterator[pl.DataFrame]]


def write_xlsx(
    parts: Sequence[Path],
    path: Path,
    tally: Tally,
    about: About,
    *,
    book: Rulebook,
    lang: Lang = "en",
    original: Original | None = None,
    groups: Sequence[Group] | None = None,
) -> None:
    """Writes a workbook: summary, actions, all rows and sources; rows that do not fit continue on a further sheet.

    Args:
        parts: Parquet parts in the order of the table.
        path: File to write.
        tally: Counts of the whole run.
        about: Origin of the results.
        book: The rulebook, for names of rules and for questions.
        lang: Language of the sheets; the ground of a row is given in English and Chinese.
        original: The cells of the table, which come back beside the answers.
        groups: Rows with the same answer, if they are known.

    Raises:
        CoercivityError: When a part cannot be read or the file cannot be written.
    """
    answers = RowAnswers(book)
    groups = groups_of(parts, answers) if groups is None else groups
    with workbook_at(path) as workbook:
        made = _Workbook(workbook, tally, about, book, lang)
        made.summary(groups)
        made.actions(groups)
        _Rows(made, answers, groups, original).write(parts)
        made.sources()


def write_summary_xlsx(
    path: Path, tally: Tally, about: About, *, book: Rulebook, lang: Lang = "en", groups: Sequence[Group] = ()
) -> None:
    """Writes summary, actions and sources alone as a workbook, for a run whose rows are in other files.

    Args:
        path: File to write.
        tally: Counts of the whole run.
        about: Origin of the results.
        book: The rulebook, for names of rules and for questions.
        lang: Language of the sheets.
        groups: Rows with the same answer.

    Raises:
        CoercivityError: When the file cannot be written.
    """
    with workbook_at(path) as workbook:
        made = _Workbook(workbook, tally, about, book, lang)
        made.summary(groups)
        if groups:
            made.actions(groups)
        made.sources()


class _Workbook:
    """The sheets of a workbook that do not have one line per row."""

    def __init__(self, workbook: Any, tally: Tally, about: About, book: Rulebook, lang: Lang) -> None:
        self.workbook, self.styles, self.lang = workbook, Styles(workbook), lang
        self._tally, self._about, self._book = tally, about, book
        self._sections = list(sections(tally, about, book=book, lang=lang))
        self._sourced = set(_titles(SOURCES, lang))
        self.footer = f"{plain(about.source)} · {about.pack} · SHA-256 {about.input_hash[:16]}"

    def word(self, name: str) -> str:
        """Returns a title of a column."""
        return say(_HEADS[name], self.lang)

    def page(self, name: str, widths: Sequence[float], number: int = 1) -> Page:
        """Returns a new sheet."""
        title = say(_SHEETS[name], self.lang) + (f" {number}" if number > 1 else "")
        return Page(self.workbook, self.styles, title, widths, footer=self.footer, lang=self.lang)

    def summary(self, groups: Sequence[Group]) -> None:
        """Writes how many rows may proceed, need a licence, are prohibited or are undetermined, and why."""
        page, styles = self.page("summary", (22, 18, 34, 90)), self.styles
        about, book = self._about, self._book
        page.line([say(_TEXTS["title"], self.lang).format(plain(about.source))], style=styles.title)
        page.line([sum_line(self._tally, self.lang)], style=styles.section)
        checked = say(_TEXTS["rulebook"], self.lang).format(about.pack, book.known_through)
        page.line([checked], style=styles.soft)
        who = about.standing_by or say(_TEXTS["nobody"], self.lang)
        page.line([say(_TEXTS["declared"], self.lang).format(plain(who))], style=styles.soft)
        page.row += 1
        self._counts(page, groups)
        for section in self._sections:
            if section.title not in self._sourced:
                self._section(page, section)

    def _counts(self, page: Page, groups: Sequence[Group]) -> None:
        """Writes one line per answer and ground, so that a reader sees what is open and why."""
        if not groups:
            return
        page.header([self.word(name) for name in ("answer", "count", "which", "meaning")], frozen=False)
        for group in groups:
            answer = group.answer
            page.write(0, say(_ANSWERS[answer.answer], self.lang), self.styles.fills.get(answer.answer))
            page.write(1, group.count)
            page.write(2, _rows(group.rows, group.count, self.lang))
            page.write(3, plain(say(answer.subject, self.lang)))
            page.row += 1
        page.row += 1

    def _section(self, page: Page, section: Section) -> None:
        page.line([section.title], style=self.styles.section)
        if section.head:
            page.line(section.head, style=self.styles.soft)
        for row in section.rows:
            page.line(row)
        page.row += 1

    def actions(self, groups: Sequence[Group]) -> None:
        """Writes one line per action: do not ship, apply, ask, check, correct, ship."""
        page = self.page("actions", (14, 44, 60, 8, 34, 14, 8))
        page.header([self.word(name) for name in ("action", "next", "what", "count", "which", "earliest", "group")])
        for group in groups:
            answer = group.answer
            if answer.action == "none":
                continue
            page.write(0, say(_ACTIONS[answer.action], self.lang), self.styles.fills.get(answer.answer))
            entries = (
                say(answer.step, self.lang),
                plain(say(answer.subject, self.lang)),
                group.count,
                _rows(group.rows, group.count, self.lang),
                group.file_by,
                group.number,
            )
            for place, entry in enumerate(entries, 1):
                page.write(place, entry)
            page.row += 1

    def sources(self) -> None:
        """Writes rulebook, instruments, lists, columns, and who declared what."""
        page = self.page("sources", (44, 34, 30, 60))
        page.line([say(_SHEETS["sources"], self.lang)], style=self.styles.title)
        for section in self._sections:
            if section.title in self._sourced:
                self._section(page, section)
        page.sheet.set_row(page.row, 110)
        page.sheet.merge_range(page.row, 0, page.row, 3, say(_TEXTS["how_filed"], self.lang), self.styles.text)


class _Rows:
    """The sheets of the rows: the cells of the table, then the answer."""

    def __init__(
        self, made: _Workbook, answers: RowAnswers, groups: Sequence[Group], original: Original | None
    ) -> None:
        self._made, self._answers, self._original = made, answers, original
        self._numbers = {group.answer.shared: group.number for group in groups}
        self._cells = original.columns if original is not None else ("id",)
        self._sheets = 0
        self._page = self._next()

    def _next(self) -> Page:
        self._sheets += 1
        made = self._made
        widths = [6, 6, *(min(max(_CELL_WIDTH, len(name) + 2), _MOST_CELL_WIDTH) for name in self._cells), *_ROW_WIDTHS]
        page = made.page("rows", widths, self._sheets)
        page.header([made.word("row"), made.word("line"), *self._cells, *map(made.word, _ROW_HEADS)])
        return page

    def write(self, parts: Sequence[Path]) -> None:
        """Writes all rows, and at least the header."""
        cells = self._original.frames(ROWS_AT_ONCE) if self._original is not None else None
        for frame in _in_order(parts):
            beside = frame.select("id") if cells is None else next(cells)
            keys = keyed(frame).rows()
            own = frame.select(_OWN).rows(named=True)
            for key, row, texts in zip(keys, own, beside.rows(), strict=True):
                if self._page.row > MOST_ROWS:
                    self._finish()
                    self._page = self._next()
                self._row(key, row, texts)
        self._finish()

    def _row(self, key: tuple[str, ...], row: dict[str, Any], texts: tuple[Any, ...]) -> None:
        page, made = self._page, self._made
        answer = self._answers.of(key)
        page.write(0, row["row"])
        page.write(1, row["line"])
        for place, text in enumerate(texts, 2):
            page.write(place, text)
        first = 2 + len(texts)
        page.write(first, say(_ANSWERS[answer.answer], made.lang), made.styles.fills.get(answer.answer))
        ground = row["input_error"] or answer.ground["en"]
        entries = (
            plain(ground),
            plain(answer.ground["zh"]),
            say(answer.step, made.lang),
            self._file_by(answer, row["on"]),
            plain(answer.asked(made.lang)),
            self._numbers[answer.shared],
            row["notes"],
            row["decision_hash"],
        )
        for place, entry in enumerate(entries, first + 1):
            page.write(place, entry)
        page.row += 1

    def _file_by(self, answer: RowAnswer, on: Day | None) -> Day | str:
        found = self._answers.file_by(answer, on)
        return say(_TEXTS[found], self._made.lang) if isinstance(found, str) and found else found

    def _finish(self) -> None:
        last = 1 + len(self._cells) + len(_ROW_HEADS)
        self._page.sheet.print_area(0, 0, max(self._page.row - 1, 1), last - len(_ROW_HEADS) + _PRINTED)
        self._page.sheet.autofilter(0, 0, max(self._page.row - 1, 1), last)


def _titles(names: Sequence[str], lang: Lang) -> list[str]:
    return [say(paper_words("batch_summary", "words")[name], lang) for name in names]


def _rows(rows: Sequence[int], count: int, lang: Lang) -> str:
    """Returns the first rows, and how many there are in all."""
    more = say(_TEXTS["more_rows"], lang).format(f"{count:,}") if count > len(rows) else ""
    return ", ".join(map(str, rows)) + more


def _in_order(parts: Sequence[Path]) -> Iterator[pl.DataFrame]:
    """Yields the rows of all parts in groups of `ROWS_AT_ONCE`, whatever the size of a part."""
    import polars as pl

    names, held = list(dict.fromkeys((*_OWN, *(name for name in KEY if name != "wrong")))), list[pl.DataFrame]()
    for part in parts:
        try:
            held.append(open_part(part, names).collect())
        except pl.exceptions.PolarsError:
            raise damaged(part.name) from None
        frame = pl.concat(held)
        while frame.height >= ROWS_AT_ONCE:
            yield frame.head(ROWS_AT_ONCE)
            frame = frame.slice(ROWS_AT_ONCE)
        held = [frame]
    if held and held[0].height:
        yield held[0]
