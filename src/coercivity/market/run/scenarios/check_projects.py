"""Checks of a scenario's money and offtakes for projects, along the chain of files; every error with its line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from coercivity.base.errors import Faults, nearest
from coercivity.base.months import month_text
from coercivity.data.textyaml import TextMap
from coercivity.market.inputs.figures import Figures
from coercivity.market.run.industry.money import GRANT, LOAN, investments
from coercivity.market.run.scenarios.check import valid_entries
from coercivity.market.run.scenarios.form import OwnPlant
from coercivity.market.run.scenarios.policies import MILLION_USD, USD_PER_KG, Offtake, Support

KINDS = (GRANT, LOAN)
Files = Sequence[tuple[TextMap, str]]


@lru_cache(maxsize=1)
def _packed() -> Mapping[str, float]:
    """Returns the investment of each plant in the table [M USD]; without end where it has no capacity."""
    figures = Figures()
    return dict.fromkeys(figures.rows("plants"), float("inf")) | investments(figures)


def check_projects(contents: Files, faults: Faults) -> None:
    """Adds the errors in the plants of a scenario, and in its money and offtakes for projects.

    Entries of the wrong form are left to the schema.

    Args:
        contents: Contents and labels of the files, the scenario itself last.
        faults: Where they are added.
    """
    own = set()
    for content, label in contents:
        for plant, where in valid_entries(content, label, "plants", OwnPlant):
            own.add(plant.id)
            if plant.decided is not None and plant.decided > plant.start:
                what = f"plant {plant.id[:60]!r} starts in {month_text(plant.start)}, before it is decided"
                faults.add("SCENARIO", what, where=where, next="give a later start, or an earlier decision")
    # The table of plants is read only for a scenario that names some.
    named = [(each, where) for policies, label in _policies(contents) for each, where in _named(policies, label)]
    granted: dict[tuple[str, str], float] = {}
    for each, where in named:
        if each.plant not in own and each.plant not in _packed():
            known = (*sorted(own), *_packed())
            what = f"plant {each.plant[:60]!r} not found"
            near = nearest(each.plant, known)
            faults.add(
                "SCENARIO-NAME", what, where=where, nearest=near, next="use a plant of the table or the scenario"
            )
        if isinstance(each, Offtake):
            _offtake(each, where, faults)
        else:
            _support(each, where, granted, faults)


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
    for amount, what in ((each.tonnes_a_year, "tonnes a year"), (each.price, "price")):
        if amount <= 0:
            faults.add(
                "MASS", f"{what} of {amount:g} in offtake {each.id[:60]!r}", where=where, next="give more than 0"
            )


def _support(each: Support, where: str, granted: dict[tuple[str, str], float], faults: Faults) -> None:
    _unit(each.unit, MILLION_USD, where, faults)
    if each.kind not in KINDS:
        what = f"kind of support {each.kind[:60]!r} not found"
        faults.add("SCENARIO-NAME", what, where=where, nearest=nearest(each.kind, KINDS), next="use grant or loan")
    if not 0 <= each.rate <= 1:
        faults.add(
            "SHARE", f"rate {each.rate:g} is not between 0 and 1", where=where, next="write a share: 0.05 is 5 %"
        )
    if each.amount <= 0:
        faults.add("MASS", f"amount of {each.amount:g} in support {each.id[:60]!r}", where=where, next="give M USD")
    key = (each.plant, each.kind)
    granted[key] = granted.get(key, 0.0) + max(each.amount, 0.0)
    most = _packed().get(each.plant)
    if most is not None and granted[key] > most and each.unit == MILLION_USD:
        what = (
            f"{each.kind}s of {granted[key]:,.0f} M USD for {each.plant!r} exceed its investment of {most:,.0f} M USD"
        )
        faults.add("SCENARIO", what, where=where, next="give less, or divide it among the plants of the site")


def _unit(unit: str, wanted: str, where: str, faults: Faults) -> None:
    if unit != wanted:
        faults.add("UNIT", f"unit {unit[:30]!r} where {wanted} is expected", where=where, next=f"convert to {wanted}")
