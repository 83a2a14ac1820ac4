"""Problem objects as responses."""

from __future__ import annotations

import json
from collections.abc import Iterable

from starlette.responses import Response

from coercivity.base.errors import Fault
from coercivity.verbs.serving.problems import problem_body

MEDIA_TYPE = "application/problem+json"


def problem(
    status: int, faults: Iterable[Fault], *, instance: str = "", headers: dict[str, str] | None = None
) -> Response:
    """Returns a problem object as a response."""
    text = json.dumps(problem_body(status, faults, instance), ensure_ascii=False)
    # Lone surrogates sent by a user cannot be encoded as UTF-8 and are shown as `?`.
    return Response(text.encode(errors="replace"), status, headers=headers, media_type=MEDIA_TYPE)
