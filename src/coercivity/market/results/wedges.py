"""The wedge named observation: what the market of a run does in past months, less what is estimated of them."""

from __future__ import annotations

from coercivity.base.canonical import round_sig
from coercivity.base.months import month_text
from coercivity.base.sums import total
from coercivity.market.results.rows import ALL_ABROAD, WedgeRow
from coercivity.market.run.simulate import Simulation


def wedge_rows(simulation: Simulation) -> list[WedgeRow]:
    """Returns exports from China in the months of a run with an estimated state, and how far they are from it.

    Args:
        simulation: The run; without an estimated state there are no rows.

    Source: equation 114 of docs/market.md.
    """
    observed = simulation.observed
    if observed is None:
        return []
    months = [done for done in simulation.months if done.month in observed.months]
    places = sorted({place for seen in observed.months.values() for place in seen.cleared_t})
    found: list[WedgeRow] = []
    for group, region in [*places, *((group, ALL_ABROAD) for group in dict.fromkeys(group for group, _ in places))]:
        names = observed.groups[group]
        regions = [to for each, to in places if each == group] if region == ALL_ABROAD else [region]
        own = [total(done.cleared_t.get((name, to), 0.0) for name in names for to in regions) for done in months]
        seen = [total(observed.months[done.month].cleared_t.get((group, to), 0.0) for to in regions) for done in months]
        found.append(
            {
                "group": group,
                "to_region": region,
                "months": [month_text(done.month) for done in months],
                "own_t": [round_sig(mass) for mass in own],
                "estimated_t": [round_sig(mass) for mass in seen],
                "observation_t": [round_sig(a - b) for a, b in zip(own, seen, strict=True)],
            }
        )
    return found
