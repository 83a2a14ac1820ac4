"""What a folder of draws says of itself: law, packs, runs, months, design, program and kind of machine."""

from __future__ import annotations

import platform
import re
from collections.abc import Iterable, Sequence
from importlib.metadata import version

from coercivity.base.canonical import sha256_of_text
from coercivity.base.json_types import Json
from coercivity.base.months import month_text
from coercivity.base.version import ENGINE_VERSION
from coercivity.data.packs import open_pack
from coercivity.ensemble.design import Design
from coercivity.ensemble.runs.task import DrawTask
from coercivity.law.rules.rulebook import Rulebook
from coercivity.market.run.question import scenario_text
from coercivity.market.run.result_key import DRAWS, PACKAGES, PACKS, code_hash

SCHEMA = "coercivity/draws/1"
LIBRARIES = ("highspy", "numpy", "scipy")
_SHORT = 16


def manifest_of(book: Rulebook, design: Design, tasks: Sequence[DrawTask]) -> dict[str, Json]:
    """Returns the manifest of draws.

    Args:
        book: The rulebook.
        design: The design of each run.
        tasks: One draw of every run, at least one.
    """
    first = tasks[0]
    runs: list[Json] = [
        {
            "id": task.run.id,
            "scenario": sha256_of_text(scenario_text(task.run.scenario))[:_SHORT],
            "assume": task.run.assume,
        }
        for task in tasks
    ]
    packs: dict[str, Json] = {name: _pack(name) for name in PACKS}
    found: dict[str, Json] = {
        "schema": SCHEMA,
        "law": {"version": book.version, "hash": book.content_hash, "known_through": book.known_through.isoformat()},
        "packs": packs,
        "runs": runs,
        "months": {
            "shared_from": month_text(first.begin),
            "first": month_text(first.first),
            "last": month_text(first.last),
        },
        "known": first.known.isoformat() if first.known is not None else None,
        "lifted": f"{first.lifted.clause} from {month_text(first.lifted.month)}" if first.lifted is not None else None,
        "scramble": design.scramble,
        "points": design.points,
        "engine": {
            "version": ENGINE_VERSION,
            "code": sha256_of_text("".join(code_hash(package) for package in (*PACKAGES, *DRAWS)))[:_SHORT],
        },
        "libraries": {name: version(name) for name in LIBRARIES},
        "machine": platform.machine(),
    }
    if first.parameters is not None:
        found["parameters"] = f"{first.parameters.kind} {first.parameters.hash[:_SHORT]}"
    return found if first.observed is None else {**found, "observed": first.observed.plain()}


def file_names(keys: Iterable[str], tasks: Iterable[DrawTask]) -> dict[str, str]:
    """Returns the name of the file of each draw by its key: number and id of its run, number of its point.

    Args:
        keys: Key of each draw.
        tasks: The draws, in the same order.
    """
    places: dict[str, int] = {}
    found: dict[str, str] = {}
    for key, task in zip(keys, tasks, strict=True):
        place = places.setdefault(task.run.id, len(places) + 1)
        run = re.sub(r"[^0-9A-Za-z]+", "-", task.run.id).strip("-")[:60]
        found[key] = f"{place}-{run}-{task.point:05d}"
    return found


def _pack(name: str) -> dict[str, Json]:
    pack = open_pack(name)
    return {"version": pack.version, "hash": pack.content_hash}
