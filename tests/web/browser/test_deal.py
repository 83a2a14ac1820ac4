"""Journey J1, checks 10 to 12, in a browser with the keyboard only, without a network."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from coercivity.cli.app import main
from coercivity.law.rules.load import law_folder
from tests.web.browser.kit import ACTIVE, D1, LANGS, Watched, tab_to, until

MOST_FIELDS, MOST_S = 13, 120
# D1 as the journey tells it, and the words on the screen by which a reader finds where to type each.
TYPED = {name: text for name, text in D1.items() if name not in ("standing", "said_by", "said_on")}
LABELS = {
    "en": {"on": "date", "material": "your own words", "hs": "hs code", "composition": "composition", "from": "departure", "to": "destination",
           "use": "use", "quantity": "quantity", "price": "price"},
    "zh": {"on": "日", "material": "自己的话", "hs": "商品编号", "composition": "成分", "from": "启运", "to": "目的",
           "use": "用途", "quantity": "数量", "price": "价"},
}  # fmt: skip
# The same deal as a file that owes nothing to the screen: facts, not words.
OWN_FILE = """
standing:
{standing}
deals:
- id: D1
  on: '2025-08-15'
  facts:
    act: goods
    form: magnet
    magnet_type: [NdFeB]
    elements: [Nd, Pr, Dy, not Tb, "..."]
    dy_mass_share: '0.018'
    tb_mass_share: '0'
    from: CN
    to: DE
"""
CHINESE = re.compile(r"[\u4e00-\u9fff]{4,}")


def type_deal(page: Page) -> int:
    """Fills the form from its top by keyboard, unfolding the single fields, and returns how many there were to fill."""
    page.evaluate("document.activeElement.blur()")
    tab_to(page, "e => e.form && e.form.id === 'deal-form' && ['INPUT', 'SELECT', 'TEXTAREA'].includes(e.tagName)")
    fields: list[str] = []
    while True:
        name = page.evaluate(f"{ACTIVE}.name")
        kind = page.evaluate(f"{ACTIVE}.type || {ACTIVE}.tagName")
        if kind == "submit" or len(fields) > 30:
            return len(fields)
        if page.evaluate(f"{ACTIVE}.matches('#by-hand:not([open]) > summary')"):
            page.keyboard.press("Enter")
        if name and name not in fields:
            fields.append(name)
            if name in TYPED:
                page.keyboard.type(TYPED[name])  # Tab selected what was there
            elif kind == "checkbox" and not page.evaluate(f"{ACTIVE}.checked"):
                page.keyboard.press("Space")
        page.keyboard.press("Tab")


def answered(page: Page) -> str:
    """The hash of the answer, when it has come."""
    page.wait_for_selector("#hash")
    return page.inner_text("#hash")


def by_command(path: Path, capsys: pytest.CaptureFixture[str]) -> tuple[str, str]:
    """Outcome and hash that the command line gives to a file of one deal."""
    capsys.readouterr()
    assert main(["decide", str(path), "--json"]) == 10
    (found,) = json.loads(capsys.readouterr().out)
    return found["outcome"], found["proof"]["hash"]


@pytest.mark.parametrize("lang", LANGS)
def test_12_from_the_empty_form_to_the_answer_by_keyboard(look: Callable[..., Watched], lang: str) -> None:
    """At most thirteen fields, by the labels alone; the answer, its ground and its proof come on the same page."""
    seen = look()
    page = seen.open("/deal", lang=lang)
    assert page.query_selector("#hash") is None
    begun = time.monotonic()
    filled = type_deal(page)
    assert len(TYPED) + 1 <= filled <= MOST_FIELDS
    page.keyboard.press("Enter")
    answered(page)
    assert time.monotonic() - begun < MOST_S
    outcome = page.inner_text("#outcome")
    assert {"en": "LICENCE", "zh": "须许可"}[lang] in outcome
    text = page.inner_text("#answer")
    assert "1C905" in text
    assert {"en": "18/2025", "zh": "18"}[lang] in text
    assert "2025" in text
    assert page.input_value("#f-material") == TYPED["material"]
    assert "lang=" + lang in page.url
    assert "material=" in page.url


@pytest.mark.parametrize("lang", LANGS)
def test_every_field_is_found_by_its_label(look: Callable[..., Watched], lang: str) -> None:
    """Who reads only the labels knows where each part of the deal goes."""
    page = look().open("/deal", lang=lang)
    page.evaluate("document.getElementById('by-hand').open = true")
    for name, word in LABELS[lang].items():
        label = page.inner_text(f"label[for='f-{name}']")
        assert word.lower() in label.lower(), (name, label)
    named = page.evaluate(
        "Array.from(document.querySelectorAll('#deal-form :is(input, select, textarea):not([type=hidden])'))"
        ".map(e => [e.name, e.labels.length])"
    )
    assert named
    assert all(labels == 1 for _, labels in named), named


@pytest.mark.parametrize("lang", LANGS)
def test_10_the_hash_of_the_screen_is_that_of_the_command_line(
    look: Callable[..., Watched], lang: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Of the file that the screen gives away, and of one written by hand."""
    page = look().open("/deal", **{**D1, "lang": lang})
    shown = answered(page)
    tab_to(page, "e => e.matches('a[download]') && e.href.includes('deal.yaml')", 200)
    with page.expect_download() as taken:
        page.keyboard.press("Enter")
    taken.value.save_as(tmp_path / "taken.yaml")
    block = (law_folder() / "standing.yaml").read_text(encoding="utf-8")
    standing = "\n".join(f"  {line}" for line in block.splitlines() if not line.startswith("#"))
    (tmp_path / "own.yaml").write_text(OWN_FILE.format(standing=standing), encoding="utf-8")
    assert by_command(tmp_path / "taken.yaml", capsys) == ("LICENCE", shown)
    assert by_command(tmp_path / "own.yaml", capsys) == ("LICENCE", shown)


