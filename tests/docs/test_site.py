"""The site is complete, its pages cover the program, and it needs nothing from the network."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from html.parser import HTMLParser
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from time import sleep
from urllib.error import URLError
from urllib.request import urlopen

import pytest
import yaml

import coercivity
from coercivity.cli.app import main
from tests.places import ROOT
from tests.ports import free_port
from tests.sampling import sampled

pytestmark = pytest.mark.long

DOCS = ROOT / "docs"
# Hosts in the theme's script: names of XML, and what it asks only for diagrams, galleries, notebooks or a repository.
NEVER_ASKED = {"www.w3.org", "api.github.com", "cdn.jsdelivr.net", "unpkg.com"}
CHROMIUM = shutil.which("chromium")
PAGES = sorted(path.relative_to(DOCS).as_posix() for path in DOCS.rglob("*.md"))


def test_the_web_screens_of_the_quick_start_open(tmp_path: Path) -> None:
    """`coercivity serve`, as on the page but on a free port, prints an address that responds."""
    assert "```bash\ncoercivity serve\n```" in (DOCS / "start.md").read_text(encoding="utf-8")
    port = str(free_port())
    command = [sys.executable, "-u", "-m", "coercivity", "serve", "--port", port]
    with subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, text=True, encoding="utf-8") as served:
        try:
            assert served.stdout is not None
            told = served.stdout.readline()
            page = f"http://127.0.0.1:{port}/"
            assert page in told
            assert b"<main" in answer_of(page)
        finally:
            served.terminate()


def answer_of(address: str) -> bytes:
    """Returns the response of a server that may still be starting."""
    for _ in range(100):
        try:
            with urlopen(address, timeout=10) as answer:
                return bytes(answer.read())
        except URLError:
            sleep(0.1)
    raise AssertionError(f"{address} did not answer")


def nav_pages(entry: object) -> list[str]:
    """Returns the pages under one entry of the navigation."""
    if isinstance(entry, str):
        return [entry]
    held = list(entry.values()) if isinstance(entry, dict) else entry
    assert isinstance(held, list)
    return [page for one in held for page in nav_pages(one)]


def site_nav() -> list[str]:
    """Returns every page of the navigation in mkdocs.yml, without the tags meant for the generators."""
    text = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    return nav_pages(yaml.safe_load(re.sub(r"!(?:ENV|!python/\S+)", "", text))["nav"])


def test_every_page_stands_in_the_nav_once() -> None:
    """And the navigation names no missing page."""
    assert sorted(site_nav()) == PAGES


def test_every_verb_has_a_page(capsys: pytest.CaptureFixture[str]) -> None:
    """Each command in the help has a page of its name, linked from the page of all commands."""
    main(["--help"])
    verbs = re.findall(r"^│ ([a-z][a-z-]*)\s", capsys.readouterr().out, flags=re.MULTILINE)
    listed = (DOCS / "verbs/index.md").read_text(encoding="utf-8")
    assert len(verbs) >= 15
    for verb in verbs:
        page = f"verbs/{verb}.md" if (DOCS / f"verbs/{verb}.md").exists() else f"{verb}.md"
        assert page in PAGES, verb
        assert f"coercivity {verb}" in (DOCS / page).read_text(encoding="utf-8"), verb
        assert f"({os.path.relpath(page, 'verbs')})" in listed, verb


def test_every_command_of_rules_cases_proof_and_data_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    """The page of a command group names each of its commands."""
    for verb in ("rules", "cases", "proof", "data"):
        main([verb, "--help"])
        under = re.findall(r"^│ ([a-z][a-z-]*)\s", capsys.readouterr().out, flags=re.MULTILINE)
        page = (DOCS / f"verbs/{verb}.md").read_text(encoding="utf-8")
        assert under
        assert not [name for name in under if not re.search(rf"\b{verb} {name}\b", page)]


def test_no_link_of_a_page_leaves_the_docs() -> None:
    """Pages link only to pages of the site, since nothing outside docs/ is built."""
    for page in PAGES:
        text = re.sub(r"^```.*?^```$", "", (DOCS / page).read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)
        for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", text):
            led = (DOCS / page).parent.joinpath(target).resolve()
            assert led.is_relative_to(DOCS), f"{page}: {target}"
            assert led.exists(), f"{page}: {target}"


def test_every_public_name_stands_on_the_page_of_python() -> None:
    """docs/python.md describes all public names of `import coercivity`."""
    page = (DOCS / "python.md").read_text(encoding="utf-8")
    described = set(re.findall(r"^::: coercivity\.(\w+)$", page, flags=re.MULTILINE))
    assert described == set(coercivity.__all__) - {"__version__"}
    assert "coercivity.__version__" in page


class Loads(HTMLParser):
    """Resources a browser would load for a page, and the targets of its links."""

    def __init__(self) -> None:
        super().__init__()
        self.fetched: list[str] = []
        self.links: list[str] = []
        self.ids: set[str] = set()
        self.policy = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Records one tag."""
        has = {name: value or "" for name, value in attrs}
        self.ids |= {has["id"]} if "id" in has else set()
        if tag == "meta" and has.get("http-equiv", "").lower() == "content-security-policy":
            self.policy = has["content"]
        if tag == "a" and "href" in has:
            self.links.append(has["href"])
        elif tag == "link" and has.get("rel") not in {"canonical", "prev", "next"}:
            self.fetched.append(has.get("href", ""))
        elif tag in {"script", "img", "iframe", "source", "video", "audio", "embed", "object", "input"}:
            self.fetched += [has[name] for name in ("src", "data", "srcset") if name in has]


