"""A run as plain tables: prices, gaps, flows, use, permissions, stocks, plants; rounded, in a fixed order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from coercivity.base.canonical import round_sig
from coercivity.base.sums import total
from coercivity.market.inputs.coefficients import ABROAD, CHINA, ELEMENTS, MAGNETS, METALS, USING
from coercivity.market.inputs.months import Month, month_text
from coercivity.market.network.network import Good
from coercivity.market.results.dual_range import price_range
from coercivity.market.results.price_gap import ALL_ABROAD, Gap, Route, abroad, priced, route, split, told
from coercivity.market.run.plants import told as plant_told
from coercivity.market.run.rolling import MonthDone
from coercivity.market.run.simulate import Simulation

Rows = list[dict[str, Any]]
GOODS = (*(f"ox_{e}" for e in ELEMENTS), *(f"met_{e}" for e in METALS), *MAGNETS)
KINDS = ("margin", "quote", "traded")
HEADLINES = ("ox_Dy", "ox_Tb", "ox_Y", "ox_NdPr", "mag_high", "mag_none")
SPLIT = (
    "ox_NdPr",
    "ox_Sm",
    "ox_Gd",
    "ox_Tb",
    "ox_Dy",
    "ox_Y",
    "ox_HoLu",
    "mag_none",
    "mag_low",
    "mag_high",
    "mag_SmCo",
)
_STAGES = {
    "mine": "mine",
    "unregistered": "mine",
    "haul": "feed",
    "separate": "separate",
    "refine": "separate",
    "metal": "metal",
    "magnet": "magnet",
    "more_magnet": "magnet",
    "recycle": "recycle",
    "ship": "ship",
}


class Tables:
    """The tables of a run over a span of months.

    Attributes:
        months: The span.
    """

    def __init__(self, simulation: Simulation, first: Month, last: Month) -> None:
        """Takes the months of the span out of a run.

        Args:
            simulation: The run; it reaches back to the beginning of the model.
            first: First month of the span.
            last: Last month of the span.
        """
        self.simulation = simulation
        self.done = [done for done in simulation.months if first <= done.month <= last]
        self.months = [month_text(done.month) for done in self.done]
        self.window = simulation.update.window
        self.routes: dict[tuple[str, str], Route] = {
            (name, region): route(self.window, name, region) for name in GOODS for region in ABROAD
        }

    @cached_property
    def weights(self) -> Mapping[str, Mapping[str, float]]:
        """What each region abroad turned over of each good in the base year, by good and region [t/month]."""
        found: dict[str, dict[str, float]] = {name: {} for name in GOODS}
        for store in self.simulation.network.stores:
            if store.good.name in found and store.good.region in ABROAD and store.turnover_t:
                regions = found[store.good.name]
                regions[store.good.region] = regions.get(store.good.region, 0.0) + store.turnover_t
        return found

    @cached_property
    def gaps_by_month(self) -> list[dict[str, Gap]]:
        """Mean gap abroad by good, a month each; and by `good:region` each route's own."""
        found = []
        for done in self.done:
            month: dict[str, Gap] = {}
            for name in SPLIT:
                used = [region for region in ABROAD if region in self.weights[name]] or ABROAD
                each = {region: split(self.window, done, self.routes[name, region]) for region in used}
                month[name] = abroad(each, self.weights[name])
                month |= {f"{name}:{region}": gap for region, gap in each.items()}
            found.append(month)
        return found

    def prices(self) -> Rows:
        """Returns margin, quote and traded price by good and region, a month each [USD/kg].

        A region has a price of what it used or made something of in the base year. Of an oxide that it took as metal
        only, it is the price of the metal less the making; of anything else there is none.

        Source: equations 40 to 42 of docs/market.md.
        """
        found = []
        for name in GOODS:
            weights = self.weights[name] or dict.fromkeys(ABROAD, 1.0)
            series = {region: self._prices(priced(name, region)) for region in (CHINA, *weights)}
            mean = {kind: _mean({r: series[r][kind] for r in weights}, weights) for kind in KINDS}
            for region in USING:
                kinds = series.get(region) or self._from_metal(name, region)
                if kinds is not None:
                    found.append({"good": name, "region": region, **kinds})
            found.append({"good": name, "region": ALL_ABROAD, **mean})
        return found

    def _from_metal(self, name: str, region: str) -> dict[str, list[float]] | None:
        """Prices of an oxide by those of its metal, where only that is used."""
        element = name.removeprefix("ox_")
        metal = f"met_{element}"
        if not name.startswith("ox_") or region not in self.weights.get(metal, {}):
            return None
        coefficients = self.simulation.world.coefficients
        per_metal, cost = coefficients.oxide_per_metal(element, region), coefficients.metal_cost(element, region)
        metals = self._prices(priced(metal, region))
        return {kind: [round_sig((price - cost) / per_metal) for price in prices] for kind, prices in metals.items()}

    def _prices(self, entry: Good) -> dict[str, list[float]]:
        """Margin, quote, and the price of what is traded: part of it at quotes some months old."""
        figures = self.simulation.world.figures
        share, lag = figures.assumption("AS265"), round(figures.assumption("AS266"))
        months = self.simulation.months
        start = len(months) - len(self.done) if self.done else 0
        start = next((n for n, done in enumerate(months) if self.done and done is self.done[0]), start)
        before = self.simulation.network.prices.get(entry, 0.0)
        quotes = [done.quote.get(entry, before) for done in months]
        margin, quote, traded = [], [], []
        for n in range(start, start + len(self.done)):
            old = quotes[n - lag] if n >= lag else before
            margin.append(round_sig(months[n].price.get(entry, before)))
            quote.append(round_sig(quotes[n]))
            traded.append(round_sig(share * old + (1 - share) * quotes[n]))
        return {"margin": margin, "quote": quote, "traded": traded}

    def gaps(self) -> Rows:
        """Returns the gap between China and abroad by month, good and region, in parts with their clauses."""
        found = []
        for text, month in zip(self.months, self.gaps_by_month, strict=True):
            for key in sorted(month):
                name, _, region = key.partition(":")
                gap = month[key]
                found.append(
                    {
                        "good": name,
                        "region": region or ALL_ABROAD,
                        "month": text,
                        "gap": round_sig(gap.gap),
                        "parts": told(gap),
                    }
                )
        return found

    def ranges(self) -> Rows:
        """Returns the interval of the headline prices in the last month and in that of the widest gap of dysprosium."""
        if not self.done:
            return []
        widest = max(range(len(self.done)), key=lambda n: self.gaps_by_month[n]["ox_Dy"].gap)
        found = []
        for place in sorted({widest, len(self.done) - 1}):
            heaviest = {name: max(self.weights[name], key=self.weights[name].__getitem__) for name in HEADLINES}
            goods = [priced(name, region) for name in HEADLINES for region in (CHINA, heaviest[name])]
            for entry, (low, high) in price_range(self.simulation.update, self.done[place], goods).items():
                place_of = {"good": entry.name, "region": entry.region, "month": self.months[place]}
                found.append({**place_of, "low": low, "high": high})
        return found

    def flows(self) -> Rows:
        """Returns what was mined, moved, made and used, summed by calendar year [t]."""
        sums: dict[tuple[str, ...], float] = {}
        for done in self.done:
            year = month_text(done.month)[:4]
            for key, mass in self._flows(done):
                sums[(*key, year)] = sums.get((*key, year), 0.0) + mass
        names = ("stage", "good", "use", "from_region", "to_region", "way", "year")
        return [{**dict(zip(names, key, strict=True)), "mass_t": round_sig(mass)} for key, mass in sorted(sums.items())]

    def _flows(self, done: MonthDone) -> Iterator[tuple[tuple[str, str, str, str, str, str], float]]:
        for activity in self.simulation.network.activities:
            mass = done.activity_t.get(activity.name, 0.0)
            if not mass:
                continue
            if activity.kind == "recipe":
                for taken in activity.takes:
                    key = ("use", taken.good.name, activity.key[0], activity.key[1], activity.key[1], activity.key[2])
                    yield key, mass * taken.mass
                continue
            stage = _STAGES.get(activity.kind)
            if stage is None:
                continue
            name = f"met_{activity.key[0]}" if activity.kind == "metal" else activity.key[0]
            origin = activity.key[1]
            moved = activity.kind in ("haul", "ship")
            way = activity.key[4] or "free" if activity.kind == "ship" else ""
            yield (stage, name, "", origin, activity.key[2] if moved else origin, way), mass

    def shipped(self) -> Rows:
        """Returns what left China by good and region, a month each [t]."""
        found = []
        sums = [_shipped(done) for done in self.done]
        for name in GOODS:
            each = {region: [round_sig(month.get((name, region), 0.0)) for month in sums] for region in ABROAD}
            whole = [round_sig(total(each[r][n] for r in ABROAD)) for n in range(len(self.done))]
            if any(whole):
                found += [{"good": name, "to_region": r, "mass_t": masses} for r, masses in each.items() if any(masses)]
                found.append({"good": name, "to_region": ALL_ABROAD, "mass_t": whole})
        return found

    def use(self) -> Rows:
        """Returns what each use wanted, got and went without, and by which recipes, a month each."""
        found = []
        recipes: dict[tuple[str, str], list[tuple[str, ...]]] = {}
        for recipe in self.simulation.network.recipes:
            recipes.setdefault((recipe.use, recipe.region), []).append(recipe.activity)
        for key in sorted(recipes):
            use, region = key
            wanted = [round_sig(done.wanted_t[key]) for done in self.done]
            served = [round_sig(done.served_t[key]) for done in self.done]
            shares: dict[str, list[float]] = {}
            for activity in recipes[key]:
                kind = str(activity[3]).split("_")[0]
                kind_shares = shares.setdefault(kind, [0.0] * len(self.done))
                for n, done in enumerate(self.done):
                    mass = done.activity_t.get(activity, 0.0)
                    kind_shares[n] += mass / served[n] if served[n] else 0.0
            found.append(
                {
                    "region": region,
                    "use": use,
                    "wanted_t": wanted,
                    "served_t": served,
                    "short_t": [round_sig(max(w - s, 0.0)) for w, s in zip(wanted, served, strict=True)],
                    "recipes": {k: [round_sig(x) for x in xs] for k, xs in sorted(shares.items()) if any(xs)},
                }
            )
        return found

    def permissions(self) -> Rows:
        """Returns what the law says of each bucket and what became of its files, where it was ever asked for leave."""
        found = []
        for bucket in self.simulation.network.buckets:
            name = bucket.name
            gates = [done.gates[name] for done in self.done]
            if all(gate.way == "free" for gate in gates):
                continue
            used = ("ship", bucket.good, bucket.origin, bucket.destination, bucket.user, "licence")
            found.append(
                {
                    "good": bucket.good,
                    "origin": bucket.origin,
                    "region": bucket.destination,
                    "user": bucket.user,
                    "finding": [gate.finding for gate in gates],
                    "way": [gate.way for gate in gates],
                    "clauses": [list(gate.clauses) for gate in gates],
                    "applied_t": [round_sig(done.filed_t.get(name, 0.0)) for done in self.done],
                    "granted_t": [round_sig(done.granted_t.get(name, 0.0)) for done in self.done],
                    "used_t": [round_sig(done.activity_t.get(used, 0.0)) for done in self.done],
                    "balance_t": [round_sig(done.permits_t.get(name, 0.0)) for done in self.done],
                    "value_usd_per_kg": [round_sig(done.permission_value[name]) for done in self.done],
                }
            )
        return found

    def stocks(self) -> Rows:
        """Returns what was held at the end of each month by good and region, free and bound together [t]."""
        sums: dict[tuple[str, str], list[float]] = {}
        for n, done in enumerate(self.done):
            for entry, mass in done.stock_t.items():
                if entry.name in GOODS:
                    held = sums.setdefault((entry.name, entry.region), [0.0] * len(self.done))
                    held[n] += mass
        return [
            {"good": name, "region": region, "mass_t": [round_sig(x) for x in masses]}
            for (name, region), masses in sorted(sums.items())
        ]

    def plants(self) -> Rows:
        """Returns each plant outside China with its planned start, its start here, and what delays it."""
        return [plant_told(path) for path in self.simulation.plants]

    @cached_property
    def all(self) -> dict[str, Rows]:
        """Every table by name."""
        names = ("prices", "ranges", "gaps", "flows", "shipped", "use", "permissions", "stocks", "plants")
        return {name: getattr(self, name)() for name in names}


def _shipped(done: MonthDone) -> dict[tuple[str, str], float]:
    """What left China in a month by good and region [t]."""
    found: dict[tuple[str, str], float] = {}
    for key, mass in done.activity_t.items():
        if key[0] == "ship" and key[2] == CHINA:
            place = (key[1], key[3])
            found[place] = found.get(place, 0.0) + mass
    return found


def _mean(series: Mapping[str, list[float]], weights: Mapping[str, float]) -> list[float]:
    whole = total(weights.get(region, 0.0) for region in series)
    length = len(next(iter(series.values())))
    return [
        round_sig(total(weights.get(r, 0.0) * values[n] for r, values in series.items()) / whole) for n in range(length)
    ]
