"""Rows of practice from the entries of a scenario, and packed rows with another value."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, cast

from coercivity.base.days import Day
from coercivity.market.run.scenarios.form import DeskAsked, DeskEntry, DeskEvent, DeskGeneral, DeskHold
from coercivity.practice.desk import CustomsHold, DeskRow, EventKind, GeneralLicence, PracticeEvent, Scope
from coercivity.practice.desk_tables import desk_with

if TYPE_CHECKING:
    from coercivity.market.inputs.figures import AssumedRow
    from coercivity.market.run.scenarios.scenario import Scenario


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


def named_rows(scenario: Scenario, rows: Iterable[str]) -> tuple[str, ...]:
    """Returns the names of rows as table:id; those that a scenario states or changes have its name in place of a table.

    Args:
        scenario: The scenario.
        rows: Rows of practice with those of the scenario among them, as table:id.
    """
    desk, table = scenario.desk, own_table(scenario)
    own = {*desk.values, *(e.id for e in (*desk.events, *desk.general_licences, *desk.customs_holds))}
    apart = ((name, name.partition(":")[2]) for name in rows)
    return tuple(sorted(f"{table}:{key}" if key in own else name for name, key in apart))


def own_table(scenario: Scenario) -> str:
    """Returns the name that stands for a table in the names of rows which a scenario states."""
    return f"scenario/{scenario.id}"


def asked_rows(scenario: Scenario, known: Day | None = None) -> list[AssumedRow]:
    """Returns what a scenario assumes about the licensing desk, with the ranges that it leaves, by name of the row.

    Args:
        scenario: The scenario.
        known: Information cut-off; a value in place of a later report counts all the same. None for all reports.
    """
    desk, table = scenario.desk, own_table(scenario)
    packed = {row.id: row for row in desk_with(known, desk.values).rows}
    found = [_valued(table, packed[name], desk) for name in desk.values]
    for event in desk.events:
        found.append(_stated(table, event, event.kind, event.reason.en))
    for licence in desk.general_licences:
        found.append(_stated(table, licence, "general_licence", licence.customers))
    for hold in desk.customs_holds:
        found.append(_stated(table, hold, "customs_hold", f"withheld for {hold.days:g} days"))
    return sorted(found, key=lambda row: row["row"])


def _valued(table: str, packed: DeskRow, desk: DeskAsked) -> AssumedRow:
    row = with_value(packed, desk)
    return {
        "row": f"{table}:{row.id}",
        "what": f"{row.parameter} {row.scope.form} {row.scope.destination}",
        "value": f"{row.value:g}",
        "low": f"{row.low:g}",
        "high": f"{row.high:g}",
        "unit": row.unit,
        "reason": f"stated by the scenario in place of {packed.value:g}",
    }


def _stated(table: str, entry: DeskEvent | DeskGeneral | DeskHold, kind: str, reason: str) -> AssumedRow:
    share = f"{entry.share:g}"
    return {
        "row": f"{table}:{entry.id}",
        "what": f"{kind} {entry.form} {entry.destination}",
        "value": share,
        "low": share,
        "high": share,
        "unit": "fraction",
        "reason": f"stated by the scenario: {reason}",
    }