def read(path: Path) -> Loads:
    """Returns one page of the built site."""
    loads = Loads()
    loads.feed(path.read_text(encoding="utf-8"))
    return loads


def build(root: Path, *command: str, theme: str) -> Path:
    """Builds the site in strict mode from a copy, without changing the working folder."""
    shutil.copytree(DOCS, root / "docs")
    shutil.copy(ROOT / "mkdocs.yml", root)
    (root / "src").symlink_to(ROOT / "src")
    done = subprocess.run(
        [sys.executable, "-m", *command, "build", "--strict"],
        cwd=root,
        env={**os.environ, "DOCS_THEME": theme},
        check=False,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return root / "site"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site as `make docs` builds it."""
    return build(tmp_path_factory.mktemp("site"), "zensical", theme="material")


def test_the_other_generator_reads_the_same_file(tmp_path: Path) -> None:
    """MkDocs builds the same pages, with its own theme."""
    built = build(tmp_path, "mkdocs", theme="mkdocs")
    assert not [page for page in PAGES if not (built / page).with_suffix(".html").is_file()]


def test_the_site_is_built_whole(site: Path) -> None:
    """Every page is built, its resources exist, and every link leads to a page and an anchor in it."""
    built = {path.resolve(): read(path) for path in site.rglob("*.html") if path.name != "404.html"}
    assert {path.relative_to(site.resolve()).as_posix() for path in built} == {page[:-3] + ".html" for page in PAGES}
    for path, loads in built.items():
        for fetched in loads.fetched:
            if not fetched.startswith("data:"):
                assert (path.parent / fetched.partition("?")[0]).is_file(), f"{path.name}: {fetched}"
        for link in loads.links:
            if not re.match(r"https?:|mailto:|javascript:", link):
                target, _, anchor = link.partition("#")
                led = (path.parent / target).resolve() if target not in {"", "."} else path
                led = led / "index.html" if led.is_dir() else led
                assert led in built, f"{path.name}: {link}"
                assert not anchor or anchor == "__skip" or anchor in built[led].ids, f"{path.name}: {link}"


def test_the_site_asks_nothing_of_the_outside(site: Path) -> None:
    """No page or style refers to an external script, style, font or image, and the policy of each page forbids it."""
    for path in site.rglob("*.html"):
        loads = read(path)
        assert not [address for address in loads.fetched if re.match(r"(?:https?:)?//", address)], path.name
        assert "default-src 'none'" in loads.policy
        assert not re.search(r"https?:|\*", loads.policy)
        # What makes the theme's script fetch from elsewhere: a diagram, or the counts of a repository.
        assert not re.search(r'class="[^"]*(?:mermaid|md-source\b)', path.read_text(encoding="utf-8")), path.name
    scripts = [path.read_text(encoding="utf-8") for path in site.rglob("*.js")]
    assert {host for text in scripts for host in re.findall(r"https?://([\w.-]+)", text)} <= NEVER_ASKED
    for path in site.rglob("*.css"):
        assert not re.search(r"(?:url\(|@import)\s*['\"]?(?:https?:)?//", path.read_text(encoding="utf-8")), path.name


class Quiet(SimpleHTTPRequestHandler):
    """A server without log output."""

    def log_message(self, format: str, *args: object) -> None:
        """Prints nothing."""


@pytest.fixture
def address(site: Path) -> Iterator[str]:
    """The site, served on loopback."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(site))) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.mark.skipif(CHROMIUM is None, reason="needs Debian's chromium")
def test_a_browser_asks_nothing_of_the_outside_and_searches(address: str) -> None:
    """Pages in a browser: no external request, no error, nothing wider than a phone; the search works by keyboard."""
    from playwright.sync_api import sync_playwright

    asked: list[str] = []
    errors: list[str] = []
    with sync_playwright() as play, play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"]) as browser:
        page = browser.new_page(viewport={"width": 390, "height": 844}, color_scheme="dark")
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: errors.append(str(error)))
        for name in sampled(PAGES):
            page.goto(f"{address}/{name[:-3]}.html", wait_until="load")
            assert page.evaluate("document.documentElement.scrollWidth") <= 390, name
        page.set_viewport_size({"width": 1280, "height": 900})
        page.goto(f"{address}/index.html", wait_until="networkidle")
        page.keyboard.press("/")
        page.wait_for_function("document.activeElement?.shadowRoot?.activeElement?.tagName === 'INPUT'")
        page.keyboard.type("exception repair")
        page.locator("a[href*='proof.html?h=']").first.wait_for(timeout=10_000)
    assert errors == []
    assert not [url for url in asked if not url.startswith((address, "data:"))]


def test_the_search_of_the_site_finds_every_page(site: Path) -> None:
    """The search index contains all pages, including the Chinese one."""
    index = (site / "search.json").read_text(encoding="utf-8")
    assert not [page for page in PAGES if f'"{page[:-3]}.html' not in index]
    assert "快速入门" in index
