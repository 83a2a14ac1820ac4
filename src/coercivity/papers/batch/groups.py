"""Rows with the same answer: one line per action, with its rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from coercivity.base.days import Day
from coercivity.batches.write.outputs import damaged, open_part
from coercivity.papers.batch.answers import KEY, ORDER, RowAnswer, RowAnswers

if TYPE_CHECKING:
    import polars as pl

MOST_NAMED = 40
Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Rows with the same answer, which need the same action.

    Attributes:
        number: Number, from 1: what must not be shipped first, then what has the most rows.
        answer: The answer in words.
        count: Number of rows.
        rows: The first rows, ascending.
        file_by: Earliest day by which an application must be accepted, if there is one.
    """

    number: int
    answer: RowAnswer
    count: int
    rows: tuple[int, ...]
    file_by: Day | None = None

    def as_dict(self) -> dict[str, object]:
        """Returns the group as plain data."""
        answer = self.answer
        texts = {"ground": answer.ground, "next": answer.step, "question": answer.question, "subject": answer.subject}
        found: dict[str, object] = {"number": self.number, "answer": answer.answer, "action": answer.action}
        found |= {name: {lang: text[lang] for lang in ("en", "zh")} for name, text in texts.items() if text["en"]}
        found |= {"file_by": self.file_by.isoformat()} if self.file_by is not None else {}
        return found | {"count": self.count, "rows": list(self.rows)}


@dataclass(slots=True)
class _Held:
    answer: RowAnswer
    count: int = 0
    rows: list[int] = field(default_factory=list)
    first: Day | None = None  # the earliest date has the earliest file-by day


def keyed(frame: pl.DataFrame) -> pl.DataFrame:
    """Returns the columns of `KEY` of some rows as text, without missing values; an error by its kind."""
    import polars as pl

    plain = [pl.col(name).cast(pl.String).fill_null("") for name in KEY if name != "wrong"]
    # Errors that quote different cells are one group: its rows need the same correction.
    wrong = pl.col("input_error").fill_null("").str.replace_all(r"'[^']*'", "…")
    return frame.select(*plain, wrong.alias("wrong")).select(KEY)


def groups_of(parts: Sequence[Path], answers: RowAnswers) -> list[Group]:
    """Returns the groups of all rows, in the order in which a reader needs them.

    Args:
        parts: Parquet parts in the order of the table.
        answers: Reads the answers.
    """
    held: dict[tuple[str, ...], _Held] = {}
    for part in parts:
        for key, on, count, rows in _counted(part):
            answer = answers.of(key)
            found = held.setdefault(answer.shared, _Held(answer))
            if found.rows and rows[0] < found.rows[0]:
                found.answer = answer  # that of the first row, whatever the order of the keys
            found.count += count
            found.rows = sorted([*found.rows, *rows])[:MOST_NAMED]
            if on is not None and (found.first is None or on < found.first):
                found.first = on
    made = [Group(0, h.answer, h.count, tuple(h.rows), _earliest(answers, h)) for h in held.values()]
    made.sort(key=lambda group: (ORDER.index(group.answer.action), -group.count, group.rows))
    return [replace(group, number=number) for number, group in enumerate(made, 1)]


def _earliest(answers: RowAnswers, held: _Held) -> Day | None:
    found = answers.file_by(held.answer, held.first)
    return found if isinstance(found, Day) else None


def _counted(part: Path) -> Iterator[tuple[Key, Day | None, int, list[int]]]:
    import polars as pl

    names = ["row", "on", "input_error", *(name for name in KEY if name != "wrong")]
    try:
        frame = open_part(part, names).collect()
    except pl.exceptions.PolarsError:
        raise damaged(part.name) from None
    both = pl.concat([keyed(frame), frame.select("on", "row")], how="horizontal")
    found = both.group_by(*KEY, "on").agg(pl.len().alias("rows_in_all"), pl.col("row").sort().head(MOST_NAMED))
    for *key, on, count, rows in found.iter_rows():
        yield tuple(key), on, count, rows
