"""Errors in the steps of a chain in the words of the page: at the field itself, without the names of a file."""

from __future__ import annotations

import html
import re
from urllib.parse import urlencode

import pytest
from fastapi.testclient import TestClient

from coercivity.verbs.serving.places import Places
from coercivity.web.site import make_site

ALLOY = {
    "step": "alloy_melted",
    "country": "JP",
    "share": "1",
    "by": "某厂",
    "evidence": "declared",
    "on": "2026-03-01",
}
MINED = {**ALLOY, "step": "mined", "element": "Nd"}
LOT = [("material", "ferrite magnets"), ("from", "China"), ("to", "Germany"), ("on", "2026-03-02")]
FILE_WORDS = re.compile(r"\b[a-z0-9]+_[a-z0-9_]+|\['")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    return TestClient(make_site(Places(tmp_path_factory.mktemp("state"))), base_url="http://127.0.0.1:8765")


def page_of(site: TestClient, lang: str, *rows: dict[str, str], **more: str) -> str:
    cells = [(f"s{n}.{key}", value) for n, row in enumerate(rows, 1) for key, value in row.items()]
    asked = [*LOT, ("jurisdiction", "US"), ("lang", lang), *cells, *more.items()]
    return site.get(f"/deal?{urlencode(asked)}").text


def errors(page: str) -> str:
    """The errors of a page as text, without their codes."""
    rows = re.findall(r'<td[^>]*id="e-s\d+"><div>(.*?)</div></td>', page, re.S)
    found = "".join([*rows, *re.findall(r'<ul class="faults">(.*?)</ul>', page, re.S)])
    assert found
    return html.unescape(re.sub(r"<[^>]+>", "", re.sub(r"<b>[A-Z-]+</b>", "", found)))


BAD = {
    "contradict": ((ALLOY | {"share": "0.2"}, ALLOY | {"share": "0.8"}), {}),
    "contradict of an element": ((MINED | {"share": "0.2"}, MINED | {"share": "0.8"}), {}),
    "sum": ((ALLOY | {"share": "0.7"}, ALLOY | {"share": "0.6", "country": "US"}), {}),
    "sum of an element": ((MINED, MINED | {"country": "US"}), {}),
    "element": ((ALLOY | {"element": "Nd"},), {}),
    "share": ((ALLOY | {"part1_value_share": "2", "share": "1..0.9"},), {}),
    "stated otherwise": ((ALLOY,), {"x.melted_in": "CN"}),
    "wrong fact": ((ALLOY,), {"x.us_above_sat": "perhaps"}),
}


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("name", BAD)
def test_an_error_has_no_name_of_a_file(site: TestClient, name: str, lang: str) -> None:
    rows, more = BAD[name]
    told = errors(page_of(site, lang, *rows, **more))
    assert not FILE_WORDS.search(told), told
    if lang == "zh" and name != "wrong fact":
        assert not re.search(r"[a-z]{3,}", told), told


def test_the_words_of_the_page_stand_in_place_of_them(site: TestClient) -> None:
    told = errors(page_of(site, "en", *BAD["contradict"][0]))
    assert (
        "two statements about alloy melted in JP contradict each other: 0.2 by 某厂 (declared, 2026-03-01) and 0.8"
        in told
    )
    told = errors(page_of(site, "zh", *BAD["contradict of an element"][0]))
    assert "关于日本采矿（Nd）的两项陈述相互矛盾" in told
    assert "某厂（声明，2026年3月1日）称0.2" in told


MARKED = [
    ({"step": "melting"}, "step"),
    ({"evidence": "tested?"}, "evidence"),
    ({"country": "Atlantis"}, "country"),
    ({"technology": "Atlantis"}, "technology"),
    ({"share": "1.2"}, "share"),
    ({"part1_value_share": "1.2"}, "part1_value_share"),
    ({"element": "Nd"}, "element"),
    ({"on": "2026-13-01"}, "on"),
    ({"by": ""}, "by"),
]


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize(("change", "key"), MARKED)
def test_the_field_in_error_is_marked_and_no_other(
    site: TestClient, change: dict[str, str], key: str, lang: str
) -> None:
    page = page_of(site, lang, ALLOY | change)
    assert re.findall(r'name="s1\.(\w+)"[^>]*aria-invalid', page) == [key]


@pytest.mark.parametrize("day", ["1.3.2026", "1 March 2026", "2026年3月1日", "2026/03/01"])
def test_the_day_of_a_statement_is_read_as_that_of_the_deal(site: TestClient, day: str) -> None:
    marks = [
        re.findall(r"<code>([0-9a-f]{64})</code>", page_of(site, "en", ALLOY | {"on": text}))
        for text in ("2026-03-01", day)
    ]
    assert marks[0] == marks[1] != []
