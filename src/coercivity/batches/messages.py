"""One message per kind of fault or correction, with the rows it concerns, instead of one per cell.

Two messages are of one kind if they differ only in the cell they quote, in figures, or in the nearest names.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from coercivity.base.sums import total

if TYPE_CHECKING:
    import polars as pl

ERROR, NOTE, NO_DEAL = "error", "note", "not_a_deal"
MOST_ROWS_NAMED = 12
ANY = "…"
# In this order: what a cell was read as, the cell itself, the nearest names, figures.
_LIKE = (
    (r"^([^:]+: ).* (interpreted as) .*$", "$1" + ANY + " $2 " + ANY),
    (r" \(nearest: [^)]*\)", ""),
    (r"^([A-Z]+(?:-[A-Z0-9]+)*: column )'([^']*)'", "$1“$2”"),
    (r"""'[^']*'|"[^"]*\"""", ANY),
    (r"\d{4}-\d{2}-\d{2}", ANY),
    (r"(^|[^\w-])[+-]?\d[\d.,]*", "${1}" + ANY),
)


@dataclass(frozen=True, slots=True)
class Message:
    """One kind of message.

    Attributes:
        severity: `error` for a row without a result, `note` for a correction, an interpretation or an unread cell,
            `not_a_deal` for a row that is a total, a repeated header, a heading or blank.
        kind: The message without what differs from row to row.
        count: Number of times.
        rows: The first rows, ascending.
        example: The message of the first row.
    """

    severity: str
    kind: str
    count: int
    rows: tuple[int, ...]
    example: str

    @property
    def text(self) -> str:
        """The message as shown: in full if it concerns one row, otherwise what the rows have in common."""
        return self.example if self.count == 1 or ANY not in self.kind else f"{self.kind}, e.g. {self.example}"

    def as_dict(self) -> dict[str, Any]:
        """Returns the message as plain data."""
        named = ("severity", "kind", "count", "example")
        return {name: getattr(self, name) for name in named} | {"rows": list(self.rows)}

    @classmethod
    def from_dict(cls, plain: dict[str, Any]) -> Message:
        """Returns the message from the data of `as_dict`."""
        return cls(plain["severity"], plain["kind"], int(plain["count"]), tuple(plain["rows"]), plain["example"])


def pieces_of(texts: pl.DataFrame, joint: str) -> pl.DataFrame:
    """Returns the distinct messages of some rows, each with its number of rows and the first of them.

    Args:
        texts: Row number and joined messages, in the columns `row` and `text`.
        joint: What joins the messages of a row.
    """
    import polars as pl

    single = texts.drop_nulls().with_columns(pl.col("text").str.split(joint))
    single = single.explode("text", empty_as_null=False, keep_nulls=False)
    return single.group_by("text").agg(pl.len().alias("count"), pl.col("row").sort().head(MOST_ROWS_NAMED))


def messages_of(pieces: pl.DataFrame, severity: str) -> list[Message]:
    """Returns the kinds of messages, the most frequent first.

    Args:
        pieces: Distinct messages, from `pieces_of`.
        severity: What they say of their rows.
    """
    import polars as pl

    kind = pl.col("text")
    for pattern, common in _LIKE:
        kind = kind.str.replace_all(pattern, common)
    held = pieces.with_columns(kind.alias("kind")).sort(pl.col("row").list.first(), "text")
    found = held.group_by("kind", maintain_order=True).agg(
        pl.col("count").sum(), pl.col("row").list.explode(), pl.col("text").first()
    )
    return _sorted(
        Message(severity, kind, count, tuple(sorted(set(rows))[:MOST_ROWS_NAMED]), text)
        for kind, count, rows, text in found.select("kind", "count", "row", "text").iter_rows()
    )


def together(messages: Iterable[Message]) -> list[Message]:
    """Returns messages of several parts of a table, those of one kind added up."""
    by_kind: dict[tuple[str, str], list[Message]] = {}
    for message in messages:
        by_kind.setdefault((message.severity, message.kind), []).append(message)
    return _sorted(
        Message(
            severity,
            kind,
            total(message.count for message in held),
            tuple(sorted({row for message in held for row in message.rows})[:MOST_ROWS_NAMED]),
            min(held, key=lambda message: message.rows).example,
        )
        for (severity, kind), held in by_kind.items()
    )


def rows_text(message: Message, word: str = "row", words: str = "rows") -> str:
    """Returns the rows of a message in words: `rows 4, 9, 12 … (23 rows)`.

    Args:
        message: The message.
        word: Word for a row.
        words: Word for rows.
    """
    named = ", ".join(str(row) for row in message.rows)
    if message.count == 1:
        return f"{word} {named}"
    more = f" {ANY} ({message.count:,} {words})" if message.count > len(message.rows) else ""
    return f"{words} {named}{more}"


def _sorted(messages: Iterable[Message]) -> list[Message]:
    return sorted(messages, key=lambda message: (message.severity, -message.count, message.kind))
