"""One language a page: what readers see is in the language of the page, and the switch keeps what they chose."""

from __future__ import annotations

import csv
import re
from urllib.parse import urlencode

import pytest
from fastapi.testclient import TestClient
from starlette.requests import Request

from coercivity.verbs.serving.places import Places
from coercivity.web.assumed import assumed_text
from coercivity.web.fact_words import source_label, value_label
from coercivity.web.site import make_site
from coercivity.web.view import View, tongue, view_of
from tests.places import ROOT
from tests.prose.pages import foreign
from tests.web.browser.kit import D1 as KIT_D1
from tests.web.browser.places import PLACES
from tests.web.test_deal import ABROAD, D1

OPEN = urlencode({name: text for name, text in D1.items() if name != "composition"})
ADDRESSES = (
    *("/?on=2026-11-12", "/?on=2001-01-01", f"/deal?{urlencode(D1)}", f"/deal?{OPEN}", f"/deal?{urlencode(ABROAD)}"),
    *("/deal?on=2025-02-30&to=Atlantis", "/rules?on=2026-11-12", "/nothing", "/rules/clause/a61-1-3?on=2026-11-12"),
    *("/rules/clause/a18-1c905?on=2026-03-02", "/rules/diff?first=2026-03-02&second=2026-03-03", "/supply/desk"),
    *("/rules?jurisdiction=US&on=2026-12-20", "/rules?jurisdiction=EU&on=2026-12-20&state=in_force"),
    *("/rules?jurisdiction=CN-foreign-rules&on=2026-12-20", "/rules?jurisdiction=JP", "/rules?jurisdiction=Atlantis"),
    *("/rules/instrument/us-dfars-252-225-7052?on=2026-12-20", "/rules/clause/d7052-made?on=2026-12-20"),
    *("/rules/instrument/cn-sc-835-2026?on=2026-12-20", "/rules/instrument/my-moratorium-2024?on=2026-12-20"),
    *PLACES.values(),
)
# What somebody typed, and names, are shown as they are.
CASE_IDS = re.findall(
    r"\b(?:part|lot|licence|deal|supplier|option|scenario): ([^,}]+)",
    (ROOT / "examples/ev-motor/company.yaml").read_text(encoding="utf-8"),
)
MIXES = (
    "Brenner",
    "Windtechnik",
    "Windrad",
    "Nord",
    "magnet",
    "second",
    "air",
    "lean",
    "recycling",
    "filing",
    "no stop",
    "months",
)
PLANTS = ("NORD", "SUED", "GRZ", "BRN", "GYR", "Kiel", "G-S1", "Alpenmotor", "Nordlicht")
MINISTRY = {
    cell
    for name in ("fund", "strategy-draws")
    for file in sorted((ROOT / "examples" / "ministry" / name).glob("*.csv"))
    for row in csv.reader(file.read_text(encoding="utf-8").splitlines()[1:])
    for cell in row
    if cell[:1].isalpha()
}
TYPED = frozenset(
    {
        *MINISTRY,
        *PLANTS,
        *MIXES,
        *D1.values(),
        *ABROAD.values(),
        *KIT_D1.values(),
        *CASE_IDS,
        "中文",
        "Atlantis",
        "holmium metal",
        "CC-BY-4.0",
    }
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    """The screens, asked without a browser."""
    return TestClient(make_site(Places(tmp_path_factory.mktemp("state"))), base_url="http://127.0.0.1:8765")


def view(lang: str, **query: str) -> View:
    text = urlencode({**query, "lang": lang}).encode()
    return view_of(Request({"type": "http", "path": "/rules", "query_string": text, "headers": []}))


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_is_in_one_language(site: TestClient, address: str, lang: str) -> None:
    """As it opens and with something on it; a page of a fault too."""
    page = site.get(f"{address}{'&' if '?' in address else '?'}lang={lang}").text
    assert foreign(page, lang, TYPED) == []


def test_a_page_that_mixes_is_noticed() -> None:
    """Words in text and attributes, and clauses as English writes them; nothing that is marked or a symbol."""
    page = '<html lang="zh-Hans"><p>须许可<b>LICENCE</b> Art. 16，<span lang="en">Not this</span><code>nor_this</code>NdFeB</p>'
    assert [word.split(":")[0] for word in foreign(page, "zh")] == ["LICENCE", "Art", "Art."]
    assert [word.split(":")[0] for word in foreign('<html lang="en"><p title="依据">Legal basis</p>', "en")] == ["依据"]


@pytest.mark.parametrize(
    ("place", "kept"),
    [
        ("/?on=2026-03-02&known=2025-12-01", ('name="on" value="2026-03-02"', 'name="known" value="2025-12-01"')),
        (
            "/rules?on=2026-03-02&state=suspended&more=yes&assume=lapsed",
            ('value="2026-03-02"', 'value="suspended" selected', 'name="more" value="yes"', 'value="lapsed"'),
        ),
        ("/rules/diff?first=2026-03-02&second=2026-11-12", ('name="first" value="2026-03-02"', 'value="2026-11-12"')),
        (
            "/rules/calendar?on=2026-03-02&to=2027-01-01",
            ('name="on" value="2026-03-02"', 'name="to" value="2027-01-01"'),
        ),
    ],
)
def test_the_switch_of_languages_sends_the_dates_and_filters(
    site: TestClient, place: str, kept: tuple[str, ...]
) -> None:
    """The buttons belong to the form with the fields; the page in the other language has them filled in again."""
    page = site.get(f"{place}&lang=en").text
    form = re.search(r'<button type="submit" form="([^"]+)" name="to_lang" value="zh"', page)
    assert form is not None
    assert f'<form id="{form[1]}"' in page
    other = site.get(f"{place}&lang=en&to_lang=zh").text
    assert '<html lang="zh-Hans">' in other
    for part in kept:
        assert part in page, part
        assert part in other, part


def test_dates_and_lists_are_written_as_the_language_writes_them() -> None:
    english, chinese = view("en"), view("zh")
    assert english.day("2026-11-10") == "2026-11-10"
    assert chinese.day("2026-11-10") == "2026年11月10日"
    assert chinese.day("soon") == "soon"
    assert chinese.w("rules.since", "2025-04-04") == "自2025年4月4日起"
    assert (english.signs.comma, chinese.signs.comma) == (", ", "、")
    assert (tongue("DATE"), tongue("日期")) == ("en", "zh-Hans")


@pytest.mark.parametrize(
    ("assume", "words"),
    [
        ("lapsed", "all suspended instruments (suspension lapsed, in force again)"),
        ("62=lapsed", "MOFCOM 62/2025 (suspension lapsed, in force again)"),
        ("mofcom-2025-61=extended:2027-01-10", "MOFCOM 61/2025 (suspension extended to 2027-01-10)"),
        ("99=lapsed, 62=soon", "99=lapsed; 62=soon"),
    ],
)
def test_a_planning_assumption_is_said_in_words(assume: str, words: str) -> None:
    """A part that cannot be read stays as it was typed."""
    assert assumed_text(view("en", assume=assume)) == words


@pytest.mark.parametrize(
    ("fact", "value", "words"),
    [
        ("dy_mass_share", "0.018", "1.8%"),
        ("dy_mass_share", ["0.01", "0.02"], "1%至2%"),
        ("elements", {"has": ["Nd"], "lacks": []}, "含{Nd}；可能另有其他"),
        ("elements", {"has": [], "lacks": ["Dy", "Tb"]}, "不含{Dy}、{Tb}；可能另有其他"),
        ("elements", {"has": ["Nd"], "lacks": ["Dy"]}, "含{Nd}；不含{Dy}；可能另有其他"),
        ("elements", [], "无"),
        ("crosses_border", "true", "是"),
        ("crosses_border", "unknown", "不明"),
    ],
)
def test_values_of_facts_are_said_in_words(fact: str, value: object, words: str) -> None:
    named = {name: value_label(view("zh"), "elements", name) for name in ("Nd", "Dy", "Tb")}
    assert value_label(view("zh"), fact, value) == words.format(**named)


@pytest.mark.parametrize(
    ("said_by", "english", "chinese"),
    [
        ("deal", "deal", "本交易"),
        ("derived", "derived from the other facts", "由其他信息项推得"),
        ("standing: the exporter", "compliance declarations (the exporter)", "合规声明"),
        ("row 7", "row 7", "row 7"),
    ],
)
def test_the_source_of_a_fact_is_said_in_words(said_by: str, english: str, chinese: str) -> None:
    assert (source_label(view("en"), said_by), source_label(view("zh"), said_by)) == (english, chinese)
