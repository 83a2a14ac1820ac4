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

WIDTH, INDENT = 100, "    "


def glossary(
    word: str | None = None, *, format: Literal["text", "markdown", "json"] = "text", lang: Lang = "en"
) -> int:
    """Print the definition of a term, with its English, Chinese and German names.

    Args:
        word: A term, part of one, or an abbreviation, in any of the three languages. Default: all terms.
        format: text, markdown (the documentation page, always with all terms) or json.
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
    source = say(term.source.as_dict(), lang)
    for told in (say(term.definition.as_dict(), lang), f"[{source}]" if source else ""):
        if lang == "zh":  # Chinese has no blanks at which a line could end
            yield from ([INDENT + told] if told else [])
        else:
            yield from textwrap.wrap(told, WIDTH, initial_indent=INDENT, subsequent_indent=INDENT)
