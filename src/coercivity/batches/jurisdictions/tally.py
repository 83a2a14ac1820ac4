"""Counts of a table under several laws: by outcome, by law and outcome, and by conflict."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypedDict

from coercivity.batches.stage.column import Column

if TYPE_CHECKING:
    import numpy as np
    import polars as pl
    from numpy.typing import NDArray


class SidesTallyData(TypedDict):
    """The counts as plain data; `conflicts` are rows in which a conflict is certain, then those in which it may be."""

    rows: int
    input_errors: int
    not_deals: int
    outcomes: dict[str, int]
    by_law: dict[str, dict[str, int]]
    conflicts: dict[str, list[int]]


@dataclass(slots=True)
class SidesTally:
    """Counts of rows.

    Attributes:
        rows: All rows.
        input_errors: Rows that could not be read.
        not_deals: Rows that are no deals, such as totals.
        outcomes: Deals by their most restrictive outcome.
        by_law: Deals by outcome under each law.
        sure: Deals by conflict that is certain.
        perhaps: Deals by conflict that may be.
    """

    rows: int = 0
    input_errors: int = 0
    not_deals: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    by_law: dict[str, Counter[str]] = field(default_factory=dict)
    sure: Counter[str] = field(default_factory=Counter)
    perhaps: Counter[str] = field(default_factory=Counter)

    def add(self, other: SidesTally) -> None:
        """Adds the counts of the next part."""
        self.rows += other.rows
        self.input_errors += other.input_errors
        self.not_deals += other.not_deals
        self.outcomes += other.outcomes
        for label, counts in other.by_law.items():
            self.by_law[label] = self.by_law.get(label, Counter()) + counts
        self.sure += other.sure
        self.perhaps += other.perhaps

    def as_dict(self) -> SidesTallyData:
        """Returns the counts as plain data for JSON."""
        names = sorted({*self.sure, *self.perhaps})
        return {
            "rows": self.rows,
            "input_errors": self.input_errors,
            "not_deals": self.not_deals,
            "outcomes": dict(sorted(self.outcomes.items())),
            "by_law": {label: dict(sorted(counts.items())) for label, counts in self.by_law.items()},
            "conflicts": {name: [self.sure[name], self.perhaps[name]] for name in names},
        }


def tally_of(
    frame: pl.DataFrame, outcomes: Mapping[str, pl.Series], met: Column, kept: NDArray[np.bool_]
) -> SidesTally:
    """Returns the counts of a part.

    Args:
        frame: Its results.
        outcomes: Outcome of each row under each law.
        met: The conflicts that each row meets or may meet.
        kept: Whether each row is a deal that was read.
    """
    import numpy as np

    def counted(column: pl.Series) -> Counter[str]:
        return Counter(dict(column.drop_nulls().value_counts().iter_rows()))

    found = SidesTally(
        frame.height,
        frame["input_error"].count(),
        frame["not_a_deal"].count(),
        counted(frame["outcome"]),
        {label: counted(column) for label, column in outcomes.items()},
    )
    for each, rows in zip(met.values, np.bincount(met.codes[kept], minlength=len(met.values)).tolist(), strict=True):
        for one in each if rows else ():
            (found.sure if one.sure else found.perhaps)[one.text.id] += rows
    return found
