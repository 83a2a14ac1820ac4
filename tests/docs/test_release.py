"""A release says one version everywhere, and its files are what other tools read."""

from __future__ import annotations

import re
import tomllib

import pytest
import yaml

from coercivity.base.version import ENGINE_VERSION
from tests.places import ROOT


def test_one_version_everywhere() -> None:
    """Package, engine, citation and the newest notes."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    notes = re.findall(r"^## (\S+) \(([\d-]+)\)$", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert {project["version"], ENGINE_VERSION, citation["version"], notes[0][0]} == {ENGINE_VERSION}
    assert citation["date-released"] == notes[0][1]


def test_the_addresses_of_the_project_are_complete() -> None:
    """What an index shows beside a package."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert {"Documentation", "Source", "Changelog", "Issues", "Security"} <= set(project["urls"])


FORMS = sorted((ROOT / ".github/ISSUE_TEMPLATE").glob("*.yml"))


@pytest.mark.parametrize("path", [path for path in FORMS if path.name != "config.yml"], ids=lambda path: path.stem)
def test_an_issue_form_has_what_forms_need(path: object) -> None:
    """Name, description and questions with ids of their own."""
    form = yaml.safe_load((ROOT / str(path)).read_text(encoding="utf-8"))
    assert {"name", "description", "body"} <= set(form)
    ids = [part["id"] for part in form["body"] if part["type"] != "markdown"]
    assert ids
    assert len(ids) == len(set(ids))
    assert all(part["attributes"].get("label") for part in form["body"] if part["type"] != "markdown")


def test_the_hooks_run_what_the_environment_has() -> None:
    """Each hook is local and starts from the environment that `make setup` made."""
    config = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    (repo,) = config["repos"]
    assert repo["repo"] == "local"
    assert all(hook["entry"].startswith(".venv/bin/") and hook["language"] == "system" for hook in repo["hooks"])
    assert len({hook["id"] for hook in repo["hooks"]}) == len(repo["hooks"])
