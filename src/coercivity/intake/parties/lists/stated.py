"""What a list says about itself: version, day of its content, whether it is complete. Nothing is assumed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from coercivity.base.days import Day
from coercivity.base.errors import CoercivityError, Faults, brief_value, nearest
from coercivity.data.input import Input
from coercivity.data.parties.listed import Completeness
from coercivity.data.textyaml import load_file
from coercivity.intake.parties.lists.days import read_list_day

BESIDE = ".list.yaml"
_KEYS = {
    "version": "version", "as of": "as_of", "as_of": "as_of", "as of date": "as_of", "date": "as_of", "as-of": "as_of",
    "completeness": "completeness", "complete": "completeness", "版本": "version", "截至": "as_of", "日期": "as_of",
    "截至日期": "as_of", "完整性": "completeness",
}  # fmt: skip
_COMPLETENESS: dict[str, Completeness] = {
    "complete": "complete", "partial": "partial", "unknown": "unknown", "yes": "complete", "true": "complete",
    "no": "partial", "false": "partial", "完整": "complete", "不完整": "partial", "部分": "partial", "未知": "unknown",
}  # fmt: skip
_PAIRS = re.compile(r"[;；,，|]")
_LONGEST_VERSION = 80


@dataclass(frozen=True, slots=True)
class Stated:
    """What a list says about itself.

    Attributes:
        version: Its version; blank if not stated.
        as_of_on: Day of its content; None if not stated.
        completeness: Whether it is complete.
    """

    version: str = ""
    as_of_on: Day | None = None
    completeness: Completeness = "unknown"


def stated_in_comments(lines: list[str], place: str, faults: Faults) -> Stated:
    """Returns what the comment lines above a table state: `# version: 7; as of: 2026-11-20; completeness: complete`.

    Comments of another form state nothing.
    """
    found: dict[str, str] = {}
    for line in lines:
        for part in _PAIRS.split(line.strip().lstrip("#").strip().strip('"').rstrip(",;")):
            key, colon, value = part.replace("：", ":").replace("=", ":").partition(":")
            name = _KEYS.get(key.strip().casefold())
            if colon and name is not None and value.strip():
                found.setdefault(name, value.strip())
    return _stated(found, f"{place}, comment at the top", faults)


def stated_beside(source: Input, faults: Faults) -> Stated | None:
    """Returns what the file beside a list states, `FILE.list.yaml`; None without one."""
    if not isinstance(source, Path):
        return None
    path = source.with_name(source.name + BESIDE)
    if not path.is_file():
        return None
    try:
        raw = load_file(path, most_bytes=1 << 16)
    except CoercivityError as error:
        faults.items += error.faults
        return None
    if not isinstance(raw, Mapping):
        what = "expected version, as_of and completeness"
        faults.add("LIST-FILE", what, where=path.as_posix(), next="correct the file, or remove it")
        return None
    known = {"version", "as_of", "completeness"}
    for key in raw:
        if key not in known:
            close, what = nearest(str(key), known), f"{brief_value(key)!r} is not a key of this file"
            faults.add("KEY-UNKNOWN", what, where=path.as_posix(), nearest=close, next="rename or omit it")
    return _stated({key: str(raw[key]) for key in sorted(known) if key in raw}, path.as_posix(), faults)


def _stated(found: Mapping[str, str], place: str, faults: Faults) -> Stated:
    day: Day | None = None
    completeness: Completeness | None = _COMPLETENESS.get(found.get("completeness", "unknown").casefold())
    if completeness is None:
        what = f"completeness {brief_value(found['completeness'])!r} is not known"
        faults.add(
            "LIST-FILE", what, where=place, nearest=get_args(Completeness), next="write one of these, or leave it out"
        )
    try:
        day = read_list_day(found.get("as_of", ""))
    except ValueError as error:
        faults.add("LIST-DATE", f"as of: {error}", where=place, next="write the date as YYYY-MM-DD")
    return Stated(found.get("version", "")[:_LONGEST_VERSION], day, completeness or "unknown")
