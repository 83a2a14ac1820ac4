"""Composition and cost of products: yields, contents, cost of each step, prices of the base year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from coercivity.base.sums import total
from coercivity.market.inputs.figures import Figures

CHINA = "CN"
REGIONS = ("CN", "JP", "KR", "NAM", "EUR", "IN", "SEA", "MM-LA", "AU", "ROW")
USING = ("CN", "JP", "KR", "NAM", "EUR", "IN", "SEA", "ROW")
ABROAD = USING[1:]
LIGHT = ("La", "Ce", "NdPr")
HEAVY = ("Sm", "Eu", "Gd", "Tb", "Dy", "Y", "HoLu")
ELEMENTS = (*LIGHT, *HEAVY)
SURPLUS = ("La", "Ce", "Sm", "Eu", "Gd", "Y", "HoLu")
METALS = ("NdPr", "Dy", "Tb", "Sm")
NDFEB = ("mag_none", "mag_Ce", "mag_low", "mag_high")
MAGNETS = (*NDFEB, "mag_SmCo")
USES = ("ev_traction", "other_automotive", "wind", "electronics", "industry", "defence")
# Products covered by a control of 2025; their licence status is determined month by month.
NAMED_MAGNETS = ("mag_low", "mag_high", "mag_SmCo")
NAMED = (*(f"ox_{e}" for e in HEAVY), "met_Dy", "met_Tb", "met_Sm", *NAMED_MAGNETS)
# Magnets and their materials: goods exported under an end-use undertaking are kept apart from free ones.
TAGGED = ("ox_Sm", "ox_Tb", "ox_Dy", "met_Dy", "met_Tb", "met_Sm", *NAMED_MAGNETS)
_PARTS = {"NdPr": ("Nd", "Pr"), "HoLu": ("Ho", "Er", "Tm", "Yb", "Lu")}
_IONIC = ("feed:IONIC_MID_Y_EU", "feed:IONIC_LONGNAN", "feed:IONIC_XUNWU", "feed:MYANMAR_IONIC", "feed:SERRA_VERDE")
_STOICHIOMETRY = {"Dy": "CO009", "Tb": "CO008", "Sm": "CO005", "NdPr": "CO016", "Ce": "CO002"}


@dataclass(frozen=True)
class Coefficients:
    """Coefficients of the base year from the packed tables."""

    figures: Figures

    @cached_property
    def assay(self) -> Mapping[str, Mapping[str, float]]:
        """Returns the share of each element, or group of elements, in the oxides of an ore [t oxide/t REO]."""
        found: dict[str, dict[str, float]] = {}
        group = {part: name for name, parts in _PARTS.items() for part in parts}
        for row in self.figures.where("deposits"):
            ore = found.setdefault(f"feed:{row['deposit_id']}", dict.fromkeys(ELEMENTS, 0.0))
            name = group.get(row["element"], row["element"])
            ore[name] += float(row["oxide_fraction"])
        return found

    def recovery(self, element: str, region: str) -> float:
        """Returns the share of an element in concentrate that is recovered as oxide [t/t]."""
        home = region == CHINA
        row = ("CO038" if home else "CO040") if element in LIGHT else ("CO039" if home else "CO041")
        return self._co("CO037") * self._co(row)

    def mine_cost(self, feed: str) -> float:
        """Returns the cash cost at the mine [USD/kg REO]."""
        return self.figures.assumption(f"mine_cost_{feed.removeprefix('feed:').lower()}")

    def separation_cost(self, feed: str, region: str) -> float:
        """Returns the cost of cracking and of the basic separation [USD/kg REO]."""
        if region == CHINA:
            return self._co("CO216") if feed in _IONIC else self._co("CO217")
        return self._co("CO218")

    def refining_cost(self, region: str) -> float:
        """Returns the cost of separating the medium and heavy fraction [USD/kg of its oxides]."""
        return self.figures.assumption("heavy_separation_cost_china") if region == CHINA else self._co("CO219")

    def finishing_cost(self, element: str, region: str) -> float:
        """Returns the cost of finishing a surplus element as oxide [USD/kg]."""
        return self.figures.assumption("light_finishing_cost") if element in LIGHT else self.refining_cost(region)

    @cached_property
    def aside_cost(self) -> float:
        """Returns the cost of storing a surplus element unseparated [USD/kg oxide]."""
        return self.figures.assumption("surplus_keeping_cost")

    def oxide_per_metal(self, element: str, region: str) -> float:
        """Returns the oxide required for a kilogram of metal [kg/kg]."""
        if element == "NdPr":
            return self._co("CO025" if region == CHINA else "CO026")
        return self._co(_STOICHIOMETRY[element]) / self._co("CO027")

    def metal_cost(self, element: str, region: str) -> float:
        """Returns the cost of making metal, without the oxide [USD/kg]."""
        if element == "NdPr":
            return self._co("CO220" if region == CHINA else "CO221")
        return self.figures.assumption("heavy_metal_cost_china" if region == CHINA else "heavy_metal_cost_abroad")

    @cached_property
    def content(self) -> Mapping[str, Mapping[str, float]]:
        """Returns the mass share of each rare earth in a finished magnet."""
        found: dict[str, dict[str, float]] = {}
        for row in self.figures.where("base_year", section="grade_content"):
            shares = found.setdefault(row["good"], {"NdPr": 0.0, "Dy": 0.0, "Tb": 0.0})
            shares["NdPr" if row["element"] in ("Nd", "Pr") else row["element"]] += float(row["value"])
        found["mag_Ce"] = {"NdPr": self._co("CO197") + self._co("CO198"), "Ce": self._co("CO199")}
        found["mag_SmCo"] = {"Sm": self._co("CO208")}
        return {grade: {e: share for e, share in shares.items() if share} for grade, shares in found.items()}

    def element_share(self, name: str, element: str) -> float:
        """Returns the mass share of an element in a product; in an oxide that of the element without its oxygen.

        Args:
            name: An oxide, a metal or a magnet.
            element: Dy, Tb, Sm or Ce.
        """
        form, _, of = name.partition("_")
        if form == "mag":
            return self.content[name].get(element, 0.0)
        if of != element:
            return 0.0
        return 1 / self._co(_STOICHIOMETRY[element]) if form == "ox" else 1.0

    def oxide_of(self, element: str) -> float:
        """Returns the oxide of a kilogram of an element, without any loss [kg/kg]."""
        return self._co(_STOICHIOMETRY[element])

    def finished_per_alloy(self, grade: str, region: str) -> float:
        """Returns the finished magnet per kilogram of alloy [kg/kg]."""
        blank = "CO057" if grade == "mag_SmCo" else "CO053" if region == CHINA else "CO054"
        return self._co(blank) * self._co("CO051")

    def input(self, grade: str, region: str) -> dict[str, float]:
        """Returns the metal required for a finished magnet, by element [kg/kg]; the excess becomes swarf.

        Source: equation 4 of docs/market.md.
        """
        out = self.finished_per_alloy(grade, region)
        return {element: share / out for element, share in self.content[grade].items()}

    def swarf_oxide(self, grade: str, region: str) -> dict[str, float]:
        """Returns the oxides recovered from the swarf of a finished magnet [kg/kg].

        Source: equation 5 of docs/market.md.
        """
        lost = 1 / self.finished_per_alloy(grade, region) - 1
        back = self._co("CO055") * lost
        return {e: share * back * self._co(_STOICHIOMETRY[e]) for e, share in self.content[grade].items() if e != "Sm"}

    def magnet_cost(self, grade: str, region: str) -> float:
        """Returns the cost of making a finished magnet, without its rare earths [USD/kg]."""
        home = region == CHINA
        if grade != "mag_SmCo":
            return self._co("CO224" if home else "CO225")
        cobalt = self._co("CO209") / self.finished_per_alloy(grade, region)
        making = self.figures.assumption("smco_magnet_cost_china" if home else "smco_magnet_cost_abroad")
        return making + cobalt * self.figures.assumption("cobalt_price")

    @cached_property
    def home_price(self) -> Mapping[str, float]:
        """Returns the price of each oxide in China in 2024, without tax [USD/kg].

        If the data set has only a border price, the non-refundable tax is subtracted.
        """
        tax = 1 + self.figures.assumption("china_vat")
        price = self._price
        return {
            "NdPr": price("PR0741"),
            "Dy": price("PR0734"),
            "Tb": price("PR0745"),
            "La": self._year_mean("La2O3"),
            "Ce": self._year_mean("CeO2"),
            "Sm": price("PR0743") / tax,
            "Gd": price("PR0736") / tax,
            "Eu": price("PR0735") / tax,
            "Y": price("PR0839") / tax,
            "HoLu": price("PR0933"),
        }

    def _co(self, row: str) -> float:
        return self.figures.value("process_coefficients", row)

    def _price(self, row: str) -> float:
        return self.figures.value("prices", row, "price_usd_per_kg")

    def _year_mean(self, product: str) -> float:
        quotes = [
            float(row["price_usd_per_kg"])
            for row in self.figures.where("prices", product=product, year="2024", freq="monthly_average")
            if row["price_basis"] == "home_net_vat"
        ]
        return total(quotes) / len(quotes)
