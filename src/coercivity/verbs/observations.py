"""The verb `data observations`: reported numbers as known on a day, and what the model can say of each."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

from coercivity.base.canonical import round_sig
from coercivity.base.days import Day, needed_day
from coercivity.base.errors import Argument
from coercivity.observations.rows import Loaded, Observation, Replaced, load_all
from coercivity.observations.series import Match, match_of, matched
from coercivity.papers.shared.words import reason_in

__all__ = ["ObservationEntry", "Observations", "data_observations", "observations_of", "reason_in"]


class ObservationEntry(TypedDict):
    """One reported number.

    `figure` is the figure of a run that it is compared with, as block and names; empty if there is none, and `why_not`
    then says why. `value`, `low` and `high` are in `unit`, and None where the row has no number.
    """

    id: str
    kind: str
    series: str
    partner: str
    form: str
    basis: str
    freq: str
    period_start: str
    period_end: str
    published: str
    known_on: str
    value: float | None
    low: float | None
    high: float | None
    unit: str
    quality: str
    use: bool
    figure: str
    how: str
    error_kind: str
    stage: str
    why_not: str
    file: str


@dataclass(frozen=True, slots=True)
class Observations:
    """Reported numbers.

    Attributes:
        known: Information cut-off; None for all rows.
        entries: The rows.
        replaced: Rows of the pack in whose place rows of a user are used.
    """

    known: Day | None
    entries: tuple[ObservationEntry, ...]
    replaced: tuple[Replaced, ...]

    @property
    def compared(self) -> int:
        """Number of rows with a figure of the model."""
        return sum(1 for entry in self.entries if entry["figure"])


def observations_of(known: Day | str | None = None, files: Sequence[Path | str] = ()) -> Loaded:
    """Returns the reported numbers known on a day, with those of a user's files; the same for every verb.

    Args:
        known: Information cut-off; None for all rows.
        files: Files of a user with further rows.

    Raises:
        CoercivityError: If the day does not exist, or a row is invalid; every fault of every file is given.
    """
    day = needed_day(known, Argument("known")) if isinstance(known, str) else known
    return load_all(day, [Path(path) for path in files])


def data_observations(
    known: Day | str | None = None,
    *,
    series: str = "",
    files: Sequence[Path | str] = (),
    unused: bool = False,
) -> Observations:
    """Returns reported numbers with the figure of a run that each is compared with, or why there is none.

    Args:
        known: Information cut-off; None for all rows.
        series: Only rows whose series contains this text, whatever its case.
        files: Files of a user with further rows.
        unused: Also return rows that are not to be used.

    Raises:
        CoercivityError: If the day does not exist, or a row is invalid; every fault of every file is given.
    """
    loaded = observations_of(known, files)
    told = {row.id: match for row, match in matched(loaded.used)}
    wanted = series.casefold()
    rows = [row for row in loaded.rows if (unused or row.used) and wanted in row.series.casefold()]
    entries = tuple(_entry(row, told.get(row.id) or match_of(row)) for row in rows)
    day = needed_day(known, Argument("known")) if isinstance(known, str) else known
    return Observations(day, entries, loaded.replaced)


def _entry(row: Observation, match: Match | str) -> ObservationEntry:
    counted = match if isinstance(match, Match) and row.used else None
    why = match if isinstance(match, str) else ""
    return {
        "id": row.id,
        "kind": row.kind,
        "series": row.series,
        "partner": row.partner,
        "form": row.form,
        "basis": row.basis,
        "freq": row.freq,
        "period_start": row.first_on.isoformat(),
        "period_end": row.last_on.isoformat(),
        "published": row.published_on.isoformat() if row.published_on else "",
        "known_on": row.known_on.isoformat(),
        "value": None if math.isnan(row.value) else round_sig(row.value),
        "low": None if row.low is None else round_sig(row.low),
        "high": None if row.high is None else round_sig(row.high),
        "unit": row.unit,
        "quality": row.quality,
        "use": row.used,
        "figure": _figure(counted) if counted else "",
        "how": counted.how if counted else "",
        "error_kind": counted.kind if counted else "",
        "stage": counted.stage if counted else "",
        "why_not": "" if counted else (row.why_not if not row.used else why),
        "file": row.file,
    }


def _figure(match: Match) -> str:
    under = " / " + " + ".join(match.denominators) if match.denominators else ""
    scale = "" if match.scale == 1.0 else f" x {match.scale:g}"
    return f"{match.block} {' + '.join(match.names)}{under}{scale}"
