"""The table of a chart as CSV and as a workbook: no cell can be a formula."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from coercivity.papers.shared.output.files import section_csv, section_workbook
from coercivity.papers.shared.paper.sections import PaperSection, PaperTable


@dataclass(frozen=True, slots=True)
class ChartTable:
    """The table of a chart, as text.

    Attributes:
        id: Name of the chart.
        title: Title of the chart.
        about: What to know of it: scenarios, months, hash of the result.
        head: Names of the columns, with units.
        rows: Cells.
        numeric: Positions of the columns with numbers.
    """

    id: str
    title: str
    about: tuple[str, ...]
    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    numeric: frozenset[int]


def chart_csv(table: ChartTable) -> bytes:
    """Returns the table as CSV: UTF-8 with a byte order mark, CRLF, RFC 4180; what could be a formula is text.

    Args:
        table: The table.
    """
    return next(iter(section_csv([_section(table)]).values()))


def chart_workbook(table: ChartTable) -> bytes:
    """Returns the table as an XLSX file, below its title; the same table gives the same bytes.

    Args:
        table: The table.
    """
    return section_workbook("", [_section(table)])


def _section(table: ChartTable) -> PaperSection:
    head = tuple(table.head)
    rows = tuple(tuple(row) for row in table.rows)
    paper = PaperTable(table.id, table.title, head, head, rows, table.numeric)
    return PaperSection(table.id, table.title, table.about, (paper,))
