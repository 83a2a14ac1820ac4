"""An argument that is a file or a text: which of the two it is, and what is said beside it."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from coercivity.base.errors import CoercivityError, nearest

Place = Annotated[str, Parameter(allow_leading_hyphen=False)]
LONGEST_PATH = 4_096
_ENDING = re.compile(r"\.(?:ya?ml|json|jsonl|csv|txt|xlsx|eml|md|pdf|docx?)\Z", re.I)

_DEALS = re.compile(r"\.(?:ya?ml|jsonl?)\Z", re.I)  # no letter ends with a file of deals


def file_of(text: str) -> Path | None:
    """Returns the file that an argument names; None if the argument is a text.

    Raises:
        CoercivityError: If it looks like a path and there is no such file.
    """
    if len(text) > LONGEST_PATH or "\0" in text or ("\n" in text and not _DEALS.search(text.strip())):
        return None
    path = Path(text)
    try:
        if path.exists():
            return path
    except OSError:  # a text that is too long for a file name
        return None
    whole = text.strip()
    if _ENDING.search(whole) or (not re.search(r"\s", whole) and (os.sep in whole or "\\" in whole)):
        here = [entry.name for entry in path.parent.iterdir()][:200] if path.parent.is_dir() else []
        what = "file not found; the argument looks like a path"
        close = nearest(path.name, here)
        step = "check the name; to check a deal in words, write the words"
        raise CoercivityError.of("FILE-MISSING", what, where=text[:200], nearest=close, next=step)
    return None


def context_of(from_: str, to: str) -> dict[str, str]:
    """Returns the places given beside a text, by the name of their cell."""
    return {name: place for name, place in (("from", from_), ("to", to)) if place}
