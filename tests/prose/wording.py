"""Finds in texts what `wording.yaml` lists, and words that the glossary says to avoid."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from coercivity.data.textyaml import load_file
from coercivity.papers.glossary.terms import Term, areas
from tests.prose.texts import Text

HERE = Path(__file__).parent
USER = frozenset({"words", "rules", "template", "message"})
LEAST_WORDS = 3
PLACEHOLDER = re.compile(r"\{[^{}]*\}")
NOT_PROSE = re.compile(
    r"\{[^{}]*\}|`[^`]*`|https?://\S+|[\w./-]+\.(?:ya?ml|csv|xlsx|json|html|md|parquet|zip|ics|py)\b|--[a-z-]+"
)
LATIN_WORD = re.compile(r"(?<![0-9A-Za-z.])[A-Za-z][A-Za-z0-9_.-]*[A-Za-z]")


@dataclass(frozen=True)
class Finding:
    """Something to write otherwise.

    Attributes:
        text: The text in which it is.
        rule: What it breaks.
        found: The words in question.
        write: What to write in their place.
    """

    text: Text
    rule: str
    found: str
    write: str

    def __str__(self) -> str:
        """Place, rule and words in one line."""
        said = " ".join(self.text.said.split())
        return f"{self.text.place} [{self.rule}] {self.found!r} -> {self.write} | {said[:110]}"


@lru_cache(maxsize=1)
def wording() -> dict[str, Any]:
    """Returns the list of patterns as written."""
    found: dict[str, Any] = load_file(HERE / "wording.yaml")
    return found


@lru_cache(maxsize=1)
def _english() -> list[tuple[str, re.Pattern[str], frozenset[str], str, re.Pattern[str] | None]]:
    rows = []
    for row in wording()["english"]:
        kinds = frozenset(k for name in row["in"] for k in (USER if name == "user" else {name}))
        allowed = [*row["allow"]] if "allow" in row else []
        flags = 0 if row["name"] == "None" else re.IGNORECASE
        spared = re.compile("|".join(re.escape(phrase) for phrase in allowed), re.IGNORECASE) if allowed else None
        rows.append((row["name"], re.compile(row["pattern"], flags), kinds, row["write"], spared))
    return rows


def english(texts: Iterable[Text]) -> Iterator[Finding]:
    """Yields the banned words of English texts."""
    for text in texts:
        if text.lang == "en":
            said = NOT_PROSE.sub(" ", text.said)
            for name, pattern, kinds, write, spared in _english():
                if text.kind in kinds:
                    bare = spared.sub(" ", said) if spared else said
                    hits = (found for found in pattern.finditer(bare) if not _asks(text, bare, found))
                    yield from (Finding(text, name, found[0], write) for found in hits)


def _asks(text: Text, said: str, found: re.Match[str]) -> bool:
    """Whether `what` begins a question, or a link or cell of a page."""
    begins = not said[: found.start()].strip(" [(|") or said[: found.start()].rstrip(" [(")[-1:] in ".?!:|;"
    rest = re.match(r"[^.?!|]*([.?!|]?)", said[found.start() :])
    return (
        found[0].lower().startswith("what ") and begins and (text.kind == "docs" or (rest and rest[1] == "?") or False)
    )


def chinese(texts: Iterable[Text]) -> Iterator[Finding]:
    """Yields the banned words and punctuation of Chinese texts."""
    rows = [(re.compile(row["pattern"]), row["write"]) for row in wording()["chinese"]]
    for text in texts:
        if text.lang == "zh":
            said = NOT_PROSE.sub("", text.said)
            for pattern, write in rows:
                yield from (Finding(text, "Chinese", found[0], write) for found in pattern.finditer(said))


@lru_cache(maxsize=1)
def symbols_of_chinese() -> re.Pattern[str]:
    """Returns the pattern of symbols and codes that Chinese texts carry."""
    elements = "|".join(sorted(wording()["latin"]["elements"], key=len, reverse=True))
    return re.compile(wording()["latin"]["pattern"].replace("ELEMENT", elements))


def latin(texts: Iterable[Text]) -> Iterator[Finding]:
    """Yields Latin words of Chinese texts that are neither symbols, codes, units nor names on the list."""
    listed = {word for key in ("units_and_codes", "names") for word in wording()["latin"][key]}
    for text in texts:
        if text.lang == "zh" and text.kind != "docs":
            for found in LATIN_WORD.finditer(NOT_PROSE.sub(" ", text.said)):
                if found[0] not in listed and not symbols_of_chinese().fullmatch(found[0]) and len(found[0]) > 2:
                    yield Finding(text, "Latin", found[0], "中文")


def avoided(texts: Iterable[Text]) -> Iterator[Finding]:
    """Yields words that the glossary replaces by a term."""
    rows = [(term.en, word, _whole(word)) for term in glossary_terms() for word in term.avoid_en]
    rows_zh = [(term.zh, word, re.compile(re.escape(word))) for term in glossary_terms() for word in term.avoid_zh]
    spared = wording()["glossary"]["spared"]
    for text in texts:
        if text.kind == "docstring" or text.path.endswith("words/glossary.yaml"):
            continue
        said = NOT_PROSE.sub(" ", text.said)
        for phrase in spared:
            said = said.replace(phrase, " ")
        for term, word, pattern in rows_zh if text.lang == "zh" else rows:
            if pattern.search(said):
                yield Finding(text, "glossary", word, term)


def unglossed(texts: Iterable[Text]) -> Iterator[Finding]:
    """Yields abbreviations that neither the glossary nor the list of symbols explains."""
    known = {word for term in glossary_terms() for word in re.findall(r"[A-Z]{2,}", term.en)}
    known |= {word for words in wording()["symbols"].values() for word in words}
    for text in texts:
        sentence = len(re.findall(r"\b[a-z]{2,}\b", text.said)) >= LEAST_WORDS
        if text.lang == "en" and sentence and text.kind != "docstring" and not text.path.endswith("glossary.yaml"):
            for found in re.finditer(r"(?<![\w/.-])[A-Z]{2,7}(?![\w/-])", NOT_PROSE.sub(" ", text.said)):
                if found[0] not in known:
                    yield Finding(text, "unglossed", found[0], "explain it in the glossary")


@lru_cache(maxsize=1)
def glossary_terms() -> list[Term]:
    """Returns the terms of the glossary."""
    return [term for area in areas() for term in area.terms]


def _whole(word: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-]){re.escape(word)}(?![\w-])", re.IGNORECASE)


def mismatched(held: Iterable[tuple[str, dict[str, str]]]) -> Iterator[str]:
    """Yields places where a language is missing, empty, or has other placeholders."""
    for place, texts in held:
        if set(texts) != {"en", "zh"} or not all(said.strip() for said in texts.values()):
            yield f"{place}: {' and '.join(sorted(texts))} alone"
        elif len(PLACEHOLDER.findall(texts["en"])) != len(PLACEHOLDER.findall(texts["zh"])):
            yield f"{place}: placeholders differ: {texts['en']!r} {texts['zh']!r}"
