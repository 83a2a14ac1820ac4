"""A server for all tests of this folder, and a browser for each of its modules."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from playwright.sync_api import Browser

from tests.web.browser.kit import Watched, browsing, missing, serving, watched


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a server that was really started."""
    if why := missing():
        pytest.skip(why)
    with serving(tmp_path_factory.mktemp("site")) as found:
        yield found


# Of a module, not of the session: its event loop may not be there while other tests run.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium; where CI has none, its start fails."""
    if why := missing():
        pytest.skip(why)
    with browsing() as found:
        yield found


@pytest.fixture
def look(browser: Browser, site: str) -> Iterator[Callable[..., Watched]]:
    """Opens pages that can reach only the server; the test fails if one tried more, or complained."""
    with ExitStack() as held:
        yield lambda **options: held.enter_context(watched(browser, site, **options))
