"""Transactions with the same answer are one group, and those with another are apart."""

from __future__ import annotations

import json
from itertools import combinations

import pytest

from coercivity.papers.brief.paper.groups import deal_groups, ids_of, rows_of
from coercivity.papers.brief.report_data import TransactionData
from tests.unit.papers.brief.paper.bodies import body_of


def _answer(row: TransactionData) -> list[object]:
    keys = ("outcome", "finding", "may_become", "grounds", "next", "reasons", "ways", "branches")
    return [row[key] for key in keys]  # type: ignore[literal-required]


@pytest.mark.parametrize("case", ["magnet-jv", "smco-defence"])
def test_every_transaction_is_in_one_group(case: str) -> None:
    body = body_of(case)
    assert sorted(ids_of(deal_groups(body))) == sorted(row["id"] for row in body["transactions"])


@pytest.mark.parametrize("case", ["magnet-jv", "smco-defence"])
def test_a_group_has_one_answer(case: str) -> None:
    body = body_of(case)
    for group in deal_groups(body):
        first, *others = rows_of(body, group)
        assert all(_answer(other) == _answer(first) for other in others)


@pytest.mark.parametrize("case", ["magnet-jv", "smco-defence"])
def test_transactions_of_two_groups_differ_in_answer_or_documents(case: str) -> None:
    body = body_of(case)
    for one, other in combinations(deal_groups(body), 2):
        first, second = rows_of(body, one)[0], rows_of(body, other)[0]
        assert _answer(first) != _answer(second) or first["law"]["tracks"] != second["law"]["tracks"]


def test_the_same_transaction_twice_is_one_group() -> None:
    body = body_of("smco-defence")
    number = len(deal_groups(body))
    again = dict(body["transactions"][0])
    again["id"] = "again"
    body["transactions"].append(again)  # type: ignore[arg-type]
    groups = deal_groups(body)
    assert len(groups) == number
    assert ids_of(groups[:1])[-1] == "again"


def test_another_next_step_makes_another_group() -> None:
    body = body_of("smco-defence")
    number = len(deal_groups(body))
    again = dict(body["transactions"][0])
    again["id"], again["next"] = "again", {"en": "Ask again.", "zh": "再次询问。"}
    body["transactions"].append(again)  # type: ignore[arg-type]
    assert len(deal_groups(body)) == number + 1


def test_groups_are_plain_data() -> None:
    groups = deal_groups(body_of("smco-defence"))
    assert json.loads(json.dumps(groups)) == groups
