"""The form of the page on a draft notice: what was typed stays after an error, and what was sent can be taken back."""

from __future__ import annotations

import html
import re
import time
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from coercivity.verbs.serving.places import Places
from coercivity.web.site import make_site
from tests.places import ROOT

EXTENSION = (ROOT / "examples" / "overlays" / "extension-2027.yaml").read_bytes()
TABLE = b"id,material,from,to,on\na,ferrite magnets,China,Germany,2026-12-10\n"
CASE = {"case": "magnet-jv", "on": "2026-11-12"}
TYPED = {**CASE, "standing": "yes"}  # a case has declarations of its own: refused, and kept as typed
NAMES = {"draft": "d.yaml", "notice": "n.txt", "table": "t.csv", "licences": "l.csv"}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with TestClient(make_site(Places(tmp_path_factory.mktemp("state"))), base_url="http://127.0.0.1:8765") as client:
        yield client


def page_of(site: TestClient, chosen: dict[str, bytes], lang: str = "zh", **fields: str) -> tuple[int, str]:
    """Sends the form as a browser that prefers English, and returns the status and the page."""
    sent = {f"{name}_file": (NAMES[name], content) for name, content in chosen.items()}
    action = re.findall(r'<form id="impact-form"[^>]*action="([^"]+)"', site.get(f"/rules/impact?lang={lang}").text)[0]
    english = {"accept-language": "en"}
    files = sent or {"x": ("", b"")}
    answer = site.post(html.unescape(action), data={"lang": lang, **fields}, files=files, headers=english)
    until = time.monotonic() + 120
    while "/jobs/end" in answer.text and time.monotonic() < until:
        time.sleep(0.2)
        answer = site.get(str(answer.url))
    return answer.status_code, html.unescape(answer.text)


def held(page: str, name: str) -> list[str]:
    """The ids of an upload that the form sends again."""
    return re.findall(rf'<input type="hidden" name="{name}" value="(\w+)"', page)


@pytest.mark.parametrize("name", ["draft", "table", "licences", "notice"])
def test_after_an_empty_file_the_rest_of_the_form_is_still_there(site: TestClient, name: str) -> None:
    status, page = page_of(site, {"draft": EXTENSION, "licences": b"licence\nL-1\n", name: b""}, **TYPED)
    assert status == 422
    assert '<html lang="zh' in page
    assert 'value="magnet-jv" selected' in page
    assert 'name="on" value="2026-11-12"' in page
    assert 'value="yes" checked' in page
    assert {one for one in NAMES if held(page, one)} == {"draft", "licences"} - {name}


def test_every_file_that_cannot_be_stored_is_told(site: TestClient) -> None:
    _, page = page_of(site, {"draft": b"", "table": b"", "notice": EXTENSION}, "en")
    told = re.findall(r'<ul class="faults">(.*?)</ul>', page, re.S)[0]
    assert "d.yaml" in told
    assert "t.csv" in told
    assert held(page, "notice")


def test_a_form_that_cannot_be_read_is_told_in_the_language_of_the_page(site: TestClient) -> None:
    status, page = page_of(site, {"draft": EXTENSION}, notice_text="x" * 2_200_000, **TYPED)
    assert status == 422
    assert '<html lang="zh' in page


def test_a_table_and_a_case_are_not_both_taken(site: TestClient) -> None:
    status, page = page_of(site, {"draft": EXTENSION, "table": TABLE}, "en", **TYPED)
    assert status == 422
    assert "choose either a table of deals or a case" in page
    kept = {name: held(page, name)[0] for name in ("draft", "table")}
    assert 'name="table_drop"' in page
    status, page = page_of(site, {}, "en", table_drop="yes", **kept, **CASE)
    assert status == 200
    assert "of 22 deals would move" in page
    assert not held(page, "table")


@pytest.mark.parametrize("name", ["on", "known"])
def test_a_wrong_date_is_told_at_its_field_before_anything_runs(site: TestClient, name: str) -> None:
    status, page = page_of(site, {"draft": EXTENSION}, "en", **{**TYPED, name: "2026-13-01"})
    assert status == 422
    assert "data-job" not in page
    assert "DATE" in page
    if name == "on":
        assert re.search(r'<input id="f-on"[^>]*aria-invalid', page)


def test_a_job_that_fails_names_the_file_and_opens_the_form(site: TestClient) -> None:
    _, page = page_of(site, {"draft": EXTENSION, "table": TABLE, "licences": b"a,b\n1,2\n"}, "en")
    told = re.findall(r'<ul class="faults">(.*?)</ul>', page, re.S)[0]
    assert "l.csv" in told
    assert not re.search(r"[0-9a-f]{32}", told)
    assert re.search(r'<details open><summary>[^<]*</summary>\s*<form id="impact-form"', page)


def test_a_deal_opens_with_the_assumption_and_the_cut_off_of_the_list(site: TestClient) -> None:
    for more in ({"assume": "lapsed"}, {"assume": "61=lapsed", "known": "2026-11-10"}):
        _, page = page_of(site, {"draft": EXTENSION}, "en", **{**CASE, **more})
        rows = re.findall(r'<tr><th scope="row"><a href="/deal\?.*?</tr>', page, re.S)
        assert rows
        for row in rows[:4]:
            deal = site.get(re.findall(r'href="(/deal\?[^"]+)"', row)[0]).text
            parts = [
                re.findall(rf'<h2 id="{name}".*?class="chip[^"]* (\w+)"', deal, re.S)[0]
                for name in ("outcome", "draft")
            ]
            assert parts == re.findall(r'class="chip[^"]* ([A-Z]+)"', row)[:2]


def test_an_assumption_that_came_along_is_shown_and_can_be_changed(site: TestClient) -> None:
    page = site.get("/rules/impact?assume=61%3Dlapsed&known=2026-11-10&lang=en").text
    assert re.search(r'<input id="f-assume"[^>]*value="61=lapsed"', page)
    assert re.search(r'<input id="f-known"[^>]*value="2026-11-10"', page)
    _, page = page_of(site, {"draft": EXTENSION}, "en", **CASE, assume="61=lapsed", known="2026-11-10")
    note = "".join(re.findall(r'<p class="note">(.*?)</p>', page, re.S))
    assert "Planning assumption: MOFCOM 61/2025" in note
    assert "2026-11-10" in note
