"""The Supply screen: comparison of scenarios and cost of a clause."""

from __future__ import annotations

import json
import re
import time
from collections import defaultdict
from collections.abc import Iterator
from html import escape
from typing import Any, cast
from urllib.parse import urlencode

import pytest
from fastapi.testclient import TestClient

from coercivity.papers.market.report_data import ClausePriceData
from coercivity.papers.outlook.breadth.sections import sections
from coercivity.papers.outlook.read import num
from coercivity.papers.outlook.report_data import OutlookReport
from coercivity.verbs.clause_cost import licences_worth
from coercivity.verbs.serving.places import Places
from coercivity.web.site import make_site
from coercivity.web.supply.charts import price_chart
from coercivity.web.supply.clause import clause_found
from coercivity.web.supply.found import look_rows, plants_of, short_of, shown
from coercivity.web.supply.outlook import lead
from coercivity.web.view import View
from coercivity.web.words import screen_words

TWO = {"a": "controls-back", "b": "without-18-2025", "from": "2025-05", "to": "2025-06"}
ASKED = {"scenario": "controls-back", "scenario_b": "without-18-2025", "from": "2025-05", "to": "2025-06"}
CLAUSE = {"clause": "a18-1c905", "scenario": "controls-back", "from": "2025-04", "to": "2025-05"}
UNTIL_DONE_S = 240.0


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """The screens, asked without a browser."""
    app = make_site(Places(tmp_path_factory.mktemp("state")))
    with TestClient(app, base_url="http://127.0.0.1:8765") as client:
        yield client


def worked_out(site: TestClient, path: str, form: dict[str, str]) -> str:
    """Starts a run by the form of a page, waits for its end, and returns the id of its job."""
    sent = site.post(path, data=form, follow_redirects=False)
    assert sent.status_code == 303
    assert sent.headers["location"] == f"{path}?{urlencode(form)}"
    job = site.app.state.held.jobs.all()[0]  # type: ignore[attr-defined] # the application is ours
    until = time.monotonic() + UNTIL_DONE_S
    while not job.ended:
        assert time.monotonic() < until
        time.sleep(0.05)
    assert job.state == "done", job.faults
    found: str = job.id
    return found


@pytest.fixture(scope="module")
def outlook(site: TestClient) -> tuple[str, dict[str, Any]]:
    """The job of two scenarios and its report data."""
    job = worked_out(site, "/supply", TWO)
    report: dict[str, Any] = site.get(f"/api/jobs/{job}/files/outlook.json").json()
    return job, report


@pytest.fixture(scope="module")
def price(site: TestClient) -> dict[str, Any]:
    """The price of the dysprosium clause."""
    job = worked_out(site, "/supply/clause", CLAUSE)
    found: dict[str, Any] = site.get(f"/api/jobs/{job}/result").json()
    return found


def spec(page: str, name: str) -> dict[str, Any]:
    """The specification of a chart on a page."""
    found = re.search(rf'id="{name}-spec">(.*?)</script>', page)
    assert found is not None, name
    read: dict[str, Any] = json.loads(found[1])
    return read


def flat(page: str) -> str:
    """The text of a page without its marks."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def test_before_a_run_the_page_says_what_will_be_run(site: TestClient) -> None:
    """The form holds the packed scenarios; the span is nine months back and nine ahead of the day."""
    page = site.get("/supply", params={"on": "2025-06-01", "a": "no-controls", "b": "as-known"}).text
    assert "from 2024-09 to 2026-03 for both scenarios" in page
    assert "Usually takes 10 to 20 seconds" in page
    assert '<option value="no-controls" selected>No controls</option>' in page
    assert "A yardstick, not a forecast" in page
    chinese = site.get("/supply", params={"on": "2025-06-01", "a": "no-controls", "lang": "zh"}).text
    assert "尚未运行" in chinese
    assert "自设情景" in chinese
    assert "将按此情景运行市场模型（2024年9月至2026年3月）" in chinese


def test_every_fault_is_told_beside_what_was_typed(site: TestClient) -> None:
    """An unknown scenario, a month that is none and a day that is none: all at once, and nothing is started."""
    before = len(site.get("/api/jobs").json())
    typed = {"a": "nix", "from": "2025-13", "to": "2025-06", "known": "soon"}
    sent = site.post("/supply", data=typed)
    assert sent.status_code == 422
    page = sent.text
    assert all(code in page for code in ("SCENARIO-UNKNOWN", "MONTH", "DATE"))
    for name, value in (("from", "2025-13"), ("known", "soon")):
        assert re.search(rf'name="{name}" value="{value}"[^>]* aria-invalid="true"', page), name
    assert len(site.get("/api/jobs").json()) == before


def test_a_day_that_is_none_falls_back_to_the_span_of_today(site: TestClient) -> None:
    """Another screen's fault in the carried day does not stop this one."""
    assert site.get("/supply", params={"on": "31.12."}).status_code == 200


