"""Slow, readable build of one planning window in linopy from the equations of docs/market.md.

It shares the plain data with the program (network, rates, state, law, drivers, keys of ties) and nothing of the matrix.
Everything is counted month by month here, also inside the periods of the planning grid.

Source: equations 24 to 36 of docs/market.md.
"""

from __future__ import annotations

import linopy

from coercivity.market.network.network import Activity, Good, GoodAmount, Passage
from coercivity.market.network.ties import TIE, keyed
from tests.oracles.linopy_families import INF, Family, Rows, optimum
from tests.oracles.market_asked import Asked, Bucket


class Reference:
    """The window as a linopy model."""

    def __init__(self, asked: Asked) -> None:
        self.asked = asked
        self.done, self.served, self.held, self.filed, self.unspent, self.landed, self.short = self.families = [
            Family(name) for name in ("done", "served", "held", "filed", "unspent", "landed", "short")
        ]
        self.balance, self.capacity, self.leave, self.required, self.landing = self.rows = [
            Rows(name) for name in ("balance", "capacity", "leave", "required", "landing")
        ]
        for p in asked.periods:
            self._variables(p)
            self._stock(p)
        self._landing()
        for p in asked.periods:
            self._balance(p)
            self._capacity(p)
            self._leave(p)
            self._required(p)

    def most_welfare(self) -> float | None:
        """Returns the welfare of the window [thousand USD], or None where nothing is feasible."""
        model = linopy.Model()
        welfare = [family.into(model) for family in self.families if family.at]
        for rows in self.rows:
            if rows.terms:
                rows.into(model)
        model.add_objective(linopy.merge(welfare, cls=linopy.LinearExpression), sense="max")
        return optimum(model)

    # Equation 25 of docs/market.md: worth of what is supplied, less cost of what is done and filed.

    def _variables(self, p: int) -> None:
        asked, network, now = self.asked, self.asked.network, self.asked.now(p)
        recipes = {recipe.activity: recipe for recipe in network.recipes}
        for activity in network.activities:
            most = self._passes(activity.passage, p)
            recipe = recipes.get(activity.name)
            if recipe is not None:
                most = asked.reached(recipe, p)
            self.done.add((activity.name, p), -now * self._cost(activity, p), most)
        for demand in network.demands:
            wanted = sum(asked.wanted(demand, asked.seen(month)) for month in asked.months(p))
            for rank, step in enumerate(asked.steps(demand, p)):
                self.served.add((demand.use, demand.region, rank, p), now * step.worth, step.width * wanted)
        for bucket in network.buckets:
            # What is granted of the files: their papers are paid for the rest as well.
            papers = asked.rates.papers[bucket.name] / (asked.permission(bucket.name).granted or 1.0)
            self.filed.add((bucket.name, p), -now * papers, self._most_filed(bucket.name, p))
            self.unspent.add((bucket.name, p), 0.0, self._most_unspent(bucket.name, p))
        for required in network.requirements:
            # What must be met at any cost may not fall short.
            most = 0.0 if required.pay is None else INF
            self.short.add((required.name, p), -now * asked.short_cost(required, p), most)

    def _passes(self, passage: Passage | None, p: int) -> float:
        """Free shipments in free days, licensed ones where a licence may be had on some day; equation 33 of docs/market.md."""
        if passage is None:
            return INF
        bucket = (passage.good, passage.origin, passage.destination, passage.user)
        gates = self.asked.gates(bucket, p)
        if passage.way == "licence":
            return INF if any(gate.passes in ("licence", "presumed_denial") for gate, _ in gates) else 0.0
        loaded = self.asked.loaded(passage, p)
        free = sum(share for gate, share in gates if gate.passes == "free")
        if all(gate.passes == "free" for gate, _ in gates):
            return loaded
        usual = sum(b.orders_t for b in self.asked.network.buckets if b.name == bucket)
        return min(free * self.asked.lengths[p] * usual, loaded)

    def _most_filed(self, bucket: Bucket, p: int) -> float:
        """On days that are not prohibited, if a licence is needed in this period or a later one; equation 34 of docs/market.md."""
        ahead = [gate.passes for q in self.asked.periods[p:] for gate, _ in self.asked.gates(bucket, q)]
        needed = [way for way in ahead if way in ("licence", "presumed_denial")]
        if not needed:
            return 0.0
        days = sum(share for gate, share in self.asked.gates(bucket, p) if gate.passes != "shut")
        seen = self.asked.permission(bucket)
        open_months = sum(
            min(max(month + 1 - self.asked.first - seen.lead, 0.0), 1.0) for month in self.asked.months(p)
        )
        return days * open_months * seen.applied_most_t * seen.granted

    def _most_unspent(self, bucket: Bucket, p: int) -> float:
        """Single licences held, and those that come by the end of a period at most; equation 27 of docs/market.md.

        Files of every month from that of the lead time on count, of its month in full.
        """
        seen = self.asked.permission(bucket)
        until = self.asked.months(p)[-1] - self.asked.first
        filed = [month for month in range(until + 1) if month >= int(seen.lead)]
        return seen.usable_t + sum(seen.grants_t[: until + 1]) + len(filed) * seen.applied_most_t * seen.granted

    def _cost(self, activity: Activity, p: int) -> float:
        """Cost of a unit with what is levied and charged on it; a charge below zero supports it."""
        cost = activity.cost + self._levy(activity, p) + self.asked.charge(activity, p)
        return cost + self.asked.unqualified(activity)

    def _levy(self, activity: Activity, p: int) -> float:
        """Tax that is not paid back, and a duty on what leaves China, on the quote at the origin; equation 35 of docs/market.md."""
        share = activity.levy[1] if activity.levy is not None else 0.0
        if activity.kind == "ship" and activity.key[1] == "CN":
            duties = [
                self.asked.drivers.duty(activity.key[0], month, self.asked.first) for month in self.asked.months(p)
            ]
            share += sum(duties) / len(duties)
        return share * self.asked.state.quote.get(activity.takes[0].good, 0.0) if share else 0.0

    # Equations 31 and 36 of docs/market.md: layers of stock, what is left at the end of the window.

    def _stock(self, p: int) -> None:
        asked = self.asked
        last = p == len(asked.lengths) - 1
        now, after = asked.now(p), 0.0 if last else asked.now(p + 1)
        held = 0.0 if last else (asked.lengths[p] + asked.lengths[p + 1]) / 2 * (now + after) / 2
        for store in asked.network.stores:
            tie = TIE * keyed("stock", store.good) * now
            price = asked.network.prices.get(store.good, 0.0)
            cover = store.cover * store.turnover_t
            layers = asked.layers(p) if asked.keeping and cover > 0 else []
            left = asked.state.stock_t.get(store.good, 0.0)
            more = 1 + asked.drivers.caution * asked.state.short.get(store.good.region, 0.0)
            for rank, layer in enumerate(layers):
                # Storage and interest are paid back by the worth of a layer up to normal cover; the rest is its own.
                worth, most = price * (now - after) + layer.worth * price * held, layer.width * cover * more
                if last:
                    first_weeks = asked.rates.layers[0].worth * price * asked.lengths[p] / 2
                    worth, most = now * (self._left(store.good) + first_weeks), min(layer.width * cover, left)
                    left -= most
                self.held.add((store.good, rank, p), worth - tie, most)
            paid = store.cost + asked.rates.risk / 12 * max(price, 0.0)
            self.held.add((store.good, "above", p), -paid * held - tie)

    def _left(self, entry: Good) -> float:
        return max(self.asked.state.quote.get(entry, 0.0), 0.0)

    # Equation 27 of docs/market.md: what lands after the window counts a month after its end, up to what normally lands in that time.

    def _landing(self) -> None:
        network, last = self.asked.network, self.asked.periods[-1]
        lags: dict[Good, int] = {}
        for given in (given for a in network.activities for given in a.gives if given.lag):
            lags[given.good] = max(lags.get(given.good, 0), given.lag)
        as_bound = {entry: entry._replace(tag="bound") for entry in lags if entry.tag == "free"}
        months = {bound: lags[entry] for entry, bound in as_bound.items()} | lags
        turnover = {store.good: store.turnover_t for store in network.stores}
        for entry, lag in months.items():
            self.landing.row((entry,), 0.0, 0.0)
            worth = self.asked.now(last) * self.asked.beta(1) * self._left(entry)
            self.landed.add((entry, "normal"), worth, lag * turnover.get(entry, 0.0))
            self.landed.add((entry, "more"), 0.0)
            self.landing.put((entry,), self.landed, (entry, "normal"), -1.0)
            self.landing.put((entry,), self.landed, (entry, "more"), -1.0)
        for entry, bound in as_bound.items():
            self.landed.add((entry, "as bound"), 0.0)
            self.landing.put((entry,), self.landed, (entry, "as bound"), -1.0)
            self.landing.put((bound,), self.landed, (entry, "as bound"), 1.0)
        for activity in network.activities:
            for given in activity.gives:
                for p in self.asked.periods:
                    after = self._arrives(activity, given, p).get(None)
                    if after is not None:
                        self.landing.put((given.good,), self.done, (activity.name, p), after * given.mass)

    def _arrives(self, activity: Activity, given: GoodAmount, p: int) -> dict[int | None, float]:
        """Share of what is given by the period in which it lands, later by what customs hold; equation 62 of docs/market.md.

        What never lands after the window otherwise lands in its last period at the latest.
        """
        found: dict[int | None, float] = {}
        for later, part in enumerate(self.asked.delays.get(activity.name, (1.0,))):
            for at, share in self.asked.arrives(p, given.lag + later).items():
                when = self.asked.periods[-1] if at is None and (given.good,) not in self.landing.least else at
                found[when] = found.get(when, 0.0) + part * share
        return found

    # Equation 26 of docs/market.md: before + made + arrived = kept + taken + supplied, or more where it can be thrown away.

    def _balance(self, p: int) -> None:
        asked, network = self.asked, self.asked.network
        stored = {store.good for store in network.stores}
        for entry in network.goods:
            came = asked.comes(entry, p) + (asked.state.stock_t.get(entry, 0.0) if p == 0 else 0.0)
            self.balance.row((entry, p), -came, INF if entry in stored else -came)
        for activity in network.activities:
            for taken in activity.takes:
                self.balance.put((taken.good, p), self.done, (activity.name, p), -taken.mass)
            for given in activity.gives:
                for at, share in self._arrives(activity, given, p).items():
                    if at is not None:
                        self.balance.put((given.good, at), self.done, (activity.name, p), share * given.mass)
        for demand in network.demands:
            for rank in range(len(asked.steps(demand, p))):
                self.balance.put((demand.service, p), self.served, (demand.use, demand.region, rank, p), -1.0)
        for kept, layer, when in list(self.held.at):
            if when == p:
                self.balance.put((kept, p), self.held, (kept, layer, p), -1.0)
                if asked.keeping and p + 1 in asked.periods:
                    self.balance.put((kept, p + 1), self.held, (kept, layer, p), 1.0)

    # Equation 29 of docs/market.md.

    def _capacity(self, p: int) -> None:
        for name in self.asked.network.limits:
            room = [
                self.asked.drivers.capacity(
                    name,
                    # What a rule sets by its dates is foreseen in full.
                    month
                    if name in self.asked.network.quotas or name in self.asked.network.dated
                    else self.asked.seen(month),
                    self.asked.first,
                    self.asked.state,
                )
                for month in self.asked.months(p)
            ]
            self.capacity.row((name, p), -INF, sum(room))
        for activity in self.asked.network.activities:
            for name, drawn in activity.limits:
                self.capacity.put((name, p), self.done, (activity.name, p), drawn)

    # Equation 28 of docs/market.md: held, expected, general, granted of new files and unspent before less waste
    # = unspent + shipped on a licence, or more: general licences cannot be kept, and nobody has to use any.

    def _leave(self, p: int) -> None:
        asked = self.asked
        for bucket in asked.network.buckets:
            name = bucket.name
            seen = asked.permission(name)
            kept = (1.0 - asked.rates.waste[name]) ** asked.lengths[p]
            ahead = [month - asked.first for month in asked.months(p)]
            came = sum(seen.grants_t[month] + seen.general_t[month] for month in ahead)
            came += seen.usable_t if p == 0 else 0.0
            self.leave.row((name, p), -came, INF)
            for later, part in enumerate(asked.rates.leads[name]):
                for at, share in asked.arrives(p, later).items():
                    if at is not None:
                        self.leave.put((name, at), self.filed, (name, p), part * share)
            self.leave.put((name, p), self.unspent, (name, p), -1.0)
            if p > 0:
                self.leave.put((name, p), self.unspent, (name, p - 1), kept)
        for activity in asked.network.activities:
            asks = activity.passage
            if asks is not None and asks.way == "licence":
                name = (asks.good, asks.origin, asks.destination, asks.user)
                self.leave.put((name, p), self.done, (activity.name, p), -1.0)

    # Equation 30 of docs/market.md.

    def _required(self, p: int) -> None:
        network = self.asked.network
        for required in network.requirements:
            least = self.asked.least(required, p)
            if least is None:
                continue
            row = (required.name, p)
            self.required.row(row, max(least, 0.0), INF)
            self.required.put(row, self.short, (required.name, p), 1.0)
            for demand in network.demands:
                if (demand.use, demand.region) == required.use:
                    for rank in range(len(self.asked.steps(demand, p))):
                        self.required.put(row, self.served, (demand.use, demand.region, rank, p), 1.0)
            for activity in network.activities:
                if activity.kind == "ship" and activity.key[:3] == required.route:
                    self.required.put(row, self.done, (activity.name, p), 1.0)
            for name, weight in required.supplies:
                self.required.put(row, self.done, (name, p), weight)


def least_cost(asked: Asked) -> float | None:
    """Returns the cost of the best plan of a window [thousand USD], or None where nothing is feasible."""
    welfare = Reference(asked).most_welfare()
    return -welfare if welfare is not None else None
