"""A buyer's hour: from the question to the workbook, its faults, the plan, another limit, and the slide."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.places import ROOT
from tests.web.browser.kit import LANGS, Watched, draw_all, until

pytestmark = pytest.mark.long
OUT = ROOT / "out" / "buyer-hour"
BRENNER = ROOT / "examples" / "firms" / "brenner.yaml"
BUDGET = "[name='limit.budget']"


def with_a_comma(folder: Path) -> Path:
    """Returns a workbook with a decimal comma, as it is typed in much of Europe."""
    made = folder / "firm.yaml"
    made.write_text(
        BRENNER.read_text(encoding="utf-8").replace("keur_per_t: '60'", "keur_per_t: '60,5'", 1), encoding="utf-8"
    )
    return made


@pytest.mark.parametrize("lang", LANGS)
def test_from_the_question_to_the_slide(look: Callable[..., Watched], tmp_path: Path, lang: str) -> None:
    """Each step, when it was done, and a picture of it go to out/buyer-hour."""
    OUT.mkdir(parents=True, exist_ok=True)
    seen = look()
    seen.expected = ("422",)  # the workbook with a decimal comma
    page, steps, begun = seen.open("/firm", lang=lang), list[str](), time.monotonic()

    def step(name: str) -> None:
        draw_all(page)
        page.screenshot(path=OUT / f"{len(steps) + 1}-{name}-{lang}.png")
        steps.append(f"{time.monotonic() - begun:.1f} s {name}")

    step("question")

    def upload(workbook: Path) -> None:
        with page.expect_navigation():
            page.set_input_files("#f-workbook", workbook)
            page.locator("form:has(#f-workbook) button").click()

    page.click("nav.tabs a[href*='/mix']")
    upload(with_a_comma(tmp_path))
    assert "60,5" in page.inner_text("table.firm-faults")
    step("faults")
    upload(BRENNER)
    chosen = page.inner_text("#plan-h").replace("“", "").replace("”", "")  # Chinese sets typed names off
    assert "lean + recycling + filing" in chosen
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
    assert len(steps) == 5
