"""Scenarios as files: what is asked of the law and of the world, each building on another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from coercivity.base.errors import CoercivityError, Faults, nearest
from coercivity.data.schema import FlagText, Plain, Strict, Words, parse_as
from coercivity.data.textyaml import TextMap, load_file
from coercivity.market.matter import ABROAD, ELEMENTS, MAGNETS, METALS, REGIONS, USES, USING
from coercivity.market.months import Month, month_text, parse_month

FOLDER = "scenarios"
MOST_PARENTS = 20
GOODS = (*(f"ox_{e}" for e in ELEMENTS), *(f"met_{e}" for e in METALS), *MAGNETS)
STAGES = ("magnet", "magnet_smco", "metal", "sep_light", "sep_heavy", "recycling")
PER_YEAR = {"t/yr": 1.0, "t/month": 12.0, "kg/yr": 0.001}
_OPEN_FIRST, _OPEN_LAST = parse_month("1900-01"), parse_month("2199-12")


def _month(value: Any) -> Month:
    if isinstance(value, int):
        return value
    if not isinstance(value, str):
        raise ValueError("a month written as YYYY-MM expected")
    return parse_month(value)


def _number(value: Any) -> float:
    if isinstance(value, (int, float)):
        return float(value)
    try:
        number = Decimal(value)
    except (InvalidOperation, TypeError):
        raise ValueError("a number written as text expected") from None
    if not number.is_finite():
        raise ValueError("a finite number expected")
    return float(number)


MonthText = Annotated[Month, BeforeValidator(_month)]
Number = Annotated[float, BeforeValidator(_number)]


class Span(Strict):
    """Something that holds from a first to a last month."""

    first: MonthText = Field(default=_OPEN_FIRST, alias="from")
    last: MonthText = Field(default=_OPEN_LAST, alias="to")

    def holds(self, month: Month) -> bool:
        """Returns whether it holds in a month."""
        return self.first <= month <= self.last


class Shock(Span):
    """A capacity that is cut to a share.

    Attributes:
        capacity: Name of a capacity of the market, such as `mine:MYANMAR_IONIC:MM-LA`.
        share: What is left of it.
    """

    capacity: Plain
    share: Number
    reason: Words


class Quota(Span):
    """Tonnes of some goods that may leave a region in a month, whatever their kind.

    Attributes:
        clause: Name of the clause that makes it.
    """

    name: Plain
    goods: list[Plain]
    origin: Plain = "CN"
    tonnes_a_month: Number
    clause: Plain


class Duty(Span):
    """A duty on what leaves China, as a share of the price there."""

    goods: list[Plain]
    share: Number
    clause: Plain


class DemandShift(Span):
    """A use that wants another quantity than the model's own."""

    use: Plain
    region: Plain = "all"
    share: Number


class OwnPlant(Strict):
    """A plant of the scenario's own."""

    id: Plain
    region: Plain
    stage: Plain
    capacity: Number
    unit: Plain
    start: MonthText
    dependence: Literal["0", "1", "2", "3"] = "0"


class Demanded(Span):
    """What must be served, as a share of what is wanted, or shipped, in tonnes a month, whatever it costs."""

    name: Plain
    use: Plain = ""
    region: Plain = ""
    share: Number = 0.0
    good: Plain = ""
    origin: Plain = ""
    destination: Plain = ""
    tonnes_a_month: Number = 0.0


class LawAsked(Strict):
    """Which law is asked.

    Attributes:
        assume: Branches, as after `--assume`; none runs every branch of what is unknown.
        without: Clauses and instruments that are taken out, `all` for every control.
    """

    assume: str = ""
    without: list[Plain] = []


class Behaviour(Strict):
    """How the market behaves where that is switched.

    Attributes:
        stocks: Whether anything is kept from month to month.
    """

    stocks: FlagText = True


class ScenarioFile(Strict):
    """The content of a scenario file."""

    id: Plain
    title: Words
    about: Words
    inherits: Plain | None = None
    law: LawAsked | None = None
    behaviour: Behaviour | None = None
    shocks: list[Shock] = []
    quotas: list[Quota] = []
    duties: list[Duty] = []
    demand: list[DemandShift] = []
    plants: list[OwnPlant] = []
    require: list[Demanded] = []


