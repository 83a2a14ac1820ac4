"""Draws on the Supply screen and over HTTP: the form, bad numbers, the charts and tables."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator
from html import escape
from typing import Any, cast

import pytest
from fastapi.testclient import TestClient

from coercivity.papers.outlook.draws.beside import lines_beside
from coercivity.papers.outlook.draws.section import draws_section
from coercivity.papers.outlook.read import num
from coercivity.papers.outlook.report_data import OutlookReport
from coercivity.verbs.draws_offered import MOST_DRAWS, minutes
from coercivity.verbs.serving.places import Places
from coercivity.web.site import make_site
from coercivity.web.words import screen_words
from tests.web.made_draws import made_draws

ASKED = {"a": "controls-back", "from": "2026-01", "to": "2026-02"}
TWO = {"a": "controls-back", "b": "no-controls", "from": "2026-01", "to": "2026-02"}
UNTIL_DONE_S = 240.0
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
    """256 draws of 36 months at 12.6 s are 3,226 s on one core; of two scenarios twice as many."""
    one, cores = minutes(256, 36, 1)
    assert one == round(256 * 12.6 / cores / 60)
    assert minutes(256, 36, 2)[0] == round(512 * 12.6 / cores / 60)


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


PRICE = {"clause": "a18-1c905", **SENT}


@pytest.mark.parametrize("name", ["draws", "scramble"])
@pytest.mark.parametrize("value", ["64", 6.4, True])
def test_the_cost_of_a_clause_takes_whole_numbers_only(site: TestClient, name: str, value: object) -> None:
    answer = site.post("/api/clause-price", json={**PRICE, name: value})
    assert answer.status_code == 422
    assert [(fault["code"], fault["where"]) for fault in answer.json()["faults"]] == [("HTTP-FORM", f"body.{name}")]


@pytest.mark.parametrize(
    ("address", "sent", "told"),
    [
        # As known, there are two legal scenarios from 2026-11 on: one draw is none in one of them.
        ("outlook", {**SENT, "scenario": "as-known", "to": "2026-12", "draws": 1}, ("DRAWS", "draws")),
        ("outlook", {**SENT, "from": "2024-01", "draws": 4}, ("SPAN", "from")),
        ("clause-price", {**PRICE, "from": "2024-01", "draws": 4}, ("SPAN", "from")),
        ("clause-price", {**PRICE, "draws": 1}, ("DRAWS", "draws")),
        ("clause-price", {**PRICE, "draws": 4, "scramble": -1}, ("ARGUMENT", "scramble")),
    ],
)
def test_draws_that_cannot_be_run_are_refused_before_they_begin(
    site: TestClient, address: str, sent: dict[str, object], told: tuple[str, str]
) -> None:
    before = len(site.get("/api/jobs").json())
    answer = site.post(f"/api/{address}", json=sent)
    assert answer.status_code == 422
    assert [(fault["code"], fault["where"]) for fault in answer.json()["faults"]] == [told]
    assert len(site.get("/api/jobs").json()) == before


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


def _finished(site: TestClient, form: dict[str, str]) -> str:
    """Starts a run by the form, waits for its end, and returns the id of its job."""
    assert site.post("/supply", data=form, follow_redirects=False).status_code == 303
    job = site.app.state.held.jobs.all()[0]  # type: ignore[attr-defined] # the application is ours
    until = time.monotonic() + UNTIL_DONE_S
    while not job.ended:
        assert time.monotonic() < until
        time.sleep(0.05)
    assert job.state == "done", job.faults
    found: str = job.id
    return found


@pytest.fixture(scope="module")
def drawn(site: TestClient) -> dict[str, Any]:
    """The report of two scenarios, run without draws, to which made-up draws are added."""
    job = site.app.state.held.jobs.get(_finished(site, TWO))  # type: ignore[attr-defined] # the application is ours
    path = job.files()["outlook.json"]
    report: dict[str, Any] = json.loads(path.read_bytes())
    report["draws"] = made_draws(report["months"], [run["id"] for run in report["runs"]])
    path.write_text(json.dumps(report), encoding="utf-8")
    return report


def _spec(page: str, name: str) -> dict[str, Any]:
    found = re.search(rf'id="{name}-spec">(.*?)</script>', page)
    assert found is not None, name
    read: dict[str, Any] = json.loads(found[1])
    return read


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_section_begins_with_the_sentences_of_the_report(
    site: TestClient, drawn: dict[str, Any], lang: str
) -> None:
    section = draws_section(cast(OutlookReport, drawn), "zh" if lang == "zh" else "en")
    assert section is not None
    page = site.get("/supply", params={**TWO, "lang": lang}).text
    part = page.split('<h2 id="draws">')[1].split("<h2")[0]
    assert f'<a href="#draws">{section.heading}</a>' in page
    for told in (*section.sentences, *section.notes):
        assert escape(told) in part
    for name in ("draws-figures", "draws-fans", "draws-causes", "draws-learn", "draws-events", "draws-differences"):
        assert f'id="{name}"' in part, name


def test_headline_figures_have_their_range_beside_them(site: TestClient, drawn: dict[str, Any]) -> None:
    """The gap of dysprosium in a month, and every headline figure of the draws in the summary."""
    page = site.get("/supply", params={**TWO, "lang": "en"}).text
    beside = page.split('id="draws-beside"')[1].split("</ul>")[0]
    for section in ("gaps", "short", "plants", "prices"):
        for line in lines_beside(cast(OutlookReport, drawn), section, "en"):
            assert f"<li>{escape(line)}</li>" in beside
    fan = next(row for row in drawn["draws"]["fans"] if row["figure"] == "gap:ox_Dy:XCN")
    ends = {f"{num(fan['quantiles']['10'][at])} to {num(fan['quantiles']['90'][at])}" for at in range(2)}
    assert any(f"{each} in 80 % of draws" in page for each in ends)


def test_a_fan_has_its_bands_its_median_and_the_run_without_draws(site: TestClient, drawn: dict[str, Any]) -> None:
    page = site.get("/supply", params={**TWO, "lang": "en"}).text
    fan = drawn["draws"]["fans"][0]
    layers = _spec(page, "fan-1-A")["layer"]
    assert [layer["mark"]["type"] for layer in layers] == ["area", "area", "area", "line", "line"]
    for layer, (low, high) in zip(layers, (("5", "95"), ("10", "90"), ("25", "75")), strict=False):
        ends = [(row["y"], row["y2"]) for row in layer["data"]["values"]]
        assert ends == list(zip(fan["quantiles"][low], fan["quantiles"][high], strict=True))
    assert [row["y"] for row in layers[3]["data"]["values"]] == fan["quantiles"]["50"]
    assert [row["y"] for row in layers[4]["data"]["values"]] == fan["usual"]
    assert [row["m"] for row in layers[4]["data"]["values"]] == ["2026-01-01", "2026-02-01"]


def test_a_tornado_joins_lowest_and_highest_fifth_and_pales_what_is_noise(
    site: TestClient, drawn: dict[str, Any]
) -> None:
    """The index of the last assumption, 0.03, is below the noise, 0.06."""
    page = site.get("/supply", params={**TWO, "lang": "en"}).text
    causes = drawn["draws"]["sensitivity"][0]["causes"]
    bars = _spec(page, "tornado-1")["data"]["values"]
    assert {(bar["low"], bar["high"]) for bar in bars} <= {(cause["low"], cause["high"]) for cause in causes}
    pale = {bar["low"] for bar in bars if bar["faint"] < 1}
    assert pale <= {cause["low"] for cause in causes if cause["index"] <= cause["noise"]}
    assert {bar["low"] for bar in bars} - pale == {c["low"] for c in causes if c["index"] > c["noise"]}


def test_shares_by_group_fill_their_bar_and_chances_keep_their_interval(
    site: TestClient, drawn: dict[str, Any]
) -> None:
    page = site.get("/supply", params={**TWO, "lang": "en"}).text
    bars = _spec(page, "draws-groups")["layer"][0]["data"]["values"]
    lanes = {bar["lane"] for bar in bars}
    assert len(lanes) == len(drawn["draws"]["sensitivity"])
    for lane in lanes:
        assert max(bar["x2"] for bar in bars if bar["lane"] == lane) == pytest.approx(1.0)
    for chance, row in zip(_spec(page, "draws-chances")["data"]["values"], drawn["draws"]["chances"], strict=True):
        assert (chance["low"], chance["x"], chance["high"]) == (row["low"], row["chance"], row["high"])


def test_every_chart_of_draws_has_a_table_and_nothing_needs_a_script(site: TestClient, drawn: dict[str, Any]) -> None:
    page = site.get("/supply", params={**TWO, "lang": "en"}).text
    part = page.split('<h2 id="draws">')[1].split("<h2")[0]
    figures = re.findall(r'<figure class="figure" id=.*?</figure>', part, re.S)
    assert len(figures) == part.count("data-chart=") > 8
    assert all("<td" in figure for figure in figures)
    assert " style=" not in part


def test_a_report_with_draws_is_shown_where_draws_are_not_asked_for_and_the_other_way_round(
    site: TestClient, drawn: dict[str, Any]
) -> None:
    """Without its own report, the question with 64 draws shows the figures there are, and how long draws take."""
    page = site.get("/supply", params={**TWO, "draws": "64", "lang": "en"}).text
    assert '<h2 id="look">' in page
    assert re.search(r"64 draws take about \d+ min more", page)


def test_without_draws_there_is_no_section(site: TestClient) -> None:
    """A real run without draws; then the same with two draws, which is shown for both questions."""
    alone = {"a": "controls-back", "from": "2026-01", "to": "2026-01"}
    _finished(site, alone)
    page = site.get("/supply", params={**alone, "lang": "en"}).text
    assert 'id="draws"' not in page
    assert 'id="draws-beside"' not in page
    job = _finished(site, {**alone, "draws": "2"})
    report = site.get(f"/api/jobs/{job}/files/outlook.json").json()
    assert report["draws"]["draws"] == 2
    for asked in ({**alone, "draws": "2"}, alone):
        assert '<h2 id="draws">' in site.get("/supply", params={**asked, "lang": "en"}).text
