"""Marginal values from elsewhere than the workbook, such as the dual values of capacity of the market model.

A run of the market gives, for a legal path and a year, what one kilogram more of capacity of a stage would save. The
mean over the draws of a path is a row here; `with_values` puts such rows in place of the sheet *Marginal values*.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from coercivity.base.errors import Faults, brief_value
from coercivity.ministry.fund.model import FundBook, ValueRow
from coercivity.ministry.fund.valued import years_of


def with_values(book: FundBook, rows: Iterable[ValueRow], faults: Faults) -> FundBook:
    """Returns a workbook whose marginal values are those given; what they lack is a fault.

    Args:
        book: The workbook.
        rows: Values in USD/kg of each year of the workbook, not discounted, once for each path, stage and element.
        faults: Receives a fault for each value that a project needs and that is missing, and for each that is twice.
    """
    given: dict[tuple[str, str, str], ValueRow] = {}
    for row in rows:
        key = row.path, row.stage, row.element
        if key in given:
            what = f"{brief_value(' '.join(key))!r} is already in {brief_value(given[key].where)}"
            faults.add("TWICE", what, where=row.where, next="keep one of the rows")
        given.setdefault(key, row)
    years = years_of(book)
    for stage, element in dict.fromkeys((each.stage, each.element) for each in book.projects):
        for path in (each.path for each in book.paths):
            found = given.get((path, stage, element))
            lack = [year for year in years if found is None or year not in found.usd_per_kg]
            if lack:
                what = f"{brief_value(f'{stage} {element}')} is missing on path {brief_value(path)}"
                place = "Marginal values" if found is None else f"Marginal values, {lack[0]}"
                faults.add("FUND-ROW", what, where=place, next="add its row")
    return replace(book, values=tuple(given.values()))
