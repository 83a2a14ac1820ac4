"""The screen of public money: the worked example, choices in the address, uploads with faults, files, jobs."""

from __future__ import annotations

import csv
import io
import re
import time
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

import fastexcel
import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

from coercivity.ministry.fund.model import FundBook
from coercivity.ministry.fund.write import fund_file, fund_yaml
from coercivity.verbs.serving.places import Places
from coercivity.web.site import make_site
from tests.web.ministry_site import FUND, text_of

PNG = b"\x89PNG\r\n\x1a\n"
LONGEST_S = 120.0


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with TestClient(make_site(Places(tmp_path_factory.mktemp("state"))), base_url="http://127.0.0.1:8765") as made:
        yield made


def shown(site: TestClient, status: int = 200, /, **asked: str) -> str:
    answer = site.get("/fund", params={"file": "fund", "lang": "en", **asked})
    assert answer.status_code == status, text_of(answer.text)[:600]
    return answer.text


def upload(site: TestClient, name: str, content: bytes) -> str:
    """Uploads a workbook and returns the address that it leads to."""
    sent = site.post("/fund/workbook", files={"file": (name, content)}, follow_redirects=False)
    assert sent.status_code == 303, text_of(sent.text)
    return sent.headers["location"]


def opened(site: TestClient, address: str, lang: str) -> Response:
    return site.get(f"{address}&lang={lang}")


def yaml_of(book: FundBook) -> bytes:
    return fund_yaml(book).encode()


def test_the_best_set_is_the_heading_and_what_would_change_it_follows(site: TestClient) -> None:
    page = shown(site, budget="150", others="100 200")
    heading = re.search(r'<h2 id="found-h"[^>]*>(.*?)</h2>', page)
    assert heading is not None
    assert heading[1] == "Fund F1 (price floor), F4 (price floor), F5 (stockpile). Budget: USD 150 million."
    told = text_of(page)
    assert "Mean value USD 192.3 million for a mean public cost of USD 66.9 million." in told
    assert "On path extension alone F2 + F4 + F5 would be best, by USD 5.9 million." in told
    assert "Were controlled technology never refused, F1 + F3 + F5 would be best" in told
    assert "200 F1 + F2 + F4 + F5" in told
    assert page.count('class="chart"') == 5


def test_the_address_keeps_every_choice(site: TestClient) -> None:
    page = shown(site, budget="100", technology="none", sets="6")
    assert 'name="budget" type="text" value="100"' in page
    assert '<option value="none" selected>' in page
    assert '<option value="6" selected>' in page
    assert "/fund/file/iamc.csv?file=fund&amp;budget=100&amp;technology=none&amp;sets=6&amp;lang=en" in page


def test_an_upload_is_kept_by_its_hash_and_gives_the_same_answer(site: TestClient) -> None:
    address = upload(site, "ministry.xlsx", fund_file(FUND))
    assert re.fullmatch(r"/fund\?file=[0-9a-f]{16,64}", address)
    assert address == upload(site, "ministry.xlsx", fund_file(FUND))
    hashes = [re.findall(r"<code>([0-9a-f]{64})</code>", site.get(one).text) for one in (address, "/fund?file=fund")]
    assert len(hashes[0]) == 2
    assert hashes[0] == hashes[1]


def test_charts_and_tables_come_as_files(site: TestClient) -> None:
    asked = {"file": "fund", "budget": "150"}
    rows = csv.DictReader(io.StringIO(site.get("/fund/chart/ranking.csv", params=asked).content.decode("utf-8-sig")))
    assert next(rows) == {
        "project": "F5", "instrument": "stockpile", "mean_value_musd": "102.07", "mean_cost_musd": "10.14",
        "per_dollar": "10.063",
    }  # fmt: skip
    sheet = fastexcel.read_excel(site.get("/fund/chart/ranking.xlsx", params=asked).content)
    assert any("102.07" in row for row in sheet.load_sheet(0, header_row=None).to_polars().rows())
    svg = site.get("/fund/chart/regret.svg", params=asked).text
    assert "var(--" not in svg
    assert "23.7" in svg
    assert site.get("/fund/chart/regret.svg", params=asked).text == svg
    assert site.get("/fund/chart/ranking.png", params=asked).content.startswith(PNG)
    assert site.get("/fund/file/picture.png", params=asked).content.startswith(PNG)
    names = zipfile.ZipFile(io.BytesIO(site.get("/fund/file/tables.zip", params=asked).content)).namelist()
    assert {"iamc.csv", "ranking.csv", "sets.csv", "regret.csv"} <= set(names)
    assert site.get("/fund/chart/none.csv", params=asked).status_code == 404


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"budget": "0"}, "the budget is above 0, not 0"),
        ({"budget": "nothing"}, "Budget, USD million"),
        ({"others": "100"}, "other budgets are given, but none to compare them with"),
        ({"sets": "many"}, "the number of sets is from 1 to 50, not many"),
        ({"technology": "some"}, "'some' is not one of none, given, refused"),
        ({"file": "fnud"}, "Did you mean: fund"),
    ],
)
def test_what_cannot_be_asked_is_told(site: TestClient, asked: dict[str, str], told: str) -> None:
    page = shown(site, 404 if "file" in asked else 422, **asked)
    assert told in text_of(page)
    assert 'id="found-h"' not in page


