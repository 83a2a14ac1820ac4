"""Notes on how entries were read, and errors beside them, in the language of the page."""

from __future__ import annotations

import html
import re

import pytest
from fastapi.testclient import TestClient

from coercivity.verbs.serving.places import Places
from coercivity.web.site import make_site

DEAL = {
    "on": "2025-08-15", "material": "sintered NdFeB block", "composition": "Dy 1.8 %, Nd+Pr 30 %", "from": "China",
    "to": "Germany", "quantity": "1.200", "use": "drone motor",
}  # fmt: skip


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    """The screens, asked without a browser."""
    return TestClient(make_site(Places(tmp_path_factory.mktemp("state"))), base_url="http://127.0.0.1:8765")


def text_of(page: str) -> str:
    """What a page shows, without its tags."""
    return html.unescape(re.sub(r"<[^>]+>", " ", page))


def test_notes_on_a_chinese_page_are_chinese(site: TestClient) -> None:
    page = text_of(site.get("/deal", params={**DEAL, "lang": "zh"}).text)
    for note in ("“Germany”识别为德国", "所列成分仅占质量的31.8%，可能还有其他元素", "“drone”可能涉及军事或武器用途"):
        assert note in page, note
    assert "interpreted as" not in page
    assert "other elements may be present" not in page


def test_notes_on_an_english_page_are_english(site: TestClient) -> None:
    page = text_of(site.get("/deal", params={**DEAL, "lang": "en"}).text)
    assert "Germany interpreted as DE" in page
    assert "识别为" not in page


def test_errors_on_a_chinese_page_are_chinese(site: TestClient) -> None:
    page = text_of(site.get("/deal", params={**DEAL, "from": "Atlantis", "lang": "zh"}).text)
    assert "COUNTRY" in page
    assert "“Atlantis”不是已知国家（地区）" in page
    assert "请填写 ISO 3166 两位字母代码" in page
