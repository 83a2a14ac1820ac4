"""Screenshots of every screen: `python -m tests.web.browser.shots`, or `make screens`.

They go to out/screens/NAME-WIDTH-SCHEME-LANGUAGE.png; `--only deal` takes those whose name holds a word.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from playwright.sync_api import Browser

from tests.web.browser.kit import LANGS, SCHEMES, SIZES, browsing, draw_all, serving, watched
from tests.web.browser.places import FAULTY, NAMES, make


def shoot(browser: Browser, site: str, name: str, path: str, out: Path) -> int:
    """Takes the pictures of one screen and returns how many.

    Args:
        browser: A browser.
        site: Address of the server.
        name: Name of the screen.
        path: Its path.
        out: Folder for the pictures.
    """
    taken = 0
    for lang in LANGS:
        for width, size in SIZES.items():
            with watched(browser, site, viewport=size) as seen:
                seen.expected = ("422", "404") if name in FAULTY else ()
                page = seen.open(path, lang=lang)
                draw_all(page)
                for scheme in SCHEMES:
                    page.emulate_media(color_scheme=scheme)
                    page.screenshot(path=out / f"{name}-{width}-{scheme}-{lang}.png", full_page=True)
                    taken += 1
    return taken


def main() -> None:
    """Takes them all."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--out", type=Path, default=Path("out/screens"))
    asked.add_argument("--only", default="")
    told = asked.parse_args()
    told.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, serving(Path(folder)) as site, browsing() as browser:
        paths = make(site)
        for name in NAMES:
            if told.only in name:
                try:
                    print(f"{name:20} {shoot(browser, site, name, paths[name], told.out)} pictures")
                except Exception as error:
                    print(f"{name:20} {type(error).__name__}: {str(error)[:400]}")


if __name__ == "__main__":
    main()
