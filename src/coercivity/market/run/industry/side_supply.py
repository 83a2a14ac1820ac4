"""Supply beside registered mines: unregistered output, which follows its quote, and by-products that were put aside."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from coercivity.base.canonical import round_sig
from coercivity.market.inputs.coefficients import CHINA
from coercivity.market.inputs.figures import Figures
from coercivity.market.network.network import Good, Network
from coercivity.market.network.supply import pile
from coercivity.market.program.state import State
from coercivity.market.run.mechanisms import Committed

UNREGISTERED, PILE = "unregistered:", "pile:"
# Name, capacity in the base year [t/month], months ahead, state.
Room = Callable[[str, float, int, State], float]


def side_supply(figures: Figures, network: Network, off: frozenset[str]) -> Room:
    """Returns the capacity of supply beside mines, from that of the base year [t/month].

    Args:
        figures: The rows of the data set.
        network: The network, for its prices in the base year.
        off: Mechanisms that are switched off.

    Source: equations 74 and 75 of docs/market.md.
    """
    elasticity, most = figures.assumption("unregistered_elasticity"), figures.assumption("unregistered_most")
    months = round(figures.assumption("retake_months"))
    still = "grey_supply" in off

    def capacity(name: str, room: float, ahead: int, state: State) -> float:
        if name.startswith(UNREGISTERED) and not still:
            oxide = Good(name.removeprefix(UNREGISTERED), CHINA)
            before = network.prices.get(oxide, 0.0)
            ratio = max(state.quote.get(oxide, before), 0.0) / before if before else 1.0
            return room * min(round_sig(ratio**elasticity), most)
        if name.startswith(PILE):
            # Evenly over the shortest time: a plan never takes up more than there is.
            _, element, region = name.split(":")
            held = state.aside_t.get(Good(f"raw_{element}", region), 0.0)
            return held / months if ahead < months else 0.0
        return room

    return capacity


def piles(done: Committed) -> dict[Good, float]:
    """Returns the piles of by-products after a month: what was put aside is added, what was taken up leaves [t].

    Source: equation 75 of docs/market.md.
    """
    found = dict(done.before.aside_t)
    limits = done.update.window.network.limits
    for name, mass in sorted(done.did_t.items()):
        kind, element, region = name[0], name[1], name[-1]
        if mass and kind in ("aside", "retake") and pile(element, region) in limits:
            raw = Good(f"raw_{element}", region)
            change = mass if kind == "aside" else -mass
            found[raw] = round_sig(max(found.get(raw, 0.0) + change, 0.0))
    return found


def without_piles(network: Network) -> Network:
    """Returns the network in which nothing that was put aside is taken up again."""
    return replace(
        network,
        activities=tuple(activity for activity in network.activities if activity.kind != "retake"),
        limits={name: room for name, room in network.limits.items() if not name.startswith(PILE)},
    )
