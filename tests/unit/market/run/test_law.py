"""The law as used by the market model: free flows are granted in full, licensed flows in part."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from functools import cache

import pytest

from coercivity.base.months import Month, first_of, middle_of, parse_month
from coercivity.base.sums import total
from coercivity.law.rules.load import load_rulebook
from coercivity.law.rules.status import Assumption
from coercivity.market.program.state import Shares
from coercivity.market.run.law import known_in, law_of, lifted_law, lifted_shares, plant_law_of, shares_of
from coercivity.permission.buckets import Bucket
from coercivity.permission.gate import Gate, Way
from coercivity.permission.gates import Gates
from coercivity.practice.desk_tables import load_desk

EXTENDED = {
    f"mofcom-gac-2025-{number}": Assumption(lapsed=False, extended_through=dt.date(2027, 11, 10))
    for number in (55, 56, 57, 58)
}
FLOWS = (
    ("ox_Dy", "CN", "EUR", "civil"),
    ("ox_HoLu", "CN", "NAM", "civil"),
    ("mag_low", "CN", "NAM", "military"),
    ("mag_high", "JP", "EUR", "civil"),
    ("ox_NdPr", "CN", "JP", "civil"),
)
PERIODS = (
    ("2025-04", 1, "2025-04"),
    ("2025-04", 3, "2025-03"),
    ("2024-10", 12, "2025-04"),
    ("2025-09", 3, "2025-10"),
    ("2025-10", 6, "2025-12"),
    ("2026-10", 12, "2026-03"),
    ("2027-10", 12, "2026-09"),
)
ACTS = ("technology", "service", "assistance", "equipment")


def test_of_acts_that_are_free_every_file_is_granted_and_of_others_a_part() -> None:
    law = plant_law_of(Gates(load_rulebook(), assume={}, without=[]), None, load_desk())
    month = parse_month("2025-11")
    found = [law(month, act, "EUR", "magnet", month) for act in ACTS]
    assert {gate.free for gate, _ in found} == {True, False}
    assert all((share == 1) == gate.free for gate, share in found)


@cache
def gates_of(assumed: bool, clause: str = "") -> Gates:
    return Gates(load_rulebook(), assume=EXTENDED if assumed else {}, without=[clause] if clause else [])


def day_by_day(
    gates: Gates, bucket: tuple[str, str, str, str], days: list[dt.date], known: dt.date
) -> dict[Gate, Fraction]:
    found: dict[Gate, Fraction] = {}
    for day in days:
        gate = gates.gate(Bucket(*bucket), day, known)
        found[gate] = found.get(gate, Fraction(0)) + Fraction(1, len(days))
    return found


def days_of(first: Month, months: int) -> list[dt.date]:
    begin, end = first_of(first), first_of(first + months)
    return [begin + dt.timedelta(days=n) for n in range((end - begin).days)]


def same(found: Shares, expected: dict[Gate, Fraction]) -> None:
    """The same gates in the order of their first days, with the same shares."""
    assert [gate for gate, _ in found] == list(expected)
    assert [share for _, share in found] == pytest.approx([float(share) for share in expected.values()], abs=1e-12)
    assert total(share for _, share in found) == pytest.approx(1.0, abs=1e-12)


@pytest.mark.parametrize("assumed", [False, True])
@pytest.mark.parametrize("cut", [None, dt.date(2025, 10, 20)])
@pytest.mark.parametrize(("first", "months", "seen_from"), PERIODS)
def test_the_shares_of_a_period_are_those_of_its_days_one_by_one(
    first: str, months: int, seen_from: str, cut: dt.date | None, assumed: bool
) -> None:
    gates, begin, seen = gates_of(assumed), parse_month(first), parse_month(seen_from)
    law = shares_of(gates, cut)
    for bucket in FLOWS:
        expected = day_by_day(gates, bucket, days_of(begin, months), known_in(seen, cut))
        same(law(bucket, begin, months, seen), expected)


def test_april_2025_is_free_for_three_days_of_thirty() -> None:
    """MOFCOM/GAC 18/2025 is in force from 4 April 2025, the day of its publication."""
    april = parse_month("2025-04")
    (free, early), (licence, late) = shares_of(gates_of(assumed=False))(FLOWS[0], april, 1, april)
    assert (free.free, licence.way) == (True, Way.LICENCE)
    assert (early, late) == (3 / 30, 27 / 30)


def test_a_period_whose_days_are_alike_has_one_gate_with_the_whole_share() -> None:
    law, month = shares_of(gates_of(assumed=False)), parse_month("2024-01")
    for bucket in FLOWS:
        ((_, share),) = law(bucket, month, 3, month)
        assert share == 1.0


@pytest.mark.parametrize(
    ("first", "months", "seen_from"), [("2025-10", 6, "2025-12"), ("2025-10", 6, "2026-01"), ("2026-01", 3, "2026-01")]
)
def test_a_clause_is_lifted_from_its_month_on_and_not_known_before(first: str, months: int, seen_from: str) -> None:
    begin, start, seen = parse_month("2026-01"), parse_month(first), parse_month(seen_from)
    before, after = gates_of(assumed=False), gates_of(assumed=False, clause="18/2025")
    law = lifted_shares(shares_of(before), shares_of(after), begin)
    by_month = lifted_law(law_of(before), law_of(after), begin)
    for bucket in FLOWS:
        expected: dict[Gate, Fraction] = {}
        days = days_of(start, months)
        for day in days:
            month = day.year * 12 + day.month - 1
            gates = after if min(month, seen) >= begin else before
            gate = gates.gate(Bucket(*bucket), day, middle_of(seen))
            expected[gate] = expected.get(gate, Fraction(0)) + Fraction(1, len(days))
        found = law(bucket, start, months, seen)
        same(found, expected)
        assert {by_month(bucket, month, seen) for month in range(start, start + months)} <= set(expected)
    lifted = law(FLOWS[0], start, months, seen)
    assert any(gate.free for gate, _ in lifted) == (seen >= begin)
