"""Three firms, sized and costed from the packs and the mean of the scenarios [1000 USD, t]."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property

from coercivity.base.sums import total
from coercivity.market.inputs.coefficients import Coefficients
from coercivity.market.run.industry.money import annuity
from coercivity.ministry.strategy.model import StrategyFirm
from coercivity.ministry.strategy_market.columns import ColumnName
from coercivity.ministry.strategy_market.metal import GRADE, LICENSED, PLACE, metal_mix

MAGNET_PLANT, RECYCLING_PLANT = "narva-1", "ionic-belfast"
MONTHS, PLACES = 12, 4


def rounded(value: float) -> Fraction:
    """Returns a figure as the workbook shows it."""
    return Fraction(f"{value:.{PLACES}f}")


@dataclass(frozen=True)
class Sizing:
    """What sizes and costs of firms follow from.

    Attributes:
        coefficients: The coefficients of the packs, as usual.
        mean: Means of the columns over all rows.
    """

    coefficients: Coefficients
    mean: Mapping[ColumnName, float]
    mix: Mapping[str, float] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "mix", metal_mix(self.coefficients))

    def assumed(self, key: str) -> float:
        """Returns an assumption of the packs, in its unit."""
        return self.coefficients.figures.assumption(key)

    def table(self, name: str, row: str, column: str = "value") -> float:
        """Returns a figure of a table of the packs, in its unit."""
        return self.coefficients.figures.value(name, row, column)

    @cached_property
    def metal_per_magnet(self) -> float:
        """Metal that a finished magnet takes, its swarf included [t/t]."""
        return total(self.coefficients.input(GRADE, PLACE).values())

    @cached_property
    def oxide_per_metal(self) -> float:
        """Oxide for a tonne of metal [t/t]."""
        return total(share * self.coefficients.oxide_per_metal(e, PLACE) for e, share in self.mix.items())

    @cached_property
    def yearly(self) -> float:
        """Payment a year that earns back an investment of 1."""
        return annuity(self.assumed("hurdle_rate"), self.assumed("plant_life_years"))

    @cached_property
    def separation_capex(self) -> float:
        """Investment in separation for a tonne of oxide a year, light and heavy as in the metal [1000 USD]."""
        c = self.coefficients
        oxide = {e: share * c.oxide_per_metal(e, PLACE) for e, share in self.mix.items()}
        kinds = {e: self.assumed("capex_sep_heavy" if e in LICENSED else "capex_sep_light") for e in oxide}
        return total(mass * kinds[e] for e, mass in oxide.items()) / total(oxide.values())

    def own_fixed(self, cap_t: float) -> float:
        """Returns the fixed cost of own separation and metal smelting [1000 USD a year]."""
        investment = self.oxide_per_metal * self.separation_capex + self.assumed("capex_metal")
        return self.yearly * investment * cap_t

    def rec_fixed(self, scrap_t: float) -> float:
        """Returns the fixed cost of a recycling plant over that of separation of the same oxide [1000 USD a year]."""
        back = self.table("process_coefficients", "CO055")
        oxide_t = scrap_t * back * total(share * self.coefficients.oxide_of(e) for e, share in self.mix.items())
        more = max(self.assumed("capex_recycling") - self.separation_capex, 0.0)
        return self.yearly * more * oxide_t

    def firm(self, name: str, need_t: float, loss: float, scrap_t: float, capital: float) -> StrategyFirm:
        """Returns a firm.

        Args:
            name: Its name.
            need_t: Metal that it needs [t a year].
            loss: Cost of a tonne that is missing [1000 USD/t].
            scrap_t: Scrap that it can have [t contained a year].
            capital: Its cost of capital, per year.
        """
        price = self.mean["cn_price"]
        resale = self.assumed("AS381") / self.table("process_coefficients", "CO036") / self.mean["ore_reo_price"]
        holding = capital * price + MONTHS * (
            self.assumed("storage_cost_oxides_and_metals") + self.assumed("AS040") * price
        )
        return StrategyFirm(
            firm=name,
            need_t=rounded(need_t),
            loss=rounded(loss),
            ore_t=rounded(need_t / self.mean["metal_yield"]),
            ore_contract_price=rounded(self.mean["ore_price"]),
            resale_cut=rounded(min(resale, 1.0)),
            own_fixed=rounded(self.own_fixed(need_t)),
            own_cap_t=rounded(need_t),
            own_cost=rounded(self.mean["processing_cost"]),
            rec_fixed=rounded(self.rec_fixed(scrap_t)),
            scrap_t=rounded(scrap_t),
            contract_share=rounded(self.assumed("contract_share") * self.mean["outside_share"]),
            contract_price=rounded(self.mean["row_price"]),
            stock_t=rounded(self.assumed("usual_cover") / MONTHS * need_t),
            stock_holding=rounded(holding),
            stock_price=rounded(price),
        )


def market_firms(coefficients: Coefficients, mean: Mapping[ColumnName, float]) -> list[StrategyFirm]:
    """Returns a magnet maker, a car maker and a recycler.

    Args:
        coefficients: The coefficients of the packs, as usual.
        mean: Means of the columns over all rows.
    """
    size = Sizing(coefficients, mean)
    magnets_t = size.table("plants", MAGNET_PLANT, "capacity")
    per_magnet = size.metal_per_magnet
    need_t = magnets_t * per_magnet
    swarf = 1 - coefficients.finished_per_alloy(GRADE, PLACE)
    owner, maker = size.assumed("discount_rate"), size.assumed("AS043")
    # A plant without metal bears its costs on (AS336), so it loses the price of its magnets and of its swarf.
    magnet_loss = mean["magnet_price"] / per_magnet + swarf * mean["swarf_price"]
    lasting = 1 - size.table("economics", "E063")
    car_loss = lasting * size.table("economics", "E062") / (size.table("intensity", "I001") * per_magnet)
    recycled_t = size.table("plants", RECYCLING_PLANT, "capacity") / size.oxide_per_metal
    return [
        size.firm("magnet maker", need_t, magnet_loss, need_t * swarf, owner),
        size.firm("car maker", need_t, car_loss, need_t * mean["recycled_share"], maker),
        size.firm("recycler", recycled_t, mean["row_price"], recycled_t / mean["metal_yield"], owner),
    ]
