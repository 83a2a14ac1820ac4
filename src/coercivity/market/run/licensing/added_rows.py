"""Rows of practice from the entries of a scenario, and packed rows with another value."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

from coercivity.market.run.scenario_form import DeskAsked, DeskEntry, DeskEvent, DeskGeneral, DeskHold
from coercivity.practice.desk import CustomsHold, DeskRow, EventKind, GeneralLicence, PracticeEvent, Scope


def with_value(row: DeskRow, asked: DeskAsked) -> DeskRow:
    """Returns a packed row with the value of a scenario, if it has one; the ends of its range reach that far."""
    value = asked.values.get(row.id)
    if value is None:
        return row
    low, high = min(row.low, value), max(row.high, value)
    return replace(row, value=value, low=low, high=high, quality="assumed", reported_on=None)


def _scope(entry: DeskEntry) -> Scope:
    return Scope(entry.form, entry.destination, entry.user)


def event_of(entry: DeskEvent) -> PracticeEvent:
    """Returns an event of a scenario, reported when it begins."""
    return PracticeEvent(
        id=entry.id,
        kind=cast(EventKind, entry.kind),
        scope=_scope(entry),
        share=entry.share,
        low=entry.share,
        high=entry.share,
        begins_on=entry.first,
        ends_on=entry.last,
        reported_on=entry.first,
        quality="assumed",
        note=entry.reason.en,
    )


def general_of(entry: DeskGeneral) -> GeneralLicence:
    """Returns general licences of a scenario, reported when they begin."""
    return GeneralLicence(
        id=entry.id,
        scope=_scope(entry),
        holders=tuple(entry.holders),
        customers=entry.customers,
        share=entry.share,
        low=entry.share,
        high=entry.share,
        begins_on=entry.first,
        life_months=entry.months,
        renewed_share=entry.renewed,
        reported_on=entry.first,
        quality="assumed",
    )


def hold_of(entry: DeskHold) -> CustomsHold:
    """Returns a customs hold of a scenario, reported when it begins."""
    return CustomsHold(
        id=entry.id,
        scope=_scope(entry),
        share=entry.share,
        low=entry.share,
        high=entry.share,
        days=entry.days,
        days_low=entry.days,
        days_high=entry.days,
        begins_on=entry.first,
        ends_on=entry.last,
        reported_on=entry.first,
        quality="assumed",
    )
