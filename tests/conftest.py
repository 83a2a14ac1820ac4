"""Fixtures and settings shared by all tests."""

from __future__ import annotations

import difflib
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from coercivity.law.rules.load import load_rulebook
from coercivity.law.rules.rulebook import Rulebook

GOLDENS = Path(__file__).parent / "goldens"
settings.register_profile("house", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Adds the switch that rewrites golden texts."""
    parser.addoption("--accept", action="store_true", help="rewrite the golden texts and print what changed")


@pytest.fixture(scope="session")
def book() -> Rulebook:
    """The rulebook of the packed law."""
    return load_rulebook()


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compares a text with the golden one of that name; `--accept` rewrites it, never in CI."""

    def compare(name: str, text: str) -> None:
        path = GOLDENS / name
        expected = path.read_text(encoding="utf-8") if path.is_file() else ""
        difference = "\n".join(
            difflib.unified_diff(expected.splitlines(), text.splitlines(), "golden", "now", lineterm="")
        )
        if request.config.getoption("--accept") and not os.environ.get("CI"):
            if difference:
                print(f"{name}\n{difference}")
            path.write_text(text, encoding="utf-8")
            return
        assert not difference, f"{name} differs; read it, then run with --accept if each line is meant\n{difference}"

    return compare
