"""The rules of other jurisdictions on the Rules screen: instruments, clauses, status on a date, scenarios."""

from __future__ import annotations

import html
import re
from datetime import date

import pytest
from fastapi.testclient import TestClient

from coercivity.verbs.jurisdictions.shown import abroad_law, jurisdictions_shown, law_of_jurisdiction
from coercivity.verbs.serving.places import Places
from coercivity.web.site import make_site


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    return TestClient(make_site(Places(tmp_path_factory.mktemp("state"))), base_url="http://127.0.0.1:8765")


def _links(text: str, start: str) -> list[str]:
    return list(dict.fromkeys(html.unescape(found) for found in re.findall(rf'href="({start}[^"?]*)', text)))


@pytest.mark.parametrize("code", [code for code in jurisdictions_shown() if code != "CN"])
def test_every_jurisdiction_shows_its_instruments_and_each_clause_opens(site: TestClient, code: str) -> None:
    text = site.get(f"/rules?jurisdiction={code}&on=2026-12-20&lang=en").text
    held = law_of_jurisdiction(code).book().instruments
    assert {path.rpartition("/")[2] for path in _links(text, "/rules/instrument/")} == set(held)
    clauses = _links(text, "/rules/clause/")
    assert clauses
    for path in (*clauses, *_links(text, "/rules/instrument/")):
        answer = site.get(f"{path}?on=2026-12-20&lang=en")
        assert answer.status_code == 200, path
        assert f"jurisdiction={code}" in answer.text, path


def test_scenarios_are_shown_with_every_branch(site: TestClient) -> None:
    book = abroad_law().book()
    shown = {
        name
        for code in jurisdictions_shown()
        if code != "CN"
        for name in re.findall(
            r'<code class="soft">(\w+)</code></h3>', site.get(f"/rules?jurisdiction={code}&lang=en").text
        )
    }
    assert shown == set(book.catalogue.scenarios) & set(book.rule_facts)
    us = html.unescape(site.get("/rules?jurisdiction=US&lang=en").text)
    for branch, words in book.catalogue["us_widening_2027"].values.items():
        assert f"<code>{branch}</code>" in us
        assert words.as_dict()["en"] in us


@pytest.mark.parametrize("day", [date(2026, 12, 20), date(2027, 1, 5)])
def test_the_status_follows_the_date(site: TestClient, day: date) -> None:
    clauses = abroad_law().book().instruments["us-dfars-252-225-7052"].provisions
    spans = [(clause.effective_from or date.min, clause.effective_to or date.max) for clause in clauses]
    in_force = sum(first <= day <= last for first, last in spans)
    assert 0 < in_force < len(spans)
    boxes = site.get(f"/rules?jurisdiction=US&on={day}&lang=en").text.split('id="timeline"')[0]
    first_box = boxes[boxes.index('class="box in_force"') :]
    told = first_box[first_box.index("us-dfars-252-225-7052") :].partition("</li>")[0]
    assert f"{in_force} of {len(spans)} clauses" in told


def test_china_is_shown_as_before(site: TestClient) -> None:
    plain, named = (site.get(f"/rules?on=2026-11-12&lang=en{more}").text for more in ("", "&jurisdiction=CN"))
    assert _links(plain, "/rules/") == _links(named, "/rules/")
    assert 'href="/rules/instrument/us-' not in plain
    assert 'aria-current="page">China</a>' in plain


@pytest.mark.parametrize(("code", "near"), [("us", "US"), ("Europe", "EU"), ("Atlantis", "one of: CN, US, EU")])
def test_an_unknown_jurisdiction_is_told_with_the_nearest(site: TestClient, code: str, near: str) -> None:
    answer = site.get("/rules", params={"jurisdiction": code, "lang": "en"})
    assert answer.status_code == 404
    assert "JURISDICTION" in answer.text
    assert near in answer.text


def test_a_bad_date_is_told_on_the_page_of_the_jurisdiction(site: TestClient) -> None:
    answer = site.get("/rules?jurisdiction=US&on=2026-02-30&lang=en")
    assert answer.status_code == 422
    assert "DATE" in answer.text
    assert 'name="jurisdiction" value="US"' in answer.text
