"""The result of `fund` as plain data."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from coercivity.base.sums import total
from coercivity.ministry.fund.answer import BestTwo, FundFound, SetFound
from coercivity.ministry.fund.model import FundBook
from coercivity.ministry.fund.sets import FundedSet
from coercivity.ministry.fund.valued import Offer, Valued, years_of
from coercivity.papers.ministry.fund.report_data import (
    ByPath,
    FundCostData,
    FundProjectData,
    FundReport,
    FundSetData,
    FundTwoData,
)
from coercivity.papers.shared.paper.figures import exact_text, optional_text


def fund_data(book: FundBook, found: FundFound) -> FundReport:
    """Returns the result as plain data, without its hash.

    Args:
        book: The workbook.
        found: The result.
    """
    case = found.case
    return {
        "title": book.settings.title,
        "budget_musd": exact_text(found.asked.budget_musd),
        "discount": exact_text(book.settings.discount or Fraction(0)),
        "technology_assumed": found.asked.technology,
        "years": list(years_of(book)),
        "paths": [{"path": row.path, "probability": exact_text(row.probability)} for row in book.paths],
        "projects": _projects(book, case),
        "costs": [_cost(case, offer) for offer in case.offers],
        "ranking": [
            {
                "project": case.projects[one.offer.project],
                "instrument": one.offer.instrument,
                "value_musd": exact_text(one.value_musd),
                "cost_musd": exact_text(one.offer.mean_musd),
                "per_dollar": optional_text(one.per_dollar),
            }
            for one in found.ranking
        ],
        "sets": [_set(case, one, found.sets[0].mean_musd) for one in found.sets],
        "by_path": [{"path": path, **_two(case, one)} for path, one in zip(case.paths, found.by_path, strict=True)],
        "least_regret": _set(case, found.least_regret, found.sets[0].mean_musd),
        "technology": [
            {
                "technology": one.technology,
                "means_musd": _named(case.projects, one.means_musd),
                "order": [case.projects[place] for place in one.order],
                **_two(case, one.best),
            }
            for one in found.technology
        ],
        "budgets": [{"budget_musd": exact_text(budget), **_two(case, one)} for budget, one in found.budgets],
        "notes": [{"kind": kind, "project": project} for kind, project in found.notes],
        "every_set_tried": found.every,
        "hash": "",
    }


def _named(names: Sequence[str], money: Sequence[Fraction]) -> ByPath:
    return {name: exact_text(one) for name, one in zip(names, money, strict=True)}


def _projects(book: FundBook, case: Valued) -> list[FundProjectData]:
    found: list[FundProjectData] = []
    for place, row in enumerate(book.projects):
        value, whole = case.value_musd[place], case.whole_musd[place]
        capacity = {
            path: {str(year): exact_text(t) for year, t in zip(years_of(book), by_year, strict=True)}
            for path, by_year in zip(case.paths, case.capacity_t[place], strict=True)
        }
        found.append(
            {
                "project": row.project,
                "what": row.what,
                "stage": row.stage,
                "element": row.element,
                "additional": exact_text(row.additional),
                "value_musd": _named(case.paths, value),
                "mean_musd": exact_text(case.mean(value)),
                "whole_mean_musd": exact_text(case.mean(whole)),
                "not_additional_musd": exact_text(case.mean(whole) - case.mean(value)),
                "expected_t": capacity,
            }
        )
    return found


def _cost(case: Valued, offer: Offer) -> FundCostData:
    return {
        "project": case.projects[offer.project],
        "instrument": offer.instrument,
        "committed_musd": _named(case.paths, offer.committed_musd),
        "expected_musd": _named(case.paths, offer.expected_musd),
        "mean_musd": exact_text(offer.mean_musd),
    }


def _set(case: Valued, one: SetFound, best_musd: Fraction) -> FundSetData:
    told, between = one.figures, case.mean(one.figures.interaction_musd)
    return {
        "projects": _projects_of(case, one.chosen),
        "instruments": _instruments_of(case, one.chosen),
        "value_musd": _named(case.paths, told.value_musd),
        "mean_musd": exact_text(one.mean_musd),
        "alone_musd": exact_text(one.mean_musd - between),
        "interaction_musd": exact_text(between),
        "cost_musd": exact_text(told.mean_cost_musd),
        "held_musd": _named(case.paths, told.held_musd),
        "regret_musd": _named(case.paths, one.regret_musd),
        "greatest_regret_musd": exact_text(max(one.regret_musd)),
        "less_share": exact_text((best_musd - one.mean_musd) / best_musd) if best_musd > 0 else None,
    }


def _two(case: Valued, one: BestTwo) -> FundTwoData:
    return {
        "projects": _projects_of(case, one.best),
        "instruments": _instruments_of(case, one.best),
        "value_musd": exact_text(one.value_musd),
        "next_projects": None if one.second is None else _projects_of(case, one.second),
        "next_less_share": optional_text(one.next_less_share),
    }


def _projects_of(case: Valued, chosen: FundedSet) -> list[str]:
    return [case.projects[place] for place in chosen.projects]


def _instruments_of(case: Valued, chosen: FundedSet) -> list[str]:
    return [case.offers[at].instrument for at in chosen.offers]


def not_additional(body: FundReport, projects: Sequence[str]) -> Fraction:
    """Returns the mean value of some projects that comes without public money and is not counted [MUSD].

    Args:
        body: The result as plain data.
        projects: Names of the projects.
    """
    return total(Fraction(row["not_additional_musd"]) for row in body["projects"] if row["project"] in projects)
