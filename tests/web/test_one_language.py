"""A page is in one language; what is in another is a name, a code or marked as such."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from coercivity.verbs.serving.places import Places
from coercivity.web.site import make_site
from tests.prose.pages import foreign
from tests.web.browser.kit import D1
from tests.web.browser.places import PLACES

# What somebody typed, and names, are shown as they are.
TYPED = frozenset({*D1.values(), "English", "中文", "Atlantis", "holmium metal"})


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    """The screens, with a folder of their own."""
    return TestClient(make_site(Places(tmp_path_factory.mktemp("state"))), base_url="http://127.0.0.1:8765")


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("name", PLACES)
def test_a_page_is_in_one_language(site: TestClient, name: str, lang: str) -> None:
    """As it opens and with something on it; a page of a fault too."""
    path = PLACES[name]
    page = site.get(f"{path}{'&' if '?' in path else '?'}lang={lang}").text
    assert foreign(page, lang, TYPED) == []


def test_a_page_that_mixes_is_noticed() -> None:
    """Words in text and attributes, clauses as English writes them, and nothing that is marked or a symbol."""
    page = '<html lang="zh-Hans"><p>须许可<b>LICENCE</b> Art. 16，<span lang="en">Not this</span><code>nor_this</code>NdFeB</p>'
    assert [word.split(":")[0] for word in foreign(page, "zh")] == ["LICENCE", "Art", "Art."]
    assert [word.split(":")[0] for word in foreign('<html lang="en"><p title="依据">Legal basis</p>', "en")] == ["依据"]
