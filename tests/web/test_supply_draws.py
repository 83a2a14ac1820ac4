"""Draws on the Supply screen and over HTTP: the form, bad numbers, the charts and tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient

from coercivity.verbs.draws_offered import MOST_DRAWS, minutes
from coercivity.verbs.serving.places import Places
from coercivity.web.site import make_site
from coercivity.web.words import screen_words

ASKED = {"a": "controls-back", "from": "2026-01", "to": "2026-02"}
SENT = {"scenario": "controls-back", "from": "2026-01", "to": "2026-02"}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """The screens, asked without a browser."""
    app = make_site(Places(tmp_path_factory.mktemp("state")))
    with TestClient(app, base_url="http://127.0.0.1:8765") as client:
        yield client


def test_the_form_offers_no_draws_64_and_256_and_says_how_long_they_take(site: TestClient) -> None:
    page = site.get("/supply", params={**ASKED, "lang": "en"}).text
    choices = re.search(r'<select id="f-draws".*?</select>', page, re.S)
    assert choices is not None
    assert re.findall(r'value="(\w+)"', choices[0]) == ["none", "64", "256"]
    assert '<option value="none" selected>' in choices[0]
    assert "draws take about" not in page
    page = site.get("/supply", params={**ASKED, "draws": "256", "lang": "en"}).text
    assert '<option value="256" selected>256 draws</option>' in page
    assert re.search(r"256 draws take about \d+ min more on this computer \(\d+ cores\)", page)
    assert "256次抽样在本机上约另需" in site.get("/supply", params={**ASKED, "draws": "256", "lang": "zh"}).text


def test_draws_of_two_scenarios_take_twice_as_long() -> None:
    """256 draws of 36 months at 12.2 s are 3,123 s on one core; of two scenarios twice as many."""
    one, cores = minutes(256, 36, 1)
    assert one == round(256 * 12.2 / cores / 60)
    assert minutes(256, 36, 2)[0] == round(512 * 12.2 / cores / 60)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("0", "0 draws"),
        ("100", "each needs a power of two"),
        ("-1", "-1 draws"),
        ("many", "&#39;many&#39; is not a number of draws"),
        ("6.4", "&#39;6.4&#39; is not a number of draws"),
        ("512", f"the server runs at most {MOST_DRAWS}"),
        ("9" * 90, "is not a number of draws"),
    ],
)
def test_a_number_of_draws_that_is_none_is_told_beside_the_field(site: TestClient, typed: str, told: str) -> None:
    """What was typed stays in the field, which is marked, and nothing is started; other faults are told as well."""
    before = len(site.get("/api/jobs").json())
    sent = site.post("/supply", data={**ASKED, "draws": typed, "to": "2026-13", "lang": "en"})
    assert sent.status_code == 422
    assert told in sent.text
    assert "MONTH" in sent.text
    assert re.search(r'<select id="f-draws" name="draws" aria-invalid="true"', sent.text)
    assert f'<option value="{typed}" selected>' in sent.text
    assert len(site.get("/api/jobs").json()) == before


@pytest.mark.parametrize(("draws", "nearest"), [(0, []), (100, ["64", "128"]), (-1, []), (512, ["256"])])
def test_a_number_of_draws_that_is_none_is_a_fault_over_http(site: TestClient, draws: int, nearest: list[str]) -> None:
    answer = site.post("/api/outlook", json={**SENT, "draws": draws})
    assert answer.status_code == 422
    (fault,) = answer.json()["faults"]
    assert (fault["code"], fault["where"], fault["nearest"]) == ("DRAWS", "draws", nearest)
    assert fault["next"]


@pytest.mark.parametrize("draws", ["many", "64", 6.4, True, [64], {}])
def test_draws_that_are_no_whole_number_are_a_fault_of_the_form(site: TestClient, draws: object) -> None:
    answer = site.post("/api/outlook", json={**SENT, "draws": draws})
    assert answer.status_code == 422
    (fault,) = answer.json()["faults"]
    assert (fault["code"], fault["where"]) == ("HTTP-FORM", "body.draws")


def test_the_interface_describes_draws(site: TestClient) -> None:
    """The description names the limit; a request without draws keeps the id that it had."""
    described: dict[str, Any] = site.get("/api/openapi.json").json()["components"]["schemas"]["OutlookSent"]
    assert f"at most {MOST_DRAWS}" in described["properties"]["draws"]["description"]
    assert "draws" not in described["required"]


def test_every_word_about_draws_is_there_in_both_languages() -> None:
    held = {name: words for name, words in screen_words().items() if name.startswith("draws.")}
    assert held
    for name, words in held.items():
        assert set(words) == {"en", "zh"}, name
        assert words["en"].count("{}") == words["zh"].count("{}"), name
