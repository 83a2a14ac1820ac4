"""Fixtures and settings shared by all tests."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, settings

from coercivity.law.load import load_rulebook
from coercivity.law.rulebook import Rulebook

settings.register_profile("house", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")


@pytest.fixture(scope="session")
def book() -> Rulebook:
    """The rulebook of the packed law."""
    return load_rulebook()
