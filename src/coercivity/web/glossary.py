"""The Glossary screen: terms in English, Chinese and German, filtered by a word."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from coercivity.base.errors import CoercivityError, Fault
from coercivity.verbs.glossary import glossary, glossary_terms
from coercivity.web.view import page, view_of

router = APIRouter()
MOST_CHARS = 100


@router.get("/glossary")
def show(request: Request) -> Response:
    """Shows all terms by area, or those with the word of the address."""
    view = view_of(request)
    word, faults = view.get("q")[:MOST_CHARS], tuple[Fault, ...]()
    areas = [(area, area.terms) for area in glossary()]
    if word:
        try:
            fit = set(glossary_terms(word))
        except CoercivityError as error:
            fit, faults = set(), error.faults
        areas = [(area, tuple(term for term in terms if term in fit)) for area, terms in areas]
    shown = [(area, terms) for area, terms in areas if terms]
    return page(
        view,
        "glossary.html.j2",
        areas=shown,
        count=sum(len(terms) for _, terms in shown),
        word=word,
        nearest=[name for fault in faults for name in fault.nearest],
        main_form="glossary-form",
    )
