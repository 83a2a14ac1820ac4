"""The figures that differ between two runs: prices, demand that goes without, exports of magnets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal, TypedDict

from coercivity.base.canonical import round_sig
from coercivity.base.sums import total
from coercivity.market.inputs.coefficients import CHINA
from coercivity.market.results.rows import ALL_ABROAD, HEADLINES, RunTables

# A difference counts from this mean over the months in which the runs differ, or from this in one month.
MEAN_SHARE, MONTH_SHARE = 0.02, 0.05
MAGNETS = "magnets"
_NOISE = 1e-6

Measure = Literal["margin", "without", "shipped"]


class Figure(TypedDict):
    """A figure in two runs.

    Attributes:
        measure: Marginal price [USD/kg], part of demand that goes without, exports from China [t].
        name: The product, the use, or `magnets`.
        region: China, or all other regions.
        month: Month of the largest difference; empty for the whole period.
        share: Difference as a share of the larger of the two; of parts of demand their difference.
        mean_share: Mean of the same over the months in which the runs differ.
    """

    measure: Measure
    name: str
    region: str
    month: str
    a: float
    b: float
    share: float
    mean_share: float


def counts(figure: Figure) -> bool:
    """Returns whether a difference matters."""
    return figure["mean_share"] >= MEAN_SHARE or figure["share"] >= MONTH_SHARE


def apart(a: float, b: float) -> float:
    """Returns a difference as a share of the larger number."""
    most = max(abs(a), abs(b))
    return abs(a - b) / most if most else 0.0


def figures_of(a: RunTables, b: RunTables, months: Sequence[str], begin: int) -> list[Figure]:
    """Returns every figure that differs: what matters first, then by mean difference.

    Args:
        a: The tables of one run.
        b: The tables of the other.
        months: The months of the period.
        begin: Place of the first month in which the runs differ.
    """
    every = [*_prices(a, b, months, begin), *_without(a, b), *_shipped(a, b)]
    every.sort(key=lambda one: (not counts(one), -one["mean_share"], -one["share"], one["name"]))
    return [figure for figure in every if figure["share"] > _NOISE]


def largest(figures: Sequence[Figure]) -> list[Figure]:
    """Returns the first of each measure, prices in and outside China apart."""
    largest: dict[tuple[str, str], Figure] = {}
    for figure in figures:
        largest.setdefault((figure["measure"], figure["region"]), figure)
    return list(largest.values())


def _figure(measure: Measure, name: str, region: str, a: float, b: float, *, share: float) -> Figure:
    return {
        "measure": measure,
        "name": name,
        "region": region,
        "month": "",
        "a": round_sig(a),
        "b": round_sig(b),
        "share": round_sig(share),
        "mean_share": round_sig(share),
    }


def margins(a: RunTables, b: RunTables) -> Iterator[tuple[str, str, list[float], list[float]]]:
    """Yields product, region and both series of each headline price that both runs have.

    Months without a market in one of them are zero in both: a limit is not a price, so its difference counts for
    nothing.
    """
    other = {(row["good"], row["region"]): row for row in b["prices"]}
    for row in a["prices"]:
        key = row["good"], row["region"]
        if row["good"] in HEADLINES and row["region"] in (CHINA, ALL_ABROAD) and key in other:
            both = [x and y for x, y in zip(row["market"], other[key]["market"], strict=True)]
            sides = (row["margin"], other[key]["margin"])
            left, right = ([p if held else 0.0 for p, held in zip(side, both, strict=True)] for side in sides)
            yield *key, left, right


def _prices(a: RunTables, b: RunTables, months: Sequence[str], begin: int) -> Iterator[Figure]:
    for name, region, left, right in margins(a, b):
        shares = list(map(apart, left, right))
        place = max(range(len(shares)), key=lambda at: (shares[at], -at))
        found = _figure("margin", name, region, left[place], right[place], share=shares[place])
        mean = total(shares[begin:]) / len(shares[begin:])
        yield {**found, "month": months[place], "mean_share": round_sig(mean)}


def _without(a: RunTables, b: RunTables) -> Iterator[Figure]:
    left, right = _parts_without(a), _parts_without(b)
    for use, region in sorted(left.keys() & right.keys()):
        one, other = left[use, region], right[use, region]
        yield _figure("without", use, region, one, other, share=abs(one - other))


def _parts_without(tables: RunTables) -> dict[tuple[str, str], float]:
    """Returns the part of the demand of the period that goes without, by use, in China and outside."""
    sums: dict[tuple[str, str], list[float]] = {}
    for row in tables["use"]:
        entry = sums.setdefault((row["use"], CHINA if row["region"] == CHINA else ALL_ABROAD), [0.0, 0.0])
        entry[0] += total(row["without_t"])
        entry[1] += total(row["wanted_t"])
    return {key: without / wanted for key, (without, wanted) in sums.items() if wanted > 0}


def _shipped(a: RunTables, b: RunTables) -> Iterator[Figure]:
    left, right = _magnets(a), _magnets(b)
    yield _figure("shipped", MAGNETS, ALL_ABROAD, left, right, share=apart(left, right))


def _magnets(tables: RunTables) -> float:
    """Returns the exports of magnets from China over the period [t]."""
    rows = (row for row in tables["shipped"] if row["to_region"] == ALL_ABROAD and row["good"].startswith("mag_"))
    return total(total(row["mass_t"]) for row in rows)
