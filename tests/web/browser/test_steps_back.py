"""The skip link stays on its page, and a step back shows the answer before."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.web.browser.kit import Watched, until

pytestmark = pytest.mark.long
PAGES = ("/deal", "/rules?on=2026-03-02", "/mix?file=wind")


@pytest.mark.parametrize("path", PAGES)
def test_the_skip_link_leads_into_the_page_without_loading_it_again(look: Callable[..., Watched], path: str) -> None:
    page = look().open(path, lang="en")
    page.evaluate("window.loadedOnce = true")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    until(page, "location.hash === '#main'")
    page.wait_for_timeout(500)  # a page that loads again would have begun by now
    assert page.evaluate("window.loadedOnce") is True
    page.keyboard.press("Tab")
    assert page.evaluate("!!document.activeElement.closest('main')")


def test_a_step_back_shows_the_answer_before(look: Callable[..., Watched]) -> None:
    """36 t without a cap, 25 t with one of 25; back again, after the skip link was used too."""
    page = look().open("/mix?file=wind", lang="en")
    assert "36 t" in page.inner_text("#plan-h")
    page.click("summary:has-text('What if')")
    page.fill("[name='limit.stock_cap:magnet']", "25")
    page.press("[name='limit.stock_cap:magnet']", "Enter")
    until(page, "document.querySelector('#plan-h').innerText.includes('25 t')")
    page.evaluate("location.hash = 'main'")
    page.go_back()
    assert "25 t" in page.inner_text("#plan-h")
    page.go_back()
    until(page, "document.querySelector('#plan-h').innerText.includes('36 t')")
    assert page.input_value("[name='limit.stock_cap:magnet']") == ""
