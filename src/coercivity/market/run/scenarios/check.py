"""Checks of a scenario file against the market: names, shares, units, periods; every error with its line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from functools import lru_cache
from typing import TypeVar

from coercivity.base.errors import Faults, brief_value, nearest
from coercivity.base.months import month_text
from coercivity.base.words import steers
from coercivity.data.schema import Strict, parse_as
from coercivity.data.textyaml import TextMap, line_of
from coercivity.market.inputs.coefficients import ABROAD, ELEMENTS, MAGNETS, METALS, REGIONS, USES, USING
from coercivity.market.program.grid import planning_grid
from coercivity.market.run.scenarios.form import (
    MECHANISMS,
    PER_YEAR,
    Demanded,
    DemandShift,
    Duty,
    GridAsked,
    OwnPlant,
    Quota,
    Shock,
)
from coercivity.market.run.scenarios.parts import OPEN_FIRST, OPEN_LAST, Announced, MonthSpan, number_of

GOODS = (*(f"ox_{e}" for e in ELEMENTS), *(f"met_{e}" for e in METALS), *MAGNETS)
MOST_COVER = 10.0
MOST_LOADING = 100.0
MOST_CHOICES = 24
MOST_TEXT = 2000
# Keys of texts that may have several lines.
WORDS = ("title", "about", "reason")
AN = ("element", "index", "origin")
MOST_MASS, MOST_PRICE = 1e9, 1e6  # [t], [USD/kg]
SLACK = 1e-9
# Lists of policies whose entries have ids.
POLICIES = tuple(
    (kind, "id")
    for kind in (
        "price_floors", "offtakes", "stockpiles", "support", "mandates", "scrap_bans", "delays", "contracts",
    )
)  # fmt: skip
STAGES = ("magnet", "magnet_smco", "metal", "sep_light", "sep_heavy", "recycling")


def check(content: TextMap, label: str, capacities: frozenset[str], faults: Faults) -> None:
    """Adds the errors in names, shares, units and periods of a scenario file.

    Entries of the wrong form are left to the schema, so that one error does not hide the others.
    """
    uses = (*USES, *(f"nonmagnet_{e}" for e in ELEMENTS))
    _identity(content, label, faults)
    _behaviour(content, label, faults)
    for shock, where in valid_entries(content, label, "shocks", Shock):
        known_name(shock.capacity, capacities, "capacity", where, faults)
        share_given(shock.share, "share", where, faults)
        check_span(shock, where, faults)
    for quota, where in valid_entries(content, label, "quotas", Quota):
        _goods(quota.goods, where, faults)
        known_name(quota.origin, REGIONS, "origin", where, faults)
        mass_given(quota.tonnes_a_month, where, faults)
        check_span(quota, where, faults)
        check_published(quota, where, faults)
    for duty, where in valid_entries(content, label, "duties", Duty):
        _goods(duty.goods, where, faults)
        share_given(duty.share, "share", where, faults, most=5.0)
        check_span(duty, where, faults)
        check_published(duty, where, faults)
    for shift, where in valid_entries(content, label, "demand", DemandShift):
        known_name(shift.use, uses, "use", where, faults)
        known_name(shift.region, (*USING, "all"), "region", where, faults)
        share_given(shift.share, "share", where, faults, most=10.0)
        check_span(shift, where, faults)
        check_published(shift, where, faults)
    for plant, where in valid_entries(content, label, "plants", OwnPlant):
        _plant(plant, where, faults)
    for wanted, where in valid_entries(content, label, "require", Demanded):
        _demanded(wanted, where, uses, faults)
        check_span(wanted, where, faults)


def check_names(contents: Sequence[tuple[TextMap, str]], faults: Faults) -> None:
    """Adds the names that two quotas, plants, requirements or policies of one kind share along the chain.

    Args:
        contents: Contents and labels of the files, the scenario itself last.
        faults: Where they are added.
    """
    # A mandate is a requirement too, and known by its name.
    required: dict[str, str] = {}
    for kind, field in (("quotas", "name"), ("plants", "id"), ("require", "name"), *POLICIES):
        seen: dict[str, str] = {}
        for content, label in contents:
            within = content.get("policies") if (kind, field) in POLICIES else content
            entries = within.get(kind) if isinstance(within, TextMap) else None
            for entry in entries if isinstance(entries, list) else ():
                name = entry.get(field) if isinstance(entry, TextMap) else None
                if not isinstance(name, str) or not name:
                    continue
                where = f"{label}:{entry.line}"
                if name in seen:
                    what = f"{kind}: {field} {name[:60]!r} is that of another entry, at {seen[name]}"
                    faults.add("SCENARIO", what, where=where, next="give each entry a name of its own")
                elif kind == "mandates" and name in required:
                    what = f"mandates: id {name[:60]!r} is the name of an entry of require, at {required[name]}"
                    faults.add("SCENARIO", what, where=where, next="give each entry a name of its own")
                seen.setdefault(name, where)
                if kind == "require":
                    required.setdefault(name, where)


def _identity(content: TextMap, label: str, faults: Faults) -> None:
    """Adds the error in an id that could be read as scenario and legal scenario."""
    name = content.get("id")
    if isinstance(name, str) and "/" in name:
        where = f"{label}:{line_of(content, ('id',))}"
        what = f"id {name[:60]!r} has a slash, which separates a scenario from its legal scenario"
        faults.add("SCENARIO", what, where=where, next=f"write, for example, {name.replace('/', '-')[:60]!r}")


def _behaviour(content: TextMap, label: str, faults: Faults) -> None:
    """Adds the errors in the planning grid, the mechanisms switched off, loading and cover."""
    behaviour = content.get("behaviour")
    if not isinstance(behaviour, TextMap):
        return
    asked = parse_as(GridAsked, behaviour.get("planning_grid"), name=label, faults=Faults())
    if asked is not None:
        with faults.kept():
            planning_grid(asked.periods, asked.months, where=f"{label}:{line_of(behaviour, ('planning_grid',))}")
    where = f"{label}:{line_of(behaviour, ('off',))}"
    off = behaviour.get("off")
    for name in off if isinstance(off, list) else ():
        if isinstance(name, str):
            known_name(name, MECHANISMS, "mechanism", where, faults)
    with suppress(ValueError):
        multiple = number_of(behaviour.get("loading", "2"))
        if not 0 < multiple <= MOST_LOADING:
            what = f"loading {multiple:g} is not above 0 and at most {MOST_LOADING:g}"
            where = f"{label}:{line_of(behaviour, ('loading',))}"
            faults.add("SHARE", what, where=where, next="write a multiple of the usual shipment, such as 2")
    try:
        cover = number_of(behaviour.get("cover", "1"))
    except ValueError:
        return
    share_given(cover, "cover", f"{label}:{line_of(behaviour, ('cover',))}", faults, most=MOST_COVER)


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


def check_span(entry: MonthSpan, where: str, faults: Faults) -> None:
    """Adds an end before the start."""
    if entry.last < entry.first:
        what = f"the end {month_text(entry.last)} is before the start {month_text(entry.first)}"
        faults.add("SCENARIO", what, where=where, next="give a later end")


def check_published(entry: Announced, where: str, faults: Faults) -> None:
    """Adds a publication after the effect."""
    if entry.published > entry.first:
        start = "it has no `from`" if entry.first == OPEN_FIRST else f"it takes effect in {month_text(entry.first)}"
        what = f"published in {month_text(entry.published)}, but {start}"
        faults.add("SCENARIO", what, where=where, next="give `from`, in the month of publication or later")


def meet(one: MonthSpan, other: MonthSpan) -> bool:
    """Returns whether two entries apply in the same month."""
    return one.first <= other.last and other.first <= one.last


class AtOnce:
    """The sum of the amounts of entries in each month."""

    def __init__(self) -> None:
        import numpy as np  # a kept outlook is shown without it

        self._sums = np.zeros(OPEN_LAST - OPEN_FIRST + 1)

    def with_more(self, entry: MonthSpan, amount: float, most: float) -> float:
        """Returns the largest sum in the months of an entry, with its amount; it is added only up to the most."""
        of = self._sums[max(entry.first - OPEN_FIRST, 0) : max(entry.last - OPEN_FIRST + 1, 0)]
        now = amount + float(of.max(initial=0.0))
        if now <= most * (1 + SLACK):
            of += amount
        return now


def _plant(plant: OwnPlant, where: str, faults: Faults) -> None:
    known_name(plant.region, ABROAD, "region", where, faults)
    known_name(plant.stage, STAGES, "stage", where, faults)
    mass_given(plant.capacity, where, faults)
    if plant.unit not in PER_YEAR:
        what = f"unit {plant.unit[:30]!r} is not a unit of capacity"
        near = nearest(plant.unit, PER_YEAR) or tuple(PER_YEAR)
        faults.add("UNIT", what, where=where, nearest=near, next="use t/yr, t/month or kg/yr")


def _demanded(wanted: Demanded, where: str, uses: tuple[str, ...], faults: Faults) -> None:
    route = (wanted.tonnes_a_month, wanted.origin, wanted.destination)
    other = route if wanted.use else (wanted.share, wanted.region)
    if bool(wanted.use) == bool(wanted.good):
        what = f"{wanted.name!r} has {'both a use and' if wanted.use else 'neither a use nor'} a good"
        faults.add("SCENARIO", what, where=where, next="give use and region, or good, origin and destination")
    elif any(other):
        what = f"{wanted.name[:60]!r} is for a {'use' if wanted.use else 'good'} and has keys of the other kind"
        faults.add("SCENARIO", what, where=where, next="give use, region and share, or good, route and tonnes_a_month")
    elif wanted.use:
        known_name(wanted.use, uses, "use", where, faults)
        known_name(wanted.region, USING, "region", where, faults)
        share_given(wanted.share, "share", where, faults)
    else:
        _goods([wanted.good], where, faults)
        known_name(wanted.origin, REGIONS, "origin", where, faults)
        known_name(wanted.destination, REGIONS, "destination", where, faults)
        mass_given(wanted.tonnes_a_month, where, faults)


def known_name(name: str, known: frozenset[str] | tuple[str, ...], what: str, where: str, faults: Faults) -> None:
    """Adds a name that is not one of those known, with the nearest."""
    if name not in known:
        near = _nearest(name[:80], known)
        faults.add(
            "SCENARIO-NAME",
            f"{what} {name[:60]!r} not found",
            where=where,
            nearest=near,
            next=f"use {'an' if what in AN else 'a'} {what} of the model" + choices(known),
        )


def choices(known: Iterable[str]) -> str:
    """Returns the valid names as the end of a hint, or nothing where they are too many to read."""
    names = sorted(known)
    return f": {', '.join(names)}" if len(names) <= MOST_CHOICES else ""


@lru_cache(maxsize=1024)
def _nearest(name: str, known: frozenset[str] | tuple[str, ...]) -> tuple[str, ...]:
    return nearest(name, known)


def check_text(content: object, label: str, faults: Faults) -> None:
    """Adds texts that are too long or have invisible characters, which would turn or hide what a page shows."""
    for path, text in _texts(content, ()):
        if text.isascii() and text.isprintable() and len(text) <= MOST_TEXT:
            continue
        where = f"{label}:{line_of(content, path)}"
        name = ".".join(brief_value(step) for step in path)
        lines = any(step in WORDS for step in path)
        sign = next((sign for sign in text if steers(sign) and not (lines and sign in "\n\t")), "")
        if sign:
            what = f"{name}: invisible character U+{ord(sign):04X}"
            faults.add("VALUE", what, where=where, next="type the text again without it")
        elif len(text) > MOST_TEXT:
            what = f"{name}: {len(text):,} characters"
            faults.add("VALUE", what, where=where, next=f"write {MOST_TEXT:,} characters at most")


def _texts(value: object, path: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Yields every key and value with its place."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield (*path, key), key
            yield from _texts(inner, (*path, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _texts(inner, (*path, index))


def _goods(names: list[str], where: str, faults: Faults) -> None:
    for name in names:
        known_name(name, GOODS, "good", where, faults)


def share_given(value: float, what: str, where: str, faults: Faults, most: float = 1.0) -> None:
    """Adds a share outside 0 to the most."""
    if not 0 <= value <= most:
        faults.add(
            "SHARE", f"{what} {value:g} is not between 0 and {most:g}", where=where, next="write a share: 0.25 is 25 %"
        )


def mass_given(value: float, where: str, faults: Faults) -> None:
    """Adds a quantity that is negative or too large [t]."""
    if not 0 <= value <= MOST_MASS:
        step = f"give tonnes, 0 to {MOST_MASS:.0e}" if value > 0 else "give tonnes, 0 or more"
        faults.add("MASS", f"{value:g} is not a valid quantity", where=where, next=step)


def price_given(value: float, what: str, where: str, faults: Faults) -> None:
    """Adds a price that is negative or too large [USD/kg]."""
    if not 0 <= value <= MOST_PRICE:
        step = f"give USD/kg, {MOST_PRICE:,.0f} at most" if value > 0 else "give USD/kg, 0 or more"
        faults.add("MASS", f"{what} {value:g} is not a valid price", where=where, next=step)
