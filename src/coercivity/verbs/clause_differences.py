"""The cost of a clause by draw: the run with it minus the run without it at the same point, and what follows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from coercivity.base.canonical import round_sig
from coercivity.base.errors import Argument, CoercivityError
from coercivity.base.sums import total
from coercivity.ensemble.design import Design, design_of
from coercivity.ensemble.results.pairs import LEAST_PAIRS, difference_row
from coercivity.ensemble.results.quantiles import known_of
from coercivity.ensemble.runs.keeping import WHOLE, Floats
from coercivity.ensemble.runs.sets import DrawSet
from coercivity.market.inputs.coefficients import CHINA, MAGNETS
from coercivity.papers.market.report_data import BranchPrice, LicencesWorth, PriceRange
from coercivity.verbs.clause_cost import HOLDERS, SHOWN

REGIONS = (CHINA, "XCN")
_UNITS = {"whole_usd": "USD", "kept_usd": "USD", "held_back_t": "t", "without_t": "t", "quote": "USD/kg"}


@dataclass(frozen=True, slots=True, eq=False)
class Differences:
    """Figures of the cost of a clause by draw: the run with it minus the run without it.

    Attributes:
        run: Id of the run.
        points: Points that both runs have, in order, shape (draws,).
        values: Figures by key, shape (draws,).
    """

    run: str
    points: np.ndarray
    values: Mapping[str, Floats]


def design_for(draws: int, branches: int, scramble: int = 0) -> Design:
    """Returns the design of the draws of a cost: at least two points in each legal scenario.

    Args:
        draws: Draws of all legal scenarios together; each is run with the clause and without it.
        branches: Number of legal scenarios.
        scramble: Number of the scramble.

    Raises:
        CoercivityError: As `design_of`; or if a legal scenario has fewer than two draws, of which no interval follows.
    """
    design = design_of(draws, branches, scramble)
    if design.points < LEAST_PAIRS:
        what = f"{design.points} of {draws} draws in each legal scenario: an interval needs at least {LEAST_PAIRS}"
        nearest = [str(LEAST_PAIRS * branches), str(2 * LEAST_PAIRS * branches)]
        raise CoercivityError.of("DRAWS", what, where=Argument("draws"), nearest=nearest, next="give one of these")
    return design


def differences(with_it: DrawSet, without: DrawSet, goods_held: Sequence[str]) -> Differences:
    """Returns the figures of the cost by draw, for the points that both sets have.

    Args:
        with_it: Draws of the run with the clause.
        without: Draws of the run without it, at the same points.
        goods_held: Products that the clause restricts.

    Source: equation 48 of docs/market.md, draw by draw.
    """
    points, at, there = np.intersect1d(with_it.points, without.points, return_indices=True)
    one, other = _figures(with_it, goods_held), _figures(without, goods_held)
    zeros = np.zeros(len(points))
    found: dict[str, Floats] = {}
    for name in sorted({*one, *other}):
        found[name] = (one[name][at] if name in one else zeros) - (other[name][there] if name in other else zeros)
    parties = [found[name] for name in found if name.startswith("kept_usd:")]
    found[f"kept_usd:{HOLDERS}"] = found["whole_usd"] - np.sum(parties, axis=0) if parties else found["whole_usd"]
    return Differences(with_it.run, points, found)


def _figures(draws: DrawSet, goods_held: Sequence[str]) -> dict[str, Floats]:
    """Returns the figures of one run by draw, each of shape (draws,)."""
    found: dict[str, Floats] = {}
    for name in draws.names["welfare"]:
        usd = draws.series("welfare", name)[:, 0]
        found["whole_usd" if name == WHOLE else f"kept_usd:{name}"] = usd
    for kind, goods in (
        ("oxides_and_metals", [name for name in goods_held if name not in MAGNETS]),
        ("magnets", [name for name in goods_held if name in MAGNETS]),
    ):
        found[f"held_back_t:{kind}"] = 0.0 - _exported_t(draws, goods)
    found["without_t"] = _summed(draws, "use", [name for name in draws.names["use"] if name.endswith(":without_t")])
    for good in SHOWN:
        for region in REGIONS:
            name = f"{good}:{region}"
            if name in draws.names["quote"]:
                found[f"quote:{name}"] = draws.series("quote", name).mean(axis=1)
    return found


def _exported_t(draws: DrawSet, goods: Sequence[str]) -> Floats:
    """Returns what is shipped from China of some products over all months [t], shape (draws,)."""
    wanted = {("ship", good, CHINA) for good in goods}
    names = []
    for name in draws.names["flows"]:
        stage, good, _, origin, _, _ = name.split("|")
        if (stage, good, origin) in wanted:
            names.append(name)
    return _summed(draws, "flows", names)


def _summed(draws: DrawSet, block: Literal["use", "flows"], names: Sequence[str]) -> Floats:
    if not names:
        return np.zeros(len(draws.points))
    places = [draws.names[block].index(name) for name in sorted(names)]
    summed: Floats = draws.values[block][:, places].sum(axis=(1, 2))
    return summed


def worth(practised: Differences, single: Differences) -> Differences:
    """Returns what general licences are worth under a clause by draw: its cost with them minus that without them.

    Args:
        practised: The cost as practised.
        single: The cost if every shipment needs a single licence, at the same points.
    """
    points, at, there = np.intersect1d(practised.points, single.points, return_indices=True)
    both = sorted(practised.values.keys() & single.values.keys())
    return Differences(
        practised.run, points, {name: practised.values[name][at] - single.values[name][there] for name in both}
    )


def ranges(found: Differences, usual: Mapping[str, float], less: str) -> list[PriceRange]:
    """Returns the range of every figure, the whole first.

    The interval is that of the mean of paired differences, by the t distribution.

    Args:
        found: The figures by draw.
        usual: The figures without draws.
        less: Id of the run that is subtracted.

    Raises:
        CoercivityError: If fewer than two draws have a result in both runs.

    Source: equation 92 of docs/market.md.
    """
    if len(found.points) < LEAST_PAIRS:
        what = f"{len(found.points)} draws have a result both with the clause and without it"
        raise CoercivityError.of("DRAWS-NONE", what, where=found.run, next="ask for more draws")
    rows = [_range(found, name, usual.get(name), less) for name in sorted(found.values, key=_order)]
    return [row for row in rows if row is not None]


def _order(name: str) -> tuple[int, str]:
    return list(_UNITS).index(name.partition(":")[0]), name


def _range(found: Differences, name: str, usual: float | None, less: str) -> PriceRange | None:
    values = known_of(found.values[name])
    row = difference_row(found.run, less, name, _UNITS[name.partition(":")[0]], values)
    if row is None:
        return None
    return {**row, "usual": usual, "share_negative": round_sig(np.count_nonzero(values < 0.0) / values.size)}


def usual_of(cost: BranchPrice) -> dict[str, float]:
    """Returns the figures of a cost without draws, by the same keys.

    Args:
        cost: The cost of the clause in one legal scenario.
    """
    quotes = {
        f"quote:{row['good']}:{row['region']}": round_sig(row["with_usd_per_kg"] - row["without_usd_per_kg"])
        for row in cost["prices"]
    }
    return {**_usual(cost), **quotes}


def usual_worth(cost: LicencesWorth) -> dict[str, float]:
    """Returns what general licences are worth without draws, by the same keys.

    Args:
        cost: What they are worth in one legal scenario.
    """
    quotes = {f"quote:{row['good']}:{row['region']}": row["usd_per_kg"] for row in cost["prices"]}
    return {**_usual(cost), **quotes}


def _usual(cost: BranchPrice | LicencesWorth) -> dict[str, float]:
    held = cost["held_back_t"]
    return {
        "whole_usd": cost["whole_usd"],
        **{f"kept_usd:{who}": usd for who, usd in cost["kept_usd"].items()},
        "held_back_t:oxides_and_metals": held["oxides_and_metals"],
        "held_back_t:magnets": held["magnets"],
        "without_t": round_sig(total(cost["without_t"].values())),
    }
