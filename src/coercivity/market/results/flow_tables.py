"""The flows of a run by calendar year: output, shipments, production and use."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from coercivity.base.canonical import round_sig
from coercivity.base.months import month_text
from coercivity.market.network.network import Network
from coercivity.market.results.rows import FlowRow
from coercivity.market.run.rolling import MonthDone

_STAGES = {
    "mine": "mine",
    "unregistered": "mine",
    "haul": "feed",
    "separate": "separate",
    "refine": "separate",
    "metal": "metal",
    "magnet": "magnet",
    "more_magnet": "magnet",
    "treat": "treat",
    "scrap": "scrap",
    "ship": "ship",
}


def flow_rows(network: Network, span: Sequence[MonthDone]) -> list[FlowRow]:
    """Returns output, shipments, production and use by calendar year [t]; of recycled swarf its oxides.

    Args:
        network: The network of the run.
        span: Months of the run to show.
    """
    sums: dict[tuple[str, str, str, str, str, str, str], float] = {}
    for done in span:
        year = month_text(done.month)[:4]
        for key, mass in _flows(network, done):
            sums[(*key, year)] = sums.get((*key, year), 0.0) + mass
    return [
        {
            "stage": stage,
            "good": name,
            "use": use,
            "from_region": origin,
            "to_region": destination,
            "way": way,
            "year": year,
            "mass_t": round_sig(mass),
        }
        for (stage, name, use, origin, destination, way, year), mass in sorted(sums.items())
    ]


def _flows(network: Network, done: MonthDone) -> Iterator[tuple[tuple[str, str, str, str, str, str], float]]:
    for activity in network.activities:
        mass = done.activity_t.get(activity.name, 0.0)
        if not mass:
            continue
        if activity.kind == "recipe":
            for taken in activity.takes:
                key = ("use", taken.good.name, activity.key[0], activity.key[1], activity.key[1], activity.key[2])
                yield key, mass * taken.mass
            continue
        if activity.kind == "recycle":
            # The activity counts magnets whose swarf is treated; what comes of it is oxide.
            for given in activity.gives:
                yield ("recycle", given.good.name, "", activity.key[1], activity.key[1], ""), mass * given.mass
            continue
        stage = _STAGES.get(activity.kind)
        if stage is None:
            continue
        name = f"met_{activity.key[0]}" if activity.kind == "metal" else activity.key[0]
        origin = activity.key[1]
        moved = activity.kind in ("haul", "ship", "scrap")
        way = activity.key[4] or "free" if activity.kind == "ship" else ""
        yield (stage, name, "", origin, activity.key[2] if moved else origin, way), mass
