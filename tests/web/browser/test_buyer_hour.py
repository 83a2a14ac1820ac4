"""A buyer's hour: from the question to the workbook, to the plan, to another limit, and to the slide."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from tests.places import ROOT
from tests.web.browser.kit import LANGS, Watched, draw_all, until

pytestmark = pytest.mark.long
OUT = ROOT / "out" / "buyer-hour"
BUDGET = "[name='limit.budget']"


@pytest.mark.parametrize("lang", LANGS)
def test_from_the_question_to_the_slide(look: Callable[..., Watched], lang: str) -> None:
    """Each step, when it was done, and a picture of it go to out/buyer-hour."""
    OUT.mkdir(parents=True, exist_ok=True)
    page, steps, begun = look().open("/firm", lang=lang), list[str](), time.monotonic()

    def step(name: str) -> None:
        draw_all(page)
        page.screenshot(path=OUT / f"{len(steps) + 1}-{name}-{lang}.png")
        steps.append(f"{time.monotonic() - begun:.1f} s {name}")

    step("question")
    page.click("nav.tabs a[href*='/mix']")
    with page.expect_navigation():
        page.set_input_files("#f-workbook", ROOT / "examples" / "firms" / "brenner.yaml")
        page.locator("form:has(#f-workbook) button").click()
    assert "lean + recycling + filing" in page.inner_text("#plan-h")
    step("plan")
    page.click("#mix-form summary")
    page.fill(BUDGET, "none")
    page.press(BUDGET, "Enter")
    until(page, "document.querySelector('#plan-h').innerText.includes('air')")
    assert page.locator("#answer .scroll table").first.inner_text().count("2,080.6") == 1
    step("other-limit")
    for name in ("slide.png", "mix.xlsx"):
        with page.expect_download() as taken:
            page.click(f"a[download][href*='{name}']")
        taken.value.save_as(OUT / f"{lang}-{name}")
        assert (OUT / f"{lang}-{name}").stat().st_size > 5_000
    step("slide")
    (OUT / f"steps-{lang}.txt").write_text("\n".join(steps) + "\n", encoding="utf-8")
    assert len(steps) == 4
