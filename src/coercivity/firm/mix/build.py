"""From the workbook of a company to what a mix is chosen from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from coercivity.base.errors import CoercivityError, Faults
from coercivity.firm.company.mix_sheets.rows import (
    ALL_GRADES,
    NO_STOP,
    OTHER_FEED,
    GradeRow,
    MixOptionRow,
    StopRow,
)
from coercivity.firm.company.mix_sheets.use import mix_months, use_t
from coercivity.firm.company.model import Company
from coercivity.firm.company.needs import empty_sheets
from coercivity.firm.mix.model import MixCase, MixItem, MixLimits, MixOption, MixScenario, OptionKind
from coercivity.firm.mix.prices.indices import PRICES, option_price, price_facts, scenario_index, usual_price

_KINDS: Mapping[str, OptionKind] = {
    "second source": "second_source",
    "air": "air",
    "leaner grade": "leaner_grade",
    "recycling": "recycling",
    "filing": "filing",
    "own processing": "own_processing",
    "contract": "contract",
    "spot": "spot",
}


def build_mix(
    company: Company,
    *,
    alpha: float = 0.9,
    stock_alone: bool = False,
    drawn: tuple[MixScenario, ...] | None = None,
) -> MixCase:
    """Returns what a mix is chosen from.

    Args:
        company: A company whose rows are without fault.
        alpha: Level of CVaR: the mean of the dearest 1 - `alpha`.
        stock_alone: Whether options are left out.
        drawn: Scenarios in place of those of the sheet, such as draws of the market.

    Raises:
        CoercivityError: With everything that the workbook lacks for a mix.
    """
    faults = Faults()
    faults.items += [each for each in empty_sheets(company, "mix") if drawn is None or each.where != "Scenarios"]
    if not company.mix_options and not stock_alone:
        what = "the sheet Options has no option that a mix is chosen from"
        faults.add("SHEET", what, where="Options", next="add one, such as a second source, or ask for stock alone")
    months = mix_months(company)
    if not months:
        do = "fill it in, or write months in the sheet Settings and the use of each grade in the sheet Use"
        faults.add("SHEET", "the sheet Monthly use is empty", where="Monthly use", next=do)
    faults.raise_if_any()
    assert months
    settings = company.settings
    return MixCase(
        items=tuple(_item(company, grade, months) for grade in company.grades),
        options=() if stock_alone else tuple(_option(row, drawn=drawn is not None) for row in company.mix_options),
        scenarios=drawn or _scenarios(company, months),
        limits=_limits(company),
        months=months,
        sea_months=1 if settings.sea_months is None else settings.sea_months,
        discount_per_month=float(settings.discount_per_month or 0),
        left_over_worth_share=float(settings.left_over_worth_share or 0),
        alpha=alpha,
        let_out_once=drawn is not None,
        usd_per_eur=float(settings.usd_per_eur or 1),
    )


def _item(company: Company, grade: GradeRow, months: int) -> MixItem:
    use = use_t(company, grade.grade, months)
    if use is None:
        raise CoercivityError.of("FIRM-ROW", f"the use of grade {grade.grade} is missing", where=grade.where)
    return MixItem(
        item=grade.grade,
        group=grade.group,
        use_t=tuple(map(float, use)),
        stock_cost_keur=float(grade.stock_cost_keur_per_t),
        loss_keur=float(grade.loss_keur_per_t),
        stock_cap_t=None if grade.stock_cap_t is None else float(grade.stock_cap_t),
        where=grade.where,
        whole_tonnes=grade.whole_tonnes == "yes",
        in_hand_t=float(grade.in_hand_t or 0),
        usual=usual_price(grade),
    )


def _option(row: MixOptionRow, *, drawn: bool) -> MixOption:
    """Returns an option; draws cut a second source only if it is not said to be fed from elsewhere than China.

    One that is not cut counts as own processing, which gives the same and follows no other source.
    """
    free = drawn and row.feed == OTHER_FEED
    return MixOption(
        option=row.option,
        kind="own_processing" if free and row.kind == "second source" else _KINDS[row.kind],
        fee_keur=float(row.fee_keur or 0),
        months=row.months or 0,
        cap=float(row.cap_t or 0),
        extra_keur=float(row.extra_keur_per_t or 0),
        items=row.grades,
        take_share=float(row.take_share or 0),
        follows_second_source=not free and (row.kind == "second source" or row.follows_second_source == "yes"),
        where=row.where,
        price=option_price(row),
        from_china=bool(row.index) and row.feed != OTHER_FEED,
    )


def _scenarios(company: Company, months: int) -> tuple[MixScenario, ...]:
    prices = price_facts(company, months)
    rows = []
    for row in company.scenarios:
        one = _scenario(row, company.grades, months)
        facts = {**one.facts, PRICES: prices[row.scenario]} if prices else one.facts
        rows.append(replace(one, index=scenario_index(company, row.scenario, months), facts=facts))
    return tuple(rows)


def _scenario(row: StopRow, grades: tuple[GradeRow, ...], months: int) -> MixScenario:
    return MixScenario(
        scenario=row.scenario,
        probability=float(row.probability),
        open_share={grade.grade: _open(row, grade, row.months, months) for grade in grades},
        open_share_if_filed={grade.grade: _open(row, grade, row.months_if_filed, months) for grade in grades},
        second_source_share=float(row.second_source_share),
        where=row.where,
        path=row.path,
        facts=_facts(row),
    )


def _facts(row: StopRow) -> dict[str, str]:
    """Returns what tells a scenario from others, by column of its sheet."""
    found = {
        "scope": row.scope,
        "first_month": str(row.first_month or ""),
        "months": str(row.months),
        "let_through": str(row.let_through),
        "second_source_share": str(row.second_source_share),
        "path": row.path,
    }
    return found if row.months else found | {"scope": NO_STOP, "first_month": "", "let_through": "1"}


def _open(row: StopRow, grade: GradeRow, stopped: int, months: int) -> tuple[float, ...]:
    """Returns the share of the use of a grade that China lets out in each month."""
    struck = row.scope != NO_STOP and row.scope in (ALL_GRADES, grade.group)
    first = row.first_month or 1
    return tuple(
        float(row.let_through) if struck and first <= month < first + stopped else 1.0 for month in range(1, months + 1)
    )


def _limits(company: Company) -> MixLimits:
    most = {row.limit: float(row.value) for row in company.limits}
    return MixLimits(most.get("budget"), most.get("storage"), most.get("lost_line_days"))
