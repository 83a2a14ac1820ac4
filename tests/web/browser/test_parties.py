"""The Parties screen by keyboard, without scripts, and by two people at once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Page

from tests.web.browser.kit import LANGS, NARROW, WIDE, Watched, tab_to, until
from tests.web.browser.test_screens import barriers, faults_of

OURS = "id,name\n" + "".join(
    f"w{n},Example {word} GmbH\n" for n, word in enumerate(("Alderbrook", "Cedarholt", "Elmstone"))
)
SAID = {
    "en": ("Rows cleared: 2.", "Rows to decide again: 2."),
    "zh": ("处理完毕2行。", "恢复为待判断2行。"),
}


def names_of(test: str) -> str:
    """Three names on four rows; the company form keeps the judgements of one test out of another."""
    return f"Example Aldebrrook {test}\nExample Aldebrrook {test}\nExample Cedahrolt {test}\nExample Elmsotne {test}"


def begin(page: Page, test: str, folder: Path) -> None:
    """Types names, adds a list and opens the result."""
    (folder / "watched.csv").write_text(OURS, encoding="utf-8")
    page.fill("[name=names]", names_of(test))
    page.locator("details:has([name=lists]) > summary").click()
    page.set_input_files("[name=lists]", folder / "watched.csv")
    with page.expect_navigation():
        page.click("button.main")
    assert page.locator("[data-pair]").count() == 3


def focused(page: Page) -> str:
    """The pair that has the focus."""
    return str(page.evaluate("document.activeElement.closest('[data-pair]')?.dataset.pair || ''"))


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["1280", "390"])
def test_pairs_are_decided_by_keyboard(
    look: Callable[..., Watched], tmp_path: Path, size: dict[str, int], lang: str
) -> None:
    """Two keys a decision; the name once; the pair moves away, the next one has the focus, and z brings it back."""
    page = look(viewport=size).open("/parties", lang=lang)
    begin(page, f"Key{size['width']}{lang}", tmp_path)
    page.keyboard.press("j")
    first = focused(page)
    assert page.inner_text(f"#pair-{first} .clears")
    page.keyboard.press("d")
    assert page.locator("#ask li").count() == 9
    assert not faults_of(page)
    page.keyboard.press("2")
    assert page.evaluate("document.activeElement.name") == "by"  # signed once
    page.keyboard.type("export control desk")
    page.keyboard.press("Enter")
    until(page, f"!!document.querySelector('#done') && !document.querySelector('#pair-{first}')")
    assert SAID[lang][0] in page.inner_text("#done")
    assert SAID[lang][0] in page.inner_text("#ask")  # in sight, however far the page has moved
    second = focused(page)
    assert second
    assert second != first
    page.keyboard.press("k")
    assert focused(page) == second  # the first one of the page
    page.keyboard.press("s")
    page.keyboard.press("Escape")
    assert page.locator("#ask li").count() == 0
    page.keyboard.press("z")
    until(page, f"!!document.querySelector('#pair-{first}')")
    assert SAID[lang][1] in page.inner_text("#done")
    page.keyboard.press("e")
    assert page.locator(f"#pair-{focused(page)} details[open]").count() > 0
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "f-q"
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    assert page.locator("#keys[open]").count() == 1


def test_keys_pressed_faster_than_the_page_answers_are_kept(look: Callable[..., Watched], tmp_path: Path) -> None:
    page = look().open("/parties", lang="en")
    begin(page, "Swiftly", tmp_path)
    page.fill("#f-by", "fast desk")
    with page.expect_navigation():
        page.press("#f-by", "Enter")
    for key in "jd1d2s3":
        page.keyboard.press(key)
    until(page, "document.querySelector('#left').textContent.startsWith('Pairs to decide: 0')")
    assert "Every pair is decided." in page.inner_text("#work")


def test_a_reason_in_words_and_unsure(look: Callable[..., Watched], tmp_path: Path) -> None:
    page = look().open("/parties", lang="en")
    begin(page, "Words", tmp_path)
    page.fill("#f-by", "words desk")
    with page.expect_navigation():
        page.press("#f-by", "Enter")
    page.keyboard.press("j")
    for key in ("d", "0"):
        page.keyboard.press(key)
    assert page.evaluate("document.activeElement.name") == "why"
    page.keyboard.type("sold in 2019, see the d/s report")  # letters that are keys elsewhere
    page.keyboard.press("Enter")
    until(page, "!!document.querySelector('#done')")
    page.keyboard.press("u")
    until(page, "document.querySelector('#done').textContent.includes('unsure')")
    page.locator("#judged > summary").click()
    assert "sold in 2019, see the d/s report" in page.inner_text("#judged")


def test_the_keys_can_be_switched_off(look: Callable[..., Watched], tmp_path: Path) -> None:
    page = look().open("/parties", lang="en")
    begin(page, "Off", tmp_path)
    page.keyboard.press("?")
    tab_to(page, "e => e.id === 'keys-on'")
    page.keyboard.press("Space")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("d")
    assert page.locator("#ask li").count() == 0


def test_everything_works_without_scripts(look: Callable[..., Watched], tmp_path: Path) -> None:
    page = look(java_script_enabled=False).open("/parties", lang="en")
    begin(page, "Plain", tmp_path)
    card = page.locator("[data-pair]").first
    card.locator("[name=reason]").select_option("different.other_owner")
    card.locator("[name=by]").fill("plain desk")
    with page.expect_navigation():
        card.locator("button[value=different]").click()
    assert "Rows cleared: 2." in page.inner_text("#done")
    with page.expect_navigation():
        page.click("#undo")
    assert page.locator("[data-pair]").count() == 3
    with page.expect_navigation():
        page.select_option("[name=state]", "judged")
        page.click("#filter button")
    assert "No pair fits the filter." in page.inner_text("#work")


def test_two_people_on_one_file_see_each_other(look: Callable[..., Watched], tmp_path: Path) -> None:
    """The second decision is not recorded: the page shows the first one instead."""
    mine, theirs = look(), look()
    mine.expected = ("409",)
    page = mine.open("/parties", lang="en")
    begin(page, "Two", tmp_path)
    other = theirs.open(page.url.removeprefix(theirs.site))
    for one, by in ((other, "second desk"), (page, "first desk")):
        one.fill("#f-by", by)
        with one.expect_navigation():
            one.press("#f-by", "Enter")
    for one, keys in ((other, "jd1"), (page, "js1")):
        for key in keys:
            one.keyboard.press(key)
        until(one, "!!document.querySelector('#done, [role=alert]')")
    told = page.inner_text("[data-focus]")
    assert "This pair was judged meanwhile" in told
    assert "second desk" in told
    assert "other address" in told


@pytest.mark.parametrize("lang", LANGS)
def test_a_decision_that_is_asked_for_has_no_barrier(look: Callable[..., Watched], tmp_path: Path, lang: str) -> None:
    page = look(viewport=NARROW).open("/parties", lang=lang)
    begin(page, f"Axe{lang}", tmp_path)
    for key in "jed":
        page.keyboard.press(key)
    serious, _ = barriers(page, Axe())
    assert not serious
    assert not faults_of(page)
