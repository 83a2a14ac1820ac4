"""Page, report data and summary: complete, the same bytes each time, no scripts, nothing loaded."""

from __future__ import annotations

import csv
import json
import re
import shutil
from pathlib import Path

import pytest

from coercivity.base.canonical import sha256
from coercivity.base.words import plain
from coercivity.law.explain.proof import verify
from coercivity.law.rules.rulebook import Rulebook
from coercivity.papers.brief.page_parts import link
from coercivity.papers.brief.report_data import FILES, TransactionData
from coercivity.papers.brief.report_text import summary
from coercivity.papers.shared.facts import LABELS, value_text
from coercivity.papers.shared.parts import span_words
from coercivity.papers.shared.report_data import AmountData
from coercivity.verbs.brief import BriefResult, brief
from tests.html_reader import read
from tests.places import ROOT

EXAMPLE = ROOT / "examples" / "magnet-jv"
HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>\" onload=\"x ' {{ 7*7 }} {% raw %} =cmd|' /C calc'!A0"


@pytest.fixture(scope="module")
def today() -> BriefResult:
    return brief(EXAMPLE, "2026-11-24", supply=False)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> BriefResult:
    folder = Path(shutil.copytree(EXAMPLE, tmp_path_factory.mktemp("hostile") / "case"))
    (folder / "compliance.yaml").unlink()  # it names the row whose id becomes hostile
    with (folder / "transactions.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    for name in ("id", "title", "title_zh", "group", "unit", "note", "consignee"):
        rows[0][name] = HOSTILE[:80] if name == "id" else HOSTILE
    with (folder / "transactions.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    case = (folder / "case.yaml").read_text(encoding="utf-8")
    quoted = json.dumps(HOSTILE)
    case = case.replace("en: A sintered magnet line for a joint venture in Rayong, Thailand", f"en: {quoted}")
    case = case.replace("said_by: export control officer of the exporter", f"said_by: {quoted}")
    (folder / "case.yaml").write_text(case, encoding="utf-8")
    return brief(folder, "2026-11-24", supply=False)


def test_the_pages_are_well_formed(today: BriefResult) -> None:
    for html in (today.html, today.html_zh, today.annex, today.annex_zh):
        reader = read(html)
        assert not reader.wrong
        assert not reader.open


@pytest.mark.parametrize("name", ["brief", "annex"])
def test_each_page_is_in_one_language_and_links_to_its_sister(name: str, today: BriefResult) -> None:
    html, html_zh = today.files[f"{name}.html"].decode(), today.files[f"{name}.zh.html"].decode()
    assert '<html lang="en">' in html
    assert '<html lang="zh-CN">' in html_zh
    assert f'<a href="{name}.zh.html" hreflang="zh-CN" lang="zh-CN">中文</a>' in html
    assert f'<a href="{name}.html" hreflang="en" lang="en">English</a>' in html_zh
    english, chinese = (re.sub(r"<style>.*?</style>", "", text, flags=re.DOTALL) for text in (html, html_zh))
    assert re.findall(r"[\u4e00-\u9fff]+", english) == ["中文"]
    chinese = re.sub(r'<(\w+)[^>]*lang="en"[^>]*>.*?</\1>|<code>.*?</code>|<[^>]+>', "", chinese, flags=re.DOTALL)
    options = re.findall(r"(?:option|description): '?([^,'}]+)", (EXAMPLE / "company.yaml").read_text(encoding="utf-8"))
    for named in options:  # as the company calls them
        chinese = chinese.replace(named, "")
    for word in ("PROCEED", "LICENCE", "STOP", "UNKNOWN", "Art.", "MOFCOM", "Decree", " the ", " to ", "None"):
        assert word not in chinese, word


def test_page_one_comes_first_and_the_annex_leads_to_it(today: BriefResult) -> None:
    text = "".join(read(today.html).text)
    assert text.index("Must not be shipped or signed") < text.index(
        "Prohibited transactions" if "Prohibited transactions" in text else "Assumptions"
    )
    assert '<a href="brief.html">' in today.annex
    assert '<a href="brief.zh.html">' in today.annex_zh
    assert '<a href="brief.pdf">' in today.html
    assert '<a href="annex.zh.html">' in today.html_zh


def test_every_transaction_stands_in_page_report_data_and_summary(today: BriefResult) -> None:
    with (EXAMPLE / "transactions.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [row["id"] for row in rows] == [entry["id"] for entry in today.report["transactions"]]
    text, chinese = "".join(read(today.annex).text), "".join(read(today.annex_zh).text)
    for row in rows:
        assert f"{row['id']}. {row['title']}" in text
        assert f"{row['id']}. {row['title_zh']}" in chinese
        assert any(line.startswith(row["id"]) for line in today.summary)
    for entry in today.report["transactions"]:
        assert entry["proof"]["hash"] in today.annex
        assert entry["proof"]["hash"] in today.annex_zh


def test_two_runs_give_the_same_bytes(today: BriefResult, tmp_path: Path) -> None:
    again = brief(EXAMPLE, "2026-11-24", supply=False, out=tmp_path / "a")
    moved = brief(
        Path(shutil.copytree(EXAMPLE, tmp_path / "elsewhere")), "2026-11-24", supply=False, out=tmp_path / "b"
    )
    assert (again.html, again.json) == (today.html, today.json) == (moved.html, moved.json)
    assert again.html_zh == today.html_zh == moved.html_zh
    assert dict(again.files) == dict(today.files) == dict(moved.files)
    for name in FILES:
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes() == again.files[name]
    assert {path.name for path in (tmp_path / "a").iterdir()} == set(FILES)


def test_no_place_of_this_machine_is_told(today: BriefResult) -> None:
    assert str(EXAMPLE.parent) not in today.html + today.html_zh + today.annex + today.annex_zh
    assert str(EXAMPLE.parent) not in today.json.decode()


def test_the_proofs_of_the_report_data_stand(today: BriefResult, book: Rulebook) -> None:
    body = json.loads(today.json)
    assert len(body["transactions"]) == 22
    for entry in body["transactions"]:
        assert verify(book, entry["proof"]) == []
    assert sha256({key: value for key, value in body.items() if key != "hash"}) == body["hash"]


def test_nothing_is_fetched_and_nothing_runs(today: BriefResult) -> None:
    pages = (today.html, today.html_zh, today.annex, today.annex_zh)
    for tag, attributes in (tag for html in pages for tag in read(html).tags):
        assert tag not in ("script", "link", "iframe", "object", "embed", "form", "img", "base")
        for name, value in attributes.items():
            assert not name.startswith("on")
            assert name not in ("src", "srcset", "xlink:href", "action", "formaction")
            if value and re.search(r"(https?:)?//", value) and (tag, name) != ("svg", "xmlns"):
                assert (tag, name) == ("a", "href"), (tag, name, value)
            if name == "href":
                held = (value or "").startswith(("#", "http://", "https://"))
                assert held or value in FILES
    for html in pages:
        assert "@import" not in html
        assert not re.search(r"url\((?!#)", html)


def test_hostile_text_is_inert(hostile: BriefResult, today: BriefResult) -> None:
    reader, clean = read(hostile.annex), read(today.annex)
    assert not reader.wrong
    assert not read(hostile.annex_zh).wrong
    assert {tag for tag, _ in read(hostile.annex_zh).tags} == {tag for tag, _ in read(today.annex_zh).tags}
    assert {tag for tag, _ in reader.tags} == {tag for tag, _ in clean.tags}
    assert len(reader.tags) == len(clean.tags)
    names = {name for _, attributes in clean.tags for name in attributes}
    assert {name for _, attributes in reader.tags for name in attributes} == names
    assert not read(hostile.html).wrong
    assert {tag for tag, _ in read(hostile.html).tags} == {tag for tag, _ in read(today.html).tags}
    assert HOSTILE in "".join(reader.text)
    assert "49" not in [part.strip() for part in reader.text]
    assert json.loads(hostile.json)["transactions"][0]["title"]["en"] == HOSTILE
    assert max(len(line) for line in hostile.summary) <= 100


def test_states_and_readings_are_told_in_words(today: BriefResult) -> None:
    text = "".join(read(today.annex).text)
    assert "The suspension by MOFCOM/GAC 70/2025 ended on 2026-11-10 on its terms" in text
    assert "A policy statement does not change the law." in text
    last_day = "".join(read(brief(EXAMPLE, "2026-11-10", supply=False).annex).text)
    assert "to 2026-11-10 (inclusive)" in last_day
    assert "If the last day is not counted, the clause already applies on 2026-11-10." in last_day


def test_clause_titles_and_gists_are_on_the_page_of_their_language(today: BriefResult) -> None:
    text, chinese = "".join(read(today.annex).text), "".join(read(today.annex_zh).text)
    for entry in today.report["transactions"]:
        for name in entry["grounds"]:
            clause = today.report["clauses"][name]
            title = today.report["instruments"][clause["instrument"]]["title"]
            assert clause["gist"]["en"] in text
            assert clause["gist"]["zh"] in chinese
            assert title["en"] in text
            assert title.get("zh", title["en"]) in chinese


def test_law_and_practice_stand_apart(today: BriefResult) -> None:
    entry = next(entry for entry in today.report["transactions"] if entry["id"] == "t19")
    clocks = [clock for track in entry["law"]["tracks"] for clock in track["clocks"]]
    assert {clock["working_days"] for clock in clocks} == {45}
    assert entry["practice"] is not None
    practice = today.report["practice"][entry["practice"]]
    assert all(time["sample"]["reports"] and time["sample"]["urls"] for time in practice["times"])
    assert "Reported practice, not law" in today.annex
    assert "not law" in practice["label"]["en"]


def test_exposure_names_article_and_range(today: BriefResult) -> None:
    entry = next(entry for entry in today.report["transactions"] if entry["id"] == "t06")
    first = entry["exposure"][0]
    assert first["basis"] == ["Export Control Law Art. 34(1)"]
    assert (first["low_cny"], first["high_cny"]) == ("85000000", "170000000")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_summary_keeps_its_size(today: BriefResult, lang: str) -> None:
    lines = summary(today.report, lang="zh" if lang == "zh" else "en")
    assert len(lines) <= 40
    assert all(len(line) <= 100 for line in lines)


def test_a_long_table_is_summed_up_with_the_gravest_first(today: BriefResult) -> None:
    rows: list[TransactionData] = [
        {**row, "id": f"{row['id']}-{n}"} for n in range(20) for row in today.report["transactions"]
    ]
    lines = summary({**today.report, "transactions": rows})
    assert len(lines) <= 40
    assert "STOP" in lines[4]
    assert any(line.startswith("... ") for line in lines)


def test_legal_advice_is_disclaimed_once(today: BriefResult) -> None:
    for english, chinese in ((today.html, today.html_zh), (today.annex, today.annex_zh)):
        assert english.count("Not legal advice") == 1
        assert chinese.count("法律意见") == 1


MINIMAL = (
    "id: tiny\ntitle: {en: A tiny case}\nabout: {en: Nothing more.}\nhorizon: {from: '2026-01-01', to: '2026-12-31'}\n"
)


@pytest.mark.parametrize("day", ["2020-02-29", "2026-03-02", "2026-11-24", "2040-12-31"])
def test_a_bare_case_is_answered(tmp_path: Path, day: str) -> None:
    (tmp_path / "case.yaml").write_text(MINIMAL, encoding="utf-8")
    (tmp_path / "transactions.csv").write_text("id,act\nx,goods\ny,\n", encoding="utf-8")
    found = brief(tmp_path, day, supply=False)
    assert [row["outcome"] for row in found.report["transactions"]] == ["UNKNOWN", "UNKNOWN"]
    assert all(row["question"] for row in found.report["transactions"])
    assert not read(found.html).wrong


def test_every_fact_has_a_short_name(book: Rulebook) -> None:
    assert set(LABELS) == {*book.catalogue, "on"}
    assert all(text["en"] and text["zh"] for text in LABELS.values())


def test_small_words(book: Rulebook) -> None:
    assert link("javascript:alert(1)") == ""
    assert link("https://example.org/a") == "https://example.org/a"
    assert value_text(book, "elements", []) == "none"
    held = {"has": ["Dy"], "lacks": []}
    assert value_text(book, "elements", held) == "contains Dy; does not contain none; incomplete"
    assert value_text(book, "from", "CN", "zh") == "中国"
    assert plain("a\x1b[31mb\u202ec") == "a?[31mb?c"
    days: AmountData = {"value": "45", "unit": "working_days"}
    assert span_words({"low": days, "high": days, "open_ended": True})["en"] == "45 working days or more"
