"""One part of a table: rows in, one answer a row out, in the same order, none lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from coercivity.base.days import Day
from coercivity.base.errors import Fault, Faults, brief_value
from coercivity.base.exact import SCALE, Interval
from coercivity.data.values import FactValue, SetValue
from coercivity.desk.batch.cells import CellMemory, ReadColumn, read_column
from coercivity.desk.batch.column import Column, combined, joined
from coercivity.desk.batch.facts import Facts, Stated, facts_of
from coercivity.desk.batch.plan import Plan, standing_facts
from coercivity.desk.batch.rulings import Judge, Ruling
from coercivity.desk.batch.seal import seals
from coercivity.desk.cell import Cell
from coercivity.desk.cell_quantity import KG, mass_kg
from coercivity.desk.cells import cell_reader
from coercivity.desk.columns import BY_ROUTE
from coercivity.desk.gather import BY_DEAL
from coercivity.law.circuit import CHINA
from coercivity.law.derive import CONFLICT, MASS_SHARES, RARE_EARTHS
from coercivity.law.rulebook import Rulebook

if TYPE_CHECKING:
    import numpy as np
    import polars as pl
    from numpy.typing import NDArray

# Columns that state facts by their own words; of two that state one fact, a column of the fact itself goes first.
SPEAKING = ("composition", "material", "use")
# What a word was understood as is told once a word, in the table of readings; of these roles no row repeats it.
UNDERSTOOD = ("material", "use", "from", "to", "origin")
# Where a table has one of these columns, a row that leaves it blank is open.
ANSWERING = ("material", "composition", "form", "from", "to")
MADE = frozenset({"finished_good", "assembly", "component"})
WITHOUT_RARE_EARTHS = frozenset({"ferrite", "AlNiCo"})
JOINT = "; "
NOTE_JOINT = " | "
_OPEN_ELEMENTS = SetValue(frozenset(), complete=False)


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of a table as its reader gives them.

    Attributes:
        frame: The columns that are mapped, by name.
        first: Number of the first row, counted from 1.
        lines: Line of each row in its file, where it has lines.
        broken: What is wrong with a row as a row, by its place here.
        mended: What the reader mended in a row, by its place here.
        twice: Whether the id of each row stands more than once in the table, shape (rows,); None where none does.
    """

    frame: pl.DataFrame
    first: int
    lines: Sequence[int] | None
    broken: Mapping[int, Fault]
    mended: Mapping[int, tuple[str, ...]]
    twice: NDArray[np.bool_] | None = None

    def with_twice(self, twice: NDArray[np.bool_] | None) -> Rows:
        """Returns the rows with it said which ids stand more than once."""
        return replace(self, twice=twice)


@dataclass(frozen=True, slots=True)
class Decided:
    """The answers to a part.

    Attributes:
        frame: One row for each row of the part: see `docs/batch.md` for the columns.
        mass_kg: Mass of each row [kg], NaN where it is not known, shape (rows,); empty where no proofs are asked for,
            as are the next two.
        seals: The first 64 bits of each different decision hash, sorted.
        readings: What words were understood as: column, text, reading, rows.
    """

    frame: pl.DataFrame
    mass_kg: NDArray[np.float64]
    seals: NDArray[np.uint64]
    readings: Mapping[tuple[str, str, str], int]


