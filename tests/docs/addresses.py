"""The table of all addresses in docs/api.md, from the description that the program gives of itself."""

from __future__ import annotations

import tempfile
from pathlib import Path

from fastapi.testclient import TestClient

from coercivity.http.app import make_api
from coercivity.verbs.serving.places import Places
from tests.places import ROOT

PAGE = ROOT / "docs" / "api.md"
MARK = "<!-- addresses -->\n"


def client(state: Path) -> TestClient:
    """Returns a client of the HTTP API."""
    return TestClient(make_api(Places(state)), base_url="http://127.0.0.1:8765")


def address_table(api: TestClient) -> str:
    """Returns the table of all addresses and their summaries."""
    rows = [
        f"| `{method.upper()} {path}` | {operation['summary']} |"
        for path, methods in sorted(api.get("/api/openapi.json").json()["paths"].items())
        for method, operation in sorted(methods.items())
    ]
    return "\n".join(["| Address | Purpose |", "| --- | --- |", *rows]) + "\n"


def with_addresses(text: str) -> str:
    """Returns the page with the table as it is now."""
    with tempfile.TemporaryDirectory() as state:
        return text.partition(MARK)[0] + MARK + address_table(client(Path(state)))
