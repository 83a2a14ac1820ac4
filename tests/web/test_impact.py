"""What a draft notice would move, on the Rules screen; each moved deal opens on the Deal screen, marked as a draft."""

from __future__ import annotations

import html
import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from coercivity.verbs.serving.places import Places
from coercivity.web.site import make_site
from tests.places import ROOT
from tests.prose.pages import foreign

OVERLAYS = ROOT / "examples" / "overlays"
EXTENSION, MAGNETS = (OVERLAYS / name for name in ("extension-2027.yaml", "magnets-2027.yaml"))
TABLE = """id,material,from,to,on,quantity,unit,price,currency
a,sintered NdFeB magnets with Dy,China,Germany,2026-12-10,500,kg,60,USD
b,ferrite magnets,China,Germany,2026-12-10,900,kg,5,USD
c,NdFeB magnets without Dy and Tb,China,France,2026-12-11,100,kg,50,USD
d,NdFeB magnets without Dy and Tb,China,France,2026-11-11,100,kg,50,USD
"""
LONGEST_S = 300.0
NAMES = {"magnet-jv", "extension-2027", "magnets-2027", "KiB"}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with TestClient(make_site(Places(tmp_path_factory.mktemp("state"))), base_url="http://127.0.0.1:8765") as client:
        yield client


def _sent(site: TestClient, files: dict[str, bytes], lang: str = "en", **fields: str) -> tuple[int, str, str]:
    """Sends the form, waits for the job, and returns the status, the address and the page."""
    names = {"draft": "draft.yaml", "notice": "notice.txt", "table": "deals.csv", "licences": "licences.csv"}
    sent = {f"{name}_file": (names[name], content) for name, content in files.items()}
    answer = site.post("/rules/impact/start", data={"lang": lang, **fields}, files=sent or {"x": ("", b"")})
    until = time.monotonic() + LONGEST_S
    while "data-job" in answer.text and "/jobs/end" in answer.text and time.monotonic() < until:
        time.sleep(0.3)
        answer = site.get(str(answer.url))
    return answer.status_code, str(answer.url), html.unescape(answer.text)


def _deals(text: str) -> list[str]:
    return re.findall(r'<a href="(/deal\?[^"]*draft=[^"]*)"', text)


def _outcome(text: str, heading: str) -> str:
    found = re.search(rf'<h2 id="{heading}".*?class="chip[^"]* (\w+)"', text, re.S)
    assert found is not None
    return found[1]


@pytest.fixture(scope="module")
def moved(site: TestClient) -> str:
    notice = (OVERLAYS / "extension-2027.en.txt").read_bytes()
    files = {"draft": MAGNETS.read_bytes(), "notice": notice, "table": TABLE.encode()}
    status, _, text = _sent(site, files)
    assert status == 200
    return text


def test_totals_exemptions_and_moved_deals_of_a_table(moved: str) -> None:
    assert "of 4 deals would move" in moved
    assert "DRAFT" in moved
    assert "Nothing is saved in the rulebook" in moved
    assert "By exemption of the draft" in moved
    assert "magnets-2027-2" in moved
    assert "new in the draft" in moved or "not yet in force" in moved
    assert re.search(r'<table>.*?<th scope="col" class="num">PROCEED', moved, re.S)  # the table beside the chart


def test_the_notice_is_beside_the_draft_with_its_words_marked(moved: str) -> None:
    assert '<mark class="hint">' in moved
    assert "not found in the notice" in moved
    assert "values of the draft are found in the notice" in moved


def test_every_moved_deal_opens_with_the_current_result_and_the_draft_marked(site: TestClient, moved: str) -> None:
    rows = re.findall(r'<tr><th scope="row"><a href="(/deal\?[^"]+)">(\w+)</a>.*?</tr>', moved, re.S)
    whole = re.findall(r"<tr><th scope=\"row\"><a href=\"/deal\?.*?</tr>", moved, re.S)
    assert rows
    for (address, _), row in zip(rows, whole, strict=True):
        before, after = re.findall(r'class="chip[^"]* ([A-Z]+)"', row)[:2]
        page = site.get(address).text
        assert _outcome(page, "outcome") == before
        assert _outcome(page, "draft") == after


def test_a_deal_without_the_draft_is_as_before(site: TestClient, moved: str) -> None:
    address = _deals(moved)[0]
    with_draft, plain = site.get(address).text, site.get(re.sub(r"&draft=\w+", "", address)).text
    for part in (r'<code id="hash">(\w+)</code>', r'<h2 id="outcome".*?</h2>'):
        assert re.findall(part, with_draft, re.S) == re.findall(part, plain, re.S)
    assert 'id="draft"' not in plain


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_example_opens_in_both_languages(site: TestClient, lang: str) -> None:
    answer = site.post(f"/rules/impact/example?lang={lang}")
    until = time.monotonic() + LONGEST_S
    while "/jobs/end" in answer.text and time.monotonic() < until:
        time.sleep(0.3)
        answer = site.get(str(answer.url))
    wanted = "15 of 22 deals would move" if lang == "en" else "共22笔交易，其中15笔的结果会改变"
    assert wanted in answer.text
    found = [
        word for word in foreign(answer.text, lang, frozenset(NAMES)) if not re.search(r"\.txt|\.yaml|草案\w{12}", word)
    ]
    assert found == []
    deals = _deals(html.unescape(answer.text))
    assert len(deals) == 15
    assert foreign(site.get(deals[0]).text, lang, frozenset({*NAMES, "Siam", "Ningbo"})) is not None


