"""The software bill of materials of what users install: `python -m tools.sbom ENVIRONMENT.json` prints it.

It takes the CycloneDX document of the development environment and keeps what the program needs when it runs. Packages
that only an extra needs are marked as optional; tools of development are left out.
"""

from __future__ import annotations

import json
import sys
import tomllib
from collections.abc import Callable, Iterable, Mapping
from importlib.metadata import requires
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import NormalizedName, canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
EXTRAS = ("serve", "cluster")  # the extras for users

Needs = Callable[[str], Iterable[str]]


def installed_needs(name: str) -> list[str]:
    """Returns the requirements of an installed package, as its metadata declares them."""
    return requires(name) or []


def runtime(bom: Mapping[str, Any], project: Mapping[str, Any], needs: Needs = installed_needs) -> dict[str, Any]:
    """Returns the document of what users install.

    Args:
        bom: CycloneDX document of an environment that has everything.
        project: The table `project` of pyproject.toml.
        needs: Returns the requirements of a package by its name.

    Raises:
        ValueError: When a package that is needed is not in the document.
    """
    refs = {canonicalize_name(part["name"]): part["bom-ref"] for part in bom["components"]}
    extras = project["optional-dependencies"]
    required = closure(project["dependencies"], needs)
    everything = required | closure([line for extra in EXTRAS for line in extras[extra]], needs)
    absent = sorted({name for name in everything if name not in refs})
    if absent:
        raise ValueError(f"not installed: {', '.join(absent)}")
    root = bom["metadata"]["component"]["bom-ref"]
    direct = _names([*project["dependencies"], *(line for extra in EXTRAS for line in extras[extra])])
    graph = {root: direct} | {refs[name]: edges for name, edges in everything.items()}
    return {
        **bom,
        "components": [
            {**part, "scope": "required" if name in required else "optional"}
            for part in bom["components"]
            if (name := canonicalize_name(part["name"])) in everything
        ],
        "dependencies": [
            {"ref": ref, "dependsOn": sorted(refs[name] for name in edges)} for ref, edges in sorted(graph.items())
        ],
    }


def closure(requirements: Iterable[str], needs: Needs) -> dict[NormalizedName, set[NormalizedName]]:
    """Returns every package that requirements bring on this system, with the packages that each needs itself."""
    found: dict[NormalizedName, set[NormalizedName]] = {}
    waiting = _applying(requirements, frozenset())
    seen = set()
    while waiting:
        name, wanted = waiting.pop()
        if (name, wanted) in seen:
            continue
        seen.add((name, wanted))
        further = _applying(needs(name), wanted)
        found.setdefault(name, set()).update(other for other, _ in further)
        waiting.extend(further)
    return found


def _names(requirements: Iterable[str]) -> set[NormalizedName]:
    return {name for name, _ in _applying(requirements, frozenset())}


def _applying(requirements: Iterable[str], extras: frozenset[str]) -> list[tuple[NormalizedName, frozenset[str]]]:
    """Returns name and extras of the requirements that apply here, for a package that is wanted with these extras."""
    found: list[tuple[NormalizedName, frozenset[str]]] = []
    for line in requirements:
        requirement = Requirement(line)
        marker = requirement.marker
        if marker is None or any(marker.evaluate({"extra": extra}) for extra in extras or {""}):
            found.append((canonicalize_name(requirement.name), frozenset(requirement.extras)))
    return found


def main() -> int:
    """Reads the document that is named and prints the one for users."""
    if len(sys.argv) != 2 or not Path(sys.argv[1]).is_file():  # the program and one argument
        sys.stderr.write("usage: python -m tools.sbom ENVIRONMENT.cdx.json\n")
        return 2
    bom = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    json.dump(runtime(bom, project), sys.stdout, ensure_ascii=False, indent=2, sort_keys=True)
    sys.stdout.write("\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
