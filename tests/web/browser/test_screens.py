"""Every screen, wide and narrow, light and dark, in both languages: nothing cut off, no empty chart, accessible."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, Page, Route

from tests.sampling import sampled
from tests.web.browser.kit import LANGS, NARROW, SCHEMES, SIZES, WIDE, Watched, draw_all
from tests.web.browser.places import FAULTY, NAMES, make

pytestmark = pytest.mark.long

SERIOUS = ("serious", "critical")
# Words that are cut: an element that holds text alone and shows less than it holds.
CUT = """
() => Array.from(document.querySelectorAll("button, .button, .chip, .state, .tag, th, label, summary, h1, h2, h3, legend, .count, nav a, .langs > *, select"))
  .filter(e => e.checkVisibility() && !e.closest(".visually-hidden"))
  .filter(e => e.tagName !== "SELECT" && (e.scrollWidth > e.clientWidth + 1 && e.clientWidth > 0 && getComputedStyle(e).overflowX !== "visible"
      || e.scrollHeight > e.clientHeight + 2 && e.clientHeight > 0 && getComputedStyle(e).overflowY === "hidden"))
  .map(e => `${e.tagName} ${e.className} ${e.textContent.trim().slice(0, 60)}`)
"""
# What reaches beyond the page, though nothing around it scrolls.
BEYOND = """
() => {
  const scrolls = e => { for (let p = e.parentElement; p && p !== document.body; p = p.parentElement) if (["auto", "scroll", "hidden"].includes(getComputedStyle(p).overflowX)) return true; return false; };
  return Array.from(document.querySelectorAll("body *"))
    .filter(e => e.checkVisibility() && !e.closest(".skip, .visually-hidden, svg"))
    .filter(e => { const r = e.getBoundingClientRect(); return r.width > 0 && (r.right > innerWidth + 1 || r.left < -1) && !scrolls(e); })
    .slice(0, 8).map(e => `${e.tagName} ${e.className} ${e.id} ${Math.round(e.getBoundingClientRect().right)} ${e.textContent.trim().slice(0, 50)}`);
}
"""
# Controls and chips that lie on one another.
OVERLAP = """
() => {
  const found = Array.from(document.querySelectorAll("button, .button, .chip, input:not([type=hidden]), select, textarea, nav a, label, summary, h1, h2"))
    .filter(e => e.checkVisibility() && !e.closest(".visually-hidden, .skip"));
  const boxes = found.map(e => [e, Array.from(e.getClientRects()).filter(r => r.width > 0 && r.height > 0)]);  // a link may run over two lines
  const on = (x, y) => Math.min(x.right, y.right) - Math.max(x.left, y.left) > 2 && Math.min(x.bottom, y.bottom) - Math.max(x.top, y.top) > 2;
  const told = [];
  boxes.forEach(([a, xs], i) => boxes.slice(i + 1).forEach(([b, ys]) => {
    if (!a.contains(b) && !b.contains(a) && a.closest(".scroll") === b.closest(".scroll") && xs.some(x => ys.some(y => on(x, y))))
      told.push(`${a.tagName} ${a.textContent.trim().slice(0, 30) || a.name} / ${b.tagName} ${b.textContent.trim().slice(0, 30) || b.name}`);
  }));
  return told.slice(0, 8);
}
"""
# Tables that would have to be pushed sideways on a narrow window, where they become cards instead.
SIDEWAYS = """
() => innerWidth > 760 ? [] : Array.from(document.querySelectorAll(".scroll"))
  .filter(e => e.checkVisibility() && e.querySelector("thead") && e.scrollWidth > e.clientWidth + 1)
  .map(e => `${e.scrollWidth - e.clientWidth} px ${e.textContent.trim().replace(/\\s+/g, " ").slice(0, 60)}`)
