"""One part of a table: rows in, sums by kind out, and the rows that move."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from coercivity.base.days import Day
from coercivity.batches.impact.judging import SidesJudge
from coercivity.batches.impact.kinds import Kind, Kinds, Reach
from coercivity.batches.impact.licences import Validity, licence_number, too_early, too_late
from coercivity.batches.impact.model import REJECTED, Result
from coercivity.batches.impact.sides import BARE, DRAFT, Sides
from coercivity.batches.impact.sums import Amounts, Cell, Key, cells_of
from coercivity.batches.judge.answers import days_of
from coercivity.batches.judge.part import errors_of
from coercivity.batches.plan import Plan
from coercivity.batches.run import book_of
from coercivity.batches.stage.cells import coded
from coercivity.batches.stage.column import Column, joined
from coercivity.batches.stage.facts import facts_abroad
from coercivity.batches.stage.money import worths
from coercivity.batches.stage.no_deals import no_deals
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
        reuse: Whether rulings that are provably the same are worked out once.

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

    def _reader_of(self, book: Rulebook) -> RowReader:
        """Returns the reader of rows judged under a rulebook; for that of another jurisdiction it reads all facts."""
        if not self._plan.abroad:
            return RowReader(book, self._plan)
        return RowReader(reading_book(book_of(self._plan)), self._plan, book)

    def judged(self, rows: Rows) -> PartImpact:
        """Returns what the draft does to some rows, which are read once for all rulebooks."""
        height = rows.frame.height
        columns = self._reader.cells(rows.frame)
        read = self._reader.together(columns, height)
        # Of what is read, only the default of the information cut-off depends on the rulebook.
        bare = replace(read, days=self._bare_reader.days(columns, height))
        kinds = self._kinds_of(rows, read, bare)
        options = self._plan.columns.options
        mass = masses(columns, height, unit=options.unit, piece_mass_kg=options.piece_mass_kg)
        worth, currency, currencies = worths(columns, height)
        decided = _rows(kinds, lambda kind: REJECTED not in (kind.before.outcome, kind.after.outcome) or kind.moved)
        mass[~decided], worth[~decided], currency[~decided] = float("nan"), float("nan"), 0
        amounts = Amounts(mass, worth, currency, currencies)
        licence = self._licences(rows, height)
        outside = self._outside(licence, read) if licence is not None else ()
        cells = cells_of(kinds, amounts, outside)
        return PartImpact(cells, self._moved(rows, read, kinds, amounts, licence), self._named(licence, decided))

    def _kinds_of(self, rows: Rows, read: ReadRows, bare: ReadRows) -> Column:
        facts = read.facts
        for one in self._plan.abroad:  # the law of the draft
            facts = facts_abroad(self._sides.books[DRAFT], facts, one.scenarios)
        judged = self.judge.rule(facts, read.days, bare.days)
        sides = [Column("side", places, tuple(rulings)) for places, rulings in judged]
        lone = no_deals(read.columns)  # of the words of a row, whatever the rulebook
        rejected = [self._rejected(rows, self._bare_reader, bare, lone), self._rejected(rows, self._reader, read, lone)]
        some = [column for column in rejected if any(column.values)]
        if not some:
            return joined("kind", sides, lambda *rulings: (self._kinds.kind(rulings), ""))

        def kind(*found: object) -> tuple[Kind, str]:
            why = found[len(sides) :]
            return self._kinds.kind(found[: len(sides)], (str(why[BARE]), str(why[DRAFT]))), ""  # type: ignore[arg-type] # the sides hold rulings

        return joined("kind", [*sides, *rejected], kind)

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

    def _outside(self, licence: Column, read: ReadRows) -> tuple[Column, Column, Column]:
        """Returns the licence of each row, if it is in the table, and whether the row leaves too late or too early."""
        valid = self._link.valid if self._link is not None else {}

        def outside(test: Callable[[Validity, Day], bool]) -> Callable[..., tuple[bool, str]]:
            def found(name: str, clocks: tuple[Day, Day] | None) -> tuple[bool, str]:
                return name in valid and clocks is not None and test(valid[name], clocks[0]), ""

            return found

        known = joined("licence", [licence], lambda name: (name if name in valid else "", ""))
        late = joined("late", [known, read.days], outside(too_late))
        return known, late, joined("early", [known, read.days], outside(too_early))

    def _named(self, licence: Column | None, decided: NDArray[np.bool_]) -> dict[str, int]:
        import numpy as np

        if licence is None or self._link is None:
            return {}
        counts = np.bincount(licence.codes[decided], minlength=len(licence.values)).tolist()
        pairs = zip(licence.values, counts, strict=True)
        return {name: rows for name, rows in pairs if rows and name not in self._link.valid}

    def _moved(
        self, rows: Rows, read: ReadRows, kinds: Column, amounts: Amounts, licence: Column | None
    ) -> pl.DataFrame:
        import polars as pl

        name = next((column.name for column in read.columns if column.role == "id"), None)
        ids = None if name is None else rows.frame[name].cast(pl.String).str.strip_chars()
        days = days_of(read.days).cast(pl.String)
        return moved_frame(self._sides, kinds, amounts, first=rows.first, ids=ids, on=days, licence=licence)


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
