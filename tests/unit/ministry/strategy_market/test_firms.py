"""Sizes and costs of the three firms, against the rows of the packs and numbers worked out by hand."""

from __future__ import annotations

import pytest

from coercivity.market.inputs.coefficients import Coefficients
from coercivity.market.inputs.figures import Figures
from coercivity.ministry.strategy.model import StrategyFirm
from coercivity.ministry.strategy_market.book import note_words
from coercivity.ministry.strategy_market.columns import COLUMNS, ColumnName
from coercivity.ministry.strategy_market.firms import market_firms

MEAN: dict[ColumnName, float] = {
    **dict.fromkeys(COLUMNS, 0.0), "cn_price": 120.0, "row_price": 118.0, "ore_price": 60.0, "metal_yield": 0.8,
    "magnet_price": 62.0, "swarf_price": 90.0, "outside_share": 0.3, "recycled_share": 0.08, "ore_reo_price": 10.0,
    "processing_cost": 74.0,
}  # fmt: skip
# NdPr, Dy and Tb in the magnet, and what of the alloy becomes finished magnets.
CONTENT, FINISHED = (0.2827, 0.0225, 0.00324), 0.9 * 0.72
WHOLE = CONTENT[0] + CONTENT[1] + CONTENT[2]
PER_MAGNET = WHOLE / FINISHED
ANNUITY = 0.12 / (1 - 1.12**-15)


def firms() -> dict[str, StrategyFirm]:
    """Returns the firms by name."""
    return {firm.firm: firm for firm in market_firms(Coefficients(Figures()), MEAN)}


def near(figure: object, value: float) -> None:
    """Checks a figure of the workbook, which has four decimals."""
    assert float(figure) == pytest.approx(value, abs=6e-5)  # type: ignore[arg-type] # a fraction


def test_needs() -> None:
    light, heavy = CONTENT[0] / WHOLE, 1 - CONTENT[0] / WHOLE
    tb = CONTENT[2] / WHOLE
    oxide = light * 1.25 + (heavy - tb) * 1.14768 / 0.95 + tb * 1.17617 / 0.95
    near(firms()["magnet maker"].need_t, 2000 * PER_MAGNET)
    near(firms()["car maker"].need_t, 2000 * PER_MAGNET)
    near(firms()["recycler"].need_t, 400 / oxide)


def test_losses() -> None:
    near(firms()["magnet maker"].loss, 62 / PER_MAGNET + (1 - FINISHED) * 90)
    near(firms()["car maker"].loss, 4000 * 0.4 / (2 * PER_MAGNET))
    near(firms()["recycler"].loss, 118)


def test_levers() -> None:
    firm = firms()["car maker"]
    need = 2000 * PER_MAGNET
    near(firm.ore_t, need / 0.8)
    near(firm.ore_contract_price, 60)
    near(firm.resale_cut, 0.15 / 0.575 / 10)
    near(firm.own_cost, 74)
    near(firm.scrap_t, need * 0.08)
    near(firm.contract_share, 0.7 * 0.3)
    near(firm.contract_price, 118)
    near(firm.stock_t, need / 12)
    near(firm.stock_holding, 0.09 * 120 + 12 * (0.03 + 0.0005 * 120))
    near(firm.stock_price, 120)


def test_fixed_costs_are_annuities() -> None:
    firm, whole = firms()["magnet maker"], WHOLE
    parts = (CONTENT[0] * 1.25, CONTENT[1] * 1.14768 / 0.95, CONTENT[2] * 1.17617 / 0.95)
    oxide = (parts[0] + parts[1] + parts[2]) / whole
    separation = (parts[0] * 75 + (parts[1] + parts[2]) * 500) / whole / oxide
    assert float(firm.own_fixed or 0) == pytest.approx(ANNUITY * (oxide * separation + 25) * 2000 * PER_MAGNET)
    swarf = (1 - FINISHED) * 2000 * PER_MAGNET
    back = 0.92 * (CONTENT[0] * 1.17655 + CONTENT[1] * 1.14768 + CONTENT[2] * 1.17617) / whole
    assert float(firm.rec_fixed or 0) == pytest.approx(ANNUITY * (140 - separation) * swarf * back, rel=1e-6)


def test_the_notes_name_every_row_that_is_read() -> None:
    coefficients = Coefficients(Figures())
    market_firms(coefficients, MEAN)
    content = {"base_year", "process_coefficients:CO197", "process_coefficients:CO198", "process_coefficients:CO199"}
    content |= {"process_coefficients:CO208"}  # the note on metal names what magnets contain
    read = {name for name in coefficients.figures.taken if not {name, name.split(":")[0]} & content}
    assert read == {row for entry in note_words()["firms"].values() for row in entry["rows"]}
