"""The best mix over HTTP."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from coercivity.verbs.serving.places import Places
from coercivity.web.site import make_site
from tests.places import ROOT

WIND = ROOT / "examples/firms/wind.yaml"
LONGEST_S = 300.0
SMALL = {
    "settings": {"months": 6, "sea_months": 0},
    "grades": [{"grade": "magnet", "group": "heavy", "stock_cost_keur_per_t": 20, "loss_keur_per_t": 150}],
    "monthly_use": [{"month": month, "magnet": 10} for month in range(1, 7)],
    "options": [{"option": "second", "kind": "second source", "fee_keur": 200, "months": 0, "cap_t": 4,
                 "extra_keur_per_t": 25, "grades": "magnet"}],
    "scenarios": [
        {"scenario": "no", "probability": 0.6, "months": 0, "months_if_filed": 0, "scope": "none", "let_through": 1,
         "second_source_share": 1},
        {"scenario": "six", "probability": 0.4, "first_month": 1, "months": 6, "months_if_filed": 6, "scope": "all",
         "let_through": 0, "second_source_share": 1},
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with TestClient(make_site(Places(tmp_path_factory.mktemp("state"))), base_url="http://127.0.0.1:8765") as made:
        yield made


def test_rows_as_json_give_the_plan(site: TestClient) -> None:
    """36 t at 20 and the fee of 200 at the start; in 40 % of cases 24 t from the second source at 25 more."""
    found = site.post("/api/firm/mix", json={"workbook": SMALL})
    assert found.status_code == 200
    best = found.json()["best"]
    assert (best["options"], best["stock_t"], best["mean_keur"]) == (["second"], {"magnet": "36"}, "1160")


def test_an_upload_and_the_example_give_the_same_answer(site: TestClient) -> None:
    sent = site.post("/api/firm/workbooks", files={"file": ("mine.yaml", WIND.read_bytes())})
    own = site.post("/api/firm/mix", json={"file": sent.json()["file"], "late": True}).json()
    example = site.post("/api/firm/mix", json={"file": "wind", "late": True}).json()
    assert own == example
    assert own["late"][0]["days"] == 0
    assert own["frontier"] is None


def test_changes_are_numbers_or_texts(site: TestClient) -> None:
    """A cap of 25 t: 1,093; without the second source 1,475."""
    for cap in (25, "25"):
        asked = {"file": "wind", "limits": {"stock_cap:magnet": cap}}
        assert site.post("/api/firm/mix", json=asked).json()["best"]["mean_keur"] == "1093"
        assert site.post("/api/firm/mix", json={**asked, "without": ["second"]}).json()["best"]["mean_keur"] == "1475"


def test_every_fault_is_told_at_once(site: TestClient) -> None:
    asked = {"file": "wind", "weight": 2, "cvar": 1, "without": ["secnd"], "limits": {"budgt": 1}}
    found = site.post("/api/firm/mix", json=asked)
    assert found.status_code == 422
    faults = found.json()["faults"]
    assert sorted(fault["where"] for fault in faults) == ["cvar", "limits", "weight", "without"]
    assert {fault["where"]: fault["nearest"] for fault in faults}["without"] == ["second"]


def test_an_unknown_workbook_and_both_sources_are_refused(site: TestClient) -> None:
    assert site.post("/api/firm/mix", json={"file": "nothing"}).status_code == 422
    assert site.post("/api/firm/mix", json={"file": "wind", "workbook": SMALL}).status_code == 422
    assert site.post("/api/firm/mix/flips", json={"workbook": {"grades": [{"grade": "A"}]}}).status_code == 422


def test_flips_come_as_a_job(site: TestClient) -> None:
    """The length of a stop is known, so that a dearer second source is at some fee not worth its money."""
    started = site.post("/api/firm/mix/flips", json={"workbook": SMALL})
    assert started.status_code == 202
    begun = time.monotonic()
    while (job := site.get(started.headers["location"]).json())["state"] in ("waiting", "running"):
        assert time.monotonic() - begun < LONGEST_S, "the search took too long"
        time.sleep(0.2)
    assert (job["state"], job["files"]) == ("done", ["mix.json"])
    body = site.get(f"{started.headers['location']}/files/mix.json").json()
    fees = [row for row in body["flips"] if (row["kind"], row["name"]) == ("fee", "second")]
    assert fees[0]["above"]["options"] == []


@pytest.mark.parametrize(("cell", "shown"), [(1, "'1'"), (0, "'0'"), (True, "'true'"), ("x", "'x'")])
def test_a_number_in_a_cell_remains_a_number(site: TestClient, cell: object, shown: str) -> None:
    """The numbers 0 and 1 are no answers such as no and yes; the kind of an option shows what was read."""
    options = [{**SMALL["options"][0], "kind": cell}]  # type: ignore[index]
    found = site.post("/api/firm/mix", json={"workbook": {**SMALL, "options": options}})
    assert [fault["what"] for fault in found.json()["faults"] if shown in fault["what"]]
