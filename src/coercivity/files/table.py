"""Opens a table file of any supported type: detects the type and passes it to its reader."""

from __future__ import annotations

from pathlib import Path

from coercivity.base.errors import Faults
from coercivity.files.chunk import Chunk, TableFile, unreadable
from coercivity.files.header import IsName
from coercivity.files.kinds import kind_of

__all__ = ["Chunk", "TableFile", "open_table"]


def open_table(
    path: Path,
    *,
    sheet: str | None = None,
    encoding: str | None = None,
    delimiter: str | None = None,
    header_rows: int | None = None,
    is_name: IsName | None = None,
) -> TableFile:
    """Opens a table and reads its header, but not its rows.

    Args:
        path: A CSV, XLSX, Parquet or Arrow file; its content decides the type, not its name.
        sheet: Worksheet of an XLSX file. Default: the first visible one that is not empty.
        encoding: Encoding of a CSV file. Default: detected.
        delimiter: Delimiter of a CSV file. Default: detected.
        header_rows: Number of header rows of a CSV or XLSX file. Default: detected.
        is_name: Returns whether a text is a usual name of a column, to tell the header from the lines above it.

    Returns:
        The table.

    Raises:
        CoercivityError: If the file cannot be read as a table.
    """
    path = Path(path)
    faults = Faults()
    if header_rows is not None and not 1 <= header_rows <= 3:
        faults.add("TABLE-HEADER", f"{header_rows} header rows; expected 1 to 3", where=str(path))
    faults.raise_if_any()
    try:
        kind, notes = kind_of(path)
        if kind == "xlsx":
            from coercivity.files.xlsx.table import open_xlsx

            return open_xlsx(path, sheet=sheet, header_rows=header_rows, notes=notes, is_name=is_name)
        if kind in ("parquet", "arrow", "arrow stream"):
            from coercivity.files.columnar import open_columnar

            return open_columnar(path, kind, notes=notes)
        from coercivity.files.delimited import open_delimited

        return open_delimited(
            path, encoding=encoding, delimiter=delimiter, header_rows=header_rows, notes=notes, is_name=is_name
        )
    except OSError as error:
        raise unreadable(path, error) from error
