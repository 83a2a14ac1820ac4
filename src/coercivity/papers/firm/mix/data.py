"""The best mix as plain data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from coercivity.firm.mix.answer import LimitWorth, MixFound
from coercivity.firm.mix.intervals import MixRange
from coercivity.firm.mix.model import MixResult
from coercivity.firm.mix.paths import Knowing, PathRegret
from coercivity.firm.mix.plans import RankedPlan, rounded
from coercivity.firm.mix.sensitivity.actions import PlanPart
from coercivity.firm.mix.sensitivity.flips import Flip, FlipRow
from coercivity.firm.mix.sensitivity.late import LateRow
from coercivity.firm.mix.sensitivity.simulated import Simulated
from coercivity.firm.option_law.results import OptionLaw
from coercivity.law.rules.rulebook import Rulebook
from coercivity.papers.firm.mix.law.data import option_law_data
from coercivity.papers.firm.mix.prices_data import prices_data
from coercivity.papers.firm.mix.report_data import (
    MixActionData,
    MixDriversData,
    MixFlipData,
    MixFlipPoint,
    MixFrontierData,
    MixKnowingData,
    MixLateData,
    MixLimitData,
    MixPlanData,
    MixRangeData,
    MixRegretData,
    MixReport,
    MixScenarioData,
    MixSimulatedData,
)
from coercivity.papers.firm.own_names import NamesZh
from coercivity.papers.shared.paper.figures import number
from coercivity.workbooks.decimals import decimal_text


def mix_data(
    found: MixFound,
    *,
    firm: str = "",
    assumed: Sequence[str] = (),
    law: Sequence[OptionLaw] = (),
    book: Rulebook | None = None,
    bases: Mapping[str, Sequence[str]] | None = None,
    accepted: str = "",
    drivers: MixDriversData | None = None,
    simulated: Simulated | None = None,
    not_counted_t: Mapping[str, Fraction] | None = None,
    names_zh: NamesZh | None = None,
) -> MixReport:
    """Returns the best mix as plain data: text, whole numbers, flags, lists and mappings.

    Args:
        found: The result.
        firm: Name of the company.
        assumed: Settings that the workbook leaves blank.
        law: What the law says of each option and of the stock of each grade.
        book: The rulebook, for the names of clauses; without it they have their ids.
        bases: Grades and options by the basis of their prices; "" for none stated.
        accepted: Who accepts prices on different bases, and why.
        drivers: Draws that the scenarios are; None for the workbook's own.
        simulated: The plan over simulated scenarios; None if not asked.
        not_counted_t: Stock of the sheet Stock by grade that is not counted, for in_hand_t is blank [t].
        names_zh: Chinese names of options and scenarios.
    """
    best, unknown = found.best, found.unknown_best
    body: MixReport = {
        "firm": firm,
        "months": found.case.months,
        "reading": "known_at_start",
        "law_asked": any(one.outcome is not None for one in law),
        "independent": list(found.asked.apart),
        "weight": number(best.weight),
        "cvar_level": number(found.case.alpha),
        "best": _plan(best),
        "choices": [_ranked(one) for one in found.choices],
        "sets_of_options": found.all_sets,
        "do_nothing": _plan(found.nothing),
        "scenarios": _scenarios(found),
        "limits": [_limit(row) for row in found.limits],
        "known_mean_keur": number(found.known.mean_keur),
        "known_worth_keur": number(found.known.worth_keur),
        "nothing_known": _plan(found.unknown),
        "nothing_known_extra_keur": number(rounded(found.unknown.mean_keur - best.mean_keur)),
        "nothing_known_best": None if unknown is None else _plan(unknown),
        "flips": None if found.flips is None else [_flip_row(row) for row in found.flips],
        "late": None if found.late is None else [_late(row) for row in found.late],
        "frontier": None if found.frontier is None else [_frontier(point) for point in found.frontier],
        "assumed": list(assumed),
        "in_hand_t": {item.item: number(item.in_hand_t) for item in found.case.items if item.in_hand_t},
        "in_hand_not_counted_t": {grade: decimal_text(mass) for grade, mass in (not_counted_t or {}).items()},
        "law": option_law_data(law, book),
        "regret": [_regret(row) for row in found.regret],
        "price_bases": [{"basis": basis, "names": list(names)} for basis, names in (bases or {}).items()],
        "mixed_bases_accepted": accepted,
        "actions": [_action(part) for part in found.parts],
        "knowing": None if found.knowing is None else [_knowing(row) for row in found.knowing],
        "draws": None if drivers is None else len(found.case.scenarios),
        "drivers": drivers,
        "prices": prices_data(found.case),
        "simulated": None if simulated is None else _simulated(simulated),
        "hash": "",
    }
    if names_zh:
        body["names_zh"] = names_zh
    return body


def _masses(masses_t: Mapping[str, float]) -> dict[str, str]:
    return {item: number(mass) for item, mass in masses_t.items()}


def _plan(one: MixResult, over: float | None = None) -> MixPlanData:
    return {
        "options": list(one.plan.options),
        "stock_t": _masses(one.plan.stock_t),
        "objective_keur": number(one.objective_keur),
        "mean_keur": number(one.mean_keur),
        "cvar_keur": number(one.cvar_keur),
        "spent_keur": number(one.spent_keur),
        "lost_chance": number(one.lost_chance),
        "mean_lost_line_days": number(one.mean_lost_line_days),
        "worst_lost_line_days": number(one.worst_lost_line_days),
        "over_best_share": None if over is None else number(over),
    }


def _ranked(one: RankedPlan) -> MixPlanData:
    return _plan(one.result, one.over_best_share)


def _scenarios(found: MixFound) -> list[MixScenarioData]:
    return [
        {
            "scenario": row.scenario,
            "probability": number(row.probability),
            "cost_keur": number(row.cost_keur),
            "lost_line_days": number(row.lost_line_days),
            "not_served_t": _masses(row.not_served_t),
            "nothing_keur": number(before.cost_keur),
            "known_keur": number(known.cost_keur),
        }
        for row, before, known in zip(found.best.scenarios, found.nothing.scenarios, found.known.scenarios, strict=True)
    ]


def _limit(row: LimitWorth) -> MixLimitData:
    return {
        "limit": row.limit,
        "now": number(row.now),
        "shadow_keur": number(row.shadow_keur),
        "step": None if row.step is None else number(row.step),
        "saved_keur": number(row.saved_keur),
        "options": list(row.options),
    }


def _flip_row(row: FlipRow) -> MixFlipData:
    return {
        "kind": row.kind,
        "name": row.name,
        "now": number(row.now),
        "low": number(row.low),
        "high": number(row.high),
        "below": _flip(row.below),
        "above": _flip(row.above),
    }


def _flip(flip: Flip | None) -> MixFlipPoint | None:
    if flip is None:
        return None
    options = None if flip.options is None else list(flip.options)
    return {"value": number(flip.value), "options": options, "stock_t": _masses(flip.stock_t)}


def _late(row: LateRow) -> MixLateData:
    return {
        "days": row.days,
        "months": row.months,
        "options": list(row.plan.options),
        "stock_t": _masses(row.plan.stock_t),
        "mean_keur": number(row.mean_keur),
        "objective_keur": number(row.objective_keur),
        "in_time_worth_keur": number(row.in_time_worth_keur),
        "range": None if row.range is None else _range(row.range),
    }


def _range(found: MixRange) -> MixRangeData:
    return {
        "low_keur": None if found.low_keur is None else number(found.low_keur),
        "high_keur": None if found.high_keur is None else number(found.high_keur),
        "case_low_keur": number(found.case_low_keur),
        "case_high_keur": number(found.case_high_keur),
        "cases": found.cases,
        "rests_on": found.rests_on,
    }


def _regret(row: PathRegret) -> MixRegretData:
    return {
        "path": row.path,
        "probability": number(row.probability),
        "mean_keur": number(row.mean_keur),
        "least_keur": number(row.least_keur),
        "least_options": list(row.least.options),
        "regret_keur": number(row.regret_keur),
    }


def _knowing(row: Knowing) -> MixKnowingData:
    return {"column": row.column, "worth_keur": number(row.worth_keur)}


def _action(part: PlanPart) -> MixActionData:
    return {
        "kind": part.kind,
        "name": part.name,
        "cost_keur": number(part.cost_keur),
        "saves_keur": number(part.saves_keur),
        "saves_per_keur": None if part.saves_per_keur is None else number(part.saves_per_keur),
        "stop_chance_without": number(part.stop_chance),
        "lost_line_days_without": number(part.lost_line_days),
    }


def _frontier(point: tuple[RankedPlan, ...]) -> MixFrontierData:
    return {
        "weight": number(point[0].result.weight),
        "plan": _ranked(point[0]),
        "next_over_share": number(point[1].over_best_share or 0.0) if len(point) > 1 else None,
    }


def _simulated(found: Simulated) -> MixSimulatedData:
    return {
        "draws": found.draws,
        "seed": found.seed,
        "mean_keur": number(found.mean_keur),
        "error_keur": number(found.error_keur),
        "lost_share": number(found.lost_share),
    }