@dataclass(frozen=True, slots=True)
class Scenario:
    """A scenario with all that it inherits.

    Attributes:
        chain: Ids of the scenarios it builds on, itself last.
    """

    id: str
    title: Words
    about: Words
    law: LawAsked
    behaviour: Behaviour
    shocks: tuple[Shock, ...] = ()
    quotas: tuple[Quota, ...] = ()
    duties: tuple[Duty, ...] = ()
    demand: tuple[DemandShift, ...] = ()
    plants: tuple[OwnPlant, ...] = ()
    require: tuple[Demanded, ...] = ()
    chain: tuple[str, ...] = field(default=())


def scenario_folder() -> Path:
    """Returns the folder of the scenarios that are part of the program."""
    return Path(__file__).parent.parent / "packs" / "world" / FOLDER


def packed_scenarios() -> tuple[str, ...]:
    """Returns the ids of the scenarios that are part of the program."""
    return tuple(sorted(path.stem for path in scenario_folder().glob("*.yaml")))


def read_scenario(name: str, capacities: frozenset[str]) -> Scenario:
    """Returns a scenario by the id of a packed one or the path of a file.

    Args:
        name: Id, or path ending in .yaml.
        capacities: Names of the capacities of the market.

    Raises:
        CoercivityError: With every fault of the files, a name that does not exist, or scenarios that inherit in a ring.
    """
    faults = Faults()
    found: list[ScenarioFile] = []
    files: list[str] = []
    for file, label in _files(name):
        content = load_file(file)
        if not isinstance(content, TextMap):
            raise CoercivityError.of("SCENARIO", "a mapping expected", where=f"{label}:1", next="see docs/scenarios.md")
        read = parse_as(ScenarioFile, content, name=label, faults=faults)
        if read is None:
            break
        check(read, content, label, capacities, faults)
        found.append(read)
        files.append(label)
    faults.raise_if_any()
    return _joined(found[::-1])


def _files(name: str) -> Iterator[tuple[Path, str]]:
    """Yields the files of a scenario and of those that it inherits, itself first."""
    seen: list[str] = []
    folder: Path | None = None
    wanted: str | None = name
    while wanted is not None:
        path = _path(wanted, folder, seen)
        label = path.name
        key = path.resolve().as_posix()
        names = [Path(entry).stem for entry in (*seen, key)]
        if key in seen:
            ring = " -> ".join(names[seen.index(key) :])
            what = f"scenarios inherit in a ring: {ring}"
            raise CoercivityError.of("SCENARIO-LOOP", what, where=label, next="take one `inherits` out")
        if len(seen) >= MOST_PARENTS:
            what = f"more than {MOST_PARENTS} scenarios inherit from one another"
            raise CoercivityError.of("SCENARIO-LOOP", what, where=label, next="put some of them together")
        seen.append(key)
        yield path, label
        content = load_file(path)
        parent = content.get("inherits") if isinstance(content, TextMap) else None
        wanted, folder = (str(parent), path.parent) if parent else (None, None)


def _path(name: str, folder: Path | None, seen: list[str]) -> Path:
    if name.endswith((".yaml", ".yml")) or "/" in name:
        path = Path(name) if folder is None or Path(name).is_absolute() else folder / name
        if path.is_file():
            return path
        raise CoercivityError.of("SCENARIO-UNKNOWN", "there is no such file", where=path.as_posix(), next="name a file")
    beside = folder / f"{name}.yaml" if folder is not None else None
    if beside is not None and beside.is_file():
        return beside
    packed = scenario_folder() / f"{name}.yaml"
    if packed.is_file():
        return packed
    what = f"there is no scenario {name[:60]!r}"
    where = Path(seen[-1]).name if seen else "SCENARIO"
    near = nearest(name, packed_scenarios()) or packed_scenarios()
    raise CoercivityError.of(
        "SCENARIO-UNKNOWN", what, where=where, nearest=near, next="name one of these, or a .yaml file"
    )


def _joined(files: list[ScenarioFile]) -> Scenario:
    """What is listed adds up along the chain; a law or behaviour that is stated replaces what stood before."""
    last = files[-1]
    law = next((f.law for f in reversed(files) if f.law is not None), LawAsked())
    behaviour = next((f.behaviour for f in reversed(files) if f.behaviour is not None), Behaviour())
    return Scenario(
        id=last.id,
        title=last.title,
        about=last.about,
        law=law,
        behaviour=behaviour,
        shocks=tuple(entry for f in files for entry in f.shocks),
        quotas=tuple(entry for f in files for entry in f.quotas),
        duties=tuple(entry for f in files for entry in f.duties),
        demand=tuple(entry for f in files for entry in f.demand),
        plants=tuple(entry for f in files for entry in f.plants),
        require=tuple(entry for f in files for entry in f.require),
        chain=tuple(f.id for f in files),
    )


