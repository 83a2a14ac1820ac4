"""The page of the Supply screen that compares the licensing desk with reports."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
from fastapi.testclient import TestClient

from coercivity.verbs.serving.places import Places
from coercivity.web.site import make_site

ASKED = {"scenario": "controls-back", "from": "2025-04", "to": "2025-07"}
UNTIL_DONE_S = 240.0


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """The screens, asked without a browser."""
    app = make_site(Places(tmp_path_factory.mktemp("state")))
    with TestClient(app, base_url="http://127.0.0.1:8765") as client:
        yield client


@pytest.fixture(scope="module")
def body(site: TestClient) -> dict[str, Any]:
    """The result of the run that the form starts."""
    sent = site.post("/supply/desk", data=ASKED, follow_redirects=False)
    assert (sent.status_code, sent.headers["location"]) == (303, f"/supply/desk?{urlencode(ASKED)}")
    job = site.app.state.held.jobs.all()[0]  # type: ignore[attr-defined] # the application is ours
    until = time.monotonic() + UNTIL_DONE_S
    while not job.ended:
        assert time.monotonic() < until
        time.sleep(0.05)
    assert job.state == "done", job.faults
    found: dict[str, Any] = site.get(f"/api/jobs/{job.id}/result").json()
    return {**found, "job": job.id}


def test_the_page_has_a_chart_with_the_points_of_the_reports(site: TestClient, body: dict[str, Any]) -> None:
    page = site.get("/supply/desk", params=ASKED).text
    (branch,) = body["branches"]
    specs = [json.loads(text) for text in re.findall(r'id="share-\d+-spec">(.*?)</script>', page)]
    assert len(specs) == len(branch["shares"]) > 0
    points = [
        layer["data"]["values"][0] for spec in specs for layer in spec["layer"] if layer["mark"]["type"] == "point"
    ]
    shares = [row for row in branch["checks"] if row["compared"] in ("granted_share", "pending_share", "refused_share")]
    assert len(points) == len(shares) > 0
    assert {point["m"] for point in points} == {row["reported_on"] for row in shares}


def test_every_row_is_on_the_page_with_its_result_or_reason(site: TestClient, body: dict[str, Any]) -> None:
    page = site.get("/supply/desk", params=ASKED).text
    (branch,) = body["branches"]
    for row in branch["checks"]:
        assert f"<td>{row['row']}</td>" in page
    assert f"{branch['counts']['met']} met, {branch['counts']['near']} near" in page
    assert "Counts companies; the licensing desk of the model counts applications." in page
    assert "desk-check.html" in page


def test_the_page_in_chinese(site: TestClient, body: dict[str, Any]) -> None:
    page = site.get("/supply/desk", params={**ASKED, "lang": "zh"}).text
    assert "许可审批与报道对照" in page
    assert "截至当日已许可占已提交的比例" in page
    assert "not comparable" not in page
    assert body["schema"] == "coercivity/desk-check/1"


def test_the_screen_and_the_interface_share_a_run(site: TestClient, body: dict[str, Any]) -> None:
    assert site.post("/api/desk-check", json=ASKED).json()["id"] == body["job"]
    html = site.get(f"/api/jobs/{body['job']}/files/desk-check.html")
    assert html.headers["content-type"].startswith("text/html")


def test_before_a_run_the_page_says_what_will_be_run(site: TestClient) -> None:
    before = len(site.get("/api/jobs").json())
    page = site.get("/supply/desk", params={"on": "2025-06-01"}).text
    assert "from 2024-09 to 2026-03" in page
    assert '<option value="IN"' in page
    assert len(site.get("/api/jobs").json()) == before
    assert "/supply/desk" in site.get("/supply").text


@pytest.mark.parametrize(("name", "value"), [("scenario", "nix"), ("from", "2025-13"), ("user", "civilian")])
def test_a_fault_is_told_beside_the_form(site: TestClient, name: str, value: str) -> None:
    sent = site.post("/supply/desk", data={**ASKED, name: value})
    assert sent.status_code == 422
    assert {"scenario": "SCENARIO-UNKNOWN", "from": "MONTH", "user": "DESK-NAME"}[name] in sent.text


def test_every_fault_over_http_at_once(site: TestClient) -> None:
    sent = {"scenario": "nix", "from": "2025-13", "to": "2025-07", "form": "magnets", "destination": "UE", "user": "x"}
    told = site.post("/api/desk-check", json=sent)
    assert told.status_code == 422
    codes = [fault["code"] for fault in told.json()["faults"]]
    assert sorted(codes) == ["DESK-NAME", "DESK-NAME", "DESK-NAME", "MONTH", "SCENARIO-UNKNOWN"]