class PartDecider:
    """Decides part after part of one table.

    Args:
        book: The rulebook.
        plan: What is asked of every row.
        proofs: Give each row its decision hash.

    Raises:
        CoercivityError: With every fault of the standing block and of the constants.
    """

    def __init__(self, book: Rulebook, plan: Plan, *, proofs: bool = True) -> None:
        import polars as pl

        faults = Faults()
        self._book, self._plan = book, plan
        self._standing = standing_facts(book, plan, faults)
        faults.raise_if_any()
        lists = plan.standing.lists
        self._lists = dict.fromkeys(lists, plan.standing.version or "version not stated")
        self._roles = dict(plan.columns.columns)
        self._memories = {
            role: CellMemory(cell_reader(book, role, plan.columns.options)) for role in set(self._roles.values())
        }
        self._judge, self._proofs = Judge(book, plan.assume, proofs=proofs), proofs
        # Answers without proofs are handed out as places in one list of words, which is much quicker.
        self._words = pl.String() if proofs else pl.Categorical(pl.Categories.random())

    @property
    def kinds(self) -> int:
        """How many kinds of rows were judged so far."""
        return self._judge.kinds

    def decide(self, rows: Rows) -> Decided:
        """Returns the answers to some rows."""
        import numpy as np

        read = [read_column(n, r, rows.frame[n], self._memories[r]) for n, r in self._roles.items()]
        facts = self._facts(read, rows.frame.height)
        days = self._days(read, rows.frame.height)
        places, rulings = self._judge.rule(facts, days)
        none: tuple[NDArray[np.int64], list[str | None]] = (np.zeros(len(places), np.int64), [None])
        sealed = seals(self._book, facts, days, places, rulings, self._plan.assume) if self._proofs else none
        codes, hashes = sealed
        errors = self._errors(rows, read, facts, days)
        frame = _answers(rows, read, places, rulings, (codes, hashes), errors, self._words)
        if not self._proofs:
            return Decided(frame, np.zeros(0), np.zeros(0, np.uint64), {})
        kept = errors.is_null().to_numpy()
        used = np.unique(codes[kept])
        first = np.array([int(found[:16], 16) for c in used.tolist() if (found := hashes[c]) is not None], np.uint64)
        mass = _masses(read, rows.frame.height)
        mass[~kept] = np.nan
        return Decided(frame, mass, np.unique(first), _readings(read))

    def facts(self, rows: Rows) -> tuple[Facts, Column]:
        """Returns the facts and days of some rows, of which each can be looked at by itself."""
        read = [read_column(n, r, rows.frame[n], self._memories[r]) for n, r in self._roles.items()]
        return self._facts(read, rows.frame.height), self._days(read, rows.frame.height)

    def _facts(self, read: Sequence[ReadColumn], rows: int) -> Facts:
        speaking = [c for c in read if c.role in self._book.catalogue]
        speaking += sorted((c for c in read if c.role in SPEAKING), key=lambda c: SPEAKING.index(c.role))
        stated = [Stated(c.role, c.codes, [cell.facts for cell in c.cells], _unread(c)) for c in speaking]
        stated += [
            Stated(c.role, c.codes, [{}] * len(c.cells), _unread(c)) for c in read if c.role in ("unit", "quantity")
        ]
        stated += _at_odds(stated, rows) + list(_units(read))
        stated += list(_unlikely(stated))
        standing = self._standing
        if self._plan.columns.constants.get("act") == BY_ROUTE:
            stated = _by_route(stated, standing, rows)
        return facts_of(self._book, stated, standing, self._lists, rows=rows)

    def _days(self, read: Sequence[ReadColumn], rows: int) -> Column:
        """Day of the act and day of knowledge of every row; None where a row has no day."""
        import numpy as np

        plan, book = self._plan, self._book
        columns = {c.role: c for c in read if c.role in ("on", "known")}
        fixed = [
            Column(name, np.zeros(rows, np.int64), (day,)) for name, day in (("on", plan.on), ("known", plan.known))
        ]
        both = [
            fixed[place]
            if fixed[place].values[0] is not None or name not in columns
            else Column(name, columns[name].codes, tuple(cell.value for cell in columns[name].cells))
            for place, name in enumerate(("on", "known"))
        ]

        def clocks(on: Any, known: Any) -> tuple[Any, str]:
            if not isinstance(on, Day):
                return None, ""
            return (on, known if isinstance(known, Day) else book.default_known(on)), ""

        return joined("day", both, clocks)

    def _errors(self, rows: Rows, read: Sequence[ReadColumn], facts: Facts, days: Column) -> pl.Series:
        """What is wrong with each row that cannot be decided; null where nothing is."""
        height = rows.frame.height
        found: list[tuple[Any, list[str]]] = [(c.codes, [told_in(c, cell) for cell in c.cells]) for c in read]
        found.append((days.codes, [self._ahead(clocks) for clocks in days.values]))
        if facts.against is not None:
            texts = [
                NOTE_JOINT.join(f"{CONFLICT}: {what}; {next}" for what, next in value) for value in facts.against.values
            ]
            found.append((facts.against.codes, texts))
        wrong = _beside("input_error", found, height)
        if not rows.broken:
            return wrong
        # Of a row that is broken as a row, what its cells say is no matter.
        return wrong.scatter(list(rows.broken), [_told(fault) for fault in rows.broken.values()])

    def _ahead(self, clocks: tuple[Day, Day] | None) -> str:
        if clocks is None or clocks[1] <= max(clocks[0], self._book.known_through):
            return ""
        return (
            f"KNOWN-AHEAD: known {clocks[1]} lies after the day of the act, {clocks[0]}, and after the last day of "
            f"which the pack knows, {self._book.known_through}; leave it blank, or bring the pack up to date"
        )


