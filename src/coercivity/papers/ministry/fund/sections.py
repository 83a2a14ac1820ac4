"""The result of `fund` as sections of sentences and tables, in one language."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from coercivity.base.words import Lang
from coercivity.papers.ministry.fund.iamc import fund_iamc
from coercivity.papers.ministry.fund.opening import opening
from coercivity.papers.ministry.fund.picture import fund_picture
from coercivity.papers.ministry.fund.report_data import FundRankData, FundReport, FundSetData, FundTwoData
from coercivity.papers.ministry.fund.wording import (
    PER_DOLLAR,
    SHARE,
    TONNES,
    by_path,
    cells,
    instrument_text,
    instruments_cell,
    keys,
    money,
    set_text,
    wording,
)
from coercivity.papers.shared.paper.figures import figure, listed, percent, percent_cell
from coercivity.papers.shared.paper.sections import Column, PaperSection, Wording

FORMULAS = ("capacity", "value", "cost", "set")


def fund_title(body: FundReport, lang: Lang) -> str:
    """Returns the title."""
    w = wording(lang)
    return w("title_of", body["title"]) if body["title"] else w("title")


def fund_sections(body: FundReport, lang: Lang = "en") -> tuple[PaperSection, ...]:
    """Returns the sections of a result.

    Args:
        body: The result as plain data.
        lang: Language.
    """
    w = wording(lang)
    every = (
        w.section("summary", opening(body, w)),
        _ranking(body, w),
        _sets(body, w),
        _regret(body, w),
        _technology(body, w),
        _budgets(body, w),
        _projects(body, w),
        _costs(body, w),
        w.section("notes", _notes(body, w)),
        w.section("formulas", _formulas(body, w)),
        w.section("iamc", [w("iamc_said", body["years"][0])], [fund_iamc(body)]),
    )
    return tuple(section for section in every if section.sentences or section.tables)


def _paths(body: FundReport) -> list[str]:
    return [row["path"] for row in body["paths"]]


def _ranking(body: FundReport, w: Wording) -> PaperSection:
    columns = ("project", "instrument", "mean_value_musd", "mean_cost_musd", "per_dollar")
    rows = [
        (
            row["project"],
            instrument_text(row["instrument"], w),
            money(row["value_musd"]),
            money(row["cost_musd"]),
            _per_dollar(row, w),
        )
        for row in body["ranking"]
    ]
    section = w.section("ranking", (), [w.table("ranking", columns, rows, numbers=columns[2:])], [w("ranking_note")])
    return replace(section, figures=(fund_picture(body, w),)) if rows else section


def _per_dollar(row: FundRankData, w: Wording) -> str:
    if row["per_dollar"] is not None:
        return figure(row["per_dollar"], PER_DOLLAR)
    return w("costs_nothing" if row["cost_musd"] == "0" else "comes_back")


def _sets(body: FundReport, w: Wording) -> PaperSection:
    paths = _paths(body)
    held = by_path("held", paths, w)
    columns: list[str | Column] = [
        "projects", "instruments", "mean_value_musd", "alone_musd", "interaction_musd", "mean_cost_musd", *held,
        "less_percent",
    ]  # fmt: skip
    rows = [
        (
            set_text(one["projects"], w),
            instruments_cell(one["instruments"], w),
            *(money(text) for text in (one["mean_musd"], one["alone_musd"], one["interaction_musd"], one["cost_musd"])),
            *cells(one["held_musd"]),
            percent_cell(one["less_share"], SHARE),
        )
        for one in body["sets"]
    ]
    numbers = keys(columns[2:])
    said = [w("every_set" if body["every_set_tried"] else "whole_numbers")]
    return w.section("sets", said, [w.table("sets", columns, rows, numbers=numbers)], [w("sets_note")])


def _regret(body: FundReport, w: Wording) -> PaperSection:
    paths = _paths(body)
    best_rows = [(row["path"], *_two(row, w)) for row in body["by_path"]]
    best = w.table("by_path", ("path", *_TWO), best_rows, numbers=_TWO_NUMBERS)
    shown = list(body["sets"])
    if body["least_regret"]["projects"] not in [one["projects"] for one in shown]:
        shown.append(body["least_regret"])
    columns: list[str | Column] = [
        "projects",
        *by_path("value", paths, w),
        *by_path("regret", paths, w),
        "greatest_regret_musd",
    ]
    rows = [_regret_row(one, w) for one in shown]
    numbers = keys(columns[1:])
    table = w.table("regret", columns, rows, numbers=numbers)
    return w.section("regret", (), [best, table], [w("regret_note")])


def _regret_row(one: FundSetData, w: Wording) -> tuple[str, ...]:
    greatest = money(one["greatest_regret_musd"])
    return (set_text(one["projects"], w), *cells(one["value_musd"]), *cells(one["regret_musd"]), greatest)


_TWO = ("projects", "instruments", "value_musd", "next_projects", "next_percent")
_TWO_NUMBERS = ("value_musd", "next_percent")


def _two(row: FundTwoData, w: Wording) -> tuple[str, ...]:
    following = "–" if row["next_projects"] is None else set_text(row["next_projects"], w)
    share = percent_cell(row["next_less_share"], SHARE)
    names = set_text(row["projects"], w), instruments_cell(row["instruments"], w)
    return (*names, money(row["value_musd"]), following, share)


def _technology(body: FundReport, w: Wording) -> PaperSection:
    rows = [
        (w(f"technology_{row['technology']}"), *_two(row, w), " > ".join(row["order"])) for row in body["technology"]
    ]
    table = w.table("technology", ("technology", *_TWO, "order"), rows, numbers=_TWO_NUMBERS)
    kinds = [Column(f"{row['technology']}_musd", w(f"technology_{row['technology']}")) for row in body["technology"]]
    means = [
        (row["project"], *(money(each["means_musd"][row["project"]]) for each in body["technology"]))
        for row in body["projects"]
    ]
    worth = w.table("technology_values", ["project", *kinds], means, numbers=keys(kinds))
    return w.section("technology", (), [table, worth], [w("technology_note")])


def _budgets(body: FundReport, w: Wording) -> PaperSection:
    rows = [(figure(row["budget_musd"], 2, trim=True), *_two(row, w)) for row in body["budgets"]]
    if len(rows) < 2:
        return w.section("budgets")
    table = w.table("budgets", ("budget_musd", *_TWO), rows, numbers=("budget_musd", *_TWO_NUMBERS))
    return w.section("budgets", (), [table])


def _projects(body: FundReport, w: Wording) -> PaperSection:
    columns: list[str | Column] = [
        "project", "what", *by_path("value", _paths(body), w), "mean_value_musd", "additional_percent",
        "not_additional_musd",
    ]  # fmt: skip
    rows = [
        (
            row["project"],
            row["what"],
            *cells(row["value_musd"]),
            money(row["mean_musd"]),
            percent_cell(row["additional"], SHARE),
            money(row["not_additional_musd"]),
        )
        for row in body["projects"]
    ]
    numbers = keys(columns[2:])
    years = [str(year) for year in body["years"]]
    capacity = [
        (row["project"], path, *(figure(t, TONNES) for t in by_year.values()))
        for row in body["projects"]
        for path, by_year in row["expected_t"].items()
    ]
    named = [Column(f"t_{year}", w("t_in", year)) for year in years]
    table = w.table("expected_capacity", ["project", "path", *named], capacity, numbers=keys(named))
    return w.section("projects", (), [w.table("projects", columns, rows, numbers=numbers), table])


def _costs(body: FundReport, w: Wording) -> PaperSection:
    paths = _paths(body)
    money_columns = [*by_path("committed", paths, w), *by_path("expected", paths, w)]
    columns: list[str | Column] = ["project", "instrument", *money_columns]
    rows = [
        (
            row["project"],
            instrument_text(row["instrument"], w),
            *cells(row["committed_musd"]),
            *cells(row["expected_musd"]),
        )
        for row in body["costs"]
    ]
    numbers = keys(money_columns)
    return w.section("costs", (), [w.table("costs", columns, rows, numbers=numbers)], [w("costs_note")])


def _notes(body: FundReport, w: Wording) -> Iterator[str]:
    return (w(f"note_{note['kind']}", note["project"]) for note in body["notes"])


def _formulas(body: FundReport, w: Wording) -> Iterator[str]:
    first = body["years"][0]
    chances = [w("chance", row["path"], percent(row["probability"], w.lang)) for row in body["paths"]]
    yield w("formula_years", first, percent(body["discount"], w.lang), body["years"][-1])
    yield w("formula_chances", listed(chances, w.lang))
    yield from (w(f"formula_{name}") for name in FORMULAS)
