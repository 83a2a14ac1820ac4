"""The About screen: how to read results, their limits, and the installed versions."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from coercivity.base.version import ENGINE_VERSION
from coercivity.verbs.data import PackEntry, data_packs
from coercivity.verbs.decide import Finding, Outcome
from coercivity.verbs.doctor import doctor
from coercivity.verbs.jurisdictions.request import law_abroad
from coercivity.verbs.outlook import outlook_words
from coercivity.verbs.rules import law_hash
from coercivity.verbs.timeline import Status
from coercivity.web.view import page, view_of

router = APIRouter()


def _identified(pack: PackEntry) -> tuple[str, str, str]:
    """Returns name, version and the hash by which results identify a pack."""
    return pack.name, pack.version, law_hash() if pack.name == "law" else pack.content_hash


@router.get("/about")
def show(request: Request) -> Response:
    """Shows how to read results, limits and versions."""
    view = view_of(request)
    return page(
        view,
        "about.html.j2",
        engine=ENGINE_VERSION,
        packs=[("abroad", *law_abroad()), *map(_identified, data_packs())],
        outcomes=[(one.value, one.exit_code) for one in Outcome],
        findings=[finding.word for finding in Finding],
        statuses=[status.value for status in Status],
        limits=list(outlook_words()["limits"]),
        doctor=doctor(view.today),
    )
