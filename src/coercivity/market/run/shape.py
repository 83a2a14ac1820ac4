"""The network under a scenario: cover, licences, quotas, requirements, and what can run at all."""

from __future__ import annotations

from dataclasses import replace

from coercivity.market.inputs.coefficients import NAMED
from coercivity.market.network.network import Activity, Network, Requirement
from coercivity.market.program.build import bucket_of
from coercivity.market.program.lp import INF
from coercivity.market.program.state import Law
from coercivity.market.run.scenarios.scenario import Scenario
from coercivity.permission.gate import Way


def covered(network: Network, scenario: Scenario) -> Network:
    """Returns the network with the cover that holders want under a scenario."""
    share = scenario.behaviour.cover
    if share == 1.0:
        return network
    return replace(network, stores=tuple(replace(store, cover=store.cover * share) for store in network.stores))


def asking_for(network: Network, law: Law, months: range) -> Network:
    """Returns the network with licences only for controlled products and those that need one in some month.

    Products covered by a control of 2025 keep theirs in every case, so that runs with and without it have the same
    structure. Without orders there are no applications.
    """
    last = months[-1]
    ordered = [bucket for bucket in network.buckets if bucket.orders_t > 0]
    other = [bucket for bucket in ordered if bucket.good not in NAMED]
    asked = {b.good for b in other if any(not law(b.name, m, k).free for m in months for k in (m, last))}
    kept = asked | set(NAMED)
    buckets = tuple(bucket for bucket in ordered if bucket.good in kept)
    names = {bucket.name for bucket in buckets}
    return replace(
        network,
        activities=tuple(
            a
            for a in network.activities
            if a.passage is None or a.passage.way is Way.FREE or bucket_of(a.passage) in names
        ),
        buckets=buckets,
    )


def that_can_run(network: Network, growing: frozenset[str]) -> Network:
    """Returns the network without activities that have no capacity in the base year and gain none from plants."""
    never = {
        name
        for name, room in network.limits.items()
        if not room and name.removeprefix("more_") not in growing and name not in growing
    }
    return replace(
        network,
        activities=tuple(a for a in network.activities if not never & {name for name, _ in a.limits}),
        limits={name: room for name, room in network.limits.items() if name not in never},
    )


def shaped(network: Network, scenario: Scenario) -> Network:
    """Returns the network with the quotas of a scenario as capacities with a clause, and its requirements."""
    limits, quotas = dict(network.limits), dict(network.quotas)
    activities = list(network.activities)
    for quota in scenario.quotas:
        name = f"quota:{quota.name}"
        limits[name], quotas[name] = INF, quota.clause
        activities = [_under(activity, name, frozenset(quota.goods), quota.origin) for activity in activities]
    required = tuple(
        Requirement(
            name=wanted.name,
            least=wanted.share if wanted.use else wanted.tonnes_a_month,
            first=wanted.first,
            last=wanted.last,
            use=(wanted.use, wanted.region),
            route=(wanted.good, wanted.origin, wanted.destination),
        )
        for wanted in scenario.require
    )
    return replace(network, activities=tuple(activities), limits=limits, quotas=quotas, requirements=required)


def _under(activity: Activity, name: str, goods: frozenset[str], origin: str) -> Activity:
    if activity.kind != "ship" or activity.key[0] not in goods or activity.key[1] != origin:
        return activity
    return replace(activity, limits=(*activity.limits, (name, 1.0)))
