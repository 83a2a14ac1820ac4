"""The page of the interface says what the interface does: its examples are asked, its list of addresses is the program's."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from fastapi.testclient import TestClient

from coercivity.http.app import make_api
from coercivity.verbs.serving.places import Places
from tests.places import ROOT

PAGE = ROOT / "docs" / "api.md"
EXAMPLE = re.compile(
    r'```json title="(POST|GET) (/[^"]+)"\n(.*?)```\s+```json title="([a-z]+)(?: (\d+))?"\n(.*?)```', re.DOTALL
)
MARK = "<!-- addresses -->\n"


@pytest.fixture(scope="module")
def api(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    """The interface."""
    return TestClient(make_api(Places(tmp_path_factory.mktemp("state"))), base_url="http://127.0.0.1:8765")


def test_every_example_gives_what_the_page_shows(api: TestClient) -> None:
    """What is shown is a part of the answer, word for word."""
    found = EXAMPLE.findall(PAGE.read_text(encoding="utf-8"))
    assert len(found) == 3
    for method, address, sent, _, status, shown in found:
        answer = api.request(method, address, json=json.loads(sent))
        assert answer.status_code == int(status or 200), answer.text
        told = answer.json()
        assert {name: told[name] for name in json.loads(shown)} == json.loads(shown)


def addresses(schema: dict[str, Any]) -> str:
    """The table of all addresses."""
    rows = [
        f"| `{method.upper()} {path}` | {what['summary']} |"
        for path, methods in sorted(schema["paths"].items())
        for method, what in sorted(methods.items())
    ]
    return "\n".join(["| address | what it is |", "| --- | --- |", *rows]) + "\n"


def test_the_page_lists_every_address(api: TestClient) -> None:
    """Paste what this prints under the mark after an address was added."""
    wanted = addresses(api.get("/api/openapi.json").json())
    assert PAGE.read_text(encoding="utf-8").split(MARK)[1] == wanted, wanted
