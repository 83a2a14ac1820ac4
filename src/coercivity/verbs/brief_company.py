"""The company part of a report on a case: line stops, mix, licence state of its deals, and its own deadlines."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from coercivity.base.errors import CoercivityError, Fault
from coercivity.base.words import Lang
from coercivity.papers.brief.report_data import DealLicences, FurtherParts, WithheldData
from coercivity.papers.shared.names import Text
from coercivity.verbs.messages import fault_in

if TYPE_CHECKING:
    from coercivity.cases.brief.brief import Brief
    from coercivity.firm.company.model import Company
    from coercivity.firm.line_stop.results import LineStops
    from coercivity.verbs.brief_made import BriefAsked, BriefChecked
    from coercivity.verbs.mix import MixAnswer

_LANGS: tuple[Lang, ...] = ("en", "zh")
_CLASHING = "INFEASIBLE"


@dataclass(frozen=True, slots=True)
class CompanyParts:
    """What a report says of the company of its case; all of it is empty for a case without one.

    Attributes:
        parts: The parts of the report.
        licences: Licence state by transaction.
        stops: The stops, for the deadlines of a calendar file; None without a company.
    """

    parts: FurtherParts = field(default_factory=FurtherParts)
    licences: dict[str, DealLicences] = field(default_factory=dict)
    stops: LineStops | None = None


def company_parts(asked: BriefAsked, checked: BriefChecked, found: Brief) -> CompanyParts:
    """Returns what a report says of the company of its case.

    Args:
        asked: The arguments of the report.
        checked: The same after they were checked, with the company as read.
        found: The transactions as decided: options of a mix may need some of them.

    Raises:
        CoercivityError: With every error in countries and declarations of the workbook.
    """
    company, lacks = checked.company.company, checked.company.lacks
    if company is None:
        return CompanyParts()
    if lacks:
        return CompanyParts({"company_lacks": _told(lacks)})
    mix: FurtherParts = {"company_names": _names(company, "en"), **_mix(asked, checked, company, found)}
    if chinese := _names(company, "zh"):
        mix["company_names_zh"] = chinese
    if checked.company.without:
        return CompanyParts({"stops_lacks": _told(checked.company.without), **mix})
    from coercivity.papers.brief.licences import licences_by_deal
    from coercivity.verbs.company import company_stops

    stops = company_stops(company, on=checked.on, known=checked.known, assume=asked.assume, law=asked.law)
    parts: FurtherParts = {"stops": stops.body, **mix}
    return CompanyParts(parts, licences_by_deal(stops.found, checked.on), stops.found)


def _mix(asked: BriefAsked, checked: BriefChecked, company: Company, found: Brief) -> FurtherParts:
    """Returns the best mix, or what keeps it from being found: sheets that are missing, or limits that clash.

    Draws beside the case take the place of a sheet Scenarios without rows, as they do in `mix`.
    """
    from coercivity.firm.company.needs import lacking
    from coercivity.firm.company.spec import sheet_specs
    from coercivity.firm.option_law.case_deals import deals_of_brief
    from coercivity.verbs.mix import best_mix
    from coercivity.verbs.mix_draws import packed_beside

    place = packed_beside(asked.case_dir)
    by_draws = place is not None and not company.scenarios
    lacks: list[Text] = [
        {"en": en, "zh": zh}
        for en, zh in zip(*(lacking(company, "mix", lang) for lang in _LANGS), strict=True)
        if not (by_draws and en == sheet_specs()["scenarios"].names["en"])
    ]
    if lacks:
        return {"mix_sheets": lacks}
    mixed = partial(
        best_mix,
        company,
        late=True,
        on=checked.on,
        known=checked.known,
        assume=asked.assume,
        law=asked.law,
        decided=deals_of_brief(found),
    )
    try:
        if by_draws:
            return {"mix": mixed(frontier=True, draws_folder=place).body}
        mix = mixed(frontier=True)
        return {"mix": mix.body, **_late_drawn(asked.case_dir, mixed, mix)}
    except CoercivityError as error:
        if any(fault.code != _CLASHING for fault in error.faults):
            raise
        return {"mix_lacks": _told(error.faults)}


def _late_drawn(folder: Path, mixed: Callable[..., MixAnswer], table: MixAnswer) -> FurtherParts:
    """Returns what it costs to know the law late by the draws in the case folder, or why they do not fit the case."""
    from coercivity.verbs.mix_draws import packed_beside

    place = packed_beside(folder)
    if place is None:
        return {}
    try:
        drawn = mixed(draws_folder=place)
    except CoercivityError as error:
        return {"late_drawn_lacks": _told(error.faults)}
    body = drawn.body
    drivers, best = body["drivers"], body["best"]
    return {
        "late_drawn": {
            "draws": body["draws"] or 0,
            "options": best["options"],
            "stock_t": best["stock_t"],
            "mean_keur": best["mean_keur"],
            "nothing_keur": body["do_nothing"]["mean_keur"],
            "withheld": _withheld(drawn),
            "withheld_by_table": _withheld(table),
            "late": body["late"] or [],
            "stale": drivers["stale"] if drivers is not None else [],
        }
    }


def _withheld(mix: MixAnswer) -> WithheldData:
    from coercivity.firm.mix.sensitivity.withheld import withheld
    from coercivity.papers.shared.paper.figures import number

    found = withheld(mix.found.case)
    return {
        "chance": number(found.chance),
        "mean_months": number(found.mean_months),
        "worst_share": number(found.worst_share),
        "nothing_lost_chance": mix.body["do_nothing"]["lost_chance"],
    }


def _names(company: Company, lang: Lang) -> dict[str, str]:
    """Returns the names of parts, and of grades that one part has, by their ids; in Chinese those that are given."""
    parts = {part.part: part.name_zh if lang == "zh" else part.name for part in company.parts}
    grades: dict[str, list[str]] = {}
    for part in company.parts:
        grades.setdefault(part.grade, []).append(parts[part.part])
    found = {grade: names[0] for grade, names in grades.items() if grade and len(names) == 1 and names[0]}
    return {**found, **{name: told for name, told in parts.items() if told}}


def _told(faults: Iterable[Fault]) -> list[Text]:
    return [{lang: fault_in(fault, lang).what for lang in _LANGS} for fault in faults]
