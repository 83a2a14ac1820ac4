"""Prices by month of a workbook, and the indices that they follow in each scenario."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from coercivity.firm.company.mix_sheets.prices import indices_of, months_of_mix, values_of
from coercivity.firm.company.mix_sheets.rows import GradeRow, MixOptionRow
from coercivity.firm.company.model import Company
from coercivity.firm.mix.model import MixPrice

# Fact that tells scenarios apart by their prices.
PRICES = "prices"


def option_price(row: MixOptionRow) -> MixPrice | None:
    """Returns the price by month of an option; None if it is the same in all months.

    Args:
        row: The option.
    """
    if not row.index:
        return None
    return MixPrice(row.index, _number(row.a), _number(row.b), _bound(row.floor), _bound(row.price_cap))


def usual_price(row: GradeRow) -> MixPrice | None:
    """Returns the usual price of a grade; None if it states none.

    Args:
        row: The grade.
    """
    if row.usual_a is None and not row.usual_index:
        return None
    return MixPrice(row.usual_index, _number(row.usual_a), _number(row.usual_b))


def scenario_index(company: Company, scenario: str, months: int) -> dict[str, tuple[float, ...]]:
    """Returns the indices that a mix needs by month in a scenario of the sheet [USD/kg].

    Args:
        company: A company whose rows are without fault.
        scenario: Name of the scenario.
        months: Number of months.
    """
    names = months_of_mix(company, months)
    return {
        index: tuple(float(value) for month in names for value in (values_of(company, scenario, index)[month],))
        for index in indices_of(company)
    }


def price_facts(company: Company, months: int) -> Mapping[str, str]:
    """Returns for each scenario which of the price paths it has; none where all have the same.

    Args:
        company: A company whose rows are without fault.
        months: Number of months.
    """
    paths = {row.scenario: scenario_index(company, row.scenario, months) for row in company.scenarios}
    unlike: list[dict[str, tuple[float, ...]]] = []
    for path in paths.values():
        if path not in unlike:
            unlike.append(path)
    return {} if len(unlike) < 2 else {name: str(unlike.index(path) + 1) for name, path in paths.items()}


def _number(value: Fraction | None) -> float:
    return float(value or 0)


def _bound(value: Fraction | None) -> float | None:
    return None if value is None else float(value)
