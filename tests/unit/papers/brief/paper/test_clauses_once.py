"""A clause is told once, with every transaction of the report that rests on it, also those of later sections."""

from __future__ import annotations

import pytest

from coercivity.base.words import Lang
from coercivity.papers.brief.paper.deals import deal_sections
from coercivity.papers.brief.paper.groups import deal_groups
from coercivity.papers.brief.paper.wording import wording
from tests.unit.papers.brief.paper.bodies import body_of


def _clauses(case: str, lang: Lang) -> list[tuple[str, str]]:
    body = body_of(case)
    tables = [table for one in deal_sections(body, deal_groups(body), wording(lang)) for table in one.tables]
    return [(row[0], row[2]) for table in tables if table.id.startswith("clauses") for row in table.rows]


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("case", ["magnet-jv", "smco-defence"])
def test_each_clause_is_told_once(case: str, lang: Lang) -> None:
    body = body_of(case)
    told = [name for name, _ in _clauses(case, lang)]
    assert len(told) <= len({name for row in body["transactions"] for name in row["grounds"]})


def test_a_clause_names_transactions_of_later_sections_as_well() -> None:
    told = dict(_clauses("smco-defence", "en"))
    assert told["MOFCOM/GAC 18/2025, samarium items (1C902)"] == "t01–t03, t07, t18, t19"
    assert told["MOFCOM 61/2025 Art. 1(3)"] == "t09–t11, t14, t15, t17, t20"
