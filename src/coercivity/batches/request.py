"""The settings of a run over a table, from plain arguments, with all errors reported at once."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from coercivity.base.errors import Argument, CoercivityError, Fault, Faults, brief_value, nearest
from coercivity.batches.judge.part import PartDecider
from coercivity.batches.plan import Plan
from coercivity.batches.stage.staging import type_faults
from coercivity.cases.arguments import Clocks, Law, clocks
from coercivity.cases.gather import Standing, declared
from coercivity.cases.sources import standing_of_file
from coercivity.data.input import Input
from coercivity.data.textyaml import file_in
from coercivity.files.table import TableFile, open_table
from coercivity.files.write.whole import write_file
from coercivity.intake.cells.column_words import is_name_of_column
from coercivity.intake.cells.columns import ColumnMap, check_map, map_text, missing_roles, propose, read_map
from coercivity.intake.cells.likeliest import MOST_CELLS, likeliest
from coercivity.law.engine.jurisdictions import Abroad, reading_book
from coercivity.law.rules.rulebook import Rulebook

if TYPE_CHECKING:
    import polars as pl

    from coercivity.files.chunk import Chunk

ROWS_LOOKED_AT = 10_000
FORMATS = ("parquet", "csv", "xlsx")
DRAFT = "mapping.draft.yaml"
MOST_ASKED = 20  # columns
# For each kind of file, the options that apply to it.
READ_BY = {"csv": ("encoding", "delimiter", "header_rows"), "xlsx": ("sheet", "header_rows")}


@dataclass(frozen=True, slots=True)
class TableAsked:
    """Which table to check, and how to read it.

    Attributes:
        path: CSV, XLSX, Parquet or Arrow file.
        standing: YAML file with compliance declarations for every row. Default: `standing.yaml` next to the table.
        mapping: Column mapping made earlier. Default: columns are recognised by their names.
        on_column: Column with the transaction date.
        sheet: Worksheet of an XLSX file.
        encoding: Encoding of a CSV file.
        delimiter: Delimiter of a CSV file.
        header_rows: Number of header rows.
        called: Display name of the table, if it is not the name of its file.

    Examples:
        >>> coercivity.TableAsked(Path("extract.csv"), on_column="date", delimiter=";").name
        'extract.csv'
    """

    path: Path
    standing: Input | None = None
    mapping: Input | None = None
    on_column: str | None = None
    sheet: str | None = None
    encoding: str | None = None
    delimiter: str | None = None
    header_rows: int | None = None
    called: str | None = None

    @property
    def name(self) -> str:
        """The display name of the table."""
        return self.called or self.path.name or self.path.resolve().name  # "." has no name

    @property
    def standing_file(self) -> Input | None:
        """The file with the compliance declarations: the one named, or `standing.yaml` next to the table if it exists.

        Raises:
            CoercivityError: If that is a link that leads out of the folder.
        """
        if self.standing is not None or not self.path.with_name("standing.yaml").is_file():
            return self.standing
        return file_in(self.path.parent, "standing.yaml")

    @property
    def reading(self) -> list[str]:
        """How to read the table, as plain data."""
        return [self.sheet or "", self.encoding or "", self.delimiter or "", str(self.header_rows or "")]


@dataclass(frozen=True, slots=True)
class Times:
    """The transaction date, information cut-off and planning assumptions, as typed."""

    on: str | None
    known: str | None
    assume: str | None

    def read(self, book: Rulebook, faults: Faults) -> Clocks:
        """Returns the parsed dates and assumptions; errors are added, not raised."""
        return clocks(book, self.on, self.known, self.assume, faults)


def at_least_one(numbers: Mapping[str, object]) -> None:
    """Checks numbers that must be at least 1.

    Args:
        numbers: Each number by the argument that gives it; None if it is not given.

    Raises:
        CoercivityError: With an error for every number below 1.
    """
    faults = Faults()
    for option, number in numbers.items():
        if number is not None and (not isinstance(number, int) or number < 1):
            what = f"expected a whole number of 1 or more, found {brief_value(number)}"
            faults.add("ARGUMENT", what, where=Argument(option), next="write 1 or more, or omit it")
    faults.raise_if_any()


def opened(asked: TableAsked) -> TableFile:
    """Opens the table.

    Raises:
        CoercivityError: If it cannot be read, or an option does not apply to its kind of file.
    """
    table = open_table(
        asked.path,
        sheet=asked.sheet,
        encoding=asked.encoding,
        delimiter=asked.delimiter,
        header_rows=asked.header_rows,
        is_name=is_name_of_column,
    )
    faults = Faults()
    for name in ("sheet", "encoding", "delimiter", "header_rows"):
        if getattr(asked, name) is not None and name not in READ_BY.get(table.kind, ()):
            option = Argument(name.replace("_", "-"))
            kinds = " and ".join(kind.upper() for kind, names in READ_BY.items() if name in names)
            what = f"--{option} applies to {kinds} files; {brief_value(asked.name)} is {table.kind}"
            faults.add("ARGUMENT", what, where=option, next="omit it, or name another file")
    faults.raise_if_any()
    return table


def plan_of(
    asked: TableAsked,
    table: TableFile,
    law: Law,
    times: Times,
    *,
    out: Path | None = None,
    abroad: tuple[Abroad, ...] = (),
) -> tuple[Plan, Rulebook, PartDecider]:
    """Returns the plan of a run, its rulebook and the decider of its rows.

    Args:
        asked: Which table, and how to read it.
        table: The opened table.
        law: The rulebook to use.
        times: Dates and planning assumptions.
        out: Folder for a draft mapping, written if the column names are not sufficient.
        abroad: Other jurisdictions whose rules apply; the rows are then read with the facts of all.

    Raises:
        CoercivityError: With every error in the settings of the plan.
    """
    book, faults = law.book(), Faults()
    book = reading_book(book) if abroad else book
    day = times.read(book, faults)
    columns, standing = ColumnMap(), Standing()
    try:
        columns = (
            read_map(book, asked.mapping)
            if asked.mapping is not None
            else propose(book, table.columns, on_column=asked.on_column)
        )
        check_map(columns, table.columns, on_given=day.on is not None, where=asked.name, book=book)
    except CoercivityError as error:
        proposed = out is not None and asked.mapping is None
        draft = _drafted(columns, table, out, on_given=day.on is not None) if proposed and out is not None else ""
        faults.items.extend(_with_next(fault, draft) for fault in error.faults)
        if any(fault.code == "MAP-MISSING" for fault in error.faults):
            settled = columns.unused if asked.mapping is not None else ()
            faults.items.extend(_asked(book, table, {*columns.columns, *settled}, asked.name))
    try:
        block = asked.standing_file
        standing = standing_of_file(block) if block is not None else standing
        standing = declared(book.catalogue, standing, "standing", faults)
    except CoercivityError as error:
        faults.items.extend(error.faults)
    faults.raise_if_any()
    # In the order of the table: the order in which a mapping names its columns must not matter.
    roles = {name: columns.columns[name] for name in table.columns if name in columns.columns}
    _check_types(table, roles, asked.name)
    empty = left_blank(roles, standing, (chunk.frame for chunk in _of(table, roles, standing)))
    roles = {name: role for name, role in roles.items() if name not in empty}
    columns = replace(columns, columns=roles, unused=tuple(name for name in table.columns if name not in roles))
    plan = Plan(
        columns,
        standing,
        day.on,
        day.known,
        day.assume,
        law.pack,
        tuple(law.overlays),
        law.party_inputs,
        book.party_files.key,
        book.word_files,
        abroad,
    )
    return plan, book, PartDecider(book, plan)  # checks the compliance declarations and the constants


def _asked(book: Rulebook, table: TableFile, settled: Collection[str], where: str) -> Iterator[Fault]:
    """Yields a question for each column without a role, with the ten roles it most likely has."""
    left = [name for name in table.columns if name not in settled and name not in table.nested]
    chunk = next(table.chunks(MOST_CELLS, columns=left), None) if left else None
    for name in left[:MOST_ASKED]:
        cells = [] if chunk is None else [None if cell is None else str(cell) for cell in chunk.frame[name]]
        what = f"column {brief_value(name)!r} is not mapped; which of these is it?"
        yield Fault("MAP-ASK", what, where, likeliest(book, name, cells), "map it, or list it under unused")


def _with_next(fault: Fault, step: str) -> Fault:
    return replace(fault, next="; ".join(filter(None, (fault.next, step))))


def _drafted(columns: ColumnMap, table: TableFile, out: Path, *, on_given: bool) -> str:
    """Writes a draft of a rejected mapping and returns the next step; an existing file of that name is kept."""
    kept = {name: role for name, role in columns.columns.items() if name in table.columns}
    unused = tuple(dict.fromkeys(name for name in table.columns if name not in kept))
    found = replace(columns, columns=kept, unused=unused)
    missing = missing_roles(found, on_given=on_given)
    path, content = out / DRAFT, map_text(found, missing=tuple(missing)).encode()
    if not missing:
        return ""
    try:
        if os.path.lexists(path) and (path.is_symlink() or path.read_bytes() != content):
            return f"{path} already exists and was not overwritten"
        out.mkdir(parents=True, exist_ok=True)
        write_file(path, content)
    except (OSError, CoercivityError):
        return ""  # the mapping is the error to report; the next run reports the folder
    return f"or complete {path} and pass it with `--map`"


def left_blank(roles: Mapping[str, str], standing: Standing, frames: Iterable[pl.DataFrame]) -> frozenset[str]:
    """Returns the columns of compliance declarations that are blank in every row, so that the block applies to them.

    If some row fills the column, a blank cell leaves the fact open; a wholly blank column is treated as absent.

    Args:
        roles: Role of each column.
        standing: The compliance declarations.
        frames: The rows, part by part; only as many are read as needed.
    """
    left = {name for name, role in roles.items() if role in standing.facts}
    for frame in frames if left else ():
        left = {name for name in sorted(left) if _nothing_in(frame[name])}
        if not left:
            break
    return frozenset(left)


def _nothing_in(series: pl.Series) -> bool:
    """Returns whether every cell of a column is blank."""
    import polars as pl

    texts = series.drop_nulls().cast(pl.String)
    return not bool((texts.str.strip_chars().str.len_chars() > 0).any())


def _of(table: TableFile, roles: Mapping[str, str], standing: Standing) -> Iterator[Chunk]:
    """Yields the rows of the columns that the compliance declarations also answer; nothing if there are none."""
    names = tuple(name for name, role in roles.items() if role in standing.facts)
    if names:
        yield from table.chunks(ROWS_LOOKED_AT, columns=names)


def _check_types(table: TableFile, roles: Mapping[str, str], name: str) -> None:
    """Raises CoercivityError if a typed file has a column whose type cannot be read."""
    if table.kind not in ("parquet", "arrow") or not roles:
        return
    faults = Faults()
    for chunk in table.chunks(1, columns=tuple(roles)):
        type_faults(chunk.frame.schema, roles, name, faults)
        break
    faults.raise_if_any()


def formats_of(formats: Sequence[str], kind: str) -> tuple[str, ...]:
    """Returns the formats of the results: those named, or that of the table.

    Raises:
        CoercivityError: With an error for every unsupported format.
    """
    faults = Faults()
    for name in formats:
        if name not in FORMATS:
            what = f"format {name[:40]!r} is not supported"
            faults.add("BATCH-FORMAT", what, nearest=nearest(name, FORMATS), next=f"one of {', '.join(FORMATS)}")
    faults.raise_if_any()
    return tuple(dict.fromkeys(formats)) or (kind if kind in FORMATS else "parquet",)
