"""How fast each use can move to another design: time, speed, cost and saving of its substitution options."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from coercivity.base.canonical import round_sig
from coercivity.base.months import month_text
from coercivity.base.sums import total
from coercivity.market.inputs.coefficients import Coefficients
from coercivity.market.network.network import USUAL, Activity, Network, Recipe
from coercivity.market.results.mechanisms.rows import SpeedRow
from coercivity.market.run.rolling import MonthDone

_MONTHS_A_YEAR = 12


def speed_rows(coefficients: Coefficients, network: Network, span: Sequence[MonthDone]) -> list[SpeedRow]:
    """Returns a row of each option that must be qualified, by use and region.

    Args:
        coefficients: Coefficients of the base year, for what is saved of each element.
        network: The network of the run.
        span: Months of the run to show.

    Source: equations 72 and 73 of docs/market.md.
    """
    acts = {activity.name: activity for activity in network.activities if activity.kind == "recipe"}
    return [
        _row(coefficients, network, acts, recipe, span)
        for recipe in sorted(network.recipes, key=lambda recipe: recipe.activity)
        if recipe.wait
    ]


def _row(
    coefficients: Coefficients,
    network: Network,
    acts: Mapping[tuple[str, ...], Activity],
    recipe: Recipe,
    span: Sequence[MonthDone],
) -> SpeedRow:
    activity, usual = acts[recipe.activity], acts["recipe", recipe.use, recipe.region, USUAL]
    begun = span[-1].after.qualified_on.get(recipe.activity) if span else None
    before, now = _content(coefficients, usual), _content(coefficients, activity)
    prices = network.prices
    price = [total(taken.mass * prices[taken.good] for taken in one.takes) for one in (usual, activity)]
    return {
        "use": recipe.use,
        "region": recipe.region,
        "option": str(activity.key[2]),
        "wait_months": recipe.wait,
        "speed_share_per_year": round_sig((recipe.speed or 0.0) * _MONTHS_A_YEAR),
        "most_share": round_sig(recipe.most_share),
        "cost_usd_per_kg": round_sig(activity.cost + price[1] - price[0]),
        "qualification_usd_per_kg": round_sig(recipe.charge),
        "saved_share": {
            element: round_sig(1 - now.get(element, 0.0) / mass)
            for element, mass in sorted(before.items())
            if mass - now.get(element, 0.0) > 0
        },
        "qualified_on": month_text(begun) if begun is not None else None,
        "ready_share": [round_sig(done.after.ready.get(recipe.activity, 0.0)) for done in span],
    }


def _content(coefficients: Coefficients, activity: Activity) -> dict[str, float]:
    """Returns the elements in the magnets of a design [t/t]."""
    found: dict[str, float] = {}
    for taken in activity.takes:
        for element, mass in coefficients.content[taken.good.name].items():
            found[element] = found.get(element, 0.0) + taken.mass * mass
    return {element: mass for element, mass in found.items() if mass > 0}


def markdown(rows: Iterable[SpeedRow]) -> str:
    """Returns a table of options for docs/market.md."""
    lines = [
        "| Use | Option | Largest share | Wait, months | Gained a year | Cost | Qualification | Saves |",
        "| --- | --- | ---: | ---: | ---: | ---: | ---: | --- |",
    ]
    for row in rows:
        saved = ", ".join(f"{element} {_percent(share)}" for element, share in row["saved_share"].items())
        cells = (
            row["use"],
            row["option"],
            _percent(row["most_share"]),
            str(row["wait_months"]),
            _percent(row["speed_share_per_year"]),
            f"{row['cost_usd_per_kg']:.1f}",
            f"{row['qualification_usd_per_kg']:.1f}",
            saved,
        )
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def _percent(share: float) -> str:
    return f"{100 * share:.3g} %"