def test_the_screen_and_the_interface_share_a_run(site: TestClient, outlook: tuple[str, dict[str, Any]]) -> None:
    """The same question over HTTP is the job that the form started, with the hashes that the page shows."""
    job, report = outlook
    assert site.post("/api/outlook", json=ASKED).json()["id"] == job
    page = site.get("/supply", params=TWO).text
    assert len(report["runs"]) == 2
    for run in report["runs"]:
        assert f"<code>{run['hash'][:16]}</code>" in page
    for name in ("outlook.html", "outlook.zh.html", "outlook.json", "outlook.xlsx", "prices.csv", "prices.parquet"):
        assert f'href="/api/jobs/{job}/files/{name}"' in page
        assert site.get(f"/api/jobs/{job}/files/{name}").status_code == 200


def test_one_look_has_the_widest_gap_and_what_carries_it(site: TestClient, outlook: tuple[str, dict[str, Any]]) -> None:
    """The numbers of the first panel are those of the report data, and the clause leads to its price."""
    report = outlook[1]
    rows = [r for r in report["runs"][0]["gaps"] if r["region"] == "XCN" and r["good"] in ("ox_Dy", "ox_Tb", "ox_Y")]
    widest = max(rows, key=lambda row: row["gap"])
    other = next(
        r
        for r in report["runs"][1]["gaps"]
        if (r["region"], r["good"], r["month"]) == ("XCN", widest["good"], widest["month"])
    )
    page = site.get("/supply", params={**TWO, "lang": "en"}).text
    assert (
        f"A minus B: price gap of terbium oxide +{num(widest['gap'] - other['gap'])} USD/kg ({widest['month']})" in page
    )
    assert f"gap {num(widest['gap'])}" in flat(page)
    link = "/supply/clause?lang=en&amp;clause=a18-1c904&amp;scenario=controls-back&amp;from=2025-05&amp;to=2025-06"
    assert f'<a href="{link}">18/2025 1C904</a>' in page
    assert f"Based on {len(report['assumed'])} assumptions" in page


def test_what_differs_comes_first_as_in_the_report_data(site: TestClient, outlook: tuple[str, dict[str, Any]]) -> None:
    (found,) = outlook[1]["difference"]
    assert (found["a"], found["b"], found["kind"]) == ("A", "B", ["law"])
    for lang, pair in (("en", {}), ("zh", {}), ("en", {"left": "B", "right": "A"})):
        page = site.get("/supply", params={**TWO, "lang": lang, **pair}).text
        assert f'id="difference">{escape(found["sentence"][lang])}</p>' in page


def test_a_gap_that_does_not_differ_says_why(outlook: tuple[str, dict[str, Any]]) -> None:
    """Two runs with the same numbers name the clause that applies in both, and the counts that both have."""
    first, second = outlook[1]["runs"]
    view = View("/supply", (), "en", "2025-06-01", "", "", "2025-06-01")
    same: Any = {**outlook[1], "runs": [first, {**first, "scenario": second["scenario"], "title": second["title"]}]}
    picked = shown(view, same)
    look = look_rows(picked.left, picked.right, picked.months)
    short, held = [short_of(run, picked.months) for run in picked.pair], [plants_of(run) for run in picked.pair]
    told = lead(view, picked, look, short, held)
    assert "no difference in the price gap of terbium oxide" in told
    assert "because 18/2025 1C904 applies in both runs" in told
    assert f"no difference, {short[0]['short']} in both runs" in told
    assert f"no difference, {held[0]['held']} in both runs." in told


