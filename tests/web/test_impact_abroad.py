"""A draft about American law on the Rules screen; each moved deal opens with both results under that law."""

from __future__ import annotations

import html
import re
import time
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from coercivity.verbs.serving.places import Places
from coercivity.web.site import make_site
from tests.prose.pages import foreign
from tests.unit.batches.impact.test_abroad import DAY, DEALS, END, WRITTEN

LONGEST_S = 300.0
NOTICES = {
    "en": "[invented] The prohibitions on the whole chain end on 2 January 2027.",
    "zh": "（虚构）全链条禁止自2027年1月2日起终止。",
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with TestClient(make_site(Places(tmp_path_factory.mktemp("state"))), base_url="http://127.0.0.1:8765") as client:
        yield client


def _page(site: TestClient, lang: str, assume: str = WRITTEN) -> str:
    notice = ("end.txt", NOTICES[lang].encode())
    files = {"draft": ("end.yaml", END.content), "table": ("deals.csv", DEALS.encode()), "notice": notice}
    answer = site.post(
        "/rules/impact/start",
        data={"lang": lang, "on": DAY, "assume": assume},
        files={f"{name}_file": file for name, file in files.items()},
    )
    until = time.monotonic() + LONGEST_S
    while "data-job" in answer.text and "/jobs/end" in answer.text and time.monotonic() < until:
        time.sleep(0.3)
        answer = site.get(str(answer.url))
    assert answer.status_code == 200, answer.text
    return html.unescape(answer.text)


@pytest.mark.parametrize(
    ("lang", "law", "changed"),
    [
        ("en", "United States", "the result under this law would change"),
        ("zh", "美国", "该法域的结论会改变"),
    ],
)
def test_each_moved_deal_opens_with_both_results(site: TestClient, lang: str, law: str, changed: str) -> None:
    text = _page(site, lang)
    assert law in text
    links = re.findall(r'<a href="(/deal\?[^"]*draft=[^"]*)"', text)
    assert len(links) == 2
    for link in links:
        deal = html.unescape(site.get(link).text)
        panel = deal[deal.index('class="panel draft"') :].partition("</section>")[0]
        assert law in panel
        assert changed in panel
    words = foreign(re.sub(r"[0-9a-f]{12}", "", text), lang, frozenset({"end", "samarium", "ore", "txt"}))
    assert words == []


def test_the_clauses_that_change_open(site: TestClient) -> None:
    links = re.findall(r'href="(/rules/(?:clause|instrument)/[^"]*)"', _page(site, "en"))
    assert links
    assert {site.get(link).status_code for link in links} == {200}


def test_what_is_open_is_told(site: TestClient) -> None:
    assert "us_widening_2027=as_written" in _page(site, "en", assume="")


def test_words_of_the_notice_are_marked(site: TestClient) -> None:
    assert re.search(r"<mark[^>]*>2 January 2027</mark>", _page(site, "en"))
