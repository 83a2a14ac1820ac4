"""The columns of *Scenarios*, each from one draw; a price in USD/kg is the same in 1000 USD/t."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal

from coercivity.base.sums import total
from coercivity.market.inputs.coefficients import CHINA
from coercivity.ministry.strategy_market.metal import (
    ALL_ABROAD,
    BORDER_MINES,
    LICENSED,
    PLACE,
    Priced,
    by_region,
    mean_value,
    mine_price,
    ores_abroad,
    per_worth,
    separation_cost,
)

ColumnName = Literal[
    "cn_price", "cn_share", "row_price", "row_share", "ore_price", "spot_ore_share", "toll_price", "toll_share",
    "scrap_price", "own_share", "metal_yield", "magnet_price", "swarf_price", "outside_share", "recycled_share",
    "ore_reo_price", "processing_cost",
]  # fmt: skip
# Stages of own processing, and the dependence on China from which technology or equipment is asked for.
_OWN_STAGES, _LEAST_DEPENDENCE = ("metal", "sep_light", "sep_heavy"), 2
_FREIGHT = "AS003"  # sealed goods from China to Europe by sea


def cn_price(priced: Priced) -> float:
    """Returns what Chinese metal costs delivered: the price in China, unrefunded tax, freight, part of a licence."""
    kept = (1 - priced.assumed("contract_share")) * priced.assumed("exporter_licence_share")
    asked = priced.year.yearly("metal", "new") > 0

    def landed(element: str, block: Literal["quote", "traded"]) -> float:
        home = priced.year.mean(block, f"met_{element}:{CHINA}")
        return home * (1 + priced.assumed("china_vat")) + priced.assumed(_FREIGHT)

    def paid(element: str) -> float:
        scarce = 0.0
        if asked and element in LICENSED:
            abroad = priced.year.mean("quote", f"met_{element}:{ALL_ABROAD}")
            scarce = max(abroad - landed(element, "quote"), 0.0)
        return landed(element, "traded") + kept * scarce

    return priced.of_metal(paid)


def cn_share(priced: Priced) -> float:
    """Returns the licences granted for metal as a share of those applied for; 1 where none is needed."""
    new = priced.year.yearly("metal", "new")
    return min(priced.year.yearly("metal", "granted") / new, 1.0) if new else 1.0


def row_price(priced: Priced) -> float:
    """Returns the mean of what is paid for metal outside China."""
    return priced.of_metal(lambda element: priced.year.mean("traded", f"met_{element}:{ALL_ABROAD}"))


def outside_share(priced: Priced) -> float:
    """Returns metal made outside China as a share of the metal used there, of the scarcer of NdPr and Dy with Tb."""
    made, used = _metal_abroad(priced)
    return min(made[part] / used[part] if used[part] else 0.0 for part in used)


def row_share(priced: Priced) -> float:
    """Returns the part of the metal made outside China that is not under contracts."""
    return (1 - priced.assumed("contract_share")) * outside_share(priced)


def toll_share(priced: Priced) -> float:
    """Returns the metal that plants outside China could make besides, with capacity that is usually idle."""
    return priced.assumed("usual_idle_share") * outside_share(priced)


def ore_reo_price(priced: Priced) -> float:
    """Returns the price of ore outside China, by ores that are separated there [USD/kg REO]."""
    ores = ores_abroad(priced)
    whole = total(ores.values())
    return total(mass * mine_price(priced, ore) for ore, mass in ores.items()) / whole if whole else 0.0


def ore_price(priced: Priced) -> float:
    """Returns the price of ore by the metal contained, in proportion to the worth of its oxides."""
    return per_worth(priced, mine_price) * priced.of_metal(priced.oxide_worth)


def spot_ore_share(priced: Priced) -> float:
    """Returns metal in ore that is mined outside China and not under contracts, per tonne used outside China."""
    _, used = _metal_abroad(priced)
    held = dict.fromkeys(used, 0.0)
    for flow in priced.year.flows("mine"):
        if flow.origin in (CHINA, BORDER_MINES) or not flow.good.startswith("feed:"):
            continue
        for element in priced.mix:
            mass = flow.mass_t * priced.coefficients.assay[flow.good][element]
            part, weight = _part(priced, element)
            held[part] += weight * mass / priced.coefficients.oxide_of(element)
    scarcer = min(held[part] / used[part] if used[part] else 0.0 for part in used)
    return (1 - priced.assumed("contract_share")) * scarcer


def processing_cost(priced: Priced) -> float:
    """Returns the cost of separating ore and making metal outside China, without the value of capacity."""
    separating = per_worth(priced, separation_cost) * priced.of_metal(priced.oxide_worth) / priced.metal_yield
    return separating + priced.of_metal(lambda element: priced.coefficients.metal_cost(element, PLACE))


def toll_price(priced: Priced) -> float:
    """Returns what the market leaves for processing outside China: the quote of metal less the ore in it.

    The value of more capacity for metal and for separation is part of it.
    """
    metal = priced.of_metal(lambda element: priced.year.mean("quote", f"met_{element}:{ALL_ABROAD}"))
    return max(metal - ore_price(priced) / priced.metal_yield, 0.0)


def swarf_price(priced: Priced) -> float:
    """Returns the price of swarf by the metal contained: its oxides, less losses and the cost of treating it."""
    c, cost = priced.coefficients, priced.assumed("swarf_cost")
    back = c.figures.value("process_coefficients", "CO055")
    return max(priced.of_metal(lambda e: back * c.oxide_of(e) * (priced.oxide_price(e) - cost)), 0.0)


def scrap_price(priced: Priced) -> float:
    """Returns the price of scrap as a feed like ore: with its treatment, and without the separation that ore needs.

    Own and toll processing charge the separation of ore, which scrap does not need; the value of more capacity for
    recycling is not paid to those who sell scrap.
    """
    c = priced.coefficients
    treated = swarf_price(priced) + c.figures.value("process_coefficients", "CO055") * priced.assumed(
        "swarf_cost"
    ) * priced.of_metal(c.oxide_of)
    spared = per_worth(priced, separation_cost) * priced.of_metal(priced.oxide_worth)
    tonnes = by_region(priced, "recycle", lambda good: float(good == "ox_NdPr"))
    scarce = mean_value(priced, "eol_recycling", tonnes) * priced.of_metal(c.oxide_of)
    return max(treated - spared - scarce, 0.0)


def recycled_share(priced: Priced) -> float:
    """Returns metal in recycled oxides as a share of the metal used outside China, of the scarcer part."""
    _, used = _metal_abroad(priced)
    back = dict.fromkeys(used, 0.0)
    for element in priced.mix:
        part, weight = _part(priced, element)
        mass = priced.year.outside("recycle", f"ox_{element}")
        back[part] += weight * mass / priced.coefficients.oxide_of(element)
    return min(back[part] / used[part] if used[part] else 0.0 for part in used)


def own_share(priced: Priced) -> float:
    """Returns the part of own processing that can run where technology and its upkeep need Chinese licences.

    A plant that was to start with the year starts as late as others that China delays; where service is refused,
    capacity decays.
    """
    decided = priced.year.yearly("service", "granted") + priced.year.yearly("service", "refused")
    refused = priced.year.yearly("service", "refused") / decided if decided else 0.0
    decayed = 1 - priced.assumed("upkeep_decay") * priced.year.months_since("service")
    running = max(decayed, priced.assumed("least_upkeep"))
    late = min(priced.year.delay(_own_plants(priced)) / 12, 1.0)
    return (1 - late) * (1 - refused * (1 - running))


def metal_yield(priced: Priced) -> float:
    """Returns metal from a tonne contained in ore."""
    return priced.metal_yield


def magnet_price(priced: Priced) -> float:
    """Returns the mean of what is paid for magnets of electric motors outside China."""
    return priced.year.mean("traded", f"mag_high:{ALL_ABROAD}")


COLUMNS: Mapping[ColumnName, Callable[[Priced], float]] = {
    "cn_price": cn_price,
    "cn_share": cn_share,
    "row_price": row_price,
    "row_share": row_share,
    "ore_price": ore_price,
    "spot_ore_share": spot_ore_share,
    "toll_price": toll_price,
    "toll_share": toll_share,
    "scrap_price": scrap_price,
    "own_share": own_share,
    "metal_yield": metal_yield,
    "magnet_price": magnet_price,
    "swarf_price": swarf_price,
    "outside_share": outside_share,
    "recycled_share": recycled_share,
    "ore_reo_price": ore_reo_price,
    "processing_cost": processing_cost,
}


def _part(priced: Priced, element: str) -> tuple[str, float]:
    """Returns whether an element is light or heavy, and its weight there: terbium does the work of more dysprosium."""
    if element == "Tb":
        return "heavy", priced.assumed("dysprosium_saved_by_terbium")
    return ("heavy" if element in LICENSED else "light"), 1.0


def _metal_abroad(priced: Priced) -> tuple[dict[str, float], dict[str, float]]:
    """Returns metal made outside China, and metal used there, by light and heavy [t]."""
    made, used = {"light": 0.0, "heavy": 0.0}, {"light": 0.0, "heavy": 0.0}
    for element in priced.mix:
        part, weight = _part(priced, element)
        here = weight * priced.year.outside("metal", f"met_{element}")
        shipped = total(
            flow.mass_t
            for flow in priced.year.flows("ship")
            if flow.good == f"met_{element}" and flow.origin == CHINA and flow.destination != CHINA
        )
        made[part] += here
        used[part] += here + weight * shipped
    return made, used


def _own_plants(priced: Priced) -> frozenset[str]:
    """Returns plants outside China that do what own processing does and depend on Chinese technology or equipment."""
    return frozenset(
        plant
        for plant, row in priced.coefficients.figures.rows("plants").items()
        if row["model_stage"] in _OWN_STAGES
        and row["model_region"] != CHINA
        and float(row["chinese_dependence_0_3"] or 0) >= _LEAST_DEPENDENCE
    )
