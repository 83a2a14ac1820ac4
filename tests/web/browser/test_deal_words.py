"""Deals in words on the Deal screen, with the keyboard only: what is read, what is asked, and how it is answered."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.web.browser.kit import ACTIVE, LANGS, SIZES, Watched, tab_to, until

DAY = {"en": "15.03.2026", "zh": "2026年3月15日"}
MOST_QUESTIONS = 4
VISIT = {
    "en": "Two engineers from Baotou will commission a sintering line in Rayong in January",
    "de": "Zwei Ingenieure aus Baotou werden im Januar eine Sinterlinie in Rayong in Betrieb nehmen",
    "zh": "包头的两名工程师将于一月赴罗勇调试一条烧结生产线",
}
# What the owner of such a deal answers, and the choices that he takes; everything else is not known to him.
ANSWERS = {
    "magnet_type": "NdFeB", "other_content": "false", "recipient_nationality": "Thailand", "technology_passes": "false",
    "from": "Thailand", "exporter_place": "Thailand", "to": "Thailand", "exporter_nationality": "China",
}  # fmt: skip
CHOSEN = ("technology_passes=false",)
READ = {
    "en": {"act": "service", "process_stage": "magnet making", "line_service": "commissioning"},
    "zh": {"act": "服务", "process_stage": "磁材制造", "line_service": "调试"},
}


def say(page: Page, words: str, day: str) -> None:
    """Types words and a date into the empty form, and sends it."""
    page.evaluate("document.activeElement.blur()")
    tab_to(page, "e => e.id === 'f-material'")
    page.keyboard.insert_text(words)
    tab_to(page, "e => e.id === 'f-on'")
    page.keyboard.insert_text(day)  # Tab selected what was there
    tab_to(page, "e => e.id === 'f-standing'")
    page.keyboard.press("Space")
    tab_to(page, "e => e.matches('#deal-form button.main')")
    page.keyboard.press("Enter")
    page.wait_for_selector("#hash")


def answer_next(page: Page) -> str:
    """Answers the question on the page by keyboard and returns its text; blank if there is none."""
    if page.query_selector("#question") is None:
        return ""
    before, text = page.url, page.inner_text("#question legend >> nth=0")
    page.evaluate("document.activeElement.blur()")
    tab_to(page, "e => e.closest('#question') && e.matches('input, select, button')", 140)
    choices = page.eval_on_selector_all("#question button.choice", "all => all.map(e => e.value)")
    wanted = next((one for one in choices if any(part in one for part in CHOSEN)), "")
    names = page.eval_on_selector_all(
        "#question [name^='f.']:not([type=hidden])", "all => all.map(e => e.name.slice(2))"
    )
    known = [name for name in dict.fromkeys(names) if name in ANSWERS]
    if page.query_selector("#q-said_by") is not None:
        page.keyboard.insert_text("export desk")
        page.keyboard.press("Enter")
    elif wanted:
        press(page, f"e => e.closest('#question') && e.value === '{wanted}'")
    elif known:
        for name in known:
            page.evaluate("document.activeElement.blur()")
            fill(page, name, ANSWERS[name])
        page.keyboard.press("Enter")
    else:
        press(page, "e => e.closest('#question') && e.matches('button') && /unknown$/.test(e.value)")
    until(page, f"location.href !== {json.dumps(before)} && document.querySelector('#hash')")
    return text


def press(page: Page, true: str) -> None:
    """Presses a button by keyboard."""
    page.evaluate("document.activeElement.blur()")
    tab_to(page, true, 160)
    page.keyboard.press("Enter")


def fill(page: Page, name: str, answer: str) -> None:
    """Gives one answer by keyboard: a choice by the arrows, a box by the space bar, a field by typing."""
    tab_to(page, f"e => e.closest('#question') && e.tagName !== 'BUTTON' && e.name === 'f.{name}'", 160)
    kind = page.evaluate(f"{ACTIVE}.type")
    if kind == "radio":
        page.keyboard.press("Space")
        for _ in range(20):
            if page.evaluate(f"{ACTIVE}.value") == answer:
                return
            page.keyboard.press("ArrowDown")
    elif kind == "checkbox":
        if page.evaluate(f"{ACTIVE}.value") != answer:
            tab_to(page, f"e => e.closest('#question') && e.value === '{answer}'")
        page.keyboard.press("Space")
    else:
        page.keyboard.insert_text(answer)


@pytest.mark.parametrize("width", list(SIZES))
@pytest.mark.parametrize("words", list(VISIT))
def test_a_visit_is_read_and_decided_with_at_most_four_questions(
    look: Callable[..., Watched], words: str, width: str
) -> None:
    """Kind, stage and work are read in three languages; the answer comes by keyboard, in a wide and a narrow window."""
    lang = "zh" if words == "zh" else "en"
    page = look(viewport=SIZES[width]).open("/deal", lang=lang)
    say(page, VISIT[words], DAY[lang])
    for fact, told in READ[lang].items():
        assert told in page.inner_text(f"#fact-{fact}"), fact
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    asked: list[str] = []
    while (name := answer_next(page)) and len(asked) < 12:
        assert name not in asked
        asked.append(name)
    assert len(asked) <= MOST_QUESTIONS, asked
    assert {"en": "UNKNOWN", "zh": "待定"}[lang] not in page.inner_text("#outcome"), (asked, page.url)


@pytest.mark.parametrize("lang", LANGS)
def test_a_fact_is_corrected_where_it_stands_and_is_then_the_users(look: Callable[..., Watched], lang: str) -> None:
    """One press opens the question of the fact with its value chosen; the correction says whose it is, and can be undone."""
    page = look().open("/deal", material=VISIT[lang], on="2026-03-15", lang=lang)
    first = page.inner_text("#hash")
    tab_to(page, "e => e.closest('#fact-process_stage') && e.tagName === 'A'", 120)
    page.keyboard.press("Enter")
    page.wait_for_selector("#correct")
    assert page.evaluate(f"{ACTIVE}.closest('#correct') && {ACTIVE}.checked && {ACTIVE}.value") == (
        "magnetic_material_manufacturing"
    )
    page.keyboard.press("ArrowUp")
    assert page.evaluate(f"{ACTIVE}.value") == "metal_smelting"
    page.keyboard.press("Enter")
    until(page, f"document.querySelector('#hash') && document.querySelector('#hash').innerText !== '{first}'")
    row = page.inner_text("#fact-process_stage")
    assert {"en": "yours", "zh": "您的回答"}[lang] in row
    assert {"en": "metal smelting", "zh": "金属冶炼"}[lang] in row
    assert page.query_selector("#fact-process_stage s") is not None
    page.evaluate("document.activeElement.blur()")
    tab_to(page, "e => e.closest('#fact-process_stage') && e.tagName === 'A'", 120)
    page.keyboard.press("Enter")
    until(page, f"document.querySelector('#hash') && document.querySelector('#hash').innerText === '{first}'")


def test_a_text_of_several_deals_has_a_card_for_each(look: Callable[..., Watched]) -> None:
    """Machine, drawings and fitters: three outcomes, three questions; the card leads to the deal by keyboard."""
    text = "Strip caster, drawings of the copper wheel and two fitters to install it at the magnet plant in Rayong"
    page = look().open("/deal", material=text, on="2026-03-15", lang="en")
    assert len(page.query_selector_all("#parts .card")) == 3
    first = page.inner_text("#hash")
    tab_to(page, "e => e.closest('#parts') && e.href && e.href.includes('part=2')", 120)
    page.keyboard.press("Enter")
    until(page, f"document.querySelector('#hash') && document.querySelector('#hash').innerText !== '{first}'")
    assert page.get_attribute("#parts .card >> nth=1", "aria-current") == "true"
    assert "technology" in page.inner_text("#fact-act")
    assert page.evaluate(f"{ACTIVE}.id") == "outcome"  # nobody has to look for the answer on a narrow page
    page.go_back()
    until(page, f"document.querySelector('#hash') && document.querySelector('#hash').innerText === '{first}'")


@pytest.mark.parametrize("script", [True, False])
def test_a_text_too_long_for_an_address_is_answered_and_its_questions_too(
    look: Callable[..., Watched], script: bool
) -> None:
    """An e-mail of 18,000 characters: the address stays short; question, undo and language keep the words."""
    page = look(java_script_enabled=script).open("/deal", lang="en")
    text = f"{VISIT['en']}.\n" + "With kind regards from all of us here again. " * 420
    page.fill("#f-material", text)
    page.fill("#f-on", "2026-03-15")
    page.click("#deal-form button.main")
    page.wait_for_selector("#hash")
    assert len(page.url) < 200
    assert page.input_value("#f-material").startswith(VISIT["en"])
    first = page.inner_text("#hash")
    page.click("#question button >> text=I do not know")
    page.wait_for_selector("#yours")
    assert len(page.url) < 200
    for left in range(page.locator("#yours button >> text=undo").count() - 1, -1, -1):
        page.click("#yours button >> text=undo >> nth=0")  # one question may have asked for several facts
        expect(page.locator("#yours button >> text=undo")).to_have_count(left)
    page.wait_for_selector("#hash")
    assert page.inner_text("#hash") == first
    page.click("button[name=to_lang][value=zh] >> nth=0")
    page.wait_for_selector("html[lang=zh-Hans] #hash")
    assert page.inner_text("#hash") == first
