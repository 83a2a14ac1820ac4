"""The Data screen: tables, rows, sources, age, assumptions and gaps."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from coercivity.verbs.data import data_list, data_packs, data_show, data_sources
from coercivity.verbs.serving.places import Places
from coercivity.verbs.words import column_words, table_words
from coercivity.web.site import make_site
from coercivity.web.words import screen_words

ON = "2026-11-24"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    """The screens, asked without a browser."""
    return TestClient(make_site(Places(tmp_path_factory.mktemp("state"))), base_url="http://127.0.0.1:8765")


def shown(site: TestClient, path: str, **asked: str | list[str]) -> str:
    answer = site.get(path, params={"lang": "en", "on": ON, **asked})
    assert answer.status_code == 200
    return answer.text


def text_of(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def test_every_table_is_listed_with_rows_and_age(site: TestClient) -> None:
    page = shown(site, "/data")
    for entry in data_list():
        assert f"/data/{entry.pack}/{entry.table}?" in page
        assert f'<td class="num">{entry.rows:,}</td>' in page
    rows = sum(entry.rows for entry in data_list())
    assert f"{len(data_list())} tables, {rows:,} rows" in page
    assert text_of(shown(site, "/data", on="2027-01-20")).count(" overdue ") >= 7


def test_tables_have_a_title_in_both_languages(site: TestClient) -> None:
    """The English one is that of the pack, so that neither can drift from it."""
    for entry in data_list():
        words = table_words(entry.pack, entry.table)
        assert words["en"] == entry.title
        assert words["zh"]
    assert "氧化物、金属、合金与矿石价格" in shown(site, "/data", lang="zh")


def test_every_column_has_a_chinese_name(site: TestClient) -> None:
    """Headings of tables are in the language of the page; in English they are the names of the columns themselves."""
    names = {c["column"] for e in data_list() for c in data_show(f"{e.pack}/{e.table}", limit=0).columns}
    held = {name: column_words(name) for name in names}
    assert all(words["en"] == name for name, words in held.items())
    assert not [name for name, words in held.items() if not re.search("[\u4e00-\u9fff]", words["zh"])]
    assert '<th scope="col" class="num">年份</th>' in shown(site, "/data/world/prices", lang="zh")


def test_every_kind_of_column_has_words() -> None:
    kinds = {c["type"] for e in data_list() for c in data_show(f"{e.pack}/{e.table}", limit=0).columns}
    assert {f"data.type_{kind}" for kind in kinds} <= set(screen_words())


def test_rows_say_their_quality_in_words_and_lead_to_their_source(site: TestClient) -> None:
    page = shown(site, "/data/world/prices", where="id=PR0001")
    row = data_show("prices", where={"id": "PR0001"})
    source = next(iter(row.sources.values()))
    assert f'<a href="{source["url"]}" rel="noreferrer noopener">S0352 {source["publisher"]}</a>' in page
    assert "<td>read on a web page</td>" in page
    assert "Rows 1 to 1 of 1" in page
    assert '<td class="num">3.04</td>' in page
    assert "<td>读自网页</td>" in shown(site, "/data/world/prices", where="id=PR0001", lang="zh")


def test_a_blank_cell_is_no_nought(site: TestClient) -> None:
    page = shown(site, "/data/world/stocks")
    told = '<span class="soft" aria-hidden="true">–</span><span class="visually-hidden">blank</span>'
    numbers = ("value", "low", "high", "year")
    cells = [row[name] for row in data_show("stocks", limit=50).rows for name in numbers]
    assert cells.count("") > cells.count("0") > 0
    assert page.count(f'<td class="num">{told}</td>') == cells.count("")
    assert page.count('<td class="num">0</td>') == cells.count("0")
    assert "Columns that are empty in all rows shown are hidden: value_as_read" in page.replace("\n", " ")


def test_a_choice_of_rows_becomes_an_address(site: TestClient) -> None:
    asked = {"lang": "en", "column": "topic", "value": "transit"}
    sent = site.get("/data/world/assumptions", params=asked, follow_redirects=False)
    assert sent.status_code == 303
    assert sent.headers["location"] == "/data/world/assumptions?lang=en&where=topic%3Dtransit"
    page = site.get(sent.headers["location"]).text
    assert "Rows 1 to 21 of 21" in page
    assert "remove topic" in page


def test_the_switch_of_languages_does_not_ask_for_what_is_only_typed(site: TestClient) -> None:
    asked = {"column": "topic", "value": "transit", "to_lang": "zh"}
    page = site.get("/data/world/assumptions", params=asked, follow_redirects=False)
    assert page.status_code == 200
    assert 'name="value" value="transit"' in page.text
    assert '<option value="topic" selected>主题</option>' in page.text
    assert "第1至50行，共249行" in page.text


def test_rows_come_in_pages(site: TestClient) -> None:
    page = shown(site, "/data/world/assumptions", first="50")
    assert "Rows 51 to 100 of 249" in page
    assert '<th scope="row">AS051</th>' in page
    assert 'first=100" rel="next"' in page
    assert 'rel="prev"' in page
    past = shown(site, "/data/world/assumptions", first="9999")
    assert "No matching rows." in past


def test_a_filter_that_cannot_be_read_is_told_beside_the_rows(site: TestClient) -> None:
    answer = site.get("/data/world/assumptions", params={"where": "topik=transit"})
    assert answer.status_code == 422
    assert "TABLE-COLUMN" in answer.text
    assert "topic" in answer.text
    assert 'name="where" value="topik=transit"' in answer.text


@pytest.mark.parametrize("path", ["/data/world/nothing", "/data/nothing/prices"])
def test_a_table_that_is_not_there(site: TestClient, path: str) -> None:
    answer = site.get(path, params={"lang": "en"})
    assert answer.status_code == 404
    assert "UNKNOWN" in answer.text


def test_columns_tell_how_much_is_blank(site: TestClient) -> None:
    found = data_show("assumptions", limit=0)
    page = text_of(shown(site, "/data/world/assumptions"))
    assert f"Blank, of {found.total}" in page
    assert f"year whole number – blank {found.total - found.filled['year']} Year; blank if valid for all years." in page


def test_parties_have_their_chinese_names(site: TestClient) -> None:
    assert "通用动力公司" in shown(site, "/data/law/parties")


def test_sources_are_searched_and_say_what_rests_on_them(site: TestClient) -> None:
    page = shown(site, "/data/sources", text="8dc547e0b6584f1325d8a98af72a5e66", pack="practice")
    assert "Rows 1 to 1 of 1" in page
    entry = next(e for e in data_sources() if e.row["id"] == "SP001")
    assert f'<td class="num">{entry.rows}</td>' in page
    assert f'href="{entry.row["url"]}" rel="noreferrer noopener"' in page
    high = sum(1 for e in data_sources() if e.row["trust"] == "high")
    assert f"<b>{high}</b>" in page
    law = sum(1 for e in data_sources() if e.pack == "law" and e.row["trust"] == "high")
    assert f"of {law}" in text_of(shown(site, "/data/sources", pack="law", trust="high"))


def test_the_check_tells_what_is_late_and_twice_late(site: TestClient) -> None:
    assert "nothing overdue, no errors" in shown(site, "/data/check")
    late = text_of(shown(site, "/data/check", on="2027-01-20"))
    assert "2 errors found as of 2027-01-20" in late
    assert "law/parties last reviewed 2026-11-24 (57 days ago); due every 14 days" in late
    assert late.index("which counts as an error: 2") < late.index("Overdue: 5")
    assert "超过两个复核周期（视为错误）：2张表" in shown(site, "/data/check", on="2027-01-20", lang="zh")


def test_what_is_assumed_stands_with_range_and_reason(site: TestClient) -> None:
    page = shown(site, "/data/check")
    for row in data_show("assumptions", limit=None).rows:
        assert f'<th scope="row">{row["id"]}</th>' in page
    assert re.search(
        r'AS019</th><td>transit</td>.*?<td class="num">14</td><td class="num">8</td><td class="num">21</td>', page
    )
    assert "door to door with customs at both end" in page


def test_limits_and_gaps_of_the_packs_are_told(site: TestClient) -> None:
    told = text_of(shown(site, "/data/check")).replace("&#39;", "'").replace("&gt;", ">")
    packs = data_packs()
    assert all(pack.limits for pack in packs)
    for gap, assumed in next(pack.gaps for pack in packs if pack.gaps):
        assert f"{gap} {assumed}" in told


def test_a_day_that_does_not_exist_is_told_and_today_is_shown(site: TestClient) -> None:
    for path in ("/data", "/data/check"):
        answer = site.get(path, params={"on": "2026-02-30", "lang": "en"})
        assert answer.status_code == 422
        assert "2026-02-30 does not exist" in answer.text
        assert 'aria-invalid="true"' in answer.text


def test_the_chart_holds_the_counts_of_the_table(site: TestClient, tmp_path: Path) -> None:
    page = shown(site, "/data")
    prices = data_show("prices", limit=0)
    assert sum(prices.by_quality.values()) == prices.total
    for word, count in prices.by_quality.items():
        assert re.search(rf'"mark":"{word}","place":\d,"rows":{count},"table":"world/prices"', page)
    assert not re.search(r'src="https?://', page)
    assert " style=" not in page


def test_data_and_start_tell_the_same_age_of_the_law(site: TestClient) -> None:
    """Days since new notices were looked for are one number on both screens; tables tell of reviews, in other words."""
    data, start = shown(site, "/data", on="2026-11-27"), shown(site, "/", on="2026-11-27")
    assert "<b>53</b><span>days from our last check for new notices (2026-10-05) to 2026-11-27" in data
    assert "The rules were last verified to 2026-10-05, 53 days before this date" in start
    assert "Last checked" not in data
