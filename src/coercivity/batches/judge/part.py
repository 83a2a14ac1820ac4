"""One part of a table: rows in, one result per row out, in the same order, with none lost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from coercivity.batches.judge.answers import (
    NOTE_JOINT,
    Around,
    answers_of,
    beside,
    days_of,
    notes_of,
    readings_of,
    said_of,
    told,
)
from coercivity.batches.judge.hashes import seals
from coercivity.batches.judge.parties import screening_of, unidentified
from coercivity.batches.judge.rulings import Judge, Rulings
from coercivity.batches.plan import Plan
from coercivity.batches.stage.no_deals import no_deals
from coercivity.batches.stage.reading import ReadRows, RowReader
from coercivity.batches.stage.rows import Rows
from coercivity.batches.stage.statements import masses
from coercivity.law.rules.rulebook import Rulebook

if TYPE_CHECKING:
    import numpy as np
    import polars as pl
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class DecidedPart:
    """The results of a part.

    Attributes:
        frame: One row per row of the part: see `docs/batch.md` for the columns.
        mass_kg: Mass of each row [kg], NaN if unknown, shape (rows,); empty if no proofs are requested, as are
            the next two.
        seals: First 64 bits of each distinct decision hash, sorted.
        readings: How words were interpreted: column, text, reading, rows.
        names: Rows in which a party has to be identified, by role and name.
    """

    frame: pl.DataFrame
    mass_kg: NDArray[np.float64]
    seals: NDArray[np.uint64]
    readings: Mapping[tuple[str, str, str], int]
    names: Mapping[tuple[str, str], int] = field(default_factory=dict)


class PartDecider:
    """Decides the parts of one table, one after another.

    Args:
        book: The rulebook.
        plan: What applies to every row.
        proofs: Whether to compute the decision hash of each row.

    Attributes:
        reader: Reads the rows.

    Raises:
        CoercivityError: With every error of the compliance declarations and of the constants.
    """

    def __init__(self, book: Rulebook, plan: Plan, *, proofs: bool = True) -> None:
        import polars as pl

        self._book, self._plan = book, plan
        self.reader = RowReader(book, plan)
        self._judge, self._proofs = Judge(book, plan.assume, proofs=proofs), proofs
        self._held: dict[int, tuple[int, pl.DataFrame]] = {}
        # Results without proofs are returned as indices into one list of words, which is much faster.
        self._words = pl.String() if proofs else pl.Categorical(pl.Categories.random())

    @property
    def kinds(self) -> int:
        """Number of kinds of rows decided so far."""
        return self._judge.kinds

    def decide(self, rows: Rows) -> DecidedPart:
        """Returns the results of some rows."""
        import numpy as np

        read = self.reader.read(rows.frame)
        facts, days = read.facts, read.days
        places, rulings = self._judge.rule(facts, days)
        none: tuple[NDArray[np.int64], list[str | None]] = (np.zeros(len(places), np.int64), [None])
        sealed = seals(self._book, facts, days, places, rulings, self._plan.assume) if self._proofs else none
        codes, hashes = sealed
        errors, apart = errors_of(self.reader, rows, read)
        notes = notes_of(self._book, read)
        screening = screening_of(facts.screened, rows.frame.height)
        around = Around(errors, apart, notes, screening, days_of(days))
        frame = answers_of(rows, read.columns, places, self._said(rulings), (codes, hashes), around)
        if not self._proofs:
            return DecidedPart(frame, np.zeros(0), np.zeros(0, np.uint64), {})
        kept = (errors.is_null() & apart.is_null()).to_numpy()
        used = np.unique(codes[kept])
        first = np.array([int(found[:16], 16) for c in used.tolist() if (found := hashes[c]) is not None], np.uint64)
        options = self._plan.columns.options
        mass = masses(read.columns, rows.frame.height, unit=options.unit, piece_mass_kg=options.piece_mass_kg)
        mass[~kept] = np.nan
        names = unidentified(facts.names, days, kept)
        return DecidedPart(frame, mass, np.unique(first), readings_of(read.columns), names)

    def _said(self, rulings: Rulings) -> pl.DataFrame:
        """Returns the contents of the rulings, rebuilt only if there are more of them than last time."""
        held = self._held.get(id(rulings))
        if held is None or held[0] < rulings.filled:
            held = self._held[id(rulings)] = rulings.filled, said_of(rulings, self._words)
        return held[1]


def errors_of(
    reader: RowReader, rows: Rows, read: ReadRows, lone: Mapping[int, str] | None = None
) -> tuple[pl.Series, pl.Series]:
    """Returns the error of each row that cannot be decided, and what each row that is no deal is; null if none.

    Args:
        reader: Has read the rows.
        rows: The rows.
        read: The same, read.
        lone: The rows that are no deals, from `no_deals`, if they were looked for before.
    """
    import polars as pl

    found = [
        (codes, [NOTE_JOINT.join(told(fault, fault.where) for fault in faults) for faults in each])
        for codes, each in reader.faults(read)
    ]
    wrong = beside("input_error", found, rows.frame.height)
    # Cell errors are irrelevant for a row that is unreadable or not a deal.
    lone = no_deals(read.columns) if lone is None else lone
    apart = {place: kind for place, kind in lone.items() if place not in rows.broken}
    whole = {**dict.fromkeys(apart), **{place: told(fault) for place, fault in rows.broken.items()}}
    wrong = wrong.scatter(list(whole), list(whole.values())) if whole else wrong
    none = pl.Series("not_a_deal", [None], pl.String).new_from_index(0, rows.frame.height)
    return wrong, none.scatter(list(apart), list(apart.values())) if apart else none
