"""A real server and a real browser that can reach nothing else."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlencode

from playwright.sync_api import Browser, BrowserContext, Error, Page, Request, Route, ViewportSize, sync_playwright

from tests.ports import free_port

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
# Nothing of the browser's own goes out, and no name but this machine's is looked up.
ARGUMENTS = (
    *("--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"),
    *("--disable-default-apps", "--no-first-run", "--disable-dev-shm-usage", "--force-color-profile=srgb"),
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)
WIDE, NARROW = ViewportSize(width=1280, height=800), ViewportSize(width=390, height=844)
SIZES = {"1280": WIDE, "390": NARROW}
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
LANGS = ("en", "zh")
ACTIVE = "document.activeElement"
READY_S, PATIENCE_S = 60.0, 20.0
D1 = {
    "on": "2025-08-15",
    "material": "sintered NdFeB block",
    "hs": "8505111000",
    "composition": "Dy 1.8 %, Tb 0 %, Nd+Pr 30 %",
    "from": "China",
    "to": "Germany",
    "use": "traction motors, passenger cars",
    "quantity": "1200 kg",
    "price": "62 USD",
    "standing": "yes",
    "said_by": "the exporter or provider",  # as the worked cases
    "said_on": "transaction date",
}


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """Yields the address of a server of its own; its process ends with the block.

    Args:
        folder: Where it keeps uploads and results, and its log.
    """
    port = free_port()
    command = [sys.executable, "-m", "coercivity", "serve", "--port", str(port), "--state", str(folder / "state")]
    with (folder / "server.log").open("w") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log, stdin=subprocess.DEVNULL)
    with process:
        try:
            begun = time.monotonic()
            while not _listens(port):
                assert process.poll() is None, (folder / "server.log").read_text()
                assert time.monotonic() - begun < READY_S, "the server did not begin to listen"
                time.sleep(0.05)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.kill()


def _listens(port: int) -> bool:
    with socket.socket() as asked:
        return asked.connect_ex(("127.0.0.1", port)) == 0


@contextmanager
def browsing() -> Iterator[Browser]:
    """Yields a browser."""
    with sync_playwright() as play, play.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS) as browser:
        yield browser


def missing() -> str:
    """Returns why there is no browser; blank where there is one. In CI there has to be one."""
    if Path(CHROMIUM).is_file() or os.environ.get("CI"):
        return ""
    return "needs Debian's chromium"


@dataclass
class Watched:
    """A page, and what went wrong in it.

    Attributes:
        page: The page.
        site: Address of the server.
        outside: Requests that would have left this machine; none was let through.
        complaints: Errors of the console, of the script, of the content policy, and answers of 5xx.
        expected: Parts of complaints that a test provokes itself.
    """

    page: Page
    site: str
    outside: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    expected: tuple[str, ...] = ()

    def open(self, path: str, **query: str) -> Page:
        """Goes to an address and returns the page, loaded."""
        self.page.goto(address(self.site + path, query), wait_until="load")
        return self.page

    def check(self) -> None:
        """Fails where anything left this machine or went wrong."""
        assert self.outside == []
        unexpected = [told for told in self.complaints if not any(part in told for part in self.expected)]
        assert not unexpected, "\n".join(unexpected)


def address(path: str, query: dict[str, str]) -> str:
    """Returns a path with more of a query."""
    return path + (("&" if "?" in path else "?") + urlencode(query) if query else "")


@contextmanager
def watched(browser: Browser, site: str, **options: Any) -> Iterator[Watched]:
    """Yields a page that can reach only the server, and fails at the end where it tried to reach more.

    Args:
        browser: A browser.
        site: Address of the server.
        **options: Of the context: viewport, color_scheme, locale.
    """
    context: BrowserContext = browser.new_context(**{"viewport": WIDE, "accept_downloads": True, **options})
    context.set_default_timeout(20_000)
    try:
        seen = Watched(context.new_page(), site)
        seen.page.on("filechooser", lambda _: None)  # asked for from the start, so that no dialogue opens unseen
        context.route("**/*", lambda route: _guard(route, seen))
        context.on("response", lambda r: seen.complaints.append(f"{r.status} {r.url}") if r.status >= 500 else None)
        context.on("weberror", lambda error: seen.complaints.append(f"error: {error.error}"))
        context.on("console", lambda m: seen.complaints.append(f"console: {m.text}") if m.type == "error" else None)
        yield seen
        seen.check()
    finally:
        context.close()


def _guard(route: Route, seen: Watched) -> None:
    request: Request = route.request
    if request.url.startswith((seen.site + "/", "data:", "blob:")):
        route.continue_()
    else:
        seen.outside.append(f"{request.method} {request.url}")
        route.abort()


def until(page: Page, true: str) -> None:
    """Waits until an expression is true; asked again and again, for the pages forbid what Playwright does instead."""
    begun = time.monotonic()
    while not _now(page, true):
        assert time.monotonic() - begun < PATIENCE_S, f"it never came to be: {true}"
        page.wait_for_timeout(30)


def tab_to(page: Page, true: str, most: int = 80) -> None:
    """Presses Tab until the element that has the focus is the wanted one."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate(f"{ACTIVE} !== document.body && (({true})({ACTIVE}))"):
            return
    raise AssertionError(f"no Tab leads to {true}")


def _now(page: Page, true: str) -> bool:
    try:
        return bool(page.evaluate(true))
    except Error as error:
        if "context was destroyed" in error.message:  # the page has just made way for the next
            return False
        raise


def draw_all(page: Page) -> None:
    """Walks down a page, so that every chart comes near the window, and waits until each is drawn or has failed."""
    height = page.evaluate("document.documentElement.scrollHeight")
    for top in range(0, int(height) + 1, 600):
        page.evaluate(f"window.scrollTo(0, {top})")
        page.wait_for_timeout(30)
    until(
        page,
        "Array.from(document.querySelectorAll('[data-chart]')).filter(c => c.checkVisibility()).every(c => c.dataset.drawn)",
    )
    page.evaluate("window.scrollTo(0, 0)")
