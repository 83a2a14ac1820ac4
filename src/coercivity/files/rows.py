"""Builds chunks from rows of text: every row gets the width of the table, whole or broken, and none is lost."""

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
    """Rows of text that follow each other, all in the width of the table.

    Attributes:
        rows: The cells; "" or nothing for an empty one.
        lines: The line of every row.
        broken: What is wrong with a row, by place.
        notes: What was put right in a row, by place.
    """

    rows: Sequence[Sequence[str | None]]
    lines: Sequence[int]
    broken: dict[int, Fault] = field(default_factory=dict)
    notes: dict[int, tuple[str, ...]] = field(default_factory=dict)


@dataclass(slots=True)
class _Held:
    """What waits for a chunk to be full."""

    frames: list[pl.DataFrame] = field(default_factory=list)
    lines: array[int] = field(default_factory=lambda: array("q"))
    broken: dict[int, Fault] = field(default_factory=dict)
    notes: dict[int, tuple[str, ...]] = field(default_factory=dict)
    text: int = 0


def chunks_of(
    batches: Iterable[Batch],
    names: Sequence[str],
    *,
    wanted: Sequence[str],
    rows: int,
    first: int,
    shared: Path | None = None,
) -> Iterator[Chunk]:
    """Cuts batches into chunks.

    Args:
        batches: The rows.
        names: The columns of the table.
        wanted: The columns to keep.
        rows: Rows in a chunk.
        first: The number of the data row to begin with.
        shared: The file, where its cells may share a text, so that it may swell when each gets its own.

    Yields:
        The chunks.

    Raises:
        CoercivityError: When the rows of a chunk hold more text than fits in memory.
    """
    places = [place for place, name in enumerate(names) if name in set(wanted)]
    skip, number, held = first - 1, first, _Held()
    for batch in batches:
        start = min(skip, len(batch.rows))
        skip -= start
        while start < len(batch.rows):
            stop = min(len(batch.rows), start + rows - len(held.lines))
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
    """Adds rows of a batch to what is held."""
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
    """Returns what is held as a chunk."""
    import polars as pl

    frame = held.frames[0] if len(held.frames) == 1 else pl.concat(held.frames, rechunk=True)
    return Chunk(first, frame, held.lines, dict(sorted(held.broken.items())), dict(sorted(held.notes.items())))
