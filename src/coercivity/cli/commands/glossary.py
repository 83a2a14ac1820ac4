"""`coercivity glossary`."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Literal

from coercivity.base.words import Lang, say
from coercivity.cli.out import put, put_json

if TYPE_CHECKING:
    from coercivity.verbs.glossary import Term

WIDTH = {"en": 100, "zh": 50}  # Chinese signs are two columns wide


def glossary(
    word: str | None = None, *, format: Literal["text", "markdown", "json"] = "text", lang: Lang = "en"
) -> int:
    """Print what a term means, in English, Chinese and German.

    Args:
        word: A term, a part of one or an abbreviation, in any of the three languages; without it all terms.
        format: text, markdown (the page of the documentation, always whole) or json.
        lang: Language of the definition: en or zh.
    """
    from coercivity.verbs.glossary import glossary as all_areas
    from coercivity.verbs.glossary import glossary_page, glossary_terms

    if format == "markdown":
        put(*glossary_page().removesuffix("\n").split("\n"))
        return 0
    parts = (
        [("", glossary_terms(word))]
        if word and word.strip()
        else [(say(a.title.as_dict(), lang), a.terms) for a in all_areas()]
    )
    if format == "json":
        put_json([asdict(term) for _, terms in parts for term in terms])
        return 0
    for title, terms in parts:
        put(*([f"{title}", ""] if title else []))
        for term in terms:
            put(*_lines(term, lang))
        put(*([""] if title else []))
    return 0


def _lines(term: Term, lang: Lang) -> Iterator[str]:
    names = (term.zh, term.en, term.de) if lang == "zh" else (term.en, term.zh, term.de)
    yield "  ".join(names)
    for text in (term.definition, term.source):
        told = say(text.as_dict(), lang)
        told = f"[{told}]" if text is term.source and told else told
        yield from textwrap.wrap(
            told, WIDTH["zh" if lang == "zh" else "en"], initial_indent="    ", subsequent_indent="    "
        )
