"""Days of cover of a company as plain data: decimal text, days, and the source of each number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from coercivity.base.days import Day
from coercivity.base.words import Lang
from coercivity.firm.amounts import number_text
from coercivity.firm.exposure import LONGEST_CUT_DAYS, ClauseCut
from coercivity.firm.firmfile import Sourced
from coercivity.firm.flows import HORIZON_DAYS, FlowView, total_kg
from coercivity.firm.survival import ElementSurvival, FirmSurvival, ItemSurvival, SurvivalReach
from coercivity.law.rules.rulebook import Rulebook
from coercivity.papers.firm.clock import clock_part
from coercivity.papers.firm.report_data import (
    ClauseCutData,
    ElementData,
    FlowData,
    ItemData,
    Levels,
    ReachData,
    SafetyData,
    SourcedData,
    SurvivalReport,
)
from coercivity.papers.firm.words import NOTES
from coercivity.papers.shared.days import calendar_data
from coercivity.papers.shared.names import clause_short


def survival_part(book: Rulebook, found: FirmSurvival) -> SurvivalReport:
    """Returns the days of cover of a company as plain data: text, whole numbers, flags, lists and mappings.

    Args:
        book: The rulebook, for the names of clauses.
        found: The result.
    """
    firm, setting = found.firm, found.setting
    body: SurvivalReport = {
        "firm": firm.id,
        "invented": firm.invented,
        "on": setting.on.isoformat(),
        "known": setting.known.isoformat(),
        "stock_counted_on": firm.as_of.isoformat(),
        "use_basis": firm.days,
        "looked_ahead_days": HORIZON_DAYS,
        "suppliers": [
            {"id": s.id, "name": s.name.as_dict(), "role": s.role.as_dict(), "country": s.country}
            for s in firm.suppliers
        ],
        "items": [_item(entry) for entry in found.items],
        "elements": [_element(entry) for entry in found.elements],
        "flows": [_flow(book, view) for view in found.flows],
        "clauses": [_clause(book, found, cut) for cut in found.clauses],
        "cut_counted_at_most_days": LONGEST_CUT_DAYS,
        "notes": [dict(note) for note in NOTES.values()],
    }
    if firm.note is not None:
        body["note"] = firm.note.as_dict()
    calendar = calendar_data(book)
    if calendar is not None:
        body["calendar"] = calendar
        body["notes"] += calendar["words"]
    return body


def _sourced(entry: Sourced) -> SourcedData:
    return {"quality": entry.quality, "source": entry.source}


def _kg(value: Fraction) -> str:
    """Returns a mass to nine significant digits, as in all results of the model."""
    return number_text(Fraction(f"{float(value):.9g}"))


def _item(found: ItemSurvival) -> ItemData:
    item = found.item
    shares = item.content.shares
    return {
        "id": item.id,
        "name": item.name.as_dict(),
        "grade": item.grade,
        "use_kg_per_use_day": {"value": _kg(found.use_kg), **_sourced(item.use)},
        "stock_kg": {"value": _kg(found.stock_kg), **_sourced(item.stock)},
        "safety_kg": _safety(found),
        "waiting_kg": _kg(found.waiting_kg),
        "content": {
            "shares": dict(shares),
            "stock_kg": {name: _kg(found.stock_kg * Fraction(share)) for name, share in shares.items()},
            **_sourced(item.content),
        },
        "reaches": _reaches(found.reaches),
        "next_licensed_delivery_days": _levels(found.delivery_days),
    }


def _safety(found: ItemSurvival) -> SafetyData:
    kept: SafetyData = {"value": _kg(found.safety_kg)}
    return {**kept, **_sourced(found.item.safety)} if found.item.safety is not None else kept


def _element(found: ElementSurvival) -> ElementData:
    body: ElementData = {
        "element": found.element,
        "use_kg_per_use_day": _kg(found.use_kg),
        "stock_kg": _kg(found.stock_kg),
        "stock_kg_by_item": {name: _kg(mass) for name, mass in found.by_item_kg.items()},
        "reaches": _reaches(found.reaches),
        "next_licensed_delivery_days": _levels(found.delivery_days),
    }
    if found.first_stop_on is not None:
        body["first_item"] = {"id": found.first_item, "stop_on": found.first_stop_on.isoformat()}
    return body


def _reaches(entries: Sequence[SurvivalReach]) -> list[ReachData]:
    return [
        {
            "layer": entry.layer,
            "added_kg": _kg(entry.added_kg),
            "stop_on": _day(entry.stop_on),
            "days": entry.days,
            "gap_days": _levels(entry.gap_days),
            "short_kg": {str(n): None if mass is None else _kg(mass) for n, mass in entry.short_kg.items()},
            "chance_of_a_stop_before_the_next_licensed_delivery": None
            if entry.stops_before is None
            else number_text(entry.stops_before),
        }
        for entry in entries
    ]


def _levels(values: Mapping[int, int | None]) -> Levels:
    return {str(level): value for level, value in values.items()}


def _day(day: Day | None) -> str | None:
    return day.isoformat() if day is not None else None


def _flow(book: Rulebook, view: FlowView) -> FlowData:
    flow, licence = view.flow, view.flow.licence
    body: FlowData = {
        "id": flow.id,
        "item": flow.item,
        "supplier": flow.supplier,
        "passage": view.passage,
        "clauses": [
            {"id": name, "short": _short(book, name, "en"), "short_zh": _short(book, name, "zh")}
            for name in view.clauses
        ],
        "permitted_kg": _kg(total_kg(view.permitted)),
        "transit_days": {"value": flow.transit.days, **_sourced(flow.transit)},
        "licence": {
            "state": licence.state,
            "kind": licence.kind,
            "valid_until": _day(licence.valid_until),
            "filed": _day(licence.filed),
            **_sourced(licence),
        },
        "clock": clock_part(book, view.clock),
    }
    if flow.deal:
        body["deal"] = flow.deal
    return body


def _clause(book: Rulebook, found: FirmSurvival, cut: ClauseCut) -> ClauseCutData:
    on = found.setting.on
    days = {name: None if day is None else max((day - on).days - 1, 0) for name, day in cut.stop_on.items()}
    return {
        "clause": cut.clause,
        "short": _short(book, cut.clause, "en"),
        "short_zh": _short(book, cut.clause, "zh"),
        "flows": list(cut.flows),
        "restored_on": {name: _day(day) for name, day in cut.restored_on.items()},
        "counted_until": cut.counted_until.isoformat(),
        "days_to_survive": days,
        "lost_kg": {name: _kg(mass) for name, mass in cut.lost_kg.items()},
        "impact": {
            "value": number_text(cut.impact),
            "currency": found.firm.items[0].worth.currency,
            "worth": {item.id: _sourced(item.worth) for item in found.firm.items},
        },
        "index": number_text(cut.index),
    }


def _short(book: Rulebook, name: str, lang: Lang) -> str:
    found = book.provision(name)
    return clause_short(*found, lang) if found is not None else name
