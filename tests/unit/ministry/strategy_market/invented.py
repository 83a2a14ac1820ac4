"""A small invented market of one year: round prices, a few flows, two queues of the licensing desk, one late plant."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property

from coercivity.ensemble.design import Design
from coercivity.ensemble.runs.sets import DrawSet, set_of
from coercivity.market.inputs.coefficients import ELEMENTS, Coefficients
from coercivity.market.inputs.figures import Figures
from coercivity.ministry.strategy_market.draw_year import DrawYear
from coercivity.ministry.strategy_market.metal import Priced
from tests.unit.ensemble.results.made_up import Series, kept

MONTHS = [f"2028-{month:02}" for month in range(1, 13)]
MIX = {"NdPr": 0.9, "Dy": 0.08, "Tb": 0.02}
ASSAY = {"NdPr": 0.2, "Dy": 0.01, "Tb": 0.002, "Y": 0.008}
FIGURES = {
    "assumptions:AS003": 1.0, "assumptions:AS052": 2.0, "assumptions:AS063": 50.0, "assumptions:AS091": 0.1,
    "assumptions:AS221": 5.0, "assumptions:AS248": 0.01, "assumptions:AS249": 0.8, "assumptions:AS263": 2.0,
    "assumptions:AS265": 0.5, "assumptions:AS337": 0.2, "assumptions:AS361": 0.5, "process_coefficients:CO008": 1.2,
    "process_coefficients:CO009": 1.2, "process_coefficients:CO016": 1.2, "process_coefficients:CO026": 1.2,
    "process_coefficients:CO027": 1.0, "process_coefficients:CO037": 1.0, "process_coefficients:CO040": 0.9,
    "process_coefficients:CO041": 0.8, "process_coefficients:CO055": 0.9, "process_coefficients:CO218": 6.0,
    "process_coefficients:CO219": 10.0, "process_coefficients:CO221": 10.0,
}  # fmt: skip
PRICES = {
    "traded": {
        "met_NdPr:CN": 80.0, "met_Dy:CN": 200.0, "met_Tb:CN": 500.0, "met_NdPr:XCN": 100.0, "met_Dy:XCN": 300.0,
        "met_Tb:XCN": 800.0, "mag_high:XCN": 60.0,
    },
    "quote": {
        "met_NdPr:CN": 82.0, "met_Dy:CN": 200.0, "met_Tb:CN": 500.0, "met_NdPr:XCN": 102.0, "met_Dy:XCN": 320.0,
        "met_Tb:XCN": 900.0, "ox_NdPr:XCN": 70.0, "ox_Dy:XCN": 150.0, "ox_Tb:XCN": 500.0,
    },
}  # fmt: skip
LICENCES = {
    "metal:JP:civil:new": 10.0, "metal:JP:civil:granted": 8.0, "metal:DE:civil:new": 10.0,
    "metal:DE:civil:granted": 7.0, "service:JP:civil:new": 1.0, "service:JP:civil:granted": 0.75,
    "service:JP:civil:refused": 0.25,
}  # fmt: skip
FLOWS = {
    "metal|met_NdPr||JP|JP|": 600.0, "metal|met_NdPr||CN|CN|": 5000.0, "ship|met_NdPr||CN|JP|free": 400.0,
    "ship|met_NdPr||SEA|JP|free": 70.0, "metal|met_Dy||JP|JP|": 20.0, "metal|met_Tb||JP|JP|": 5.0,
    "ship|met_Dy||CN|JP|licence": 50.0, "ship|met_Tb||CN|EUR|licence": 10.0,
    "separate|feed:MOUNT_WELD||SEA|SEA|": 1000.0, "separate|feed:MOUNT_WELD||CN|CN|": 9999.0,
    "mine|feed:MOUNT_WELD||AU|AU|": 1500.0, "mine|feed:MYANMAR_IONIC||MM-LA|MM-LA|": 8000.0,
    "recycle|ox_NdPr||EUR|EUR|": 120.0, "recycle|ox_NdPr||NAM|NAM|": 60.0, "recycle|ox_Dy||EUR|EUR|": 6.0,
    "recycle|ox_Tb||EUR|EUR|": 3.0, "recycle|ox_NdPr||CN|CN|": 7000.0,
}  # fmt: skip
CAPACITIES = {"mine:MOUNT_WELD:AU": 4.6, "eol_recycling:EUR": 15.0, "eol_recycling:NAM": 0.0}
LATE = {"narva-metal:delay_months": 6.0}


class InventedCoefficients(Coefficients):
    """Coefficients with one ore, of which a fifth is NdPr oxide."""

    @cached_property
    def assay(self) -> dict[str, dict[str, float]]:
        """Returns the oxides in the ore."""
        return {"feed:MOUNT_WELD": {**dict.fromkeys(ELEMENTS, 0.0), **ASSAY}}


def series(**changes: float) -> Series:
    """Returns the series of a draw.

    Args:
        **changes: Other prices of metal paid in China, by element.
    """
    paid = {**PRICES["traded"], **{f"met_{element}:CN": price for element, price in changes.items()}}
    return {
        "traded": {name: [price] * 12 for name, price in paid.items()},
        "quote": {name: [price] * 12 for name, price in PRICES["quote"].items()},
        "licences": {name: [files] * 12 for name, files in LICENCES.items()},
        "flows": {name: [mass] for name, mass in FLOWS.items()},
        "capacity_value": {name: [value] for name, value in CAPACITIES.items()},
        "plants": {name: [months] for name, months in LATE.items()},
    }


def draws(run: str, by_point: dict[int, Series]) -> DrawSet:
    """Returns draws of a run; in all of them a clause delays the metal plant."""
    clauses = {"narva-metal": "a62-1-a"}
    made = [replace(kept(point, MONTHS, each), clauses=clauses) for point, each in by_point.items()]
    return set_of(run, Design(2, 0), made, {})


def priced(each: Series | None = None) -> Priced:
    """Returns one draw of 2028 with invented coefficients."""
    made = draws("invented", {0: each or series()})
    coefficients = InventedCoefficients(Figures().with_values(FIGURES))
    return Priced(DrawYear(made, 0, "2028"), coefficients, MIX)
