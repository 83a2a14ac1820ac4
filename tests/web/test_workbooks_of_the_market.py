"""Workbooks made from the market lie among the built-in ones, on the screens and for programs."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from coercivity.verbs.serving.ministries.workbooks import EXAMPLES, ministry_content
from coercivity.verbs.serving.places import Places
from coercivity.web.site import make_site
from tests.web.ministry_site import text_of


@pytest.fixture(name="site", scope="module")
def _site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with TestClient(make_site(Places(tmp_path_factory.mktemp("state"))), base_url="http://127.0.0.1:8765") as made:
        yield made


@pytest.mark.parametrize("name", [name for names in EXAMPLES.values() for name in names])
def test_every_workbook_has_a_name_in_both_languages_and_content(
    site: TestClient, name: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    assert ministry_content(Places(tmp_path_factory.mktemp("state")), name).content
    screen = next(screen for screen, names in EXAMPLES.items() if name in names)
    for lang, word in (("en", "Built-in workbooks"), ("zh", "内置工作簿")):
        page = site.get(f"/{screen}", params={"lang": lang}).text
        assert word in page
        assert f"file={name}" in page
        assert "example_" not in text_of(page)


def test_the_firms_of_the_market_are_compared_on_the_screen(site: TestClient) -> None:
    page = site.get("/strategy", params={"file": "strategy-market", "lang": "en"})
    assert page.status_code == 200
    assert "car maker" in text_of(page.text)


def test_a_program_asks_what_the_pipeline_is_worth(site: TestClient) -> None:
    answer = site.post("/api/ministry/fund", json={"file": "pipeline", "budget": ["200"], "sets": 1})
    assert answer.status_code == 200, answer.text
    assert "vulcan-benson-metal" in answer.text
