"""Elasticities of a use: its own response, thrift and recipes, which together give the total of the market data set."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from coercivity.base.sums import total
from coercivity.market.inputs.coefficients import CHINA, METALS, Coefficients

# Totals with respect to the price of the oxide, by element; others have the assumption `nonmagnet_elasticity`.
TOTAL = {"La": "E073", "Ce": "E073", "Y": "E074", "NdPr": "E071", "Dy": "E069", "Tb": "E069"}
HEAVY = ("Dy", "Tb")


class Response(NamedTuple):
    """Elasticities of a magnet use, all positive.

    Attributes:
        own: Devices not ordered, by the price of the magnet.
        thrift: Magnet used less, by the price of the magnet.
        recipes: Heavy rare earths saved by leaner designs, by the price of their oxides.
        light_share: Share of NdPr oxide in the price of the magnets.
        heavy_share: Share of Dy and Tb oxide in the price of the magnets.
    """

    own: float
    thrift: float
    recipes: float
    light_share: float
    heavy_share: float

    @property
    def magnet(self) -> float:
        """Own response and thrift together, by the price of the magnet."""
        return self.own + self.thrift


def total_elasticity(coefficients: Coefficients, element: str) -> float:
    """Returns the total elasticity of the use of an element by the price of its oxide, positive."""
    row = TOTAL.get(element)
    figures = coefficients.figures
    return -(figures.value("economics", row) if row else figures.assumption("nonmagnet_elasticity"))


def response(coefficients: Coefficients, cost_share: float, shares: Mapping[str, float], price: float) -> Response:
    """Returns the elasticities of a magnet use, with thrift and recipes as what is left of the totals.

    Args:
        coefficients: Coefficients of the base year.
        cost_share: Share of the magnets in the value of the devices.
        shares: Share of each grade in the magnets.
        price: Price of these magnets [USD/kg].

    Source: equation 11 of docs/market.md.
    """
    own = -coefficients.figures.assumption("device_elasticity") * cost_share
    light = oxide_value(coefficients, shares, ("NdPr",)) / price
    heavy = oxide_value(coefficients, shares, HEAVY) / price
    thrift = max(total_elasticity(coefficients, "NdPr") / light - own, 0.0)
    recipes = max(total_elasticity(coefficients, "Dy") - (own + thrift) * heavy, 0.0) if heavy else 0.0
    return Response(own, thrift, recipes, light, heavy)


def oxide_value(coefficients: Coefficients, shares: Mapping[str, float], elements: tuple[str, ...]) -> float:
    """Returns the value of the oxides of some elements in a kilogram of magnets, at Chinese prices [USD/kg]."""
    return total(share * _value(coefficients, grade, elements) for grade, share in shares.items())


def _value(coefficients: Coefficients, grade: str, elements: tuple[str, ...]) -> float:
    return total(
        mass * coefficients.oxide_per_metal(element, CHINA) * coefficients.home_price[element]
        for element, mass in coefficients.input(grade, CHINA).items()
        if element in elements and element in METALS
    )
