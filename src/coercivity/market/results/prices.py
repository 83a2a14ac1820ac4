"""Prices of a run by product and region: marginal, quoted, under a licence at the Chinese border, and mean paid."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from coercivity.base.canonical import round_sig
from coercivity.base.sums import total
from coercivity.market.inputs.coefficients import ABROAD, CHINA, ELEMENTS, MAGNETS, METALS, USING
from coercivity.market.network.network import NOT_MAKING, WITHOUT, Good
from coercivity.market.program.build import bucket_of
from coercivity.market.results.mechanisms.contract_tables import ContractPrices
from coercivity.market.results.price_gap import Route, priced, route
from coercivity.market.results.rows import ALL_ABROAD, PriceRow
from coercivity.market.run.rolling import MonthDone
from coercivity.market.run.simulate import Simulation

GOODS = (*(f"ox_{e}" for e in ELEMENTS), *(f"met_{e}" for e in METALS), *MAGNETS)
# Flows below this are nothing [t/month].
NOTHING_T = 1e-6
# A margin this close to the lowest choke price stands at it.
CLOSE = 1e-6


class Prices(NamedTuple):
    """Monthly prices of a product in a region [USD/kg], and whether there is a market."""

    margin: list[float]
    quote: list[float]
    licensed: list[float]
    traded: list[float]
    market: list[bool]


class _Flow(NamedTuple):
    """An activity that brings a product to a region: from where, tonnes per unit, and freight [USD/kg]."""

    name: tuple[str, ...]
    origin: str
    mass: float
    freight: float


def price_rows(
    simulation: Simulation, span: Sequence[MonthDone], weights: Mapping[str, Mapping[str, float]]
) -> list[PriceRow]:
    """Returns monthly prices by product and region [USD/kg].

    A region has a price for every product that it used in the base year. For an oxide that it bought as metal
    only, it is the price of the metal less the production cost; other products have no price.

    Args:
        simulation: The run, from the beginning of the model.
        span: Months of the run to show.
        weights: Throughput of each region abroad and product in the base year [t/month].

    Source: equations 40 to 42 and 76 to 80 of docs/market.md.
    """
    paid = PricesPaid(simulation)
    start = next((n for n, done in enumerate(simulation.months) if span and done is span[0]), len(simulation.months))
    months = range(start, start + len(span))
    found: list[PriceRow] = []
    for name in GOODS:
        shares = weights[name] or dict.fromkeys(ABROAD, 1.0)
        series = {region: paid.prices(name, region, months) for region in shares}
        mean = mean_abroad(series, shares)
        series[CHINA] = paid.prices(name, CHINA, months)._replace(licensed=mean.licensed)
        for region in USING:
            if region in series:
                found.append(_row(name, region, series[region]))
            elif region in weights.get(name.replace("ox_", "met_"), {}):
                found.append(_row(name, region, _from_metal(simulation, paid, name, region, months)))
        found.append(_row(name, ALL_ABROAD, mean))
    return found


def _row(name: str, region: str, prices: Prices) -> PriceRow:
    return {
        "good": name,
        "region": region,
        "margin": prices.margin,
        "quote": prices.quote,
        "licensed": prices.licensed,
        "traded": prices.traded,
        "market": prices.market,
    }


def _from_metal(simulation: Simulation, paid: PricesPaid, name: str, region: str, months: range) -> Prices:
    """Returns the prices of an oxide from those of its metal, if only the metal is used."""
    element = name.removeprefix("ox_")
    coefficients = simulation.world.coefficients
    per_metal, cost = coefficients.oxide_per_metal(element, region), coefficients.metal_cost(element, region)
    metal = paid.prices(f"met_{element}", region, months)

    def of_oxide(prices: Sequence[float]) -> list[float]:
        return [round_sig((price - cost) / per_metal) for price in prices]

    return Prices(
        margin=of_oxide(metal.margin),
        quote=of_oxide(metal.quote),
        licensed=of_oxide(metal.licensed),
        traded=of_oxide(metal.traded),
        market=metal.market,
    )


class PricesPaid:
    """The prices of a run.

    Source: equations 41 and 76 to 80 of docs/market.md.
    """

    def __init__(self, simulation: Simulation) -> None:
        """Collects the flows and the choke prices of a network.

        Args:
            simulation: The run, from the beginning of the model.
        """
        figures, network = simulation.world.figures, simulation.network
        self.share, self.lag = figures.assumption("contract_share"), round(figures.assumption("contract_lag"))
        self.kept = figures.assumption("exporter_licence_share")
        self.months, self.base = simulation.months, network.prices
        self.contracts = ContractPrices(simulation)
        self.window = simulation.update.window
        self.routes: dict[tuple[str, str], Route] = {}
        self.buckets = {bucket.name: place for place, bucket in enumerate(network.buckets)}
        self.flows: dict[tuple[str, str], list[_Flow]] = {}
        self.touching: dict[tuple[str, str], list[tuple[str, ...]]] = {}
        for activity in network.activities:
            if activity.kind == "loosen":
                continue
            for entry in (*activity.takes, *activity.gives):
                names = self.touching.setdefault((entry.good.name, entry.good.region), [])
                if not names or names[-1] != activity.name:
                    names.append(activity.name)
            for given in activity.gives:
                place = (given.good.name, given.good.region)
                if activity.kind == "ship":
                    self.flows.setdefault(place, []).append(
                        _Flow(activity.name, activity.key[1], given.mass, activity.cost)
                    )
                elif activity.kind not in NOT_MAKING:
                    self.flows.setdefault(place, []).append(_Flow(activity.name, place[1], given.mass, 0.0))
        self.turnover: dict[tuple[str, str], float] = {}
        for store in network.stores:
            place = (store.good.name, store.good.region)
            self.turnover[place] = self.turnover.get(place, 0.0) + store.turnover_t
        # Only uses of oxides outside magnets have choke prices that are ratios assumed by us.
        self.choke = {
            (demand.use.replace("nonmagnet_", "ox_"), demand.region): min(
                (step.worth for step in demand.steps if step.kind == WITHOUT), default=float("inf")
            )
            for demand in network.demands
            if demand.use.startswith("nonmagnet_")
        }

    def prices(self, name: str, region: str, months: range) -> Prices:
        """Returns the prices of a product in a region; in China the price under a licence is left to the mean abroad.

        Args:
            name: The product.
            region: The region.
            months: Places of the months in the run.
        """
        entry = priced(name, region)
        before = self.base.get(entry, 0.0)
        margins = [round_sig(max(0.0, self.months[n].price.get(entry, before))) for n in months]
        return Prices(
            margin=margins,
            quote=[round_sig(self.contracts.quote(entry, n, 0)) for n in months],
            licensed=[round_sig(self.licensed(name, region, n)) if region != CHINA else 0.0 for n in months],
            traded=[round_sig(self.traded(name, region, n)) for n in months],
            market=[self.market(name, region, n, margin) for n, margin in zip(months, margins, strict=True)],
        )

    def blend(self, entry: Good, n: int) -> float:
        """Returns what is paid without a named contract: a share at the quote of earlier months [USD/kg].

        Source: equation 41 of docs/market.md.
        """
        return self.share * self.contracts.quote(entry, n, self.lag) + (1 - self.share) * self.contracts.quote(
            entry, n, 0
        )

    def licensed(self, name: str, region: str, n: int) -> float:
        """Returns the price at the Chinese border of what leaves for a region, licensed if need be [USD/kg].

        Contracts name an index, not the worth of a licence, so the exporter keeps its share of that worth on the spot
        part only.

        Source: equation 78 of docs/market.md.
        """
        ways = self.routes.get((name, region))
        if ways is None:
            ways = self.routes[name, region] = route(self.window, name, region)
        ship, done = ways.free, self.months[n]
        assert ship.passage is not None
        tax = (ship.levy[1] if ship.levy is not None else 0.0) + done.duties.get(name, (0.0, ()))[0]
        found = (1 + tax) * self.blend(ship.takes[0].good, n)
        bucket = bucket_of(ship.passage)
        place = self.buckets.get(bucket)
        if done.gates[bucket].free or place is None:
            return found
        granted = float(done.seen.granted[place])
        papers = self.window.rates.papers[bucket] / granted if granted > 0 else 0.0
        worth = max(float(done.permission_value[bucket]), 0.0)
        return found + papers + (1 - self.share) * self.kept * worth

    def traded(self, name: str, region: str, n: int) -> float:
        """Returns the mean of what is paid in a region in a month, by tonnes [USD/kg]; without any the blend.

        Source: equation 79 of docs/market.md.
        """
        done, own = self.months[n], self.blend(priced(name, region), n)
        masses: dict[str, float] = {}
        freight = 0.0
        for flow in self.flows.get((name, region), ()):
            mass = flow.mass * done.activity_t.get(flow.name, 0.0)
            masses[flow.origin] = masses.get(flow.origin, 0.0) + mass
            freight += mass * flow.freight if flow.origin == CHINA else 0.0
        from_china = masses.get(CHINA, 0.0) if region != CHINA else 0.0
        whole = total(masses.values())
        if whole <= NOTHING_T:
            return own
        value = own * (whole - from_china)
        if from_china > 0:
            value += from_china * self.licensed(name, region, n) + freight
        at_border = self.licensed(name, region, n) + freight / from_china if from_china > 0 else own
        for contract, mass in self.contracts.taken(name, region, n):
            price = self.contracts.price(contract, {name: 1.0}, n)
            if price is not None:
                value += mass * (price - (at_border if contract.origin == CHINA else own))
        return value / whole

    def market(self, name: str, region: str, n: int, margin: float) -> bool:
        """Returns whether a product has a market in a region in a month.

        Source: equation 80 of docs/market.md.
        """
        choke = self.choke.get((name, region))
        if choke is not None and margin >= choke * (1 - CLOSE):
            return False
        if self.turnover.get((name, region), 0.0) <= 0:
            return True
        done = self.months[n]
        return any(done.activity_t.get(act, 0.0) > NOTHING_T for act in self.touching.get((name, region), ()))


def mean_abroad(series: Mapping[str, Prices], weights: Mapping[str, float]) -> Prices:
    """Returns the mean prices of regions; there is a market where those with one have more than half of the weight.

    Args:
        series: Prices by region.
        weights: Weight of each region.
    """
    whole = total(weights.get(region, 0.0) for region in series)

    def mean(values: Mapping[str, Sequence[float]], n: int) -> float:
        return total(weights.get(r, 0.0) * each[n] for r, each in values.items()) / whole

    months = range(len(next(iter(series.values())).quote))
    each = ({region: prices[at] for region, prices in series.items()} for at in range(len(Prices._fields)))
    *paid, markets = ([mean(values, n) for n in months] for values in each)
    margin, quote, licensed, traded = ([round_sig(price) for price in prices] for prices in paid)
    return Prices(margin, quote, licensed, traded, [share > 1 / 2 for share in markets])
