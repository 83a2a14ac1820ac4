"""The start page: the status of the rules on a date, and the dates to watch."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from coercivity.base.errors import CoercivityError
from coercivity.verbs.law_day import law_day
from coercivity.web.view import page, view_of

router = APIRouter()
MOST_COMING = 12
BAD = 422


@router.get("/")
def show(request: Request) -> Response:
    """Shows the status of the rules on a date."""
    view = view_of(request)
    try:
        law = law_day(view.on, view.known or None, view.assume or None, view.lang)
    except CoercivityError as error:
        return page(view, "start.html.j2", status=BAD, wrong=error.faults, main_form="day-form", found=None)
    return page(
        view,
        "start.html.j2",
        main_form="day-form",
        wrong=(),
        found=law.groups,
        coming=law.coming[:MOST_COMING],
        passed=law.passed[:MOST_COMING],
        on=law.on.isoformat(),
        known=law.known.isoformat(),
        check=law.check,
    )