def test_the_bars_of_a_gap_add_up_to_it(site: TestClient, outlook: tuple[str, dict[str, Any]]) -> None:
    """In each month what stands above zero less what stands below is the gap of the report data."""
    report = outlook[1]
    for good, region in (("ox_Dy", "XCN"), ("mag_high", "EUR"), ("ox_Tb", "JP")):
        page = site.get("/supply", params={**TWO, "good": good, "region": region}).text
        for run, key in zip(report["runs"], "AB", strict=True):
            gaps = {r["month"]: r["gap"] for r in run["gaps"] if (r["good"], r["region"]) == (good, region)}
            sums: defaultdict[str, float] = defaultdict(float)
            for bar in spec(page, f"gap-{key}")["layer"][0]["data"]["values"]:
                sums[bar["m"]] += bar["y2"] - bar["y"]
            assert len(gaps) == 2
            assert dict(sums) == pytest.approx(gaps, abs=1e-4)


def test_prices_inside_and_outside_are_those_of_the_report_data(
    site: TestClient, outlook: tuple[str, dict[str, Any]]
) -> None:
    """The table beside the chart holds margin, quote and what is traded of the place that was picked."""
    row = next(r for r in outlook[1]["runs"][0]["prices"] if (r["good"], r["region"]) == ("ox_Dy", "JP"))
    page = site.get("/supply", params={**TWO, "good": "ox_Dy", "region": "JP", "lang": "en"}).text
    told = flat(page.split('id="prices-A"')[1].split("</figure>")[0])
    for basis in ("margin", "quote", "traded"):
        assert num(row[basis][0]) in told
    assert "in China and Japan" in page
    assert "so there is no band" in page


def test_branches_of_one_scenario_are_spanned_by_a_band(outlook: tuple[str, dict[str, Any]]) -> None:
    """Two runs that differ in nothing but the branch stand side by side, each line in the band of both."""
    first, second = outlook[1]["runs"]
    lapsed = {**first, "branch": "lapsed"}
    extended = {**second, "branch": "extended:2027-11-10", "scenario": first["scenario"], "title": first["title"]}
    view = View("/supply", (("good", "ox_Dy"),), "en", "2025-06-01", "", "", "2025-06-01")
    report: Any = {**outlook[1], "runs": [lapsed, extended]}  # as read from the file
    found = shown(view, report)
    assert [run.key for run in found.pair] == ["A1", "A2"]
    chart = price_chart(view, found, found.left, 1000.0)
    assert chart.title == "A1 · Controls in force again from 2026-11-11, suspension lapsed"
    bands = [layer["data"]["values"] for layer in chart.spec["layer"] if layer["mark"]["type"] == "area"]
    assert len(bands) == 2
    ends = {r["month"]: r["gap"] for r in first["gaps"] if (r["good"], r["region"]) == ("ox_Dy", "XCN")}
    assert [row["m"][:7] for row in bands[1]] == sorted(ends)
    for row in bands[1]:
        assert row["y"] < row["y2"]
    assert "outside: highest legal scenario" in chart.head


SECTIONS = ("compared", "four", "quoted", "contracts", "recycling", "substitution", "industry", "policies")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_each_part_of_the_market_has_a_section_that_begins_with_sentences(
    site: TestClient, outlook: tuple[str, dict[str, Any]], lang: str
) -> None:
    """The sentences and tables of the screen are those of the page, for the runs compared."""
    page = site.get("/supply", params={**TWO, "lang": lang}).text
    told = sections(cast(OutlookReport, outlook[1]), "zh" if lang == "zh" else "en", ("A", "B"))
    assert tuple(sorted(part.id for part in told)) == tuple(sorted(SECTIONS))
    for part in told:
        assert f'<h2 id="{part.id}">{escape(part.heading)}</h2>' in page
        body = page.split(f'<h2 id="{part.id}">')[1].split("<h2")[0]
        for sentence in part.sentences:
            assert f"<p>{escape(sentence)}</p>" in body
        for table in part.tables:
            assert all(f"<td>{escape(row[0])}</td>" in body for row in table.rows[:5])
        assert body.count('class="chart"') == len(part.figures)
    policies = next(part for part in told if part.id == "policies")
    assert policies.absent == ("此情景无政策。" if lang == "zh" else "No policy in this scenario.")


