"""How a firm fills its need at least cost in one scenario, with the levers that are on: exact, by order of cost.

The cost of processed metal rises with its quantity, for the cheapest plant and the cheapest feed come first; so does
that of metal that is bought. Taking the cheapest next tonne is therefore the optimum of the linear programme.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from coercivity.base.sums import total
from coercivity.ministry.strategy.model import Lever, Scenario, StrategyFirm

Part = Literal["metal", "processing", "feed", "fixed", "ore_contract", "long_contract", "stock", "lost"]
PARTS: tuple[Part, ...] = ("metal", "processing", "feed", "fixed", "ore_contract", "long_contract", "stock", "lost")
_NONE = Fraction(0)


@dataclass(frozen=True, slots=True)
class Supply:
    """How a need is filled.

    Attributes:
        tonnes: Metal by source [t]: contract, stock, china, other, own, toll, lost; and feed by source [t contained]:
            contract ore, spot ore, scrap.
        parts: Cost by part, where there is any [1000 USD]: metal bought, processing by the tonne, spot ore and scrap,
            fixed costs, contract ore less what is sold of it, long contract, stock, metal that is missing.
    """

    tonnes: Mapping[str, Fraction]
    parts: Mapping[Part, Fraction]

    @property
    def cost(self) -> Fraction:
        """Cost [1000 USD]."""
        return total(self.parts.values()) + _NONE

    @property
    def lost_t(self) -> Fraction:
        """Metal that is missing [t]."""
        return self.tonnes["lost"]


@dataclass(slots=True)
class _Source:
    """A source of metal, processing or feed: its cost [1000 USD/t] and what is left of it [t]."""

    name: str
    cost: Fraction
    left: Fraction


class _Steps:
    """Sources in the order of their cost; on a tie in the order given.

    Attributes:
        taken: Tonnes taken by source.
    """

    def __init__(self, *sources: tuple[str, Fraction, Fraction]) -> None:
        offered = (_Source(*source) for source in sources if source[2] > 0)
        self._sources = sorted(offered, key=lambda source: source.cost)
        self.taken: dict[str, Fraction] = {}

    @property
    def cheapest(self) -> _Source | None:
        """The cheapest source that has something left."""
        return self._sources[0] if self._sources else None

    def take(self, quantity: Fraction) -> None:
        """Takes from the cheapest source."""
        source = self._sources[0]
        self.taken[source.name] = self.taken.get(source.name, _NONE) + quantity
        source.left -= quantity
        if not source.left:
            del self._sources[0]


def least_cost(firm: StrategyFirm, row: Scenario, on: Collection[Lever], stock_price: Fraction) -> Supply:
    """Returns how a firm fills its need at least cost.

    Args:
        firm: The firm.
        row: The scenario.
        on: Levers that are on; the firm has the figures of each.
        stock_price: Price at which its stock was bought [1000 USD/t].
    """
    ore_worth = row.ore_price * (1 - _of(firm.resale_cut))
    contract_t = firm.need_t * _of(firm.contract_share) if "contracts" in on else _NONE
    stock_t = _of(firm.stock_t) if "stock" in on else _NONE
    bought = _Steps(
        ("contract", _NONE, contract_t),
        ("stock", stock_price, stock_t if row.is_stop else _NONE),
        ("china", row.cn_price, row.cn_share * firm.need_t),
        ("other", row.row_price, row.row_share * firm.need_t),
    )
    plants = _Steps(
        ("own", _of(firm.own_cost), _of(firm.own_cap_t) * _of(row.own_share) if "processing" in on else _NONE),
        ("toll", row.toll_price, row.toll_share * firm.need_t),
    )
    feed = _Steps(
        ("contract_ore", ore_worth, _of(firm.ore_t) if "ore" in on else _NONE),
        ("spot_ore", row.ore_price, row.spot_ore_share * firm.need_t),
        ("scrap", _of(row.scrap_price), _of(firm.scrap_t) if "recycling" in on else _NONE),
    )
    lost_t = _fill(firm, row.metal_yield, bought, plants, feed)
    tonnes = {**bought.taken, **plants.taken, **feed.taken, "lost": lost_t}
    return Supply(tonnes, _costs(firm, row, on, tonnes, stock_price))


def _fill(firm: StrategyFirm, metal_yield: Fraction, bought: _Steps, plants: _Steps, feed: _Steps) -> Fraction:
    """Takes tonne by tonne what is cheapest, and returns what is dearer than going without [t]."""
    left = firm.need_t
    while left:
        metal, plant, ore = bought.cheapest, plants.cheapest, feed.cheapest
        made = None if plant is None or ore is None else plant.cost + ore.cost / metal_yield
        if metal is not None and (made is None or metal.cost <= made) and metal.cost <= firm.loss:
            quantity = min(left, metal.left)
            bought.take(quantity)
        elif plant is not None and ore is not None and made is not None and made <= firm.loss:
            quantity = min(left, plant.left, ore.left * metal_yield)
            plants.take(quantity)
            feed.take(quantity / metal_yield)
        else:
            break
        left -= quantity
    return left


def _costs(
    firm: StrategyFirm, row: Scenario, on: Collection[Lever], tonnes: Mapping[str, Fraction], stock_price: Fraction
) -> dict[Part, Fraction]:
    def t(source: str, price: Fraction) -> Fraction:
        return tonnes[source] * price if source in tonnes else _NONE

    costs: dict[Part, Fraction] = {
        "metal": t("china", row.cn_price) + t("other", row.row_price),
        "processing": t("own", _of(firm.own_cost)) + t("toll", row.toll_price),
        "feed": t("spot_ore", row.ore_price) + t("scrap", _of(row.scrap_price)),
        "fixed": _NONE,
        "lost": t("lost", firm.loss),
    }
    if "processing" in on:
        costs["fixed"] += _of(firm.own_fixed)
    if "recycling" in on:
        costs["fixed"] += _of(firm.rec_fixed)
    if "ore" in on:
        unused = _of(firm.ore_t) - tonnes.get("contract_ore", _NONE)
        sold = unused * row.ore_price * (1 - _of(firm.resale_cut))
        costs["ore_contract"] = _of(firm.ore_t) * _of(firm.ore_contract_price) - sold
    if "contracts" in on:
        costs["long_contract"] = firm.need_t * _of(firm.contract_share) * _of(firm.contract_price)
    if "stock" in on:
        costs["stock"] = _of(firm.stock_t) * _of(firm.stock_holding) + t("stock", stock_price)
    return {part: cost for part, cost in costs.items() if cost}


def _of(figure: Fraction | None) -> Fraction:
    """Returns a figure; a blank one belongs to a lever that is off and counts as zero."""
    return _NONE if figure is None else figure
