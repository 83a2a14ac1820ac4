"""The example cases: outcomes and clauses that were worked out by hand, on the days of each case's expected.csv."""

from __future__ import annotations

import csv

import pytest

from coercivity.base.days import parse_day
from coercivity.cases.brief.brief import make_brief
from coercivity.law.explain.reasons import grounds
from coercivity.law.rules.rulebook import Rulebook
from tests.places import ROOT

EXAMPLES = ROOT / "examples"
CASES = ("ev-motor", "magnet-jv", "recycler", "smco-defence", "wind")


def worked(case: str) -> tuple[list[str], list[dict[str, str]]]:
    """Returns the days of a case's table, and its rows."""
    with (EXAMPLES / case / "expected.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [name for name in rows[0] if name not in ("id", "clauses")], rows


@pytest.mark.parametrize("case", CASES)
def test_each_deal_has_the_outcome_worked_out(book: Rulebook, case: str) -> None:
    days, rows = worked(case)
    for day in days:
        brief = make_brief(book, EXAMPLES / case, parse_day(day))
        assert {row.transaction.id: row.decision.outcome.value for row in brief.rows} == {
            row["id"]: row[day] for row in rows
        }


@pytest.mark.parametrize("case", CASES)
def test_each_outcome_rests_on_the_clause_worked_out(book: Rulebook, case: str) -> None:
    days, rows = worked(case)
    brief = make_brief(book, EXAMPLES / case, parse_day(days[-1]))
    for row, made in zip(rows, brief.rows, strict=True):
        found = {rule.id for rule in grounds(book, made.decision)}
        clauses = set() if row["clauses"] == "none" else set(row["clauses"].split(";"))
        assert clauses <= found, row["id"]
        assert bool(clauses) == bool(found), row["id"]


def test_the_recycler_shows_every_outcome_on_the_day_of_its_readme(book: Rulebook) -> None:
    brief = make_brief(book, EXAMPLES / "recycler", parse_day("2026-10-05"))
    assert {row.decision.outcome.value for row in brief.rows} == {"PROCEED", "LICENCE", "STOP", "UNKNOWN"}


def test_consent_of_the_ministry_is_all_that_divides_the_two_transfers_between_plants() -> None:
    with (EXAMPLES / "wind" / "transactions.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["id"]: row for row in csv.DictReader(file)}
    refused, allowed = rows["t06"], rows["t07"]
    apart = {name for name in refused if refused[name] != allowed[name]}
    assert apart == {"id", "title", "title_zh", "on", "mofcom_permission", "note"}


@pytest.mark.parametrize("case", ["recycler", "wind"])
def test_no_invented_company_looks_like_a_listed_one(book: Rulebook, case: str) -> None:
    brief = make_brief(book, EXAMPLES / case, parse_day("2026-10-05"))
    assert [row.transaction.id for row in brief.rows if row.decision.deal.names_open_on(row.decision.on)] == []
