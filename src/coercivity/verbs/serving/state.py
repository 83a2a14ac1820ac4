"""Shared state of a server: its folders, its jobs and its screenings."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request

from coercivity.verbs.serving.jobs import Jobs
from coercivity.verbs.serving.parties.screenings import Screenings
from coercivity.verbs.serving.places import Places


@dataclass(frozen=True, slots=True)
class Held:
    """The shared state of one server."""

    places: Places
    jobs: Jobs
    screenings: Screenings


def held_by(request: Request) -> Held:
    """Returns the shared state of the server of a request."""
    held: Held = request.app.state.held
    return held


def jobs_of(request: Request) -> Jobs:
    """Returns the jobs of the server of a request."""
    return held_by(request).jobs


def places_of(request: Request) -> Places:
    """Returns the folders of the server of a request."""
    return held_by(request).places


def screenings_of(request: Request) -> Screenings:
    """Returns the screenings of the server of a request."""
    return held_by(request).screenings
