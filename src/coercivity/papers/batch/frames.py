"""A run over a table as data frames: its counts, and the result of each row."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from coercivity.batches.tally import Tally
from coercivity.files.chunk import unreadable
from coercivity.papers.shared.tables.frames import Frames, frame_of

if TYPE_CHECKING:
    import polars as pl

_DECISIONS = "decisions"
_READ = (".csv", ".parquet")


def batch_frames(tally: Tally, files: Mapping[str, Path]) -> Frames:
    """Returns the tables by name: rows and mass by outcome, counts by subject, and the decisions that were written.

    Decisions in a workbook only are left out; `formats=("parquet",)` writes them as a file that can be read.

    Args:
        tally: The counts.
        files: The files written, by kind.
    """
    outcomes = [(word, tally.outcomes[word], tally.mass_kg.get(word)) for word in sorted(tally.outcomes)]
    counters = (
        ("finding", tally.findings),
        ("rule", tally.rules),
        ("missing_fact", tally.missing),
        ("input_error", tally.input_errors),
        ("not_a_deal", tally.not_deals),
    )
    counts = [(kind, word, counter[word]) for kind, counter in counters for word in sorted(counter)]
    found: dict[str, partial[pl.DataFrame]] = {
        "outcomes": partial(frame_of, ("outcome", "rows", "mass_kg"), outcomes, ("mass_kg",)),
        "counts": partial(frame_of, ("kind", "subject", "rows"), counts),
    }
    path = next((path for path in files.values() if path.stem == _DECISIONS and path.suffix in _READ), None)
    if path is not None:
        found[_DECISIONS] = partial(_decisions, path)
    return found


def _decisions(path: Path) -> pl.DataFrame:
    """Reads the written decisions; those of a CSV file are text, as written there."""
    import polars as pl

    try:
        if path.suffix == ".parquet":
            return pl.read_parquet(path)
        return pl.read_csv(path, infer_schema=False)
    except OSError as error:
        raise unreadable(path, error) from error