def test_11_chinese_gives_the_same_outcome_and_hash_and_the_clause_in_chinese(look: Callable[..., Watched]) -> None:
    page = look().open("/deal", **{**D1, "lang": "en"})
    first = answered(page)
    page.evaluate("document.activeElement.blur()")
    tab_to(page, "e => e.name === 'to_lang' && e.value === 'zh'")
    page.keyboard.press("Enter")
    page.wait_for_selector("html[lang=zh-Hans] #hash")
    assert answered(page) == first
    assert "须许可" in page.inner_text("#outcome")
    ground = page.inner_text("#answer .ground >> nth=0")
    assert "镝" in ground
    assert CHINESE.search(ground)
    assert "关于" in ground or "决定" in ground  # its title
    for name, text in TYPED.items():
        assert page.input_value(f"#f-{name}") == text, name
    assert page.is_checked("#f-standing")


@pytest.mark.parametrize(("lang", "other"), [("en", "zh"), ("zh", "en")])
def test_the_switch_of_languages_keeps_what_was_typed_and_not_sent(
    look: Callable[..., Watched], lang: str, other: str
) -> None:
    page = look().open("/deal", lang=lang)
    type_deal(page)
    page.evaluate("document.activeElement.blur()")
    tab_to(page, f"e => e.name === 'to_lang' && e.value === '{other}'")
    page.keyboard.press("Enter")
    page.wait_for_selector(f"html[lang={'zh-Hans' if other == 'zh' else 'en'}]")
    for name, text in TYPED.items():
        assert page.input_value(f"#f-{name}") == text, name


@pytest.mark.parametrize("lang", LANGS)
def test_the_proof_opens_under_the_answer_by_keyboard(look: Callable[..., Watched], lang: str) -> None:
    page = look().open("/deal", **{**D1, "lang": lang})
    answered(page)
    assert not page.is_visible("#proof table")
    tab_to(page, "e => e.matches('#proof > summary')", 200)
    page.keyboard.press("Enter")
    assert page.is_visible("#proof table")
    assert "a18-1c905" in page.inner_text("#proof table")


@pytest.mark.parametrize("lang", LANGS)
def test_what_is_missing_is_asked_on_the_same_page_and_can_be_answered_there(
    look: Callable[..., Watched], lang: str
) -> None:
    """D6: one thing is asked first; an answer typed under it gives the next answer on the same page."""
    d6 = {name: text for name, text in D1.items() if name != "composition"}
    page = look().open("/deal", **{**d6, "lang": lang})
    first = answered(page)
    assert {"en": "UNKNOWN", "zh": "待定"}[lang] in page.inner_text("#outcome")
    asked = page.query_selector_all("#question")
    assert len(asked) == 1
    tab_to(page, "e => e.closest('#question') && e.tagName !== 'BUTTON'")
    name = page.evaluate(f"{ACTIVE}.name")
    assert name.startswith("f.")
    tab_to(page, "e => e.type === 'checkbox' && e.value === 'Dy'")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    until(page, f"document.querySelector('#hash') && document.querySelector('#hash').innerText !== '{first}'")
    assert {"en": "LICENCE", "zh": "须许可"}[lang] in page.inner_text("#outcome")
    assert page.input_value("#f-material") == D1["material"]


def test_a_fault_is_told_beside_the_form_and_what_was_typed_stays(look: Callable[..., Watched]) -> None:
    seen = look()
    seen.expected = ("422",)  # the browser tells of every answer of that kind
    page = seen.open("/deal", **{**D1, "on": "2025-02-30", "to": "Atlantis", "lang": "en"})
    faults = page.inner_text(".faults")
    assert "2025-02-30" in faults
    assert page.input_value("#f-on") == "2025-02-30"
    assert page.input_value("#f-material") == D1["material"]
    assert page.get_attribute("#f-on", "aria-invalid") == "true"


def test_the_same_answer_without_the_script(look: Callable[..., Watched]) -> None:
    page = look(java_script_enabled=False).open("/deal", **{**D1, "lang": "en"})
    text = page.inner_text("#hash")
    other = look().open("/deal", **{**D1, "lang": "en"})
    assert answered(other) == text


def test_the_way_back_leads_to_the_empty_form(look: Callable[..., Watched]) -> None:
    page = look().open("/deal", lang="en")
    type_deal(page)
    page.keyboard.press("Enter")
    answered(page)
    page.go_back()
    page.wait_for_selector("#deal-form")
    until(page, "!document.querySelector('#hash')")
