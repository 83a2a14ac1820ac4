"""Scenarios of users: each a file in the folder of the server, named by the hash of its content."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from coercivity.base.errors import CoercivityError, Fault
from coercivity.data.textyaml import TextMap, load_text
from coercivity.verbs.scenario_form.checks import MOST_BYTES, check_parent
from coercivity.verbs.scenario_form.draft import draft_of
from coercivity.verbs.scenarios import OWN, SAVE_AGAIN
from coercivity.verbs.serving.places import Places
from coercivity.verbs.serving.problems import FULL, TOO_LARGE, RefusedError
from coercivity.verbs.serving.stored import store

FOLDER = "scenarios"
MOST_SCENARIOS = 4096
_OWN = re.compile(r"own-[0-9a-f]{32}")
_HASH_SIGNS = 32


class OwnScenario(NamedTuple):
    """A scenario of a user.

    Attributes:
        id: Name in an address: `own-` and the hash of the file.
        title: Title by language.
        about: Description by language.
    """

    id: str
    title: dict[str, str]
    about: dict[str, str]


def is_own(name: str) -> bool:
    """Returns whether a name has the form of that of a saved scenario."""
    return _OWN.fullmatch(name) is not None


def keep_scenario(places: Places, text: str) -> str:
    """Saves a scenario file, whole or not at all, and returns its name; the same content has the same name.

    Args:
        places: Folders of the server.
        text: The file.

    Raises:
        RefusedError: If it is too large, or too many scenarios are kept.
        CoercivityError: If it is not a mapping, inherits from another file, or cannot be written.
    """
    content = text.encode()
    if len(content) > MOST_BYTES:
        what = f"the scenario has {len(content):,} bytes; at most {MOST_BYTES:,} are accepted"
        step = "split it, or run the file with `coercivity outlook`"
        raise RefusedError(TOO_LARGE, Fault("HTTP-SIZE", what, next=step))
    _checked(text)
    name = OWN + hashlib.sha256(content).hexdigest()[:_HASH_SIGNS]
    path = _path(places, name)
    if not path.is_file():
        folder = path.parent
        if folder.is_dir() and sum(1 for _ in folder.iterdir()) >= MOST_SCENARIOS:
            what = f"the server keeps {MOST_SCENARIOS:,} scenarios already"
            step = "delete files that you no longer need from the folder `scenarios` of the server"
            raise RefusedError(FULL, Fault("UPLOAD-QUOTA", what, next=step))
        store(path, content)
    return name


def scenario_text(places: Places, name: str) -> str:
    """Returns the file of a saved scenario.

    Raises:
        CoercivityError: If there is none of that name.
    """
    path = _path(places, name) if is_own(name) else None
    if path is None or not path.is_file():
        what = f"saved scenario {name[:60]!r} not found"
        raise CoercivityError.of("SCENARIO-UNKNOWN", what, where="scenario", next=SAVE_AGAIN)
    return path.read_text(encoding="utf-8")


def scenario_file(places: Places, name: str) -> str:
    """Returns the name of a scenario as the market reads it: the path of a saved one, any other name unchanged.

    Raises:
        CoercivityError: If it has the form of a saved one and there is none, or it inherits from another file.
    """
    if not is_own(name):
        return name
    _checked(scenario_text(places, name))
    return str(_path(places, name))


def files_of(places: Places, names: Sequence[str | None]) -> dict[str, str]:
    """Returns the paths of the saved scenarios among some names; those that do not exist are left out."""
    found = {}
    for name in names:
        if name is not None and is_own(name) and _path(places, name).is_file():
            found[name] = scenario_file(places, name)
    return found


def own_scenarios(places: Places, most: int) -> list[OwnScenario]:
    """Returns the saved scenarios, the last saved first.

    Args:
        places: Folders of the server.
        most: Number of them.
    """
    folder = places.state / FOLDER
    held = [path for path in folder.glob("own-*.yaml") if is_own(path.stem)] if folder.is_dir() else []
    held.sort(key=lambda path: (-path.stat().st_mtime_ns, path.name))
    return [own_scenario(places, path.stem) for path in held[:most]]


def own_scenario(places: Places, name: str) -> OwnScenario:
    """Returns a saved scenario by its name.

    Raises:
        CoercivityError: If there is none of that name.
    """
    draft = draft_of(scenario_text(places, name))
    return OwnScenario(name, _words(draft, "title", name), _words(draft, "about", ""))


def _words(draft: Mapping[str, str], key: str, otherwise: str) -> dict[str, str]:
    en, zh = draft[key], draft[f"{key}_zh"]
    return {"en": en or zh or otherwise, "zh": zh or en or otherwise}


def _checked(text: str) -> None:
    content = load_text(text, name="scenario.yaml")
    if not isinstance(content, TextMap):
        what = "not a mapping of keys and values"
        raise CoercivityError.of("SCENARIO", what, where="scenario.yaml:1", next="see docs/scenarios.md")
    check_parent(content)


def _path(places: Places, name: str) -> Path:
    return places.state / FOLDER / f"{name}.yaml"
