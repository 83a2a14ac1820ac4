"""What a budget should buy as rows of the long table: capacity by year, value and public money as of year 0."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from coercivity.base.sums import total
from coercivity.papers.ministry.fund.report_data import ByPath, FundReport
from coercivity.papers.ministry.iamc import WORLD, IamcRow, iamc_table, level
from coercivity.papers.shared.paper.figures import exact_text
from coercivity.papers.shared.paper.sections import PaperTable

MASS_UNIT = "t/yr"
_MEANS = ("mean", "mean over paths")  # the second where a path is called as the first


def fund_iamc(body: FundReport) -> PaperTable:
    """Returns capacity, value and public money by path, and their mean.

    Capacity has a value in every year; value and public money are sums discounted to year 0 and are in its column.

    Args:
        body: The result as plain data.

    Source: docs/verbs/fund.md.
    """
    return iamc_table(WORLD, body["years"], _rows(body))


def _rows(body: FundReport) -> Iterator[IamcRow]:
    for project in body["projects"]:
        head = f"Public Funding|{level(project['project'])}"
        yield from _capacity(f"{head}|Expected Capacity", project["expected_t"], body)
        yield from _money(f"{head}|Value", project["value_musd"], body)
    for cost in body["costs"]:
        head = f"Public Funding|{level(cost['project'])}|{cost['instrument'].title()}"
        yield from _money(f"{head}|Public Money Committed", cost["committed_musd"], body)
        yield from _money(f"{head}|Public Money Expected", cost["expected_musd"], body)
    best = body["sets"][0]
    chosen = [row["expected_t"] for row in body["projects"] if row["project"] in best["projects"]]
    whole = {
        path: {year: exact_text(total(Fraction(each[path][year]) for each in chosen)) for year in by_year}
        for path, by_year in body["projects"][0]["expected_t"].items()
    }
    yield from _capacity("Public Funding|Chosen Set|Expected Capacity", whole, body)
    yield from _money("Public Funding|Chosen Set|Value", best["value_musd"], body)
    yield from _money("Public Funding|Chosen Set|Public Money Committed", best["held_musd"], body)


def _capacity(variable: str, by_path: Mapping[str, Mapping[str, str]], body: FundReport) -> Iterator[IamcRow]:
    for path, by_year in by_path.items():
        yield IamcRow(level(path), variable, MASS_UNIT, {int(year): t for year, t in by_year.items()})
    means = {year: _mean({path: by_path[path][str(year)] for path in by_path}, body) for year in body["years"]}
    yield IamcRow(_mean_name(body), variable, MASS_UNIT, means)


def _money(variable: str, by_path: ByPath, body: FundReport) -> Iterator[IamcRow]:
    first = body["years"][0]
    unit = f"million USD, present value {first}"
    for path, musd in by_path.items():
        yield IamcRow(level(path), variable, unit, {first: musd})
    yield IamcRow(_mean_name(body), variable, unit, {first: _mean(by_path, body)})


def _mean_name(body: FundReport) -> str:
    paths = {row["path"] for row in body["paths"]}
    return _MEANS[1] if _MEANS[0] in paths else _MEANS[0]


def _mean(by_path: Mapping[str, str], body: FundReport) -> str:
    chances = {row["path"]: Fraction(row["probability"]) for row in body["paths"]}
    return exact_text(total(chances[path] * Fraction(one) for path, one in by_path.items()))
