"""One message per kind of fault, with its rows."""

from __future__ import annotations

import polars as pl

from coercivity.batches.messages import ERROR, MOST_ROWS_NAMED, NOTE, Message, messages_of, pieces_of, together
from coercivity.batches.tally import BETWEEN_NOTES


def kinds(texts: list[str | None], severity: str = NOTE, first: int = 1) -> list[Message]:
    frame = pl.DataFrame({"row": range(first, first + len(texts)), "text": texts}, schema_overrides={"text": pl.String})
    return messages_of(pieces_of(frame, BETWEEN_NOTES), severity)


def test_a_kind_is_told_once_with_its_rows() -> None:
    found = kinds(["qty: decimal comma", None, "date: 1.2.2026 interpreted as 2026-02-01 | qty: decimal comma", None])
    assert [(m.count, m.rows, m.kind) for m in found] == [
        (2, (1, 3), "qty: decimal comma"),
        (1, (3,), "date: … interpreted as …"),
    ]
    assert found[1].text == "date: 1.2.2026 interpreted as 2026-02-01"


def test_messages_that_differ_in_the_cell_or_the_figures_are_one_kind() -> None:
    texts = [f"DATE: column 'ship on': '{day}' is not a date (nearest: {day}); write it" for day in ("x", "KW 9", "?")]
    (found,) = kinds([*texts, None], ERROR)
    assert (found.count, found.rows) == (3, (1, 2, 3))
    assert found.text.startswith("DATE: column “ship on”: … is not a date; write it, e.g. DATE: column 'ship on': 'x'")
    assert len(kinds(["made of: only 1.8 % of the mass is listed", "made of: only 31 % of the mass is listed"])) == 1


def test_columns_and_codes_are_kinds_of_their_own() -> None:
    assert len(kinds(["qty: decimal comma", "price: decimal comma"])) == 2
    assert len(kinds(["DATE: column 'a': 'x' is odd", "DATE: column 'b': 'x' is odd"], ERROR)) == 2


def test_only_the_first_rows_are_named_and_all_are_counted() -> None:
    (found,) = kinds(["qty: decimal comma"] * 40)
    assert (found.count, found.rows) == (40, tuple(range(1, MOST_ROWS_NAMED + 1)))


def test_parts_add_up_to_the_whole() -> None:
    texts = ["qty: decimal comma", "qty: 'x' is odd", None, "qty: 'y' is odd", "qty: decimal comma"] * 5
    assert together([*kinds(texts[:7]), *kinds(texts[7:], first=8)]) == kinds(texts)
    assert [Message.from_dict(message.as_dict()) for message in kinds(texts)] == kinds(texts)
