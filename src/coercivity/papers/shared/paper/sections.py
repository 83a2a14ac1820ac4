"""A paper as sections of sentences and tables: the same for text, page, workbook and CSV."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from coercivity.base.words import Lang, say
from coercivity.papers.shared.words import Words, paper_words

Only = Literal["", "readers", "files"]


@dataclass(frozen=True, slots=True)
class PaperTable:
    """A table as text.

    Attributes:
        id: Name of its file.
        columns: Stable keys of the columns, with units.
        head: Names of the columns in the language of the paper, with units.
        rows: Its cells.
        numeric: Positions of the columns with numbers.
        only: Whether it is for readers only, or, being long, for files only.
    """

    id: str
    title: str
    columns: tuple[str, ...]
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: frozenset[int]
    only: Only = ""


@dataclass(frozen=True, slots=True)
class PaperFigure:
    """A picture on paper; the table beside it holds its numbers.

    Attributes:
        id: Name of its file.
        told: What to see in it, with units.
        svg: A self-contained picture (SVG): texts as text in "Source Sans 3" or "Noto Sans SC", no style sheet.
    """

    id: str
    told: str
    svg: str


@dataclass(frozen=True, slots=True)
class PaperList:
    """A list under a title.

    Attributes:
        boxes: Whether each entry has a box to tick, as for papers to be obtained.
    """

    title: str
    entries: tuple[str, ...]
    boxes: bool = False


@dataclass(frozen=True, slots=True)
class PaperSection:
    """A section.

    Attributes:
        id: Its place on the page, and name of its sheet.
        sentences: What a reader should know first.
        notes: How to read the tables.
        figures: Pictures, before the tables.
        lists: Lists, after the tables.
    """

    id: str
    heading: str
    sentences: tuple[str, ...] = ()
    tables: tuple[PaperTable, ...] = ()
    notes: tuple[str, ...] = ()
    figures: tuple[PaperFigure, ...] = ()
    lists: tuple[PaperList, ...] = ()


def with_content(sections: Iterable[PaperSection]) -> tuple[PaperSection, ...]:
    """Returns the sections that say or show anything."""
    return tuple(section for section in sections if section.sentences or section.tables)


def for_readers(sections: Iterable[PaperSection]) -> tuple[PaperSection, ...]:
    """Returns sections without the tables that are for files only."""
    return _without("files", sections)


def for_files(sections: Iterable[PaperSection]) -> tuple[PaperSection, ...]:
    """Returns sections without the tables that are for readers only."""
    return _without("readers", sections)


def _without(only: Only, sections: Iterable[PaperSection]) -> tuple[PaperSection, ...]:
    return tuple(replace(s, tables=tuple(t for t in s.tables if t.only != only)) for s in sections)


@dataclass(frozen=True, slots=True)
class Column:
    """A column that is named by the data, such as that of a clause.

    Attributes:
        key: Stable key, with the unit.
        head: Its name.
    """

    key: str
    head: str


class Wording:
    """The words of a paper in one language."""

    def __init__(self, words: Mapping[str, Words], lang: Lang) -> None:
        self.lang = lang
        self._words = words

    @classmethod
    def of(cls, file: str, tables: Iterable[str], lang: Lang) -> Wording:
        """Returns the words of some tables of a file.

        Args:
            file: Name of the file of words, without its ending.
            tables: Names of its tables; one of them is `words`.
            lang: Language.
        """
        return cls({table: paper_words(file, table) for table in tables}, lang)

    def __call__(self, key: str, *values: object, table: str = "words") -> str:
        """Returns a text with its values; in a table other than `words`, the key itself if it has no words."""
        found = self._words[table]
        text = found[key] if table == "words" else found.get(key, {"en": key})
        return say(text, self.lang).format(*values)

    def section(
        self,
        key: str,
        sentences: Iterable[str] = (),
        tables: Iterable[PaperTable | None] = (),
        notes: Iterable[str] = (),
    ) -> PaperSection:
        """Returns a section; tables without rows are left out."""
        shown = tuple(table for table in tables if table is not None and table.rows)
        return PaperSection(
            key, self(key, table="headings"), tuple(filter(None, sentences)), shown, tuple(filter(None, notes))
        )

    def table(
        self,
        key: str,
        columns: Sequence[str | Column],
        rows: Iterable[Sequence[str]],
        *,
        numbers: Sequence[str] = (),
        title: str = "",
        name: str = "",
        only: Only = "",
    ) -> PaperTable:
        """Returns a table.

        Args:
            key: Key of its title.
            columns: Keys of its columns, or columns named by the data.
            rows: Its cells.
            numbers: Keys of the columns with numbers.
            title: Title, if not the one of the key.
            name: Name of its file, if not the key.
            only: For readers or for files only.
        """
        keys = tuple(column if isinstance(column, str) else column.key for column in columns)
        head = tuple(self(c, table="columns") if isinstance(c, str) else c.head for c in columns)
        numeric = frozenset(place for place, column in enumerate(keys) if column in numbers)
        return PaperTable(
            name or key, title or self(key, table="titles"), keys, head, tuple(tuple(r) for r in rows), numeric, only
        )