def test_without_a_market_the_screen_gives_a_limit(site: TestClient, outlook: tuple[str, dict[str, Any]]) -> None:
    """Yttrium oxide outside China: the price is an assumed limit without a known seller."""
    rows = [r for r in outlook[1]["runs"][0]["prices"] if (r["good"], r["region"]) == ("ox_Y", "XCN")]
    assert not any(rows[0]["market"])
    page = site.get("/supply", params={**TWO, "good": "ox_Y", "region": "XCN", "lang": "en"}).text
    assert f"no market; at most {num(rows[0]['margin'][0])}" in flat(
        page.split('id="prices-A"')[1].split("</figure>")[0]
    )
    for layer in spec(page, "prices-A")["layer"]:
        values = [row["y"] for row in layer["data"]["values"]]
        assert num(rows[0]["margin"][0]) not in [num(value) for value in values if value is not None]
    assert "gap at most" in page or outlook_widest(outlook[1]) != "ox_Y"


def outlook_widest(report: dict[str, Any]) -> str:
    """The product with the widest gap outside China."""
    rows = [row for run in report["runs"] for row in run["gaps"] if row["region"] == "XCN"]
    return str(max(rows, key=lambda row: row["gap"])["good"])


def test_the_four_prices_are_in_the_table_of_a_product(site: TestClient, outlook: tuple[str, dict[str, Any]]) -> None:
    page = site.get("/supply", params={**TWO, "good": "ox_Dy", "region": "XCN", "lang": "en"}).text
    figure = flat(page.split('id="prices-A"')[1].split("</figure>")[0])
    assert "outside: price paid under a licence (FOB China)" in figure
    row = next(r for r in outlook[1]["runs"][0]["prices"] if (r["good"], r["region"]) == ("ox_Dy", "XCN"))
    assert num(row["licensed"][0]) in figure


def test_the_map_of_shortage_has_a_number_in_each_cell(site: TestClient, outlook: tuple[str, dict[str, Any]]) -> None:
    """Per cent of demand that went without, for each use and region; the difference has a sign."""
    run, other = outlook[1]["runs"]
    page = site.get("/supply", params={**TWO, "lang": "en"}).text
    cells = {(c["u"], c["r"]): c["t"] for c in spec(page, "short-A")["data"]["values"]}
    more = {(c["u"], c["r"]): c["t"] for c in spec(page, "short-difference")["data"]["values"]}
    shares = [
        {
            (r["use"], r["region"]): sum(r["without_t"]) / sum(r["wanted_t"])
            for r in held["use"]
            if sum(r["wanted_t"]) > 0
        }
        for held in (run, other)
    ]
    assert len(cells) == len(shares[0]) > 50
    assert len(set(cells)) == len(cells)  # no two uses or regions share a name
    for region in ("KR", "EUR", "CN"):
        share, less = (side["nonmagnet_Gd", region] for side in shares)
        text = cells["Gd, non-magnet", region]
        assert text == (f"{100 * share:.0f}" if share >= 0.005 else "0" if share < 5e-4 else "<1")
        points = round(100 * (share - less))
        assert more["Gd, non-magnet", region].replace("\u2212", "-") == (f"{points:+d}" if points else "0")


