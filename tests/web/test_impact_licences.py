"""Licences on the page of a draft notice: which table, and deals that leave outside of their term."""

from __future__ import annotations

import html
import time
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from coercivity.verbs.serving.places import Places
from coercivity.web.site import make_site
from tests.places import ROOT

DRAFT = (ROOT / "examples" / "overlays" / "magnets-2027.yaml").read_bytes()
DEALS = (ROOT / "examples" / "impact" / "deals.csv").read_bytes()
LICENCES = b"licence,valid_from,valid_until\nL-1,2026-11-01,2026-12-05\nL-2,2027-01-01,\n"
LONGEST_S = 300.0


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with TestClient(make_site(Places(tmp_path_factory.mktemp("state"))), base_url="http://127.0.0.1:8765") as client:
        yield client


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        ("en", ["Table of licences: permits.csv", "2 leave after its last day"]),
        ("zh", ["许可证表：permits.csv", "超过有效期2笔"]),
    ],
)
def test_the_table_and_late_deals_are_told(site: TestClient, lang: str, told: list[str]) -> None:
    files = {"draft": ("d.yaml", DRAFT), "table": ("deals.csv", DEALS), "licences": ("permits.csv", LICENCES)}
    sent = {f"{name}_file": file for name, file in files.items()}
    answer = site.post("/rules/impact/start", data={"lang": lang}, files=sent)
    until = time.monotonic() + LONGEST_S
    while "data-job" in answer.text and "/jobs/end" in answer.text and time.monotonic() < until:
        time.sleep(0.3)
        answer = site.get(str(answer.url))
    text = html.unescape(answer.text)
    assert [words for words in told if words not in text] == []


def test_declarations_ticked_for_a_case_are_not_passed_over(site: TestClient) -> None:
    sent = {"draft_file": ("d.yaml", DRAFT)}
    answer = site.post("/rules/impact/start", data={"case": "magnet-jv", "standing": "yes"}, files=sent)
    assert answer.status_code == 422
    assert "a case has its own" in html.unescape(answer.text)
