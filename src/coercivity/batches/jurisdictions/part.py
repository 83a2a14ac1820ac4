"""One part of a table under several laws: each row is read once and judged under each, then for their conflicts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from coercivity.base.days import Day
from coercivity.base.truth import Truth
from coercivity.batches.judge.answers import JOINT, beside, days_of, notes_of, said_of
from coercivity.batches.judge.part import errors_of
from coercivity.batches.judge.rulings import Judge, Ruling, Rulings
from coercivity.batches.jurisdictions.tally import SidesTally, tally_of
from coercivity.batches.plan import Plan
from coercivity.batches.run import book_of
from coercivity.batches.stage.column import Column, combined
from coercivity.batches.stage.facts import Facts
from coercivity.batches.stage.law_facts import facts_abroad, facts_within
from coercivity.batches.stage.reading import ReadRows, RowReader
from coercivity.batches.stage.rows import Rows
from coercivity.data.values import FactValue
from coercivity.law.engine.decide import Deal, Decision
from coercivity.law.engine.jurisdictions import Abroad, reading_book
from coercivity.law.explain.conflicts import NAME, ConflictFound, Conflicts, conflicts_with, packed_conflicts, truths_of
from coercivity.law.rules.jurisdictions.names import abroad_folder
from coercivity.law.rules.load import load_rulebook
from coercivity.law.rules.model import CHINA, GRAVITY, Outcome
from coercivity.law.rules.rulebook import Rulebook
from coercivity.law.rules.status import Assumption

if TYPE_CHECKING:
    import numpy as np
    import polars as pl
    from numpy.typing import NDArray

TOLD = ("outcome", "finding", "may_become", "rules", "missing")  # of each law, in this order
OPEN = "?"  # follows the id of a conflict that is not certain
_ORDER = sorted(Outcome, key=GRAVITY.__getitem__)


def column_of(name: str, label: str) -> str:
    """Returns the column of what is told of a law, such as `outcome_US`."""
    return f"{name}_{label.replace('-', '_')}"


def side_columns(labels: Sequence[str]) -> tuple[str, ...]:
    """Returns the columns of the results of some laws: those of each law carry its code.

    Args:
        labels: Codes of the laws.
    """
    own = (column_of(name, label) for label in labels for name in TOLD)
    return ("row", "id", "on", "outcome", "conflicts", *own, "input_error", "notes", "not_a_deal")


@dataclass(frozen=True, slots=True)
class SidesPart:
    """The results of a part.

    Attributes:
        frame: One row per row of the part, in the columns of `side_columns`.
        tally: The counts.
    """

    frame: pl.DataFrame
    tally: SidesTally


@dataclass(slots=True)
class _Side:
    """One law: its rulebook, its judge, and the reader of its days."""

    label: str
    book: Rulebook
    abroad: Abroad | None
    reader: RowReader
    judge: Judge

    def facts(self, facts: Facts) -> Facts:
        """Returns the facts that this law reads."""
        if self.abroad is None:
            return facts_within(self.book, facts)
        return facts_abroad(self.book, facts, self.abroad.scenarios)


class _Judged(NamedTuple):
    """The rows of a part as one law reads and judges them."""

    facts: Facts
    days: Column
    places: NDArray[np.int64]
    rulings: Rulings


@dataclass(frozen=True, slots=True)
class SideRuling(Ruling):
    """A ruling, and which clauses that conflicts name hold.

    Attributes:
        truths: Whether each of these clauses of the law holds on the date.
    """

    truths: Mapping[str, Truth] = field(default_factory=dict)


class _SideJudge(Judge):
    """Judges rows under one law for the conflicts as well."""

    def __init__(self, book: Rulebook, assume: Mapping[str, Assumption], conflicts: Conflicts) -> None:
        super().__init__(book, assume, proofs=False)
        self._conflicts = conflicts

    def _told(self, decision: Decision) -> Ruling:
        plain = super()._told(decision)
        truths = truths_of(self._conflicts, self._book, decision)
        return SideRuling(**{name: getattr(plain, name) for name in Ruling.__slots__}, truths=truths)


class SidesDecider:
    """Decides the parts of one table under several laws, one after another.

    Args:
        plan: What applies to every row, with the laws of other jurisdictions.
        labels: Codes of the laws: that of China if it is asked, and the others in the order of the plan.

    Raises:
        CoercivityError: With every error of the compliance declarations and of the constants.
    """

    def __init__(self, plan: Plan, labels: Sequence[str]) -> None:
        china = book_of(plan)
        self._reading, self._plan = reading_book(china), plan
        folder = abroad_folder()
        self._conflicts = packed_conflicts(folder.parent / NAME, self._reading, load_rulebook(folder))
        others = iter(plan.abroad)
        laws = [None if label == CHINA else next(others) for label in labels]
        self._sides = [self._side(label, law, china) for label, law in zip(labels, laws, strict=True)]
        # A cut-off that one rulebook does not reach is an error of the row, as it is for that law alone.
        self._reader = min(self._sides, key=lambda side: side.book.known_through).reader
        self._both = CHINA in labels and len(labels) > 2  # China and another jurisdiction
        self._scenarios: dict[str, FactValue] = {}
        for one in plan.abroad:
            self._scenarios |= one.scenarios

    def _side(self, label: str, law: Abroad | None, china: Rulebook) -> _Side:
        book, assume = (china, self._plan.assume) if law is None else (law.book(), law.assume)
        reader = RowReader(self._reading, self._plan, book)
        return _Side(label, book, law, reader, _SideJudge(book, assume, self._conflicts))

    def decide(self, rows: Rows) -> SidesPart:
        """Returns the results of some rows."""
        import numpy as np
        import polars as pl

        height = rows.frame.height
        columns = self._reader.cells(rows.frame)
        read = self._reader.together(columns, height)
        errors, apart = errors_of(self._reader, rows, read)
        kept = (errors.is_null() & apart.is_null()).to_numpy()
        judged = []
        for side in self._sides:
            facts, days = side.facts(read.facts), side.reader.days(columns, height)
            judged.append(_Judged(facts, days, *side.judge.rule(facts, days)))
        met = self._met(read, judged)
        gravity = np.max([_gravity(one) for one in judged], axis=0)
        sure = np.array(
            [any(one.sure and one.text.kind == "clash" for one in found) for found in met.values] or [False]
        )
        gravity = np.maximum(gravity, np.where(sure[met.codes], _ORDER.index(Outcome.UNKNOWN), 0))
        told = {
            "outcome": pl.Series([one.value for one in _ORDER]).gather(gravity),
            "conflicts": pl.Series([_named(found) for found in met.values] or [""]).gather(met.codes),
        }
        for side, one in zip(self._sides, judged, strict=True):
            words = said_of(one.rulings, pl.String())[one.places]
            told |= {column_of(name, side.label): words[name] for name in TOLD}
        frame = pl.DataFrame(told).select(
            pl.when(pl.lit(pl.Series(kept))).then(pl.col(name)).otherwise(None).alias(name) for name in told
        )
        frame = frame.with_columns(
            pl.Series("row", np.arange(rows.first, rows.first + height), pl.Int64),
            _ids(rows, read),
            days_of(read.days),
            errors,
            beside("notes", notes_of(self._reading, read), height),
            apart,
        ).select(side_columns([side.label for side in self._sides]))
        outcomes = {side.label: frame[column_of("outcome", side.label)] for side in self._sides}
        return SidesPart(frame, tally_of(frame, outcomes, met, kept))

    def deal(self, rows: Rows) -> tuple[Deal, Day | None, Day | None]:
        """Returns the deal of the first row with the facts of all laws, its date, and its own information cut-off."""
        read = self._reader.read(rows.frame)
        clocks = read.days.at(0)
        own = next((column.cells[column.codes[0]].value for column in read.columns if column.role == "known"), None)
        known = self._plan.known or (own if isinstance(own, Day) else None)
        return read.facts.deal(0), None if clocks is None else clocks[0], known

    def _met(self, read: ReadRows, judged: Sequence[_Judged]) -> Column:
        """Returns the conflicts that each row meets or may meet; one row of each kind is looked at."""
        import numpy as np

        height = read.facts.rows
        if not self._both or not height:
            return Column("conflicts", np.zeros(height, np.int64), ((),))
        facts = {name for one in self._conflicts.conflicts for name in one.facts}
        keys = [Column("place", one.places, tuple(range(int(one.places.max()) + 1))) for one in judged]
        keys += [column for name, column in sorted(read.facts.given.items()) if name in facts]
        codes, combinations = combined(keys)
        first = np.full(len(combinations), -1, np.int64)
        first[codes[::-1]] = np.arange(height - 1, -1, -1)
        return Column("conflicts", codes, tuple(self._met_by(read, judged, row) for row in first.tolist()))

    def _met_by(self, read: ReadRows, judged: Sequence[_Judged], row: int) -> tuple[ConflictFound, ...]:
        truths: dict[str, Truth] = {}
        for one in judged:
            ruling = one.rulings[int(one.places[row])]
            if not isinstance(ruling, SideRuling):
                return ()  # a row without a date
            truths |= ruling.truths
        return conflicts_with(self._conflicts, truths, {**read.facts.deal(row).facts, **self._scenarios})


def _gravity(judged: _Judged) -> NDArray[np.int64]:
    """Returns the gravity of the outcome of each row."""
    import numpy as np

    order = {outcome.value: place for place, outcome in enumerate(_ORDER)}
    by_place = [0 if ruling is None else order[ruling.outcome] for ruling in judged.rulings] or [0]
    found: NDArray[np.int64] = np.array(by_place, np.int64)[judged.places]
    return found


def _named(found: Sequence[ConflictFound]) -> str:
    return JOINT.join(one.text.id + ("" if one.sure else OPEN) for one in found)


def _ids(rows: Rows, read: ReadRows) -> pl.Series:
    """Returns the id of each row as written; null if the table has no ids."""
    import polars as pl

    name = next((column.name for column in read.columns if column.role == "id"), None)
    if name is None:
        return pl.Series("id", [None], pl.String).new_from_index(0, rows.frame.height)
    return rows.frame[name].cast(pl.String).str.strip_chars().alias("id")
