"""The question on the Deal screen: plain choices, several fields, whom to ask, and its number for an ordinary deal."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import parse_qsl

import pytest
from fastapi.testclient import TestClient

from coercivity.verbs.serving.places import Places
from coercivity.web.site import make_site

SIGNED = {"said_by": "the exporter or provider", "said_on": "transaction date", "standing": "yes"}
WORK = {
    **SIGNED,
    "on": "2025-11-12",
    "f.act": "service",
    "f.form": "none",
    "f.line_service": "commissioning",
    "f.process_stage": "magnetic_material_manufacturing",
    "f.magnet_type": "NdFeB",
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    """The screens, asked without a browser."""
    return TestClient(make_site(Places(tmp_path_factory.mktemp("state"))), base_url="http://127.0.0.1:8765")


def form_of(page: str) -> str:
    found = re.search(r'<form[^>]*id="question">(.*?)</form>', page, re.DOTALL)
    return unescape(found[1]) if found else ""


def choices_in(form: str) -> dict[str, str]:
    """The label of each choice and what it states."""
    found = re.findall(r'<button class="choice" name="go" value="([^"]*)"[^>]*>(.*?)</button>', form)
    return {label.strip(): go for go, label in found}


def test_the_kind_of_deal_is_chosen_from_a_short_list(site: TestClient) -> None:
    page = site.get("/deal", params={**SIGNED, "on": "2025-11-12", "to": "Thailand"}).text
    choices = choices_in(form_of(page))
    assert choices["a drawing, data, a recipe, software or training"] == "f.act=technology&f.form=technology"
    assert len(choices) == 9
    chosen = {**SIGNED, "on": "2025-11-12", "to": "Thailand", "go": "f.act=technology&f.form=technology"}
    after = form_of(site.get("/deal", params=chosen).text)
    assert "What kind of deal is it?" not in after
    assert 'name="f.act" value="technology"' in after


def test_i_do_not_know_says_whom_to_ask(site: TestClient) -> None:
    form = form_of(site.get("/deal", params=WORK).text)
    assert "Does know-how pass with the work" in form
    assert "Ask the engineer or the author in charge" in form
    unknown = re.findall(r'name="go" value="([^"]*)"', form)[-1]
    assert {value for _, value in parse_qsl(unknown)} == {"unknown"}
    after = form_of(site.get("/deal", params={**WORK, "go": unknown}).text)
    assert "Does know-how pass with the work" not in after


def test_a_question_for_several_facts_has_a_field_for_each(site: TestClient) -> None:
    deal = {**WORK, "f.technology_passes": "true"}
    form = form_of(site.get("/deal", params=deal).text)
    while "Who does it for whom" not in form:
        deal |= dict(parse_qsl(re.findall(r'name="go" value="([^"]*)"', form)[-1]))
        form = form_of(site.get("/deal", params=deal).text)
    fields = set(re.findall(r'<input name="(f\.[^"]+)"', form))
    assert {"f.from", "f.to", "f.exporter_nationality", "f.recipient_nationality"} <= fields


def test_in_chinese_the_question_is_chinese(site: TestClient) -> None:
    form = form_of(site.get("/deal", params={**WORK, "lang": "zh"}).text)
    assert "作业是否随之转移技术" in form
    assert "请询问负责的工程师或作者" in form


def test_commissioning_is_decided_after_at_most_four_questions(site: TestClient) -> None:
    deal = {**WORK, "on": "2025-11-01", "from": "Thailand", "to": "Thailand"}
    answers = {
        "f.exporter_nationality": "CN",
        "f.exporter_place": "TH",
        "f.recipient_nationality": "TH",
        "f.serves_stage": "magnetic_material_manufacturing",
        "f.activity_place": "TH",
        "f.technology_topic": "none",
        "f.catalogue_part": "none",
    }
    asked = 0
    while form := form_of(site.get("/deal", params=deal).text):
        asked += 1
        assert asked <= 4
        if choices := choices_in(form):
            deal |= dict(parse_qsl(choices["know-how developed in China, not published"]))
        else:
            names = dict.fromkeys(re.findall(r'name="(f\.[^"]+)"', form))
            deal |= {name: answers[name] for name in names if name not in deal}
    page = site.get("/deal", params=deal).text
    assert re.search(r'class="chip[^"]*LICENCE', page), re.findall(r'class="chip[^"]*"', page)[:3]
