"""The About screen: how to read an answer, what the program cannot say, and what is installed."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from coercivity.base.version import ENGINE_VERSION
from coercivity.cases.arguments import PACKED
from coercivity.data.packs import list_packs, open_pack
from coercivity.law.rules.model import Finding, Outcome, Status
from coercivity.verbs.doctor import doctor
from coercivity.verbs.outlook import outlook_words
from coercivity.web.view import page, view_of

router = APIRouter()
CODES = {outcome.value: outcome.exit_code for outcome in Outcome}


@router.get("/about")
def show(request: Request) -> Response:
    """Shows how to read an answer, limits and versions."""
    view, book = view_of(request), PACKED.book()
    packs = [open_pack(name) for name in list_packs()]
    law = {"name": "law", "version": book.version, "hash": book.content_hash}
    return page(
        view,
        "about.html.j2",
        engine=ENGINE_VERSION,
        packs=[
            law,
            *({"name": p.name, "version": p.version, "hash": p.content_hash} for p in packs if p.name != "law"),
        ],
        outcomes=[(name, book.words["outcomes"][name], code) for name, code in CODES.items()],
        findings=[finding.word for finding in Finding],
        statuses=[status.value for status in Status],
        limits=list(outlook_words()["limits"]),
        doctor=doctor(view.today),
    )