def test_the_four_parts_of_demand_stand_in_bars_that_add_up_to_it(
    site: TestClient, outlook: tuple[str, dict[str, Any]]
) -> None:
    """Each use is 100 % of its demand; its bars, its table and the summary are sums of the report data."""
    page = site.get("/supply", params={**TWO, "lang": "en"}).text
    parts = ("usual_t", "less_t", "substituted_t", "without_t")
    for run, key in zip(outlook[1]["runs"], "AB", strict=True):
        chart = spec(page, f"uses-{key}")
        bars: defaultdict[str, float] = defaultdict(float)
        shares: dict[tuple[str, str], float] = {}
        for bar in chart["layer"][0]["data"]["values"]:
            bars[bar["u"]] += bar["x2"] - bar["x"]
            shares[bar["u"], bar["n"]] = bar["x2"] - bar["x"]
        assert len(bars) == len({row["use"] for row in run["use"]}) == len(screen_uses(run))
        # A part below 0.05 % of demand has no bar.
        assert dict(bars) == pytest.approx(dict.fromkeys(bars, 100.0), abs=0.2)
        held = [row for row in run["use"] if row["use"] == "nonmagnet_Y"]
        sums = {part: sum(sum(row[part]) for row in held) for part in ("wanted_t", *parts)}
        assert sum(sums[part] for part in parts) == pytest.approx(sums["wanted_t"], rel=1e-7)
        figure = page.split(f'id="uses-{key}"')[1].split("</figure>")[0]
        for number, part in enumerate(parts, 1):
            share = 100 * sums[part] / sums["wanted_t"]
            assert shares.get(("Y, non-magnet", str(number)), 0.0) == pytest.approx(share, abs=0.051)
            assert f'<td class="num">{num(sums[part])}</td>' in figure
        less, substituted = (sum(sum(row[part]) for row in run["use"]) for part in ("less_t", "substituted_t"))
        assert f"Not shortages [t]: used less {num(less)}; substituted {num(substituted)}" in page
    assert "The four parts add up to demand." in page


def screen_uses(run: dict[str, Any]) -> set[str]:
    """The uses with demand."""
    return {row["use"] for row in run["use"] if sum(row["wanted_t"]) > 0}


def test_plants_chains_and_limits_are_on_the_page(site: TestClient, outlook: tuple[str, dict[str, Any]]) -> None:
    """Each plant stands in the table; the chain has a picture a run, and its flows as numbers."""
    report = outlook[1]
    page = site.get("/supply", params={**TWO, "lang": "en"}).text
    for plant in report["runs"][0]["plants"]:
        assert f'<th scope="row">{plant["plant_id"]}</th>' in page
    assert page.count('<svg class="chain wide"') == page.count('<svg class="chain narrow"') == 2
    assert "largest differences first" in page
    assert report["limits"][1]["en"] in page
    assert "remaining capacity, not utilisation" in page


def test_the_licensing_desk_has_charts_and_totals_by_queue(
    site: TestClient, outlook: tuple[str, dict[str, Any]]
) -> None:
    """Pending and decided files of the largest queues are those of the report data, in the chart and beside it."""
    run = outlook[1]["runs"][0]
    page = site.get("/supply", params={**TWO, "lang": "en"}).text
    largest = max(run["desk"], key=lambda row: sum(row["new"]) + sum(row["again"]))
    country = outlook[1]["names"]["countries"][largest["country"]]["en"]
    assert largest["form"] == "magnet"
    figure = page.split('id="desk-1"')[1].split("</figure>")[0]
    assert f"magnets, {country}, civil" in figure
    lines = [layer["data"]["values"] for layer in spec(page, "desk-1")["layer"]]
    decided = [granted + refused for granted, refused in zip(largest["granted"], largest["refused"], strict=True)]
    assert [point["y"] for point in lines[0]] == largest["pending"]
    assert [point["y"] for point in lines[1]] == decided
    assert f'<td class="num">{num(largest["pending"][1])}</td>' in figure
    table = page.split('id="desk"')[1].split('id="out"')[0].rpartition("<table>")[2]
    filed = sum(largest["new"]) + sum(largest["again"])
    cells = re.findall(r"<td[^>]*>([^<]*)</td>", table)[:8]
    assert cells[:3] == [f"magnets, {country}, civil", "A", num(filed)]
    assert cells[6] == num(largest["pending"][-1])


def test_what_leaves_china_is_listed_by_destination(site: TestClient, outlook: tuple[str, dict[str, Any]]) -> None:
    """Magnets with and without a licence add up, and dysprosium is counted in all forms."""
    page = site.get("/supply", params={**TWO, "lang": "en"}).text
    rows = re.findall(r"<tr><td>outside China</td><td>(A|B)</td>(.*?)</tr>", page.split('id="out"')[1], re.S)
    assert [key for key, _ in rows] == ["A", "B"]
    for run, (_, cells) in zip(outlook[1]["runs"], rows, strict=True):
        held = {row["what"]: sum(row["mass_t"]) for row in run["out"] if row["to_region"] == "XCN"}
        told = re.findall(r">([^<]+)</td>", cells)
        names = ("magnets", "magnets_controlled", "magnets_not_controlled", "Dy", "Tb")
        assert told == [num(held[name]) for name in names]
        assert held["magnets_controlled"] + held["magnets_not_controlled"] == pytest.approx(held["magnets"], rel=1e-6)


