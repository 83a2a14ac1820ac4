"""Contracts of a run by month: due, delivered, short, price, and what is paid; who delivers how much to whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from coercivity.base.canonical import round_sig
from coercivity.base.sums import total
from coercivity.market.inputs.coefficients import CHINA
from coercivity.market.network.network import Good
from coercivity.market.network.supply import CHINA_BOUND, good
from coercivity.market.results.mechanisms.rows import ContractRow
from coercivity.market.run.contracts.contract import CHINA_INDEX, NO_INDEX, Contract
from coercivity.market.run.contracts.deliveries import Deliveries
from coercivity.market.run.rolling import MonthDone
from coercivity.market.run.simulate import Simulation

KILO = 1000.0


class ContractPrices:
    """Deliveries and prices of the contracts of a run.

    Source: equations 76 and 77 of docs/market.md.
    """

    def __init__(self, simulation: Simulation) -> None:
        """Collects the routes and the quotes of a run.

        Args:
            simulation: The run, from the beginning of the model.
        """
        self.months = simulation.months
        self.base = simulation.network.prices
        own = [(c, d) for d in simulation.deliveries for c in d.contracts if c.goods == d.goods]
        self.each: list[tuple[Contract, Deliveries]] = sorted(own, key=lambda pair: pair[0].id)
        self._shares: dict[int, dict[str, float]] = {}
        acts = {a.name: a for a in simulation.network.activities}
        self._made = {
            (deliveries.name, name): {
                given.good.name: given.mass
                for given in acts[name].gives
                if given.good.region == deliveries.destination and given.good.name in deliveries.goods
            }
            for _, deliveries in self.each
            for name, _ in deliveries.counted
        }

    def quote(self, entry: Good, n: int, lag: int) -> float:
        """Returns the quote some months before a month of the run, or that of the base year [USD/kg]."""
        before = self.base.get(entry, 0.0)
        return float(self.months[n - lag].quote.get(entry, before)) if n >= lag else before

    def route_t(self, deliveries: Deliveries, done: MonthDone) -> float:
        """Returns what a route delivers in a month, in tonnes of its contracts [t]."""
        return total(done.activity_t.get(name, 0.0) * weight for name, weight in deliveries.counted)

    def shares(self, n: int) -> dict[str, float]:
        """Returns the share of the deliveries of its route that each contract takes in a month, by contract.

        Contracts divide them in proportion to their quantities, and none takes more than its own.
        """
        if n not in self._shares:
            done, found = self.months[n], {}
            held = [(c, d) for c, d in self.each if c.holds(done.month, done.month)]
            for contract, deliveries in held:
                came = self.route_t(deliveries, done)
                whole = total(c.monthly_t for c, _ in held if _beside(c, contract))
                # A share of 1 at most: together they may ask for less than what comes.
                found[contract.id] = min(contract.monthly_t / max(whole, came), 1.0) if came > 0 else 0.0
            self._shares[n] = found
        return self._shares[n]

    def price(self, contract: Contract, weights: Mapping[str, float], n: int) -> float | None:
        """Returns the price of a contract in a month, from the lagged index of its products [USD/kg].

        Args:
            contract: The contract.
            weights: Share of each product in the index.
            n: Place of the month in the run.

        Source: equation 76 of docs/market.md.
        """
        return contract.price(self.index(contract, weights, n))

    def index(self, contract: Contract, weights: Mapping[str, float], n: int) -> float | None:
        """Returns the lagged quote that the price of a contract follows [USD/kg]; None without an index."""
        if contract.index == NO_INDEX:
            return None
        place = CHINA if contract.index == CHINA_INDEX else contract.destination
        whole = total(weights.values())
        index = total(
            share * self.quote(good(name, place, CHINA_BOUND), n, contract.lag_months)
            for name, share in weights.items()
        )
        return index / whole if whole else index

    def taken(self, name: str, region: str, n: int) -> list[tuple[Contract, float]]:
        """Returns what the contracts take of a product in their buyers' region in a month, by contract [t]."""
        done, found = self.months[n], []
        shares = self.shares(n)
        for contract, deliveries in self.each:
            if name not in contract.goods or contract.destination != region or not shares.get(contract.id):
                continue
            came = total(
                done.activity_t.get(act, 0.0) * self._made[deliveries.name, act].get(name, 0.0)
                for act, _ in deliveries.counted
            )
            found.append((contract, came * shares[contract.id]))
        return found

    def rows(self, span: Sequence[MonthDone]) -> list[ContractRow]:
        """Returns each contract by month."""
        start = next((n for n, done in enumerate(self.months) if span and done is span[0]), len(self.months))
        return [self._row(contract, deliveries, start, len(span)) for contract, deliveries in self.each]

    def _row(self, contract: Contract, deliveries: Deliveries, start: int, length: int) -> ContractRow:
        row: ContractRow = {
            "contract": contract.id,
            "buyer": contract.buyer,
            "seller": contract.seller,
            "good": contract.product,
            "from_region": contract.origin,
            "to_region": contract.destination,
            "due_t": [],
            "delivered_t": [],
            "short_t": [],
            "price_usd_per_kg": [],
            "limit": [],
            "paid_usd": [],
            "above_usd": [],
        }
        here = {name: good(name, contract.destination, CHINA_BOUND) for name in contract.goods}
        for n in range(start, start + length):
            done = self.months[n]
            held = contract.holds(done.month, done.month)
            due = self._due_t(contract, deliveries, done) if held else 0.0
            delivered = self.route_t(deliveries, done) * self.shares(n).get(contract.id, 0.0)
            index = self.index(contract, deliveries.weights, n)
            price = contract.price(index) if held else None
            quote = total(share * self.quote(here[name], n, 0) for name, share in deliveries.weights.items())
            short = max(due - delivered, 0.0)
            short = short if short > 1e-6 * due else 0.0
            row["due_t"].append(round_sig(due))
            row["delivered_t"].append(round_sig(delivered))
            row["short_t"].append(round_sig(short))
            row["price_usd_per_kg"].append(None if price is None else round_sig(price))
            row["limit"].append(contract.limit(index) if held else "")
            row["paid_usd"].append(round_sig(short * (quote if price is None else price) * KILO))
            row["above_usd"].append(0.0 if price is None else round_sig(delivered * (price - quote) * KILO))
        return row

    @staticmethod
    def _due_t(contract: Contract, deliveries: Deliveries, done: MonthDone) -> float:
        """Returns the part of a contract in what is due on its route [t]."""
        whole = total(c.take_or_pay * c.monthly_t for c in deliveries.contracts if c.holds(done.month, done.month))
        share = contract.take_or_pay * contract.monthly_t / whole if whole else 0.0
        return share * done.required_t.get(deliveries.name, 0.0)


def _beside(other: Contract, contract: Contract) -> bool:
    """Returns whether two contracts share a route and a product."""
    route = (contract.origin, contract.destination)
    return (other.origin, other.destination) == route and bool(set(other.goods) & set(contract.goods))
