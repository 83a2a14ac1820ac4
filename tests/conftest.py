"""Fixtures and settings shared by all tests."""

from __future__ import annotations

import difflib
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from coercivity.law.rules.load import load_rulebook
from coercivity.law.rules.rulebook import Rulebook
from tests.sampling import ONE_IN, SAMPLE, WHOLE, examples, sampled, whole

GOLDENS = Path(__file__).parent / "goldens"
settings.register_profile(WHOLE, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile(SAMPLE, settings.get_profile(WHOLE), max_examples=examples(100))


def pytest_addoption(parser: pytest.Parser) -> None:
    """Adds the switches that rewrite golden texts and that run everything."""
    parser.addoption("--accept", action="store_true", help="rewrite the golden texts and print what changed")
    parser.addoption("--whole", action="store_true", help="run everything; without it costly tests are sampled")


def pytest_configure(config: pytest.Config) -> None:
    """Tells the tests, before they are read, whether they are sampled."""
    settings.load_profile(WHOLE if config.getoption("--whole") else SAMPLE)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leaves out what is not in the sample, and begins with the long files, so that no worker ends alone."""
    left_out = {item for item in items if item.get_closest_marker("whole") and not whole()}
    kinds: dict[str, list[pytest.Item]] = {}
    for item in items:
        if item.get_closest_marker("sampled"):
            kinds.setdefault(item.nodeid.partition("[")[0], []).append(item)
    for kind in kinds.values():
        marker = kind[0].get_closest_marker("sampled")
        one_in = marker.args[0] if marker and marker.args else ONE_IN
        taken = sampled(kind, one_in, key=lambda item: item.nodeid.partition("[")[2])
        left_out.update(item for item in kind if item not in taken)
    config.hook.pytest_deselected(items=[item for item in items if item in left_out])
    items[:] = sorted((i for i in items if i not in left_out), key=lambda i: i.get_closest_marker("long") is None)


@pytest.fixture(scope="session", autouse=True)
def no_cache() -> Iterator[None]:
    """Keeps tests, and the processes they start, from the user's cache and from each other's results."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("COERCIVITY_CACHE", "off")
        patched.delenv("COERCIVITY_CACHE_MB", raising=False)
        yield


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
