"""Chance that an application is granted: a prior, and the applications decided by a date."""

from __future__ import annotations

from collections.abc import Callable

from coercivity.base.days import Day
from coercivity.permission.basis import Asked, Basis, heard
from coercivity.permission.gate import Way
from coercivity.practice.desk import DeskPractice, Parameter

_PRIORS: dict[str, tuple[Parameter, Parameter]] = {
    "civil": ("prior_civil_granted", "prior_civil_refused"),
    "case": ("prior_case_granted", "prior_case_refused"),
    "denial": ("prior_denial_granted", "prior_denial_refused"),
}

# Share granted, from the two counts of its beta distribution.
GrantedShare = Callable[[float, float], float]


def mean_share(granted: float, refused: float) -> float:
    """Returns the mean of the share granted.

    Args:
        granted: Applications granted, prior included.
        refused: Applications refused, prior included.
    """
    return granted / (granted + refused)


def grant_odds(
    practice: DeskPractice,
    way: Way,
    form: str,
    country: str,
    user: str,
    on: Day,
    known: Day,
    basis: Basis | None = None,
) -> tuple[float, float]:
    """Returns the two counts of the beta distribution of the share granted: granted and refused [applications].

    Applications decided by `known` are added to the prior for civil users only, and without pending ones, because
    refusals come late.

    Args:
        practice: Figures of the licensing desk.
        way: Treatment given by the gate; a presumption of denial has its own prior.
        form: Form of the goods, technology or service.
        country: ISO 3166 alpha-2 code of the destination.
        user: `civil` or `military`.
        on: Day for which the rows of the licensing desk count.
        known: Reports after it do not count.
        basis: Notes the rows used.

    Source: equation 15 of docs/market.md.
    """
    basis, asked = basis or Basis(), Asked(form, country, user, on, known)
    prior = "denial" if way is Way.DENIAL else ("civil" if user == "civil" else "case")
    granted, refused = (basis.figure(practice, parameter, asked) for parameter in _PRIORS[prior])
    if prior != "civil":
        return granted, refused
    # Counts are running totals, so only the last one of each place and metric counts.
    last = {(report.destination, report.metric): report for report in heard(practice, country, known) if report.decides}
    for report in last.values():
        if report.metric == "rejected_applications":
            refused += basis.report(report)
        else:
            granted += basis.report(report)
    return granted, refused
