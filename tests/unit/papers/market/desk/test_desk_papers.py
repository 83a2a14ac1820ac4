"""The comparison of a licensing desk written by hand as text, CSV and page."""

from __future__ import annotations

import csv
import io
import re

import pytest

from coercivity.base.words import Lang
from coercivity.papers.market.desk.comparison import compared_branch, inputs_of
from coercivity.papers.market.desk.report_csv import check_csv
from coercivity.papers.market.desk.report_data import Asked, DeskCheckData
from coercivity.papers.market.desk.report_html import check_page
from coercivity.papers.market.desk.report_text import check_lines
from coercivity.papers.market.desk.shown import compared_text
from coercivity.papers.shared.names import Text
from coercivity.papers.shared.pages import PageLang
from coercivity.papers.shared.terminal import columns_of
from coercivity.practice.records import Report
from tests.unit.papers.market.desk.by_hand import MONTHS, beside, practice, queue, report

EVERY: Asked = {"form": "any", "destination": "ALL", "user": "any"}
TITLE = {"en": "By hand", "zh": "手工"}
PLACES: dict[str, Text] = {
    "DE": {"en": "Germany", "zh": "德国"},
    "FR": {"en": "other EU members", "zh": "欧盟其他成员国"},
    "IN": {"en": "India", "zh": "印度"},
    "EU": {"en": "EU", "zh": "欧盟"},
}
SHARE = report("approval_share_of_requests", "2025-06-30", "EU", "0.6", "fraction", id="LP1", url="https://example.org")
PENDING = report("pending_applications_lower", "2025-06-30", "IN", "5", "count", id="LP2", counted="files")
LAW = report("statutory_decision_limit", "2025-04-30", "ALL", "45", "working_days", id="LP3", note="=1+1")


def body(*reports: Report, asked: Asked = EVERY, branches: tuple[str, ...] = ("",)) -> DeskCheckData:
    held = beside(*reports)
    return {
        "schema": "coercivity/desk-check/1",
        "engine": "1",
        "packs": {},
        "scenario": "by-hand",
        "known": "",
        "desk_without": [],
        "from": MONTHS[0],
        "to": MONTHS[-1],
        "asked": asked,
        "places": PLACES,
        "months": list(MONTHS),
        "branches": [compared_branch(held, branch, asked) for branch in branches],
        "inputs": inputs_of(practice()),
        "assumed": [],
        "limits": [],
        "hash": "0" * 64,
    }


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_text_has_months_queues_rows_and_reasons(lang: Lang) -> None:
    lines = check_lines(body(SHARE, PENDING, LAW), TITLE, lang)
    assert max(map(columns_of, lines)) <= 120
    may = next(line for line in lines if line.startswith("2025-05")).split()
    assert may[1:] == ["24", "2", "0", "13", "10", "2", "33", "17", "6", "30"]
    (told,) = (line for line in lines if line.startswith("LP1 "))
    assert ("60%" if lang == "zh" else "60 %") in told
    assert ("39%" if lang == "zh" else "39 %") in told
    assert sum(line.rstrip().endswith("LP3") for line in lines) == 1


def test_a_second_legal_scenario_is_told_only_where_it_differs() -> None:
    same = check_lines(body(SHARE, branches=("lapsed", "extended:2027-01-10")), TITLE)
    assert "the same results as in the first legal scenario" in same
    other = body(SHARE, PENDING, branches=("lapsed", "extended:2027-01-10"))
    first, second = other["branches"]
    changed = {**first["checks"][1], "model": 9.0}
    differs: DeskCheckData = {**other, "branches": [first, {**second, "checks": [first["checks"][0], changed]}]}  # type: ignore[list-item] # a row with another figure
    lines = check_lines(differs, TITLE)
    start = lines.index("rows that differ from the first legal scenario")
    assert [line.split()[0] for line in lines[start + 2 :] if line.startswith("LP")] == ["LP2"]


def test_queues_and_rows_are_those_asked_for() -> None:
    asked: Asked = {"form": "magnet", "destination": "IN", "user": "civil"}
    (branch,) = body(SHARE, PENDING, LAW, asked=asked)["branches"]
    assert [queue["country"] for queue in branch["queues"]] == ["IN"]
    assert [row["row"] for row in branch["checks"]] == ["LP2", "LP3"]
    group: Asked = {"form": "any", "destination": "EU", "user": "any"}
    (branch,) = body(SHARE, PENDING, LAW, asked=group)["branches"]
    assert [row["row"] for row in branch["checks"]] == ["LP1", "LP3"]
    assert {queue["country"] for queue in branch["queues"]} == {"DE", "FR"}


