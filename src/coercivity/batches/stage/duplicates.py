"""Duplicate ids in a table of any size, found in bounded memory."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from coercivity.files.write.whole import writing

if TYPE_CHECKING:
    import numpy as np
    import polars as pl
    from numpy.typing import NDArray

BUCKETS = 64
_SHIFT = 58  # the upper six bits choose the bucket


def ids_twice(series: Callable[[], Iterable[pl.Series]], folder: Path) -> pl.Series:
    """Returns the ids that appear on more than one row, sorted; blanks are not ids.

    Hashes of the ids are written to files by their first bits, so that one bucket at a time fits in memory; ids with
    the same hash are then compared as text.

    Args:
        series: Returns the ids part by part; called again for a second pass.
        folder: Folder for the hashes; it is emptied afterwards.

    Raises:
        CoercivityError: If the ids cannot be read, or the disk is full.
    """
    import numpy as np
    import polars as pl

    paths = [folder / f"bucket-{number:02d}" for number in range(BUCKETS)]
    with writing(folder):
        folder.mkdir(parents=True, exist_ok=True)
        with ExitStack() as opened:
            streams = [opened.enter_context(path.open("wb")) for path in paths]
            for ids in series():
                hashes = np.sort(_hashes(_clean(ids).drop_nulls()))
                ends = np.searchsorted(hashes >> np.uint64(_SHIFT), np.arange(BUCKETS + 1))
                for number, stream in enumerate(streams):
                    stream.write(hashes[ends[number] : ends[number + 1]].tobytes())
        found = [_repeated(np.fromfile(path, np.uint64)) for path in paths]
        for path in paths:
            path.unlink()
        folder.rmdir()
    suspects = np.concatenate(found)
    if not len(suspects):
        return pl.Series("id", [], pl.String)
    some = [ids.filter(pl.Series(among(_hashes(ids), suspects))) for ids in map(_clean, series())]
    counted = pl.concat(some).drop_nulls().value_counts().filter(pl.col("count") > 1)
    return counted[counted.columns[0]].alias("id").sort()


def marked(ids: pl.Series, twice: pl.Series) -> NDArray[np.bool_]:
    """Returns which rows have one of the duplicate ids, shape (rows,)."""
    found: NDArray[np.bool_] = _clean(ids).is_in(twice.implode()).fill_null(False).to_numpy()
    return found


def among(hashes: NDArray[np.uint64], suspects: NDArray[np.uint64]) -> NDArray[np.bool_]:
    """Returns which hashes are in a sorted array, shape (rows,)."""
    import numpy as np

    places = np.minimum(np.searchsorted(suspects, hashes), len(suspects) - 1)
    found: NDArray[np.bool_] = suspects[places] == hashes
    return found


def distinct_hashes(files: Iterable[Path]) -> int:
    """Returns how many distinct numbers are in files of sorted numbers, one bucket at a time."""
    import numpy as np

    held = [np.load(path, mmap_mode="r") for path in files]
    count, steps = 0, 16
    for step in range(steps):
        low, high = np.uint64(step << 60), np.uint64(((step + 1) << 60) - 1)
        some = [h[np.searchsorted(h, low) : np.searchsorted(h, high, side="right")] for h in held]
        count += len(np.unique(np.concatenate(some))) if some else 0
    return count


def _clean(ids: pl.Series) -> pl.Series:
    import polars as pl

    return ids.cast(pl.String).str.strip_chars().replace("", None)


def _hashes(ids: pl.Series) -> NDArray[np.uint64]:
    return ids.hash(17).to_numpy()


def _repeated(hashes: NDArray[np.uint64]) -> NDArray[np.uint64]:
    import numpy as np

    hashes = np.sort(hashes)
    return np.unique(hashes[1:][hashes[1:] == hashes[:-1]])
