"""A best mix that takes long: it is never waited for until a limit of time, but started, with progress."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from fastapi.testclient import TestClient

from coercivity.base.errors import CoercivityError
from coercivity.data.input import Content
from coercivity.verbs.serving.firms import mixes
from coercivity.verbs.serving.places import Places
from coercivity.web.mix import look
from coercivity.web.mix import page as mix_page
from coercivity.web.site import make_site
from tests.places import ROOT
from tests.web.test_mix import LONGEST_S, text_of

WIND = ROOT / "examples" / "firms" / "wind.yaml"
MANY = 2_500
ASKED = {"file": "wind", "lang": "en"}


@pytest.fixture
def site(tmp_path: Path) -> Iterator[TestClient]:
    with TestClient(make_site(Places(tmp_path)), base_url="http://127.0.0.1:8765") as made:
        yield made


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is waited for, so that a small workbook stands for a large one."""
    monkeypatch.setattr(mixes, "MOST_WAITED_S", 0.0)


def many_scenarios() -> bytes:
    sheets = yaml.safe_load(WIND.read_bytes())
    stop = sheets["scenarios"][1]
    sheets["scenarios"] = [
        {**stop, "scenario": f"s{n}", "probability": str(1 / MANY), "first_month": str(1 + n % 6)} for n in range(MANY)
    ]
    return yaml.safe_dump(sheets, allow_unicode=True).encode()


@pytest.mark.parametrize(("lang", "told"), [("en", "has 2,500 scenarios"), ("zh", "2,500个情景")])
def test_a_workbook_with_many_scenarios_says_how_long_it_takes_before_it_starts(
    site: TestClient, lang: str, told: str
) -> None:
    page = site.post(f"/mix/workbook?lang={lang}", files={"file": ("many.yaml", many_scenarios())})
    assert page.status_code == 200
    assert told in text_of(page.text)
    assert 'action="/mix/start"' in page.text
    assert 'name="search" value="plan"' in page.text


@pytest.mark.usefixtures("impatient")
def test_the_search_is_a_job_and_its_result_is_that_of_a_page_that_waits(
    site: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = site.post("/mix/start", data={**ASKED, "search": "plan"})
    assert "data-job" in page.text
    begun = time.monotonic()
    while "Before and after" not in page.text:
        assert "data-job" in page.text
        assert time.monotonic() - begun < LONGEST_S, "the search took too long"
        time.sleep(0.2)
        page = site.get("/mix", params=ASKED)
    assert "Mean cost, kEUR 2,475.0 1,028.0" in text_of(page.text)
    by_job = json.loads(site.get("/mix/mix.json", params=ASKED).content)
    monkeypatch.undo()
    with TestClient(site.app, base_url="http://127.0.0.1:8765") as patient:
        waited = patient.post("/api/firm/mix", json={"file": "wind", "late": True, "frontier": True}).json()
    assert by_job["hash"] == waited["hash"]


@pytest.mark.usefixtures("impatient")
def test_a_file_of_a_result_that_is_not_there_says_how_to_start_it(site: TestClient) -> None:
    found = site.get("/mix/mix.json", params=ASKED)
    assert found.status_code == 422
    assert "longer than a page can wait" in text_of(found.text)
    assert "start it on the screen Best mix" in text_of(found.text)


def test_one_that_was_thought_to_be_short_is_offered_as_a_job_too(
    site: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    mixes.mix_shape(Content("wind.yaml", WIND.read_bytes()))

    def late(*_: object) -> None:
        raise CoercivityError.of("UPLOAD-TIME", "not within 60 s")

    monkeypatch.setattr(mixes, "apart", late)
    page = site.get("/mix", params={**ASKED, "level": "0.77"})
    assert page.status_code == 200
    assert 'name="search" value="plan"' in page.text
    asked = site.post("/api/firm/mix", json={"file": "wind", "cvar": "0.77"})
    assert asked.status_code == 422
    assert "/api/firm/mix/start" in asked.json()["faults"][0]["next"]


def test_the_same_search_as_a_job_of_the_api(site: TestClient) -> None:
    started = site.post("/api/firm/mix/start", json={"file": "wind"})
    assert started.status_code == 202
    begun = time.monotonic()
    while (job := site.get(started.headers["location"]).json())["state"] in ("waiting", "running"):
        assert time.monotonic() - begun < LONGEST_S, "the search took too long"
        time.sleep(0.2)
    assert (job["state"], job["files"]) == ("done", ["mix.json"])
    assert job["result"]["best"]["mean_keur"] == "1028"
    assert site.post("/api/firm/mix/start", json={"file": "wind", "weight": 7}).status_code == 422


def test_a_search_that_ends_while_the_page_is_made_is_shown_as_running(
    site: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So that the page follows it and is loaded again; else it would offer to start the search once more."""
    site.post("/mix/start", data=ASKED)
    held = look.mix_context

    def slow(*given: Any) -> Any:
        begun = time.monotonic()
        while site.get("/api/jobs").json()[0]["state"] == "running" and time.monotonic() - begun < LONGEST_S:
            time.sleep(0.1)
        return held(*given)

    monkeypatch.setattr(mix_page, "mix_context", slow)
    page = site.get("/mix", params=ASKED).text
    assert "data-job" in page or "Flips below" in page