def _beside(name: str, columns: Sequence[tuple[Any, Sequence[str]]], height: int) -> pl.Series:
    """Texts of several columns of codes beside each other; null where all of them are empty."""
    import polars as pl

    told = [
        pl.Series(str(place), [text or None for text in texts], pl.String).gather(codes)
        for place, (codes, texts) in enumerate(columns)
        if any(texts)
    ]
    if not told:
        return pl.Series(name, [None], pl.String).new_from_index(0, height)
    joined_up = pl.concat_str(pl.all(), separator=NOTE_JOINT, ignore_nulls=True).alias(name)
    return pl.DataFrame(told).select(joined_up)[name].replace("", None)


def _told(fault: Fault) -> str:
    near = f" (nearest: {', '.join(fault.nearest)})" if fault.nearest else ""
    return f"{fault.code}: {fault.what}{near}" + (f"; {fault.next}" if fault.next else "")


def told_in(column: ReadColumn, cell: Cell) -> str:
    """Returns what is wrong with a cell of a column, or nothing."""
    if cell.fault is None:
        return ""
    fault = cell.fault
    return _told(Fault(fault.code, f"column {brief_value(column.name)!r}: {fault.what}", "", fault.nearest, fault.next))


def _unread(column: ReadColumn) -> list[bool]:
    """Whether each cell holds something that nobody could read; a blank where an answer belongs answers nothing."""
    blank = column.role in ANSWERING
    return [bool(cell.unread) or (blank and not cell.facts and cell.fault is None) for cell in column.cells]


def _units(read: Sequence[ReadColumn]) -> Iterator[Stated]:
    """A unit in the quantity cell that is another than that of the unit column."""
    columns = {c.role: c for c in read if c.role in ("quantity", "unit")}
    if len(columns) < 2 or not any(cell.unit for cell in columns["quantity"].cells):
        return
    both = [Column(name, columns[name].codes, tuple(columns[name].cells)) for name in ("quantity", "unit")]
    codes, combinations = combined(both)
    clash = [bool(mass_kg(both[0].values[q], both[1].values[u])[1]) for q, u in combinations]
    if any(clash):
        yield Stated("unit", codes.astype("int64"), [{}] * len(combinations), clash)


