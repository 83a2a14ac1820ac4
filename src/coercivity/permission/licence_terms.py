"""Licence terms: probability, time and cost; law, practice and assumptions are kept separate.

The law sets limits, practice gives figures reported by a date, and the rest is assumed. Nothing here opens or closes a
gate: practice never removes a licence requirement.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

from coercivity.base.canonical import round_sig
from coercivity.base.days import ONE_DAY, Day
from coercivity.base.sums import total
from coercivity.data.packs import open_pack
from coercivity.law.consequences.licensing import load_licensing
from coercivity.law.rules.load import load_rulebook
from coercivity.permission.buckets import load_buckets
from coercivity.permission.distributions import Gamma, beta_quantile, fitted
from coercivity.permission.gate import Way
from coercivity.practice.records import Report, load_records, load_reports

MONTHS = 9
DAYS_A_MONTH = 365.25 / 12
# Seven calendar days contain five working days; the spread covers holidays.
CALENDAR_DAYS = {"working_days": 7 / 5, "calendar_days": 1.0, "days": 1.0}
INTERVAL = (0.05, 0.95)


@dataclass(frozen=True, slots=True)
class Terms:
    """Licence terms for one treatment, destination and user, as of a date.

    Attributes:
        grant_share: Share of applications granted: mean of the beta distribution after those decided by then.
        grant_low: Its 5 % point.
        grant_high: Its 95 % point.
        lead_share: Share of applications decided 0 to 8 months after preparation began; the last includes later ones.
        life_months: Months for which a granted licence can be used.
        paper_cost_usd_per_kg: Cost of the application, spread over the goods it covers.
        cap_ratio: Goods decided in a month, divided by those shipped in a month of the base year.
        sources: Rows of law and practice on which it is based.
        assumed: Assumptions on which it is based as well.
    """

    grant_share: float
    grant_low: float
    grant_high: float
    lead_share: tuple[float, ...]
    life_months: float
    paper_cost_usd_per_kg: float
    cap_ratio: float
    sources: tuple[str, ...] = ()
    assumed: tuple[str, ...] = ()


def terms(way: Way, destination: str, user: str, known: Day) -> Terms:
    """Returns the licence terms.

    Args:
        way: Treatment given by the gate.
        destination: Region of import.
        user: `civil` or `military`.
        known: Date by which reports count.

    Raises:
        CoercivityError: If destination or user is not in the model.

    Source: equations 15 to 18 of docs/market.md; Decree 792, Articles 15 to 17.
    """
    return _terms(way, destination, user, _report_day(known))


def _report_day(known: Day) -> Day:
    """Returns the date of the newest report by a date: nothing changes between two reports."""
    days = _report_days()
    place = bisect_right(days, known)
    return days[place - 1] if place else min(known, days[0] - ONE_DAY)


@lru_cache(maxsize=1)
def _report_days() -> list[Day]:
    return sorted({report.reported_on for report in load_reports()})


@lru_cache(maxsize=4096)
def _terms(way: Way, destination: str, user: str, known: Day) -> Terms:
    table = load_buckets()
    table.must_hold(region=destination, user=user)
    if way is Way.FREE:
        return Terms(1.0, 1.0, 1.0, _all_in(0), math.inf, 0.0, math.inf)
    if way is Way.SHUT:
        return Terms(0.0, 0.0, 0.0, _all_in(MONTHS - 1), 0.0, 0.0, 0.0)
    basis, country = _Basis(), table.country[destination]
    prior = "denial" if way is Way.DENIAL else ("civil" if user == "civil" else "case")
    granted, refused = _decided(basis, prior, country, known)
    low, high = (round_sig(beta_quantile(share, granted, refused)) for share in INTERVAL)
    return Terms(
        grant_share=round_sig(granted / (granted + refused)),
        grant_low=low,
        grant_high=high,
        lead_share=_lead(basis, country, known),
        life_months=_life(basis),
        paper_cost_usd_per_kg=round_sig(basis.assume("licence_file_cost") / (1000 * basis.assume("licence_size"))),
        cap_ratio=basis.assume("licence_decision_cap"),
        sources=tuple(sorted(basis.sources)),
        assumed=tuple(sorted(basis.assumed)),
    )


@dataclass(slots=True)
class _Basis:
    """The rows on which a result is based, recorded as they are used."""

    sources: set[str] = field(default_factory=set)
    assumed: set[str] = field(default_factory=set)

    def assume(self, key: str) -> float:
        row, value = _assumptions()[key]
        self.assumed.add(f"assumptions:{row}")
        return value

    def report(self, report: Report) -> float:
        self.sources.add(f"licence_practice:{report.id}")
        return float(report.figure)


@lru_cache(maxsize=1)
def _assumptions() -> dict[str, tuple[str, float]]:
    """Returns id and value of the rows of `assumptions` by their readable keys."""
    pack = open_pack("world")
    table = pack.table("assumptions")
    values = {row: float(value) for row, value in zip(table.text("id"), table.text("value"), strict=True)}
    return {key: (row, values[row]) for key, row in pack.assumption_rows.items()}


def _heard(country: str, known: Day) -> Iterator[Report]:
    """Returns the reports up to a date for the country, its group, or everywhere, without special uses."""
    records = load_records()
    places = {country, "ALL", *(places.id for places in records.groups_of_places if country in places.members)}
    for report in load_reports():
        if report.reported_on <= known and report.destination in places and report.end_use not in records.special_uses:
            yield report


def _decided(basis: _Basis, prior: str, country: str, known: Day) -> tuple[float, float]:
    """Returns applications granted and refused: the prior, and for civil users those decided, without pending ones."""
    granted, refused = (basis.assume(f"grant_prior_{prior}_{end}") for end in ("granted", "refused"))
    if prior != "civil":
        return granted, refused
    # Counts are running totals, so only the last one of each place and metric counts.
    last = {(report.destination, report.metric): report for report in _heard(country, known) if report.decides}
    for report in last.values():
        if report.metric == "rejected_applications":
            refused += basis.report(report)
        else:
            granted += basis.report(report)
    return granted, refused


def _lead(basis: _Basis, country: str, known: Day) -> tuple[float, ...]:
    """Returns the months from preparation to decision: documents, time at the authority, hand-over."""
    week = CALENDAR_DAYS["working_days"]
    drawn_up = max(basis.assume(f"lead_time_{paper}") for paper in ("end_user", "description", "contract", "company"))
    fixed = week * (drawn_up + basis.assume("lead_time_filing") + basis.assume("lead_time_handover"))
    seen, at_least = list[float](), list[float]()
    for report in _heard(country, known):
        if report.group in ("processing", "expected"):
            days = basis.report(report) * CALENDAR_DAYS[report.unit]
            longer = report.qualifier in ("or_more", "at_least") or report.group == "expected"
            (at_least if longer else seen).append(days)
    law = fitted(_at_the_authority(basis), basis.assume("decision_time_prior_files"), seen, at_least)
    ends = [law.decided((month + 0.5) * DAYS_A_MONTH - fixed) for month in range(MONTHS - 1)]
    shares = [round_sig(later - earlier) for earlier, later in pairwise([0.0, *ends])]
    return (*shares, round_sig(1 - total(shares)))


def _at_the_authority(basis: _Basis) -> Gamma:
    """Returns the prior: a part of the statutory time limit, and for some a round of questions that is not counted."""
    limit = load_licensing(load_rulebook()).clock("licence_decision")
    basis.sources.add(f"licensing:{limit.id}")
    assert limit.working_days is not None  # the licensing table has one for a decision
    asked = basis.assume("questioned_share") * basis.assume("lead_time_questions")
    mean = CALENDAR_DAYS["working_days"] * (basis.assume("decision_time_share") * float(limit.working_days) + asked)
    return Gamma(mean, (basis.assume("decision_time_spread") * mean) ** 2)


def _life(basis: _Basis) -> float:
    """Returns the months of use: at most the statutory validity of a single licence."""
    longest = load_licensing(load_rulebook()).track("single")
    basis.sources.add(f"licensing:{longest.id}")
    return min(12 * float(longest.longest_validity_years or 1), basis.assume("licence_life"))


def _all_in(month: int) -> tuple[float, ...]:
    return tuple(float(at == month) for at in range(MONTHS))
