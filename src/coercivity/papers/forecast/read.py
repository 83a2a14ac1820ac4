"""Reads a statement of a forecast, with a check of its form and its hash."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

from coercivity.base.canonical import each_key_once
from coercivity.base.errors import CoercivityError, brief_value
from coercivity.papers.forecast.data import SCHEMA, hash_of
from coercivity.papers.forecast.report_data import ForecastReport

CODE = "FORECAST-FILE"
_MOST_BYTES = 64 * 2**20
_AGAIN = "use the file as `coercivity forecast --out FILE` wrote it"


def read_statement(source: Path) -> ForecastReport:
    """Returns the statement in a file.

    Args:
        source: The file.

    Raises:
        CoercivityError: If it cannot be read, is no statement, or was changed after it was written.
    """
    place = source.as_posix()
    if source.exists() and not source.is_file():
        what = "it is a folder or a device, not a file"
        raise CoercivityError.of(CODE, what, where=place, next="give the file of a forecast")
    try:
        with source.open("rb") as file:
            held = file.read(_MOST_BYTES + 1)
    except OSError as error:
        what = f"cannot be read: {brief_value(error.strerror or error)}"
        raise CoercivityError.of(CODE, what, where=place, next="check the path and the permissions") from None
    if len(held) > _MOST_BYTES:
        raise CoercivityError.of(CODE, "larger than 64 MB; expected a forecast", where=place, next=_AGAIN)
    return statement_of(held, place)


def statement_of(held: bytes, place: str) -> ForecastReport:
    """Returns the statement in some bytes.

    Args:
        held: The bytes.
        place: Their name in faults.

    Raises:
        CoercivityError: If they are no statement, or were changed after it was written.
    """
    try:
        body = json.loads(held, object_pairs_hook=each_key_once)
    except (ValueError, RecursionError):
        raise CoercivityError.of(CODE, "it is cut off, or not JSON", where=place, next=_AGAIN) from None
    wanted = set(ForecastReport.__annotations__)
    if not isinstance(body, Mapping) or set(map(str, body)) != wanted or body["schema"] != SCHEMA:
        what = f"it is not a forecast of the schema {SCHEMA}"
        raise CoercivityError.of(CODE, what, where=place, next=_AGAIN)
    found = cast(ForecastReport, body)
    try:
        hashed = hash_of(found)
    except (TypeError, ValueError):  # a number that the program writes as text, or half a character
        hashed = ""
    if hashed != body["hash"]:
        what = f"it was changed after it was written: its content does not have the hash {_brief(body['hash'])}"
        raise CoercivityError.of(CODE, what, where=place, next=_AGAIN)
    return found


def _brief(value: Any) -> str:
    return brief_value(value, longest=12)
