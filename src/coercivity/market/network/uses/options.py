"""Substitution options of magnet uses: designs without, or with less of, a rare earth, that must be qualified first."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import NamedTuple

from coercivity.base.sums import total
from coercivity.market.inputs.coefficients import Coefficients
from coercivity.market.network.network import Activity, Good, GoodAmount, Recipe
from coercivity.market.network.uses.redesign import Prices, mix_price, used

_MONTHS_A_YEAR = 12
# Smaller options of a use are left out.
LEAST_SHARE = 0.005
# The traction motor and the small motors of cars are validated by car makers, all others by makers of machines.
_CHARGE = {
    "ev_traction": "qualification_cost_cars",
    "other_automotive": "qualification_cost_cars",
    "defence": "qualification_cost_defence",
}
# Grades with dysprosium or terbium.
_HEAVY_GRADES = ("mag_high", "mag_low")


class Saves(Enum):
    """What an option saves: all magnets of its devices, heavy rare earths, neodymium, or samarium-cobalt."""

    MAGNETS = "magnets"
    HEAVY = "heavy"
    NEODYMIUM = "neodymium"
    COBALT = "cobalt"


class Option(NamedTuple):
    """A substitution option, by rows of the table `substitution`.

    Attributes:
        most: Rows of its largest share of an end use of `base_year`, each with that end use; empty for the whole use.
        time: Row of the years until it can reach that share.
        saving: Row of the share saved of what it replaces; empty for all of it.
    """

    name: str
    most: tuple[tuple[str, str], ...]
    time: str
    saving: str
    saves: Saves


# Grain boundary diffusion (S025 to S028) is the drift of the first lean design (AS231). Options of one effect, cost and
# time are one: ferrite-assisted motors (S013 to S017) count as wound rotors, industrial motors as compressors. Left out
# as negligible: electrically excited direct drive (S046, 5 % of offshore wind), iron nitride and SmFeN (S064 to S070),
# and for defence the way from NdFeB to SmCo, which China controls as well.
OPTIONS: dict[str, tuple[Option, ...]] = {
    "ev_traction": (
        Option("wound-rotor", (("S005", ""), ("S017", "")), "S004", "S001", Saves.MAGNETS),
        Option("induction", (("S012", ""),), "S011", "S007", Saves.MAGNETS),
        Option("fine-grain", (("S030", ""),), "S031", "S029", Saves.HEAVY),
    ),
    "wind": (
        Option("geared", (("S038", "wind_onshore"),), "S037", "S035", Saves.MAGNETS),
        Option("medium-speed", (("S042", "wind_offshore"),), "S041", "S039", Saves.MAGNETS),
        Option("heavy-free", (("S049", "wind_offshore"),), "S048", "S047", Saves.HEAVY),
    ),
    "industry": (
        Option("ferrite", (("S053", "hvac_inverter_ac"), ("S055", "industrial_motors")), "S052", "S050", Saves.MAGNETS),
        Option("ferrite-bicycle", (("S020", "ebikes_two_wheelers"),), "S019", "S018", Saves.MAGNETS),
        Option("light-only", (("S024", "ebikes_two_wheelers"),), "S023", "S022", Saves.HEAVY),
    ),
    "electronics": (Option("cerium-rich", (("S060", ""),), "S059", "S057", Saves.NEODYMIUM),),
    "other_automotive": (Option("ferrite", (("S063", ""),), "S062", "S061", Saves.MAGNETS),),
    "defence": (Option("no-cobalt", (("S071", ""),), "S072", "", Saves.COBALT),),
}


def options(
    coefficients: Coefficients, prices: Prices, use: str, region: str, shares: Mapping[str, float], service: Good
) -> list[tuple[Activity, Recipe]]:
    """Returns the substitution options of a use in a region, with their time, largest share and cost.

    They come on top of the elasticities of equation 11 of docs/market.md. Those are responses of the short run, which
    by definition leave out a design that must be qualified first.

    Args:
        coefficients: Coefficients of the base year.
        prices: Prices of the base year [USD/kg].
        use: The use.
        region: Its region.
        shares: Share of each grade in its magnets.
        service: The product of its designs.

    Source: equation 72 of docs/market.md; table `substitution` of the market data set.
    """
    figures, found = coefficients.figures, []
    most = largest_shares(coefficients, use, region)
    price = mix_price(prices, use, region, shares)
    for option in OPTIONS[use]:
        saving = figures.value("substitution", option.saving) if option.saving else 1.0
        design, replaced, key = _design(option, use, shares, saving)
        if most[option.name] * replaced < LEAST_SHARE:
            continue
        cost = price - mix_price(prices, use, region, design) + replaced * figures.assumption(key)
        takes = tuple(GoodAmount(used(use, grade, region), share) for grade, share in sorted(design.items()) if share)
        activity = Activity("recipe", (use, region, option.name), takes, (GoodAmount(service, 1.0),), cost)
        months = figures.value("substitution", option.time) * _MONTHS_A_YEAR
        wait = round(months * figures.assumption("qualification_share"))
        recipe = Recipe(
            activity.name,
            use,
            region,
            most[option.name],
            speed=most[option.name] / (months - wait),
            wait=wait,
            charge=replaced * figures.assumption(_CHARGE.get(use, "qualification_cost_other")),
        )
        found.append((activity, recipe))
    return found


def largest_shares(coefficients: Coefficients, use: str, region: str) -> dict[str, float]:
    """Returns the largest share of each option in a use of a region.

    Options of one end use have at most the whole of it together, in proportion to their shares.
    """
    figures = coefficients.figures
    parts = end_uses(coefficients, use, region)
    asked = [
        (option.name, end_use, figures.value("substitution", row))
        for option in OPTIONS[use]
        for row, end_use in option.most
    ]
    found = dict.fromkeys((option.name for option in OPTIONS[use]), 0.0)
    for name, end_use, share in asked:
        whole = total(other for _, of, other in asked if of == end_use)
        part = parts.get(end_use, 0.0) if end_use else 1.0
        found[name] += part * share / max(whole, 1.0)
    return found


def end_uses(coefficients: Coefficients, use: str, region: str) -> dict[str, float]:
    """Returns the share of each end use of `base_year` in the magnets of a use in a region."""
    mass: dict[str, float] = {}
    for row in coefficients.figures.where("base_year", section="use", model_use=use, model_region=region):
        mass[row["end_use"]] = mass.get(row["end_use"], 0.0) + float(row["value"])
    whole = total(mass.values())
    return {name: part / whole for name, part in sorted(mass.items())} if whole else {}


def _design(
    option: Option, use: str, shares: Mapping[str, float], saving: float
) -> tuple[dict[str, float], float, str]:
    """Returns the grades that an option takes, the share of the magnets that it replaces, and the key of its cost."""
    design = dict(shares)
    if option.saves is Saves.MAGNETS:
        # Devices with samarium-cobalt magnets are others.
        kept = {grade: share if grade == "mag_SmCo" else share * (1 - saving) for grade, share in shares.items()}
        replaced = total(shares.values()) - total(kept.values())
        return kept, replaced, f"magnet_free_cost_{use}"
    if option.saves is Saves.NEODYMIUM:
        # Nearly all grades have the same neodymium; cerium goes into those without heavy rare earths.
        replaced = min(saving, shares.get("mag_none", 0.0))
        design["mag_none"] = shares.get("mag_none", 0.0) - replaced
        return design, replaced, f"magnet_free_cost_{use}"
    if option.saves is Saves.COBALT:
        replaced = design.pop("mag_SmCo", 0.0)
        design["mag_high"] = shares.get("mag_high", 0.0) + replaced
        return design, replaced, f"magnet_free_cost_{use}"
    replaced = saving * total(shares.get(grade, 0.0) for grade in _HEAVY_GRADES)
    for grade in _HEAVY_GRADES:
        design[grade] = shares.get(grade, 0.0) * (1 - saving)
    design["mag_none"] = shares.get("mag_none", 0.0) + replaced
    return design, replaced, "heavy_free_cost"
