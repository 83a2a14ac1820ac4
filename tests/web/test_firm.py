"""The Firm screen: days of cover of a company."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

import pytest
from fastapi.testclient import TestClient

from coercivity.verbs.serving.places import Places
from coercivity.verbs.survive import survive
from coercivity.web.site import make_site
from tests.places import ROOT

EXAMPLES = ROOT / "examples"
FIRM = EXAMPLES / "ev-motor"
ON = "2026-11-24"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    """The screens, asked without a browser."""
    return TestClient(make_site(Places(tmp_path_factory.mktemp("state"))), base_url="http://127.0.0.1:8765")


@pytest.fixture(scope="module")
def body() -> Mapping[str, Any]:
    """The answer of the verb."""
    return survive(FIRM, ON).as_dict()


def shown(site: TestClient, **asked: str) -> str:
    answer = site.get("/firm", params={"case": "ev-motor", "on": ON, "lang": "en", **asked})
    assert answer.status_code == 200
    return answer.text


def chart(page: str, name: str) -> dict[str, Any]:
    found = re.search(rf'<script type="application/json" id="{name}-spec">(.*?)</script>', page)
    assert found is not None
    whole: dict[str, Any] = json.loads(found[1])
    return whole


def text_of(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def files(**changed: bytes | None) -> list[tuple[str, tuple[str, bytes]]]:
    """The files of the example as a form sends them, some of them changed or left out."""
    held = {name: (FIRM / name).read_bytes() for name in ("case.yaml", "transactions.csv", "firm.yaml")}
    for name, content in changed.items():
        key = next(entry for entry in held if entry.startswith(name))
        held[key] = content or b""
    return [("files", (name, content)) for name, content in held.items() if content]


def part(body: Mapping[str, Any], grade: str) -> Mapping[str, Any]:
    found: Mapping[str, Any] = next(item for item in body["items"] if item["grade"] == grade)
    return found


def levels(days: Mapping[str, int]) -> tuple[int, int, int]:
    return days["10"], days["50"], days["90"]


def test_the_day_of_the_stop_is_told_first(site: TestClient, body: Mapping[str, Any]) -> None:
    page = shown(site)
    assert page.index("Supply covers 49 days; the line stops on 2027-01-13") < page.index(
        "<svg" if "<svg" in page else "<figure"
    )
    told = text_of(page)
    assert "First part to run out: segments of grade UH, rear axle motors." in told
    low, middle, high = levels(part(body, "UH")["next_licensed_delivery_days"])
    assert f"takes about {middle} days ({low} to {high} in 80 % of simulations)" in told
    assert "Probability that the line stops first: 100 %." in told
    assert "13,800 kg awaiting a licence are not counted." in told


def test_the_same_in_chinese(site: TestClient) -> None:
    page = shown(site, lang="zh")
    assert '<html lang="zh-Hans">' in page
    assert "供应可维持49天，生产线于2027年1月13日停线" in page
    assert "此前停线的概率：100%" in page
    assert "加已获许可或无须许可的货物" in page
    assert "虚构企业的虚构数字" in page


def test_law_practice_and_draws_stand_apart(site: TestClient, body: Mapping[str, Any]) -> None:
    told = text_of(shown(site))
    due = "Law decision due by 2026-12-30 if accepted on 2026-10-28 and the period is not interrupted"
    assert re.search(rf"{due} Decree 792,? Art\. 17\(1\)", told)
    assert "Reported practice 30 calendar days to 45 working days" in told
    flow = next(entry for entry in body["flows"] if entry["id"] == "uh-s2")
    low, middle, high = levels(flow["clock"]["ends"]["drawn"]["filing_to_grant_days"])
    assert f"filing to grant about {middle} days, {low} to {high} in 80 % of simulations" in told
    assert "LD018" in told
    assert "all 4,000 simulations used" in told


def test_the_bars_are_the_days_of_the_verb(site: TestClient, body: Mapping[str, Any]) -> None:
    """Each part and element has its bars, which end on the days told, and the quantiles of its clock."""
    bars = chart(shown(site), "days")["layer"]
    ends = {(bar["lane"], bar["end"]) for bar in bars[0]["data"]["values"]}
    for item in body["items"]:
        days = {reach["days"] for reach in item["reaches"] if reach["days"] is not None}
        assert {day for lane, day in ends if lane == item["grade"]} >= days
    drawn = {(line["lane"], line["begin"], line["end"]) for line in bars[2]["data"]["values"]}
    low, _, high = levels(part(body, "UH")["next_licensed_delivery_days"])
    assert ("UH", low, high) in drawn
    assert not any(lane == "N" for lane, _, _ in drawn)  # no licence clock runs for it


def test_each_chart_has_the_table_of_its_numbers(site: TestClient, body: Mapping[str, Any]) -> None:
    page = shown(site)
    assert page.count("data-chart=") == page.count("<figcaption>") == 2
    told = text_of(page)
    for item in body["items"]:
        reach = next(entry for entry in item["reaches"] if entry["layer"] == "permitted")
        assert reach["stop_on"] in told
    reach = next(entry for entry in part(body, "SH")["reaches"] if entry["layer"] == "permitted")
    gaps = " / ".join(f"{days:+d}" for days in levels(reach["gap_days"]))
    short = " / ".join(f"{float(mass):,.0f}" for mass in reach["short_kg"].values())
    chance = float(reach["chance_of_a_stop_before_the_next_licensed_delivery"])
    assert f"{gaps} {short} {chance:.0%}".replace("%", " %") in told
    assert "none in 1,096 days" in told


def test_flows_and_clauses_lead_to_the_rules(site: TestClient, body: Mapping[str, Any]) -> None:
    page = shown(site)
    assert '<a href="/rules/clause/a18-1c905?' in page
    assert "awaiting licence" in page
    assert "undetermined" in page
    lost = float(body["clauses"][0]["impact"]["value"])
    assert f"EUR {lost / 1e9:.2f} billion" in text_of(page)


def test_a_chart_asks_for_nothing_outside(site: TestClient) -> None:
    page = shown(site)
    for name in ("days", "clock"):
        assert '"url"' not in json.dumps(chart(page, name))
    assert not re.search(r'src="https?://', page)
    assert not re.search(r'<link[^>]+href="https?://', page)
    assert " style=" not in page


def test_what_practice_says_leads_to_its_report_and_loads_nothing(site: TestClient) -> None:
    links = re.findall(r'<a class="small" href="(https?://[^"]+)" rel="noreferrer noopener">([^<]+)</a>', shown(site))
    assert links
    assert all(address.split("/")[2] == host for address, host in links)


def test_without_a_case_in_the_address_the_first_firm_is_shown(site: TestClient) -> None:
    assert "Supply covers 49 days" in site.get("/firm/case", params={"on": ON, "lang": "en"}).text


@pytest.mark.parametrize(
    ("asked", "status", "code", "field"),
    [
        ({"on": "2026-02-30"}, 422, "DATE", "on"),
        ({"known": "soon"}, 422, "DATE", "known"),
        ({"assume": "maybe"}, 422, "ASSUME", "assume"),
        ({"on": "2026-10-01"}, 422, "AS-OF", ""),
        ({"case": "nothing"}, 404, "EXAMPLE-UNKNOWN", ""),
        ({"case": "magnet-jv"}, 422, "", ""),
    ],
)
def test_what_is_wrong_is_told_beside_the_form_and_what_was_typed_stays(
    site: TestClient, asked: dict[str, str], status: int, code: str, field: str
) -> None:
    answer = site.get("/firm", params={"case": "ev-motor", "on": ON, **asked})
    assert answer.status_code == status
    assert "faults" in answer.text
    assert code in answer.text
    for name, value in asked.items():
        assert f'value="{value}"' in answer.text or name == "case"
    if field:
        assert re.search(rf'id="f-{field}"[^>]*aria-invalid="true"', answer.text)


def test_a_folder_that_is_sent_is_shown_at_an_address_of_its_own(site: TestClient) -> None:
    changed = (FIRM / "firm.yaml").read_bytes().replace(b"amount: '98'", b"amount: '60'")
    sent = site.post("/firm/upload?lang=en&on=" + ON, files=files(firm=changed), follow_redirects=False)
    assert sent.status_code == 303
    address = sent.headers["location"]
    assert re.fullmatch(
        rf"/firm\?lang=en&on={ON}&case=[0-9a-f]{{32}}|/firm\?on={ON}&lang=en&case=[0-9a-f]{{32}}", address
    )
    page = site.get(address).text
    assert ">54,000<" in page.replace(" ", "")  # 60 t less the safety stock of 6 t
    assert "Supply covers 49 days" in page


def test_files_of_other_names_are_refused_with_the_form_beside(site: TestClient) -> None:
    answer = site.post("/firm/upload", files=[("files", ("stock.xlsx", b"x"))])
    assert answer.status_code == 422
    assert "CASE-FILE" in answer.text
    assert re.search(r'id="f-files"[^>]*aria-invalid="true"', answer.text)


def test_a_file_that_cannot_be_read_tells_every_fault_with_its_line(site: TestClient) -> None:
    broken = (
        (FIRM / "firm.yaml")
        .read_bytes()
        .replace(b"Dy: '0.0104'", b"Dy: '1.04'")
        .replace(b"country: CN", b"country: QQ")
    )
    page = site.post("/firm/upload?lang=en&on=" + ON, files=files(firm=broken))
    assert page.status_code == 422
    assert page.text.count("firm.yaml:") >= 2


def test_a_firm_too_large_for_an_answer_at_once_is_sent_to_the_brief(site: TestClient) -> None:
    large = (FIRM / "firm.yaml").read_bytes() + b"# " + b"x" * 200_000 + b"\n"
    answer = site.post("/firm/upload?lang=en&on=" + ON, files=files(firm=large))
    assert answer.status_code == 422
    assert "CASE-SIZE" in answer.text
    assert "create a report on the case" in answer.text


def test_the_switch_of_languages_keeps_what_was_typed(site: TestClient) -> None:
    page = site.get("/firm", params={"case": "ev-motor", "on": ON, "assume": "61=extended:2027-01-10", "to_lang": "zh"})
    assert '<html lang="zh-Hans">' in page.text
    assert 'value="61=extended:2027-01-10"' in page.text
    assert f'value="{ON}"' in page.text
