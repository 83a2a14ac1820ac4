"""What the model of a request found wrong with it, as our faults."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from coercivity.base.errors import Fault

MOST_FAULTS = 20


def faults_of_validation(errors: Iterable[Mapping[str, Any]], where: str) -> tuple[Fault, ...]:
    """Returns faults with their places, at most twenty of them.

    Args:
        errors: Errors as pydantic tells them.
        where: Part of the request, such as `body`.
    """
    found: dict[tuple[str, str], Fault] = {}
    for error in errors:
        # The branches of a union are told apart by words of the model's own, which say nothing to a sender.
        path = [str(part)[:60] for part in error.get("loc", ()) if not _is_branch(part)]
        place = ".".join(filter(None, (where, *path)))
        text = str(error.get("msg", "it has another form"))[:200]
        found.setdefault((place, text), Fault("HTTP-FORM", text, place, next="see /api/openapi.json"))
    return tuple(found.values())[:MOST_FAULTS] or (Fault("HTTP-FORM", "it has another form", where),)


def _is_branch(part: object) -> bool:
    return isinstance(part, str) and (part in ("str", "bool", "decimal") or "[" in part)
