"""Rows that say the same are judged once, in whichever part they are; those that only look the same are not."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from coercivity.batches.impact.part import ImpactPart
from coercivity.batches.impact.seen import MOST_ROWS, NOT_SEEN, SeenRows
from coercivity.batches.impact.sides import sides_of
from coercivity.batches.plan import Plan
from coercivity.batches.stage.rows import Rows
from coercivity.cases.arguments import Law
from coercivity.cases.files import packed_standing
from coercivity.intake.cells.columns import ColumnMap
from tests.unit.batches.impact.drafts import MAGNETS

NAMES = ("id", "title", "material", "from", "to", "quantity", "currency", "on")
MAGNET = ("", "NdFeB magnets with Dy", "CN", "DE", "5", "EUR", "2026-12-05")


def _part(*, most_rows: int = MOST_ROWS) -> ImpactPart:
    sides = sides_of(Law().book(), Law(overlays=(MAGNETS,)).book())
    plan = Plan(ColumnMap({name: name for name in NAMES}, {"act": "goods"}), packed_standing())
    part = ImpactPart(sides, plan, frozenset())
    assert part.seen is not None
    part.seen.most_rows = most_rows
    return part


def _results(part: ImpactPart, *rows: tuple[str, ...]) -> dict[str, int]:
    cells = [dict(zip(NAMES, (text or None for text in row), strict=True)) for row in rows]
    found = part.judged(Rows(pl.DataFrame(cells, schema=dict.fromkeys(NAMES, pl.String)), 1, None, {}, {}))
    counts: dict[str, int] = {}
    for key, cell in found.cells.items():
        counts[key.kind.after.finding] = counts.get(key.kind.after.finding, 0) + cell.deals
    return counts


@pytest.mark.parametrize("most_rows", [0, MOST_ROWS])
def test_a_row_of_an_earlier_part_is_known_again(most_rows: int) -> None:
    part = _part(most_rows=most_rows)
    first = _results(part, ("a", *MAGNET))
    assert list(first.values()) == [1]
    worked_out = part.judge.worked_out
    second = _results(part, ("b", *MAGNET), ("c", *MAGNET))
    assert second == dict.fromkeys(first, 2)
    assert part.judge.worked_out == worked_out


def test_a_total_among_rows_that_say_the_same_is_no_deal() -> None:
    part = _part()
    blank = ("", "", "", "", "5", "", "")
    deal = _results(part, ("a", *blank))
    assert "not_a_deal" not in deal
    assert _results(part, ("b", *blank), ("Total", *blank)) == {**deal, "not_a_deal": 1}


def test_a_blank_row_and_a_heading_are_told_from_the_same_blanks() -> None:
    part, blanks = _part(), ("", "", "", "", "", "")
    rows = [("", "", *blanks), ("", "Magnets of the second line", *blanks), ("a1", "b2", *blanks)]
    found = [_results(part, row) for row in rows]
    assert found[:2] == [{"not_a_deal": 1}] * 2
    assert "not_a_deal" not in found[2]
    assert _results(part, *rows) == {"not_a_deal": 2} | found[2]


def test_an_unreadable_amount_rejects_its_row_alone() -> None:
    part = _part()
    good = _results(part, ("a", *MAGNET))
    bad = (*MAGNET[:4], "five", *MAGNET[5:])
    assert _results(part, ("b", *MAGNET), ("c", *bad)) == {**good, "input_error": 1}


def test_a_number_in_a_typed_column_is_not_taken_for_the_same_text() -> None:
    seen = SeenRows(["share"])
    for share in (pl.Series(["1.234"]), pl.Series([1.234])):
        frame = share.to_frame("share")
        asked = seen.asked(frame, [])
        assert seen.places(asked).tolist() == [NOT_SEEN]
        seen.keep(asked, np.array([0]), np.array([3]), frame)
        assert seen.places(seen.asked(frame, [])).tolist() == [3]
