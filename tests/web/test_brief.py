"""The Brief screen: case folders, a report made by a job, and its messages."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from coercivity.verbs.brief import brief
from coercivity.verbs.brief_page import brief_shown
from coercivity.verbs.serving.places import Places
from coercivity.web.site import make_site
from tests.places import ROOT

EXAMPLES = ROOT / "examples"
ON = "2026-11-24"
ASKED = {"case": "ev-motor", "on": ON, "supply": "no", "lang": "en"}
LONGEST_S = 120.0


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """The screens, with the jobs that end with them."""
    site = make_site(Places(tmp_path_factory.mktemp("state")))
    with TestClient(site, base_url="http://127.0.0.1:8765") as client:
        yield client


@pytest.fixture(scope="module")
def made(site: TestClient) -> str:
    """The address of a brief that is made."""
    started = site.post("/brief/start", data=ASKED, follow_redirects=False)
    assert started.status_code == 303
    address = started.headers["location"]
    until = time.monotonic() + LONGEST_S
    while "data-job=" in site.get(address).text:
        assert time.monotonic() < until
        time.sleep(0.2)
    return address


def text_of(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def test_examples_are_listed_with_what_each_is(site: TestClient) -> None:
    page = site.get("/brief", params={"lang": "en"}).text
    for name in ("ev-motor", "magnet-jv", "motor-reexport", "recycler", "smco-defence", "wind"):
        assert f'<a href="/brief?lang=en&amp;case={name}">' in page
    assert "A sintered magnet line for a joint venture in Rayong, Thailand" in page
    assert "Which step is an export from China" in page
    assert page.count(">fictitious<") == 6


def test_examples_are_listed_in_chinese(site: TestClient) -> None:
    page = site.get("/brief", params={"lang": "zh"}).text
    assert "泰国罗勇合资公司的烧结磁体生产线" in page
    assert "生成报告" in page


def test_a_folder_opened_to_the_server_stands_before_the_examples(tmp_path: Path) -> None:
    own = tmp_path / "cases" / "own-case"
    own.mkdir(parents=True)
    for name in ("case.yaml", "transactions.csv"):
        (own / name).write_bytes((EXAMPLES / "magnet-jv" / name).read_bytes())
    (tmp_path / "cases" / "broken").mkdir()
    (tmp_path / "cases" / "broken" / "case.yaml").write_text("id: [", encoding="utf-8")
    site = TestClient(make_site(Places(tmp_path / "state", (tmp_path / "cases",))), base_url="http://127.0.0.1:8765")
    page = site.get("/brief", params={"lang": "en"}).text
    assert page.index("case=own-case") < page.index("case=ev-motor")
    assert "The case description cannot be read" in page


def test_a_brief_that_is_not_made_yet_says_so(site: TestClient) -> None:
    page = site.get("/brief", params={"case": "motor-reexport", "on": ON, "lang": "en"}).text
    assert "This report has not been created yet." in page
    assert '<option value="motor-reexport" selected>' in page


def test_the_brief_is_that_of_the_verb(site: TestClient, made: str) -> None:
    wanted = brief(EXAMPLES / "ev-motor", ON, supply=False)
    page = site.get(made).text
    assert wanted.report["hash"] in page
    told = text_of(page)
    assert "5 U UNKNOWN" in told
    assert "7 L LICENCE" in told
    for row in wanted.report["transactions"]:
        assert row["title"]["en"] in told.replace("&#39;", "'")
    assert "SUED stops on 2027-01-13 for want of magnet-uh (N38UH)." in told
    assert "2026-11-28 (in 4 days) first day after the suspension ends on its terms: MOFCOM 46/2024" in told


def test_the_gravest_stand_first(site: TestClient, made: str) -> None:
    page = site.get(made).text
    assert page.index('<th scope="row">t05</th>') < page.index('<th scope="row">t01</th>')


def test_the_made_brief_in_chinese(site: TestClient, made: str) -> None:
    page = site.get(made.replace("lang=en", "lang=zh")).text
    assert re.search(r'<iframe class="report" src="[^"]+/annex\.zh\.html"', page)
    told = text_of(page)
    assert "最严格的结论 待定" in told
    assert "第二货源用真空扩散炉" in told
    assert "SUED于2027年1月13日停线" in told


def test_report_and_report_data_can_be_opened_and_are_framed(site: TestClient, made: str) -> None:
    page = site.get(made).text
    frame = re.search(r'<iframe class="report" src="([^"]+)" title="Annex: every transaction with its rules"', page)
    assert frame is not None
    assert frame[1].endswith("/annex.html")
    report = site.get(frame[1])
    assert report.status_code == 200
    assert report.headers["content-type"].startswith("text/html")
    data = re.search(r'href="(/api/jobs/[0-9a-f]+/files/brief\.json)" download', page)
    assert data is not None
    assert site.get(data[1]).json()["outcome"] == "UNKNOWN"


def test_the_job_is_the_one_that_the_interface_starts(site: TestClient, made: str) -> None:
    sent = {"case": "ev-motor", "on": ON, "supply": False}
    job = site.post("/api/brief", json=sent).json()
    assert job["state"] == "done"
    page = site.get(made).text
    for name in ("brief.html", "annex.html", "brief.xlsx", "brief.ics", "brief.json"):
        assert f"/api/jobs/{job['id']}/files/{name}" in page
    assert ".zh." not in page  # files of the other language are on the other page
    other = site.get(made.replace("lang=en", "lang=zh")).text
    for name in ("brief.zh.html", "annex.zh.html", "brief.zh.xlsx", "brief.ics"):
        assert f"/api/jobs/{job['id']}/files/{name}" in other


def test_page_one_comes_first(site: TestClient, made: str) -> None:
    """What to decide, figures and actions before the deals, and these before the table of all transactions."""
    page = site.get(made).text
    paper = brief_shown(brief(EXAMPLES / "ev-motor", ON, supply=False).report, "en")
    told = unescape(text_of(page))
    for text in (paper.first.headline, *(figure.value for figure in paper.first.figures)):
        assert text in told
    assert [action.what for action in paper.first.actions if action.what not in told] == []
    order = [
        page.index(mark)
        for mark in ('class="key-figures"', 'id="files"', f'id="p-{paper.sections[0].id}"', 'id="acts"')
    ]
    assert order == sorted(order)


def test_all_that_is_wrong_is_told_at_once_and_stays_typed(site: TestClient) -> None:
    sent = {"case": "ev-motor", "on": "2026-02-30", "known": "soon", "assume": "maybe", "lang": "en"}
    answer = site.post("/brief/start", data=sent)
    assert answer.status_code == 422
    for name in ("on", "known", "assume"):
        assert re.search(rf'id="f-{name}"[^>]*value="{sent[name]}"[^>]*aria-invalid="true"', answer.text)


def test_a_case_that_is_not_there(site: TestClient) -> None:
    assert site.get("/brief", params={"case": "nothing", "on": ON}).status_code == 404
    answer = site.post("/brief/start", data={"case": "magnet-jw", "on": ON})
    assert answer.status_code == 422
    assert "magnet-jv" in answer.text
    assert re.search(r'id="f-case"[^>]*aria-invalid="true"', answer.text)


def test_a_folder_that_is_sent_can_be_briefed(site: TestClient) -> None:
    held = EXAMPLES / "magnet-jv"
    files = [("files", (name, (held / name).read_bytes())) for name in ("case.yaml", "transactions.csv")]
    sent = site.post("/brief/upload?lang=en", files=files, follow_redirects=False)
    assert sent.status_code == 303
    page = site.get(sent.headers["location"]).text
    assert "uploaded" in page
    assert "This report has not been created yet." in page


def test_a_folder_without_its_table_is_refused(site: TestClient) -> None:
    answer = site.post("/brief/upload", files=[("files", ("case.yaml", b"id: x"))])
    assert answer.status_code == 422
    assert "transactions.csv is missing" in answer.text
