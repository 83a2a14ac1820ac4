"""The rows of the IAMC long table of an outlook: what can be told of a region month by month."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from coercivity.papers.outlook.report_data import OutlookReport, RunData, Text
from coercivity.papers.shared.tables.iamc import LEVELS, MODEL, IamcRow, iamc_bytes, level

if TYPE_CHECKING:
    import polars as pl

IAMC_FILE = "iamc.csv"
PRICE, MONTHLY, MASS = "USD/kg", "t/month", "t"
_Series = tuple[str, tuple[str, ...], str, Sequence[float | None]]  # region, levels, unit, value by month
_USE = {"wanted_t": "Wanted", "usual_t": "Usual design", "less_t": "Less of it", "substituted_t": "Substituted",
        "without_t": "Shortage"}  # fmt: skip
_LEFT = {"Dy": "Dysprosium in all forms", "Tb": "Terbium in all forms", "magnets": "All magnets",
         "magnets_controlled": "Magnets under licence", "magnets_not_controlled": "Magnets not controlled"}  # fmt: skip


def iamc_rows(report: OutlookReport) -> Iterator[IamcRow]:
    """Yields prices, exports from China, stocks and use by month, scenario and region.

    A price without a market is left out: it is a limit that nobody is known to pay.

    Args:
        report: The report data of an outlook.

    Source: docs/outlook.md.
    """
    days = [f"{month}-01" for month in report["months"]]
    names = report["names"]
    for run in report["runs"]:
        for region, levels, unit, values in _series(run, names["goods"], names["uses"]):
            place, variable = level(_name(names["regions"], region)), LEVELS.join(map(level, levels))
            for day, value in zip(days, values, strict=True):
                if value is not None:
                    yield IamcRow(MODEL, run["id"], place, variable, unit, day, value)


def iamc_frame(report: OutlookReport) -> pl.DataFrame:
    """Returns the same as a data frame; `time` is a date.

    Args:
        report: The report data of an outlook.
    """
    import polars as pl

    from coercivity.papers.shared.tables.frames import frame_of

    return frame_of(IamcRow._fields, iamc_rows(report), ("value",)).with_columns(pl.col("time").str.to_date("%Y-%m-%d"))


def iamc_file(report: OutlookReport) -> bytes:
    """Returns the same as a CSV file.

    Args:
        report: The report data of an outlook.
    """
    return iamc_bytes(iamc_rows(report))


def _series(run: RunData, goods: Mapping[str, Text], uses: Mapping[str, Text]) -> Iterator[_Series]:
    for price in run["prices"]:
        good = _name(goods, price["good"])
        kinds = (
            ("Spot quote", price["quote"]),
            ("Marginal", price["margin"]),
            ("Mean paid", price["traded"]),
            ("Under Chinese licence", price["licensed"]),
        )
        for kind, values in kinds:
            held = [value if there else None for value, there in zip(values, price["market"], strict=True)]
            yield price["region"], ("Price", kind, good), PRICE, held
    for sent in run["shipped"]:
        yield sent["to_region"], ("Exports from China", "Product", _name(goods, sent["good"])), MONTHLY, sent["mass_t"]
    for left in run["out"]:
        kind = _LEFT.get(left["what"], left["what"])
        yield left["to_region"], ("Exports from China", "Total", kind), MONTHLY, left["mass_t"]
    for stock in run["stocks"]:
        yield stock["region"], ("Stock", _name(goods, stock["good"])), MASS, stock["mass_t"]
    for use in run["use"]:
        what = _name(uses, use["use"])
        figures = (use["wanted_t"], use["usual_t"], use["less_t"], use["substituted_t"], use["without_t"])
        for kind, values in zip(_USE.values(), figures, strict=True):
            yield use["region"], ("Use", kind, what), MONTHLY, values


def _name(names: Mapping[str, Text], key: str) -> str:
    return names.get(key, {"en": key})["en"]
