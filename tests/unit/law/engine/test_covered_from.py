"""Dates before the rulebook begins: nothing is called uncontrolled, and know-how begins earlier than goods."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from coercivity.base.days import Day
from coercivity.law.engine.decide import decide
from coercivity.law.explain.proof import proof
from coercivity.law.explain.reasons import reasons
from coercivity.law.explain.timeline import windows
from coercivity.law.recheck.check import recheck
from coercivity.law.rules.load import law_folder
from coercivity.law.rules.model import Finding, Outcome
from coercivity.permission.gate import gate_of
from tests.support import BOOK, ND_MAGNET, deal, on

GOODS, TECHNOLOGY = Day(2024, 12, 1), Day(2002, 1, 1)
PLAIN_MAGNETS = f"{ND_MAGNET}, to: DE"
LECTURE = (
    "act: technology, form: technology, process_stage: none, technology_topic: none, serves_stage: none, from: CN, to: JP,"
    " exporter_nationality: CN, exporter_place: CN, recipient_nationality: JP, public_domain: false, basic_research: false,"
    " patent_filing: false, catalogue_part: none"
)
NOT_SAID = LECTURE.replace("form: technology, ", "")
MORE = "act: goods, form: other_material, elements: [], from: CN, to: DE"


def test_the_rulebook_begins_earlier_for_know_how_than_for_goods() -> None:
    assert (BOOK.covered_from.goods, BOOK.covered_from.technology) == (GOODS, TECHNOLOGY)


@pytest.mark.parametrize(
    ("facts", "day", "first"),
    [
        (PLAIN_MAGNETS, "2024-11-30", GOODS),
        (PLAIN_MAGNETS, "2019-05-06", GOODS),
        (PLAIN_MAGNETS, "1999-05-06", GOODS),
        (LECTURE, "2001-12-31", TECHNOLOGY),
        # Whether an item is shipped too is not said, so the later date counts.
        (NOT_SAID, "2012-05-06", GOODS),
    ],
)
def test_before_the_first_day_the_rules_are_missing_and_nothing_is_uncontrolled(
    facts: str, day: str, first: Day
) -> None:
    decision = on(facts, day)
    assert decision.finding in (Finding.NOT_HELD, Finding.NEED_FACTS)
    assert decision.outcome is Outcome.UNKNOWN
    assert {branch.finding for branch in decision.branches} <= {Finding.NOT_HELD, Finding.NEED_FACTS}
    (reason,) = [reason for reason in reasons(BOOK, decision) if reason.kind == "not_held"]
    assert reason.day == first
    body = proof(BOOK, decision)
    assert "not_controlled" not in str(body)
    assert recheck(body, law_folder()) == []


@pytest.mark.parametrize(
    ("facts", "day"), [(PLAIN_MAGNETS, "2024-12-01"), (LECTURE, "2002-01-01"), (LECTURE, "2012-05-06")]
)
def test_from_the_first_day_on_the_rules_answer(facts: str, day: str) -> None:
    decision = on(facts, day)
    assert (decision.finding, decision.outcome) == (Finding.NOT_CONTROLLED, Outcome.PROCEED)
    assert recheck(proof(BOOK, decision), law_folder()) == []


def test_what_the_rules_do_say_of_an_earlier_day_stays_decided() -> None:
    """The Export Control Law was in force in 2022: a notice from the ministry asks for a licence all the same."""
    decision = on(f"{PLAIN_MAGNETS}, notice: true", "2022-05-06")
    assert decision.outcome is Outcome.LICENCE
    assert recheck(proof(BOOK, decision), law_folder()) == []


def test_a_forged_finding_of_an_earlier_day_is_detected() -> None:
    body = proof(BOOK, on(PLAIN_MAGNETS, "2019-05-06"))
    assert any("finding" in fault for fault in recheck({**body, "finding": "not_controlled"}, law_folder()))


def test_an_unanswered_question_does_not_hide_that_the_rules_are_missing() -> None:
    decision = on(MORE, "2019-05-06")
    assert "not_held" in {reason.kind for reason in reasons(BOOK, decision)}


def _findings(facts: str, start: Day, end: Day) -> Sequence[Finding]:
    return [window.finding for window in windows(BOOK, deal(facts), start, end)]


def test_the_timeline_parts_at_the_first_day() -> None:
    start, end = Day(2024, 11, 1), Day(2024, 12, 31)
    assert _findings(PLAIN_MAGNETS, start, end) == [Finding.NOT_HELD, Finding.NOT_CONTROLLED]
    start, end = Day(2001, 11, 1), Day(2002, 2, 1)
    assert _findings(LECTURE, start, end) == [Finding.NOT_HELD, Finding.NOT_CONTROLLED]


def test_a_gate_of_an_earlier_month_says_so() -> None:
    gate = gate_of(BOOK, decide(BOOK, deal(PLAIN_MAGNETS), Day(2019, 5, 6)))
    assert (gate.finding, gate.outcome) == ("not_held", "UNKNOWN")