def _unlikely(stated: Sequence[Stated]) -> Iterator[Stated]:
    """A magnet of a family without rare earths that holds some, or a machine that is mostly dysprosium or terbium."""
    import numpy as np

    family, elements = _where(stated, "magnet_type", _without), _where(stated, "elements", _holds)
    odd = None if family is None or elements is None else family & elements
    made = _where(stated, "form", lambda form: form in MADE)
    for name in MASS_SHARES if made is not None else ():
        most = _where(stated, name, lambda share: isinstance(share, Interval) and share.low > SCALE // 2)
        if most is not None and made is not None:
            odd = made & most if odd is None else odd | (made & most)
    if odd is not None and odd.any():
        yield Stated("composition", odd.astype(np.int64), [{}, {}], [False, True])


def _where(stated: Sequence[Stated], name: str, test: Callable[[FactValue], bool]) -> Any:
    """The rows in which a fact is stated and passes a test; None where no cell does."""
    import numpy as np

    for column in stated:
        passes = [(value := facts.get(name)) is not None and test(value) for facts in column.facts]
        if any(passes):
            return np.take(np.array(passes), column.codes)
    return None


def _without(family: FactValue) -> bool:
    return isinstance(family, SetValue) and bool(family.has) and family.has <= WITHOUT_RARE_EARTHS


def _holds(elements: FactValue) -> bool:
    # Lanthanum is common in ferrites.
    return isinstance(elements, SetValue) and bool(elements.has & (RARE_EARTHS - {"La"}))


def _at_odds(stated: list[Stated], rows: int) -> list[Stated]:
    """Two columns that state one fact otherwise: the elements of both are united, anything else is left open."""
    by_fact: dict[str, list[int]] = {}
    for place, column in enumerate(stated):
        for name in {name for facts in column.facts for name, value in facts.items() if value is not None}:
            by_fact.setdefault(name, []).append(place)
    found = []
    for name, places in sorted(by_fact.items()):
        if len(places) < 2:
            continue
        columns = [Column(stated[p].role, stated[p].codes, tuple(f.get(name) for f in stated[p].facts)) for p in places]
        codes, combinations = combined(columns)
        merged = [_merged(name, [c.values[v] for c, v in zip(columns, entry, strict=True)]) for entry in combinations]
        found.append(
            Stated(
                stated[places[-1]].role,
                codes.astype("int64"),
                [{} if value is None else {name: value} for value, _ in merged],
                [clash for _, clash in merged],
            )
        )
        for place in places:
            column = stated[place]
            without = [{n: v for n, v in facts.items() if n != name or v is None} for facts in column.facts]
            stated[place] = Stated(column.role, column.codes, without, column.unread)
    return found


def _merged(name: str, values: list[FactValue | None]) -> tuple[FactValue | None, bool]:
    """What several columns say of one fact, and whether they contradict each other."""
    given = [value for value in values if value is not None]
    if not given or all(value == given[0] for value in given):
        return (given[0] if given else None), False
    if name != "elements":
        return None, True
    sets = [value for value in given if isinstance(value, SetValue)]
    has = frozenset().union(*(value.has for value in sets))
    if any(value.holds(element) is False for value in sets for element in has):
        return None, True
    lacks = frozenset().union(*(value.lacks for value in sets))
    return SetValue(has, lacks, complete=any(value.complete for value in sets)), False


def _by_route(stated: list[Stated], standing: Mapping[str, Any], rows: int) -> list[Stated]:
    """Where nothing else says what is done: goods that leave China, or a re-export between two other countries."""
    import numpy as np

    def of(name: str) -> Column:
        for column in stated:
            if any(name in facts for facts in column.facts):
                return Column(name, column.codes, tuple(facts.get(name) for facts in column.facts))
        return Column(name, np.zeros(rows, np.int64), (standing.get(name, (None, ""))[0],))

    def act(said: Any, start: Any, end: Any) -> tuple[Any, str]:
        if said is not None:
            return said, BY_DEAL
        if start == CHINA:
            return "goods", BY_DEAL
        return ("reexport" if start is not None and end is not None and end != CHINA else None), BY_DEAL

    route = joined("act", [of("act"), of("from"), of("to")], act)
    others = [
        Stated(c.role, c.codes, [{n: v for n, v in facts.items() if n != "act"} for facts in c.facts], c.unread)
        for c in stated
    ]
    return [*others, Stated("act", route.codes, [{"act": v} if v is not None else {} for v in route.values])]


def _masses(read: Sequence[ReadColumn], rows: int) -> NDArray[np.float64]:
    """Mass of each row [kg]; NaN where quantity or unit do not give one."""
    import numpy as np

    columns = {c.role: c for c in read if c.role in ("quantity", "unit")}
    if "quantity" not in columns:
        return np.full(rows, np.nan)
    quantity = columns["quantity"]
    assert quantity.numbers is not None
    own = np.array([_kg(cell.unit) for cell in quantity.cells])[quantity.codes]
    if "unit" not in columns:
        alone: NDArray[np.float64] = quantity.numbers * own
        return alone
    unit = columns["unit"]
    values = [float(cell.value) if isinstance(cell.value, Decimal) else np.nan for cell in unit.cells]
    factor = np.array(values)[unit.codes]
    found: NDArray[np.float64] = quantity.numbers * np.where(np.isnan(own), factor, own)
    return found


def _kg(unit: str) -> float:
    return float(KG[unit]) if unit in KG else float("nan")


def _readings(read: Sequence[ReadColumn]) -> dict[tuple[str, str, str], int]:
    """What the words of a column were understood as, with the number of rows."""
    import numpy as np

    found = {}
    for column in read:
        if told_once(column) and len(column.codes):
            counts = np.bincount(column.codes, minlength=len(column.cells)).tolist()
            for text, cell, count in zip(column.texts, column.cells, counts, strict=True):
                for said in cell.notes or ((cell.unread,) if cell.unread else ()):
                    found[(column.name, text, said)] = count
    return found


def told_once(column: ReadColumn) -> bool:
    """Returns whether the readings of a column are told once a word, not in every row."""
    return column.role in UNDERSTOOD


def _answers(
    rows: Rows,
    read: Sequence[ReadColumn],
    places: NDArray[np.int64],
    rulings: Sequence[Ruling | None],
    sealed: tuple[NDArray[np.int64], list[str | None]],
    errors: pl.Series,
    words: pl.DataType,
) -> pl.DataFrame:
    import numpy as np
    import polars as pl

    height = rows.frame.height
    known = [ruling if ruling is not None else _NEVER for ruling in rulings] or [_NEVER]
    by_place = _by_place(known, words)
    answers = by_place[places]
    codes, hashes = sealed
    answers = answers.with_columns(pl.Series("decision_hash", hashes, pl.String).gather(codes))
    if errors.null_count() < height:
        good = errors.is_null()
        answers = answers.select(
            pl.when(good).then(pl.col(name)).otherwise(None).alias(name) for name in answers.columns
        )
    number = np.arange(rows.first, rows.first + height)
    nothing = pl.Series([None], dtype=pl.Int64).new_from_index(0, height)
    return pl.DataFrame(
        {
            "row": pl.Series(number, dtype=pl.Int64),
            "line": nothing if rows.lines is None else pl.Series(rows.lines, dtype=pl.Int64),
            "id": _ids(rows, read, number),
            **{name: answers[name] for name in by_place.columns},
            "duplicate_id": nothing.cast(pl.Boolean) if rows.twice is None else pl.Series(rows.twice),
            "input_error": errors,
            "notes": _notes(rows, read, height),
            "decision_hash": answers["decision_hash"],
        }
    )


def _by_place(rulings: Sequence[Ruling], words: pl.DataType) -> pl.DataFrame:
    """What each ruling says."""
    import polars as pl

    columns = {
        "outcome": [r.outcome for r in rulings],
        "finding": [r.finding for r in rulings],
        "may_become": [r.may_become or None for r in rulings],
        "rules": [JOINT.join(r.rules) for r in rulings],
        "missing": [JOINT.join(r.missing) for r in rulings],
        "open_because": [JOINT.join(r.because) or None for r in rulings],
    }
    return pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.String)).cast(words)


