"""JSON in files of users: read with bounds, and its values as texts."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from coercivity.base.errors import CoercivityError

LONGEST_LINE = 4 * 2**20
MOST_DEPTH = 40
_TOO_DEEP = f"the values are nested more than {MOST_DEPTH} deep"
_SURROGATE = re.compile("[\ud800-\udfff]")  # half a character, which no file can hold


def json_document(text: str, place: str) -> Any:
    """Returns the value of a JSON document.

    Raises:
        CoercivityError: If it is not JSON, or nested too deeply.
    """
    try:
        value = json.loads(text)
    except json.JSONDecodeError as error:
        what = f"line {error.lineno}, character {error.colno}: {_plainly(error.msg)}"
        raise CoercivityError.of("LIST-JSON", what, where=place, next=_NEXT) from None
    except (RecursionError, ValueError) as error:
        raise CoercivityError.of("LIST-JSON", _why(error), where=place, next=_NEXT) from None
    if is_deep(value):
        raise CoercivityError.of("LIST-JSON", _TOO_DEEP, where=place, next=_NEXT)
    return value


_NEXT = "check that the file is complete; FollowTheMoney has one JSON object per line"


def json_lines(text: str) -> Iterator[tuple[int, Any, str]]:
    """Yields the number of each line that is not blank, its value, and what is wrong with it."""
    for number, line in enumerate(text.split("\n"), 1):
        if not line or line.isspace():
            continue
        if len(line) > LONGEST_LINE:
            yield number, None, f"the line has {len(line):,} characters; the limit is {LONGEST_LINE:,}"
            continue
        try:
            value = json.loads(line)
        except json.JSONDecodeError as error:
            yield number, None, f"not JSON: character {error.colno}: {_plainly(error.msg)}"
        except (RecursionError, ValueError) as error:
            yield number, None, _why(error)
        else:
            deep = line.count("[") + line.count("{") > MOST_DEPTH and is_deep(value)
            yield number, value, _TOO_DEEP if deep else ""


def _why(error: Exception) -> str:
    return _TOO_DEEP if isinstance(error, RecursionError) else "a number has too many digits"


def _plainly(message: str) -> str:
    return message[:1].lower() + message[1:]


def is_deep(value: object) -> bool:
    """Returns whether lists and objects are nested deeper than the limit."""
    level = [value]
    for _ in range(MOST_DEPTH):
        level = [
            inner
            for one in level
            if isinstance(one, dict | list)
            for inner in (one.values() if isinstance(one, dict) else one)
            if isinstance(inner, dict | list)
        ]
        if not level:
            return False
    return True


def text_of(value: object) -> str:
    """Returns a value as one line of text; blank for none, and for a list or an object."""
    if isinstance(value, str):
        text = value if value.isascii() else _SURROGATE.sub("\ufffd", value)
        return " ".join(text.split()) if "  " in text or not text.isprintable() else text.strip()
    if isinstance(value, bool) or value is None or isinstance(value, dict | list):
        return ""
    return str(value)


def texts_of(value: object) -> list[str]:
    """Returns the texts of a value that may be one or a list of several."""
    if value is None:
        return []
    if isinstance(value, list):
        return [text for one in value if (text := text_of(one))]
    return [text] if (text := text_of(value)) else []
