"""Events, general licences and customs holds of the licensing desk beside what the run makes of them.

Each of them is an input of the run: agreement shows that the desk does as it is told, and proves nothing.
"""

from __future__ import annotations

from coercivity.base.days import Day
from coercivity.base.months import Month, month_of
from coercivity.papers.market.desk.beside import Beside, Figure, Reason, blank
from coercivity.papers.market.desk.figures import TINY_FILES, Queues
from coercivity.papers.market.desk.misfit import Covered, with_figure
from coercivity.papers.market.desk.report_data import CheckRow
from coercivity.papers.market.desk.spoken import unused_share
from coercivity.papers.shared.words import paper_words
from coercivity.practice.desk import EVERYWHERE, CustomsHold, GeneralLicence, PracticeEvent, Scope

# Months before an event for all destinations with which its months are compared.
MONTHS_BEFORE = 3
_KINDS = paper_words("desk_check", "kinds")
_Row = PracticeEvent | GeneralLicence | CustomsHold


def practice_rows(beside: Beside) -> list[CheckRow]:
    """Returns every event, general licence and customs hold of the run beside the figure of the run; none is left out.

    Args:
        beside: The licensing desk of a run with all that it is compared with.
    """
    practice = beside.practice
    rows: list[CheckRow] = [_event(beside, event) for event in practice.events]
    rows += [_general(beside, row) for row in practice.general]
    return rows + [_hold(beside, row) for row in practice.holds]


def _told(beside: Beside, row: _Row) -> CheckRow:
    """Returns what the row itself says."""
    ends = row.ends_on if isinstance(row, (PracticeEvent, CustomsHold)) else None
    return {
        **blank(row.id, row.reported_on, row.scope.destination),
        "begins_on": row.begins_on.isoformat(),
        "ends_on": "" if ends is None else ends.isoformat(),
        "form": row.scope.form,
        "user": row.scope.user,
        "countries": list(beside.countries(row.scope.destination)),
        "reported": row.share,
        "reported_low": row.low,
        "reported_high": row.high,
        "unit": "fraction",
        "sample": row.sample or None,
        "used_as_input": [row.id, *row.reports],
        "note": row.note,
        "source_id": row.source_id,
    }


def _with(row: CheckRow, found: Figure | Reason, share: float, low: float, high: float) -> CheckRow:
    if not isinstance(found, Figure):
        return {**row, "reason": found}
    return with_figure(row, found, Covered(share, low, high), share=True)


def _span(beside: Beside, begins_on: Day, ends_on: Day | None) -> tuple[Month, Month] | None:
    """Returns the months asked for in which a row holds, or None if there are none."""
    first = max(month_of(begins_on), beside.first)
    last = beside.last if ends_on is None else min(month_of(ends_on), beside.last)
    return (first, last) if first <= last else None


def _queues(beside: Beside, scope: Scope) -> Queues:
    return beside.queues.select(scope.form, beside.countries(scope.destination), scope.user)


def _event(beside: Beside, event: PracticeEvent) -> CheckRow:
    row: CheckRow = {**_told(beside, event), "kind": "event", "metric": event.kind, "name": _KINDS[event.kind]}
    span = _span(beside, event.begins_on, event.ends_on)
    queues = _queues(beside, event.scope)
    off = "unused_licences" if event.kind == "unused_licences" else "events"
    found: Figure | Reason
    if off in beside.practice.off:
        found = "switched_off"
    elif span is None:
        found = "outside"
    elif not queues.rows:
        found = "no_place"
    elif event.kind == "unused_licences":
        found = unused_share(queues, *span)
    else:
        found = _withheld(beside, event, queues, *span)
    return _with(row, found, event.share, event.low, event.high)


def _withheld(beside: Beside, event: PracticeEvent, queues: Queues, first: Month, last: Month) -> Figure | Reason:
    """Returns the share of the usual taking up that is missing: against other places, or the months before."""
    rate = _rate(queues, first, last)
    if event.scope.destination == EVERYWHERE:
        usual = _rate(queues, first - MONTHS_BEFORE, first - 1)
    else:
        here = frozenset(beside.countries(event.scope.destination))
        places = [country for country in beside.queues.countries if country not in here]
        usual = _rate(beside.queues.select(event.scope.form, places, event.scope.user), first, last)
    if rate is None or not usual:
        return "no_reference"
    return Figure("withheld_share", max(1.0 - rate / usual, 0.0))


def _rate(queues: Queues, first: Month, last: Month) -> float | None:
    """Returns the share of the files waiting that is taken up in a month; None if none waits."""
    taken, waiting = (queues.between(name, first, last) for name in ("taken", "waiting"))
    return taken / (taken + waiting) if taken + waiting > TINY_FILES else None


def _general(beside: Beside, general: GeneralLicence) -> CheckRow:
    row: CheckRow = {**_told(beside, general), "kind": "general_licence", "metric": "general_licence"}
    row = {**row, "name": _KINDS["general_licence"]}
    span = _span(beside, general.begins_on, None)
    queues = _queues(beside, general.scope)
    found: Figure | Reason
    if "general_licences" in beside.practice.off:
        found = "switched_off"
    elif span is None:
        found = "outside"
    else:
        left, single = (queues.between(name, *span) for name in ("general_t", "used_t"))
        found = Figure("general_share", left / (left + single)) if left + single > 0 else "no_shipments"
    return _with(row, found, general.share, general.low, general.high)


def _hold(beside: Beside, hold: CustomsHold) -> CheckRow:
    row: CheckRow = {**_told(beside, hold), "kind": "customs_hold", "metric": "customs_hold"}
    return {**row, "name": _KINDS["customs_hold"], "reason": "no_queue_of_hold"}
