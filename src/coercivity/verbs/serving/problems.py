"""Problem objects for the faults of a request.

Source: RFC 9457.
"""

from __future__ import annotations

import errno
from collections.abc import Iterable, Sequence
from http import HTTPStatus
from typing import NotRequired, TypedDict

from starlette.exceptions import HTTPException

from coercivity.base.errors import CoercivityError, Fault

BAD_REQUEST, NOT_FOUND, CONFLICT, GONE = 400, 404, 409, 410
TOO_SLOW, TOO_LARGE, UNPROCESSABLE, TOO_MANY, HEADERS_TOO_LARGE = 408, 413, 422, 429, 431
BROKEN, FULL = 500, 507

# Faults that mean that the address does not exist; all others mean that the content is not valid.
ABSENT = frozenset(
    ("INSTRUMENT", "PROVISION", "TABLE-UNKNOWN", "PACK-UNKNOWN", "FACT-UNKNOWN", "JOB-UNKNOWN", "UPLOAD-UNKNOWN",
     "EXAMPLE-UNKNOWN")
)  # fmt: skip
# The server only writes its own files, so these mean that its disk is full or read-only.
UNSTORED = frozenset(("OUT",))
_STORAGE = frozenset((errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EFBIG))

MISTAKE = Fault("HTTP-BROKEN", "internal error", next="report it with the request that caused it")


class RefusedError(HTTPException):  # the only error that the framework passes on while it reads a body
    """A request that is refused before it is processed.

    Attributes:
        status: HTTP status.
        fault: Reason.
        headers: Headers of the response.
    """

    def __init__(self, status: int, fault: Fault, headers: dict[str, str] | None = None) -> None:
        super().__init__(status, fault.what)
        self.status, self.fault = status, fault
        self.headers: dict[str, str] = headers or {}


def status_of(faults: Sequence[Fault], *, in_address: bool) -> int:
    """Returns the status for the faults of a request.

    Args:
        faults: The faults.
        in_address: Whether the request consists of its address only, so that an unknown name means 404.
    """
    if any(fault.code in UNSTORED for fault in faults):
        return FULL
    absent = in_address and any(fault.code in ABSENT for fault in faults)
    return NOT_FOUND if absent else UNPROCESSABLE


def unstored(error: Exception) -> Fault | None:
    """Returns the fault for an error of the system about a full or read-only disk; None for other errors."""
    if not isinstance(error, OSError) or error.errno not in _STORAGE:
        return None
    return Fault("OUT", f"cannot be written: {error.strerror}", next="free disk space on the server, then try again")


class ProblemBody(TypedDict):
    """A problem object as plain data; `code` and `faults` extend the members of the RFC."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    faults: list[dict[str, str | list[str]]]
    instance: NotRequired[str]


def problem_body(status: int, faults: Iterable[Fault], instance: str = "") -> ProblemBody:
    """Returns a problem object as plain data."""
    held = tuple(faults)
    first = held[0] if held else Fault("HTTP", HTTPStatus(status).phrase)
    body: ProblemBody = {
        "type": f"urn:coercivity:error:{first.code}",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": first.what if len(held) < 2 else f"{first.what} (and {len(held) - 1} more)",
        "code": first.code,
        "faults": [fault.as_dict() for fault in held],
    }
    if instance:
        body["instance"] = instance
    return body


def faults_of(error: CoercivityError | RefusedError) -> tuple[Fault, ...]:
    """Returns the faults of an error."""
    return error.faults if isinstance(error, CoercivityError) else (error.fault,)
