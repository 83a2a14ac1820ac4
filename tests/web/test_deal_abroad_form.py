"""One form holds the deal, the jurisdictions and the steps, so that nothing typed is lost; errors get the focus."""

from __future__ import annotations

import html
import re
from urllib.parse import urlencode

import pytest
from fastapi.testclient import TestClient

from coercivity.verbs.serving.places import Places
from coercivity.web.site import make_site

Query = list[tuple[str, str]]
ALLOY = {"step": "alloy_melted", "country": "JP", "by": "magnet maker", "evidence": "declared", "on": "2026-03-01"}
LOT: Query = [("material", "ferrite magnets"), ("from", "China"), ("to", "Germany"), ("on", "2026-03-02")]
ASKED: Query = [*LOT, ("jurisdiction", "US"), ("lang", "en"), *((f"s1.{key}", text) for key, text in ALLOY.items())]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    return TestClient(make_site(Places(tmp_path_factory.mktemp("state"))), base_url="http://127.0.0.1:8765")


def page_of(site: TestClient, asked: Query) -> str:
    return site.get(f"/deal?{urlencode(asked)}").text


def fields(page: str) -> list[tuple[str, str]]:
    """What the form on the deal would send: its own fields and those elsewhere that belong to it."""
    own = re.findall(r'<form id="deal-form".*?</form>', page, re.S)[0]
    found = [
        *re.findall(r"<(?:input|select)[^>]*>", own),
        *re.findall(r'<(?:input|select)[^>]*form="deal-form"[^>]*>', page),
    ]
    named = [(re.findall(r'name="([^"]*)"', one), re.findall(r'value="([^"]*)"', one), one) for one in found]
    boxes = [(name, value, one) for name, value, one in named if name and ("checkbox" not in one or "checked" in one)]
    return [(name[0], html.unescape(value[0]) if value else "") for name, value, _ in boxes]


def test_the_form_on_the_deal_sends_jurisdictions_and_steps_once(site: TestClient) -> None:
    sent = fields(page_of(site, ASKED))
    names = [name for name, _ in sent]
    assert ("jurisdiction", "US") in sent
    assert ("s1.country", "JP") in sent
    assert names.count("jurisdiction") == names.count("s1.step") == names.count("s1.on") == 1


def test_where_the_deal_cannot_be_read_they_go_along(site: TestClient) -> None:
    sent = fields(page_of(site, [*ASKED, ("on", "2026-02-30")]))
    assert ("jurisdiction", "US") in sent
    assert ("s1.country", "JP") in sent


def test_the_buttons_keep_the_deal_that_is_shown(site: TestClient) -> None:
    two = [("material", "1) ferrite magnets to Germany 2) sintered NdFeB block to Japan"), *ASKED[1:]]
    page = page_of(site, [*two, ("part", "2")])
    buttons = re.findall(r'<button[^>]*form="deal-form"[^>]*formaction="/deal#abroad"[^>]*>', page)
    assert len(buttons) == 4  # show, remove the row, use the steps, add rows
    assert all("part=2" in button for button in buttons)


def test_more_rows_are_offered_once_and_get_the_focus(site: TestClient) -> None:
    more = page_of(site, [*ASKED, ("step_rows", "yes")])
    assert re.findall(r'<select name="(s\d+\.step)"[^>]* autofocus', more) == ["s2.step"]
    assert 'type="hidden" name="step_rows"' not in more
    assert "autofocus" not in page_of(site, ASKED)


def test_the_first_field_in_error_gets_the_focus(site: TestClient) -> None:
    bad = [*ASKED, *((f"s2.{key}", text) for key, text in {**ALLOY, "on": "2026-13-01", "share": "1.2"}.items())]
    page = page_of(site, bad)
    assert re.findall(r'name="(s\d+\.\w+)"[^>]* autofocus', page) == ["s2.share"]
    assert "No result for other jurisdictions until this is corrected" in page
    twice = [*ASKED, ("s1.share", "0.2"), *((f"s2.{key}", text) for key, text in {**ALLOY, "share": "0.8"}.items())]
    assert re.findall(r"<div tabindex=\"-1\" autofocus>", page_of(site, twice))
