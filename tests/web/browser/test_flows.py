"""Journey J4 on the Rules and Batch screens, with the keyboard only, in both languages."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from coercivity.cases.files import packed_standing
from coercivity.law.rules.load import law_folder
from coercivity.verbs.batch import TableAsked, batch
from tests.places import ROOT
from tests.web.browser.kit import LANGS, Watched, tab_to, until

PORTFOLIO = ROOT / "tests" / "journeys" / "portfolio.csv"
DAYS = {"first": "2025-10-20", "second": "2026-03-02", "third": "2026-11-12"}
LICENCE, PLANNED, PAUSED, OPEN, FREE = "LICENCE", "N", "S", "status unconfirmed", "not controlled"
# As the journey writes it: instrument, and its effect on each of the three days.
J4 = {
    "r1": ("18/2025", LICENCE, LICENCE, LICENCE),
    "r2": ("", FREE, FREE, FREE),
    "r3": ("57/2025", PLANNED, PAUSED, OPEN),
    "r4": ("56/2025", PLANNED, PAUSED, OPEN),
    "r5": ("61/2025", PLANNED, PAUSED, OPEN),
    "r6": ("61/2025", LICENCE, PAUSED, OPEN),
    "r7": ("61/2025", PLANNED, PAUSED, OPEN),
    "r8": ("62/2025", LICENCE, PAUSED, OPEN),
}
CHINESE = {LICENCE: "须许可", PLANNED: "尚未施行", PAUSED: "暂停实施", OPEN: "状态待确认"}
NOTHING = {"en": "not controlled: no instrument covers the deal", "zh": "非管制：没有文件适用于该交易"}
EFFECTS = """
Array.from(document.querySelectorAll("table.deals tbody tr")).map(row => [
  row.querySelector("th b").textContent,
  Array.from(row.querySelectorAll("td")).map(cell => Array.from(cell.querySelectorAll("ul.effects li")).map(e => e.innerText.replace(/\\s+/g, " ").trim())),
])
"""


def number_in(instrument: str, lang: str) -> str:
    """The number of an instrument such as 18/2025 as the pages of a language write it."""
    number, year = instrument.split("/")
    return f"{year}年第{number}号" if lang == "zh" else instrument


def choose_file(page: Page, path: Path, most: int = 80) -> None:
    """Tabs to where a file is chosen, opens the dialogue by keyboard, and chooses one."""
    tab_to(page, "e => e.type === 'file'", most)
    with page.expect_file_chooser() as asked:
        page.keyboard.press("Space")
    asked.value.set_files(path)


def press(page: Page, true: str, most: int = 120) -> None:
    """Tabs to a control and presses it, and waits for the page that comes."""
    tab_to(page, true, most)
    with page.expect_navigation():
        page.keyboard.press("Enter")


@pytest.mark.parametrize("lang", LANGS)
def test_the_table_of_j4_on_the_rules_screen(look: Callable[..., Watched], lang: str) -> None:
    """Three days typed, the portfolio sent, the standing box ticked: cell by cell what the journey says."""
    page = look().open("/rules/diff", lang=lang)
    for name, day in DAYS.items():
        tab_to(page, f"e => e.name === '{name}'")
        page.keyboard.press("Control+A")
        page.keyboard.type(day)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.input_value("[name=third]") == DAYS["third"]
    choose_file(page, PORTFOLIO, most=120)  # below a table of links; as far as `press` goes on this page
    tab_to(page, "e => e.id === 'u-standing'")
    page.keyboard.press("Space")
    press(page, "e => e.matches('button.main') && e.form.method === 'post'")
    found = dict(page.evaluate(EFFECTS))
    assert list(found) == list(J4)
    for deal, (instrument, *wanted) in J4.items():
        for effects, effect in zip(found[deal], wanted, strict=True):
            if not instrument:
                assert effects == [NOTHING[lang]], deal
                continue
            name = number_in(instrument, lang)
            (told,) = [entry for entry in effects if name in entry.split(":")[0].split("：")[0]]
            word = CHINESE[effect] if lang == "zh" else effect
            assert re.search(rf"(?<![A-Za-z]){word}(?![A-Za-z])", told.replace(name, "")), (deal, told)


@pytest.mark.parametrize("lang", LANGS)
def test_what_changes_between_two_days_names_the_clauses_and_not_those_that_stay(
    look: Callable[..., Watched], lang: str
) -> None:
    page = look().open("/rules/diff", lang=lang)
    for name, day in (("first", "2026-03-02"), ("second", "2026-11-12")):
        tab_to(page, f"e => e.name === '{name}'")
        page.keyboard.press("Control+A")
        page.keyboard.type(day)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    turned = page.inner_text("main table")
    for number in ("55/2025", "56/2025", "57/2025", "58/2025", "61/2025", "62/2025"):
        assert number_in(number, lang) in turned, number
    assert number_in("18/2025", lang) not in turned


def answers_in(content: bytes) -> list[dict[str, str]]:
    """Rows of a file of results, without the hash, which also covers who gave the standing answers."""
    rows = csv.DictReader(io.StringIO(content.decode("utf-8-sig")))
    return [{name: text for name, text in row.items() if name != "decision_hash"} for row in rows]


def counts_of(day: str, folder: Path) -> tuple[Counter[str], bytes]:
    """What the verb says of the portfolio on a day: how many of each outcome, and its file of results."""
    block = (law_folder() / "standing.yaml").read_text(encoding="utf-8")
    lines = [f"  {line}" for line in block.splitlines() if not line.startswith("#")]
    standing = folder / "standing.yaml"
    standing.write_text("standing:\n" + "\n".join(lines) + "\n", encoding="utf-8")
    made = batch(TableAsked(PORTFOLIO, standing=standing), folder / "out", on=day)
    content = made.files["decisions"].read_bytes()
    return Counter(row["outcome"] for row in answers_in(content)), content


@pytest.mark.sampled
@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("day", ["2026-03-02", "2026-11-12"])
def test_the_portfolio_of_j4_on_the_batch_screen(
    look: Callable[..., Watched], lang: str, day: str, tmp_path: Path
) -> None:
    """A file chosen, the day typed, the standing answers taken: the counts of the verb, and its results to take along."""
    wanted, content = counts_of(day, tmp_path)
    page = look().open("/batch", lang=lang)
    choose_file(page, PORTFOLIO)
    press(page, "e => e.matches('button.main')")
    assert "portfolio" in page.inner_text("h1")
    tab_to(page, "e => e.name === 'day'", 150)
    if not page.is_checked("[name=day][value=all]"):
        page.keyboard.press("ArrowDown")
    assert page.is_checked("[name=day][value=all]")
    tab_to(page, "e => e.name === 'on' && e.type === 'text'")
    page.keyboard.press("Control+A")
    page.keyboard.type(day)
    tab_to(page, "e => e.name === 'claims'")
    while not page.is_checked("[name=claims][value=packed]"):
        page.keyboard.press("ArrowDown")
    for name, text in (("said_by", packed_standing().said_by), ("said_on", packed_standing().said_on)):
        page.fill(f"[name={name}]", text)
    press(page, "e => e.name === 'do' && e.value === 'start'")
    until(page, "!!document.querySelector('#answers')")
    shown = {
        outcome: int(text.split()[0].replace(",", ""))
        for outcome in ("PROCEED", "LICENCE", "STOP", "UNKNOWN")
        for text in [page.inner_text(f".count.{outcome} b")]
    }
    assert shown == {outcome: wanted.get(outcome, 0) for outcome in shown}
    assert sum(shown.values()) == len(J4)
    tab_to(page, "e => e.matches('a[download]') && e.textContent === 'decisions.csv'", 60)
    with page.expect_download() as taken:
        page.keyboard.press("Enter")
    assert answers_in(Path(taken.value.path()).read_bytes()) == answers_in(content)


def test_a_table_that_is_none_is_told_on_the_page_of_the_form(look: Callable[..., Watched], tmp_path: Path) -> None:
    (tmp_path / "picture.xlsx").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20)
    seen = look()
    seen.expected = ("422",)
    page = seen.open("/batch", lang="en")
    choose_file(page, tmp_path / "picture.xlsx")
    press(page, "e => e.matches('button.main')")
    assert page.is_visible(".faults")
    assert page.is_visible("input[type=file]")
    assert "picture.xlsx" in page.inner_text(".faults") or "XLSX" in page.inner_text(".faults").upper()


@pytest.mark.parametrize("lang", LANGS)
def test_a_run_is_followed_and_can_be_ended_by_keyboard(look: Callable[..., Watched], lang: str) -> None:
    """The Supply screen starts a long run, shows how far it is, and ends it."""
    page = look().open(
        "/supply", lang=lang, **{"from": "2025-01", "to": "2030-12", "a": "as-known", "b": "no-controls"}
    )
    press(page, "e => e.matches('button.main')")
    assert page.is_visible("[data-job] progress")
    until(page, "/[1-9][0-9]* \\/ [0-9]+/.test(document.querySelector('.job-text').textContent)")
    tab_to(page, "e => e.closest('[data-job]') && e.tagName === 'BUTTON'")
    page.keyboard.press("Enter")
    until(page, "!!document.querySelector('h1') && !document.querySelector('[data-job] button')")
