"""A section of an outlook: sentences, charts and tables as text, the same for the page and the screen."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from coercivity.base.sums import total
from coercivity.base.words import Lang, say
from coercivity.papers.outlook.lines import Series
from coercivity.papers.outlook.read import ReadRun, at, num, runs_of
from coercivity.papers.outlook.report_data import OutlookReport
from coercivity.papers.outlook.words import SERIES, named
from coercivity.papers.shared.words import paper_words

MILLION = 1e6
_JOINED = re.compile(r"[+,]")


@dataclass(frozen=True, slots=True)
class TextTable:
    """A table as text.

    Attributes:
        title: What it contains.
        head: Names of the columns.
        rows: Its cells.
        numeric: Positions of the columns with numbers.
        folded: Whether it is shown on request only.
        left_out: Number of rows that are in the data file only.
    """

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: frozenset[int]
    folded: bool = False
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class MonthFigure:
    """A chart by month; its table is made of its lines."""

    title: str
    months: tuple[str, ...]
    lines: tuple[Series, ...]

    def table(self, lang: Lang) -> TextTable:
        """Returns the months of the chart as a table."""
        head = (word("cols", "month", lang), *(f"{line.run} {say(SERIES[line.kind], lang)}" for line in self.lines))
        rows = (
            (month, *(num(at(line.values, place)) for line in self.lines)) for place, month in enumerate(self.months)
        )
        return TextTable(self.title, head, tuple(rows), frozenset(range(1, len(head))), folded=True)


@dataclass(frozen=True, slots=True)
class Section:
    """A section.

    Attributes:
        id: Its place on the page.
        sentences: What a reader should know first.
        about: How to read the figures.
        summary: The sentences that belong in a summary; the first sentence if there are none.
        absent: Why there is nothing to show; empty otherwise.
    """

    id: str
    heading: str
    sentences: tuple[str, ...] = ()
    about: str = ""
    figures: tuple[MonthFigure, ...] = ()
    tables: tuple[TextTable, ...] = ()
    absent: str = ""
    summary: tuple[str, ...] = ()


def word(table: str, key: str, lang: Lang) -> str:
    """Returns a text of the sections; the key itself in words if there is none."""
    return say(paper_words("outlook_breadth", table).get(key, {"en": key.replace("_", " ")}), lang)


def chosen(report: OutlookReport, runs: Sequence[str]) -> list[ReadRun]:
    """Returns the runs with the given letters; all if none is given."""
    return [run for run in runs_of(report) if not runs or run.key in runs]


def told_by_run(sentences: Iterable[tuple[str, str]], lang: Lang, *, several: bool) -> tuple[str, ...]:
    """Returns sentences with the letters of the runs in which they hold.

    Args:
        sentences: Letter of a run and sentence.
        lang: Language.
        several: Whether there are several runs; otherwise no letter is needed.
    """
    found: dict[str, list[str]] = {}
    for key, sentence in sentences:
        if sentence:
            found.setdefault(sentence, []).append(key)
    if not several:
        return tuple(found)
    form = word("sentences", "runs", lang)
    return tuple(form.format(joined(sorted(keys), lang), sentence) for sentence, keys in found.items())


def joined(texts: Iterable[str], lang: Lang) -> str:
    """Returns texts in one line."""
    return ("、" if lang == "zh" else ", ").join(texts)


def table(
    title: str,
    columns: Sequence[str],
    rows: Iterable[Sequence[str]],
    lang: Lang,
    *,
    numbers: int,
    folded: bool = False,
    most: int = 0,
) -> TextTable:
    """Returns a table; rows that are the same but for the run share a line.

    Args:
        title: Key of its title.
        columns: Keys of its columns; the letter of the run is in the column `run`.
        rows: Its cells.
        lang: Language.
        numbers: How many columns from the right contain numbers.
        folded: Whether it is shown on request only.
        most: Largest number of rows shown; 0 for all.
    """
    head = tuple(word("cols", column, lang) for column in columns)
    place = columns.index("run") if "run" in columns else -1
    found: dict[tuple[str, ...], list[str]] = {}
    for row in rows:
        cells = tuple(cell for at, cell in enumerate(row) if at != place)
        found.setdefault(cells, []).append(row[place] if place >= 0 else "")
    shown = [
        cells if place < 0 else (*cells[:place], joined(sorted(keys), lang), *cells[place:])
        for cells, keys in found.items()
    ]
    kept = shown[:most] if most else shown
    numeric = frozenset(range(len(head) - numbers, len(head)))
    return TextTable(word("titles", title, lang), head, tuple(kept), numeric, folded, len(shown) - len(kept))


def goods_text(report: OutlookReport, goods: str, lang: Lang) -> str:
    """Returns the names of one or more products; an absent one is a dash.

    Args:
        report: The report data.
        goods: Ids of the products, joined by a comma or a plus sign.
        lang: Language.
    """
    names = [name for name in _JOINED.split(goods) if name]
    own = paper_words("outlook_breadth", "goods")
    return joined((say(own.get(name) or named(report, "goods", name), lang) for name in names), lang) or "–"


def whole(rows: Iterable[Sequence[float]]) -> float:
    """Returns the sum of several series."""
    return total(total(row) for row in rows)


def by_month(rows: Iterable[Sequence[float]], months: int) -> tuple[float, ...]:
    """Returns the sum of several series by month."""
    held = list(rows)
    return tuple(total(row[place] for row in held) for place in range(months))


def millions(usd: float) -> str:
    """Returns an amount in millions."""
    return num(usd / MILLION)


def elements_text(sums: Mapping[str, float], lang: Lang) -> str:
    """Returns amounts by element, such as dysprosium 1.20, terbium 0.21; those that read as zero are left out."""
    told = [
        f"{word('elements', element, lang)}{'' if lang == 'zh' else ' '}{num(value)}"
        for element, value in sums.items()
        if num(value) != "0"
    ]
    return joined(told, lang) or "0"
