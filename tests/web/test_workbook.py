"""The Company screen with a workbook: the numbers of a worked example, faults by cell, quick start, export."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Any

import pytest
from fastapi.testclient import TestClient

from coercivity.verbs.serving.places import Places
from coercivity.web.site import make_site
from tests.places import ROOT

ALPENMOTOR = ROOT / "examples/firms/alpenmotor.yaml"
QUICK = {
    "on": "2026-11-20",
    "plant": "GRZ",
    "grade": "N42SH",
    "stock_kg": "1500",
    "use_kg": "25",
    "lot_kg": "800",
    "leaves": "2027-01-10",
    "transit_days": "36",
    "usual_days": "50",
    "slow_days": "120",
    "line_day_keur": "90",
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """The screens, asked without a browser."""
    with TestClient(make_site(Places(tmp_path_factory.mktemp("state"))), base_url="http://127.0.0.1:8765") as made:
        yield made


def text_of(html: str) -> str:
    bare = re.sub(r"<script.*?</script>", " ", html, flags=re.DOTALL)
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", bare)))


def shown(site: TestClient, **asked: str) -> str:
    answer = site.get("/firm", params={"file": "alpenmotor", "lang": "en", **asked})
    assert answer.status_code == 200
    return answer.text


def sent(site: TestClient, name: str, content: bytes, lang: str = "en") -> Any:
    return site.post(f"/firm/workbook?lang={lang}", files={"file": (name, content)})


def broken(*changes: tuple[str, str]) -> bytes:
    text = ALPENMOTOR.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    return text.encode()


def test_the_first_stop_and_its_part_are_the_heading(site: TestClient) -> None:
    """GRZ lacks M3 on 2027-02-14, before GYR on 2027-02-16 and BRN on 2027-03-11."""
    page = shown(site)
    heading = re.search(r'<h2 id="first-h"[^>]*>(.*?)</h2>', page)
    assert heading is not None
    assert "GRZ" in heading[1]
    assert "2027-02-14" in heading[1]
    assert "M3 (N38UH)" in heading[1]
    assert page.index("2027-02-16") < page.index("<figure")


def test_the_dates_by_plant_part_and_clause_are_beside_the_chart(site: TestClient) -> None:
    """M1 at GRZ: 2027-01-25 from stock, 2027-02-24 with goods cleared, 2027-06-04 with free lots; again under K18."""
    told = text_of(shown(site))
    assert re.search(r"GRZ M1 N42 2027-01-25 2027-02-24 2027-06-04 2027-06-04 2027-02-24", told)
    assert re.search(r"GYR M3 N38UH 2027-01-22 2027-01-22 2027-02-16 2027-01-22 2027-01-22", told)


def test_grant_and_renewal_can_be_independent(site: TestClient) -> None:
    """With one authority 66 % for any plant; as independent of each other 77.6 %."""
    assert "66 % at any plant" in text_of(shown(site))
    assert "77.6 % at any plant" in text_of(shown(site, independent="yes"))


def test_the_same_page_in_chinese(site: TestClient) -> None:
    page = shown(site, lang="zh")
    assert '<html lang="zh-Hans">' in page
    assert "2027年2月14日" in text_of(page)


def test_before_the_first_stop_its_probability_is_nought(site: TestClient) -> None:
    told = text_of(shown(site, until="2027-01-15"))
    assert "Probability of a line stop by 2027-01-15: 0 % at any plant" in told


def test_an_export_loads_again_with_the_same_hash(site: TestClient) -> None:
    hashes = set()
    for kind in ("xlsx", "yaml"):
        made = site.get(f"/firm/export.{kind}", params={"file": "alpenmotor"})
        assert made.status_code == 200
        page = sent(site, f"firm.{kind}", made.content)
        assert page.status_code == 200
        found = re.search(r"[0-9a-f]{64}", text_of(page.text))
        assert found is not None
        hashes.add(found[0])
    own = re.search(r"[0-9a-f]{64}", text_of(shown(site)))
    assert own is not None
    assert hashes == {own[0]}


def test_three_faults_are_told_at_once_with_sheet_and_row(site: TestClient) -> None:
    content = broken(
        ("piece_kg: '0.016', NdPr: '26.5'", "piece_kg: '0.016', NdPr: '97'"),
        ("{lot: Q6, supplier: S2, part: M3", "{lot: Q6, supplier: S2, part: M7"),
        ("quantity_kg: '630', quarantine_kg: '60'", "quantity_kg: '630', quarantine_kg: '700'"),
    )
    page = sent(site, "firm.yaml", content)
    assert page.status_code == 422
    told = text_of(page.text)
    assert "3 errors" in told
    for text in ("add up to 102 %", "there is no part M7", "more in quarantine than there is"):
        assert text in told, text
    assert "stops on" not in told


def test_the_faults_are_in_chinese_on_a_chinese_page(site: TestClient) -> None:
    content = broken(("quantity_kg: '630', quarantine_kg: '60'", "quantity_kg: '630', quarantine_kg: '700'"))
    page = sent(site, "firm.yaml", content, lang="zh")
    assert page.status_code == 422
    assert "一处错误" in page.text
    assert "库存（stock）第5条" in page.text


@pytest.mark.parametrize(
    ("name", "content", "status"),
    [("firm.pdf", b"x", 422), ("firm.xlsx", b"", 422), ("firm.xlsx", b"PK\x03\x04 not a workbook", 422)],
)
def test_a_file_that_is_no_workbook_is_refused(site: TestClient, name: str, content: bytes, status: int) -> None:
    assert sent(site, name, content).status_code == status


def test_a_workbook_over_the_limit_is_refused(site: TestClient) -> None:
    assert sent(site, "firm.yaml", b"#" * (2 * 2**20 + 1)).status_code == 413


def test_an_unknown_file_is_told(site: TestClient) -> None:
    answer = site.get("/firm", params={"file": "alpenmotr", "lang": "en"})
    assert answer.status_code == 404
    assert "alpenmotor" in answer.text


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_template_is_a_workbook(site: TestClient, lang: str) -> None:
    made = site.get("/firm/template", params={"in": lang})
    assert made.status_code == 200
    assert made.content.startswith(b"PK")
    assert f"coercivity-firm-{lang}.xlsx" in made.headers["content-disposition"]


def test_an_empty_template_says_what_to_fill_in(site: TestClient) -> None:
    page = sent(site, "firm.xlsx", site.get("/firm/template").content)
    assert page.status_code in (200, 422)
    assert "Traceback" not in page.text


def test_ten_numbers_lead_to_the_stop_date_and_a_workbook(site: TestClient) -> None:
    """1,500 kg at 25 kg a day last 60 days from 2026-11-21; the next lot, filed on the day of the count, comes later.

    The lot leaves on 2027-01-14, five days after the grant on day 50, and arrives 36 days later, on 2027-02-19: the line
    stops on 2027-01-20.
    """
    page = site.post("/firm/quick?lang=en", data=QUICK)
    assert page.status_code == 200
    assert "GRZ stops on 2027-01-20" in text_of(page.text)
    address = re.search(r'href="(/firm/export\.xlsx\?[^"]+)"', page.text)
    assert address is not None
    made = site.get(unescape(address[1]))
    assert made.content.startswith(b"PK")
    assert "GRZ stops on 2027-01-20" in text_of(sent(site, "mine.xlsx", made.content).text)


def test_the_quick_start_says_what_it_assumes_and_keeps_its_numbers(site: TestClient) -> None:
    """1,500 kg and the lot of 800 kg are used up after 92 days: probabilities end there, not after a year without lots."""
    page = site.post("/firm/quick?lang=en", data=QUICK)
    told = text_of(page.text)
    assert "one licence in five takes the slow time" in told
    assert "counted through 2027-02-20" in told
    for name, typed in QUICK.items():
        assert re.search(rf'<input id="q-{name}" name="{name}" value="{typed}"', page.text), name
    assert "one licence in five" not in text_of(site.get("/firm", params={"file": "alpenmotor"}).text)


def test_faults_of_the_quick_start_are_beside_their_fields(site: TestClient) -> None:
    page = site.post("/firm/quick?lang=en", data={**QUICK, "grade": "N60EH", "use_kg": "", "leaves": "soon"})
    assert page.status_code == 422
    for name in ("grade", "use_kg", "leaves"):
        field = re.search(rf'<input id="q-{name}".*?</span></p>', page.text, re.DOTALL)
        assert field is not None
        assert 'aria-invalid="true"' in field[0]
        assert "fault-line" in field[0]
    assert 'value="1500"' in page.text


def test_the_deadlines_are_a_calendar(site: TestClient) -> None:
    made = site.get("/firm/deadlines.ics", params={"file": "alpenmotor", "lang": "en"})
    assert made.status_code == 200
    assert made.headers["content-type"].startswith("text/calendar")
    assert made.content.startswith(b"BEGIN:VCALENDAR")
    assert b"20270131" in made.content  # the general licence ends


def test_nothing_typed_reaches_the_page_as_markup(site: TestClient) -> None:
    page = site.post("/firm/quick?lang=en", data={**QUICK, "plant": "<script>alert(1)</script>"})
    assert "<script>alert(1)" not in page.text


def test_draws_of_practice_are_beside_the_own_delays(site: TestClient) -> None:
    """81.2 % of the 64 draws stop GRZ, 66 % by the own Delays; neither changes the other."""
    told = text_of(shown(site, draws="64", until="2027-05-31"))
    assert "66 % at any plant" in told
    assert "Any plant: stops by 2027-05-31 in 81.2 % of 64 draws (90 % interval 71.4 % to 88.8 %)" in told
    assert "by your own Delays 66.0 %" in told
    assert re.search(r"GRZ 81\.2 71\.4 88\.8 66\.0 2027-02-14 2027-02-14 none", told)
    assert "waits for the grant of F-S2" in told
    assert "practice, not law" in told
    assert 'id="drawn"' not in shown(site, until="2027-05-31")


def test_draws_in_chinese(site: TestClient) -> None:
    told = text_of(shown(site, draws="64", until="2027-05-31", lang="zh"))
    assert "任一工厂：截至2027年5月31日，64次抽样中停线的占81.2%" in told


@pytest.mark.parametrize("draws", ["65", "many", "512", "-1"])
def test_a_number_of_draws_that_is_none_is_told(site: TestClient, draws: str) -> None:
    answer = site.get("/firm", params={"file": "alpenmotor", "draws": draws, "lang": "en"})
    assert answer.status_code == 422
    assert "DRAWS" in answer.text
