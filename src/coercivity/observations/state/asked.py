"""The observations that a run starts from: by the day on which they were known, and by the files of the user."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import astuple
from pathlib import Path

from coercivity.base.canonical import sha256_of_text
from coercivity.base.days import Day
from coercivity.base.errors import CoercivityError
from coercivity.market.run.observed import ObservedAsked
from coercivity.observations.rows import Observation, load_observations


def asked_of(known: Day | None = None, files: Sequence[Path] = ()) -> ObservedAsked:
    """Returns the observations known on a day, as runs and draws are asked to start from them.

    Args:
        known: Information cut-off; None for all rows.
        files: Files of the user with further rows.

    Raises:
        CoercivityError: If a row is invalid; every fault is given.
    """
    rows = load_observations(known, files)
    return ObservedAsked(known, tuple(str(path) for path in files), _content(rows))


def rows_of(asked: ObservedAsked) -> tuple[Observation, ...]:
    """Returns the rows that were asked for.

    Args:
        asked: What was asked for.

    Raises:
        CoercivityError: If a row is invalid, or the files changed since they were asked for.
    """
    rows = load_observations(asked.known, [Path(name) for name in asked.files])
    if _content(rows) != asked.content:
        what = "the observations are not those of the process that asks: a file or the pack was edited meanwhile"
        step = "edit no file while runs are solved, and install the same version on every computer; then run again"
        raise CoercivityError.of("OBSERVED-CHANGED", what, where=", ".join(asked.files), next=step)
    return rows


def _content(rows: Sequence[Observation]) -> str:
    """Returns the hash of rows, without the names of their files."""
    return sha256_of_text(json.dumps([astuple(row)[:-1] for row in rows], default=str))