def test_shares_by_month_count_from_the_control() -> None:
    (branch,) = body(SHARE)["branches"]
    (row,) = branch["shares"]
    assert row["granted"] == [None, 0.0, pytest.approx(10 / 34), *[pytest.approx(x / 64) for x in (25, 49, 49)]]
    assert row["pending"] == [None, 0.8, pytest.approx(22 / 34), *[pytest.approx(x / 64) for x in (34, 10, 10)]]


def test_a_cell_that_begins_like_a_formula_is_text() -> None:
    text = check_csv(body(SHARE, LAW)).decode("utf-8-sig")
    rows = {row["row"]: row for row in csv.DictReader(io.StringIO(text))}
    assert rows["LP3"]["note"] == "'=1+1"
    assert rows["LP3"]["reason"] == "A time limit of the law, not practice."
    assert float(rows["LP1"]["misfit"]) == pytest.approx(25 / 64 - 0.6)
    assert rows["LP1"]["within"] == "no"


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_page_marks_every_share_and_count_that_is_reported(lang: PageLang) -> None:
    page = check_page(body(SHARE, PENDING, LAW), TITLE, lang, sister="other.html")
    assert page.count("<circle") == 2
    assert "<script" not in page
    assert page.count("<figure>") == 4 + 1  # four queues, one place with shares
    assert 'href="https://example.org"' in page
    assert "undefined" not in page.lower()
    dots = re.findall(r'<circle class="d-dot d-(\w+)" cx="([\d.]+)" cy="([\d.]+)"', page)
    assert {kind for kind, _, _ in dots} == {"pending", "granted"}
    assert all(float(x) < 384 and float(y) < 190 for _, x, y in dots)


def test_without_a_month_under_control_the_text_and_the_page_say_so() -> None:
    held = beside(SHARE, rows=(), control={})
    told: DeskCheckData = {**body(), "branches": [compared_branch(held, "", EVERY)]}
    lines = check_lines(told, TITLE)
    assert "No month up to 2025-08 is under control: no application is needed, and nothing can be compared." in lines
    page = check_page(told, TITLE)
    assert "No month up to 2025-08 is under control" in page
    assert "The run has no queue of this form, destination and user." in page


def test_a_remark_is_named_by_its_metric() -> None:
    told = report("exporters_with_first_licence", "2025-04-30", "ALL", "4", "count", id="LP4", counted="firms")
    (branch,) = body(told)["branches"]
    (row,) = branch["checks"]
    assert compared_text(row, "en") == "exporters with first licence"
    assert compared_text(row, "zh") == "说明"
    (law,) = body(LAW)["branches"][0]["checks"]
    assert compared_text(law, "en") == "statutory time limit as quoted by a source"


def test_inputs_are_told_apart_from_the_other_rows() -> None:
    own = report("licence_validity", "2025-06-30", "EU", "6", "months", id="LP910")
    lines = check_lines(body(SHARE, own), TITLE)
    assert "* 1 of the 2 rows compared are inputs" in "\n".join(lines)
    assert "Of the others 0 met, 1 near, 0 missed." in " ".join(" ".join(lines).split())
    assert any(line.startswith("* All 1 rows compared are inputs") for line in check_lines(body(own), TITLE))
    assert not any(line.startswith("*") for line in check_lines(body(SHARE), TITLE))


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_code_that_stands_for_several_countries_has_their_name(lang: Lang) -> None:
    found = body(SHARE, PENDING, LAW)
    name, india = (str(PLACES[code][lang]) for code in ("FR", "IN"))
    lines = check_lines(found, TITLE, lang)
    assert any(name in line and columns_of(line) <= 120 for line in lines)
    assert any(f"IN {india}" in line for line in lines)
    shown = check_page(found, TITLE, "zh" if lang == "zh" else "en")
    assert name in shown
    assert not re.search(r">(?:DE|FR|IN)(?:<|,|，)", shown)
    assert lang == "en" or not re.search(r"\d %", re.sub(r'<td class="small".*?</td>', "", shown))


def test_a_cell_of_the_queues_is_not_cut() -> None:
    long = beside(SHARE, rows=(queue("technology", "FR", "military", new=[1234.0] * 6),))
    found: DeskCheckData = {**body(), "branches": [compared_branch(long, "", EVERY)]}
    languages: tuple[Lang, ...] = ("en", "zh")
    for lang in languages:
        line = next(line for line in check_lines(found, TITLE, lang) if str(PLACES["FR"][lang]) in line)
        assert "…" not in line


def test_a_wide_table_scrolls_in_its_own_frame_and_no_month_column_is_cut() -> None:
    page = check_page(body(SHARE), TITLE)
    assert page.count('class="scroll"') > 3
    assert ".scroll { overflow-x: auto;" in page
    heads = [line for line in check_lines(body(SHARE), TITLE, "zh") if line.startswith("月份")]
    assert heads
    assert "…" not in heads[0]
