"""Who wins with what over HTTP: its model, rows and an upload, faults, a job."""

from __future__ import annotations

import csv
import time
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

import coercivity
from coercivity.verbs.serving.places import Places
from coercivity.verbs.strategy import strategy_template
from coercivity.web.site import make_site
from tests.places import ROOT

FOLDER = ROOT / "examples" / "ministry" / "strategy"
LONGEST_S = 60.0


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with TestClient(make_site(Places(tmp_path_factory.mktemp("state"))), base_url="http://127.0.0.1:8765") as made:
        yield made


def rows() -> dict[str, object]:
    """Returns the example as rows, its settings as one object."""
    found: dict[str, object] = {}
    for name in ("scenarios", "firms"):
        with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            found[name] = list(csv.DictReader(file))
    return found


def test_the_model_names_what_may_be_sent(site: TestClient) -> None:
    described = site.get("/api/openapi.json").json()
    body = described["paths"]["/api/ministry/strategy"]["post"]["requestBody"]["content"]["application/json"]
    assert body["schema"]["$ref"].endswith("/StrategySent")
    fields = described["components"]["schemas"]["StrategySent"]["properties"]
    assert set(fields) >= {"file", "workbook", "levers"}
    assert "ore, processing, recycling, contracts, stock" in fields["levers"]["description"]
    assert "/api/ministry/strategy/start" in described["paths"]


def test_rows_an_upload_and_python_give_the_same_answer(site: TestClient) -> None:
    told = site.post("/api/ministry/strategy", json={"workbook": rows(), "levers": ["ore", "processing"]}).json()
    book = strategy_template(example=True)
    name = site.post("/api/firm/workbooks", files={"file": ("firms.xlsx", book)}).json()["file"]
    again = site.post("/api/ministry/strategy", json={"file": name, "levers": ["ore", "processing"]}).json()
    assert told["firms"] == again["firms"]
    assert again == dict(coercivity.strategy(FOLDER, levers=["ore", "processing"]).body)


def test_faults_have_their_places(site: TestClient) -> None:
    wrong = rows()
    wrong["firms"] = []
    found = site.post("/api/ministry/strategy", json={"workbook": wrong, "levers": ["ore", "ore", "wind"]})
    assert found.status_code == 422
    told = [fault["what"] for fault in found.json()["faults"]]
    assert "the lever ore is given twice" in told
    assert any(what.startswith("there is no lever 'wind'") for what in told)
    assert any("is empty" in what for what in told)


def test_as_a_job_it_gives_the_same(site: TestClient) -> None:
    asked = {"file": "strategy-draws"}
    sent = site.post("/api/ministry/strategy/start", json=asked)
    assert sent.status_code == 202
    end = time.monotonic() + LONGEST_S
    while (job := site.get(sent.headers["location"]).json())["state"] not in ("done", "failed", "cancelled"):
        assert time.monotonic() < end
        time.sleep(0.1)
    assert job["state"] == "done"
    assert job["files"] == ["strategy.json"]
    kept = site.get(f"/api/jobs/{job['id']}/files/strategy.json").json()
    assert kept == site.post("/api/ministry/strategy", json=asked).json()
    assert job["result"] == {"hash": kept["hash"]}
