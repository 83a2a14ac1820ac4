"""Two dates compared: clauses that changed, deals that changed with them, and their mass and value."""

from __future__ import annotations

from decimal import Decimal

from coercivity.base.days import parse_day
from coercivity.cases.regimes import RegimeDiff, compare
from coercivity.cases.sources import NamedDeal
from coercivity.law.rules.status import Assumption
from tests.support import BOOK, DY_MAGNET, ND_MAGNET, deal

BEFORE, AFTER = parse_day("2025-04-03"), parse_day("2025-04-04")


def named(name: str, facts: str, kg: str = "", value: str = "") -> NamedDeal:
    return NamedDeal(
        name, name, deal(facts), None, None, Decimal(kg) if kg else None, (Decimal(value), "USD") if value else None
    )


DEALS = [
    named("dy-one", f"{DY_MAGNET}, to: DE", "1000", "60000"),
    named("dy-two", f"{DY_MAGNET}, to: JP", "500"),
    named("dy-three", f"{DY_MAGNET}, to: KR", value="7000"),
    named("dy-four", f"{DY_MAGNET}, to: TH"),
    named("nd", f"{ND_MAGNET}, to: DE", "2000", "90000"),
]


def april() -> RegimeDiff:
    """3 and 4 April 2025: MOFCOM/GAC 18/2025 takes effect on its day of publication."""
    return compare(BOOK, BEFORE, AFTER, DEALS)


def test_the_clauses_that_turned_are_those_of_the_notice() -> None:
    found = april()
    assert (found.before, found.after) == (BEFORE, AFTER)
    turned = {entry.rule.instrument.id for entry in found.clauses}
    assert "mofcom-gac-2025-18" in turned
    assert all(entry.before.status is not entry.after.status for entry in found.clauses)


def test_deals_that_are_answered_otherwise_are_told_with_the_notice_that_makes_it_so() -> None:
    found = april()
    assert [row.deal.id for row in found.deals] == ["dy-one", "dy-two", "dy-three", "dy-four"]
    assert found.unmoved == 1
    assert found.held_back == 0
    for row in found.deals:
        assert (row.before.outcome.value, row.after.outcome.value) == ("PROCEED", "LICENCE")
        assert [name for name, _, _ in row.because] == ["mofcom-gac-2025-18"]


def test_what_moved_is_weighed_where_it_can_be() -> None:
    found = april()
    assert found.mass_kg == 1500
    assert found.values == {"USD": 67000}
    assert found.unweighed == 1


def test_a_day_beside_itself_differs_in_nothing() -> None:
    found = compare(BOOK, AFTER, AFTER, DEALS)
    assert (found.clauses, found.deals) == ((), ())
    assert (found.unmoved, found.held_back) == (5, 0)
    assert not found.mass_kg
    assert not found.values


def test_what_is_not_known_yet_turns_nothing() -> None:
    """Known by 3 April on both days, the notice of 4 April is not there on either."""
    found = compare(BOOK, BEFORE, AFTER, DEALS, known=(BEFORE, BEFORE))
    assert (found.clauses, found.deals) == ((), ())


def test_what_is_assumed_of_a_pause_moves_the_clauses_of_that_notice() -> None:
    days = parse_day("2026-11-10"), parse_day("2026-11-11")
    lapsed = compare(BOOK, *days, assume={"mofcom-2025-61": Assumption(lapsed=True)})
    longer = Assumption(lapsed=False, extended_through=parse_day("2027-11-10"))
    extended = compare(BOOK, *days, assume={"mofcom-2025-61": longer})
    assert "mofcom-2025-61" in {entry.rule.instrument.id for entry in lapsed.clauses}
    assert "mofcom-2025-61" not in {entry.rule.instrument.id for entry in extended.clauses}


def test_the_first_date_covered_changes_no_deal() -> None:
    """The rules of the earlier day are not included: that is no change of the law."""
    plain = [deal for deal in DEALS if deal.id not in ("dy-one", "dy-two", "dy-three", "dy-four")]
    found = compare(BOOK, parse_day("2024-11-20"), parse_day("2024-12-02"), plain)
    assert (found.deals, found.unmoved, found.held_back) == ((), len(plain), len(plain))
