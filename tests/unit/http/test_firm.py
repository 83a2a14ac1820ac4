"""The workbook of a company over HTTP."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from coercivity.verbs.serving.places import Places
from coercivity.web.site import make_site
from tests.places import ROOT

ALPENMOTOR = ROOT / "examples/firms/alpenmotor.yaml"
SMALL = {
    "settings": {"as_of": "2026-11-20", "until": "2027-05-31"},
    "parts": [{"part": "M3", "grade": "N38UH"}],
    "plants": [{"plant": "GRZ"}],
    "use": [{"plant": "GRZ", "part": "M3", "quantity_kg": 12, "per": "day", "calendar": "calendar"}],
    "stock": [{"plant": "GRZ", "part": "M3", "quantity_kg": 1020}],
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with TestClient(make_site(Places(tmp_path_factory.mktemp("state"))), base_url="http://127.0.0.1:8765") as made:
        yield made


def test_rows_as_json_give_the_stop(site: TestClient) -> None:
    """1,020 kg at 12 kg a day last 85 days from 2026-11-21; the 86th is 2027-02-14."""
    found = site.post("/api/firm/stops", json={"workbook": SMALL})
    assert found.status_code == 200
    plant = found.json()["plants"][0]
    assert (plant["plant"], plant["stop_on"], plant["part"]) == ("GRZ", "2027-02-14", "M3")


def test_an_upload_and_the_example_give_the_same_answer(site: TestClient) -> None:
    sent = site.post("/api/firm/workbooks", files={"file": ("mine.yaml", ALPENMOTOR.read_bytes())})
    assert sent.status_code == 200
    own = site.post("/api/firm/stops", json={"file": sent.json()["file"]}).json()
    example = site.post("/api/firm/stops", json={"file": "alpenmotor"}).json()
    assert own == example
    assert [entry["stop_probability"] for entry in own["chances"] if entry["plant"] == "any"] == ["0.66"]


def test_an_export_has_the_same_hash(site: TestClient) -> None:
    hashes = {site.post("/api/firm/stops", json={"file": "alpenmotor"}).json()["hash"]}
    for form in ("xlsx", "yaml"):
        made = site.post(f"/api/firm/export?form={form}", json={"file": "alpenmotor"})
        sent = site.post("/api/firm/workbooks", files={"file": (f"again.{form}", made.content)})
        hashes.add(site.post("/api/firm/stops", json={"file": sent.json()["file"]}).json()["hash"])
    assert len(hashes) == 1


def test_the_last_day_to_sign(site: TestClient) -> None:
    asked = {"file": "nordlicht", "sign": "2026-12-07", "arrive_by": "2027-08-02", "confidence": ["0.9", "0.95"]}
    found = site.post("/api/firm/chain", json=asked)
    assert found.status_code == 200
    days = {mode["mode"]: [latest["sign_on"] for latest in mode["latest"]] for mode in found.json()["modes"]}
    assert days == {"sea": ["2027-01-24", "2026-12-09"], "air": ["2027-03-06", "2027-01-11"]}


def test_every_fault_is_told_with_its_place(site: TestClient) -> None:
    wrong = {**SMALL, "stock": [{"plant": "GRZ", "part": "M4", "quantity_kg": "much"}], "settings": {"as_of": "soon"}}
    found = site.post("/api/firm/stops", json={"workbook": wrong})
    assert found.status_code == 422
    places = [fault["where"] for fault in found.json()["faults"]]
    assert any(place.startswith("stock entry 1") for place in places)
    assert any(place.startswith("settings") for place in places)


@pytest.mark.parametrize("body", [{}, {"file": "alpenmotor", "workbook": SMALL}, {"file": "nothing"}])
def test_one_workbook_is_needed(site: TestClient, body: dict[str, object]) -> None:
    assert site.post("/api/firm/stops", json=body).status_code in (404, 422)


def test_the_template_and_the_calendar_are_files(site: TestClient) -> None:
    assert site.get("/api/firm/template?lang=zh").content.startswith(b"PK")
    made = site.post("/api/firm/deadlines", json={"file": "alpenmotor"})
    assert made.headers["content-type"].startswith("text/calendar")
    assert b"BEGIN:VEVENT" in made.content


def test_ten_numbers_make_a_workbook(site: TestClient) -> None:
    numbers = {
        **{"on": "2026-11-20", "plant": "GRZ", "grade": "N42SH", "stock_kg": 1500, "use_kg": 25, "lot_kg": 800},
        **{"leaves": "2027-01-10", "transit_days": 36, "usual_days": 50, "slow_days": 120, "line_day_keur": 90},
    }
    sent = site.post("/api/firm/quick", json={"numbers": numbers})
    assert sent.status_code == 200
    found = site.post("/api/firm/stops", json={"file": sent.json()["file"]}).json()
    assert found["plants"][0]["stop_on"] == "2027-01-20"


def test_draws_are_added_as_drawn(site: TestClient) -> None:
    own = site.post("/api/firm/stops", json={"workbook": SMALL}).json()
    found = site.post("/api/firm/stops", json={"workbook": SMALL, "draws": 16})
    assert found.status_code == 200
    drawn = found.json().pop("drawn")
    assert {name: value for name, value in found.json().items() if name != "drawn"} == own
    assert drawn["draws"] == 16
    assert drawn["plants"][0]["own_standing"] is None


@pytest.mark.parametrize("draws", [0, 65, 512])
def test_draws_are_a_power_of_two_up_to_256(site: TestClient, draws: int) -> None:
    found = site.post("/api/firm/stops", json={"workbook": SMALL, "draws": draws})
    assert found.status_code == 422
    assert found.json()["code"] == "DRAWS"