_NEVER = Ruling("UNKNOWN", "need_facts", "", (), (), (), "", Day.min, "")


def _ids(rows: Rows, read: Sequence[ReadColumn], number: Any) -> pl.Series:
    """The id of each row as written; null where the table has no ids."""
    import polars as pl

    name = next((column.name for column in read if column.role == "id"), None)
    if name is None:
        return pl.Series([None], dtype=pl.String).new_from_index(0, len(number))
    return rows.frame[name].cast(pl.String).str.strip_chars()


def _notes(rows: Rows, read: Sequence[ReadColumn], height: int) -> pl.Series:
    """What was mended or understood in each row; null where nothing was."""
    columns: list[tuple[Any, list[str]]] = [
        (c.codes, [NOTE_JOINT.join(f"{c.name}: {note}" for note in _said(cell)) for cell in c.cells])
        for c in read
        if not told_once(c)
    ]
    if rows.mended:
        import numpy as np

        codes = np.zeros(height, np.int64)
        codes[list(rows.mended)] = np.arange(1, len(rows.mended) + 1)
        texts = ["", *(NOTE_JOINT.join(f"row: {text}" for text in notes) for notes in rows.mended.values())]
        columns.append((codes, texts))
    return _beside("notes", columns, height)


def _said(cell: Cell) -> tuple[str, ...]:
    return (*cell.notes, *((cell.unread,) if cell.unread else ()))
