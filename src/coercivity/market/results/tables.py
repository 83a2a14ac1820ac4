"""A run as plain tables: prices, gaps, flows, use, licences, stocks, plants; rounded, in a fixed order."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from itertools import chain

from coercivity.base.canonical import round_sig
from coercivity.base.months import Month, month_text
from coercivity.base.sums import total
from coercivity.market.inputs.coefficients import ABROAD, CHINA
from coercivity.market.network.trade import CIVIL
from coercivity.market.results.desk_tables import OUT_ELEMENTS, country_rows, out_rows, queue_rows
from coercivity.market.results.dual_range import price_range
from coercivity.market.results.flow_tables import flow_rows
from coercivity.market.results.mechanisms.contract_tables import ContractPrices
from coercivity.market.results.mechanisms.industry_tables import closure_rows, plant_rows
from coercivity.market.results.mechanisms.option_tables import speed_rows
from coercivity.market.results.mechanisms.policy_gap import attributed, border_charges, without_policies
from coercivity.market.results.mechanisms.policy_tables import policy_rows, reserve_rows
from coercivity.market.results.mechanisms.quoted import quoted_rows
from coercivity.market.results.mechanisms.recycling_tables import end_of_life_rows, recycled_rows
from coercivity.market.results.mechanisms.rows import ContractRow, QuotedRow, SpeedRow
from coercivity.market.results.price_gap import PriceGap, Route, abroad, part_rows, priced, route, split
from coercivity.market.results.prices import GOODS, price_rows
from coercivity.market.results.rows import (
    ALL_ABROAD,
    HEADLINES,
    CountryRow,
    FlowRow,
    GapRow,
    OutRow,
    PermissionRow,
    PlantRow,
    PriceRow,
    QueueRow,
    RangeRow,
    RunTables,
    ShippedRow,
    StockRow,
    UseRow,
)
from coercivity.market.results.withheld import NOTHING, Withheld, withheld
from coercivity.market.run.rolling import MonthDone
from coercivity.market.run.simulate import Simulation

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
WIDE = 0.02  # as a share of the price; a narrower range is not listed


class Tables:
    """The tables of a run over a period.

    Attributes:
        months: The months of the period.
    """

    def __init__(self, simulation: Simulation, first: Month, last: Month) -> None:
        """Selects the months of the period from a run.

        Args:
            simulation: The run, from the beginning of the model.
            first: First month of the period.
            last: Last month of the period.
        """
        self.simulation = simulation
        self.done = [done for done in simulation.months if first <= done.month <= last]
        self.months = [month_text(done.month) for done in self.done]
        self.window = simulation.update.window
        self._border = border_charges(simulation)
        self.routes: dict[tuple[str, str], Route] = {
            (name, region): route(self.window, name, region) for name in GOODS for region in ABROAD
        }

    @cached_property
    def weights(self) -> Mapping[str, Mapping[str, float]]:
        """Throughput of each region abroad in the base year, by product and region [t/month]."""
        found: dict[str, dict[str, float]] = {name: {} for name in GOODS}
        for store in self.simulation.network.stores:
            if store.good.name in found and store.good.region in ABROAD and store.turnover_t:
                regions = found[store.good.name]
                regions[store.good.region] = regions.get(store.good.region, 0.0) + store.turnover_t
        return found

    @cached_property
    def gaps_by_month(self) -> list[dict[str, PriceGap]]:
        """Monthly mean gap abroad by product, and the gap of each route by `good:region`."""
        found = []
        cells, size_t = self.simulation.desk.cells, self.simulation.desk.terms.size_t
        for done in self.done:
            each_t = withheld(cells, size_t, done.desk, done.before.desk, done.filed_t)
            kept = {
                (name, region): held
                for (name, origin, region, user), held in each_t.items()
                if (origin, user) == (CHINA, CIVIL)
            }
            found.append(self._gaps_of(done, kept))
        return found

    def _gaps_of(self, done: MonthDone, kept: Mapping[tuple[str, str], Withheld]) -> dict[str, PriceGap]:
        """Returns the gaps of a month; what floors and state stocks add is a part of its own."""
        freer = list(without_policies(self.simulation, done))
        plans = [done, *(again for _, _, again in freer)]
        month: dict[str, PriceGap] = {}
        for name in SPLIT:
            used = [region for region in ABROAD if region in self.weights[name]] or ABROAD
            each = {}
            for region in used:
                held, ways = kept.get((name, region), NOTHING), self.routes[name, region]
                gaps = [split(self.window, plan, ways, held, self._border(ways.free, plan)) for plan in plans]
                gap = gaps.pop()
                for part, policies, _ in reversed(freer):
                    gap = attributed(gaps.pop(), gap, part, policies)
                each[region] = gap
            month[name] = abroad(each, self.weights[name])
            month |= {f"{name}:{region}": gap for region, gap in each.items()}
        return month

    @cached_property
    def price_rows(self) -> list[PriceRow]:
        """Monthly prices by product and region, worked out once."""
        return price_rows(self.simulation, self.done, self.weights)

    def prices(self) -> list[PriceRow]:
        """Returns monthly prices by product and region [USD/kg]: marginal, quoted, under a licence, and paid."""
        return self.price_rows

    def quoted(self) -> list[QuotedRow]:
        """Returns the prices of the model beside published quotes of the same basis."""
        return quoted_rows(self.simulation.world.figures, self.months, self.price_rows)

    def contracts(self) -> list[ContractRow]:
        """Returns each contract by month: due, delivered, short, price, and what is paid."""
        return ContractPrices(self.simulation).rows(self.done)

    def gaps(self) -> list[GapRow]:
        """Returns the gap between China and abroad by month, product and region, by cause and clause."""
        found: list[GapRow] = []
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
                        "parts": part_rows(gap),
                    }
                )
        return found

    def ranges(self) -> list[RangeRow]:
        """Returns the main prices that are not unique in the last month or the month of the widest dysprosium gap.

        Only ranges wider than 2 % of the price are listed.
        """
        if not self.done:
            return []
        widest = max(range(len(self.done)), key=lambda n: self.gaps_by_month[n]["ox_Dy"].gap)
        found: list[RangeRow] = []
        for place in sorted({widest, len(self.done) - 1}):
            done, month = self.done[place], self.months[place]
            goods = [priced(name, region) for name in HEADLINES for region in (CHINA, *self.weights[name])]
            for entry, (low, high) in price_range(self.simulation.update, done, goods).items():
                if high - low > WIDE * abs(done.price[entry]):
                    found.append({"good": entry.name, "region": entry.region, "month": month, "low": low, "high": high})
        return found

    def flows(self) -> list[FlowRow]:
        """Returns output, shipments, production and use by calendar year [t]."""
        return flow_rows(self.simulation.network, self.done)

    def shipped(self) -> list[ShippedRow]:
        """Returns what clears customs in China by month, product and region [t]."""
        found: list[ShippedRow] = []
        sums = [done.cleared_t for done in self.done]
        for name in GOODS:
            each = {region: [round_sig(month.get((name, region), 0.0)) for month in sums] for region in ABROAD}
            whole = [round_sig(total(each[r][n] for r in ABROAD)) for n in range(len(self.done))]
            if any(whole):
                found += [{"good": name, "to_region": r, "mass_t": masses} for r, masses in each.items() if any(masses)]
                found.append({"good": name, "to_region": ALL_ABROAD, "mass_t": whole})
        return found

    def use(self) -> list[UseRow]:
        """Returns what became of the demand of each use by month, with the designs."""
        found: list[UseRow] = []
        recipes: dict[tuple[str, str], list[tuple[str, ...]]] = {}
        for recipe in self.simulation.network.recipes:
            recipes.setdefault((recipe.use, recipe.region), []).append(recipe.activity)
        for key in sorted(recipes):
            use, region = key
            splits = [done.uses[key] for done in self.done]
            built = [split.usual_t + split.substituted_t for split in splits]
            shares: dict[str, list[float]] = {}
            for activity in recipes[key]:
                kind = str(activity[3]).split("_")[0]
                kind_shares = shares.setdefault(kind, [0.0] * len(self.done))
                for n, done in enumerate(self.done):
                    mass = done.activity_t.get(activity, 0.0)
                    kind_shares[n] += mass / built[n] if built[n] else 0.0
            found.append(
                {
                    "region": region,
                    "use": use,
                    "wanted_t": [round_sig(split.wanted_t) for split in splits],
                    "usual_t": [round_sig(split.usual_t) for split in splits],
                    "less_t": [round_sig(split.less_t) for split in splits],
                    "substituted_t": [round_sig(split.substituted_t) for split in splits],
                    "without_t": [round_sig(split.without_t) for split in splits],
                    "recipes": {k: [round_sig(x) for x in xs] for k, xs in sorted(shares.items()) if any(xs)},
                }
            )
        return found

    def permissions(self) -> list[PermissionRow]:
        """Returns control status, applications and licences of each bucket that ever needed a licence."""
        found: list[PermissionRow] = []
        cells = self.simulation.desk.cells
        granted = [cells.by_bucket(done.desk.granted_t).tolist() for done in self.done]
        left = [cells.by_bucket(done.desk.licences_t).tolist() for done in self.done]
        for place, bucket in enumerate(self.simulation.network.buckets):
            name = bucket.name
            gates = [done.gates[name] for done in self.done]
            if all(gate.free for gate in gates):
                continue
            used = ("ship", bucket.good, bucket.origin, bucket.destination, bucket.user, "licence")
            found.append(
                {
                    "good": bucket.good,
                    "origin": bucket.origin,
                    "region": bucket.destination,
                    "user": bucket.user,
                    "finding": [gate.finding for gate in gates],
                    "way": [gate.passes.value for gate in gates],
                    "clauses": [list(gate.clauses) for gate in gates],
                    "applied_t": [round_sig(done.filed_t.get(name, 0.0)) for done in self.done],
                    "granted_t": [round_sig(month[place]) for month in granted],
                    "used_t": [round_sig(done.activity_t.get(used, 0.0)) for done in self.done],
                    "balance_t": [round_sig(month[place]) for month in left],
                    "value_usd_per_kg": [round_sig(max(0.0, done.permission_value[name])) for done in self.done],
                }
            )
        return found

    def stocks(self) -> list[StockRow]:
        """Returns the stock at the end of each month by product and region, free and bound goods together [t]."""
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

    def plants(self) -> list[PlantRow]:
        """Returns each plant outside China with planned and modelled start-up, and the reason for the delay."""
        return plant_rows(self.simulation)

    def desk(self) -> list[QueueRow]:
        """Returns files and licences of each queue of the licensing desk by month."""
        return queue_rows(self.simulation.desk.cells, [done.desk for done in self.done])

    def countries(self) -> list[CountryRow]:
        """Returns monthly exports from China by product and country, under a licence and without one [t]."""
        cleared = [done.cleared_t for done in self.done]
        return country_rows(self.simulation.desk.cells, [done.desk for done in self.done], cleared)

    def out(self) -> list[OutRow]:
        """Returns dysprosium, terbium and magnets that clear customs out of China by month and region [t]."""
        coefficients = self.simulation.world.coefficients
        contents = {name: {e: coefficients.element_share(name, e) for e in OUT_ELEMENTS} for name in GOODS}
        cleared = [done.cleared_t for done in self.done]
        return out_rows(self.simulation.desk.cells, [done.desk for done in self.done], cleared, contents)

    def options(self) -> list[SpeedRow]:
        """Returns how fast each use can move to another design, and the share that each has reached."""
        return speed_rows(self.simulation.world.coefficients, self.simulation.network, self.done)

    @cached_property
    def all(self) -> RunTables:
        """Every table by name."""
        return {
            "prices": self.prices(),
            "ranges": self.ranges(),
            "gaps": self.gaps(),
            "flows": self.flows(),
            "shipped": self.shipped(),
            "use": self.use(),
            "permissions": self.permissions(),
            "stocks": self.stocks(),
            "plants": self.plants(),
            "desk": self.desk(),
            "countries": self.countries(),
            "out": self.out(),
            "contracts": self.contracts(),
            "quoted": self.quoted(),
            "end_of_life": end_of_life_rows(self.simulation, self.done),
            "recycled": recycled_rows(self.simulation, self.done),
            "options": self.options(),
            "closures": closure_rows(self.simulation, self.done),
            "policies": policy_rows(self.simulation, self.done),
            "reserves": reserve_rows(self.simulation, self.done),
        }

    @cached_property
    def clauses(self) -> frozenset[str]:
        """Ids of all clauses in the tables."""
        parts = (part for month in self.gaps_by_month for gap in month.values() for part in gap.parts)
        asked = (names for row in self.all["permissions"] for names in row["clauses"])
        delaying = (path.clauses for path in self.simulation.plants)
        return frozenset(chain((c for part in parts for c in part.clauses), *asked, *delaying))
