"""Checks of a scenario's money and offtakes for projects, along the chain of files; every error with its line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from coercivity.base.errors import Faults, nearest
from coercivity.base.months import month_text
from coercivity.data.textyaml import TextMap
from coercivity.market.inputs.figures import Figures
from coercivity.market.run.industry.money import GRANT, LOAN, investments
from coercivity.market.run.scenarios.check import MOST_MASS, MOST_PRICE, SLACK, AtOnce, valid_entries
from coercivity.market.run.scenarios.form import PER_YEAR, OwnPlant
from coercivity.market.run.scenarios.policies import MILLION_USD, USD_PER_KG, Offtake, Support

KINDS = (GRANT, LOAN)
MOST_MONEY = 1e6  # [M USD]
MOST_NEAREST = 100
Files = Sequence[tuple[TextMap, str]]


@lru_cache(maxsize=1)
def _packed() -> Mapping[str, float]:
    """Returns the investment of each plant in the table [M USD]; without end where it has no capacity."""
    figures = Figures()
    return dict.fromkeys(figures.rows("plants"), float("inf")) | investments(figures)


@lru_cache(maxsize=1)
def _capacities() -> Mapping[str, float]:
    """Returns the capacity of each plant in the table that has one in tonnes [t/yr]."""
    rows = Figures().rows("plants")
    return {key: float(row["capacity"]) for key, row in rows.items() if row["capacity"] and row["unit"] == "t/yr"}


def check_projects(contents: Files, faults: Faults) -> None:
    """Adds the errors in the plants of a scenario, and in its money and offtakes for projects.

    Entries of the wrong form are left to the schema.

    Args:
        contents: Contents and labels of the files, the scenario itself last.
        faults: Where they are added.
    """
    own: dict[str, float] = {}
    for content, label in contents:
        for plant, where in valid_entries(content, label, "plants", OwnPlant):
            own[plant.id] = plant.capacity * PER_YEAR.get(plant.unit, 0.0)
            if plant.id in _packed():
                what = f"plants: id {plant.id[:60]!r} is that of a plant of the data set"
                faults.add("SCENARIO", what, where=where, next="give it an id of its own")
            if plant.decided is not None and plant.decided > plant.start:
                what = f"plant {plant.id[:60]!r} starts in {month_text(plant.start)}, before it is decided"
                faults.add("SCENARIO", what, where=where, next="give a later start, or an earlier decision")
    # The table of plants is read only for a scenario that names some.
    named = [(each, where) for policies, label in _policies(contents) for each, where in _named(policies, label)]
    unknown = 0
    given: dict[str, AtOnce] = {}
    taken: dict[str, AtOnce] = {}
    for each, where in named:
        if each.plant not in own and each.plant not in _packed():
            known = (*sorted(own), *_packed())
            what = f"plant {each.plant[:60]!r} not found"
            # The nearest of many names takes time.
            unknown += 1
            near = nearest(each.plant[:60], known) if unknown <= MOST_NEAREST else ()
            faults.add(
                "SCENARIO-NAME", what, where=where, nearest=near, next="use a plant of the table or the scenario"
            )
        if isinstance(each, Offtake):
            _offtake(each, where, faults)
            _output(each, where, taken.setdefault(each.plant, AtOnce()), own, faults)
        else:
            _support(each, where, given.setdefault(each.plant, AtOnce()), faults)


def _policies(contents: Files) -> Iterator[tuple[TextMap, str]]:
    for content, label in contents:
        policies = content.get("policies")
        if isinstance(policies, TextMap):
            yield policies, label


def _named(policies: TextMap, label: str) -> Iterator[tuple[Support | Offtake, str]]:
    yield from valid_entries(policies, label, "support", Support)
    yield from valid_entries(policies, label, "offtakes", Offtake)


def _offtake(each: Offtake, where: str, faults: Faults) -> None:
    _unit(each.unit, USD_PER_KG, where, faults)
    for amount, what, most in (
        (each.tonnes_a_year, "tonnes a year", MOST_MASS),
        (each.price, "price", MOST_PRICE),
    ):
        if not 0 < amount <= most:
            step = "give more than 0" if amount <= 0 else f"give {most:,.0f} at most"
            faults.add("MASS", f"{what} of {amount:g} in offtake {each.id[:60]!r}", where=where, next=step)


def _output(each: Offtake, where: str, taken: AtOnce, own: Mapping[str, float], faults: Faults) -> None:
    """Adds an offtake above what its plant can make, together with the others of the same months."""
    capacity = own.get(each.plant, _capacities().get(each.plant))
    if capacity is None or not 0 < each.tonnes_a_year <= MOST_MASS:
        return
    most = taken.with_more(each, each.tonnes_a_year, capacity)
    if most > capacity * (1 + SLACK):
        others = f", {most:,.0f} t with the others of these months" if most > each.tonnes_a_year else ""
        what = (
            f"offtake {each.id[:60]!r} takes {each.tonnes_a_year:,.0f} t a year{others}; "
            f"{each.plant!r} makes {capacity:,.0f} t"
        )
        faults.add("SCENARIO", what, where=where, next="lower the quantity to the capacity of the plant")


def _support(each: Support, where: str, given: AtOnce, faults: Faults) -> None:
    _unit(each.unit, MILLION_USD, where, faults)
    if each.kind not in KINDS:
        what = f"kind of support {each.kind[:60]!r} not found"
        faults.add("SCENARIO-NAME", what, where=where, nearest=nearest(each.kind, KINDS), next="use grant or loan")
    if not 0 <= each.rate <= 1:
        faults.add(
            "SHARE", f"rate {each.rate:g} is not between 0 and 1", where=where, next="write a share: 0.05 is 5 %"
        )
    if each.kind == GRANT and each.rate:
        what = f"grant {each.id[:60]!r} has a rate of {each.rate:g}"
        faults.add("SCENARIO", what, where=where, next="remove the rate, or make it a loan")
    if not 0 < each.amount <= MOST_MONEY:
        step = "give M USD, more than 0" if each.amount <= 0 else f"give M USD, {MOST_MONEY:,.0f} at most"
        faults.add("MASS", f"amount of {each.amount:g} in support {each.id[:60]!r}", where=where, next=step)
        return
    most = _packed().get(each.plant)
    if most is None or each.unit != MILLION_USD:
        return
    whole = given.with_more(each, each.amount, most)
    if whole > most * (1 + SLACK):
        what = f"grants and loans of {whole:,.0f} M USD for {each.plant!r} exceed its investment of {most:,.0f} M USD"
        faults.add("SCENARIO", what, where=where, next="give less, or divide it among the plants of the site")


def _unit(unit: str, wanted: str, where: str, faults: Faults) -> None:
    if unit != wanted:
        faults.add("UNIT", f"unit {unit[:30]!r} where {wanted} is expected", where=where, next=f"convert to {wanted}")
