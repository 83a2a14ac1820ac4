"""Checks of a scenario file against the market: names, shares, units, periods; every error with its line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

from coercivity.base.errors import Faults, nearest
from coercivity.base.months import month_text
from coercivity.data.schema import Strict, parse_as
from coercivity.data.textyaml import TextMap, line_of
from coercivity.market.inputs.coefficients import ABROAD, ELEMENTS, MAGNETS, METALS, REGIONS, USES, USING
from coercivity.market.program.grid import planning_grid
from coercivity.market.run.scenarios.form import (
    PER_YEAR,
    Demanded,
    DemandShift,
    Duty,
    GridAsked,
    OwnPlant,
    Quota,
    Shock,
)
from coercivity.market.run.scenarios.parts import MonthSpan, number_of

GOODS = (*(f"ox_{e}" for e in ELEMENTS), *(f"met_{e}" for e in METALS), *MAGNETS)
MOST_COVER = 10.0
STAGES = ("magnet", "magnet_smco", "metal", "sep_light", "sep_heavy", "recycling")


def check(content: TextMap, label: str, capacities: frozenset[str], faults: Faults) -> None:
    """Adds the errors in names, shares, units and periods of a scenario file.

    Entries of the wrong form are left to the schema, so that one error does not hide the others.
    """
    uses = (*USES, *(f"nonmagnet_{e}" for e in ELEMENTS))
    _behaviour(content, label, faults)
    for shock, where in valid_entries(content, label, "shocks", Shock):
        _known(shock.capacity, capacities, "capacity", where, faults)
        _share(shock.share, "share", where, faults)
        _span(shock, where, faults)
    for quota, where in valid_entries(content, label, "quotas", Quota):
        _goods(quota.goods, where, faults)
        _known(quota.origin, REGIONS, "origin", where, faults)
        _mass(quota.tonnes_a_month, where, faults)
        _span(quota, where, faults)
    for duty, where in valid_entries(content, label, "duties", Duty):
        _goods(duty.goods, where, faults)
        _share(duty.share, "share", where, faults, most=5.0)
        _span(duty, where, faults)
    for shift, where in valid_entries(content, label, "demand", DemandShift):
        _known(shift.use, uses, "use", where, faults)
        _known(shift.region, (*USING, "all"), "region", where, faults)
        _share(shift.share, "share", where, faults, most=10.0)
        _span(shift, where, faults)
    for plant, where in valid_entries(content, label, "plants", OwnPlant):
        _plant(plant, where, faults)
    for wanted, where in valid_entries(content, label, "require", Demanded):
        _demanded(wanted, where, uses, faults)
        _span(wanted, where, faults)


def check_names(contents: Sequence[tuple[TextMap, str]], faults: Faults) -> None:
    """Adds the names that two quotas, plants or requirements of a scenario and of those it inherits share.

    Args:
        contents: Contents and labels of the files, the scenario itself last.
        faults: Where they are added.
    """
    for kind, field in (("quotas", "name"), ("plants", "id"), ("require", "name")):
        seen: dict[str, str] = {}
        for content, label in contents:
            entries = content.get(kind)
            for entry in entries if isinstance(entries, list) else ():
                name = entry.get(field) if isinstance(entry, TextMap) else None
                if not isinstance(name, str) or not name:
                    continue
                where = f"{label}:{entry.line}"
                if name in seen:
                    what = f"{kind}: {field} {name[:60]!r} is that of another entry, at {seen[name]}"
                    faults.add("SCENARIO", what, where=where, next="give each entry a name of its own")
                seen.setdefault(name, where)


def _behaviour(content: TextMap, label: str, faults: Faults) -> None:
    """Adds the errors in the planning grid and the cover."""
    behaviour = content.get("behaviour")
    if not isinstance(behaviour, TextMap):
        return
    asked = parse_as(GridAsked, behaviour.get("planning_grid"), name=label, faults=Faults())
    if asked is not None:
        with faults.kept():
            planning_grid(asked.periods, asked.months, where=f"{label}:{line_of(behaviour, ('planning_grid',))}")
    try:
        cover = number_of(behaviour.get("cover", "1"))
    except ValueError:
        return
    _share(cover, "cover", f"{label}:{line_of(behaviour, ('cover',))}", faults, most=MOST_COVER)


EntryT = TypeVar("EntryT", bound=Strict)


def valid_entries(content: TextMap, label: str, name: str, model: type[EntryT]) -> Iterator[tuple[EntryT, str]]:
    """Yields the entries of a list that have the right form, each with file and line.

    Args:
        content: The mapping that has the list.
        label: Name of the file.
        name: Key of the list.
        model: Form of an entry.
    """
    entries = content.get(name)
    for entry in entries if isinstance(entries, list) else ():
        read = parse_as(model, entry, name=label, faults=Faults())
        if read is not None:
            yield read, f"{label}:{getattr(entry, 'line', None) or content.key_lines.get(name, 1)}"


def _span(entry: MonthSpan, where: str, faults: Faults) -> None:
    if entry.last < entry.first:
        what = f"the end {month_text(entry.last)} is before the start {month_text(entry.first)}"
        faults.add("SCENARIO", what, where=where, next="give a later end")


def _plant(plant: OwnPlant, where: str, faults: Faults) -> None:
    _known(plant.region, ABROAD, "region", where, faults)
    _known(plant.stage, STAGES, "stage", where, faults)
    _mass(plant.capacity, where, faults)
    if plant.unit not in PER_YEAR:
        what = f"unit {plant.unit[:30]!r} is not a unit of capacity"
        near = nearest(plant.unit, PER_YEAR) or tuple(PER_YEAR)
        faults.add("UNIT", what, where=where, nearest=near, next="use t/yr, t/month or kg/yr")


def _demanded(wanted: Demanded, where: str, uses: tuple[str, ...], faults: Faults) -> None:
    if bool(wanted.use) == bool(wanted.good):
        what = f"{wanted.name!r} has {'both a use and' if wanted.use else 'neither a use nor'} a good"
        faults.add("SCENARIO", what, where=where, next="give use and region, or good, origin and destination")
    elif wanted.use:
        _known(wanted.use, uses, "use", where, faults)
        _known(wanted.region, USING, "region", where, faults)
        _share(wanted.share, "share", where, faults)
    else:
        _goods([wanted.good], where, faults)
        _known(wanted.origin, REGIONS, "origin", where, faults)
        _known(wanted.destination, REGIONS, "destination", where, faults)
        _mass(wanted.tonnes_a_month, where, faults)


def _known(name: str, known: frozenset[str] | tuple[str, ...], what: str, where: str, faults: Faults) -> None:
    if name not in known:
        near = nearest(name, known)
        faults.add(
            "SCENARIO-NAME",
            f"{what} {name[:60]!r} not found",
            where=where,
            nearest=near,
            next=f"use {'an' if what == 'origin' else 'a'} {what} of the model",
        )


def _goods(names: list[str], where: str, faults: Faults) -> None:
    for name in names:
        _known(name, GOODS, "good", where, faults)


def _share(value: float, what: str, where: str, faults: Faults, most: float = 1.0) -> None:
    if not 0 <= value <= most:
        faults.add(
            "SHARE", f"{what} {value:g} is not between 0 and {most:g}", where=where, next="write a share: 0.25 is 25 %"
        )


def _mass(value: float, where: str, faults: Faults) -> None:
    if value < 0 or value > 1e9:
        faults.add("MASS", f"{value:g} is not a valid quantity", where=where, next="give tonnes, 0 or more")
