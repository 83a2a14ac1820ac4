"""The results of a part as a frame: each ruling assigned to its rows, with notes and input errors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coercivity.base.days import Day
from coercivity.base.errors import Fault, brief_value
from coercivity.batches.judge.rulings import Ruling
from coercivity.batches.stage.cells import ReadColumn
from coercivity.batches.stage.column import Clocks, Column, joined
from coercivity.batches.stage.reading import ReadRows
from coercivity.batches.stage.rows import Rows
from coercivity.batches.stage.statements import tariff_notes
from coercivity.intake.cells.cell import Cell
from coercivity.intake.cells.description import OWN_ANSWER
from coercivity.law.engine.name_questions import NameQuestion, said_of_name
from coercivity.law.explain.reasons import MOST_NAMES
from coercivity.law.rules.rulebook import Rulebook

if TYPE_CHECKING:
    import numpy as np
    import polars as pl
    from numpy.typing import NDArray

    from coercivity.batches.stage.column import Codes

    Noted = tuple[Codes, list[str]]  # the index of each row in a list of texts, and the texts

# For these roles, the table of readings lists how each word was interpreted; the rows do not repeat it.
UNDERSTOOD = ("material", "use", "from", "to", "origin")
JOINT = "; "
NOTE_JOINT = " | "


@dataclass(frozen=True, slots=True)
class Around:
    """What is said of each row apart from its ruling.

    Attributes:
        errors: Error of each row; null if there is none.
        apart: What each row that is no deal is: a total, a repeated header, a blank row, a heading; null for a deal.
        notes: Notes on how the cells were read, from `notes_of`.
        screening: What screening found for the parties of each row, from `screening_of`.
        days: Transaction date of each row, from `days_of`.
    """

    errors: pl.Series
    apart: pl.Series
    notes: Sequence[Noted]
    screening: pl.Series
    days: pl.Series


def days_of(days: Column) -> pl.Series:
    """Returns the transaction date of each row; null for a row without one.

    Args:
        days: Transaction date and information cut-off of every row.
    """
    import polars as pl

    return pl.Series("on", [clocks and clocks[0] for clocks in days.values], pl.Date).gather(days.codes)


def beside(name: str, columns: Sequence[Noted], height: int) -> pl.Series:
    """Returns the texts of several coded columns joined per row; null where all are empty."""
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


def told(fault: Fault, column: str = "") -> str:
    """Returns an error on one line, with its column if it is the error of a cell."""
    place = f"column {brief_value(column)!r}: " if column else ""
    near = f" (nearest: {', '.join(fault.nearest)})" if fault.nearest else ""
    return f"{fault.code}: {place}{fault.what}{near}" + (f"; {fault.next}" if fault.next else "")


def readings_of(read: Sequence[ReadColumn]) -> dict[tuple[str, str, str], int]:
    """Returns how the words of a column were interpreted, with the number of rows."""
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
    """Returns whether the readings of a column are listed once per word instead of in every row."""
    return column.role in UNDERSTOOD


def answers_of(
    rows: Rows,
    read: Sequence[ReadColumn],
    places: NDArray[np.int64],
    by_place: pl.DataFrame,
    sealed: tuple[NDArray[np.int64], list[str | None]],
    around: Around,
) -> pl.DataFrame:
    """Returns the results of a part, one per row; `docs/batch.md` describes the columns.

    Args:
        rows: The rows.
        read: Their columns, read.
        places: Index of the ruling of each row, shape (rows,).
        by_place: Contents of each ruling, from `said_of`.
        sealed: Index of the decision hash of each row, and the hashes.
        around: What is said of each row apart from its ruling.
    """
    import numpy as np
    import polars as pl

    height = rows.frame.height
    answers = by_place[places]
    codes, hashes = sealed
    answers = answers.with_columns(pl.Series("decision_hash", hashes, pl.String).gather(codes))
    errors, apart, notes, screening = around.errors, around.apart, _notes(rows, around.notes), around.screening
    if errors.null_count() < height or apart.null_count() < height:
        good = errors.is_null() & apart.is_null()
        answers = answers.select(
            pl.when(good).then(pl.col(name)).otherwise(None).alias(name) for name in answers.columns
        )
    if apart.null_count() < height:  # what a row that is no deal does not have is not missing
        notes, screening = (
            pl.select(pl.when(apart.is_null()).then(column)).to_series().alias(column.name)
            for column in (notes, screening)
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
            "notes": notes,
            "screening": screening,
            "decision_hash": answers["decision_hash"],
            "on": around.days,
            "not_a_deal": apart,
        }
    )


def notes_of(book: Rulebook, read: ReadRows) -> list[Noted]:
    """Returns the corrections and interpretations in each row, and both parties to be clarified."""
    found: list[Noted] = [
        (c.codes, [NOTE_JOINT.join(f"{c.name}: {note}" for note in _said(cell)) for cell in c.cells])
        for c in read.columns
        if not told_once(c)
    ]
    # Which deals a cell describes is told in its row: each has its own answer.
    found += [
        (c.codes, [f"{c.name}: {cell.unread}" if OWN_ANSWER in cell.unread else "" for cell in c.cells])
        for c in read.columns
        if c.role == "material" and any(OWN_ANSWER in cell.unread for cell in c.cells)
    ]
    tariff = tariff_notes(read.columns, read.facts.given.get("form"))
    found += [tariff] if tariff is not None else []
    if (names := read.facts.names) is not None:
        found.append(_asked(book, names, read.days))
    return found


def _asked(book: Rulebook, names: Column, days: Column) -> Noted:
    """Returns both names of each question; the date matters only to entries of a user's list that have days."""

    def told(questions: tuple[NameQuestion, ...], clocks: Clocks | None = None) -> tuple[str, str]:
        on = None if clocks is None else clocks[0]
        said = (f"{one.fact}: {said_of_name(book.words, one, 'en', on=on)}" for one in questions[:MOST_NAMES])
        return NOTE_JOINT.join(said), ""

    is_dated = any(one.from_on or one.to_on for questions in names.values for one in questions)
    column = joined("notes", [names, days] if is_dated else [names], told)
    return column.codes, list(column.values)


