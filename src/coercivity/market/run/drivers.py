"""External input of a run: drivers by month, and behavioural parameters."""

from __future__ import annotations

import numpy as np

from coercivity.base.months import Month, middle_of
from coercivity.base.sums import total
from coercivity.market.inputs.coefficients import CHINA
from coercivity.market.inputs.figures import Figures
from coercivity.market.network.network import Network
from coercivity.market.network.stores import cover_layers
from coercivity.market.program.build import Rates
from coercivity.market.program.lp import INF
from coercivity.market.program.state import BASE_MONTH, Drivers, State
from coercivity.market.run.industry.industry import Industry
from coercivity.market.run.industry.side_supply import side_supply
from coercivity.market.run.scenarios.scenario import Scenario
from coercivity.permission.desk.ahead import leads
from coercivity.permission.desk.month import Desk
from coercivity.practice.desk import DeskPractice


def drivers_of(
    figures: Figures,
    scenario: Scenario,
    network: Network,
    industry: Industry | None = None,
) -> Drivers:
    """Returns the external conditions by month under a scenario.

    A shock is known from its first month on, a quota, a duty and a change of demand from their publication on.

    Args:
        figures: The rows of the data set.
        scenario: The scenario.
        network: The network, for its capacities in the base year.
        industry: Plants outside China; None leaves the capacities of the base year.

    Source: equation 22 of docs/market.md.
    """
    growth = 1 + figures.assumption("china_mine_growth")
    beside = side_supply(figures, network, frozenset(scenario.behaviour.off))

    def capacity(name: str, month: Month, seen_from: Month, state: State) -> float:
        for quota in scenario.quotas:
            if name == f"quota:{quota.name}":
                return quota.tonnes_a_month if quota.known(seen_from) and quota.holds(month) else INF
        room = network.limits[name]
        if industry is not None and not name.startswith("more_"):
            room += industry.added(month, seen_from, state).get(name, 0.0)
            room = max(room - industry.closed(name, month, state), 0.0)
        if name.startswith("mine:") and name.endswith(f":{CHINA}"):
            room *= growth ** ((month - BASE_MONTH) / 12)
        room = beside(name, room, month - seen_from, state)
        for shock in scenario.shocks:
            if shock.capacity == name and shock.first <= seen_from and shock.holds(month):
                room *= shock.share
        return max(room, 0.0)

    def wanted(use: str, region: str, month: Month, seen_from: Month) -> float:
        share = 1.0
        for shift in scenario.demand:
            fits = shift.use == use and shift.region in (region, "all")
            if fits and shift.known(seen_from) and shift.holds(month):
                share *= shift.share
        return share

    def duty(good: str, month: Month, seen_from: Month) -> float:
        return total(
            entry.share
            for entry in scenario.duties
            if good in entry.goods and entry.known(seen_from) and entry.holds(month)
        )

    def duty_clauses(good: str, month: Month) -> tuple[str, ...]:
        return tuple(dict.fromkeys(e.clause for e in scenario.duties if good in e.goods and e.holds(month)))

    return Drivers(
        capacity=capacity,
        wanted=wanted,
        foresight=round(figures.assumption("foresight")),
        caution=figures.assumption("added_caution"),
        duty=duty,
        dutied=frozenset(good for entry in scenario.duties for good in entry.goods),
        duty_clauses=duty_clauses,
    )


def rates_of(figures: Figures, network: Network, desk: Desk, practice: DeskPractice, first: Month) -> Rates:
    """Returns behavioural parameters, and what a plan knows of licences in general.

    Args:
        figures: The rows of the data set.
        network: The network.
        desk: The licensing desk.
        practice: The rows of practice.
        first: First month of the run.
    """
    names = [bucket.name for bucket in network.buckets]
    cells = desk.cells
    shares = leads(cells, desk.terms, desk.figures_of(first))
    life = cells.by_bucket(desk.terms.life * cells.share)
    return Rates(
        discount=figures.assumption("discount_rate"),
        layers=cover_layers(
            figures.assumption("cover_worth_first_half"), figures.assumption("cover_worth_second_half")
        ),
        risk=figures.assumption("speculative_return"),
        waste={name: min(1.0 / float(months), 1.0) for name, months in zip(names, life[: len(names)], strict=True)},
        leads={name: tuple(row.tolist()) for name, row in zip(names, shares[: len(names)], strict=True)},
        papers=_papers(desk, practice, first),
    )


def _papers(desk: Desk, practice: DeskPractice, first: Month) -> dict[tuple[str, ...], float]:
    """Returns the cost of the documents by bucket [USD per kg applied for]; none where no time passes either."""
    cells, on = desk.cells, middle_of(first)
    cost = [practice.value("file_cost_usd", *cell.queue, on) for cell in cells.cells]
    per_kg = np.array(cost) / (1000 * desk.terms.size_t)
    found = cells.by_bucket((0.0 if desk.terms.instant else 1.0) * per_kg * cells.share)
    return dict(zip(cells.buckets, found.tolist(), strict=True))