def test_a_clause_says_what_keeps_its_licences_scarce(site: TestClient, outlook: tuple[str, dict[str, Any]]) -> None:
    """Beside the clause of the widest gap stand its amounts by cause; the bars are numbered by cause."""
    rows = [r for r in outlook[1]["runs"][0]["gaps"] if r["region"] == "XCN" and r["good"] == "ox_Tb"]
    widest = max(rows, key=lambda row: row["gap"])
    amounts = {p["cause"]: p["usd_per_kg"] for p in widest["parts"] if p["part"] == "permission" and p["cause"]}
    assert set(amounts) >= {"waiting"}
    page = site.get("/supply", params={**TWO, "lang": "en"}).text
    assert f"of which waiting {num(amounts['waiting'])}" in flat(page)
    assert "licence scarcity: waiting (backlog)" in page
    chinese = site.get("/supply", params={**TWO, "lang": "zh"}).text
    assert f"其中等待审批{num(amounts['waiting'])}" in chinese
    assert "许可稀缺：等待审批（积压）" in chinese


def test_every_chart_has_a_table_and_asks_for_nothing(site: TestClient, outlook: tuple[str, dict[str, Any]]) -> None:
    """Charts hold their own numbers, and a table beside them; nothing on the page is styled in its own place."""
    page = site.get("/supply", params=TWO).text
    figures = re.findall(r'<figure class="figure" id=.*?</figure>', page, re.S)
    assert len(figures) == page.count("data-chart=") > 10
    for figure in figures:
        assert "<td" in figure
    assert " style=" not in page
    assert "<style" not in page
    told = re.sub(r'"\$schema":"[^"]*"', "", page)
    assert not re.search(r'(?:src|href|url|action)"?\s*[=:]\s*"https?:', told)


def test_the_page_is_chinese_where_it_is_asked_to_be(site: TestClient, outlook: tuple[str, dict[str, Any]]) -> None:
    """Names of goods, regions, parts and sections; what was typed stays in the address."""
    page = site.get("/supply", params={**TWO, "lang": "en", "to_lang": "zh"}).text
    for text in ("氧化铽", "中国境外", "许可", "价差按条款分解", "短缺情况", "不退还的增值税", "境外工厂"):
        assert text in page
    assert "Largest price gap" not in page
    assert 'name="from" value="2025-05"' in page
    assert '<option value="without-18-2025" selected>' in page


def test_other_runs_and_goods_are_a_pick_of_the_address(site: TestClient, outlook: tuple[str, dict[str, Any]]) -> None:
    """The two runs can change sides; a pick that is not held gives way."""
    swapped = site.get("/supply", params={**TWO, "left": "B", "right": "A", "lang": "en"}).text
    assert "B minus A: price gap of terbium oxide \u2212" in swapped
    odd = {"left": "Z9", "right": "Z9", "good": "unobtainium", "region": "XX", "year": "1066", "lang": "en"}
    page = site.get("/supply", params={**TWO, **odd})
    assert page.status_code == 200
    assert "A minus B: price gap of terbium oxide +" in page.text


def test_a_clause_is_picked_from_those_that_the_market_feels(site: TestClient) -> None:
    """The list holds goods and know-how, each with its gist; an unknown name is told with what is nearest."""
    page = site.get("/supply/clause", params={"lang": "en"}).text
    for name, short in (("a18-1c905", "18/2025 1C905"), ("a62-1-a", "62/2025 Art. 1(1)"), ("a46-1", "46/2024 Art. 1")):
        assert f'<option value="{name}">{short}</option>' in page
    bad = site.get("/supply/clause", params={**CLAUSE, "clause": "a18-1c90", "lang": "en"})
    assert bad.status_code == 422
    assert "CLAUSE-UNKNOWN" in bad.text
    assert re.search(r'Did you mean: <span lang="en">[^<]*a18-1c90\d', bad.text)
    assert re.search(r'name="clause" value="a18-1c90"[^>]* aria-invalid="true"', bad.text)


