"""The Mix screen: the numbers of worked examples, changes without another upload, faults, downloads."""

from __future__ import annotations

import io
import json
import re
import time
import zipfile
from collections.abc import Iterator
from html import unescape

import pytest
import xlsxwriter  # type: ignore[import-untyped] # it comes without types
from fastapi.testclient import TestClient

from coercivity.firm.company.sources import company_of
from coercivity.firm.company.write.texts import company_csv
from coercivity.verbs.serving.places import Places
from coercivity.web.site import make_site
from tests.places import ROOT

WIND = ROOT / "examples/firms/wind.yaml"
LONGEST_S = 300.0


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """The screens, asked without a browser."""
    with TestClient(make_site(Places(tmp_path_factory.mktemp("state"))), base_url="http://127.0.0.1:8765") as made:
        yield made


def text_of(html: str) -> str:
    bare = re.sub(r"<script.*?</script>", " ", html, flags=re.DOTALL)
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", bare)))


def shown(site: TestClient, status: int = 200, /, **asked: str) -> str:
    answer = site.get("/mix", params={"file": "wind", "lang": "en", **asked})
    assert answer.status_code == status
    return answer.text


def test_the_plan_is_the_heading_and_the_reading_is_said(site: TestClient) -> None:
    """36 t and the second source at 1,028; 920, 920 and 1,640 in the three scenarios; nothing done costs 2,475."""
    page = shown(site)
    heading = re.search(r'<h2 id="plan-h"[^>]*>(.*?)</h2>', page)
    assert heading is not None
    assert "second" in heading[1]
    assert "36 t" in heading[1]
    told = text_of(page)
    assert "Mean cost, kEUR 2,475.0 1,028.0" in told
    assert "Reading: scenario known at the start of month 1" in told
    for cells in ("no stop 60.00 0.0 920.0", "3 months 25.00 4,500.0 920.0", "6 months 15.00 9,000.0 1,640.0"):
        assert cells in told, cells


def test_the_level_of_the_bad_end_can_be_chosen(site: TestClient) -> None:
    """The worst 15 % cost 1,640 with the plan and 9,000 without."""
    assert "CVaR, kEUR 9,000.0 1,640.0 1,640.0" in text_of(shown(site, level="0.85"))


def test_a_cap_is_tried_without_another_upload(site: TestClient) -> None:
    """With 25 t at most: 25 t and the second source at 1,093, beside 1,028 without the cap; 1,475 with stock alone."""
    told = text_of(shown(site, **{"limit.stock_cap:magnet": "25"}))
    assert "Mean cost, kEUR 2,475.0 1,028.0 1,093.0" in told
    told = text_of(shown(site, **{"limit.stock_cap:magnet": "25", "without": "second"}))
    assert "Mean cost, kEUR 2,475.0 1,028.0 1,475.0" in told


def test_a_limit_can_be_left_out(site: TestClient) -> None:
    told = text_of(shown(site, file="brenner", **{"limit.budget": "none"}))
    assert "Mean cost, kEUR 4,949.6 2,208.1 2,080.6" in told  # 127.44 less


def test_independence_is_visible_and_off_by_default(site: TestClient) -> None:
    page = shown(site)
    assert "One authority: grades stop together" in text_of(page)
    assert re.search(r'name="apart" value="magnet">', page)
    page = shown(site, apart="magnet")
    assert "Independent at your request: magnet" in text_of(page)
    assert re.search(r'name="apart" value="magnet" checked>', page)


def test_what_cannot_be_changed_is_told_at_once_and_the_form_stays(site: TestClient) -> None:
    page = shown(site, 422, weight="7", level="1", without="secnd", apart="magnt", **{"limit.budget": "much"})
    told = text_of(page)
    for text in (
        "between 0 and 1, not 7",
        "below 1, not 1",
        "no option 'secnd'",
        "no grade 'magnt'",
        "'much' is not a valid value",
    ):
        assert text in told, text
    assert 'name="limit.budget" value="much"' in page
    assert "Choose" not in told