"""
CHARTS = """
() => Array.from(document.querySelectorAll("[data-chart]")).filter(e => e.checkVisibility()).map(e => ({
  id: e.dataset.chart, drawn: e.dataset.drawn,
  marks: e.querySelectorAll("svg .mark-rect path, svg .mark-line path, svg .mark-area path, svg .mark-symbol path, svg .mark-rule line, svg .mark-arc path, svg .mark-shape path, svg .mark-text text, svg .mark-trail path").length,
  wide: e.querySelector("svg") ? e.querySelector("svg").getBoundingClientRect().width : 0,
  beyond: e.querySelector("svg") ? e.querySelector("svg").getBoundingClientRect().right - e.getBoundingClientRect().right : 0,
  rows: (e.parentElement.querySelectorAll("details tbody tr") || []).length,
}))
"""


@pytest.fixture(scope="session")
def paths(site: str) -> dict[str, str]:
    """Where each screen is, when the work that some show is done."""
    return make(site)


@pytest.fixture(scope="module")
def axe() -> Axe:
    return Axe()


def faults_of(page: Page) -> list[str]:
    """What is cut off, lies beyond the page, overlaps, or is a chart without anything in it."""
    told = []
    wide = page.evaluate("document.scrollingElement.scrollWidth - innerWidth")
    if wide > 0:
        told.append(f"the page is {wide} px wider than the window")
    for name, script in (
        ("beyond the page", BEYOND),
        ("cut off", CUT),
        ("overlapping", OVERLAP),
        ("sideways", SIDEWAYS),
    ):
        told += [f"{name}: {entry}" for entry in page.evaluate(script)]
    for chart in page.evaluate(CHARTS):
        if chart["drawn"] != "yes" or not chart["marks"] or chart["wide"] < 100:
            told.append(f"empty chart: {chart}")
        if chart["beyond"] > 1:
            told.append(f"chart beyond its frame: {chart}")
        if not chart["rows"]:
            told.append(f"no table beside: {chart}")
    return told


def barriers(page: Page, axe: Axe) -> tuple[list[str], list[str]]:
    """What axe-core finds: serious or worse, and the rest."""
    found: list[Any] = axe.run(page).response["violations"]
    told = [(v["impact"], f"{v['id']} ({v['impact']}): {[n['target'] for n in v['nodes'][:4]]}") for v in found]
    return [text for impact, text in told if impact in SERIOUS], [
        text for impact, text in told if impact not in SERIOUS
    ]


@pytest.mark.sampled(16)
@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("width", SIZES)
@pytest.mark.parametrize("name", NAMES)
def test_a_screen_holds(
    look: Callable[..., Watched], paths: dict[str, str], axe: Axe, name: str, width: str, lang: str
) -> None:
    """Layout, charts and barriers, light and dark; nothing outside was asked, nothing complained."""
    seen = look(viewport=SIZES[width])
    seen.expected = ("422", "404") if name in FAULTY else ()
    page = seen.open(paths[name], lang=lang)
    draw_all(page)
    told, mild = faults_of(page), set[str]()
    assert page.evaluate("document.querySelectorAll('h1').length") == 1
    assert page.get_attribute("html", "lang") == {"en": "en", "zh": "zh-Hans"}[lang]
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        serious, moderate = barriers(page, axe)
        told += [f"{scheme}: {text}" for text in serious]
        mild.update(moderate)
    for text in sorted(mild):
        print(f"{name} {width} {lang}: {text}")
    assert not told, "\n".join(told)


@pytest.mark.sampled
@pytest.mark.parametrize("name", NAMES)
def test_a_screen_prints_without_what_cannot_be_pressed_on_paper(
    look: Callable[..., Watched], paths: dict[str, str], name: str, tmp_path: Path
) -> None:
    seen = look()
    seen.expected = ("422", "404") if name in FAULTY else ()
    page = seen.open(paths[name], lang="en")
    draw_all(page)
    page.emulate_media(media="print")
    for hidden in ("header nav", ".langs", ".skip"):
        assert not page.is_visible(hidden), hidden
    assert page.is_visible("h1")
    made = page.pdf(path=tmp_path / "page.pdf", prefer_css_page_size=True)
    assert made.startswith(b"%PDF")
    assert len(made) > 5_000


def held_in(waiting: list[Route], script: Route) -> None:
    waiting.append(script)


def test_a_screen_paints_before_anybody_waits(browser: Browser, site: str, paths: dict[str, str]) -> None:
    """Each in a window of its own with nothing kept, and painted though no script has come; how soon is benchmarked."""
    for name in sampled(NAMES):
        context, waiting = browser.new_context(viewport=WIDE), list[Route]()
        context.route("**/*.js*", partial(held_in, waiting))
        page = context.new_page()
        page.goto(site + paths[name], wait_until="commit")
        page.evaluate(
            "new Promise(done => new PerformanceObserver(seen => seen.getEntriesByName('first-contentful-paint').length && done())"
            ".observe({type: 'paint', buffered: true}))"
        )
        assert page.is_visible("h1"), name
        assert waiting, f"{name} has no script, so nothing was kept from it"
        for script in waiting:
            script.abort()
        context.close()


@pytest.mark.sampled
@pytest.mark.parametrize("name", NAMES)
def test_everything_that_can_be_used_is_reached_by_tab_and_shows_it(
    look: Callable[..., Watched], paths: dict[str, str], name: str
) -> None:
    """Tab goes through the page in its order, is caught nowhere, and each stop is marked."""
    seen = look(viewport=NARROW)
    seen.expected = ("422", "404") if name in FAULTY else ()
    page = seen.open(paths[name], lang="en")
    wanted = page.evaluate(
        "Array.from(document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary'))"
        ".filter(e => e.checkVisibility() && !e.disabled && e.tabIndex >= 0 && (e.type !== 'radio' || e.checked)).map((e, n) => { e.dataset.tabbed = n; return n; })"
    )
    assert len(wanted) > 5
    reached, unmarked = [], []
    page.evaluate("document.activeElement.blur()")
    for _ in range(min(len(wanted), 60)):
        page.keyboard.press("Tab")
        told = page.evaluate(
            "(() => { const e = document.activeElement, s = getComputedStyle(e); return [e.dataset.tabbed, s.outlineStyle, e.outerHTML.slice(0, 90)]; })()"
        )
        if told[2].startswith("<body"):  # behind the last one
            break
        reached.append(told[2])
        if told[1] == "none" and 'type="date"' not in told[2]:  # the browser marks the parts of a date itself
            unmarked.append(told[2])
    assert unmarked == []
    assert len(reached) >= min(len(wanted), 60) - 1
    assert len(set(reached)) > len(reached) * 0.6, reached[-5:]
