"""The form on the Deal screen that states each step of the chain: the answer of `--steps`, and errors at their rows."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from coercivity.cli.app import main
from coercivity.verbs.jurisdictions.decide import text_in_jurisdictions
from coercivity.verbs.serving.places import Places
from coercivity.web.deal.steps import MOST_ROWS
from coercivity.web.site import make_site

Row = dict[str, str]
LOT = {
    "material": "sintered NdFeB block",
    "from": "China",
    "to": "United States",
    "composition": "Dy 1.8 %",
    "on": "2026-10-01",
}
FACTS = {"us_defence_contract": "true"}
SAID = {"by": "magnet maker", "evidence": "declared", "on": "2026-03-01"}
ROWS: list[Row] = [
    {"step": "mined", "element": "Nd", "country": "Australia", "share": "1", **SAID},
    {"step": "separated", "element": "Nd", "country": "MY", "share": "90 %..1", **SAID},
    {"step": "alloy_melted", "country": "日本", "share": "1", **SAID},
    {"step": "powder", "country": "JP", "share": "100 %", **SAID},
    {"step": "sintered", "country": "JP", "share": "1", **SAID},
    {"step": "magnetised", "country": "US", "share": "1", **SAID},
]
WRITTEN: list[dict[str, object]] = [
    {**ROWS[0], "country": "AU"},
    {**ROWS[1], "share": ["0.9", "1"]},
    {**ROWS[2], "country": "JP"},
    {**ROWS[3], "share": "1"},
    {**ROWS[4]},
    {**ROWS[5]},
]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    """The screens, asked without a browser."""
    return TestClient(make_site(Places(tmp_path_factory.mktemp("state"))), base_url="http://127.0.0.1:8765")


def address(rows: list[Row], **more: str) -> dict[str, str]:
    """An address with rows of the form."""
    cells = {f"s{n}.{key}": value for n, row in enumerate(rows, 1) for key, value in row.items()}
    facts = {f"x.{name}": value for name, value in FACTS.items()}
    return {**LOT, **facts, "jurisdiction": "US", "lang": "en", **cells, **more}


def shown(page: str, code: str) -> str:
    """The part of a page on one jurisdiction."""
    found = re.search(rf'<section class="panel" id="abroad-{code}">.*?</section>', page, re.DOTALL)
    assert found is not None
    return found[0]


def hash_of(page: str, code: str) -> str:
    """The decision hash of one jurisdiction on a page."""
    found = re.search(r"<code>([0-9a-f]{64})</code>", shown(page, code))
    assert found is not None
    return found[1]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_form_gives_the_answer_of_a_file_of_steps(site: TestClient, lang: str) -> None:
    page = site.get("/deal", params=address(ROWS, lang=lang)).text
    cells = {name: text for name, text in LOT.items() if name not in ("on", "material")}
    (found,) = text_in_jurisdictions(
        LOT["material"], jurisdiction="CN,US", on=LOT["on"], cells=cells, facts=FACTS, steps=WRITTEN
    )
    assert hash_of(page, "US") == found.of("US").answer.proof["hash"]
    without = site.get("/deal", params=address([], lang=lang)).text
    assert hash_of(without, "US") != hash_of(page, "US")


def test_a_step_in_china_stops_the_delivery_and_one_in_japan_does_not(site: TestClient) -> None:
    outcomes = {}
    for place in ("CN", "JP"):
        rows = [*ROWS[:2], {**ROWS[2], "country": place}, *ROWS[3:]]
        outcomes[place] = re.findall(
            r'class="chip ([A-Z]+)"', shown(site.get("/deal", params=address(rows)).text, "US")
        )
    assert outcomes["CN"][0] == "STOP"
    assert outcomes["JP"][0] != "STOP"


def test_every_error_is_at_its_row_and_the_result_of_china_stays(site: TestClient) -> None:
    bad: list[Row] = [
        ROWS[0],
        {**ROWS[2], "country": "Atlantis", "share": "2"},
        {"step": "sintered", "country": "JP"},
        {**ROWS[5], "on": "2026-02-30"},
    ]
    page = site.get("/deal", params=address(bad)).text
    rows = dict(re.findall(r'id="e-s(\d+)"><div>(.*?)</div></td>', page, re.DOTALL))
    assert sorted(rows) == ["2", "3", "4"]
    assert "Atlantis" in rows["2"]
    assert "STEP-SHARE" in rows["2"]
    assert rows["3"].count("is missing") == 3
    assert "DATE" in rows["4"]
    marked = re.findall(r'name="s(\d)\.(\w+)"[^>]*aria-invalid', page)
    expected = {("2", "country"), ("2", "share"), ("3", "by"), ("3", "evidence"), ("3", "on"), ("4", "on")}
    assert set(marked) == expected
    assert 'id="hash"' in page
    assert 'id="abroad-US"' not in page


def test_rows_that_contradict_each_other_are_an_error_above_the_table(site: TestClient) -> None:
    twice = [*ROWS[:2], {**ROWS[2], "share": "0.2"}, {**ROWS[2], "share": "0.8"}]
    page = site.get("/deal", params=address(twice)).text
    assert "STEP-CONFLICT" in page
    assert 'id="e-s' not in page
    stated = site.get("/deal", params={**address(ROWS), "x.melted_in": "CN"}).text
    assert "FACT-CONFLICT" in stated


def test_errors_are_in_the_language_of_the_page(site: TestClient) -> None:
    page = site.get("/deal", params=address([{**ROWS[2], "country": "Atlantis"}, {"step": "sintered"}], lang="zh")).text
    rows = "".join(re.findall(r'id="e-s\d+"><div>(.*?)</div></td>', page, re.DOTALL))
    assert "不是国家（地区）代码" in rows
    assert "未填写陈述人" in rows
    assert not re.search(r"\b(is|add|use|missing)\b", re.sub(r"<[^>]*>", "", rows))


def test_rows_are_added_and_removed_without_a_script(site: TestClient) -> None:
    page = site.get("/deal", params=address(ROWS[:2])).text
    assert len(re.findall(r'<select name="s\d+\.step"', page)) == 3
    more = site.get("/deal", params={**address(ROWS[:2]), "step_rows": "yes"}).text
    assert len(re.findall(r'<select name="s\d+\.step"', more)) == 6
    (first, second) = re.findall(r'name="go" value="([^"]*s\d\.step[^"]*)"', page)
    assert first != second
    left = site.get("/deal", params={**address(ROWS[:2]), "go": first.replace("&amp;", "&")}).text
    assert [row["country"] for row in values(left)] == ["MY"]


def values(page: str) -> list[Row]:
    """The rows of the form that are filled in."""
    cells = re.findall(r'<input name="s(\d+)\.(\w+)" form="deal-form" value="([^"]+)"', page)
    rows: dict[str, Row] = {}
    for number, key, value in cells:
        rows.setdefault(number, {})[key] = value
    return list(rows.values())


def test_a_gap_between_rows_is_closed_and_blank_rows_are_ignored(site: TestClient) -> None:
    cells = {f"s{n}.{key}": value for n, row in ((3, ROWS[2]), (9, ROWS[4])) for key, value in row.items()}
    page = site.get("/deal", params={**address([]), **cells}).text
    assert [row["country"] for row in values(page)] == ["日本", "JP"]
    assert {"s1", "s2"} == set(re.findall(r'<input name="(s\d)\.country" form="deal-form" value="[^"]', page))


def test_the_rows_go_along_with_the_other_forms_and_blank_ones_are_bounded(site: TestClient) -> None:
    page = site.get("/deal", params=address(ROWS[:1])).text
    assert page.count('name="s1.step" value="mined"') >= 2
    many = site.get("/deal", params=address([ROWS[2]] * (MOST_ROWS + 5))).text
    assert len(re.findall(r'<select name="s\d+\.step"', many)) == MOST_ROWS + 5
    assert "step_rows=yes" in page
    assert "step_rows" not in many


def test_without_a_jurisdiction_the_page_says_that_steps_are_not_read(site: TestClient) -> None:
    asked = {name: value for name, value in address(ROWS[:1]).items() if name != "jurisdiction"}
    page = site.get("/deal", params=asked).text
    assert "Choose a jurisdiction above" in page


@pytest.mark.parametrize(
    ("lang", "words"), [("en", "Cannot satisfy both on this route"), ("zh", "该路线无法同时满足两法")]
)
def test_a_sure_conflict_is_in_both_columns(site: TestClient, lang: str, words: str) -> None:
    asked = {**address([], lang=lang), "f.military_use": "false", "f.military_user": "false"}
    page = site.get("/deal", params=asked).text
    china = page[page.index('aria-labelledby="outcome"') : page.index('id="abroad"')]
    for part in (china, shown(page, "US")):
        assert 'href="#conflict-C16"' in part
        assert words in part
    pending = {**address([], lang=lang), "x.value_share_confidential": "true"}
    assert words not in site.get("/deal", params=pending).text


@pytest.mark.parametrize("number", [2, MOST_ROWS + 1, 100, 1000])
def test_no_row_of_an_address_is_left_out(site: TestClient, number: int) -> None:
    japan = list(address([{**ROWS[2], "share": "0.9"}]).items())
    china = [(f"s{number}.{key}", value) for key, value in {**ROWS[2], "country": "CN", "share": "0.1"}.items()]
    page = site.get("/deal", params=[*japan, *china]).text
    assert re.findall(r'class="chip ([A-Z]+)"', shown(page, "US"))[0] == "STOP"


def test_a_cell_that_is_stated_twice_or_that_no_row_has_is_an_error(site: TestClient) -> None:
    cells = list(address([ROWS[2]]).items())
    twice = site.get("/deal", params=[*cells, ("s1.country", "CN")]).text
    assert "日本 / CN" in twice
    assert 'id="abroad-US"' not in twice
    other = site.get("/deal", params=[*cells, ("s1.site", "CN")]).text
    assert "unknown key" in other
    assert 'id="abroad-US"' not in other
    remove = re.findall(r'name="go" value="([^"]*s1\.step[^"]*)"', other)[0].replace("&amp;", "&")
    assert "unknown key" not in site.get("/deal", params=[*cells, ("s1.site", "CN"), ("go", remove)]).text


def test_a_button_may_change_many_fields(site: TestClient) -> None:
    assert site.get("/deal", params={**LOT, "go": "&".join(f"s{n}.country=JP" for n in range(40))}).status_code == 200


def test_the_file_of_the_deal_gives_the_result_of_each_jurisdiction(
    site: TestClient, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = address([*ROWS, {"step": "recycled", "country": "?", **SAID}], **{"x.us_above_sat": "true"})
    page = site.get("/deal", params=asked).text
    command = re.findall(r"<code>(coercivity decide deal\.yaml[^<]*)</code>", page)[0]
    assert command.split(" --")[1] == "jurisdiction CN,US"
    (tmp_path / "deal.yaml").write_text(site.get("/deal/deal.yaml", params=asked).text, encoding="utf-8")
    main(["decide", str(tmp_path / "deal.yaml"), "--jurisdiction", "CN,US", "--json"])
    told = capsys.readouterr().out
    china = re.findall(r'<code id="hash">(\w{64})</code>', page)
    for mark in (*china, hash_of(page, "US"), hash_of(page, "CN-foreign-rules")):
        assert f'"hash": "{mark}"' in told


def test_without_a_jurisdiction_the_file_and_the_command_are_about_china(site: TestClient) -> None:
    alone = {name: text for name, text in address(ROWS).items() if name != "jurisdiction"}
    assert "steps" not in site.get("/deal/deal.yaml", params=alone).text
    for asked in (alone, {**alone, "jurisdiction": "US; reboot"}):
        page = site.get("/deal", params=asked).text
        assert "--jurisdiction" not in re.findall(r"<code>(coercivity decide deal\.yaml[^<]*)</code>", page)[0]
