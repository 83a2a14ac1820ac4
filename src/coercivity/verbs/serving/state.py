"""What a server holds: its places and its jobs."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request

from coercivity.verbs.serving.jobs import Jobs
from coercivity.verbs.serving.places import Places


@dataclass(frozen=True, slots=True)
class Held:
    """What the addresses of one server share."""

    places: Places
    jobs: Jobs


def held_by(request: Request) -> Held:
    """Returns what the server of a request holds."""
    held: Held = request.app.state.held
    return held


def jobs_of(request: Request) -> Jobs:
    """Returns the jobs of the server of a request."""
    return held_by(request).jobs


def places_of(request: Request) -> Places:
    """Returns the places of the server of a request."""
    return held_by(request).places
