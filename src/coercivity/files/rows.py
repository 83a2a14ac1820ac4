"""Builds chunks from rows of text: every row gets the width of the table, readable or not, and none is lost."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from coercivity.base.errors import Fault
from coercivity.files.bounds import check_text
from coercivity.files.chunk import Chunk

if TYPE_CHECKING:
    import polars as pl


@dataclass(slots=True)
class Batch:
    """Consecutive rows of text, all at the width of the table.

    Attributes:
        rows: The cells; "" or None for an empty one.
        lines: Line of each row.
        broken: Errors of rows, by position.
        notes: Corrections made in a row, by position.
    """

    rows: Sequence[Sequence[str | None]]
    lines: Sequence[int]
    broken: dict[int, Fault] = field(default_factory=dict)
    notes: dict[int, tuple[str, ...]] = field(default_factory=dict)

    @property
    def height(self) -> int:
        """Number of rows."""
        return len(self.rows)


@dataclass(frozen=True, slots=True)
class Plain:
    """Consecutive rows without any error, as columns of text; null for an empty cell.

    Attributes:
        frame: All columns of the table.
        lines: Line of each row.
    """

    frame: pl.DataFrame
    lines: range

    @property
    def height(self) -> int:
        """Number of rows."""
        return self.frame.height


@dataclass(slots=True)
class _Held:
    """Rows waiting for a chunk to fill up."""

    frames: list[pl.DataFrame] = field(default_factory=list)
    lines: array[int] = field(default_factory=lambda: array("q"))
    broken: dict[int, Fault] = field(default_factory=dict)
    notes: dict[int, tuple[str, ...]] = field(default_factory=dict)
    text: int = 0


def chunks_of(
    batches: Iterable[Batch | Plain],
    names: Sequence[str],
    *,
    wanted: Sequence[str],
    rows: int,
    first: int,
    shared: Path | None = None,
) -> Iterator[Chunk]:
    """Regroups batches into chunks.

    Args:
        batches: The rows.
        names: Columns of the table.
        wanted: Columns to keep.
        rows: Rows per chunk.
        first: Number of the first data row.
        shared: The file, if its cells can share a text, so that it may grow when each cell gets its own.

    Yields:
        The chunks.

    Raises:
        CoercivityError: If the rows of a chunk contain more text than fits in memory.
    """
    places = [place for place, name in enumerate(names) if name in set(wanted)]
    skip, number, held = first - 1, first, _Held()
    for batch in batches:
        start = min(skip, batch.height)
        skip -= start
        while start < batch.height:
            stop = min(batch.height, start + rows - len(held.lines))
            if isinstance(batch, Plain):
                held.frames.append(batch.frame.select([names[place] for place in places])[start:stop])
                held.lines.extend(batch.lines[start:stop])
            else:
                if shared is not None:
                    held.text += sum(len(row[place] or "") for row in batch.rows[start:stop] for place in places)
                    check_text(shared, number, len(held.lines) + stop - start, held.text)
                _hold(held, batch, start, stop, {names[place]: place for place in places})
            start = stop
            if len(held.lines) == rows:
                yield _released(held, number)
                number, held = number + rows, _Held()
    if held.lines:
        yield _released(held, number)


def _hold(held: _Held, batch: Batch, start: int, stop: int, places: Mapping[str, int]) -> None:
    """Adds rows of a batch to the buffer."""
    import polars as pl

    rows = batch.rows if not start and stop == len(batch.rows) else batch.rows[start:stop]
    shift = len(held.lines) - start
    series = [pl.Series(name, [row[place] for row in rows], dtype=pl.String) for name, place in places.items()]
    held.frames.append(pl.DataFrame(series).with_columns(pl.all().replace("", None)) if series else pl.DataFrame())
    held.lines.extend(batch.lines[start:stop])
    for place, fault in batch.broken.items():
        if start <= place < stop:
            held.broken[place + shift] = fault
    for place, notes in batch.notes.items():
        if start <= place < stop:
            held.notes[place + shift] = notes


def _released(held: _Held, first: int) -> Chunk:
    """Returns the buffer as a chunk."""
    import polars as pl

    frame = held.frames[0] if len(held.frames) == 1 else pl.concat(held.frames, rechunk=True)
    return Chunk(first, frame, held.lines, dict(sorted(held.broken.items())), dict(sorted(held.notes.items())))
