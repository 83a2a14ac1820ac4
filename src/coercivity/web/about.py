"""The About screen: how to read results, their limits, and the installed versions."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from coercivity.base.version import ENGINE_VERSION
from coercivity.verbs.data import data_packs
from coercivity.verbs.decide import Finding, Outcome
from coercivity.verbs.doctor import doctor
from coercivity.verbs.outlook import outlook_words
from coercivity.verbs.rules import law_hash
from coercivity.verbs.timeline import Status
from coercivity.web.view import page, view_of

router = APIRouter()


@router.get("/about")
def show(request: Request) -> Response:
    """Shows how to read results, limits and versions."""
    view = view_of(request)
    return page(
        view,
        "about.html.j2",
        engine=ENGINE_VERSION,
        packs=[(p.name, p.version, law_hash() if p.name == "law" else p.content_hash) for p in data_packs()],
        outcomes=[(one.value, one.exit_code) for one in Outcome],
        findings=[finding.word for finding in Finding],
        statuses=[status.value for status in Status],
        limits=list(outlook_words()["limits"]),
        doctor=doctor(view.today),
    )
