"""Files of a user with observations of their own: a CSV file or a workbook with columns of the packed table."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from coercivity.base.errors import CoercivityError, Fault, Faults, brief_value, nearest
from coercivity.data.columns import Schema
from coercivity.data.packs import Pack
from coercivity.data.tables import scan_table
from coercivity.files.table import TableFile, open_table
from coercivity.observations.row_checks import cells_of, units_of

MOST_BYTES = 8 * 2**20
MOST_ROWS = 20_000
_ROWS = 5_000
_WHOLE = "own"
# Columns that are filled in from others, where a fault of theirs is to be corrected.
_FILLED = {"unit_std": "unit", "value_std": "value"}
# Columns that are those of the packed rows of the series where they are blank.
_OF_SERIES = ("reporter", "partner", "flow", "element")
# Columns that a file must have; the others may be left out.
NEEDED = ("id", "kind", "series", "freq", "period_start", "period_end", "value", "unit", "quality", "use")


@dataclass(frozen=True, slots=True)
class OwnFile:
    """A user's file.

    Attributes:
        path: The file.
        rows: Its rows as text, with every column of the packed table.
        lines: Line or sheet row of each.
        columns: Position of the columns in the file, counted from 1.
        broken: Rows with a cell that is not of its type.
    """

    path: Path
    rows: list[dict[str, str]]
    lines: list[int]
    columns: dict[str, int]
    broken: frozenset[int] = frozenset()

    def place(self, at: int, column: str) -> str:
        """Returns file, line and column of a cell; of a column that the file does not have, the first."""
        shown = column if column in self.columns else _FILLED.get(column, column)
        return f"{self.path.as_posix()}:{self.lines[at]}:{self.columns.get(shown, 1)}"


@dataclass(frozen=True, slots=True)
class _Text:
    text: str

    def read_bytes(self) -> bytes:
        return self.text.encode()


def files_hash(files: Sequence[Path]) -> str:
    """Returns the hash of the content of some files, whatever their names and order; empty without files.

    Raises:
        CoercivityError: If a file cannot be read.
    """
    return _combined([hashlib.sha256(_bytes(path)).hexdigest() for path in files])


def _combined(hashes: Sequence[str]) -> str:
    return hashlib.sha256("\n".join(sorted(hashes)).encode()).hexdigest() if hashes else ""


def _bytes(path: Path) -> bytes:
    path = Path(path)
    if not path.is_file():
        here = [entry.name for entry in path.parent.iterdir()][:200] if path.parent.is_dir() else []
        close = nearest(path.name, here)
        where = path.as_posix()
        raise CoercivityError.of("FILE-MISSING", "file not found", where=where, nearest=close, next="check the name")
    size = path.stat().st_size
    if size > MOST_BYTES:
        what = f"the file has {size:,} bytes; the limit is {MOST_BYTES:,}"
        step = "split it, or check that it is the file you meant"
        raise CoercivityError.of("FILE-SIZE", what, where=path.as_posix(), next=step)
    try:
        return path.read_bytes()
    except OSError as error:
        what = f"the file cannot be read: {error.strerror}"
        raise CoercivityError.of("FILE-MISSING", what, where=path.as_posix(), next="check its permissions") from None


def read_own(path: Path, pack: Pack, faults: Faults) -> OwnFile:
    """Reads a user's file and adds every fault of its columns and cells.

    Standard unit and number, and who counted which flow of what, are filled in where they are blank: a file needs
    only the number and its scope.

    Args:
        path: The file.
        pack: The pack of observations.
        faults: Collects the faults.

    Returns:
        Its rows.

    Raises:
        CoercivityError: If it cannot be read as a table.
    """
    path = Path(path)
    _bytes(path)
    schema = pack.schemas["observations"]
    table = open_table(path, is_name=lambda name: name in schema.names)
    columns = _columns(table, schema, faults)
    read = list(_rows(table, faults))
    if len(read) > MOST_ROWS:
        what = f"more than {MOST_ROWS:,} rows"
        raise CoercivityError.of("FILE-SIZE", what, where=path.as_posix(), next="split it")
    units = units_of(pack)
    alike = {(row["kind"], row["series"]): row for row in cells_of(pack.table("observations")) if row["use"] == "1"}
    rows = [{**dict.fromkeys(schema.names, ""), **_known(row, schema)} for _, row in read]
    for row in rows:
        _fill(row, units)
        packed = alike.get((row["kind"], row["series"]), {})
        row |= {name: packed[name] for name in _OF_SERIES if packed and not row[name]}
    own = OwnFile(path, rows, [line for line, _ in read], columns)
    return replace(own, broken=_broken(own, schema, faults))


def _columns(table: TableFile, schema: Schema, faults: Faults) -> dict[str, int]:
    where = f"{table.path.as_posix()}:1"
    for at, name in enumerate(table.columns, 1):
        if name not in schema.names:
            near = nearest(name, schema.names)
            what = f"unknown column {brief_value(name)!r}"
            faults.add("TABLE-COLUMN", what, where=f"{where}:{at}", nearest=near, next="rename or remove it")
    for name in NEEDED:
        if name not in table.columns:
            near = nearest(name, [other for other in table.columns if other not in schema.names])
            faults.add("TABLE-COLUMN", f"column {name!r} is missing", where=where, nearest=near, next="add it")
    return {name: at for at, name in enumerate(table.columns, 1) if name in schema.names}


def _rows(table: TableFile, faults: Faults) -> Iterator[tuple[int, dict[str, str]]]:
    count = 0
    for chunk in table.chunks(_ROWS):
        lines = chunk.lines or range(chunk.first + 1, chunk.first + 1 + chunk.frame.height)
        for at, (line, cells) in enumerate(zip(lines, chunk.frame.iter_rows(), strict=True)):
            if at in chunk.broken:
                faults.items.append(replace(chunk.broken[at], where=f"{table.path.as_posix()}:{line}"))
                continue
            texts = [" ".join(str(cell).split()) if cell is not None else "" for cell in cells]
            if any(texts):
                yield line, dict(zip(chunk.frame.columns, texts, strict=True))
                count += 1
        if count > MOST_ROWS:
            return


def _known(row: dict[str, str], schema: Schema) -> dict[str, str]:
    return {name: text for name, text in row.items() if name in schema.names}


def _fill(row: dict[str, str], units: dict[str, tuple[str, float]]) -> None:
    """Fills what follows from the other cells where it is blank."""
    row["origin"] = "user"
    row["published_how"] = row["published_how"] or ("read" if row["published"] else "unknown")
    row["retrieval"] = row["retrieval"] or ("assumed" if row["quality"] == "assumed" else "read")
    if row["unit"] in units:
        standard, factor = units[row["unit"]]
        row["unit_std"] = row["unit_std"] or standard
        try:
            row["value_std"] = row["value_std"] or (f"{float(row['value']) * factor:.15g}" if row["value"] else "")
        except ValueError:
            return  # told as a fault of the cell


def _broken(own: OwnFile, schema: Schema, faults: Faults) -> frozenset[int]:
    """Checks the cells by the schema of the packed table; returns the rows with a fault."""
    stream = io.StringIO()
    writer = csv.DictWriter(stream, schema.names, lineterminator="\n")
    writer.writeheader()
    writer.writerows(own.rows)
    unkeyed = Schema(schema.table, tuple(replace(column, key=False) for column in schema.columns))
    found, bad = Faults(), set[int]()
    scan_table(_Text(stream.getvalue()), unkeyed, found, where=_WHOLE)
    for fault in found.items:
        if fault.where == _WHOLE:  # so many faults that the rest is not listed
            faults.items.append(replace(fault, where=own.path.as_posix()))
            continue
        at, column = _cell(fault)
        name = schema.names[column]
        bad.add(at)
        faults.items.append(replace(fault, where=own.place(at, name)))
    return frozenset(bad)


def _cell(fault: Fault) -> tuple[int, int]:
    _, line, column = fault.where.split(":")
    return int(line) - 2, int(column) - 1