def check(read: ScenarioFile, content: TextMap, label: str, capacities: frozenset[str], faults: Faults) -> None:
    """Adds what a scenario file says that the market cannot take: names, shares, units, spans."""
    at = _Places(content, label)
    uses = (*USES, *(f"nonmagnet_{e}" for e in ELEMENTS))
    for rank, shock in enumerate(read.shocks):
        where = at("shocks", rank)
        _known(shock.capacity, capacities, "capacity", where, faults)
        _share(shock.share, "share", where, faults)
    for rank, quota in enumerate(read.quotas):
        where = at("quotas", rank)
        _goods(quota.goods, where, faults)
        _known(quota.origin, REGIONS, "origin", where, faults)
        _mass(quota.tonnes_a_month, where, faults)
    for rank, duty in enumerate(read.duties):
        _goods(duty.goods, at("duties", rank), faults)
        _share(duty.share, "share", at("duties", rank), faults, most=5.0)
    for rank, shift in enumerate(read.demand):
        where = at("demand", rank)
        _known(shift.use, uses, "use", where, faults)
        _known(shift.region, (*USING, "all"), "region", where, faults)
        _share(shift.share, "share", where, faults, most=10.0)
    for rank, plant in enumerate(read.plants):
        where = at("plants", rank)
        _known(plant.region, ABROAD, "region", where, faults)
        _known(plant.stage, STAGES, "stage", where, faults)
        _mass(plant.capacity, where, faults)
        if plant.unit not in PER_YEAR:
            what = f"unit {plant.unit[:30]!r} does not fit a capacity"
            near = nearest(plant.unit, PER_YEAR) or tuple(PER_YEAR)
            faults.add("UNIT", what, where=where, nearest=near, next="write t/yr, t/month or kg/yr")
    for rank, wanted in enumerate(read.require):
        _demanded(wanted, at("require", rank), uses, faults)
    for name in ("shocks", "quotas", "duties", "demand", "require"):
        for rank, entry in enumerate(getattr(read, name)):
            if entry.last < entry.first:
                what = f"it ends in {month_text(entry.last)}, before it begins in {month_text(entry.first)}"
                faults.add("SCENARIO", what, where=at(name, rank), next="write from before to")


def _demanded(wanted: Demanded, where: str, uses: tuple[str, ...], faults: Faults) -> None:
    if bool(wanted.use) == bool(wanted.good):
        what = f"{wanted.name!r} names {'both' if wanted.use else 'neither'} a use and a good"
        faults.add("SCENARIO", what, where=where, next="name use and region, or good, origin and destination")
    elif wanted.use:
        _known(wanted.use, uses, "use", where, faults)
        _known(wanted.region, USING, "region", where, faults)
        _share(wanted.share, "share", where, faults)
    else:
        _goods([wanted.good], where, faults)
        _known(wanted.origin, REGIONS, "origin", where, faults)
        _known(wanted.destination, REGIONS, "destination", where, faults)
        _mass(wanted.tonnes_a_month, where, faults)


class _Places:
    """File and line of an entry of a list."""

    def __init__(self, content: TextMap, label: str) -> None:
        self.content, self.label = content, label

    def __call__(self, name: str, rank: int) -> str:
        entries = self.content.get(name)
        line = getattr(entries[rank], "line", None) if isinstance(entries, list) else None
        return f"{self.label}:{line or self.content.key_lines.get(name, 1)}"


def _known(name: str, known: frozenset[str] | tuple[str, ...], what: str, where: str, faults: Faults) -> None:
    if name not in known:
        near = nearest(name, known)
        faults.add(
            "SCENARIO-NAME",
            f"there is no {what} {name[:60]!r}",
            where=where,
            nearest=near,
            next=f"name a {what} of the model",
        )


def _goods(names: list[str], where: str, faults: Faults) -> None:
    for name in names:
        _known(name, GOODS, "good", where, faults)


def _share(value: float, what: str, where: str, faults: Faults, most: float = 1.0) -> None:
    if not 0 <= value <= most:
        faults.add(
            "SHARE", f"{what} {value:g} lies outside 0 to {most:g}", where=where, next="write a share: 0.25 is 25 %"
        )


def _mass(value: float, where: str, faults: Faults) -> None:
    if value < 0 or value > 1e9:
        faults.add("MASS", f"{value:g} is no quantity", where=where, next="write tonnes, 0 or more")
