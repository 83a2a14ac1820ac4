"""The licence time of a chain of stages as plain data."""

from __future__ import annotations

from collections.abc import Mapping

from coercivity.base.days import Day
from coercivity.firm.chain.model import (
    AirAnswer,
    ChainAnswer,
    ChainPath,
    GeneralAnswer,
    GeneralPractice,
    LatestDay,
    ModeTimes,
    Returns,
    Stage,
)
from coercivity.papers.firm.chain.report_data import (
    AirData,
    ChainPathData,
    ChainReport,
    ChainStageData,
    GeneralLicenceData,
    GeneralPracticeData,
    LatestData,
    ModeData,
    ReturnsData,
)
from coercivity.papers.shared.paper.figures import day_or_none, exact_text, optional_text


def chain_data(found: ChainAnswer) -> ChainReport:
    """Returns the licence time of a chain as plain data: text, whole numbers, flags, lists and mappings.

    Args:
        found: The result.
    """
    chain = found.chain
    kinds = {mode.name: mode.kind for mode in chain.modes}
    return {
        "plant": found.plant,
        "signed_on": found.signed.isoformat(),
        "needed_on": day_or_none(found.needed),
        "confidences": [exact_text(share) for share in found.confidences],
        "stages": [_stage(stage) for stage in chain.stages],
        "transport": [_stage(stage) for stage in chain.modes],
        "returns": [_returns(entry) for entry in chain.returns.values()],
        "modes": [_mode(entry, kinds) for entry in found.modes],
        "paths": [_path(entry) for entry in found.paths],
        "returning_stage": found.returning,
        "ministry_mean_working_days": optional_text(found.ministry_mean_days),
        "three_rounds_probability": optional_text(found.three_rounds),
        "general": None if found.general is None else _general(found.general, kinds),
        "air": None if found.air is None else _air(found.air),
        "exact": found.exact,
        "simulations": found.draws,
        "not_arrived_probability": exact_text(found.not_arrived),
        "assumed_calendar_from": day_or_none(found.assumed_from),
    }


def _stage(stage: Stage) -> ChainStageData:
    return {
        "stage": stage.name,
        "kind": stage.kind,
        "unit": stage.unit,
        "alternatives": [
            {"days": entry.days, "probability": exact_text(entry.probability)} for entry in stage.alternatives
        ],
        "quality": stage.quality,
        "source": stage.source,
        "cases": stage.cases,
    }


def _returns(entry: Returns) -> ReturnsData:
    rounds = [entry.round(number) for number in range(1, entry.listed + 1)]
    return {
        "stage": entry.stage,
        "probabilities": [exact_text(chance) for chance, _, _ in rounds],
        "found_on_working_days": [found for _, found, _ in rounds],
        "rework_working_days": [rework for _, _, rework in rounds],
    }


def _path(entry: ChainPath) -> ChainPathData:
    return {
        "path": entry.name,
        "mode": entry.mode,
        "general_licence": entry.general,
        "days": [
            {"stage": day.stage, "what": day.what, "on": day.on.isoformat(), "assumed_calendar": day.assumed}
            for day in entry.days
        ],
    }


def _mode(entry: ModeTimes, kinds: Mapping[str, str]) -> ModeData:
    return {
        "mode": entry.mode,
        "kind": kinds.get(entry.mode, ""),
        "quantiles_on": _quantiles(entry.quantiles),
        "needed_probability": optional_text(entry.by_needed),
        "latest": [_latest(latest) for latest in entry.latest],
        "by_day": [{"on": day.isoformat(), "probability": exact_text(chance)} for day, chance in entry.days],
        "simulated_needed_probability": optional_text(entry.draws_by_needed),
        "simulated_quantiles_on": None if entry.draws_quantiles is None else _quantiles(entry.draws_quantiles),
    }


def _quantiles(values: Mapping[int, Day | None]) -> dict[str, str | None]:
    return {str(level): day_or_none(day) for level, day in sorted(values.items())}


def _latest(entry: LatestDay) -> LatestData:
    return {
        "confidence": exact_text(entry.confidence),
        "sign_on": day_or_none(entry.sign_on),
        "probability": optional_text(entry.chance),
        "next_day_probability": optional_text(entry.chance_after),
        "simulated_probability": optional_text(entry.draws_chance),
    }


def _general(found: GeneralAnswer, kinds: Mapping[str, str]) -> GeneralLicenceData:
    return {
        "valid_through": found.licence.valid_through.isoformat(),
        "names": list(found.licence.names),
        "names_plant": found.names_plant,
        "left_out_probability": exact_text(found.left_out),
        "sure_until": day_or_none(found.sure_until),
        "never_from": day_or_none(found.never_from),
        "modes": [_mode(entry, kinds) for entry in found.modes],
        "paths": [_path(entry) for entry in found.paths],
        "practice": None if found.practice is None else _practice(found.practice),
    }


def _practice(found: GeneralPractice) -> GeneralPracticeData:
    return {
        "first_reported": found.first_reported.isoformat(),
        "holders": list(found.holders),
        "years": found.years,
        "years_by_law": found.years_by_law,
        "conditions": [dict(each) for each in found.conditions],
        "source": found.source,
    }


def _air(found: AirAnswer) -> AirData:
    return {
        "rows": [
            {
                "by_air_kg": exact_text(row.by_air_kg),
                "mean_lost_days": exact_text(row.mean_lost_days),
                "no_lost_day_probability": exact_text(row.chance_none),
                "extra_freight_usd": exact_text(row.extra_usd),
                "freight_and_loss_usd": exact_text(row.total_usd),
            }
            for row in found.rows
        ],
        "best_kg": exact_text(found.best_kg),
        "gaps": [{"days": days, "probability": exact_text(chance)} for days, chance in found.gaps],
        "first_step_kg": optional_text(found.first_step_kg),
        "rest_by": found.over,
        "one_mode_source": found.one_mode_source,
        "use_kg_per_day": optional_text(found.use_kg),
    }
