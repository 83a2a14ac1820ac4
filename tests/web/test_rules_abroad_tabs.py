"""The pages of the Rules screen keep the jurisdiction: dates compared, calendar, and the way back."""

from __future__ import annotations

import html
import re

import pytest
from fastapi.testclient import TestClient

from coercivity.verbs.jurisdictions.shown import jurisdictions_shown
from coercivity.verbs.serving.places import Places
from coercivity.web.site import make_site

PAGES = ("/rules", "/rules/diff", "/rules/calendar", "/rules/impact")
CODES = [code for code in jurisdictions_shown() if code != "CN"]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    return TestClient(make_site(Places(tmp_path_factory.mktemp("state"))), base_url="http://127.0.0.1:8765")


def tabs(page: str) -> list[str]:
    """The addresses of the tabs of the Rules screen."""
    found = re.findall(r'<nav class="tabs" .*?</nav>', page, re.S)[0]
    return [html.unescape(link) for link in re.findall(r'href="([^"]+)"', found)]


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("path", [*PAGES, "/rules/instrument/us-dfars-252-225-7052", "/rules/clause/d7052-ndfeb-2027"])
def test_every_tab_leads_to_the_same_jurisdiction_date_and_language(site: TestClient, path: str, lang: str) -> None:
    links = tabs(site.get(f"{path}?jurisdiction=US&on=2027-01-05&lang={lang}").text)
    assert len(links) == len(PAGES)
    for link in links:
        assert {"jurisdiction=US", "on=2027-01-05", f"lang={lang}"} <= set(link.partition("?")[2].split("&")), link


def test_on_the_rules_of_china_no_tab_names_a_jurisdiction(site: TestClient) -> None:
    for path in (*PAGES, "/rules/instrument/mofcom-2025-61"):
        assert not any("jurisdiction" in link for link in tabs(site.get(f"{path}?lang=en").text))


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("code", CODES)
def test_the_calendar_and_the_dates_compared_are_those_of_the_jurisdiction(
    site: TestClient, code: str, lang: str
) -> None:
    for path in ("/rules/calendar", "/rules/diff"):
        answer = site.get(f"{path}?jurisdiction={code}&on=2026-12-20&lang={lang}")
        assert answer.status_code == 200
        assert f"jurisdiction={code}" in answer.text
        assert "/rules/instrument/mofcom-2025-61" not in answer.text
        assert f'name="jurisdiction" value="{code}"' in answer.text  # the form keeps it
        assert "days-to-watch" not in answer.text
        assert "format=ics" not in answer.text  # a file of Chinese dates


def test_dates_of_the_united_states_are_compared(site: TestClient) -> None:
    page = site.get("/rules/diff?jurisdiction=US&first=2026-12-20&second=2027-01-05&lang=en").text
    assert 'href="/rules/clause/d7052-ndfeb-2027' in page
    assert 'action="/rules/upload"' not in page
    assert "under Chinese law" in page
    assert 'href="/rules/clause/d7052-ndfeb-2027' not in site.get("/rules/diff?first=2026-12-20&second=2027-01-05").text


def test_the_calendar_of_the_united_states_names_the_widening(site: TestClient) -> None:
    page = site.get("/rules/calendar?jurisdiction=US&on=2026-12-20&lang=en").text
    assert "2027-01-01" in page
    assert 'href="/rules/instrument/us-dfars-252-225-7052' in page


@pytest.mark.parametrize("path", ["/rules/diff", "/rules/calendar"])
def test_a_jurisdiction_that_does_not_exist_is_told(site: TestClient, path: str) -> None:
    answer = site.get(f"{path}?jurisdiction=Atlantis&lang=en")
    assert answer.status_code == 404
    assert "JURISDICTION" in answer.text
    assert "/rules/instrument/mofcom-2025-61" not in answer.text


@pytest.mark.parametrize(("lang", "words"), [("en", "Chinese law"), ("zh", "中国")])
def test_the_page_on_drafts_says_whose_law_it_is_about(site: TestClient, lang: str, words: str) -> None:
    page = site.get(f"/rules/impact?jurisdiction=US&lang={lang}").text
    lead = re.findall(r'<p class="lead2">(.*?)</p>', page, re.S)[0]
    assert words in lead


def test_an_assumption_about_one_law_does_not_go_along_to_another(site: TestClient) -> None:
    page = site.get("/rules?assume=61%3Dlapsed&on=2026-12-20&lang=en").text
    links = [html.unescape(link) for link in re.findall(r'href="(/rules\?[^"]*jurisdiction=[^"]+)"', page)]
    assert len(links) == len(CODES)
    assert [site.get(link).status_code for link in links] == [200] * len(CODES)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_calendar_names_the_clauses_of_a_date_that_is_not_about_the_whole(site: TestClient, lang: str) -> None:
    page = site.get(f"/rules/calendar?jurisdiction=US&on=2026-12-20&lang={lang}").text
    rows = [row for row in re.findall(r"<tr>.*?</tr>", page, re.S) if "us-dfars-252-225-7052" in row]
    assert len(rows) == 2
    assert sum('href="/rules/clause/d7052-cots-now' in row for row in rows) == 1
    assert sum('href="/rules/clause/d7052-ndfeb-2027' in row for row in rows) == 1
