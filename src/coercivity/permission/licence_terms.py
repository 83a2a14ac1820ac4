"""Licence terms: probability, time and cost; law, practice and assumptions are kept separate.

The law sets limits, practice gives figures reported by a date, and the rest is assumed. Nothing here opens or closes a
gate: practice never removes a licence requirement.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from coercivity.base.canonical import round_sig
from coercivity.base.days import ONE_DAY, Day
from coercivity.base.sums import total
from coercivity.law.consequences.licensing import load_licensing
from coercivity.law.rules.load import load_rulebook
from coercivity.permission.basis import Asked, Basis
from coercivity.permission.buckets import load_buckets
from coercivity.permission.distributions import beta_quantile
from coercivity.permission.gate import Way
from coercivity.permission.grants import grant_odds
from coercivity.permission.review_time import fixed_days, review
from coercivity.practice.desk import ANY, DeskPractice
from coercivity.practice.desk_tables import load_desk
from coercivity.practice.records import load_reports

MONTHS = 9
DAYS_A_MONTH = 365.25 / 12
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
        sources: Rows of law and practice on which it is based.
        assumed: Assumptions on which it is based as well.
    """

    grant_share: float
    grant_low: float
    grant_high: float
    lead_share: tuple[float, ...]
    life_months: float
    paper_cost_usd_per_kg: float
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
    """Returns the newest date by a date on which something changed: a report, or a row of the licensing desk."""
    days = _report_days()
    place = bisect_right(days, known)
    return days[place - 1] if place else min(known, days[0] - ONE_DAY)


@lru_cache(maxsize=1)
def _report_days() -> list[Day]:
    days = {report.reported_on for report in load_reports()}
    for row in load_desk().rows:
        days |= {day for day in (row.reported_on, row.begins_on) if day is not None}
        if row.ends_on is not None:
            days.add(row.ends_on + ONE_DAY)
    return sorted(days)


@lru_cache(maxsize=4096)
def _terms(way: Way, destination: str, user: str, known: Day) -> Terms:
    table = load_buckets()
    table.must_hold(region=destination, user=user)
    if way is Way.FREE:
        return Terms(1.0, 1.0, 1.0, _all_in(0), math.inf, 0.0)
    if way is Way.SHUT:
        return Terms(0.0, 0.0, 0.0, _all_in(MONTHS - 1), 0.0, 0.0)
    practice, basis = load_desk(), Basis()
    asked = Asked(ANY, table.country[destination], user, known, known)
    granted, refused = grant_odds(practice, way, ANY, asked.country, user, known, known, basis)
    low, high = (round_sig(beta_quantile(share, granted, refused)) for share in INTERVAL)
    cost, size = (basis.figure(practice, name, asked) for name in ("file_cost_usd", "file_size_t"))
    return Terms(
        grant_share=round_sig(granted / (granted + refused)),
        grant_low=low,
        grant_high=high,
        lead_share=_lead(practice, asked, basis),
        life_months=_life(practice, asked, basis),
        paper_cost_usd_per_kg=round_sig(cost / (1000 * size)),
        sources=tuple(sorted(basis.sources)),
        assumed=tuple(sorted(basis.assumed)),
    )


def _lead(practice: DeskPractice, asked: Asked, basis: Basis) -> tuple[float, ...]:
    """Returns the months from preparation to decision: documents, time at the authority, hand-over."""
    fixed = total(fixed_days(basis))
    law = review(practice, asked.form, asked.country, asked.user, asked.known, basis)
    ends = [law.decided((month + 0.5) * DAYS_A_MONTH - fixed) for month in range(MONTHS - 1)]
    shares = [round_sig(later - earlier) for earlier, later in pairwise([0.0, *ends])]
    return (*shares, round_sig(1 - total(shares)))


def _life(practice: DeskPractice, asked: Asked, basis: Basis) -> float:
    """Returns the months of use: at most the statutory validity of a single licence."""
    longest = load_licensing(load_rulebook()).track("single")
    basis.sources.add(f"licensing:{longest.id}")
    return min(12 * float(longest.longest_validity_years or 1), basis.figure(practice, "licence_life_months", asked))


def _all_in(month: int) -> tuple[float, ...]:
    return tuple(float(at == month) for at in range(MONTHS))
