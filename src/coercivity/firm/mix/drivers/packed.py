"""A small file of what a mix needs from draws of the market, as text with a hash of its own.

Draws of the market take hours and fill megabytes. What a mix reads of them is a few kilobytes, which an example, or a
colleague, can be given.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TypedDict

from coercivity.base.canonical import sha256_of_text
from coercivity.base.errors import CoercivityError
from coercivity.base.json_types import Json
from coercivity.firm.mix.drivers.series import CODE, FIGURES, DrawSeries, DriverSet, Numbers, Queues

SCHEMA = "coercivity/mix-draws/2"
SCHEMAS = ("coercivity/mix-draws/1", SCHEMA)  # the first one without quotes
PACKED_FILE = "draws.json"
MOST_BYTES = 4 * 2**20
_REMAKE = "write it again with `coercivity mix FILE --draws-folder FOLDER --keep-draws`"


class _Draw(TypedDict):
    """A draw: numbers by month, in one text a series."""

    point: int
    granted: str
    refused: str
    pending: str
    quotes: Mapping[str, str]


def packed_text(drivers: DriverSet) -> str:
    """Returns a set as text: the same text for the same set."""
    body: dict[str, Json] = {
        "schema": SCHEMA,
        "manifest": drivers.manifest,
        "form": drivers.queues.form,
        "region": drivers.queues.region,
        "countries": list(drivers.queues.countries),
        "months": list(drivers.months),
        "paths": [{"path": path, "draws": [_plain(draw) for draw in draws]} for path, draws in drivers.paths.items()],
    }
    whole = {**body, "sha256": _hash(body)}
    return json.dumps(whole, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _plain(draw: DrawSeries) -> Mapping[str, Json]:
    quotes: dict[str, Json] = {good: _text(path) for good, path in draw.quotes.items()}
    return {"point": draw.point, "quotes": quotes, **{name: _text(getattr(draw, name)) for name in FIGURES}}


def _text(numbers: Sequence[float]) -> str:
    return " ".join(f"{number:g}" if number == int(number) else repr(number) for number in numbers)


def _hash(body: Mapping[str, Json]) -> str:
    return sha256_of_text(json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":")))


def read_packed(content: bytes, named: str) -> DriverSet:
    """Returns the set that a small file holds.

    Args:
        content: The file.
        named: Its name, for faults and for the result.

    Raises:
        CoercivityError: If it is not such a file, is damaged, or its hash does not fit.
    """
    try:
        if len(content) > MOST_BYTES:
            raise _unfit(f"it has more than {MOST_BYTES:,} bytes", named)
        body = json.loads(content)
        if not isinstance(body, dict) or body.get("schema") not in SCHEMAS:
            raise _unfit("it is not a file of draws for a mix", named)
        given = body.pop("sha256", None)
        if given != _hash(body):
            raise _unfit("its hash does not fit its content: it was edited or damaged", named)
        paths = {str(each["path"]): tuple(map(_draw, each["draws"])) for each in body["paths"]}
        months = tuple(str(month) for month in body["months"])
        every = [draw for draws in paths.values() for draw in draws]
        lengths = {len(numbers) for draw in every for numbers in _all_numbers(draw)}
        if not every or lengths != {len(months)}:
            raise _unfit("a draw does not have a number for each month", named)
        queues = Queues(str(body["form"]), str(body["region"]), tuple(map(str, body["countries"])))
        return DriverSet(dict(body["manifest"]), queues, months, paths, named, packed=True)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        if isinstance(error, CoercivityError):
            raise
        raise _unfit("it is not a file of draws for a mix", named) from error


def _draw(held: _Draw) -> DrawSeries:
    series = (_numbers(held["granted"]), _numbers(held["refused"]), _numbers(held["pending"]))
    quotes = {str(good): _numbers(path) for good, path in dict(held.get("quotes", {})).items()}
    return DrawSeries(int(held["point"]), *series, quotes)


def _all_numbers(draw: DrawSeries) -> list[Numbers]:
    return [*(getattr(draw, name) for name in FIGURES), *draw.quotes.values()]


def _numbers(text: str) -> Numbers:
    return tuple(float(word) for word in text.split())


def _unfit(why: str, named: str) -> CoercivityError:
    return CoercivityError.of(CODE, why, where=named, next=_REMAKE)
