"""docs/api.md: its examples give the responses shown, and its list of addresses is that of the program."""

from __future__ import annotations

import json
import re

import pytest
from fastapi.testclient import TestClient

from tests.docs.addresses import MARK, PAGE, address_table, client

EXAMPLE = re.compile(
    r'```json title="(POST|GET) (/[^"]+)"\n(.*?)```\s+```json title="([a-z]+)(?: (\d+))?"\n(.*?)```', re.DOTALL
)


@pytest.fixture(scope="module")
def api(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    """The HTTP API."""
    return client(tmp_path_factory.mktemp("state"))


def test_every_example_gives_what_the_page_shows(api: TestClient) -> None:
    """What is shown is a part of the answer, word for word."""
    found = EXAMPLE.findall(PAGE.read_text(encoding="utf-8"))
    assert len(found) == 4
    for method, address, sent, _, status, shown in found:
        answer = api.request(method, address, json=json.loads(sent))
        assert answer.status_code == int(status or 200), answer.text
        told = answer.json()
        assert {name: told[name] for name in json.loads(shown)} == json.loads(shown)


def test_the_page_lists_every_address(api: TestClient) -> None:
    """`python -m tests.docs.outputs --accept` renews the table after an address was added."""
    assert PAGE.read_text(encoding="utf-8").split(MARK)[1] == address_table(api)
