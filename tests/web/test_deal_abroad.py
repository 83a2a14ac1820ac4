"""Results of other jurisdictions on the Deal screen, below that of China."""

from __future__ import annotations

import html
import re

import pytest
from fastapi.testclient import TestClient

from coercivity.verbs.serving.places import Places
from coercivity.web.site import make_site

LOT = {
    "material": "sintered NdFeB block",
    "from": "China",
    "to": "United States",
    "composition": "Dy 1.8 %",
    "on": "2026-10-01",
}
DEFENCE = {"x.us_defence_contract": "true", "x.melted_in": "China"}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    """The screens, asked without a browser."""
    return TestClient(make_site(Places(tmp_path_factory.mktemp("state"))), base_url="http://127.0.0.1:8765")


def outcomes(page: str) -> dict[str, str]:
    """The outcome of each other jurisdiction that a page shows, by code."""
    return dict(re.findall(r'id="abroad-([\w-]+)">\s*<h3><span class="chip ([A-Z]+)">', page))


def test_without_a_choice_the_page_offers_the_jurisdictions_and_shows_no_result(site: TestClient) -> None:
    page = site.get("/deal", params=LOT).text
    assert 'name="jurisdiction" value="US"' in page
    assert outcomes(page) == {}


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_each_jurisdiction_has_its_result_and_that_of_china_is_the_same(site: TestClient, lang: str) -> None:
    alone = site.get("/deal", params={**LOT, "lang": lang}).text
    both = site.get("/deal", params={**LOT, **DEFENCE, "jurisdiction": ["US", "EU"], "lang": lang}).text
    assert outcomes(both) == {"US": "STOP", "CN-foreign-rules": "UNKNOWN", "EU": "PROCEED"}
    assert "d7052-made" in both
    marks = [re.findall(r'<code id="hash">([0-9a-f]{64})</code>', page) for page in (alone, both)]
    assert marks[0] == marks[1] != []


def test_an_open_scenario_is_a_table_and_a_question(site: TestClient) -> None:
    facts = {
        "x.us_defence_contract": "true", "x.us_above_sat": "true", "x.melted_in": "JP", "x.produced_in": "JP",
        "x.mined_in": "CN", "x.separated_in": "CN", "x.refined_in": "CN", "x.end_item_made_in": "US", "x.cots": "false",
        "x.bought_thing": "end_item", "x.subject_to_ear": "false", "x.other_inputs_upstream_in": "[]",
    }  # fmt: skip
    page = site.get("/deal", params={**LOT, **facts, "on": "2027-03-01", "jurisdiction": "US"}).text
    assert outcomes(page)["US"] == "UNKNOWN"
    assert "It starts on 2027-01-01." in page
    assert 'name="x.us_widening_2027" value="as_written"' in page
    answered = {**facts, "x.us_widening_2027": "as_written"}
    page = site.get("/deal", params={**LOT, **answered, "on": "2027-03-01", "jurisdiction": "US"}).text
    assert outcomes(page)["US"] == "STOP"


@pytest.mark.parametrize(("lang", "word"), [("en", "each law can be met alone"), ("zh", "两法可各自满足")])
def test_a_conflict_is_shown_with_its_next_question(site: TestClient, lang: str, word: str) -> None:
    asked = {**LOT, "x.promise_no_chinese_content": "true", "jurisdiction": "US", "lang": lang}
    page = site.get("/deal", params=asked).text
    assert word in page.replace("Each", "each")
    assert 'id="conflict-C03"' in page
    assert 'id="conflict-C03"' not in site.get("/deal", params={**LOT, "jurisdiction": "US", "lang": lang}).text


def test_a_wrong_fact_or_jurisdiction_is_reported_and_the_result_of_china_stays(site: TestClient) -> None:
    page = site.get("/deal", params={**LOT, "x.melted_in": "Atlantis", "jurisdiction": ["US", "USA"]}).text
    assert "JURISDICTION" in page
    assert "FACT-VALUE" in page
    assert 'id="hash"' in page


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_clause_of_another_jurisdiction_opens_its_page(site: TestClient, lang: str) -> None:
    asked = {**LOT, **DEFENCE, "x.promise_no_chinese_content": "true", "jurisdiction": ["US", "EU"], "lang": lang}
    for more in ({}, {"assume": "61=lapsed"}):
        page = site.get("/deal", params={**asked, **more}).text
        abroad = page[page.index('id="abroad"') :]
        links = [html.unescape(link) for link in re.findall(r'href="(/rules/clause/[^"]+)"', abroad)]
        assert any("d7052-made" in link for link in links)
        for link in set(links):
            assert site.get(link).status_code == 200, link
            assert f"lang={lang}" in link


@pytest.mark.parametrize("codes", [["CN", "US", "EU"], ["CN,US,EU"], ["US,EU"], ["US", "EU", "US"]])
def test_jurisdictions_may_be_written_as_for_the_command(site: TestClient, codes: list[str]) -> None:
    page = site.get("/deal", params={**LOT, **DEFENCE, "jurisdiction": codes}).text
    assert outcomes(page) == {"US": "STOP", "CN-foreign-rules": "UNKNOWN", "EU": "PROCEED"}
    assert page.count('name="jurisdiction" value="US" checked') == 1


def test_a_fact_that_contradicts_the_deal_is_told_in_chinese(site: TestClient) -> None:
    page = site.get("/deal", params={**LOT, "x.from": "JP", "jurisdiction": "US", "lang": "zh"}).text
    assert "填为日本，但本交易所述为中国" in page


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        ("en", {"us_defence_contract": "yes", "melted_in": "Japan, Atlantis", "us_widening_2027": "unknown"}),
        ("zh", {"us_defence_contract": "是", "melted_in": "日本、Atlantis", "us_widening_2027": "不明"}),
    ],
)
def test_answers_about_other_jurisdictions_are_shown_and_can_be_taken_back(
    site: TestClient, lang: str, told: dict[str, str]
) -> None:
    answers = {
        "x.us_defence_contract": "true",
        "x.melted_in": ["JP", "Atlantis"],
        "x.us_widening_2027": "unknown",
    }
    page = site.get("/deal", params={**LOT, **answers, "jurisdiction": "US", "lang": lang}).text
    assert 'id="abroad-US"' not in page  # Atlantis is no country, and can be taken back
    rows = re.findall(r'<li data-fact="(\w+)">.*?<b>(.*?)</b>(.*?)</li>', page, re.S)
    assert {fact: html.unescape(value) for fact, value, _ in rows} == told
    for fact, _, links in rows:
        link = html.unescape(re.findall(r'href="([^"]+)"', links)[0])
        assert f"x.{fact}" not in link
        assert "jurisdiction=US" in link
        assert site.get(link).text.count(f'data-fact="{fact}"') == 0
