"""The screen `deal`."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from coercivity.web.view import page, view_of

router = APIRouter()


@router.get("/deal")
def show(request: Request) -> Response:
    """Shows the screen."""
    return page(view_of(request), "deal.html.j2")
