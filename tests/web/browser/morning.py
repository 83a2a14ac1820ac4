"""A morning at the Parties screen: 300 hits decided by keyboard, with keys and time: `python -m tests.web.browser.morning`.

The time is that of the program: what a person needs to read and to find out is not in it. Pictures at both widths go to
the folder given by `--out`.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Page

from tests.web.browser.kit import SIZES, browsing, serving, until, watched

ROWS = 300
WORDS = (
    *("Alder", "Birch", "Cedar", "Dogwood", "Elm", "Fir", "Ginkgo", "Hazel", "Ivy", "Juniper", "Larch", "Maple"),
    *("Nutmeg", "Olive", "Pine", "Quince", "Rowan", "Spruce", "Tamarind", "Vetch", "Willow", "Yew", "Zelkova"),
)
ENDS = ("brook", "holt", "stone")  # made-up companies, each with a word of its own
BY = "export control desk"
# Decisions in turn, each with the number of its reason.
DECISIONS = (*(("d", number) for number in "1234678"), ("s", "5"))


@dataclass
class Work:
    """What a morning took.

    Attributes:
        keys: Keys pressed.
        pairs: Pairs decided.
        seconds: Time from each first key to the next pair, by decision.
    """

    keys: int = 0
    pairs: int = 0
    seconds: list[float] = field(default_factory=list)


def entries() -> list[str]:
    """Returns the names of a list: made-up companies, each unlike the others."""
    return [f"Example {word}{end} GmbH" for end in ENDS for word in WORDS]


def rows() -> list[str]:
    """Returns 300 names with a slip each, some of them on many rows, as suppliers in orders are."""
    found: list[str] = []
    share = 37
    for name in entries():
        found += [_slip(name)] * min(share, ROWS - len(found))
        share = max(3, share * 3 // 4)
        if len(found) == ROWS:
            break
    return found


def _slip(name: str) -> str:
    """A name with two letters of its longest word in the wrong order."""
    word = max(name.split(), key=len)
    return name.replace(word, f"{word[:4]}{word[5]}{word[4]}{word[6:]}")


def begin(page: Page, folder: Path) -> None:
    """Types the names, adds the list, and opens the result.

    Args:
        page: The form.
        folder: Folder for the list.
    """
    own = folder / "watched.csv"
    own.write_text("id,name\n" + "".join(f"w{n},{name}\n" for n, name in enumerate(entries())), encoding="utf-8")
    page.fill("[name=names]", "\n".join(rows()))
    page.locator("details:has([name=lists]) > summary").click()
    page.set_input_files("[name=lists]", own)
    with page.expect_navigation():
        page.click("button.main")
    page.fill("#f-by", BY)
    with page.expect_navigation():
        page.press("#f-by", "Enter")


def shoot(page: Page, path: Path) -> None:
    """Takes a picture of the first pair while its reason is asked for."""
    for key in "jd":
        page.keyboard.press(key)
    page.screenshot(path=path)
    page.keyboard.press("Escape")
    page.evaluate("document.activeElement.blur(); window.scrollTo(0, 0)")


def decide_all(page: Page) -> Work:
    """Decides pair after pair by keyboard, until none is left.

    Args:
        page: The result, as it opens.
    """
    work = Work()
    _press(page, "j", work)
    while pair := page.evaluate("document.activeElement.dataset.pair"):
        begun = time.monotonic()
        for key in DECISIONS[work.pairs % len(DECISIONS)]:
            _press(page, key, work)
        until(page, f"!!document.querySelector('#done') && !document.querySelector('#pair-{pair}')")
        work.seconds.append(time.monotonic() - begun)
        work.pairs += 1
    return work


def _press(page: Page, key: str, work: Work) -> None:
    page.keyboard.press(key)
    work.keys += 1


def main() -> None:
    """Works the morning at each width and prints what it took."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--out", type=Path, default=Path("out/screens"))
    told = asked.parse_args()
    told.out.mkdir(parents=True, exist_ok=True)
    for width, size in SIZES.items():
        with (
            tempfile.TemporaryDirectory() as name,
            serving(Path(name)) as site,
            browsing() as browser,
            watched(browser, site, viewport=size) as seen,
        ):
            page = seen.open("/parties", lang="en")
            begun = time.monotonic()
            begin(page, Path(name))
            opened = time.monotonic() - begun
            shoot(page, told.out / f"parties-{width}.png")
            work = decide_all(page)
            page.screenshot(path=told.out / f"parties-done-{width}.png")
            left = page.inner_text("#left")
        slow = sorted(work.seconds)
        print(
            f"width {width}: {ROWS} rows, {work.pairs} pairs, {work.keys} keys ({work.keys / ROWS:.2f} a row); screened in "
            f"{opened:.1f} s, a decision {1000 * slow[len(slow) // 2]:.0f} ms, slowest {1000 * slow[-1]:.0f} ms, "
            f"all {sum(slow):.1f} s; {left}"
        )


if __name__ == "__main__":
    main()
