"""From mine to magnet: the producing activities, with the capacities of the base year."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from coercivity.base.sums import total
from coercivity.market.inputs.base_flows import BaseFlows
from coercivity.market.inputs.coefficients import (
    ABROAD,
    CHINA,
    HEAVY,
    LIGHT,
    METALS,
    SURPLUS,
    TAGGED,
    Coefficients,
)
from coercivity.market.network.network import Activity, Good, GoodAmount

MONTHS = 12
CHINA_FREE, CHINA_BOUND = "free", "bound"
Capacities = dict[str, float]


def good(name: str, region: str, tag: str = CHINA_FREE) -> Good:
    """Returns a product with its tag: only outside China, and only for magnets and their materials."""
    return Good(name, region, tag if region != CHINA and name in TAGGED else "")


def tags(name: str, region: str) -> tuple[str, ...]:
    """Returns the tags of a product in a region."""
    return (CHINA_FREE, CHINA_BOUND) if region != CHINA and name in TAGGED else ("",)


def supply(coefficients: Coefficients, base: BaseFlows) -> tuple[list[Activity], Capacities]:
    """Returns mining, separation, reduction, production and recycling, with their capacities [t/month].

    Source: equations 6 and 7 of docs/market.md.
    """
    activities: list[Activity] = []
    limits: Capacities = {}
    for part in (_mines, _separation, _recycling, _metals, _magnets):
        found, room = part(coefficients, base)
        activities += found
        limits |= room
    return activities, limits


def _mines(coefficients: Coefficients, base: BaseFlows) -> tuple[list[Activity], Capacities]:
    """Returns mine output: each ore of a region up to its output in the base year."""
    found, limits = [], {}
    for (ore, region), yearly in sorted(base.mine().items()):
        name = f"mine:{ore.removeprefix('feed:')}:{region}"
        limits[name] = yearly / MONTHS
        given = (GoodAmount(Good(ore, region), 1.0),)
        found.append(Activity("mine", (ore, region), (), given, coefficients.mine_cost(ore), limits=((name, 1.0),)))
    return found, limits


def _separation(coefficients: Coefficients, base: BaseFlows) -> tuple[list[Activity], Capacities]:
    found: list[Activity] = []
    limits: Capacities = {}
    for (ore, region), yearly in sorted(base.separate().items()):
        cut = separate(coefficients, base, ore, region)
        if region != CHINA:
            name = f"sep_light:{region}"
            made = next(amount.mass for amount in cut.gives if amount.good.name == "ox_NdPr")
            limits[name] = limits.get(name, 0.0) + yearly / MONTHS * made
            limits.setdefault(f"sep_heavy:{region}", 0.0)
            cut = replace(cut, limits=((name, made),))
            found.append(refine(coefficients, ore, region))
        found.append(cut)
    for region in sorted({region for _, region in base.separate()}):
        elements = SURPLUS if region == CHINA else [e for e in SURPLUS if e in LIGHT]
        found += [entry for element in elements for entry in _finishing(coefficients, element, region)]
        limits |= {
            pile(element, region): base.oxides().get((f"ox_{element}", region), 0.0) / MONTHS for element in elements
        }
    return found, limits


def separate(coefficients: Coefficients, base: BaseFlows, ore: str, region: str) -> Activity:
    """Returns the light fraction of an ore; in China together with the medium and heavy elements."""
    home = region == CHINA
    assay = coefficients.assay[ore]
    out = {e: assay[e] * coefficients.recovery(e, region) * _taken_out(base, e, region) for e in (*LIGHT, *HEAVY)}
    gives = [GoodAmount(_raw(e, region, home), out[e]) for e in (*LIGHT, *HEAVY) if home or e in LIGHT]
    cost = coefficients.separation_cost(ore, region)
    if home:
        cost += coefficients.refining_cost(region) * total(out[e] for e in HEAVY if e not in SURPLUS)
    else:
        gives.append(GoodAmount(seg(ore, region), total(assay[e] for e in HEAVY)))
    return Activity("separate", (ore, region), (GoodAmount(Good(ore, region), 1.0),), tuple(gives), cost)


def _taken_out(base: BaseFlows, element: str, region: str) -> float:
    """Returns the share of a scarce element that is recovered.

    The balanced base year has a surplus of terbium although it is expensive: the assays are too rich in it. The model
    therefore recovers the quantity used.
    """
    if element in SURPLUS:
        return 1.0
    oxide = f"ox_{element}"
    left = base.surplus().get((oxide, region), 0.0)
    made = base.oxides().get((oxide, region), 0.0)
    return 1.0 - left / made if made else 1.0


def seg(ore: str, region: str) -> Good:
    """Returns the remainder of an ore after the light fraction."""
    return Good(f"seg:{ore.removeprefix('feed:')}", region)


def _raw(element: str, region: str, home: bool) -> Good:
    if element in SURPLUS and (home or element in LIGHT):
        return Good(f"raw_{element}", region)
    return good(f"ox_{element}", region)


def refine(coefficients: Coefficients, ore: str, region: str) -> Activity:
    """Returns the separation of the remainder of an ore after the light fraction, outside China."""
    assay = coefficients.assay[ore]
    whole = total(assay[e] for e in HEAVY)
    light_cut = coefficients.recovery("NdPr", region)
    out = {e: assay[e] / whole * coefficients.recovery(e, region) / light_cut for e in HEAVY}
    gives = tuple(GoodAmount(good(f"ox_{e}", region), out[e]) for e in HEAVY)
    limits = ((f"sep_heavy:{region}", out["Dy"] + out["Tb"]),)
    taken = (GoodAmount(seg(ore, region), 1.0),)
    return Activity("refine", (ore, region), taken, gives, coefficients.refining_cost(region), limits=limits)


def pile(element: str, region: str) -> str:
    """Returns the name of the capacity to take up a by-product that was put aside."""
    return f"pile:{element}:{region}"


def _finishing(coefficients: Coefficients, element: str, region: str) -> Iterator[Activity]:
    """Yields the finishing of surplus elements as oxide, their storage on a pile, and their return from it.

    Source: equation 75 of docs/market.md.
    """
    raw, oxide = Good(f"raw_{element}", region), good(f"ox_{element}", region)
    cost = coefficients.finishing_cost(element, region)
    yield Activity("finish", (element, region), (GoodAmount(raw, 1.0),), (GoodAmount(oxide, 1.0),), cost)
    yield Activity("aside", (element, region), (GoodAmount(raw, 1.0),), (), coefficients.aside_cost)
    back = coefficients.figures.assumption("retake_cost")
    limit = ((pile(element, region), 1.0),)
    yield Activity("retake", (element, region), (), (GoodAmount(raw, 1.0),), back, limits=limit)


def _recycling(coefficients: Coefficients, base: BaseFlows) -> tuple[list[Activity], Capacities]:
    """Returns the recycling of swarf of each grade to oxides in its region, within plant capacity.

    Plants of the base year received the same share of every grade's swarf, not only swarf rich in dysprosium.
    """
    found: list[Activity] = []
    limits: Capacities = {}
    back, made = base.recycled(), base.magnets()
    for region in sorted({region for _, region in made}):
        room = limits[f"recycling:{region}"] = back.get(("ox_NdPr", region), 0.0) / MONTHS
        grades = sorted(grade for grade, where in made if where == region and grade != "mag_SmCo")
        oxides = {grade: coefficients.swarf_oxide(grade, region) for grade in grades}
        fallen = total(made[grade, region] * oxides[grade]["NdPr"] for grade in grades)
        treated = {grade: room * made[grade, region] / fallen for grade in grades}
        oxides = {grade: _balanced(oxides, treated, grade, back, region) for grade in grades}
        for grade in grades:
            swarf = Good(f"swarf_{grade.removeprefix('mag_')}", region)
            gives = tuple(
                GoodAmount(good(f"ox_{e}", region, CHINA_BOUND), mass) for e, mass in sorted(oxides[grade].items())
            )
            cost = coefficients.figures.assumption("swarf_cost") * total(oxides[grade].values())
            drawn = [(f"recycling:{region}", oxides[grade]["NdPr"])]
            if room and "Dy" in oxides[grade]:
                limits[f"{swarf.name}:{region}"] = treated[grade]
                drawn.append((f"{swarf.name}:{region}", 1.0))
            took = (GoodAmount(swarf, 1.0),)
            found.append(Activity("recycle", (grade, region), took, gives, cost, limits=tuple(drawn)))
            found.append(Activity("aside", (swarf.name, region), (GoodAmount(swarf, 1.0),), (), 0.0))
    return found, limits


def _balanced(
    oxides: Mapping[str, Mapping[str, float]],
    treated: Mapping[str, float],
    grade: str,
    back: Mapping[tuple[str, str], float],
    region: str,
) -> dict[str, float]:
    """Returns the oxides from the swarf of a grade, scaled so that the base year gives its balanced quantities."""
    found = {}
    for element, mass in oxides[grade].items():
        whole = total(treated[g] * each.get(element, 0.0) for g, each in oxides.items())
        reported = back.get((f"ox_{element}", region), 0.0) / MONTHS
        found[element] = mass * reported / whole if whole and reported else mass
    return found


def _metals(coefficients: Coefficients, base: BaseFlows) -> tuple[list[Activity], Capacities]:
    found: list[Activity] = []
    limits: Capacities = {f"heavy_metal:{region}": 0.0 for region in ABROAD}
    for region in ("JP", "EUR", "SEA"):
        limits[f"heavy_metal:{region}"] = coefficients.figures.assumption(f"heavy_metal_capacity_{region.lower()}")
    for region in (CHINA, *ABROAD):
        made = base.metal().get(("met_NdPr", region), 0.0)
        if region != CHINA:
            limits[f"metal:{region}"] = made / MONTHS
        for element in METALS:
            if region != CHINA and (limits[f"metal:{region}"] if element == "NdPr" else True) == 0.0:
                continue
            name = f"metal:{region}" if element == "NdPr" else f"heavy_metal:{region}"
            for tag in tags(f"met_{element}", region):
                takes = (GoodAmount(good(f"ox_{element}", region, tag), coefficients.oxide_per_metal(element, region)),)
                gives = (GoodAmount(good(f"met_{element}", region, tag), 1.0),)
                limit = () if region == CHINA else ((name, 1.0),)
                key = (element, region, tag)
                found.append(
                    Activity("metal", key, takes, gives, coefficients.metal_cost(element, region), limits=limit)
                )
        found += [swap for tag in tags("met_Dy", region) for swap in _swaps(coefficients, region, tag)]
    return found, limits


def _swaps(coefficients: Coefficients, region: str, tag: str) -> Iterator[Activity]:
    """Yields the substitution of terbium for dysprosium, and the reverse at a loss."""
    dysprosium, terbium = good("met_Dy", region, tag), good("met_Tb", region, tag)
    stands = coefficients.figures.assumption("dysprosium_saved_by_terbium")
    takes = coefficients.figures.assumption("dysprosium_in_place_of_terbium")
    yield Activity("swap", ("Tb", region, tag), (GoodAmount(terbium, 1.0),), (GoodAmount(dysprosium, stands),), 0.0)
    yield Activity("swap", ("Dy", region, tag), (GoodAmount(dysprosium, takes),), (GoodAmount(terbium, 1.0),), 0.0)


def _magnets(coefficients: Coefficients, base: BaseFlows) -> tuple[list[Activity], Capacities]:
    found: list[Activity] = []
    limits: Capacities = {}
    for (grade, region), yearly in sorted(base.magnets().items()):
        family = "magnet_smco" if grade == "mag_SmCo" else "magnet"
        name = f"{family}:{region}"
        if region != CHINA:
            limits[name] = limits.get(name, 0.0) + yearly / MONTHS
            limits[f"more_{name}"] = limits[name] * spare(coefficients, family)
        found += [magnet(coefficients, grade, region, tag, name) for tag in tags(grade, region)]
        if region != CHINA:
            found += [magnet(coefficients, grade, region, tag, f"more_{name}") for tag in tags(grade, region)]
    limits["magnet_ce:CN"] = base.magnets()["mag_Ce", CHINA] / MONTHS
    return found, limits


def spare(coefficients: Coefficients, family: str) -> float:
    """Returns the spare capacity of producers outside China as a share of base-year output."""
    if family != "magnet":
        return coefficients.figures.assumption("smco_spare_capacity")
    used = total(float(row["value"]) for row in coefficients.figures.where("base_year", section="magnet", region="JP"))
    return coefficients.figures.value("plants", "japan-magnet", "capacity") / used - 1


def magnet(coefficients: Coefficients, grade: str, region: str, tag: str, limit: str) -> Activity:
    """Returns the production of a magnet; an end-use undertaking on the metal passes to the magnet."""
    need = coefficients.input(grade, region)
    takes = [_charge(coefficients, element, region, tag, mass) for element, mass in sorted(need.items())]
    gives = [GoodAmount(good(grade, region, tag), 1.0)]
    if grade != "mag_SmCo":
        gives.append(GoodAmount(Good(f"swarf_{grade.removeprefix('mag_')}", region), 1.0))
    limits = ((limit, 1.0),) if region != CHINA else (("magnet_ce:CN", 1.0),) if grade == "mag_Ce" else ()
    kind = "more_magnet" if limit.startswith("more_") else "magnet"
    cost = coefficients.magnet_cost(grade, region)
    return Activity(kind, (grade, region, tag), tuple(takes), tuple(gives), cost, limits=limits)


def _charge(coefficients: Coefficients, element: str, region: str, tag: str, mass: float) -> GoodAmount:
    """Returns the charge of the melt: metal; for cerium its oxide, as it is reduced in the melt."""
    if element == "Ce":
        return GoodAmount(good("ox_Ce", region), mass * coefficients.oxide_per_metal("Ce", region))
    return GoodAmount(good(f"met_{element}", region, tag), mass)
