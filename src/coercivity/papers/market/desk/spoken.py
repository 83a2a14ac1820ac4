"""What a report speaks of, and the figure of the run for it."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

from coercivity.base.months import Month, first_of, month_of
from coercivity.data.schema import Words
from coercivity.papers.market.desk.beside import Beside, Figure, Reason
from coercivity.papers.market.desk.figures import TINY_FILES, Queues, Series
from coercivity.papers.market.desk.misfit import Covered
from coercivity.papers.market.desk.report_data import Compared
from coercivity.practice.desk import ANY, GeneralLicence
from coercivity.practice.records import Group, Report, ReportedUse

SHARES_OF_FILED: frozenset[Compared] = frozenset(("granted_share", "refused_share", "pending_share"))
SHARES: frozenset[Compared] = SHARES_OF_FILED | {"general_share", "late_share", "unused_share", "withheld_share"}
# A report that something is so covers every amount of it.
PRESENT = Covered(1.0, TINY_FILES, math.inf)
# Months of decisions that a report of a time looks back on, its own included; an expected wait looks ahead.
MONTHS_BACK, MONTHS_AHEAD = 2, 2
FILED = "filed_applications"


@dataclass(frozen=True)
class Spoken:
    """A report and the queues of which it speaks.

    Attributes:
        countries: Destinations that have a queue.
    """

    beside: Beside
    report: Report
    use: ReportedUse
    countries: tuple[str, ...]

    @cached_property
    def queues(self) -> Queues:
        """The queues of its form, places and users."""
        return self.beside.reported_queues(self.use.form, self.countries, self.use.user)

    @property
    def month(self) -> Month:
        """Its month."""
        return month_of(self.report.reported_on)

    @cached_property
    def body(self) -> Words | None:
        """Whose members or customers it counts; None if it counts nothing, or those of the place."""
        if self.report.unit not in ("count", "fraction"):
            return None
        bodies = self.beside.records.counting_bodies
        return next((body.name for body in bodies if self.report.source_id in body.sources), None)

    @cached_property
    def base(self) -> float | None:
        """Applications filed by the same body on the same date; None if it gives no number."""
        found = [report for report in self._same() if report.metric == FILED]
        return float(found[0].figure) if found and found[0].figure > 0 else None

    @property
    def sample(self) -> int | None:
        """Applications or firms behind it, as far as it is reported."""
        if self.report.metric == FILED:
            return int(self.report.figure)
        return int(self.base) if self.base is not None else self.beside.sample(self.report)

    def other_end(self) -> Report | None:
        """Returns the other end of a range that is reported as two rows, of the same kind of time."""
        kind = _without_end(self.report.metric)
        found = [
            report
            for report in self._same()
            if kind is not None and report.id != self.report.id and _without_end(report.metric) == kind
        ]
        return found[0] if found else None

    def _same(self) -> list[Report]:
        """Returns the rows of the same source, date, place and use."""
        mine = self.report
        same = (mine.source_id, mine.reported_on, mine.destination, mine.end_use)
        return [
            row for row in self.beside.reports if (row.source_id, row.reported_on, row.destination, row.end_use) == same
        ]


def _without_end(metric: str) -> str | None:
    return next((metric.removesuffix(end) for end in ("_min", "_max") if metric.endswith(end)), None)


def figure_of(spoken: Spoken) -> Figure | Reason:
    """Returns the figure of the run of which a report speaks, or why there is none."""
    find = _BY_METRIC.get(spoken.report.metric) or _BY_GROUP.get(spoken.report.group)
    return "no_figure" if find is None else find(spoken)


def _nothing(_spoken: Spoken) -> Figure | Reason:
    """Returns that the run has no such figure: its files are all alike, none is urgent."""
    return "no_figure"


def _share(spoken: Spoken, name: Series, compared: Compared) -> Figure | Reason:
    """Returns the share of all applications filed by the date: each counts once, however often it comes in."""
    on, queues = spoken.report.reported_on, spoken.queues
    filed = queues.to_date("new", on)
    found = queues.level(name, on) if name == "pending" else queues.to_date(name, on)
    if filed is None or found is None or filed <= TINY_FILES:
        return "no_files"
    return Figure(compared, found / filed)


def _count(spoken: Spoken, name: Series, compared: Compared) -> Figure | Reason:
    on, queues = spoken.report.reported_on, spoken.queues
    found = queues.level(name, on) if name == "pending" else queues.to_date(name, on)
    return "no_files" if found is None else Figure(compared, found)


def _share_or_count(spoken: Spoken, name: Series, share: Compared, count: Compared) -> Figure | Reason:
    """Returns a count; of a body that counts its own applications the share, as far as it says of how many."""
    if spoken.body is None:
        return _count(spoken, name, count)
    if spoken.base is None and spoken.report.figure != 0:
        return "body_total"
    return _share(spoken, name, share)


def _decided(spoken: Spoken) -> Figure | Reason:
    if spoken.report.metric == "rejected_applications":
        return _share_or_count(spoken, "refused", "refused_share", "refused")
    return _share_or_count(spoken, "granted", "granted_share", "granted")


def _filed(spoken: Spoken) -> Figure | Reason:
    return _count(spoken, "new", "filed") if spoken.body is None else "body_total"


def _times(spoken: Spoken) -> Figure | Reason:
    """Returns the time of the files decided lately, or for an expected wait of those decided next."""
    ahead = spoken.report.group == "expected"
    first = spoken.month if ahead else spoken.month - MONTHS_BACK
    found = spoken.queues.times(first, spoken.month + MONTHS_AHEAD if ahead else spoken.month)
    return "no_decisions" if found is None else Figure("decision_days", found.mean, found.low, found.high)


def _first_grant(spoken: Spoken) -> Figure | Reason:
    """Returns the days from the control to the first month with files granted, whose length it cannot resolve."""
    began, month = spoken.beside.began(spoken.use.form), spoken.queues.first_month("granted")
    if began is None or month is None:
        return "none_granted"
    low = max((first_of(month) - began).days, 0)
    high = (first_of(month + 1) - began).days - 1
    return Figure("first_grant_days", (low + high) / 2, low, high, exact=False)


def _validity(spoken: Spoken) -> Figure | Reason:
    practice, on = spoken.beside.practice, spoken.report.reported_on
    form, user = _example(spoken)
    if spoken.report.metric == "licence_validity":
        return Figure("life_months", practice.value("licence_life_months", form, spoken.countries[0], user, on))
    lives = [row.life_months for row in _general(spoken)]
    return Figure("life_months", min(lives), min(lives), max(lives)) if lives else "no_general"


def _holders(spoken: Spoken) -> Figure | Reason:
    names = {name for row in _general(spoken) for name in row.holders}
    return Figure("holders", len(names)) if names else "no_general"


def _general(spoken: Spoken) -> list[GeneralLicence]:
    """Returns the general licences of the run that are in force on the date for one of the places."""
    practice, on = spoken.beside.practice, spoken.report.reported_on
    form, user = _example(spoken)
    return [
        row
        for row in practice.general
        if row.begins_on <= on and any(practice.fits(row.scope, form, country, user) for country in spoken.countries)
    ]


def _example(spoken: Spoken) -> tuple[str, str]:
    """Returns form and user of a report; a magnet and a civil user where it speaks of all."""
    use = spoken.use
    return "magnet" if use.form == ANY else use.form, "civil" if use.user == ANY else use.user


def _general_share(spoken: Spoken) -> Figure | Reason:
    first, last, queues = spoken.month, spoken.beside.last, spoken.queues
    general, single = (queues.between(name, first, last) for name in ("general_t", "used_t"))
    return Figure("general_share", general / (general + single)) if general + single > 0 else "no_shipments"


def _late(spoken: Spoken) -> Figure | Reason:
    late, pending = (spoken.queues.between(name, spoken.month, spoken.month) for name in ("halted", "pending"))
    return Figure("late_share", late / pending) if pending > TINY_FILES else "no_files"


def _unused(spoken: Spoken) -> Figure | Reason:
    return unused_share(spoken.queues, spoken.month, spoken.month)


def unused_share(queues: Queues, first: Month, last: Month) -> Figure | Reason:
    """Returns the share of the licences held in some months that exporters do not use."""
    idle, *held = (queues.between(name, first, last) for name in ("idle_t", "licences_t", "used_t", "expired_t"))
    whole = math.fsum(held)
    return Figure("unused_share", idle / whole) if whole > 0 else "no_licences"


def _held(spoken: Spoken) -> Figure | Reason:
    practice, on = spoken.beside.practice, spoken.report.reported_on
    form, user = _example(spoken)
    if "customs_hold" in practice.off:
        return "switched_off"
    for row in practice.holds:
        if row.holds(on) and any(practice.fits(row.scope, form, country, user) for country in spoken.countries):
            return Figure("hold_days", row.days, row.days_low, row.days_high)
    return "no_hold"


_Find = Callable[[Spoken], Figure | Reason]
_BY_GROUP: Mapping[Group, _Find] = {
    "granted_share": lambda spoken: _share(spoken, "granted", "granted_share"),
    "decided": _decided,
    "filed": _filed,
    "queue": lambda spoken: _share_or_count(spoken, "pending", "pending_share", "pending"),
    "processing": _times,
    "expected": _times,
    "first_approvals": _first_grant,
    "customs_hold": _held,
    "validity": _validity,
}
_BY_METRIC: Mapping[str, _Find] = {
    "exporters_with_general_licence_lower": _holders,
    "general_licence_officially_confirmed": _general_share,
    "general_licence_beneficiary": _general_share,
    "reviews_halted": _late,
    "shipments_held_despite_licence": _unused,
    "urgent_applications": _nothing,
}
