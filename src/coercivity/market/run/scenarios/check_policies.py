"""Checks of the policies of a scenario, along the chain of files; every error with its line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import TypeVar

from coercivity.base.errors import Faults
from coercivity.base.months import month_text
from coercivity.data.textyaml import TextMap
from coercivity.market.inputs.coefficients import CHINA, LIGHT, USING
from coercivity.market.inputs.figures import Figures
from coercivity.market.run.scenarios.check import (
    GOODS,
    STAGES,
    check_published,
    check_span,
    known_name,
    mass_given,
    meet,
    price_given,
    share_given,
    valid_entries,
)
from coercivity.market.run.scenarios.form import OwnPlant
from coercivity.market.run.scenarios.parts import Announced
from coercivity.market.run.scenarios.policies import (
    USD_PER_KG,
    Delay,
    Mandate,
    Offtake,
    PriceFloor,
    ScrapBan,
    Stockpile,
    Support,
)

FLOOR_KINDS = ("contract_for_difference", "border")
MANDATED = ("NdPr", "Dy", "Tb")
MOST_DELAY = 240
RUNNING = ("operating", "ramping")
Files = Sequence[tuple[TextMap, str]]
EntryT = TypeVar("EntryT", PriceFloor, Stockpile, Mandate, ScrapBan, Delay, Offtake, Support)


@lru_cache(maxsize=1)
def _packed_plants() -> Mapping[str, str]:
    """Returns the status of each plant in the table."""
    return {key: row["status_2026_10"] for key, row in sorted(Figures().rows("plants").items())}


def check_policies(contents: Files, capacities: frozenset[str], faults: Faults) -> None:
    """Adds the errors in the policies of a scenario and of those that it inherits.

    Entries of the wrong form are left to the schema, contracts and projects to their own checks.

    Args:
        contents: Contents and labels of the files, the scenario itself last.
        capacities: Names of the capacities of the market.
        faults: Where they are added.
    """
    own = [plant.id for content, label in contents for plant, _ in valid_entries(content, label, "plants", OwnPlant)]
    floors: list[tuple[PriceFloor, str]] = []
    for content, label in contents:
        policies = content.get("policies")
        if not isinstance(policies, TextMap):
            continue
        for floor, where in _entries(policies, label, "price_floors", PriceFloor, faults):
            _floor(floor, where, capacities, faults)
            floors.append((floor, where))
        for stockpile, where in _entries(policies, label, "stockpiles", Stockpile, faults):
            _stockpile(stockpile, where, faults)
        for mandate, where in _entries(policies, label, "mandates", Mandate, faults):
            _mandate(mandate, where, faults)
        for ban, where in _entries(policies, label, "scrap_bans", ScrapBan, faults):
            known_name(ban.region, USING, "region", where, faults)
        for delay, where in valid_entries(policies, label, "delays", Delay):
            _delay(delay, where, own, faults)
        # Their months only: plants and amounts are the concern of projects.
        list(_entries(policies, label, "offtakes", Offtake, faults))
        list(_entries(policies, label, "support", Support, faults))
    _two_floors(floors, faults)


def _entries(
    policies: TextMap, label: str, name: str, model: type[EntryT], faults: Faults
) -> Iterator[tuple[EntryT, str]]:
    """Yields the valid entries of a list, after the check of their months."""
    for entry, where in valid_entries(policies, label, name, model):
        if isinstance(entry, Announced):
            check_span(entry, where, faults)
            check_published(entry, where, faults)
        yield entry, where


def _floor(floor: PriceFloor, where: str, capacities: frozenset[str], faults: Faults) -> None:
    known_name(floor.kind, FLOOR_KINDS, "kind", where, faults)
    known_name(floor.good, GOODS, "good", where, faults)
    known_name(floor.region, USING, "region", where, faults)
    _unit(floor.unit, where, faults)
    price_given(floor.price, "price", where, faults)
    share_given(floor.upside, "upside", where, faults)
    mass_given(floor.tonnes_a_year or 0.0, where, faults)
    if floor.kind == "border":
        if floor.tonnes_a_year is not None or floor.upside:
            what = f"border floor {floor.id[:60]!r} has tonnes_a_year or upside"
            faults.add("SCENARIO", what, where=where, next="remove them: the duty applies to every import")
    elif floor.good in GOODS and floor.region in USING and not _makers(floor.good, floor.region) & capacities:
        what = f"no producer of {floor.good} in {floor.region} to be paid"
        regions = sorted(region for region in USING if _makers(floor.good, region) & capacities)
        faults.add("SCENARIO", what, where=where, nearest=regions, next="choose one of these regions")


def _two_floors(floors: Sequence[tuple[PriceFloor, str]], faults: Faults) -> None:
    """Adds floors of one kind for all tonnes of one good in one region with months in common: both would pay."""
    seen: dict[tuple[str, str, str], list[tuple[PriceFloor, str]]] = {}
    for floor, where in floors:
        if floor.tonnes_a_year is not None:
            continue
        before = seen.setdefault((floor.kind, floor.good, floor.region), [])
        both = next(((other, at) for other, at in before if meet(floor, other) and other.id != floor.id), None)
        if both is not None:
            other, at = both
            what = f"floors {other.id[:60]!r}, at {at}, and {floor.id[:60]!r} are both for {floor.good[:60]} in "
            what += f"{floor.region[:60]} and have months in common"
            step = "give them other months, or limit one with tonnes_a_year"
            faults.add("SCENARIO", what, where=where, next=step if floor.kind != "border" else "give them other months")
        else:
            before.append((floor, where))


def _makers(good: str, region: str) -> frozenset[str]:
    """Returns the capacities that make a good in a region; in China separation and metal have no limit."""
    form, _, element = good.partition("_")
    if form == "mag":
        stages: tuple[str, ...] = ("magnet_smco",) if good == "mag_SmCo" else ("magnet", "magnet_ce")
    elif form == "met":
        stages = ("metal",) if element == "NdPr" else ("heavy_metal",)
    else:
        recovered = ("recycling",) if element in MANDATED else ()
        stages = ("sep_light" if element in LIGHT else "sep_heavy", *recovered)
    home = ("magnet_ce:CN",) if region == CHINA else ()
    return frozenset((*(f"{stage}:{region}" for stage in stages), *home))


def _stockpile(stockpile: Stockpile, where: str, faults: Faults) -> None:
    known_name(stockpile.good, GOODS, "good", where, faults)
    known_name(stockpile.region, USING, "region", where, faults)
    _unit(stockpile.unit, where, faults)
    price_given(stockpile.at_most, "at_most", where, faults)
    price_given(stockpile.release_above, "release_above", where, faults)
    for mass in (stockpile.buy_tonnes_a_month, stockpile.opening_tonnes, stockpile.release_tonnes_a_month):
        mass_given(mass, where, faults)
    name, first, last = stockpile.id[:60], stockpile.release_from, stockpile.release_to
    if first is None:
        if last is not None or stockpile.release_tonnes_a_month:
            what = f"stockpile {name!r} releases without release_from"
            faults.add("SCENARIO", what, where=where, next="give release_from, or remove the release")
        return
    if last is not None and last < first:
        what = f"the release of {name!r} ends in {month_text(last)}, before it begins in {month_text(first)}"
        faults.add("SCENARIO", what, where=where, next="give a later end")
    if not stockpile.release_tonnes_a_month:
        what = f"stockpile {name!r} has release_from, but no release_tonnes_a_month"
        faults.add("SCENARIO", what, where=where, next="give release_tonnes_a_month, or remove the release")
    bought_from = stockpile.first if stockpile.buy_tonnes_a_month > 0 else None
    if stockpile.opening_tonnes <= 0 and (bought_from is None or first <= bought_from):
        what = f"stockpile {name!r} releases from {month_text(first)}, while it is empty"
        faults.add("SCENARIO", what, where=where, next="give opening_tonnes, or a later release_from")
    if stockpile.buy_tonnes_a_month > 0 and stockpile.release_above < stockpile.at_most:
        what = f"release_above {stockpile.release_above:g} is below at_most {stockpile.at_most:g}"
        faults.add("SCENARIO", what, where=where, next="release at the price of purchase or above")


def _mandate(mandate: Mandate, where: str, faults: Faults) -> None:
    known_name(mandate.region, USING, "region", where, faults)
    known_name(mandate.element, MANDATED, "element", where, faults)
    share_given(mandate.share, "share", where, faults)
    if mandate.pay is not None:
        price_given(mandate.pay, "pay", where, faults)


def _delay(delay: Delay, where: str, own: Sequence[str], faults: Faults) -> None:
    if bool(delay.plant) == bool(delay.stage or delay.region):
        what = f"delay {delay.id[:60]!r} names {'both a plant and' if delay.plant else 'neither a plant nor'} a stage"
        faults.add("SCENARIO", what, where=where, next="give plant, or stage and region")
    elif delay.plant:
        known_name(delay.plant, (*own, *_packed_plants()), "plant", where, faults)
        if delay.plant not in own and _packed_plants().get(delay.plant) in RUNNING:
            what = f"plant {delay.plant!r} is {_packed_plants()[delay.plant]} already"
            faults.add("SCENARIO", what, where=where, next="delay a plant that has not started")
    elif not delay.stage or not delay.region:
        given, lacking = ("stage", "region") if delay.stage else ("region", "stage")
        what = f"delay {delay.id[:60]!r} names a {given} and no {lacking}"
        near = STAGES if lacking == "stage" else (*USING, "all")
        faults.add("SCENARIO", what, where=where, nearest=near, next=f"give a {lacking} too")
    else:
        known_name(delay.stage, STAGES, "stage", where, faults)
        known_name(delay.region, (*USING, "all"), "region", where, faults)
    if not 0 <= delay.months <= MOST_DELAY:
        what = f"a delay of {delay.months} months"
        faults.add("SCENARIO", what, where=where, next=f"give 0 to {MOST_DELAY} months")


def _unit(unit: str, where: str, faults: Faults) -> None:
    if unit != USD_PER_KG:
        currency, _, mass = unit.partition("/")
        how = {"EUR": "convert with the rate of the month", "CNY": "convert with the rate of the month, net of VAT"}
        step = how.get(currency.strip(), "convert")
        per = " and divide by 1,000" if mass.strip() in ("t", "mt", "tonne") else ""
        what = f"unit {unit[:30]!r} where {USD_PER_KG} is expected"
        faults.add("UNIT", what, where=where, nearest=[USD_PER_KG], next=f"{step}{per}, and write {USD_PER_KG}")