def test_every_fault_of_an_upload_has_its_place(site: TestClient) -> None:
    """A project twice, an instrument without a price, and a budget of nothing, all at once."""
    twice = (*FUND.projects, replace(FUND.projects[0], what="again"))
    book = replace(FUND, projects=twice, prices=(), settings=replace(FUND.settings, budget_musd=Fraction(0)))
    page = opened(site, upload(site, "wrong.yaml", yaml_of(book)), "en")
    assert page.status_code == 422
    told = text_of(page.text)
    for part in ("'F1' is already in", "Dy is missing on path extension", "NdPr is missing on path lapse"):
        assert part in told, told[:1500]
    assert "firm-faults" in page.text
    chinese = opened(site, upload(site, "wrong.yaml", yaml_of(book)), "zh").text
    rows = re.findall(r'<td data-k="错误">(.*?)</td>', chinese, re.DOTALL)
    assert rows
    assert not any(re.search(r"[a-z]{4,} [a-z]{2,}", text_of(row)) for row in rows)


def test_a_budget_of_nothing_in_the_workbook_is_told_with_its_cell(site: TestClient) -> None:
    book = replace(FUND, settings=replace(FUND.settings, budget_musd=Fraction(0)))
    page = opened(site, upload(site, "zero.xlsx", fund_file(book)), "en")
    assert page.status_code == 422
    assert re.search(r"Settings row 3 \(cell B3\) the budget is 0 write an amount above 0", text_of(page.text))


def test_a_floor_below_cost_is_a_note(site: TestClient) -> None:
    projects = (replace(FUND.projects[0], cost_usd_per_kg=Fraction(600)), *FUND.projects[1:])
    page = opened(site, upload(site, "floor.yaml", yaml_of(replace(FUND, projects=projects))), "en")
    assert page.status_code == 200
    assert "The price floor of F1 is below its own cost: it limits the loss, but does not cover it." in text_of(
        page.text
    )


def test_a_wrong_kind_of_file_is_told(site: TestClient) -> None:
    sent = site.post("/fund/workbook", files={"file": ("sheet.csv", b"a,b\n1,2\n")}, params={"lang": "en"})
    assert sent.status_code == 422
    assert "put all CSV files into one ZIP file" in text_of(sent.text)


def test_many_projects_are_a_job_whose_answer_the_address_then_shows(site: TestClient) -> None:
    """24 projects without interaction, each a copy of one of the five."""
    copies = [replace(row, project=f"{row.project}-{n}") for n in range(5) for row in FUND.projects][:24]
    names = {row.project for row in copies}
    book = replace(
        FUND,
        projects=tuple(copies),
        capacity=tuple(
            replace(r, project=f"{r.project}-{n}")
            for n in range(5)
            for r in FUND.capacity
            if f"{r.project}-{n}" in names
        ),
        instruments=tuple(
            replace(r, project=f"{r.project}-{n}")
            for n in range(5)
            for r in FUND.instruments
            if f"{r.project}-{n}" in names
        ),
        interaction=(),
    )
    address = upload(site, "many.yaml", yaml_of(book))
    page = opened(site, address, "en").text
    assert "The workbook takes longer than a page can wait" in text_of(page)
    name = address.partition("file=")[2]
    sent = site.post("/fund/start", data={"file": name, "lang": "en"}, follow_redirects=False)
    assert sent.headers["location"] == f"/fund?file={name}&lang=en"
    end = time.monotonic() + LONGEST_S
    while 'id="found-h"' not in (page := site.get(sent.headers["location"]).text):
        assert time.monotonic() < end
        time.sleep(0.2)
    assert "Found as a programme of whole numbers" in text_of(page)


def test_the_page_in_chinese_has_no_english_sentence(site: TestClient) -> None:
    told = text_of(shown(site, lang="zh", budget="150", others="100").partition("<main")[2].partition("<footer")[0])
    assert "资助F1（保底价格）、F4（保底价格）、F5（国家储备）。预算150百万美元。" in told
    own = re.sub(
        r"separation plant on the Atlantic|metal and alloy works|magnet plant with Chinese equipment", "", told
    )
    own = re.sub(r"CSV XLSX|monazite cracking|magnet recycling|Five applications \(invented\)", "", own)
    assert not re.findall(r"[A-Za-z]{3,} [A-Za-z]{3,}", own)


@pytest.mark.parametrize("typed", ["100, 1,000", "100 1000", "100；1,000", "100，1000"])
def test_other_budgets_are_read_as_a_list_is_typed(site: TestClient, typed: str) -> None:
    told = text_of(shown(site, budget="150", others=typed).partition('id="budgets"')[2])
    for budget in ("100", "150", "1,000"):
        assert f" {budget} F1" in told, told[:400]
