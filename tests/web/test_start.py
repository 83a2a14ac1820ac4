"""The start page and the About screen: summary of the day, and how to read a result."""

from __future__ import annotations

import re

import pytest
from fastapi.testclient import TestClient

from coercivity.data.packs import list_packs, open_pack
from coercivity.law.rules.model import Outcome
from coercivity.verbs.jurisdictions.request import law_abroad
from coercivity.verbs.rules import law_hash, rules_status
from coercivity.verbs.serving.places import Places
from coercivity.web.site import make_site
from coercivity.web.words import screen_words


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    """The screens, asked without a browser."""
    return TestClient(make_site(Places(tmp_path_factory.mktemp("state"))), base_url="http://127.0.0.1:8765")


def group(page: str, name: str) -> str:
    """The panel of one state."""
    return page.split(f'id="g-{name}"')[1].split("</section>", maxsplit=1)[0]


def test_the_day_after_the_pause_ended_nobody_knows_and_the_page_says_why(site: TestClient) -> None:
    """61 and 62 of 2025 stand under not known, 18 of 2025 in force; the statement of policy switches nothing."""
    page = site.get("/", params={"on": "2026-11-12"}).text
    unknown = group(page, "unknown")
    assert "MOFCOM 61/2025" in unknown
    assert "MOFCOM 62/2025" in unknown
    assert "A policy statement does not change the law" in unknown
    assert "MOFCOM/GAC 18/2025" in group(page, "in_force")
    assert "last verified to 2026-10-05, 38 days before this date" in page
    assert "Due since our last check" in page


def test_the_counts_are_those_of_the_rules(site: TestClient) -> None:
    """The number beside a state is the number of instruments with a clause in it."""
    page = site.get("/", params={"on": "2026-03-02"}).text
    paused = {row["instrument"] for row in rules_status("2026-03-02") if row["status"] == "suspended"}
    shown = re.search(r'class="count state suspended"><b>(\d+)</b>', page)
    assert shown is not None
    assert int(shown[1]) == len(paused) > 5


def test_in_the_middle_of_the_pause_it_says_until_when(site: TestClient) -> None:
    """Paused is told with its last day and the day from which it would apply again, in both languages."""
    english = group(site.get("/", params={"on": "2026-03-02"}).text, "suspended")
    assert "to 2026-11-10 (inclusive)" in english
    assert "applies again from 2026-11-11 unless the suspension is extended" in english
    assert "2026年11月10日" in group(site.get("/", params={"on": "2026-03-02", "lang": "zh"}).text, "suspended")


def test_a_day_that_does_not_exist_is_told_and_not_guessed(site: TestClient) -> None:
    """The form keeps what was typed; nothing is shown for another day."""
    answer = site.get("/", params={"on": "2026-02-30"})
    assert answer.status_code == 422
    assert 'value="2026-02-30"' in answer.text
    assert "g-unknown" not in answer.text


def test_the_reader_s_language_is_taken_where_the_address_names_none(site: TestClient) -> None:
    """An address goes before what the browser prefers."""
    assert "规则现状" in site.get("/", headers={"accept-language": "zh-CN,zh;q=0.9,en;q=0.5"}).text
    assert "Rules in force" in site.get("/", headers={"accept-language": "fr,de"}).text
    assert "Rules in force" in site.get("/?lang=en", headers={"accept-language": "zh"}).text


def test_about_tells_the_four_outcomes_the_limits_and_the_versions(site: TestClient) -> None:
    """Outcomes with their exit codes; the hash of every pack."""
    page = site.get("/about").text
    for outcome in Outcome:
        assert re.search(
            rf'<span>{outcome.value}</span></span></td><td>[^<]+</td><td class="num">{outcome.exit_code}<', page
        )
    hashes = {open_pack(name).content_hash for name in list_packs() if name != "law"} | {law_hash(), law_abroad()[1]}
    assert set(re.findall(r"<code>([0-9a-f]{64})</code>", page)) == hashes
    assert "Not legal advice" in page


def test_every_text_of_the_screens_has_both_languages() -> None:
    """None is blank, and Chinese texts hold Chinese or nothing that could be translated."""
    lacking = [name for name, words in screen_words().items() if set(words) != {"en", "zh"} or not all(words.values())]
    assert not lacking


def test_an_address_without_a_page_is_told_as_a_page(site: TestClient) -> None:
    """And to a program as a problem object."""
    page = site.get("/nothing/here")
    assert (page.status_code, page.headers["content-type"]) == (404, "text/html; charset=utf-8")
    assert "There is no page at this address" in page.text
    assert site.get("/api/nothing").headers["content-type"] == "application/problem+json"