@pytest.mark.parametrize(
    "asked",
    [
        {f"limit.x{number}": "1" for number in range(201)},
        {"without": "x" * 101},
        {"apart": "x" * 101},
        {"day": "x" * 200},
    ],
)
def test_an_address_that_no_form_makes_is_refused(site: TestClient, asked: dict[str, str]) -> None:
    """Too many changes or too long names, as a page and as a file."""
    told = text_of(shown(site, 422, **asked))
    assert "Something went wrong" not in told
    assert site.get("/mix/mix.json", params={"file": "wind", **asked}).status_code == 422
    assert site.post("/mix/start", data={"file": "wind", **asked}).status_code == 422


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"weight": "7"}, "Weight on CVaR the weight on CVaR is between 0 and 1, not 7"),
        ({"level": "1"}, "below 1, not 1"),
        ({"day": "2026-13-40"}, "First day of the mix"),
        ({"limit.budget": "1.200"}, "the limit 'budget': '1.200' may be 1200 or 1.2"),
        ({"without": "secnd"}, "no option 'secnd'"),
        ({"weight": "7", "search": "plan"}, "between 0 and 1, not 7"),
    ],
)
def test_a_search_is_not_started_for_what_cannot_be(site: TestClient, asked: dict[str, str], told: str) -> None:
    """The page says which field and what it may be; the form stays, and there is no job."""
    before = len(site.get("/api/jobs").json())
    found = site.post("/mix/start", data={"file": "wind", "lang": "en", **asked}, follow_redirects=False)
    assert found.status_code == 422
    assert told in text_of(found.text)
    assert 'id="f-weight"' in found.text
    assert len(site.get("/api/jobs").json()) == before


@pytest.mark.parametrize(("typed", "mean"), [("1,200", "1,028.0"), ("1200", "1,028.0"), ("1.2", "2,475.0")])
def test_a_limit_is_read_as_a_cell_of_the_workbook(site: TestClient, typed: str, mean: str) -> None:
    """A comma before three digits parts thousands; 1.2 thousand euros buy nothing."""
    assert f"Mean cost, kEUR 2,475.0 1,028.0 {mean}" in text_of(shown(site, **{"limit.budget": typed}))


@pytest.mark.parametrize("typed", ["1.200", "12.500", "1.000"])
def test_a_limit_that_may_be_two_numbers_is_asked_back(site: TestClient, typed: str) -> None:
    page = shown(site, 422, **{"limit.budget": typed})
    assert f"'{typed}' may be {typed.replace('.', '')} or " in text_of(page)
    assert "请填写其中之一" in text_of(shown(site, 422, lang="zh", **{"limit.budget": typed}))


def test_limits_that_clash_are_named_with_the_least_change(site: TestClient) -> None:
    told = text_of(shown(site, 422, **{"limit.budget": "100", "limit.lost_line_days": "0"}))
    assert "no plan keeps together: budget, lost_line_days" in told
    assert "least change, the other limits as they are: budget 920.00 with second" in told


def test_a_workbook_without_the_sheets_is_told_what_it_lacks(site: TestClient) -> None:
    told = text_of(shown(site, 422, file="alpenmotor"))
    for name in ("Grades", "Scenarios", "Options"):
        assert name in told


def test_an_upload_has_a_permanent_address_and_the_same_answer(site: TestClient) -> None:
    page = site.post("/mix/workbook?lang=en", files={"file": ("wind.yaml", WIND.read_bytes())})
    assert page.status_code == 200
    assert re.fullmatch(r"/mix", page.url.path)
    assert site.get(page.url).text == page.text
    assert "Mean cost, kEUR 2,475.0 1,028.0" in text_of(page.text)


def test_a_file_that_is_no_workbook_is_refused(site: TestClient) -> None:
    assert site.post("/mix/workbook", files={"file": ("mix.pdf", b"x")}).status_code == 422
    assert site.get("/mix", params={"file": "wnd"}).status_code == 404


def test_after_faults_of_the_workbook_its_name_is_shown_and_the_next_upload_is_at_hand(site: TestClient) -> None:
    """The form for the upload is open, as the message says to upload again."""
    text = WIND.read_bytes().replace(b"loss_keur_per_t: '150'", b"loss_keur_per_t: '150,5'")
    page = site.post("/mix/workbook?lang=en", files={"file": ("mine.yaml", text)})
    assert page.status_code == 422
    assert "write a point, such as 150.5" in text_of(page.text)
    assert "mine.yaml" in text_of(page.text)
    assert re.search(r'<details open class="panel"><summary>Upload a workbook', page.text)


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("mix.pdf", b"x", "应为XLSX、YAML文件或压缩包"),
        ("mix.xlsm", b"x", "请另存为不含宏的XLSX后上传"),
        ("grades.csv", b"x", "打成一个压缩包"),
        ("mix.zip", b"x", "不是压缩包"),
        ("mix.yaml", b"#" * (2 * 2**20 - 500), "工作表"),
        ("mix.xlsx", b"#" * (2 * 2**20 + 1), "2 MiB"),
    ],
)
def test_what_is_wrong_with_a_file_is_told_in_chinese(site: TestClient, name: str, content: bytes, told: str) -> None:
    page = site.post("/mix/workbook?lang=zh", files={"file": (name, content)})
    assert page.status_code in (413, 422)
    assert told in text_of(page.text)
    assert "以下内容目前仅有英文" not in page.text


