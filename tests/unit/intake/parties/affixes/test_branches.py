"""A branch, a works or a department behind a name: the name alone is the legal person."""

from __future__ import annotations

import pytest

from coercivity.intake.parties.affixes.branches import heads_of


@pytest.mark.parametrize(
    ("name", "head"),
    [
        ("Zelkowa Systems GmbH, Tokyo Branch", "Zelkowa Systems GmbH"),
        ("Zelkowa Systems Shanghai Representative Office", "Zelkowa Systems"),
        ("Zelkowa Systems GmbH Plant No. 3", "Zelkowa Systems GmbH"),
        ("Zelkowa Systems GmbH Werk II", "Zelkowa Systems GmbH"),
        ("Zelkowa Systems Zweigniederlassung Musterstadt", "Zelkowa Systems"),
        ("Zelkowa Systems - bureau de Lyon", "Zelkowa Systems"),
        ("Zelkowa Systems stabilimento di Torino", "Zelkowa Systems"),
        ("Zelkowa Systems Purchasing Dept.", "Zelkowa Systems"),
        ("某某航空有限公司上海代表处", "某某航空有限公司"),
        ("某某航空上海代表处", "某某航空"),
        ("某某航空有限公司采购部", "某某航空有限公司"),
        ("某某株式会社 秋田工場", "某某株式会社"),
    ],
)
def test_the_name_alone_is_among_the_heads(name: str, head: str) -> None:
    assert head in heads_of(name)


@pytest.mark.parametrize("name", ["Zelkowa Systems GmbH", "Branch", "Werk", "Ordinary Trading Ltd", "某某航空有限公司"])
def test_a_name_without_a_unit_has_no_heads(name: str) -> None:
    assert heads_of(name) == ()


@pytest.mark.parametrize("name", ["Zelkowa Marine Propulsion Plant", "Zelkowa Shipping Logistics Branch"])
def test_another_business_is_no_place(name: str) -> None:
    """A trade between the name and the unit is another firm's."""
    assert "Zelkowa" not in heads_of(name)
