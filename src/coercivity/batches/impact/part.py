"""One part of a table: rows in, sums by kind out, and the rows that move."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from coercivity.base.days import Day
from coercivity.batches.impact.judging import SidesJudge
from coercivity.batches.impact.kinds import Kind, Kinds, Reach
from coercivity.batches.impact.licences import Validity, licence_number, outside_of
from coercivity.batches.impact.model import REJECTED, Result
from coercivity.batches.impact.seen import BESIDE, NOT_SEEN, SeenRows, apart
from coercivity.batches.impact.sides import BARE, DRAFT, Sides
from coercivity.batches.impact.sums import Amounts, Cell, Key, cells_of
from coercivity.batches.judge.answers import days_of
from coercivity.batches.judge.part import errors_of
from coercivity.batches.plan import Plan
from coercivity.batches.run import book_of
from coercivity.batches.stage.cells import ReadColumn, coded
from coercivity.batches.stage.column import Column, joined
from coercivity.batches.stage.law_facts import facts_abroad
from coercivity.batches.stage.money import worths
from coercivity.batches.stage.no_deals import looked_at
from coercivity.batches.stage.reading import ReadRows, RowReader
from coercivity.batches.stage.rows import Rows
from coercivity.batches.stage.statements import masses
from coercivity.law.engine.jurisdictions import reading_book
from coercivity.law.rules.rulebook import Rulebook

if TYPE_CHECKING:
    import numpy as np
    import polars as pl
    from numpy.typing import NDArray

JOINT = "; "
_IN_ALL = ("unit", "on", "known")  # roles that are read in all rows, for their masses and dates


@dataclass(frozen=True, slots=True)
class LicenceLink:
    """How deals and licences are linked.

    Attributes:
        column: Column of the table of deals with the number of the licence.
        valid: First and last day of each licence of the table of licences.
    """

    column: str
    valid: Mapping[str, Validity] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PartImpact:
    """What a draft does to the rows of a part.

    Attributes:
        cells: The sums.
        moved: The rows that move; see `MOVED_COLUMNS`.
        named: Number of deals by each licence that they name and the table of licences lacks; a blank is no licence.
    """

    cells: Mapping[Key, Cell]
    moved: pl.DataFrame
    named: Mapping[str, int]


MOVED_COLUMNS = (
    "row", "id", "on", "before", "finding_before", "may_become_before", "after", "finding_after", "may_become_after",
    "clause", "exemption", "missing", "mass_kg", "value", "currency", "licence",
)  # fmt: skip


def moved_schema() -> dict[str, pl.DataType]:
    """Returns the types of these columns."""
    import polars as pl

    numbers: dict[str, pl.DataType] = {"row": pl.Int64(), "mass_kg": pl.Float64(), "value": pl.Float64()}
    return {name: numbers.get(name, pl.String()) for name in MOVED_COLUMNS}


class ImpactPart:
    """Judges the parts of one table under all rulebooks of a draft, one part after another.

    Args:
        sides: The rulebooks.
        plan: What applies to every row.
        changed: Ids of the clauses that are new in the draft, or whose status differs on some date.
        link: How deals and licences are linked; None without a column of licences.
        reuse: Whether rulings that are provably the same are worked out once, and rows that say the same judged once.

    Attributes:
        judge: Judges rows under all rulebooks.
        seen: The kinds of rows of earlier parts; None if nothing is reused.

    Raises:
        CoercivityError: With every error of the compliance declarations and of the constants.
    """

    def __init__(
        self, sides: Sides, plan: Plan, changed: frozenset[str], link: LicenceLink | None = None, *, reuse: bool = True
    ) -> None:
        self._sides, self._plan, self._link = sides, plan, link
        self._reader, self._bare_reader = (self._reader_of(sides.books[side]) for side in (DRAFT, BARE))
        self.judge = SidesJudge(sides, (plan.abroad[0] if plan.abroad else plan).assume, reuse=reuse)
        self._kinds = Kinds(sides, changed)
        roles = plan.columns.columns
        self._whole = frozenset(name for name, role in roles.items() if role in BESIDE or role in _IN_ALL)
        deciding = [name for name, role in roles.items() if role not in BESIDE]
        self.seen = SeenRows(deciding) if reuse else None

    def _reader_of(self, book: Rulebook) -> RowReader:
        """Returns the reader of rows judged under a rulebook; for that of another jurisdiction it reads all facts."""
        if not self._plan.abroad:
            return RowReader(book, self._plan)
        return RowReader(reading_book(book_of(self._plan)), self._plan, book)

    def judged(self, rows: Rows) -> PartImpact:
        """Returns what the draft does to some rows, which are read once for all rulebooks."""
        height = rows.frame.height
        columns = self._reader.cells(rows.frame, self._whole)
        days = self._reader.days(columns, height)
        kinds = self._kinds_of(rows, columns)
        options = self._plan.columns.options
        mass = masses(columns, height, unit=options.unit, piece_mass_kg=options.piece_mass_kg)
        worth, currency, currencies = worths(columns, height)
        decided = _rows(kinds, lambda kind: REJECTED not in (kind.before.outcome, kind.after.outcome) or kind.moved)
        mass[~decided], worth[~decided], currency[~decided] = float("nan"), float("nan"), 0
        amounts = Amounts(mass, worth, currency, currencies)
        licence = self._licences(rows, height)
        outside = self._outside(licence, days) if licence is not None else ()
        cells = cells_of(kinds, amounts, outside)
        return PartImpact(cells, self._moved(rows, days, kinds, amounts, licence), self._named(licence, decided))

    def _kinds_of(self, rows: Rows, columns: Sequence[ReadColumn]) -> Column:
        """Returns the kind of each row; of rows that say the same, one is judged.

        Args:
            rows: The rows.
            columns: Those of their columns that are read in all rows.
        """
        import numpy as np

        height = rows.frame.height
        if self.seen is None or not height:
            return self._judged_alone(rows, columns, np.arange(height))[0]
        beside = [column for column in columns if column.role in BESIDE]
        asked = self.seen.asked(rows.frame, beside)
        places = self.seen.places(asked)
        lone = apart(beside, rows.broken, height)
        places[lone] = NOT_SEEN
        open_ = np.flatnonzero((places == NOT_SEEN) & ~lone)
        first, like = asked.first_of(open_)
        judged = np.union1d(np.flatnonzero(lone), open_[first])
        kinds, looked = self._judged_alone(rows, columns, judged)
        at = self.seen.numbered(kinds.values)
        places[judged] = at[kinds.codes]
        told = np.zeros(height, np.bool_)  # rows whose other texts tell what they are
        told[looked] = True
        places[open_] = places[open_[first]][like]
        again = open_[told[open_[first]][like]]
        if len(again):
            kinds, _ = self._judged_alone(rows, columns, again)
            places[again] = self.seen.numbered(kinds.values)[kinds.codes]
        kept = open_[first][~told[open_[first]]]
        self.seen.keep(asked, kept, places[kept], rows.frame[judged])
        return Column("kind", places, self.seen.kinds)

    def _judged_alone(
        self, rows: Rows, columns: Sequence[ReadColumn], places: NDArray[np.int64]
    ) -> tuple[Column, NDArray[np.int64]]:
        """Returns the kinds of some rows, each judged, and those rows whose texts were looked at one by one."""
        some = rows.taken(places)
        others = [name for name in self._plan.columns.columns if name not in self._whole]
        by_name = {c.name: c for c in (*(c.taken(places) for c in columns), *self._reader.cells(some.frame, others))}
        every = [by_name[name] for name in self._plan.columns.columns]
        read = self._reader.together(every, len(places))
        # Of what is read, only the default of the information cut-off depends on the rulebook.
        bare = replace(read, days=self._bare_reader.days(every, len(places)))
        facts = read.facts
        for one in self._plan.abroad:  # the law of the draft
            facts = facts_abroad(self._sides.books[DRAFT], facts, one.scenarios)
        judged = self.judge.rule(facts, read.days, bare.days)
        sides = [Column("side", found, tuple(rulings)) for found, rulings in judged]
        lone, looked = looked_at(every)  # of the words of a row, whatever the rulebook
        rejected = [self._rejected(some, self._bare_reader, bare, lone), self._rejected(some, self._reader, read, lone)]
        if not any(any(column.values) for column in rejected):
            return joined("kind", sides, lambda *rulings: (self._kinds.kind(rulings), "")), places[looked]

        def kind(*found: object) -> tuple[Kind, str]:
            why = found[len(sides) :]
            return self._kinds.kind(found[: len(sides)], (str(why[BARE]), str(why[DRAFT]))), ""  # type: ignore[arg-type] # the sides hold rulings

        return joined("kind", [*sides, *rejected], kind), places[looked]

    def _rejected(self, rows: Rows, reader: RowReader, read: ReadRows, lone: Mapping[int, str]) -> Column:
        """Returns why each row is rejected; empty if it is not."""
        import numpy as np

        errors, apart = errors_of(reader, rows, read, lone)
        codes = np.zeros(rows.frame.height, np.int64)
        codes[errors.is_not_null().to_numpy()] = 1
        codes[apart.is_not_null().to_numpy()] = 2
        used = ("", "input_error", "not_a_deal") if codes.any() else ("",)
        return Column("aside", codes, used)

    def _licences(self, rows: Rows, height: int) -> Column | None:
        """Returns the licence that each row names, without the blanks around it; None without such a column."""
        import numpy as np

        if self._link is None:
            return None
        codes, texts = coded(rows.frame[self._link.column])
        column = Column("licence", codes, tuple(texts) or ("",))
        found = joined("licence", [column], lambda text: (licence_number(text), ""))
        return found if height else Column("licence", np.zeros(0, np.int64), ("",))

    def _outside(self, licence: Column, days: Column) -> tuple[Column, Column]:
        """Returns the licence of each row, if it is in the table, and whether the row leaves too early or too late."""
        valid = self._link.valid if self._link is not None else {}

        def outside(name: str, clocks: tuple[Day, Day] | None) -> tuple[str, str]:
            return outside_of(valid[name], clocks[0]) if name in valid and clocks is not None else "", ""

        known = joined("licence", [licence], lambda name: (name if name in valid else "", ""))
        return known, joined("outside", [known, days], outside)

    def _named(self, licence: Column | None, decided: NDArray[np.bool_]) -> dict[str, int]:
        import numpy as np

        if licence is None or self._link is None:
            return {}
        counts = np.bincount(licence.codes[decided], minlength=len(licence.values)).tolist()
        pairs = zip(licence.values, counts, strict=True)
        return {name: rows for name, rows in pairs if rows and name not in self._link.valid}

    def _moved(self, rows: Rows, days: Column, kinds: Column, amounts: Amounts, licence: Column | None) -> pl.DataFrame:
        import polars as pl

        name = next((name for name, role in self._plan.columns.columns.items() if role == "id"), None)
        ids = None if name is None else rows.frame[name].cast(pl.String).str.strip_chars()
        on = days_of(days).cast(pl.String)
        return moved_frame(self._sides, kinds, amounts, first=rows.first, ids=ids, on=on, licence=licence)


def moved_frame(
    sides: Sides,
    kinds: Column,
    amounts: Amounts,
    *,
    first: int,
    ids: pl.Series | Sequence[str] | None,
    on: pl.Series | Sequence[str],
    licence: Column | None = None,
) -> pl.DataFrame:
    """Returns the rows that move, with what is told of each, in the columns `MOVED_COLUMNS`.

    Args:
        sides: The rulebooks.
        kinds: The kind of each row.
        amounts: Mass and value of each row.
        first: Number of the first row.
        ids: Id of each row; None if the table has none, and then the number of the row is the id.
        on: Transaction date of each row.
        licence: Licence that each row names, if the table has such a column.
    """
    import numpy as np
    import polars as pl

    moved = np.flatnonzero(_rows(kinds, lambda kind: kind.moved))
    told = pl.DataFrame([_told(sides, kind) for kind in kinds.values or (_NONE,)])
    numbers = pl.Series("row", moved + first, pl.Int64)
    own = numbers.cast(pl.String) if ids is None else pl.Series("id", ids, pl.String)[moved].fill_null("")
    mass, worth = (pl.Series(values[moved], dtype=pl.Float64) for values in (amounts.mass_kg, amounts.worth))
    money = pl.Series(amounts.currencies, dtype=pl.String).gather(amounts.currency[moved])
    names = pl.Series([""], dtype=pl.String).new_from_index(0, len(moved))
    if licence is not None:
        names = pl.Series(list(licence.values), dtype=pl.String).gather(licence.codes[moved])
    frame = pl.DataFrame({"row": numbers, "id": own, "on": pl.Series("on", on, pl.String)[moved].fill_null("")})
    return (
        frame.hstack(told[kinds.codes[moved]])
        .with_columns(
            mass.fill_nan(None).alias("mass_kg"),
            worth.fill_nan(None).alias("value"),
            money.alias("currency"),
            names.alias("licence"),
        )
        .select(MOVED_COLUMNS)
    )


def _told(sides: Sides, kind: Kind) -> dict[str, str]:
    may = [
        (one.clause, facts)
        for one, (reach, facts) in zip(sides.exemptions, kind.reaches, strict=False)
        if reach is Reach.MAY_KEEP
    ]
    return {
        "before": kind.before.outcome,
        "finding_before": kind.before.finding,
        "may_become_before": kind.before.may_become,
        "after": kind.after.outcome,
        "finding_after": kind.after.finding,
        "may_become_after": kind.after.may_become,
        "clause": JOINT.join(kind.clauses),
        "exemption": JOINT.join(name for name, _ in may),
        "missing": JOINT.join(dict.fromkeys(fact for _, facts in may for fact in facts)),
    }


_NONE = Kind(Result("", ""), Result("", ""))


def _rows(kinds: Column, holds: Callable[[Kind], bool]) -> NDArray[np.bool_]:
    """Returns the rows whose kind passes a test."""
    import numpy as np

    found: NDArray[np.bool_] = np.array([holds(kind) for kind in kinds.values] or [False])[kinds.codes]
    return found