def test_a_folder_of_csv_files_as_a_zip_gives_the_same_answer(site: TestClient) -> None:
    """As a Mac packs it: within a folder, beside hidden files."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, text in company_csv(company_of(WIND)).items():
            archive.writestr(f"my mix/{name}", text)
            archive.writestr(f"__MACOSX/my mix/._{name}", b"\x00")
    page = site.post("/mix/workbook?lang=en", files={"file": ("my mix.zip", made.getvalue())})
    assert page.status_code == 200
    assert "Mean cost, kEUR 2,475.0 1,028.0" in text_of(page.text)
    assert 'accept=".xlsx,.yaml,.yml,.zip"' in page.text


def test_merged_cells_are_placed_in_chinese(site: TestClient) -> None:
    made = io.BytesIO()
    with xlsxwriter.Workbook(made) as book:
        limits = book.add_worksheet("Limits")
        limits.write_row(0, 0, ["limit", "value"])
        limits.merge_range(1, 0, 2, 0, "budget")
    page = site.post("/mix/workbook?lang=zh", files={"file": ("mix.xlsx", made.getvalue())})
    assert "限制（Limits）（单元格A2:A3）" in text_of(page.text)


def test_every_column_of_before_and_after_has_a_name(site: TestClient) -> None:
    """An empty header is read aloud as nothing."""
    assert not re.search(r"<th[^>]*></th>", shown(site))


def test_the_downloads_have_the_numbers_of_the_page(site: TestClient) -> None:
    asked = {"file": "wind", "limit.stock_cap:magnet": "25", "lang": "en"}
    body = json.loads(site.get("/mix/mix.json", params=asked).content)
    assert body["best"]["mean_keur"] == "1093"
    tables = site.get("/mix/mix-csv.zip", params=asked).content
    assert tables == site.get("/mix/mix-csv.zip", params=asked).content
    with zipfile.ZipFile(io.BytesIO(tables)) as archive:
        assert "1093.0" in archive.read("choices.csv").decode("utf-8-sig")


def test_what_would_change_the_choice_is_searched_for_as_a_job(site: TestClient) -> None:
    """The page shows the progress, then the result; downloads have it too."""
    asked = {"file": "wind", "lang": "en"}
    page = site.post("/mix/start", data=asked)
    begun = time.monotonic()
    while 'id="flips"' not in page.text or "Flips below" not in page.text:
        assert "data-job" in page.text or "Flips below" in page.text
        assert time.monotonic() - begun < LONGEST_S, "the search took too long"
        time.sleep(0.2)
        page = site.get("/mix", params=asked)
    assert "One input at a time" in text_of(page.text)
    assert json.loads(site.get("/mix/mix.json", params=asked).content)["flips"]


def test_the_same_page_in_chinese(site: TestClient) -> None:
    told = text_of(shown(site, lang="zh"))
    assert "计算口径：情景于第1个月初知晓" in told
    assert "平均成本（千欧元） 2,475.0 1,028.0" in told


def test_the_workbook_of_the_plan_loads_again_with_the_same_answer(site: TestClient) -> None:
    """The cap of 25 t is in it, so that nothing has to be changed any more."""
    asked = {"file": "wind", "limit.stock_cap:magnet": "25", "lang": "en"}
    book = site.get("/mix/mix.xlsx", params=asked)
    assert book.status_code == 200
    again = site.post("/mix/workbook?lang=en", files={"file": ("mix.xlsx", book.content)})
    assert "Mean cost, kEUR 2,475.0 1,093.0" in text_of(again.text)


@pytest.mark.parametrize(("name", "begin"), [("slide.svg", b"<svg"), ("slide.png", b"\x89PNG")])
def test_the_slide_is_set(site: TestClient, name: str, begin: bytes) -> None:
    for lang in ("en", "zh"):
        slide = site.get(f"/mix/{name}", params={"file": "wind", "lang": lang})
        assert slide.status_code == 200
        assert slide.content.startswith(begin)
    assert site.get(f"/mix/{name}", params={"file": "nothing"}).status_code == 404
