"""`glossary`: the terms of the program, the law and the trade in English, Chinese and German."""

from __future__ import annotations

from coercivity.base.errors import CoercivityError, nearest
from coercivity.papers.glossary.page import page_lines
from coercivity.papers.glossary.terms import Area, Both, Term, areas, matching

__all__ = ["Area", "Both", "Term", "glossary", "glossary_page", "glossary_terms"]

LONGEST = 60  # characters of a word in a message


def glossary() -> tuple[Area, ...]:
    """Returns every area of the glossary with its terms, in the order of the page.

    Examples:
        >>> [term.zh for area in glossary() for term in area.terms if term.en == "suspended"]
        ['暂停实施']
    """
    return areas()


def glossary_terms(word: str) -> tuple[Term, ...]:
    """Returns the terms with a word in English, Chinese or German, best first.

    Args:
        word: A term, a part of one, an abbreviation, or a word that should not be used in its place.

    Raises:
        CoercivityError: If no term contains the word; names the nearest.

    Examples:
        >>> glossary_terms("UEL")[0].zh
        '不可靠实体清单'
    """
    if found := matching(word):
        return found
    names = [name for area in areas() for term in area.terms for name in term.names]
    raise CoercivityError.of(
        "TERM-UNKNOWN",
        f"term not found: {word[:LONGEST]!r}",
        nearest=nearest(word[:LONGEST], names),
        next="`coercivity glossary` lists all terms",
    )


def glossary_page() -> str:
    """Returns the glossary as Markdown, as docs/glossary.md contains it."""
    return "\n".join(page_lines(areas())) + "\n"
