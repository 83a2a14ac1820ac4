"""A table of the printed report ends where it would fill pages, and says how many transactions the annex has besides."""

from __future__ import annotations

from coercivity.papers.brief.paper.deals import MOST_ROWS
from coercivity.papers.brief.paper.paper import brief_paper
from tests.unit.papers.brief.paper.bodies import body_of


def _rows(count: int, only: str) -> list[tuple[str, ...]]:
    body = body_of("ev-motor")
    row = next(row for row in body["transactions"] if row["outcome"] == "LICENCE")
    body["transactions"] = [{**row, "id": f"x{place:03d}", "line": place} for place in range(count)]
    tables = [table for section in brief_paper(body, "en").sections for table in section.tables]
    (found,) = [table for table in tables if table.id.startswith("deals_") and table.only in ("", only)]
    return list(found.rows)


def test_fifteen_transactions_are_all_named() -> None:
    assert [row[0] for row in _rows(MOST_ROWS, "readers")] == [f"x{place:03d}" for place in range(MOST_ROWS)]


def test_of_more_the_first_are_named_and_the_others_counted() -> None:
    rows = _rows(120, "readers")
    assert len(rows) == MOST_ROWS + 1
    assert rows[-1][:2] == ("…", "105 more in the annex")


def test_the_workbook_has_them_all() -> None:
    assert len(_rows(120, "files")) == 120
