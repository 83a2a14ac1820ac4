"""What the end of a suspension changes, and why it changes nothing for other transactions."""

from __future__ import annotations

import re

from coercivity.papers.brief.paper.page_one.suspension import suspension_sentences, two_ways
from coercivity.papers.brief.paper.wording import wording
from tests.unit.papers.brief.paper.bodies import body_of


def test_transactions_that_change_are_told_with_both_results() -> None:
    told = list(suspension_sentences(body_of("smco-defence"), wording("en")))
    first = "t12 (SmCo magnets made in Thailand from Chinese samarium, to the prime contractor) and 2 more"
    assert f"{first} (MOFCOM 61/2025): if it lapses, prohibited; if it is extended, may proceed." in told


def test_the_other_rule_is_named_where_an_extension_prohibits() -> None:
    told = list(suspension_sentences(body_of("magnet-jv"), wording("en")))
    first = "t01 (Layout and equipment drawings of the line, on a drive carried to Rayong) and 2 more"
    wanted = f"{first} (MOFCOM 62/2025): if it lapses, licence required; "
    assert f"{wanted}if it is extended, prohibited under MOFCOM/MOST 57/2023." in told


def test_nothing_changes_with_the_reason() -> None:
    body = body_of("magnet-jv")
    body["transactions"] = [row for row in body["transactions"] if row["id"] == "t19"]
    told = list(suspension_sentences(body, wording("en")))
    assert told == [
        "t19 (Reference magnets with 1.8 % dysprosium): no change; "
        "MOFCOM/GAC 18/2025 governs, in force since 2025-04-04 and never suspended.",
    ]


def test_a_rule_that_was_suspended_in_part_is_not_called_never_suspended() -> None:
    body = body_of("smco-defence")
    body["transactions"] = [row for row in body["transactions"] if row["id"] == "t01"]
    told = list(suspension_sentences(body, wording("en")))
    assert len(told) == 1
    assert "never suspended" not in told[0]
    assert "not part of the suspension" in told[0]


def test_every_transaction_that_differs_is_counted() -> None:
    body = body_of("magnet-jv")
    told = [text for text in suspension_sentences(body, wording("zh")) if "届满的" in text]
    differing = [row["id"] for row in body["transactions"] if (ways := two_ways(row)) is not None and ways.differs]
    assert len(differing) == 16
    assert sum(int(number) for text in told for number in re.findall(r"等(\d+)笔", text)) == 16


def test_an_assumption_is_told_first() -> None:
    body = body_of("magnet-jv")
    body["assume"] = {"mofcom-2025-61": "lapsed"}
    first = next(suspension_sentences(body, wording("en")))
    assert first.startswith("This report assumes: MOFCOM 61/2025, suspension lapsed.")