def test_the_price_of_a_clause_says_who_pays(site: TestClient, price: dict[str, Any]) -> None:
    """Tonnes held back, what all keep together, and who pays most are those of the verb."""
    branch = price["branches"][0]
    page = site.get("/supply/clause", params={**CLAUSE, "lang": "en"}).text
    told = flat(page)
    assert "<h1>Cost of a clause: 18/2025 1C905</h1>" in page
    assert num(branch["held_back_t"]["oxides_and_metals"]) in told
    assert num(branch["whole_usd"] / 1e6) in told
    assert f"{num(branch['payers'][0]['usd'] / 1e6)} USD million" in told
    assert price["hash"][:16] in page
    bars = {bar["n"]: bar["x"] for bar in spec(page, "money")["data"]["values"]}
    assert min(bars.values()) == pytest.approx(-branch["payers"][0]["usd"] / 1e6)
    assert "The difference between two model runs, not a forecast." in told


def test_the_price_of_a_clause_is_told_in_chinese(site: TestClient, price: dict[str, Any]) -> None:
    """Parties, goods and heads, in the language of the page."""
    page = site.get("/supply/clause", params={**CLAUSE, "lang": "zh"}).text
    for text in ("单项条款的影响", "受损方与受益方", "氧化镝", "期间平均报价", "中国矿山与生产商"):
        assert text in page


def test_the_worth_of_general_licences_stands_beside_the_cost_with_and_without_them(price: dict[str, Any]) -> None:
    branch = price["branches"][0]
    half: Any = {
        **branch,
        "whole_usd": branch["whole_usd"] / 2,
        "held_back_t": {"oxides_and_metals": 3.0, "magnets": 1.0},
    }
    body: Any = {
        **price,
        "general_licences": "both",
        "without_general_licences": [half],
        "general_licences_worth": [licences_worth(branch, half)],
    }
    view = View("/supply/clause", (), "en", "2025-06-01", "", "", "2025-06-01")
    head, rows = cast(tuple[list[str], list[list[str]]], clause_found(view, body)["general"])
    assert head == ["", "as practised", "without them", "difference"]
    raw = branch["held_back_t"]["oxides_and_metals"]
    assert rows[0] == ["Exports of oxides and metals withheld, t", num(raw), num(3.0), f"+{num(raw - 3.0)}"]
    assert rows[3][1:3] == [num(branch["whole_usd"] / 1e6), num(branch["whole_usd"] / 2e6)]
    assert clause_found(view, cast(ClausePriceData, price))["general"] is None


def test_the_form_asks_for_general_licences(site: TestClient) -> None:
    page = site.get("/supply/clause", params={"general_licences": "both", "lang": "en"}).text
    assert '<option value="both" selected>both, and their worth</option>' in page
    bad = site.get("/supply/clause", params={**CLAUSE, "general_licences": "none", "lang": "en"})
    assert bad.status_code == 422
    assert "ARGUMENT" in bad.text


def test_odd_addresses_break_nothing(site: TestClient, outlook: tuple[str, dict[str, Any]]) -> None:
    """Whatever stands in an address, the page is shown or the fault is told."""
    odd = ("\x00", "../../etc", "x" * 5000, "<script>alert(1)</script>", "\u202e", "2025-06-31", "-1", "{}")
    for name in ("a", "b", "from", "to", "known", "left", "good", "region", "year", "on", "lang"):
        for value in odd:
            answer = site.get("/supply", params={**TWO, name: value})
            assert answer.status_code in (200, 422), (name, value)
            assert "<script>alert" not in answer.text
    for name in ("clause", "scenario", "from", "branch", "general_licences"):
        for value in odd:
            answer = site.get("/supply/clause", params={**CLAUSE, name: value})
            assert answer.status_code in (200, 422), (name, value)
            assert "<script>alert" not in answer.text


def test_every_word_of_the_screen_is_there_in_both_languages() -> None:
    """No text of the screen is missing its Chinese, and both take the same number of values."""
    held = {name: words for name, words in screen_words().items() if name.startswith("supply.")}
    assert len(held) > 100
    for name, words in held.items():
        assert set(words) == {"en", "zh"}, name
        assert words["en"].count("{}") == words["zh"].count("{}"), name
