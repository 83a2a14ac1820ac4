"""An analyst's hour: lapse or extension, a scenario of one's own, public money, strategies, and the slide."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, ViewportSize

from tests.places import ROOT
from tests.web.browser.kit import LANGS, Watched, draw_all

pytestmark = pytest.mark.long
OUT = ROOT / "out" / "analyst-hour"
PIPELINE = ROOT / "examples" / "ministry" / "pipeline.yaml"
MONTHS = {"from": "2026-11", "to": "2026-12"}
LONGEST_MS = 300_000
LOOKS = {
    "en": {"viewport": ViewportSize(width=1440, height=900), "color_scheme": "light"},
    "zh": {"viewport": ViewportSize(width=390, height=844), "color_scheme": "dark"},
}
# A mine closed for a year, a price floor, a grant for a plant; the first share is mistyped.
OWN = {
    "shocks.0.capacity": "mine:MYANMAR_IONIC:MM-LA",
    "shocks.0.share": "all",
    "shocks.0.from": "2026-11",
    "shocks.0.to": "2027-10",
    "shocks.0.reason": "border closed",
    "policies.price_floors.0.good": "ox_NdPr",
    "policies.price_floors.0.region": "NAM",
    "policies.price_floors.0.price": "110",
    "policies.support.0.kind": "grant",
    "policies.support.0.plant": "caremag-heavy",
    "policies.support.0.amount": "50",
}
# Another budget in each language: the server computes a question once, and the second page would find the answer.
BUDGETS = {"en": "150", "zh": "160"}
LISTS = ("shocks", "policies.price_floors", "policies.support")


def messy(folder: Path) -> Path:
    """Returns the pipeline with a mark in place of a share, and one project twice."""
    text = PIPELINE.read_text(encoding="utf-8")
    made = folder / "ministry.yaml"
    made.write_text(
        text.replace("additional: '0.610589'", "additional: n/a", 1).replace(
            "- project: carina", "- project: caldeira", 1
        ),
        encoding="utf-8",
    )
    return made


def run(page: Page) -> str:
    """Runs the scenarios of the form and returns what is said of their difference."""
    with page.expect_navigation():
        page.click("#ask button.main")
    page.wait_for_selector("#difference", timeout=LONGEST_MS)
    return page.inner_text("#difference")


def write_own(page: Page) -> None:
    """Fills the form of a scenario as far as the question needs it."""
    page.fill("#f-id", "closed-floor-grant")
    page.fill("#f-title", "Mine closed, floor, grant")
    page.fill("#f-title_zh", "矿山关闭、价格下限与赠款")
    page.select_option("#f-inherits", "controls-back")
    for name in LISTS:
        page.click(f"[id='l-{name}'] summary")
    for name, text in OWN.items():
        field = page.locator(f"[id='f-{name}']")
        if field.evaluate("e => e.tagName") == "SELECT":
            field.select_option(text)
        else:
            field.fill(text)


def save(page: Page) -> None:
    """Saves the scenario, or is told what is wrong with it."""
    with page.expect_navigation():
        page.click("#own button.main")


def upload(page: Page, workbook: Path) -> None:
    """Uploads a workbook of a ministry."""
    with page.expect_navigation():
        page.set_input_files("#f-workbook", workbook)
        page.locator("form:has(#f-workbook) button").click()


def take(page: Page, address: str, name: str) -> bytes:
    """Returns a file behind the link whose address holds a text."""
    with page.expect_download(timeout=LONGEST_MS) as taken:
        page.locator(f"a[download][href*='{address}']").first.click()
    taken.value.save_as(OUT / name)
    return (OUT / name).read_bytes()


@pytest.mark.parametrize("lang", LANGS)
def test_from_the_question_to_the_slide(look: Callable[..., Watched], tmp_path: Path, lang: str) -> None:
    """Wide and light in English, narrow and dark in Chinese; a picture of each step goes to out/analyst-hour."""
    OUT.mkdir(parents=True, exist_ok=True)
    seen, steps = look(**LOOKS[lang]), list[str]()
    seen.expected = ("422",)  # the mistyped share, the messy workbook
    page = seen.page
    page.set_default_timeout(LONGEST_MS)

    def step(name: str) -> None:
        draw_all(page)
        steps.append(name)
        page.screenshot(path=OUT / f"{len(steps)}-{name}-{lang}.png", full_page=True)

    # What does a lapse do against an extension, which projects are late, and what does that rest on?
    seen.open("/supply", lang=lang, a="controls-back", b="paused-a-year", **MONTHS)
    assert re.search(r"\d", run(page))
    for part in ("#plants", "#files"):
        assert page.locator(part).count() == 1, part
    step("lapse-or-extension")

    # A scenario of one's own: told beside the field what is wrong, saved, run, and opened elsewhere by its address.
    page.locator("main a[href*='/supply/own']").first.click()
    page.wait_for_selector("#own")
    write_own(page)
    save(page)
    assert page.is_visible("[id='e-shocks.0.share']")
    assert "1 errors" not in page.inner_text("#errors")
    step("mistyped")
    page.fill("[id='f-shocks.0.share']", "0")
    save(page)
    page.click("#saved a.button")
    page.wait_for_selector("#ask")
    told = run(page)
    step("own-scenario")
    elsewhere = look(**LOOKS[lang])
    elsewhere.page.goto(page.url)
    assert elsewhere.page.inner_text("#difference") == told

    # What should 150 (160) and 1,000 million buy?
    page.click("header nav a[href*='/fund']")
    page.wait_for_selector("#f-workbook", state="attached")
    upload(page, messy(tmp_path))
    faults = page.inner_text("#answer table")
    assert "additional" in faults
    assert "caldeira" in faults
    step("messy-workbook")
    page.locator("details:has(#f-workbook) > summary").click()
    upload(page, PIPELINE)
    page.fill("[name='budget']", BUDGETS[lang])
    page.fill("[name='others']", "1,000")
    page.press("[name='others']", "Enter")
    page.wait_for_selector("#long-h")  # the search takes longer than a page waits, and is started by its button
    with page.expect_navigation():
        page.click("section:has(#long-h) button.main")
    page.wait_for_selector("h2#budgets")
    assert BUDGETS[lang] in page.inner_text("#found-h")
    budgets = page.locator("h2#budgets ~ *", has=page.locator("table")).first.text_content() or ""
    assert "1,000" in budgets
    step("public-money")
    assert take(page, "chart/budgets.png", f"{lang}-budgets.png").startswith(b"\x89PNG")
    assert take(page, "chart/budgets.xlsx", f"{lang}-budgets.xlsx").startswith(b"PK")
    elsewhere.page.goto(page.url)
    assert elsewhere.page.inner_text("#found-h") == page.inner_text("#found-h")

    # Who wins with what?
    page.click("nav.tabs a[href*='/strategy']")
    page.click("a[href*='file=strategy-market']")
    page.wait_for_selector("#found-h")
    step("strategies")
    assert take(page, "chart/costs-1.png", f"{lang}-costs.png").startswith(b"\x89PNG")
    assert len(steps) == 6
