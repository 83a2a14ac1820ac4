"""Times of an application: documents and filing, review by the authority, hand-over; all in calendar days."""

from __future__ import annotations

from functools import lru_cache

from coercivity.base.days import Day
from coercivity.law.consequences.licensing import load_licensing
from coercivity.law.rules.load import load_rulebook
from coercivity.permission.basis import Asked, Basis, heard
from coercivity.permission.distributions import Gamma, fitted
from coercivity.practice.desk import DeskPractice

# Seven calendar days contain five working days; the spread covers holidays.
CALENDAR_DAYS = {"working_days": 7 / 5, "calendar_days": 1.0, "days": 1.0}
_DOCUMENTS = ("end_user", "description", "contract", "company")


def fixed_days(basis: Basis | None = None) -> tuple[float, float]:
    """Returns the times that do not depend on the authority: documents with filing, and hand-over [calendar days].

    Documents are prepared side by side, so the longest counts.

    Args:
        basis: Notes the rows used.

    Source: equation 17 of docs/market.md.
    """
    basis, week = basis or Basis(), CALENDAR_DAYS["working_days"]
    drawn_up = max(basis.assume(f"lead_time_{paper}") for paper in _DOCUMENTS)
    return week * (drawn_up + basis.assume("lead_time_filing")), week * basis.assume("lead_time_handover")


def review(practice: DeskPractice, form: str, country: str, user: str, known: Day, basis: Basis | None = None) -> Gamma:
    """Returns the time at the authority, from acceptance to the decision [calendar days].

    Before any report it is a part of the statutory time limit, and for some a round of questions that the limit does
    not count. Reported times then enter with a weight of one application each; lower bounds with their mean beyond.

    Args:
        practice: Figures of the licensing desk; those of the day `known` count.
        form: Form of the goods, technology or service.
        country: ISO 3166 alpha-2 code of the destination.
        user: `civil` or `military`.
        known: Reports after it do not count.
        basis: Notes the rows used.

    Source: equation 16 of docs/market.md; Decree 792, Article 17.
    """
    basis, asked = basis or Basis(), Asked(form, country, user, known, known)
    seen, at_least = list[float](), list[float]()
    for report in heard(practice, country, known):
        if report.group in ("processing", "expected"):
            days = basis.report(report) * CALENDAR_DAYS[report.unit]
            longer = report.qualifier in ("or_more", "at_least") or report.group == "expected"
            (at_least if longer else seen).append(days)
    prior = _prior(practice, asked, basis)
    return _fitted(prior, basis.figure(practice, "review_prior_files", asked), tuple(seen), tuple(at_least))


def _prior(practice: DeskPractice, asked: Asked, basis: Basis) -> Gamma:
    limit = load_licensing(load_rulebook()).clock("licence_decision")
    basis.sources.add(f"licensing:{limit.id}")
    assert limit.working_days is not None  # the licensing table has one for a decision
    questions = basis.figure(practice, "questioned_share", asked) * basis.assume("lead_time_questions")
    counted = basis.figure(practice, "review_limit_share", asked) * float(limit.working_days)
    mean = CALENDAR_DAYS["working_days"] * (counted + questions)
    return Gamma(mean, (basis.figure(practice, "review_spread", asked) * mean) ** 2)


@lru_cache(maxsize=1024)
def _fitted(prior: Gamma, weight: float, seen: tuple[float, ...], at_least: tuple[float, ...]) -> Gamma:
    return fitted(prior, weight, seen, at_least)
