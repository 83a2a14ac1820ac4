"""What is wrong with a request, as one problem object.

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

# Faults that say that an address names nothing; every other one says that the content cannot be read.
ABSENT = frozenset(
    ("INSTRUMENT", "PROVISION", "TABLE-UNKNOWN", "PACK-UNKNOWN", "FACT-UNKNOWN", "JOB-UNKNOWN", "UPLOAD-UNKNOWN",
     "EXAMPLE-UNKNOWN")
)  # fmt: skip
# What the server asks to be written is its own, so these say that its disk is full or may not be written.
UNSTORED = frozenset(("OUT",))
_STORAGE = frozenset((errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EFBIG))

MISTAKE = Fault("HTTP-BROKEN", "the program failed here; this is our mistake", next="tell us what you asked")


class RefusedError(HTTPException):  # the framework lets these through where it reads a body, and no other error
    """A request that is refused before anything is done for it.

    Attributes:
        status: HTTP status.
        fault: What is wrong.
        headers: Headers that go with it.
    """

    def __init__(self, status: int, fault: Fault, headers: dict[str, str] | None = None) -> None:
        super().__init__(status, fault.what)
        self.status, self.fault = status, fault
        self.headers: dict[str, str] = headers or {}


def status_of(faults: Sequence[Fault], *, in_address: bool) -> int:
    """Returns the status for the faults of a request.

    Args:
        faults: The faults.
        in_address: The request carries nothing but its address, so that an unknown name means that nothing is there.
    """
    if any(fault.code in UNSTORED for fault in faults):
        return FULL
    absent = in_address and any(fault.code in ABSENT for fault in faults)
    return NOT_FOUND if absent else UNPROCESSABLE


def unstored(error: Exception) -> Fault | None:
    """Returns the fault for what the system says where there is no room to write; nothing where it says another."""
    if not isinstance(error, OSError) or error.errno not in _STORAGE:
        return None
    return Fault("OUT", f"cannot be written: {error.strerror}", next="make room on the server's disk, then ask again")


class ProblemBody(TypedDict):
    """A problem object as plain data; its members beside those of the RFC are `code` and `faults`."""

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
    """Returns the faults that an error carries."""
    return error.faults if isinstance(error, CoercivityError) else (error.fault,)
