"""Recycling mandates as requirements, and bans on scrap exports as closed shipments."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from coercivity.base.sums import total
from coercivity.market.inputs.coefficients import USES, Coefficients
from coercivity.market.network.network import USUAL, Network, Requirement
from coercivity.market.program.lp import INF
from coercivity.market.run.scenarios.policies import Mandate, ScrapBan

TREAT, SCRAP = "treat", "scrap"


def limit_of(ban: ScrapBan) -> str:
    """Returns the name of the capacity that a ban closes."""
    return f"scrap_ban:{ban.id}:{ban.region}"


def with_bans(network: Network, bans: Iterable[ScrapBan]) -> Network:
    """Returns the network with a capacity on the scrap that leaves a region under a ban.

    Source: equation 84 of docs/market.md.
    """
    activities, limits, dated = list(network.activities), dict(network.limits), set(network.dated)
    for ban in bans:
        name = limit_of(ban)
        leaving = [a.kind == SCRAP and a.key[1] == ban.region and a.key[2] != ban.region for a in activities]
        if any(leaving):
            limits[name] = INF
            dated.add(name)
            activities = [
                replace(a, limits=(*a.limits, (name, 1.0))) if leaves else a
                for a, leaves in zip(activities, leaving, strict=True)
            ]
    return replace(network, activities=tuple(activities), limits=limits, dated=frozenset(dated))


def with_mandates(network: Network, mandates: Iterable[Mandate], coefficients: Coefficients) -> Network:
    """Returns the network with a requirement for each mandate, in tonnes of the element.

    Source: equation 84 of docs/market.md.
    """
    asked = tuple(_mandate(network, mandate, coefficients) for mandate in mandates)
    return replace(network, requirements=(*network.requirements, *asked))


def _mandate(network: Network, mandate: Mandate, coefficients: Coefficients) -> Requirement:
    element, oxide = mandate.element, f"ox_{mandate.element}"
    per_oxide = coefficients.element_share(oxide, element)
    supplies, of = [], []
    for activity in network.activities:
        if activity.kind == TREAT and activity.key[1] == mandate.region:
            mass = total(given.mass for given in activity.gives if given.good.name == oxide)
            if mass:
                supplies.append((activity.name, mass * per_oxide))
        if activity.kind == "recipe" and activity.key[1:3] == (mandate.region, USUAL) and activity.key[0] in USES:
            mass = total(taken.mass * coefficients.element_share(taken.good.name, element) for taken in activity.takes)
            if mass:
                of.append(((activity.key[0], mandate.region), mass))
    return Requirement(
        name=mandate.id,
        least=mandate.share,
        first=mandate.first,
        last=mandate.last,
        supplies=tuple(supplies),
        of=tuple(of),
        pay=mandate.pay,
        published=mandate.published,
    )
