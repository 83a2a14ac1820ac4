"""The screen of strategies: the worked example, levers in the address, intervals, faults, files."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from coercivity.verbs.ministry_files import zipped
from coercivity.verbs.serving.places import Places
from coercivity.verbs.strategy import strategy_template
from coercivity.web.site import make_site
from tests.places import ROOT
from tests.web.ministry_site import text_of

PNG = b"\x89PNG\r\n\x1a\n"
FOLDER = ROOT / "examples" / "ministry" / "strategy"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with TestClient(make_site(Places(tmp_path_factory.mktemp("state"))), base_url="http://127.0.0.1:8765") as made:
        yield made


def archive(**changed: str) -> bytes:
    """Returns the example as a ZIP of CSV files, some of them changed."""
    files = {path.name: path.read_bytes() for path in FOLDER.glob("*.csv")}
    return zipped(files | {f"{name}.csv": text.encode() for name, text in changed.items()})


def uploaded(site: TestClient, content: bytes, **asked: str) -> tuple[int, str]:
    sent = site.post("/strategy/workbook", files={"file": ("firms.zip", content)}, follow_redirects=False)
    assert sent.status_code == 303, text_of(sent.text)
    more = "".join(f"&{name}={value}" for name, value in asked.items())
    found = site.get(f"{sent.headers['location']}&lang=en{more}")
    return found.status_code, found.text


def test_who_wins_where_the_claim_and_its_charts(site: TestClient) -> None:
    page = site.get("/strategy", params={"file": "strategy", "lang": "en"}).text
    told = text_of(page)
    assert "holds for every firm in metal stop, technology closed and the mean; holds for no firm in open" in told
    assert "magnet maker licence 25.00 ore + processing 30,272.0" in told
    assert page.count('class="chart"') == 4  # cost and effects of two firms


def test_levers_are_chosen_in_the_address(site: TestClient) -> None:
    page = site.get("/strategy", params={"file": "strategy", "lever": ["ore", "stock"], "lang": "en"}).text
    assert len(re.findall(r'name="lever" value="(?:ore|stock)" checked', page)) == 2
    assert 'value="processing" checked' not in page
    assert "is not tested, because these levers were left out: processing + recycling" in text_of(page)
    assert "/strategy/file/result.json?file=strategy&amp;lever=ore&amp;lever=stock" in page.replace("&amp;lang=en", "")


def test_draws_have_intervals(site: TestClient) -> None:
    asked = {"file": "strategy-draws", "lang": "en"}
    told = text_of(site.get("/strategy", params=asked).text)
    assert "which costs 163.3 to 453.2 kUSD more (90 % interval of the mean)" in told
    text = site.get("/strategy/chart/over-2.csv", params=asked).content.decode("utf-8-sig")
    row = next(row for row in csv.DictReader(io.StringIO(text)) if row["set"] == "ore" and row["path"] == "extension")
    assert (row["low_kusd"], row["high_kusd"], row["firm"]) == ("163.3", "453.2", "motor maker")
    assert site.get("/strategy/chart/effects-1.png", params=asked).content.startswith(PNG)


def test_one_lever_is_a_factorial_of_two_combinations(site: TestClient) -> None:
    page = site.get("/strategy", params={"file": "strategy", "lever": "ore", "lang": "en"})
    assert page.status_code == 200
    told = text_of(page.text)
    assert "magnet maker: on average ore is cheapest, ahead of none" in told


def test_a_lever_with_one_level_is_told(site: TestClient) -> None:
    """Without scrap, whose recycling costs nothing, and no contract ore, both levers change nothing."""
    head, *rows = (FOLDER / "firms.csv").read_text(encoding="utf-8").splitlines()
    names = head.split(",")
    nought = {"ore_t", "rec_fixed", "scrap_t"}
    cells = [
        ["0" if name in nought else cell for name, cell in zip(names, row.split(","), strict=True)] for row in rows
    ]
    status, page = uploaded(site, archive(firms="\n".join([head, *map(",".join, cells)])))
    assert status == 200
    assert (
        "motor maker: cost is the same with and without these levers in every scenario: ore and recycling. "
        "Check their figures in the workbook." in text_of(page)
    )


def test_every_fault_of_an_upload_has_its_cell(site: TestClient) -> None:
    firms = (FOLDER / "firms.csv").read_text(encoding="utf-8").replace(",400,", ",none,", 1)
    scenarios = (FOLDER / "scenarios.csv").read_text(encoding="utf-8").replace("0.45", "0.55", 1)
    status, page = uploaded(site, archive(firms=firms, scenarios=scenarios), lever="wind")
    assert status == 422
    told = text_of(page)
    assert "there is no lever 'wind'" in told
    assert "firms row 2, need need_t: 'none' is not a number" in told
    assert "the chances add up to 1.1, not 1" in told


def test_the_template_of_the_example_loads_again(site: TestClient) -> None:
    book = site.get("/strategy/template", params={"in": "zh", "example": "yes"}).content
    assert book == strategy_template("zh", example=True)
    sent = site.post("/strategy/workbook", files={"file": ("book.xlsx", book)}, follow_redirects=False)
    assert "30,272.0" in site.get(sent.headers["location"]).text


def test_the_api_gives_the_same_as_the_screen(site: TestClient) -> None:
    asked = {"file": "strategy", "levers": ["ore", "processing", "recycling"]}
    told = site.post("/api/ministry/strategy", json=asked).json()
    kept = site.get("/strategy/file/result.json", params={"file": "strategy"}).json()
    assert told == kept
    assert told["firms"][0]["results"][-1]["cheapest"] == ["ore", "processing", "recycling"]
