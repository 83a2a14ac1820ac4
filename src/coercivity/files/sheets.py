"""Named tables that belong together, as one workbook, one YAML file or one folder of CSV files holds them.

The place of every row and cell is kept, so that a fault names it as the user sees it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from coercivity.base.errors import Fault


@dataclass(frozen=True, slots=True)
class SheetLine:
    """A row that is not blank.

    Attributes:
        cells: Text by column number, as the user wrote it.
        where: Its place in the sheet: `row 5`, or `entry 4 (line 12)`.
        number: Its number, as in `where`.
        faults: What cannot be read in a cell, by column number.
    """

    cells: Mapping[int, str]
    where: str
    number: int
    faults: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class NamedSheet:
    """One table with its name.

    Attributes:
        name: Its name as the user wrote it.
        header: Names of the columns as the user wrote them.
        lines: Its rows.
        letters: Letters of the columns in a workbook; empty elsewhere.
        head: Place of the header: `row 1`; empty where there is none.
    """

    name: str
    header: tuple[str, ...]
    lines: tuple[SheetLine, ...]
    letters: tuple[str, ...] = ()
    head: str = ""

    def place(self, line: SheetLine, column: int | None = None) -> str:
        """Returns the place of a row or of one of its cells: `Parts row 5 (cell D5)`.

        Args:
            line: The row.
            column: Number of the column; None for the whole row.
        """
        place = f"{self.name} {line.where}"
        if column is None:
            return place
        if self.letters and column < len(self.letters):
            return f"{place} (cell {self.letters[column]}{line.number})"
        name = self.header[column] if column < len(self.header) else ""
        return f"{place}, {name}" if name else f"{place}, column {column + 1}"


@dataclass(frozen=True, slots=True)
class SheetSet:
    """The tables of one file.

    Attributes:
        where: The file as the user named it.
        sheets: The tables in their order.
        faults: What is wrong with the tables themselves, such as merged cells.
    """

    where: str
    sheets: tuple[NamedSheet, ...]
    faults: tuple[Fault, ...] = ()
