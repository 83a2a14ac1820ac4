"""The least cost of one firm in one scenario as a linear programme with named quantities, solved by HiGHS through SciPy.

Feed and metal are two balances here; the program takes one tonne after the other instead.
"""

from __future__ import annotations

from collections.abc import Collection

from scipy.optimize import linprog

from coercivity.ministry.strategy.model import Lever, Scenario, StrategyFirm

# china, other, own, toll, lost, contract ore, spot ore, scrap, long contract, stock
NAMES = ("china", "other", "own", "toll", "lost", "ore", "spot", "scrap", "long", "stock")


def least(firm: StrategyFirm, row: Scenario, on: Collection[Lever], stock_price: float) -> float:
    """Returns the least cost [1000 USD]."""
    need, loss = float(firm.need_t), float(firm.loss)
    ore_t, cut = float(firm.ore_t or 0) * ("ore" in on), float(firm.resale_cut or 0)
    long_t = need * float(firm.contract_share or 0) * ("contracts" in on)
    stock_t = float(firm.stock_t or 0) * ("stock" in on)
    stop = row.stops == "yes" or (row.stops is None and row.cn_share == 0)
    resale = float(row.ore_price) * (1 - cut)
    cost = {
        "china": float(row.cn_price), "other": float(row.row_price), "own": float(firm.own_cost or 0),
        "toll": float(row.toll_price), "lost": loss, "ore": resale, "spot": float(row.ore_price),
        "scrap": float(row.scrap_price or 0), "long": 0.0, "stock": stock_price,
    }  # fmt: skip
    most = {
        "china": float(row.cn_share) * need, "other": float(row.row_share) * need,
        "own": float(firm.own_cap_t or 0) * float(row.own_share or 0) * ("processing" in on),
        "toll": float(row.toll_share) * need, "lost": need, "ore": ore_t,
        "spot": float(row.spot_ore_share) * need, "scrap": float(firm.scrap_t or 0) * ("recycling" in on),
        "long": long_t, "stock": stock_t * stop,
    }  # fmt: skip
    metal = [float(name in ("china", "other", "own", "toll", "lost", "long", "stock")) for name in NAMES]
    plants, ores = ("own", "toll"), ("ore", "spot", "scrap")
    feed = [(name in plants) / float(row.metal_yield) - float(name in ores) for name in NAMES]
    found = linprog(
        [cost[name] for name in NAMES],
        A_eq=[metal, feed],
        b_eq=[need, 0.0],
        bounds=[(0.0, most[name]) for name in NAMES],
        method="highs",
    )
    assert found.status == 0
    fixed = float(firm.own_fixed or 0) * ("processing" in on) + float(firm.rec_fixed or 0) * ("recycling" in on)
    fixed += ore_t * float(firm.ore_contract_price or 0) - ore_t * resale
    fixed += long_t * float(firm.contract_price or 0) + stock_t * float(firm.stock_holding or 0)
    return float(found.fun) + fixed
