"""What screening found for the parties of rows: the verdicts of each row, and the parties still to be identified."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from coercivity.batches.stage.column import Clocks, Column, joined
from coercivity.intake.parties.screening import ROLES
from coercivity.law.engine.name_questions import NO_NAME, NameQuestion
from coercivity.law.engine.screened import NameShown

if TYPE_CHECKING:
    import numpy as np
    import polars as pl
    from numpy.typing import NDArray

JOINT = "; "


def screening_of(screened: Sequence[Column], height: int) -> pl.Series:
    """Returns role and verdict of each party of each row; null for a row without a party.

    Args:
        screened: For each fact that names a party, what the proof says of it.
        height: Number of rows.
    """
    import polars as pl

    if not screened:
        return pl.Series("screening", [None], pl.String).new_from_index(0, height)
    told = []
    for column in screened:
        said = Column(column.name, column.codes, tuple(_told(one) for one in column.values))
        told.append(joined(column.name, [said], lambda text: (text, "")))  # a few texts, whatever the number of names
    whole = joined("screening", told, lambda *texts: (JOINT.join(filter(None, texts)) or None, ""))
    return pl.Series("screening", list(whole.values), pl.String).gather(whole.codes)


def unidentified(names: Column | None, days: Column, kept: NDArray[np.bool_]) -> dict[tuple[str, str], int]:
    """Returns the rows in which a party has to be identified, by role and name.

    Args:
        names: Questions about names, by row; None if there are none in any row.
        days: Transaction date and information cut-off of every row.
        kept: Whether a row was decided, shape (rows,).
    """
    import numpy as np

    if names is None:
        return {}

    def open_on(questions: tuple[NameQuestion, ...], clocks: Clocks | None) -> tuple[tuple[tuple[str, str], ...], str]:
        if clocks is None:
            return (), ""
        return tuple(dict.fromkeys((one.fact, one.written) for one in questions if one.is_open_on(clocks[0]))), ""

    asked = joined("names", [names, days], open_on)
    found: Counter[tuple[str, str]] = Counter()
    for pairs, rows in zip(asked.values, np.bincount(asked.codes[kept], minlength=len(asked.values)), strict=True):
        for pair in pairs if rows else ():
            found[pair] += int(rows)
    return dict(found)


def _told(name: NameShown | None) -> str:
    """Returns role and verdict; blank if there is no party, or a placeholder where none is required."""
    if name is None or (name["fact"] in ROLES and NO_NAME in name.get("remarks", ())):
        return ""
    return f"{name['fact']}: {name['verdict']}"
