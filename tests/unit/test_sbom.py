"""The bill of materials names what users install, no more and no less."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest

from tests.places import ROOT
from tools.sbom import EXTRAS, closure, installed_needs, runtime

PROJECT: dict[str, Any] = {
    "dependencies": ["PyYAML>=6,<7"],
    "optional-dependencies": {"serve": ["uvicorn[standard]>=0.54"], "cluster": []},
}
NEEDS = {
    "pyyaml": [],
    "uvicorn": ["h11>=0.14", "httptools; extra == 'standard'", "mkdocs; extra == 'docs'", "old; python_version < '3'"],
    "h11": [],
    "httptools": [],
}


def bom(*names: str) -> dict[str, Any]:
    """A document of an environment."""
    return {
        "components": [{"bom-ref": f"{name}==1", "name": name} for name in names],
        "dependencies": [],
        "metadata": {"component": {"bom-ref": "root", "name": "coercivity"}},
    }


def test_tools_of_development_are_left_out() -> None:
    """What only an extra of ours needs is optional; extras that nobody asks for and other systems do not count."""
    everything = bom("PyYAML", "uvicorn", "h11", "httptools", "mkdocs", "old", "pytest")
    found = runtime(everything, PROJECT, NEEDS.__getitem__)
    assert {part["name"]: part["scope"] for part in found["components"]} == {
        "PyYAML": "required",
        "uvicorn": "optional",
        "h11": "optional",
        "httptools": "optional",
    }
    assert {entry["ref"]: entry["dependsOn"] for entry in found["dependencies"]} == {
        "root": ["PyYAML==1", "uvicorn==1"],
        "PyYAML==1": [],
        "uvicorn==1": ["h11==1", "httptools==1"],
        "h11==1": [],
        "httptools==1": [],
    }


def test_a_package_that_is_not_there_is_named() -> None:
    """A document that lacks a requirement would be wrong."""
    with pytest.raises(ValueError, match="not installed: h11, httptools, uvicorn"):
        runtime(bom("pyyaml"), PROJECT, NEEDS.__getitem__)


def test_the_packages_of_the_project_are_installed() -> None:
    """The metadata of every package that users get can be read here; tools of development are not among them."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    found = closure([*project["dependencies"], *(line for name in EXTRAS for line in extras[name])], installed_needs)
    assert {"polars", "pydantic-core", "starlette", "dask"} <= set(found)
    assert not {"pytest", "mkdocs", "mypy", "ruff", "schemathesis"} & set(found)
