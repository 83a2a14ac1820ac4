"""Line stops of a company as plain data."""

from __future__ import annotations

from coercivity.firm.company.model import Lot
from coercivity.firm.line_stop.results import (
    ActionEffect,
    ContractMonth,
    ContractTotal,
    GroupDates,
    LineStops,
    LotLaw,
    PartDates,
    PlantChance,
    PlantDates,
    ScenarioPlant,
)
from coercivity.firm.line_stop.stops import delays_of
from coercivity.law.rules.rulebook import Rulebook
from coercivity.papers.firm.assumed_law import assumption_in_both, called_in_both
from coercivity.papers.firm.own_names import names_of_stops
from coercivity.papers.firm.stops.licences_data import assumed_data, not_covered_data
from coercivity.papers.firm.stops.report_data import (
    ActionData,
    ContractMonthData,
    ContractScenarioData,
    GroupStopData,
    LotLawData,
    PartStopData,
    PlantChanceData,
    PlantStopData,
    ScenarioData,
    ScenarioPlantData,
    StopsReport,
)
from coercivity.papers.shared.paper.figures import day_or_none, exact_text, optional_text


def stops_data(found: LineStops, book: Rulebook | None = None) -> StopsReport:
    """Returns line stops as plain data: text, whole numbers, flags, lists and mappings.

    Args:
        found: The result.
        book: The rulebook, for the names of clauses; without it they have their ids.
    """
    company, grades = found.company, _grades(found)
    lots = {lot.lot: lot for lot in company.in_transit}
    body: StopsReport = {
        "firm": company.settings.firm,
        "stock_on": found.on.isoformat(),
        "until": found.until.isoformat(),
        "dates_until": found.dates_until.isoformat(),
        "plants": [_plant(entry, grades) for entry in found.plants],
        "parts": [_part(entry) for entry in found.parts],
        "elements": [_group(entry) for entry in found.elements],
        "grades": [_group(entry) for entry in found.grades],
        "clauses": [{"clause": c.clause, "what": c.what, "elements": list(c.elements)} for c in company.clauses],
        "scenarios": _scenarios(found, grades),
        "chances": [_chance(entry, grades) for entry in found.chances],
        "part_chances": [
            {"plant": plant, "part": part, "grade": grades.get(part, ""), "stop_probability": exact_text(chance)}
            for (plant, part), chance in found.part_chances.items()
        ],
        "actions": [_action(entry) for entry in found.actions],
        "contracts": [_contracts(entry, found) for entry in found.contracts],
        "mean_paid_usd": optional_text(found.mean_paid_usd),
        "not_covered": not_covered_data(found),
        "law": [_law(entry, lots.get(entry.lot), book) for entry in found.law],
        "deadlines": [
            {"kind": entry.kind, "on": entry.on.isoformat(), "of": dict(entry.of), "why": dict(entry.why)}
            for entry in sorted(found.deadlines, key=lambda d: (d.on, d.kind, sorted(d.of.items())))
        ],
        "assumed": assumed_data(found),
        "stock": [
            {
                "plant": entry.plant,
                "part": entry.part,
                "short_on": day_or_none(entry.short_on),
                "points": [{"on": day.isoformat(), "kg": exact_text(kg)} for day, kg in entry.points],
            }
            for entry in found.stock
        ],
    }
    if names := names_of_stops(company):
        body["names_zh"] = names
    return body


def _grades(found: LineStops) -> dict[str, str]:
    return {part.part: part.grade for part in found.company.parts}


def _plant(entry: PlantDates, grades: dict[str, str]) -> PlantStopData:
    return {
        "plant": entry.plant,
        "stop_on": day_or_none(entry.stop_on),
        "part": entry.part,
        "grade": grades.get(entry.part, ""),
        "by_clause": {k: {"stop_on": day_or_none(day), "part": part} for k, (day, part) in entry.clauses.items()},
        "by_supplier": {k: {"stop_on": day_or_none(day), "part": part} for k, (day, part) in entry.suppliers.items()},
    }


def _part(entry: PartDates) -> PartStopData:
    return {
        "plant": entry.plant,
        "part": entry.part,
        "grade": entry.grade,
        "use_kg_per_use_day": exact_text(entry.use_kg),
        "usable_kg": exact_text(entry.usable_kg),
        "waiting_kg": exact_text(entry.waiting_kg),
        "stock_stop_on": day_or_none(entry.layers["stock"]),
        "cleared_stop_on": day_or_none(entry.layers["cleared"]),
        "licensed_stop_on": day_or_none(entry.layers["licensed"]),
        "by_clause_stop_on": {k: day_or_none(day) for k, day in entry.clauses.items()},
        "by_supplier_stop_on": {k: day_or_none(day) for k, day in entry.suppliers.items()},
    }


