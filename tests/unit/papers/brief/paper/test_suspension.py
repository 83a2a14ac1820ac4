"""What the end of a suspension changes, and why it changes nothing for other transactions."""

from __future__ import annotations

from coercivity.papers.brief.paper.page_one.suspension import suspension_sentences, two_ways
from coercivity.papers.brief.paper.wording import wording
from tests.unit.papers.brief.paper.bodies import body_of


def test_transactions_that_change_are_told_with_both_results() -> None:
    told = list(suspension_sentences(body_of("smco-defence"), wording("en")))
    assert "t12, t13, t17 (MOFCOM 61/2025): if it lapses, prohibited; if it is extended, may proceed." in told


def test_the_other_rule_is_named_where_an_extension_prohibits() -> None:
    told = list(suspension_sentences(body_of("magnet-jv"), wording("en")))
    wanted = "t01, t02, t12 (MOFCOM 62/2025): if it lapses, licence required; "
    assert f"{wanted}if it is extended, prohibited under MOFCOM/MOST 57/2023." in told


def test_nothing_changes_with_the_reason() -> None:
    body = body_of("magnet-jv")
    body["transactions"] = [row for row in body["transactions"] if row["id"] == "t19"]
    told = list(suspension_sentences(body, wording("en")))
    assert told == [
        "t19: no change; MOFCOM/GAC 18/2025 governs, in force since 2025-04-04 and never suspended.",
    ]


def test_a_rule_that_was_suspended_in_part_is_not_called_never_suspended() -> None:
    body = body_of("smco-defence")
    body["transactions"] = [row for row in body["transactions"] if row["id"] == "t01"]
    told = list(suspension_sentences(body, wording("en")))
    assert len(told) == 1
    assert "never suspended" not in told[0]
    assert "not part of the suspension" in told[0]


def test_every_transaction_that_differs_is_told() -> None:
    body = body_of("magnet-jv")
    told = " ".join(suspension_sentences(body, wording("zh")))
    differing = [row["id"] for row in body["transactions"] if (ways := two_ways(row)) is not None and ways.differs]
    assert len(differing) == 16
    assert "t06–t11" in told


def test_an_assumption_is_told_first() -> None:
    body = body_of("magnet-jv")
    body["assume"] = {"mofcom-2025-61": "lapsed"}
    first = next(suspension_sentences(body, wording("en")))
    assert first.startswith("This report assumes: MOFCOM 61/2025, suspension lapsed.")
