"""The words of a page that are not in its language."""

from __future__ import annotations

import re
from functools import lru_cache
from html.parser import HTMLParser

from tests.places import ROOT
from tests.prose.wording import NOT_PROSE, symbols_of_chinese, wording

SILENT = frozenset({"script", "style", "code", "kbd", "pre", "textarea", "svg", "template", "head"})
VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})
SAID_BY_ATTRIBUTES = ("title", "placeholder", "aria-label", "alt")
CHINESE = re.compile(r"[\u3400-\u9fff]+")
LATIN = re.compile(r"[A-Za-z][A-Za-z'-]{2,}")
TYPED_NAME = re.compile(r"“[^“”\u3400-\u9fff]*”")  # a name that somebody typed, set off as one
LAW_IN_ENGLISH = re.compile(r"\bArt\.|\b\d{1,3}/20\d\d\b|\bNone\b")


@lru_cache(maxsize=1)
def error_codes() -> frozenset[str]:
    """Returns the codes of errors, which are the same in every language."""
    return frozenset(re.findall(r"[A-Z]+(?:-[A-Z]+)*", (ROOT / "docs/errors.md").read_text(encoding="utf-8")))


class _Spoken(HTMLParser):
    """Collects what a page says in its own language: not what is marked as another, nor code."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.page = ""
        self.open: list[tuple[str, bool]] = []
        self.said: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        own = dict(attrs)
        spoken = (self.open[-1][1] if self.open else True) and tag not in SILENT
        if own.get("lang"):
            self.page = self.page or str(own["lang"])[:2]
            spoken = spoken and str(own["lang"])[:2] == self.page
        if spoken:
            self.said += [text for name in SAID_BY_ATTRIBUTES if (text := own.get(name))]
        if tag not in VOID:
            self.open.append((tag, spoken))

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if data.strip() and (not self.open or self.open[-1][1]):
            self.said.append(data)


def said(page: str) -> list[str]:
    """Returns the texts of a page that are in its own language."""
    reader = _Spoken()
    reader.feed(page)
    reader.close()
    return [" ".join(text.split()) for text in reader.said]


def foreign(page: str, lang: str, names: frozenset[str] = frozenset()) -> list[str]:
    """Returns the words of a page that are not in its language, each with the text around it.

    Args:
        page: HTML.
        lang: `en` or `zh`.
        names: Names and typed words that a page shows as they are.
    """
    found = []
    allowed = {word for key in ("units_and_codes", "names") for word in wording()["latin"][key]} | names
    for text in said(page):
        if text in error_codes():
            continue
        if lang == "en":
            found += [f"{word}: {text[:80]}" for word in CHINESE.findall(text) if word not in names]
            continue
        bare = TYPED_NAME.sub(" ", NOT_PROSE.sub(" ", text))
        for name in sorted(names, key=len, reverse=True):
            bare = bare.replace(name, " ")
        words = [
            word for word in LATIN.findall(bare) if word not in allowed and not symbols_of_chinese().fullmatch(word)
        ]
        found += [f"{word}: {text[:80]}" for word in [*words, *LAW_IN_ENGLISH.findall(bare)]]
    return list(dict.fromkeys(found))