def said_of(rulings: Sequence[Ruling | None], words: pl.DataType) -> pl.DataFrame:
    """Returns the contents of the rulings, one row per ruling.

    Args:
        rulings: The rulings of a diagram.
        words: Data type of the columns.
    """
    import polars as pl

    known = [ruling if ruling is not None else _NEVER for ruling in rulings] or [_NEVER]

    columns = {
        "outcome": [r.outcome for r in known],
        "finding": [r.finding for r in known],
        "may_become": [r.may_become or None for r in known],
        "rules": [JOINT.join(r.rules) for r in known],
        "missing": [JOINT.join(r.missing) for r in known],
        "open_because": [JOINT.join(r.because) or None for r in known],
    }
    return pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.String)).cast(words)


_NEVER = Ruling("UNKNOWN", "need_facts", "", (), (), (), "", Day.min, "")


def _ids(rows: Rows, read: Sequence[ReadColumn], number: NDArray[np.int64]) -> pl.Series:
    """Returns the id of each row as written; null if the table has no ids."""
    import polars as pl

    name = next((column.name for column in read if column.role == "id"), None)
    if name is None:
        return pl.Series([None], dtype=pl.String).new_from_index(0, len(number))
    return rows.frame[name].cast(pl.String).str.strip_chars()


def _notes(rows: Rows, notes: Sequence[Noted]) -> pl.Series:
    """Returns the corrections and interpretations in each row; null if there are none."""
    columns = list(notes)
    height = rows.frame.height
    if rows.mended:
        import numpy as np

        codes = np.zeros(height, np.int64)
        codes[list(rows.mended)] = np.arange(1, len(rows.mended) + 1)
        texts = ["", *(NOTE_JOINT.join(f"row: {text}" for text in told) for told in rows.mended.values())]
        columns.append((codes, texts))
    return beside("notes", columns, height)


def _said(cell: Cell) -> tuple[str, ...]:
    return (*cell.notes, *((cell.unread,) if cell.unread else ()))