def _group(entry: GroupDates) -> GroupStopData:
    plant, part = entry.first_part
    return {
        "name": entry.name,
        "usable_kg": exact_text(entry.usable_kg),
        "stop_on": day_or_none(entry.stop_on),
        "stock_stop_on": day_or_none(entry.stock_stop_on),
        "first_plant": plant,
        "first_part": part,
        "first_part_stop_on": day_or_none(entry.first_on),
        "unstated_parts": list(entry.unstated),
    }


def _scenarios(found: LineStops, grades: dict[str, str]) -> list[ScenarioData]:
    return [
        {
            "scenario": delay.scenario,
            "probability": exact_text(delay.probability),
            "single_days": str(delay.single_days),
            "renewal_days": str(delay.renewal_days),
            "plants": [_scenario(entry, grades) for entry in found.scenarios if entry.scenario == delay.scenario],
        }
        for delay in delays_of(found.company, found.independent)
    ]


def _scenario(entry: ScenarioPlant, grades: dict[str, str]) -> ScenarioPlantData:
    return {
        "plant": entry.plant,
        "first_lost_on": day_or_none(entry.first_on),
        "lost_days": entry.lost_days,
        "recovers_on": day_or_none(entry.recovers_on),
        "part": entry.part,
        "grade": grades.get(entry.part, ""),
        "cause": entry.cause,
        "cause_of": entry.cause_of,
    }


def _chance(entry: PlantChance, grades: dict[str, str]) -> PlantChanceData:
    return {
        "plant": entry.plant,
        "stop_probability": exact_text(entry.standing),
        "mean_lost_days": optional_text(entry.mean_lost_days),
        "mean_loss_keur": optional_text(entry.mean_loss_keur),
        "by_day": [{"on": day.isoformat(), "probability": exact_text(chance)} for day, chance in entry.by_day],
        "causes": [
            {"part": part, "grade": grades.get(part, ""), "cause": cause, "cause_of": of, "share": exact_text(share)}
            for (part, cause, of), share in sorted(entry.causes.items(), key=lambda item: (-item[1], item[0]))
        ],
    }


def _action(entry: ActionEffect) -> ActionData:
    return {
        "action": entry.action,
        "what": dict(entry.what),
        "stop_probability": exact_text(entry.standing),
        "mean_loss_keur": optional_text(entry.mean_loss_keur),
        "saves_keur": optional_text(entry.saves_keur),
        "days_gained": exact_text(entry.days_gained),
        "cost_keur": optional_text(entry.cost_keur),
    }


def _contracts(entry: ContractTotal, found: LineStops) -> ContractScenarioData:
    return {
        "scenario": entry.scenario,
        "paid_usd": exact_text(entry.paid_usd),
        "not_taken_usd": exact_text(entry.not_taken_usd),
        "excused_months": entry.excused_months,
        "months": [_month(month) for month in found.months.get(entry.scenario, ())],
    }


def _month(entry: ContractMonth) -> ContractMonthData:
    return {
        "contract": entry.contract,
        "month": entry.month,
        "formula_usd_per_kg": exact_text(entry.formula_usd),
        "price_usd_per_kg": exact_text(entry.price_usd),
        "taken_kg": exact_text(entry.taken_kg),
        "licence_in_force": entry.in_force,
        "paid_kg": exact_text(entry.paid_kg),
        "paid_usd": exact_text(entry.paid_usd),
    }


def _law(entry: LotLaw, lot: Lot | None, book: Rulebook | None) -> LotLawData:
    return {
        "lot": entry.lot,
        "part": lot.part if lot is not None else "",
        "plant": lot.plant if lot is not None else "",
        "licence": lot.licence if lot is not None else "",
        "state": lot.state if lot is not None else "",
        "outcome": entry.outcome,
        "clauses": list(entry.clauses),
        "on": day_or_none(entry.on),
        "agrees": entry.agrees,
        "missing": list(entry.missing),
        "names": list(entry.names),
        "names_zh": list(entry.names_zh),
        "held": entry.held,
        "checked_through": day_or_none(entry.checked_through),
        "questions": list(entry.questions),
        "to_declare": [] if book is None else [name for name in entry.questions if book.catalogue[name].standing],
        "clause_names": {} if book is None else {name: called_in_both(book, name) for name in entry.clauses},
        "assumed": {text: assumption_in_both(book, text) for text in entry.assumed},
    }
