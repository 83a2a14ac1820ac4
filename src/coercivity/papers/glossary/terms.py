"""The terms of `papers/words/glossary.yaml`, and the search for one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from coercivity.base.words import bare
from coercivity.data.textyaml import load_file

_SHORT = re.compile(r"(.+?) ?[(（](.+)[)）]\Z")
_LETTER = "a-z0-9à-ÿ"


@dataclass(frozen=True, slots=True)
class Both:
    """A text in English and Chinese; blank where there is none."""

    en: str = ""
    zh: str = ""

    def as_dict(self) -> dict[str, str]:
        """Returns the text by language."""
        return {"en": self.en, "zh": self.zh}


@dataclass(frozen=True, slots=True)
class Term:
    """A term of the glossary.

    Attributes:
        id: Anchor of the term on a page.
        en: The term in English, with its abbreviation or full form in parentheses.
        zh: The term in Chinese.
        de: The term in German.
        definition: Its meaning.
        source: The act that uses or defines it; blank where it is a term of the trade or of the program.
        avoid_en: English words not to use in its place.
        avoid_zh: Chinese words not to use in its place.
    """

    id: str
    en: str
    zh: str
    de: str
    definition: Both
    source: Both
    avoid_en: tuple[str, ...]
    avoid_zh: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The term in each language, as written and without what is in parentheses, and the latter alone."""
        return tuple(name for text in (self.en, self.zh, self.de) for name in _names(text))


@dataclass(frozen=True, slots=True)
class Area:
    """A part of the glossary: its title and its terms, in the order of the file."""

    id: str
    title: Both
    terms: tuple[Term, ...]


@lru_cache(maxsize=1)
def areas() -> tuple[Area, ...]:
    """Returns the whole glossary."""
    path = Path(str(files("coercivity"))) / "papers" / "words" / "glossary.yaml"
    return tuple(
        Area(raw["id"], Both(**raw["title"]), tuple(_term(term) for term in raw["terms"])) for raw in load_file(path)
    )


def matching(word: str) -> tuple[Term, ...]:
    """Returns the terms with a word, best first.

    These are the terms whose name is the word, those whose names contain it, and those in whose place it should not be
    used; where there are none, those whose definitions contain it.
    """
    wanted = bare(word.strip())
    terms = [term for area in areas() for term in area.terms]
    same = [term for term in terms if wanted in map(bare, term.names)]
    named = [term for term in terms if _within(wanted, term.names)]
    avoided = [term for term in terms if wanted in map(bare, (*term.avoid_en, *term.avoid_zh))]
    defined = [term for term in terms if _within(wanted, (term.definition.en, term.definition.zh))]
    return tuple(dict.fromkeys([*same, *named, *avoided] or defined))


def _term(raw: Mapping[str, Any]) -> Term:
    avoid = raw.get("avoid", {})
    return Term(
        id=re.sub(r"[^a-z0-9]+", "-", raw["en"].lower()).strip("-"),
        en=raw["en"],
        zh=raw["zh"],
        de=raw["de"],
        definition=Both(**raw["definition"]),
        source=Both(**raw.get("source", {})),
        avoid_en=tuple(avoid.get("en", ())),
        avoid_zh=tuple(avoid.get("zh", ())),
    )


def _names(text: str) -> Iterator[str]:
    yield text
    if found := _SHORT.match(text):
        yield from found.groups()


def _within(wanted: str, texts: tuple[str, ...]) -> bool:
    """Whether a text contains the word; in Latin letters it must begin where a word begins."""
    if not wanted:
        return False
    begins = f"(?<![{_LETTER}])" if re.match(f"[{_LETTER}]", wanted) else ""
    pattern = re.compile(begins + re.escape(wanted))
    return any(pattern.search(bare(text)) for text in texts)
