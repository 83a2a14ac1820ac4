"""Checks the figures that demand is built from, all at once, before anything is calculated with them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from math import isfinite

from coercivity.base.errors import Faults, brief_value
from coercivity.market.inputs.figures import Figures, Row

_CODE = "ROW-FIGURE"


def check_demand_figures(
    figures: Figures, revenues: Mapping[str, tuple[str, str]], elasticities: Iterable[str]
) -> None:
    """Checks values of devices, elasticities, thrift and choke prices.

    Args:
        figures: The market data set.
        revenues: Rows of `economics` by device: revenue at risk, and value of the product.
        elasticities: Rows of `economics` with a total elasticity.

    Raises:
        CoercivityError: With every figure that is missing or outside its limits.
    """
    faults, keys = Faults(), figures.pack.assumption_rows
    for at_risk, product in revenues.values():
        row = figures.row("economics", at_risk)
        _figure(faults, "economics", row, "value", "above 0", lambda x: x > 0)
        of = row if row["low"] and row["high"] else figures.row("economics", product)
        for column in ("low", "value", "high"):
            _figure(faults, "economics", of, column, "above 0", lambda x: x > 0)
    for name in sorted(elasticities):
        _figure(faults, "economics", figures.row("economics", name), "value", "0 or below", lambda x: x <= 0)
    for key in ("device_elasticity", "nonmagnet_elasticity"):
        _figure(faults, "assumptions", figures.row("assumptions", keys[key]), "value", "0 or below", lambda x: x <= 0)
    thrift = figures.row("assumptions", keys["greatest_thrift"])
    _figure(faults, "assumptions", thrift, "value", "between 0 and 1, without both", lambda x: 0 < x < 1)
    for key in ("revenue_margin", "greatest_choke_price", "choke_price_ratio", "choke_price_light"):
        for column in ("low", "value", "high"):
            row = figures.row("assumptions", keys[key])
            _figure(faults, "assumptions", row, column, "above 0", lambda x: x > 0)
    faults.raise_if_any()


def _figure(faults: Faults, table: str, row: Row, column: str, limits: str, fits: Callable[[float], bool]) -> None:
    """Adds a fault if a cell is no number, or a number outside its limits."""
    text = row[column]
    try:
        number = float(text)
        fit = isfinite(number) and fits(number)
    except ValueError:
        fit = False
    if not fit:
        what = f"{column} of row {row['id']} must be {limits}, not {brief_value(text) if text else 'empty'}"
        faults.add(_CODE, what, where=f"world/{table}.csv", next="correct the row")
