"""The HTTP API, called without a network."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from coercivity.http.app import make_api
from coercivity.verbs.serving.places import Places

BASE = "http://127.0.0.1:8765"


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return Places(tmp_path)


@pytest.fixture
def client(places: Places) -> Iterator[TestClient]:
    """A client of a server that begins and ends with the test."""
    with TestClient(make_api(places), base_url=BASE) as client:
        yield client


@pytest.fixture
def d1() -> dict[str, Any]:
    """D1 of the first journey."""
    return {
        "id": "D1",
        "on": "2025-08-15",
        "facts": {
            **{"act": "goods", "form": "magnet", "magnet_type": ["NdFeB"], "from": "CN", "to": "DE", "origin": "CN"},
            **{
                "exporter_nationality": "CN",
                "elements": ["Nd", "Pr", "Dy"],
                "dy_mass_share": "0.018",
                "tb_mass_share": "0",
            },
        },
    }
