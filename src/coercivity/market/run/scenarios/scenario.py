"""Scenarios as files: changes of the law and of the world, with inheritance."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path

from coercivity.base.canonical import hash_files
from coercivity.base.days import Day
from coercivity.base.errors import CoercivityError, Faults, brief_value, nearest
from coercivity.data.schema import Words, parse_as
from coercivity.data.textyaml import TextMap, load_file
from coercivity.law.rules.rulebook import Rulebook
from coercivity.market.run.licensing.desk_practice import check_desk_asked, joined_desk
from coercivity.market.run.scenarios.check import check, check_names, check_text
from coercivity.market.run.scenarios.check_contracts import check_contracts
from coercivity.market.run.scenarios.check_law import check_law
from coercivity.market.run.scenarios.check_policies import check_policies
from coercivity.market.run.scenarios.check_projects import check_projects
from coercivity.market.run.scenarios.form import (
    Behaviour,
    Demanded,
    DemandShift,
    DeskAsked,
    Duty,
    LawAsked,
    OwnPlant,
    Quota,
    ScenarioFile,
    Shock,
)
from coercivity.market.run.scenarios.policies import PoliciesAsked, joined_policies

FOLDER = "scenarios"
MOST_PARENTS = 20
MOST_PATH = 200


@dataclass(frozen=True, slots=True)
class Scenario:
    """A scenario with everything that it inherits.

    Attributes:
        chain: Ids of the scenarios that it inherits from, itself last.
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
    desk: DeskAsked = field(default_factory=DeskAsked)
    policies: PoliciesAsked = field(default_factory=PoliciesAsked)
    chain: tuple[str, ...] = field(default=())


def scenario_folder() -> Path:
    """Returns the folder of the built-in scenarios."""
    return Path(str(files("coercivity"))) / "packs" / "world" / FOLDER


def packed_scenarios() -> tuple[str, ...]:
    """Returns the ids of the built-in scenarios."""
    return tuple(sorted(path.stem for path in scenario_folder().glob("*.yaml")))


def read_scenario(
    name: str, capacities: frozenset[str], book: Rulebook | None = None, seen: Day | None = None
) -> Scenario:
    """Returns a scenario by the id of a built-in one or the path of a file.

    Args:
        name: Id, or path ending in .yaml.
        capacities: Names of the capacities of the market.
        book: The rulebook against which the law of the scenario is checked; without it a run checks it.
        seen: Day through which the law is known; by default as far as the rulebook goes.

    Raises:
        CoercivityError: With every error in the files, an unknown name, or circular inheritance.
    """
    faults = Faults()
    found: list[ScenarioFile] = []
    contents: list[tuple[TextMap, str]] = []
    with faults.kept():
        for _, label, content in _files(name):
            if not isinstance(content, TextMap):
                raise CoercivityError.of(
                    "SCENARIO", "not a mapping of keys and values", where=f"{label}:1", next="see docs/scenarios.md"
                )
            contents.append((content, label))
            read = parse_as(ScenarioFile, content, name=label, faults=faults)
            check(content, label, capacities, faults)
            check_text(content, label, faults)
            if book is not None:
                check_law(content, label, book, seen or book.known_through, faults)
            if read is not None:
                found.append(read)
    check_names(contents[::-1], faults)
    check_policies(contents[::-1], capacities, faults)
    check_desk_asked(contents[::-1], faults)
    check_projects(contents[::-1], faults)
    check_contracts(contents[::-1], faults)
    faults.raise_if_any()
    return _joined(found[::-1])


def scenario_hash(name: str) -> str:
    """Returns the hash over the files of a scenario and of those that it inherits, without checking their content.

    Args:
        name: Id, or path ending in .yaml.

    Raises:
        CoercivityError: If a file is missing or cannot be read, or they inherit in a circle.
    """
    return hash_files((label, path.read_bytes()) for path, label, _ in _files(name))


def _files(name: str) -> Iterator[tuple[Path, str, object]]:
    """Yields the files of a scenario and of those that it inherits, itself first, with their content."""
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
            what = f"scenarios inherit from each other in a circle: {ring}"
            raise CoercivityError.of("SCENARIO-LOOP", what, where=label, next="remove one `inherits`")
        if len(seen) >= MOST_PARENTS:
            what = f"more than {MOST_PARENTS} levels of `inherits`"
            raise CoercivityError.of("SCENARIO-LOOP", what, where=label, next="merge some of them")
        seen.append(key)
        content = load_file(path)
        yield path, label, content
        parent = content.get("inherits") if isinstance(content, TextMap) else None
        # One that is not text is reported by the schema.
        wanted, folder = (parent, path.parent) if isinstance(parent, str) and parent else (None, None)


def _path(name: str, folder: Path | None, seen: list[str]) -> Path:
    if name.endswith((".yaml", ".yml")) or "/" in name:
        path = Path(name) if folder is None or Path(name).is_absolute() else folder / name
        if _is_file(path):
            return path
        raise CoercivityError.of(
            "SCENARIO-UNKNOWN",
            "file not found",
            where=brief_value(path.as_posix(), longest=MOST_PATH),
            next="give an existing file",
        )
    beside = folder / f"{name}.yaml" if folder is not None else None
    if beside is not None and _is_file(beside):
        return beside
    packed = scenario_folder() / f"{name}.yaml"
    if _is_file(packed):
        return packed
    what = f"scenario {name[:60]!r} not found"
    where = Path(seen[-1]).name if seen else "SCENARIO"
    near = nearest(name[:80], packed_scenarios()) or packed_scenarios()
    raise CoercivityError.of(
        "SCENARIO-UNKNOWN", what, where=where, nearest=near, next="use one of these, or a .yaml file"
    )


def _is_file(path: Path) -> bool:
    """Returns whether a path is a file; one that no file can have is not."""
    try:
        return path.is_file()
    except OSError:  # such as a name that is too long
        return False


def _joined(files: list[ScenarioFile]) -> Scenario:
    """Returns the merged content: lists add up along the chain; a law or behaviour replaces the inherited one."""
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
        desk=joined_desk([f.desk for f in files if f.desk is not None]),
        policies=joined_policies([f.policies for f in files if f.policies is not None]),
        chain=tuple(f.id for f in files),
    )