def test_the_deals_of_a_case_open_with_the_results_of_the_list(site: TestClient) -> None:
    status, _, text = _sent(site, {"draft": EXTENSION.read_bytes()}, case="magnet-jv", on="2026-11-12")
    assert status == 200
    for row in re.findall(r'<tr><th scope="row"><a href="/deal\?.*?</tr>', text, re.S):
        address = re.findall(r'href="(/deal\?[^"]+)"', row)[0]
        before, after = re.findall(r'class="chip[^"]* ([A-Z]+)"', row)[:2]
        page = site.get(address).text
        assert (_outcome(page, "outcome"), _outcome(page, "draft")) == (before, after)


def test_a_notice_alone_is_read_beside_the_draft(site: TestClient) -> None:
    notice = (OVERLAYS / "extension-2027.zh.txt").read_bytes()
    status, address, text = _sent(site, {"draft": EXTENSION.read_bytes(), "notice": notice})
    assert status == 200
    assert "job=" not in address
    assert '<mark class="fact">继续暂停实施</mark>' in text


def test_pasted_texts_are_taken(site: TestClient) -> None:
    fields = {"draft_text": EXTENSION.read_text(), "notice_text": "<b>No. 55 of 2025</b> & <script>x()</script>"}
    status, _, text = _sent(site, {}, **fields)
    assert status == 200
    assert "<script>x()" not in site.get(str(_)).text
    assert "No. 55 of 2025" in text


UNDATED = (
    MAGNETS.read_text(encoding="utf-8")
    .replace("  effective_from: '2026-12-01'\n", "")
    .replace("- {type: entry_into_force, effective: '2026-12-01', scope: all}\n", "")
)


@pytest.mark.parametrize(
    ("files", "fields", "code"),
    [
        ({}, {"case": "magnet-jv"}, "UPLOAD-FORM"),
        ({"draft": EXTENSION.read_bytes()}, {}, "UPLOAD-FORM"),
        ({"draft": b"id: x\nfoo: bar\n"}, {"case": "magnet-jv"}, "KEY-MISSING"),
        ({"draft": b"\xff\xfe\x00"}, {"case": "magnet-jv"}, "FILE-ENCODING"),
        ({"draft": b"#" * 300_000}, {"case": "magnet-jv"}, "FILE-SIZE"),
        ({"draft": EXTENSION.read_bytes()}, {"case": "nowhere"}, "EXAMPLE-UNKNOWN"),
        ({"draft": EXTENSION.read_bytes(), "notice": "海关".encode("gb18030")}, {"case": "magnet-jv"}, "FILE-ENCODING"),
        ({"draft": EXTENSION.read_bytes(), "notice": b"x" * 70_000}, {"case": "magnet-jv"}, "NOTICE-FORM"),
        ({"draft": UNDATED.encode()}, {"case": "magnet-jv"}, "EXEMPTION"),
        ({"draft": EXTENSION.read_bytes()}, {"case": "magnet-jv", "on": "2026-02-30"}, "DATE"),
    ],
)
def test_bad_input_is_told(site: TestClient, files: dict[str, bytes], fields: dict[str, str], code: str) -> None:
    status, _, text = _sent(site, files, **fields)
    told = re.findall(r'<ul class="faults">(.*?)</ul>', text, re.S)
    assert told, text[-2000:]
    assert code in told[0]
    assert "/tmp" not in told[0]
    assert status in (200, 400, 404, 413, 422)


def test_an_address_with_an_unknown_draft_is_told(site: TestClient) -> None:
    answer = site.get("/rules/impact?draft=0000&notice=1111&job=2222&lang=en")
    assert answer.status_code < 500
    assert "UPLOAD-UNKNOWN" in answer.text
    deal = site.get("/deal?material=ferrite+magnets&from=China&to=Germany&on=2026-03-02&draft=zzz&lang=en")
    assert deal.status_code == 200
    assert "UPLOAD-UNKNOWN" in deal.text


def test_a_batch_run_is_handed_on_with_its_mapping(site: TestClient, tmp_path: Path) -> None:
    page = site.post("/batch/example?lang=en")
    upload = re.search(r"/batch/(\w{32})", str(page.url))
    assert upload is not None
    run = site.post(
        str(page.url), data={"do": "start", "lang": "en", **dict(re.findall(r"[?&](standing)=(\w+)", str(page.url)))}
    )
    until = time.monotonic() + LONGEST_S
    while "/jobs/end" in run.text and time.monotonic() < until:
        time.sleep(0.3)
        run = site.get(str(run.url))
    link = re.search(r'href="(/rules/impact\?batch=[^"]+)"', run.text)
    assert link is not None
    batch = re.search(r"batch=(\w+)", link[1])
    assert batch is not None
    assert 'name="batch"' in site.get(html.unescape(link[1])).text
    status, _, text = _sent(site, {"draft": EXTENSION.read_bytes()}, batch=batch[1])
    assert status == 200
    assert "deals would move" in text
