"""The Glossary screen: every term with an anchor, filtered by a word, in both languages."""

from __future__ import annotations

import re
from html import unescape

import pytest
from fastapi.testclient import TestClient

from coercivity.verbs.glossary import glossary, glossary_terms
from coercivity.verbs.serving.places import Places
from coercivity.web.site import make_site

TERMS = [term for area in glossary() for term in area.terms]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    """The screens, asked without a browser."""
    return TestClient(make_site(Places(tmp_path_factory.mktemp("state"))), base_url="http://127.0.0.1:8765")


def shown(site: TestClient, **asked: str) -> str:
    answer = site.get("/glossary", params=asked)
    assert answer.status_code == 200
    return answer.text


def anchors(page: str) -> list[str]:
    return re.findall(r'<dt id="([^"]+)">', page)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_term_is_shown_with_its_anchor_and_names(site: TestClient, lang: str) -> None:
    page = unescape(shown(site, lang=lang))
    assert anchors(page) == [term.id for term in TERMS]
    for term in TERMS:
        assert f'<dt id="{term.id}">{getattr(term, lang)}</dt>' in page
        assert f'<span lang="de">{term.de}</span>' in page
    for area in glossary():
        assert f'href="#area-{area.id}">{getattr(area.title, lang)}</a>' in page


def test_a_word_filters_and_stays_in_the_field(site: TestClient) -> None:
    page = shown(site, lang="en", q="stock")
    assert (
        set(anchors(page)) == {term.id for term in glossary_terms("stock")} == {"stock", "safety-stock", "state-stock"}
    )
    assert 'name="q" type="search" value="stock"' in page
    assert "3 terms" in page
    assert "1 term " in shown(site, lang="en", q="UEL")
    assert "共1条" in shown(site, lang="zh", q="单项许可")


def test_a_word_that_is_not_found_leads_to_the_nearest_terms(site: TestClient) -> None:
    page = shown(site, lang="en", q="suspendd")
    assert anchors(page) == []
    assert 'href="/glossary?lang=en&amp;q=suspended">suspended</a>' in page
    assert "没有包含" in shown(site, lang="zh", q="<b>")
    assert "&lt;b&gt;" in shown(site, lang="zh", q="<b>")


def test_the_chinese_page_has_no_other_language_that_is_not_marked(site: TestClient) -> None:
    page = shown(site, lang="zh").split("<h1>", 1)[1].split("</main>", maxsplit=1)[0]
    told = re.sub(r"<[^>]+>", "", re.sub(r'<span lang="(en|de)">.*?</span>', "", page))
    assert re.findall(r"[A-Za-z]{4,}", told) == []


def test_every_page_leads_to_it(site: TestClient) -> None:
    for path in ("/", "/about", "/data", "/glossary?q=UEL"):
        page = site.get(path, params={"lang": "en", **({"q": "UEL"} if "q=" in path else {})}).text
        assert '<a href="/glossary?lang=en">Glossary</a>' in page
