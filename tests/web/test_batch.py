"""The Batch screen, from uploading a table to downloading the results."""

from __future__ import annotations

import csv
import html
import io
import re
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import polars as pl
import pytest
from fastapi.testclient import TestClient

from coercivity.base.examples import example_folder
from coercivity.verbs.replay import replay
from coercivity.verbs.serving.places import Places
from coercivity.verbs.table_look import packed_claims, text_of_standing
from coercivity.web.batch.found import _as_written
from coercivity.web.site import make_site
from tests.places import ROOT

PORTFOLIO = ROOT / "tests" / "journeys" / "portfolio.csv"
EXTRACT = example_folder() / "erp-extract" / "extract.csv"
DESK = "trade compliance desk"
DAYS = ("2025-10-20", "2026-03-02", "2026-11-12")
# Journey J4: the deal's own outcomes, r1 to r8. Nothing proceeds past the last check of the law.
OUTCOMES = {
    DAYS[0]: "LICENCE PROCEED PROCEED PROCEED PROCEED LICENCE PROCEED LICENCE",
    DAYS[1]: "LICENCE PROCEED PROCEED PROCEED PROCEED PROCEED PROCEED STOP",
    DAYS[2]: "LICENCE UNKNOWN UNKNOWN UNKNOWN UNKNOWN UNKNOWN UNKNOWN LICENCE",
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """The screens, asked without a browser."""
    app = make_site(Places(tmp_path_factory.mktemp("state")))
    with TestClient(app, base_url="http://127.0.0.1:8765", follow_redirects=False) as client:
        yield client


def dropped(site: TestClient, content: bytes, name: str = "table.csv", lang: str = "en", **fields: str) -> str:
    """The address of the page to which a table leads."""
    answer = site.post(f"/batch/upload?lang={lang}", files={"file": (name, content)}, data=fields)
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def fields_of(page: str) -> list[tuple[str, str]]:
    """What the form of a page would send as it stands."""
    form = page[page.index('<form id="batch-form"') :]
    found = [
        (m[1], html.unescape(m[2])) for m in re.finditer(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form)
    ]
    for name, options in re.findall(r'<select id="[^"]+" name="(\w+)".*?>(.*?)</select>', form, re.S):
        chosen = re.search(r'<option value="([^"]*)" selected', options) or re.search(
            r'<option value="([^"]*)"', options
        )
        assert chosen is not None
        found.append((name, html.unescape(chosen[1])))
    for tag in re.findall(r"<input [^>]+>", form):
        kind, name, value = (re.search(rf'\b{key}="([^"]*)"', tag) for key in ("type", "name", "value"))
        if name is None or value is None or (kind is not None and kind[1] in ("hidden", "file")):
            continue
        if kind is None or kind[1] not in ("radio", "checkbox") or " checked" in tag:
            found.append((name[1], html.unescape(value[1])))
    return found


def started(site: TestClient, address: str, **changes: str) -> str:
    """The address of the answers, once a run is done that the form of a page starts as it stands, but for changes."""
    fields = [(k, v) for k, v in fields_of(site.get(address).text) if k not in changes]
    sent: dict[str, Any] = {"do": "start", **changes}
    for name, value in fields:
        sent.setdefault(name, []).append(value)
    answer = site.post(urlsplit(address).path, data=sent)
    assert answer.status_code == 303, re.findall(r'role="alert">.*?</ul>', answer.text, re.S)
    there = str(answer.headers["location"])
    job = dict(parse_qsl(urlsplit(there).query))["job"]
    for _ in range(300):
        if site.get(f"/api/jobs/{job}").json()["state"] in ("done", "failed"):
            return there
        time.sleep(0.1)
    raise AssertionError("the run does not end")


def answers(site: TestClient, address: str) -> dict[str, dict[str, str]]:
    """The answers that a page offers, by the id of the row."""
    link = re.search(r'href="(/api/jobs/\w+/files/decisions\.csv)"', site.get(address).text)
    assert link is not None
    rows = csv.DictReader(io.StringIO(site.get(link[1]).content.decode("utf-8-sig")))
    return {row["id"]: row for row in rows}


@pytest.mark.parametrize("on", DAYS)
def test_journey_4_row_by_row_through_the_screen(site: TestClient, tmp_path: Path, on: str) -> None:
    """Each row has the outcome that `replay` gives the same deal, standing questions answered by the list of claims."""
    standing = tmp_path / "standing.yaml"
    standing.write_text(text_of_standing(replace(packed_claims(), said_by=DESK, said_on=on)), encoding="utf-8")
    expected = {row.id: row for row in replay(PORTFOLIO, [on], standing=standing)}
    address = dropped(site, PORTFOLIO.read_bytes(), "portfolio.csv")
    there = started(site, address, on=on, claims="packed", said_by=DESK, said_on=on)
    found = answers(site, there)
    assert list(found) == [f"r{n}" for n in range(1, 9)] == list(expected)
    for name, row in expected.items():
        decision = row.decision
        assert found[name]["decision_hash"] == row.proof["hash"], name
        assert found[name]["outcome"] == decision.outcome.value, name
        assert found[name]["finding"] == decision.finding.name.lower(), name
        assert found[name]["may_become"] == (decision.may_become.value if decision.may_become else ""), name
    assert [row["outcome"] for row in found.values()] == OUTCOMES[on].split()
    assert found["r8"]["may_become"] == ("STOP" if on == DAYS[2] else "")


def test_the_start_page_says_what_comes_and_offers_the_example(site: TestClient) -> None:
    """In both languages."""
    page, chinese = site.get("/batch?lang=en").text, site.get("/batch?lang=zh").text
    assert "Drop a file here or choose one" in page
    assert "Try the example" in page
    assert "将文件拖放到此处，或点击选择" in chinese
    assert 'action="/batch/upload?lang=zh"' in chinese


def test_the_columns_are_proposed_with_their_first_rows(site: TestClient) -> None:
    """A choice for each column, the proposed one chosen; what is not read says so."""
    page = site.get(dropped(site, EXTRACT.read_bytes(), "extract.csv")).text
    fields = dict(fields_of(page))
    assert (fields["c1"], fields["c2"], fields["c13"]) == ("on", "material", "-")
    assert "钕铁硼磁体" in page
    assert "All required information is present" in page
    assert fields["day"] == "row"
    assert fields["claims"] == "none"


def test_the_example_comes_with_its_standing_answers_and_gives_the_answers_of_the_command_line(
    site: TestClient, tmp_path: Path
) -> None:
    """Counts in words that add up, questions, errors with examples, first rows and downloads; then all in Chinese."""
    from coercivity.cli.app import main

    main(["batch", str(EXTRACT), "--out", str(tmp_path / "cli"), "--on-column", "date"])
    address = str(site.post("/batch/example?lang=en").headers["location"])
    there = started(site, address)
    page = site.get(there).text
    assert "40 rows = 1 PROCEED + 18 LICENCE + 2 STOP + 12 UNKNOWN + 7 input errors" in page
    assert "totals match" in page
    assert "Which rare earths or other listed elements does it contain?" in page
    assert "DATE-AMBIGUOUS" in page
    assert re.search(r"<td>7</td><td>DATE-AMBIGUOUS: column &#39;date&#39;: &#39;06/07/2025&#39;", page)
    assert 'data-chart="by-rule-spec"' in page
    assert re.search(r'<th scope="row">4500-001</th>\s*<td><span class="chip LICENCE">', page)
    assert "18/2025 1C905" in page
    link = re.search(r'href="(/api/jobs/\w+)/files/decisions\.csv" download', page)
    assert link is not None
    assert site.get(f"{link[1]}/files/decisions.csv").content == (tmp_path / "cli" / "decisions.csv").read_bytes()
    for name in ("mapping.yaml", "set-aside.csv", "readings.csv", "summary.xlsx"):
        assert f"{link[1]}/files/{name}" in page
    chinese = site.get(there.replace("lang=en", "lang=zh")).text
    assert "40 行 = 1 可进行 + 18 须许可 + 2 禁止 + 12 待定 + 7 录入错误" in chinese
    assert "含有哪些稀土元素或者其他列管元素？" in chinese


def test_a_column_at_fault_says_so_beside_it_and_keeps_what_was_chosen(site: TestClient) -> None:
    """Two columns for one role: both are marked, and nothing starts."""
    address = dropped(site, b"a,b,from,to\nNdFeB,x,CN,DE\n")
    fields = {"set": "map", "said": "1", "c0": "material", "c1": "material", "c2": "from", "c3": "to", "day": "all"}
    answer = site.post(urlsplit(address).path, data={**fields, "on": "2025-13-01", "unit": "stone", "do": "start"})
    assert answer.status_code == 422
    assert re.search(r'<select id="c0" [^>]*aria-invalid="true"', answer.text)
    assert re.search(r'<select id="c1" [^>]*aria-invalid="true"', answer.text)
    assert not re.search(r'<select id="c2" [^>]*aria-invalid="true"', answer.text)
    assert re.search(r'<input id="f-on" name="on" type="text" value="2025-13-01" [^>]*aria-invalid="true"', answer.text)
    assert re.search(r'<input id="f-unit" [^>]*value="stone" [^>]*aria-invalid="true"', answer.text)
    assert dict(fields_of(answer.text))["c1"] == "material"
    assert "MAP-TWICE" in answer.text
    assert "Transaction date" in answer.text


def test_what_is_missing_is_told_before_anything_is_started(site: TestClient) -> None:
    """A table without from: the page says so at once, with what it is."""
    page = site.get(dropped(site, b"material,to\nNdFeB,DE\n"))
    assert page.status_code == 200
    assert "MAP-MISSING" in page.text
    assert "the country of departure" in page.text
    assert "All required information is present" not in page.text


def test_the_switch_of_languages_keeps_what_was_typed(site: TestClient) -> None:
    """The buttons belong to the form, and the page that they lead to holds its fields."""
    address = dropped(site, b"a,b,from,to\nNdFeB,x,CN,DE\n")
    page = site.get(address).text
    assert 'form="batch-form" name="to_lang" value="zh"' in page
    typed = {"set": "map", "said": "1", "c0": "material", "c1": "note", "c2": "from", "c3": "to", "unit": "t"}
    held = site.get(urlsplit(address).path, params={**typed, "said_by": "desk 1", "s": "notice", "to_lang": "zh"})
    fields = fields_of(held.text)
    assert "列映射" in held.text
    assert {("c1", "note"), ("unit", "t"), ("said_by", "desk 1"), ("lang", "zh"), ("s", "notice")} <= set(fields)
    assert ("s", "military_use") not in fields


def test_only_what_is_ticked_is_claimed(site: TestClient) -> None:
    """With one claim taken out, the rows that turn on it wait for it by name."""
    address = dropped(site, PORTFOLIO.read_bytes(), "portfolio.csv")
    all_but_one = [name for name in packed_claims().facts if name != "military_use"]
    there = started(site, address, on=DAYS[0], claims="packed", s=all_but_one)  # type: ignore[arg-type]
    found = answers(site, there)
    assert found["r2"]["outcome"] == "UNKNOWN"
    assert "military_use" in found["r2"]["missing"]
    assert "Is the end use military?" in site.get(there).text


def test_that_compositions_list_everything_is_offered_and_never_ticked_beforehand(site: TestClient) -> None:
    """Ticked, it closes what only does not add up; a row that shows a cut stays open."""
    table = b'id,material,composition,from,to\na,NdFeB magnets,Nd 30 %,CN,DE\nb,NdFeB magnets,"Nd 30 %,",CN,DE\n'
    address, name = dropped(site, table), "composition_lists_every_rare_earth"
    page = site.get(address).text
    assert f'value="{name}"' in page
    assert ("s", name) not in fields_of(page)
    asked = answers(site, started(site, address, on="2025-06-20", claims="packed", said_by=DESK))
    assert [row["outcome"] for row in asked.values()] == ["UNKNOWN", "UNKNOWN"]
    ticked = [*packed_claims().facts, name]
    there = started(site, address, on="2025-06-20", claims="packed", said_by=DESK, s=ticked)  # type: ignore[arg-type]
    assert [row["outcome"] for row in answers(site, there).values()] == ["PROCEED", "UNKNOWN"]


def test_a_map_made_once_takes_the_place_of_the_choices(site: TestClient) -> None:
    """The mapping.yaml of a run is sent with another table; its roles, constants and options are used."""
    address = dropped(site, b"x,y,to\nNdFeB magnets,1,DE\n")
    text = "columns: {x: material, to: to}\nconstants: {from: CN, act: goods}\noptions: {unit: t, dates: dmy}\n"
    files = {"map_file": ("mapping.yaml", text.encode())}
    answer = site.post(urlsplit(address).path, data={"set": "map", "c0": "id", "do": "files"}, files=files)
    assert answer.status_code == 303
    page = site.get(answer.headers["location"]).text
    fields = dict(fields_of(page))
    assert (fields["c0"], fields["c1"], fields["act"], fields["unit"], fields["dates"]) == (
        "material",
        "-",
        "goods",
        "t",
        "dmy",
    )
    assert "from: CN" in page
    assert "All required information is present" in page


def test_a_standing_file_answers_for_all_rows(site: TestClient) -> None:
    """It is chosen when it is sent, and its faults stand on the page."""
    address = dropped(site, PORTFOLIO.read_bytes(), "portfolio.csv")
    path = urlsplit(address).path
    good = {"standing_file": ("standing.yaml", text_of_standing(packed_claims()).encode())}
    there = site.post(path, data={"do": "files"}, files=good).headers["location"]
    assert dict(fields_of(site.get(there).text))["claims"] == "file"
    bad = {"standing_file": ("standing.yaml", b"standing: {facts: {military_use: perhaps}}")}
    refused = site.post(path, data={"do": "start", "day": "all", "on": DAYS[0]}, files=bad)
    assert refused.status_code == 422
    assert "FACT-VALUE" in refused.text


def test_a_file_that_is_no_table_is_told_where_it_was_dropped(site: TestClient) -> None:
    """With what was said of how it is read."""
    answer = site.post("/batch/upload?lang=zh", files={"file": ("x.pdf", b"%PDF-1.7")}, data={"encoding": "gbk"})
    assert answer.status_code == 422
    assert "TABLE-KIND" in answer.text
    assert 'value="gbk"' in answer.text
    assert "将文件拖放到此处" in answer.text
    assert "no file received" in site.post("/batch/upload", files={"other": ("", b"")}).text


def test_how_the_file_is_read_can_be_mended_on_its_page(site: TestClient) -> None:
    """A delimiter that is wrong is told, and the page asks for another."""
    address = dropped(site, b"material;from;to\nNdFeB;CN;DE\n")
    wrong = site.get(f"{urlsplit(address).path}?encoding=morse")
    assert wrong.status_code == 422
    assert "TABLE-ENCODING" in wrong.text
    assert 'name="encoding"' in wrong.text


def test_a_run_that_fails_on_its_rows_says_why_beside_the_form(site: TestClient) -> None:
    """A column of a type that holds no cell that can be read is only told by the rows."""
    stream = io.BytesIO()
    pl.DataFrame({"material": [b"\1"], "to": ["DE"], "from": ["CN"]}).write_parquet(stream)
    page = site.get(started(site, dropped(site, stream.getvalue(), "t.parquet"), on=DAYS[0])).text
    assert "Failed" in page
    assert "TABLE-TYPE" in page
    assert 'id="c0"' in page
    assert "All required information is present" not in page


def test_results_that_are_not_kept_any_more_are_told_beside_the_form(site: TestClient) -> None:
    """The address still shows what was asked."""
    address = dropped(site, b"material,from,to\nNdFeB,CN,DE\n")
    page = site.get(f"{urlsplit(address).path}?job={'0' * 32}&lang=en")
    assert page.status_code == 200
    assert "no longer available" in page.text
    assert 'id="c0"' in page.text
    gone = site.get(f"/batch/{'0' * 32}")
    assert gone.status_code == 404


def test_a_name_that_turns_text_is_shown_as_plain_signs(site: TestClient) -> None:
    """Neither in the head of a column nor in a cell."""
    content = "m\u202eaterial,from,to\n<b>\u202eNdFeB</b>,CN,DE\n".encode()
    page = site.get(dropped(site, content)).text
    assert "\u202e" not in page
    assert "&lt;b&gt;?NdFeB" in page


def test_a_wide_table_gets_fields_with_suggestions(site: TestClient) -> None:
    """So that its page stays light."""
    names = ",".join(f"column {n}" for n in range(120))
    page = site.get(dropped(site, f"material,from,to,{names}\nNdFeB,CN,DE{',1' * 120}\n".encode())).text
    assert 'list="all-roles"' in page
    assert len(page) < 200_000
    assert dict(fields_of(page))["c0"] == "material"


def test_the_page_leaves_out_notes_that_repeat_an_entry() -> None:
    """Such as a unit in Chinese; the file keeps them."""
    assert _as_written("unit: unit 吨 interpreted as t")
    assert not _as_written("unit: unit 公斤 interpreted as kg")
    assert not _as_written("date: 16.06.2025 interpreted as 2025-06-16")


def test_rows_with_the_same_answer_stand_together_and_each_row_opens_as_a_deal(site: TestClient) -> None:
    address = str(site.post("/batch/example?lang=en").headers["location"])
    page = html.unescape(site.get(started(site, address)).text)
    groups = page[page.index('id="groups"') : page.index("Downloads")]
    assert "Apply for the licence with MOFCOM. Do not ship before it is granted." in groups
    assert re.search(r"<td class=\"num\">\d+</td><td>[\d, ]+</td><td>Licence required: 18/2025", groups)
    assert re.search(r"\d{4}-\d{2}-\d{2}</td></tr>", groups)
    link = re.search(r'href="(/deal[?][^"]+)" aria-label="Open row 1 as a deal"', page)
    assert link is not None
    deal = site.get(link[1])
    assert deal.status_code == 200
    assert 'class="chip big LICENCE"' in deal.text or "chip LICENCE" in deal.text


def test_totals_and_blank_rows_are_shown_with_their_numbers_and_open_no_deal(site: TestClient) -> None:
    table = "Pos.;品名 Article;Von 起运国;Nach 目的国;Liefertermin 交期\n1;screws;CN;DE;ASAP\n;;;;\n;Summe 合计;;;\n"
    page = html.unescape(site.get(started(site, dropped(site, table.encode()))).text)
    assert "3 rows = 0 PROCEED + 0 LICENCE + 0 STOP + 1 UNKNOWN + 0 input errors + 2 excluded as not a deal" in page
    assert "Not deals, by row: blank row: 2; total: 3" in page
    assert page.count('aria-label="Open row ') == 1
    assert "What is the transaction date?" in page
    assert "gives no day, so the row waits for its date" in page


def test_a_column_that_is_not_known_comes_with_its_likeliest_roles_first(site: TestClient) -> None:
    page = html.unescape(site.get(dropped(site, b"Was;Zeit;from;to\nNdFeB magnets;2026-03-02;CN;DE\n")).text)
    first = page[page.index('name="c1"') :]
    first = first[first.index('label="Most likely"') : first.index("</optgroup>")]
    assert first.count("<option") == 10
    assert re.search(r'<option value="on">', first[:400])
